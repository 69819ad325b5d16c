"""Found a town, and bring in its units, posts and people from a checked workbook: all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.kernel.actor import Actor, HeldRole
from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs import queries
from bihuan.orgs.models import Post, Unit
from bihuan.orgs.rules import OrgAct, PostKind, TownRef
from bihuan.orgs.rules.sheet import RowProblem, TownPlan
from bihuan.orgs.services.duties import attach_leaders, name_departments
from bihuan.orgs.services.guard import require
from bihuan.orgs.services.people import FirstPassword, NewUser, create_users
from bihuan.orgs.services.posts import NewHolding, NewPost, create_posts, hold_posts
from bihuan.orgs.services.units import NewUnit, create_town, create_units

ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


class SheetHasProblems(Refusal):
    """Rows of the workbook have problems; nothing was written. `problems` names them all."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__("orgs.sheet_problems", f"表里有 {len(problems)} 处问题，什么都没有写入。请改好再导入。")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class NewTown:
    """What `bihuan init` asks for about the town. code: 12 digits."""

    code: str
    name: str
    province_name: str
    city_name: str
    county_name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class NewAdmin:
    """One of the three administrators."""

    name: str
    account: str
    phone: str = ""


@transaction.atomic
def found_town(
    *, town: NewTown, administrators: Mapping[Role, NewAdmin], actor: Actor, now: datetime
) -> tuple[TownRef, list[FirstPassword]]:
    """Make an empty town with its three administrators, three persons; return their first passwords, told once."""
    if set(administrators) != set(ADMINS):
        raise Refusal("orgs.three_admins", "系统管理员、安全管理员、审计管理员三个都要有。")
    accounts = [admin.account.strip() for admin in administrators.values()]
    if len(set(accounts)) < len(ADMINS):
        raise Refusal("orgs.three_persons", "三个管理员要由三个人分别担任，账号不能相同。")
    ref = create_town(
        code=town.code,
        name=town.name,
        province_name=town.province_name,
        city_name=town.city_name,
        county_name=town.county_name,
        short_name=town.short_name,
        actor=actor,
        now=now,
    )
    posts = create_posts(
        posts=[NewPost(ref.id, ROLE_NAMES[role], PostKind.ADMIN, roles=(role,)) for role in ADMINS],
        actor=actor,
        now=now,
    )
    users = [
        NewUser(administrators[role].account, administrators[role].name, ref.id, phone=administrators[role].phone)
        for role in ADMINS
    ]
    told = create_users(users=users, actor=actor, now=now)
    holdings = [NewHolding(post.id, one.user.id) for post, one in zip(posts, told, strict=True)]
    hold_posts(holdings=holdings, actor=actor, now=now)
    return ref, told


@transaction.atomic
def import_plan(*, town_id: UUID, plan: TownPlan, actor: Actor, now: datetime) -> list[FirstPassword]:
    """Make all that a checked workbook says; return the first passwords of the new accounts, told once.

    Raises SheetHasProblems while any row has one.
    """
    if plan.problems:
        raise SheetHasProblems(plan.problems)
    town = queries.town(town_id)
    require(actor, OrgAct.IMPORT_TOWN, town.path)
    # The right to import is checked above; the steps below ask for the rights of several administrators.
    importing = replace(actor, roles=(*actor.roles, HeldRole(Role.SYSTEM, town.path)))
    _make_units(town, plan, importing, now)
    units = {row.name: row.pk for row in Unit.objects.filter(town_id=town_id).open()}
    posts = _make_posts(town_id, plan, units, importing, now)
    told = _make_people(town_id, plan, posts, importing, now)
    if plan.sectors:
        sectors = {
            line.sector: (units[line.lead], tuple(units[one] for one in line.supporting)) for line in plan.sectors
        }
        name_departments(town_id=town_id, sectors=sectors, actor=importing, now=now)
    if plan.areas:
        paths = dict(Unit.objects.filter(town_id=town_id).open().values_list("name", "path"))
        areas = {paths[line.village]: posts[(town.name, line.post)] for line in plan.areas}
        attach_leaders(town_id=town_id, areas=areas, actor=importing, now=now)
    return told


def _make_units(town: TownRef, plan: TownPlan, actor: Actor, now: datetime) -> None:
    """Make units in the order of the plan, one level after the other, because parents are known by name."""
    ids = {row.name: row.pk for row in Unit.objects.filter(town_id=town.id).open()}
    left = list(plan.units)
    while left:
        now_possible = [line for line in left if line.parent in ids]
        if not now_possible:
            raise Refusal("orgs.no_parent", f"“{left[0].name}”的上级单位“{left[0].parent}”不存在。请核对“单位”表。")
        made = create_units(
            units=[
                NewUnit(line.kind, line.name, ids[line.parent], line.short_name, line.code) for line in now_possible
            ],
            actor=actor,
            now=now,
        )
        ids |= {ref.name: ref.id for ref in made}
        left = [line for line in left if line not in now_possible]


def _make_posts(
    town_id: UUID, plan: TownPlan, units: Mapping[str, UUID], actor: Actor, now: datetime
) -> dict[tuple[str, str], UUID]:
    create_posts(
        posts=[
            NewPost(units[line.unit], line.title, line.kind, roles=line.roles, sort_no=place)
            for place, line in enumerate(plan.posts)
            if not line.exists
        ],
        actor=actor,
        now=now,
    )
    rows = Post.objects.filter(town_id=town_id, closed_on=None, enterprise_id=None)
    return {(unit, title): key for unit, title, key in rows.values_list("unit__name", "title", "pk")}


def _make_people(
    town_id: UUID, plan: TownPlan, posts: Mapping[tuple[str, str], UUID], actor: Actor, now: datetime
) -> list[FirstPassword]:
    held = [line for line in plan.posts if line.person]
    people = {line.account: NewUser(line.account, line.person, town_id, phone=line.phone) for line in reversed(held)}
    told = create_users(users=list(reversed(people.values())), actor=actor, now=now)
    ids = {one.user.account: one.user.id for one in told}
    seen: set[str] = set()
    holdings = []
    for line in held:
        is_main = line.account not in seen
        seen.add(line.account)
        holdings.append(NewHolding(posts[(line.unit, line.title)], ids[line.account], is_main=is_main))
    hold_posts(holdings=holdings, actor=actor, now=now)
    return told
