"""Look at units, posts and who answers for what."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.desk import queries as desk
from bihuan.enterprises import queries as enterprises
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound
from bihuan.kernel.roles import ROLE_NAMES
from bihuan.orgs import queries
from bihuan.orgs.rules import (
    COVER_NAMES,
    POST_KIND_NAMES,
    SIGHT_NAMES,
    UNIT_KIND_NAMES,
    GapGroup,
    GapKind,
    OrgAct,
    PostKind,
    UnitKind,
    fill_act,
    open_acts,
)
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.trail import queries as trail
from bihuan.web.frame import address
from bihuan.web.htmx import StaffRequest
from bihuan.web.parts import Gap, Moment, Tab
from bihuan.web.words import moment_words

SECTORS: Final[dict[str, str]] = {str(code): name for code, name in SECTOR_NAMES.items()}
# How the town's page groups its units; what is not named here comes last, under "其他".
GROUPS: Final = (
    ("领导班子", frozenset({UnitKind.TOWN})),
    ("议事协调机构", frozenset({UnitKind.COMMITTEE, UnitKind.LEADING_GROUP})),
    ("办公室", frozenset({UnitKind.OFFICE})),
    ("主管部门", frozenset({UnitKind.DEPARTMENT})),
    ("村（社区）和网格", frozenset({UnitKind.VILLAGE, UnitKind.GRID})),
    ("服务机构", frozenset({UnitKind.AGENCY})),
)


def tabs(request: StaffRequest, on: str) -> list[Tab]:
    """Return the tabs of the responsibility pages; only those of a town's people who see all of it."""
    pages = (
        ("单位和岗位", "orgs:units"),
        ("行业主管部门", "orgs:sectors"),
        ("挂钩领导", "orgs:areas"),
        ("分管领域", "orgs:fields"),
        ("空着的岗位", "orgs:vacant"),
        ("责任清单", "orgs:lists"),
    )
    shown = pages if request.actor.town_id is not None else pages[:1]
    return [Tab(name, reverse(url), on=url == on) for name, url in shown]


def gap_rows(groups: Iterable[GapGroup], *, may_mend: bool) -> list[Gap]:
    """Turn groups of gaps into the lines of the page, each with its one button."""
    rows = []
    for group in groups:
        name, _, verb, url = queries.GAP_WORDS[group.kind]
        rows.append(
            Gap(
                name,
                group.have,
                group.of,
                queries.missing(group),
                verb if group.gaps and may_mend else "看看" if group.gaps else "",
                reverse(url),
            )
        )
    return rows


def acts_at(request: StaffRequest, path: str) -> dict[str, bool]:
    """Return which acts this person may do at a path, for templates."""
    held = open_acts(request.actor, path=path)
    return {act.value: act in held for act in OrgAct}


def must(request: StaffRequest, act: OrgAct, path: str) -> None:
    """Refuse the form of an act that this person may not do here; the service refuses the act itself as well."""
    if act not in open_acts(request.actor, path=path):
        raise NotAllowed(f"orgs.may_not_{act}", "您的岗位不办这件事。单位和岗位找系统管理员，责任分工找安监办。")


@require_GET
def units(request: StaffRequest) -> HttpResponse:
    """Show what nobody answers for, and the tree with posts and holders."""
    day = day_of(request.now)
    branches = queries.tree(request.actor, day)
    acts = acts_at(request, branches[0].unit.path if branches else "/")
    town_id = request.actor.town_id
    known = queries.town_duties(town_id, day) if town_id is not None else None
    groups = queries.gap_lines(request.actor, day, sectors=SECTORS, known=known)
    firms = enterprises.gaps(request.actor, day, duties=known).total
    context = {
        "tabs": tabs(request, "orgs:units"),
        "gaps": gap_rows(groups, may_mend=acts[OrgAct.NAME_RESPONSIBLE]),
        "gap_count": sum(len(group.gaps) for group in groups),
        "firm_gaps": firms,
        "firm_list": f"{address('enterprises:list')}?gap=any" if address("enterprises:list") else "",
        "groups": _grouped(branches),
        "acts": acts,
        "root": branches[0].unit if branches else None,
        "unit_kinds": UNIT_KIND_NAMES,
    }
    return render(request, "orgs/units.html", context)


def _grouped(branches: list[queries.Branch]) -> list[tuple[str, list[queries.Branch]]]:
    """Return the units of a town by what they are; the administrators of the platform stand apart, at the end."""
    if not branches or branches[0].unit.town_id is None:
        return [("单位", branches)]
    known = frozenset().union(*(kinds for _, kinds in GROUPS))
    doing = [_with_posts(branch, admins=False) for branch in branches]
    parts = [(name, [branch for branch in doing if branch.unit.kind in kinds]) for name, kinds in GROUPS]
    parts.append(("其他", [branch for branch in doing if branch.unit.kind not in known]))
    keeping = [_with_posts(branch, admins=True) for branch in branches]
    parts.append(("平台管理员", [branch for branch in keeping if branch.posts]))
    return [(name, some) for name, some in parts if some]


def _with_posts(branch: queries.Branch, *, admins: bool) -> queries.Branch:
    return replace(branch, posts=tuple(post for post in branch.posts if (post.kind is PostKind.ADMIN) is admins))


@require_GET
def unit(request: StaffRequest, unit_id: UUID) -> HttpResponse:
    """Show one unit: posts and holders, sectors, units below, what happened."""
    day = day_of(request.now)
    view = queries.unit_for(request.actor, unit_id, day)
    context = {
        "view": view,
        "kind": UNIT_KIND_NAMES[view.unit.kind],
        "unit_kinds": UNIT_KIND_NAMES,
        "sectors": SECTORS,
        "acts": acts_at(request, view.unit.path),
        "fillable": queries.fillable(view.posts, request.actor, day),
        "moments": moments(request, [unit_id]),
    }
    return render(request, "orgs/unit.html", context)


@require_GET
def post(request: StaffRequest, post_id: UUID) -> HttpResponse:
    """Show one post: all that goes with it, which is what its next holder takes over."""
    day = day_of(request.now)
    view = queries.post_for(request.actor, post_id, day)
    return render(request, "orgs/post.html", {"moments": moments(request, [post_id]), **post_context(request, view)})


def post_context(request: StaffRequest, view: queries.PostView) -> dict[str, Any]:
    """Return what the page of a post and its hand-over both show."""
    firms = enterprises.firms([*view.attached_enterprises, *view.covered])
    return {
        "view": view,
        "kind": POST_KIND_NAMES[view.post.kind],
        "sight": SIGHT_NAMES[view.sight],
        "roles": [ROLE_NAMES[role] for role in view.roles],
        "sectors": [SECTORS.get(code, code) for code in view.lead_sectors],
        "attached": [firms[one].name for one in view.attached_enterprises if one in firms],
        "covered": [(firms[one].name, COVER_NAMES[why]) for one, why in view.covered.items() if one in firms],
        "acts": acts_at(request, view.post.unit.path),
        "may_fill": fill_act(view.post.kind, view.roles) in open_acts(request.actor, path=view.post.unit.path),
        "waiting": open_work(request, view.post.holder_id),
    }


def open_work(request: StaffRequest, holder_id: UUID | None) -> int:
    """Return how many things wait for a post's holder."""
    if holder_id is None:
        return 0
    try:
        holder = queries.actor_for(holder_id, on=day_of(request.now))
    except NotFound:
        return 0
    return desk.waiting(holder, now=request.now).total


def moments(request: StaffRequest, subject_ids: list[UUID]) -> list[Moment]:
    """Return what happened to these units or posts, as far as the viewer may see it."""
    today = day_of(request.now)
    return [
        Moment(
            when=moment_words(line.at, today=today),
            who=line.actor_post or line.actor_name,
            text=line.say,
            reason=line.reason,
        )
        for line in trail.trail_of(request.actor, subject_ids, size=20).lines
    ]


@require_GET
def vacant(request: StaffRequest) -> HttpResponse:
    """List the posts that nobody holds."""
    return _lacking(request, GapKind.POST_VACANT, "orgs:vacant", "空着的岗位", "安排人", "orgs:hand_over")


@require_GET
def lists(request: StaffRequest) -> HttpResponse:
    """List the posts that have no duty list."""
    return _lacking(request, GapKind.POST_WITHOUT_LIST, "orgs:lists", "没有责任清单的岗位", "写责任清单", "orgs:duties")


def _lacking(request: StaffRequest, kind: GapKind, tab: str, title: str, verb: str, url: str) -> HttpResponse:
    queries.root_of(request.actor)
    groups = queries.gap_lines(request.actor, day_of(request.now), sectors=SECTORS)
    group = next((group for group in groups if group.kind is kind), None)
    context = {
        "tabs": tabs(request, tab),
        "title": title,
        "group": group,
        "verb": verb,
        "url": url,
        "mended": _mended(request, group) if group else frozenset(),
    }
    return render(request, "orgs/lacking.html", context)


def _mended(request: StaffRequest, group: GapGroup) -> frozenset[UUID]:
    """Return the posts of a group at which this person can do something about the gap."""
    ids = frozenset(gap.subject_id for gap in group.gaps if gap.subject_id is not None)
    if group.kind is GapKind.POST_VACANT:
        day = day_of(request.now)
        return queries.fillable(queries.posts(ids, day).values(), request.actor, day)
    return ids if acts_at(request, request.actor.unit_path)[OrgAct.NAME_RESPONSIBLE] else frozenset()
