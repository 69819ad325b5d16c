"""What a post sees and where its roles reach: rows come from the post, acts from its roles (product, section 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.kernel.actor import TRAIL_GRANT, HeldRole, Scope, SectorScope
from bihuan.kernel.roles import Role
from bihuan.orgs.rules.codes import UnitKind
from bihuan.orgs.rules.refs import PostKind


class Sight(StrEnum):
    """Which rows a post sees, besides the enterprises that are put under it one by one."""

    AREA = "area"  # the area its unit answers for
    SECTORS = "sectors"  # in that area, the sectors its unit leads
    ATTACHED = "attached"  # the areas and enterprises the leader is attached to (挂钩)
    ENTERPRISE = "enterprise"  # its own enterprise
    COVERED = "covered"  # nothing else
    TRAIL = "trail"  # the trail only
    NOTHING = "nothing"  # no business rows at all


SIGHT_NAMES: Final[dict[Sight, str]] = {
    Sight.AREA: "本单位管辖范围",
    Sight.SECTORS: "本部门牵头的行业",
    Sight.ATTACHED: "挂钩的村和企业",
    Sight.ENTERPRISE: "本企业",
    Sight.COVERED: "逐家指定的企业",
    Sight.TRAIL: "只看留痕",
    Sight.NOTHING: "不看业务",
}
_PARENT_AREA_KINDS: Final = frozenset(
    {UnitKind.OFFICE, UnitKind.DEPARTMENT, UnitKind.COMMITTEE, UnitKind.LEADING_GROUP, UnitKind.AGENCY}
)


def sight_for(kind: PostKind, unit: UnitKind) -> Sight:
    """Return what a new post sees by default. An administrator sees nothing; the audit one is set to TRAIL by its role.

    Principal leaders and the leader in charge of safety see the whole town, other leaders what they are attached to
    (ADR 0014).
    """
    if kind is PostKind.ADMIN:
        return Sight.NOTHING
    if kind is PostKind.ENTERPRISE:
        return Sight.ENTERPRISE
    if kind is PostKind.LEADER:
        return Sight.ATTACHED
    if kind in {PostKind.PRINCIPAL_LEADER, PostKind.LEADER_IN_CHARGE}:
        return Sight.AREA
    return {UnitKind.DEPARTMENT: Sight.SECTORS, UnitKind.AGENCY: Sight.COVERED}.get(unit, Sight.AREA)


def area_of(path: str, kind: UnitKind) -> str:
    """Return the area that a unit answers for: its own subtree, or the area of what it is an office of."""
    parts = path.strip("/").split("/")
    if kind in _PARENT_AREA_KINDS:
        while parts and not parts[-1].isdigit():
            parts.pop()
    return "/" + "/".join(parts) + "/" if parts else ""


@dataclass(frozen=True, slots=True)
class Extent:
    """One piece of ground: a subtree, some sectors of a subtree, or one enterprise."""

    path: str = ""
    sectors: tuple[str, ...] = ()
    enterprise_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """A role given to a post; `over` None means: over all that the post answers for."""

    role: Role
    over: Extent | None = None


@dataclass(frozen=True, slots=True)
class HeldPost:
    """All that decides the reach of one post on one day.

    area: the area of its unit. lead_sectors: led by its unit.
    attached_paths, attached_enterprises: 挂钩. covered: enterprises put under it one by one.
    """

    sight: Sight
    area: str
    enterprise_id: UUID | None = None
    lead_sectors: tuple[str, ...] = ()
    attached_paths: tuple[str, ...] = ()
    attached_enterprises: frozenset[UUID] = frozenset()
    covered: frozenset[UUID] = frozenset()
    grants: tuple[Grant, ...] = ()


def extents(post: HeldPost) -> list[Extent]:
    """Return the ground of a post: every row it sees lies on it."""
    ground = _ground_by_sight(post)
    single = set(post.covered)
    if post.sight is Sight.ATTACHED:
        single |= post.attached_enterprises
    if post.sight in {Sight.TRAIL, Sight.NOTHING}:
        return []
    return ground + [Extent(enterprise_id=one) for one in sorted(single)]


def _ground_by_sight(post: HeldPost) -> list[Extent]:
    if post.sight is Sight.AREA:
        return [Extent(path=post.area)]
    if post.sight is Sight.SECTORS:
        return [Extent(path=post.area, sectors=post.lead_sectors)] if post.lead_sectors else []
    if post.sight is Sight.ATTACHED:
        return [Extent(path=path) for path in post.attached_paths]
    if post.sight is Sight.ENTERPRISE and post.enterprise_id is not None:
        return [Extent(enterprise_id=post.enterprise_id)]
    return []


def roles_of(post: HeldPost) -> list[HeldRole]:
    """Return the roles of a post with where they reach; one without any ground yet is still held, reaching nothing.

    Administrators' roles reach over the area of their unit, although they see no business rows there.
    """
    held: list[HeldRole] = []
    for grant in post.grants:
        if grant.over is not None:
            pieces = [grant.over]
        elif post.sight in {Sight.TRAIL, Sight.NOTHING}:
            pieces = [Extent(path=post.area)]
        else:
            pieces = extents(post) or [Extent()]
        held += [HeldRole(grant.role, piece.path, piece.sectors, piece.enterprise_id) for piece in pieces]
    return list(dict.fromkeys(held))


def scope_of(posts: Sequence[HeldPost], *, town_id: UUID | None, grants: Iterable[str] = ()) -> Scope:
    """Return the union of what several posts see.

    town_id: of the viewer, given only when all posts belong to that one town.
    """
    ground = [extent for post in posts for extent in extents(post)]
    paths = _outermost(extent.path for extent in ground if extent.path and not extent.sectors)
    named = set(grants) | {TRAIL_GRANT for post in posts if post.sight is Sight.TRAIL}
    return Scope(
        town_id=town_id,
        paths=paths,
        sectors=tuple(dict.fromkeys(SectorScope(extent.path, extent.sectors) for extent in ground if extent.sectors)),
        enterprises=frozenset(extent.enterprise_id for extent in ground if extent.enterprise_id is not None),
        grants=frozenset(named),
    )


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Drop paths that lie below another one: the fewer ranges, the quicker the query."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)
