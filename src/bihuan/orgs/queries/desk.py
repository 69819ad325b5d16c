"""What orgs tells the desk: gaps in responsibility, and posts found by the global search."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.paths import path_upper_bound
from bihuan.kernel.roles import Role
from bihuan.kernel.waiting import Found, Waiting, WaitingList
from bihuan.orgs.models import Post
from bihuan.orgs.queries import duties
from bihuan.orgs.queries.posts import post_ref, with_holders
from bihuan.orgs.rules import GapGroup, GapKind, TownDuties
from bihuan.orgs.rules.directory import directory_root

DESIGNATORS: Final = (Role.SAFETY_OFFICE, Role.SAFETY_CHIEF)  # whoever names who answers (R1.2)
NAMED: Final = 4  # how many of the lacking are named on a line
# fmt: off
GAP_WORDS: Final[dict[GapKind, tuple[str, str, str, str]]] = {  # the line, its title on the desk, the button, the page
    GapKind.SECTOR_WITHOUT_LEAD:    ("行业有牵头部门", "个行业没有牵头部门", "定牵头部门", "orgs:sectors"),
    GapKind.VILLAGE_WITHOUT_LEADER: ("村有挂钩领导",   "个村没有挂钩领导",   "定挂钩领导", "orgs:areas"),
    GapKind.POST_VACANT:            ("岗位有人",       "个岗位空着",         "安排人",     "orgs:vacant"),
    GapKind.FIELD_WITHOUT_POST:     ("领域有人分管",   "个领域没有人分管",   "定分管领导", "orgs:fields"),
    GapKind.LEADER_WITHOUT_FIELD:   ("班子有分管领域", "名班子成员没有分管领域", "定分管领域", "orgs:fields"),
    GapKind.POST_WITHOUT_LIST:      ("岗位有责任清单", "个岗位没有责任清单", "写责任清单", "orgs:lists"),
}
# fmt: on


def gap_lines(
    viewer: Actor, on: date, *, sectors: Mapping[str, str], known: TownDuties | None = None
) -> list[GapGroup]:
    """Return the gaps by kind in the order in which a page shows them: what is lacking first.

    known: the duties of the viewer's town, where the caller has read them.
    """
    order = list(GAP_WORDS)
    groups = duties.gap_groups(viewer, on, sectors=sectors, duties=known)
    return sorted(groups, key=lambda group: (not group.gaps, order.index(group.kind)))


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20, known: TownDuties | None = None) -> WaitingList:
    """Tell the safety office which responsibilities nobody has; sectors are told by enterprises, which knows them.

    known: the duties of the viewer's town, where the caller has read them.
    """
    if not viewer.has_role(*DESIGNATORS):
        return WaitingList()
    groups = [group for group in gap_lines(viewer, day_of(now), sectors={}, known=known) if group.gaps]
    rows = [_waiting(group) for group in groups]
    return WaitingList(tuple(rows[:first_n]), later=len(rows), by_what={row.what: 1 for row in rows})


def _waiting(group: GapGroup) -> Waiting:
    _, title, verb, url_name = GAP_WORDS[group.kind]
    return Waiting(
        what=f"orgs.gap_{group.kind}",
        title=f"{len(group.gaps)} {title}",
        reason=missing(group),
        verb=verb,
        url_name=url_name,
        count=len(group.gaps),
    )


def missing(group: GapGroup) -> str:
    """Name what is lacking in a group, the first few by name."""
    names = "、".join(gap.subject for gap in group.gaps[:NAMED])
    more = f" 等 {len(group.gaps)} 个" if len(group.gaps) > NAMED else ""
    return f"缺：{names}{more}" if names else ""


def found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Return the posts that the viewer may look up whose title, unit or holder has these words."""
    root = directory_root(viewer)
    if not root:
        return []
    rows = Post.objects.filter(
        unit__path__gte=root, unit__path__lt=path_upper_bound(root), closed_on=None, enterprise_id=None
    )
    for word in words.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(unit__name__icontains=word)
            | Q(unit__short_name__icontains=word)
            | Q(holdings__to_on=None, holdings__user__name__icontains=word)
        )
    posts = [
        post_ref(row) for row in with_holders(rows.distinct().order_by("unit__path", "sort_no"), day_of(now))[:first_n]
    ]
    return [
        Found("岗位", f"{post.unit.short_name} {post.title}", post.holder_name or "空缺", "orgs:post", (post.id,))
        for post in posts
    ]
