"""What the pages of units and responsibility show; every query begins with what the viewer may look up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, NotFound
from bihuan.kernel.roles import Role
from bihuan.orgs.models import (
    AreaLeader,
    DutyField,
    DutyList,
    EnterprisePost,
    Holding,
    Post,
    RoleGrant,
    SectorDepartment,
    Unit,
    User,
)
from bihuan.orgs.queries.posts import holdings_of, post_ref, posts, user_ref, with_holders
from bihuan.orgs.queries.units import unit_ref, units_by_path
from bihuan.orgs.rules import Cover, HoldingRef, PostKind, PostRef, Sight, UnitKind, UnitRef, UserRef
from bihuan.orgs.rules.directory import directory_root

DEEPEST_LISTED: Final = 400  # units on one page; a county of more towns is opened town by town


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree with its posts. depth: 0 for the root of the page."""

    unit: UnitRef
    depth: int
    posts: tuple[PostRef, ...]


def root_of(viewer: Actor) -> str:
    """Return the path below which the viewer may look units up. Raises NotAllowed when there is none."""
    root = directory_root(viewer)
    if not root:
        raise NotAllowed(
            "orgs.no_directory", "组织责任页给镇、村、部门的工作人员看。企业要找负责人，请看本企业的页面。"
        )
    return root


def tree(viewer: Actor, on: date) -> list[Branch]:
    """Return the units that the viewer may look up with their posts and holders, in the order of the tree.

    Of several towns only the towns themselves are listed. Enterprises' posts are on the enterprises' pages.
    """
    root = root_of(viewer)
    rows = Unit.objects.below(root).open()
    if rows.filter(kind=UnitKind.TOWN).count() > 1:
        rows = rows.filter(town_id=None) | rows.filter(kind=UnitKind.TOWN)
    units = [unit_ref(row) for row in rows.order_by("path")[:DEEPEST_LISTED]]
    by_unit = _posts_by_unit([unit.id for unit in units], on)
    top = units[0].path.count("/") if units else 0
    return [Branch(unit, unit.path.count("/") - top, tuple(by_unit.get(unit.id, ()))) for unit in units]


def _posts_by_unit(unit_ids: Sequence[UUID], on: date) -> Mapping[UUID, list[PostRef]]:
    rows = Post.objects.filter(unit_id__in=unit_ids, closed_on=None, enterprise_id=None)
    found: dict[UUID, list[PostRef]] = {}
    for row in with_holders(rows.order_by("sort_no", "title"), on):
        found.setdefault(row.unit_id, []).append(post_ref(row))
    return found


@dataclass(frozen=True, slots=True)
class UnitView:
    """The page of one unit."""

    unit: UnitRef
    code: str
    version: int
    opened_on: date
    closed_on: date | None
    parent: UnitRef | None
    children: tuple[UnitRef, ...]
    posts: tuple[PostRef, ...]
    lead_sectors: tuple[str, ...]
    supporting_sectors: tuple[str, ...]
    leader: PostRef | None


def unit_for(viewer: Actor, unit_id: UUID, on: date) -> UnitView:
    """Return a unit that the viewer may look up. Raises NotFound."""
    row = Unit.objects.below(root_of(viewer)).filter(pk=unit_id).select_related("parent").first()
    if row is None:
        raise NotFound("orgs.no_unit", "没有找到这个单位，或者不在您的管辖范围内。")
    sectors = list(SectorDepartment.objects.on(on).filter(unit_id=unit_id).values_list("sector", "is_lead"))
    attached = AreaLeader.objects.on(on).filter(path=row.path).first()
    return UnitView(
        unit=unit_ref(row),
        code=row.code,
        version=row.version,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        parent=unit_ref(row.parent) if row.parent else None,
        children=tuple(unit_ref(child) for child in row.children.open().order_by("path")),
        posts=tuple(_posts_by_unit([unit_id], on).get(unit_id, ())),
        lead_sectors=tuple(sorted(sector for sector, is_lead in sectors if is_lead)),
        supporting_sectors=tuple(sorted(sector for sector, is_lead in sectors if not is_lead)),
        leader=posts([attached.post_id], on).get(attached.post_id) if attached else None,
    )


@dataclass(frozen=True, slots=True)
class PostView:
    """The page of one post: all that goes with it, which is all that a successor takes over."""

    post: PostRef
    sight: Sight
    roles: tuple[Role, ...]
    duties: tuple[str, ...]
    basis: str
    fields: tuple[str, ...]
    areas: tuple[UnitRef, ...]
    attached_enterprises: tuple[UUID, ...]
    covered: Mapping[UUID, Cover]
    lead_sectors: tuple[str, ...]
    holdings: tuple[HoldingRef, ...]

    def planned(self, on: date) -> str:
        """Return what change of holder is planned after a day, or ""."""
        coming = [one for one in self.holdings if one.from_on > on]
        if coming:
            first = min(coming, key=lambda one: one.from_on)
            return f"已定 {first.from_on:%Y-%m-%d} 起由{first.user_name}接任"
        last = next((one.to_on for one in self.holdings if one.from_on <= on and one.to_on and one.to_on >= on), None)
        return f"已定 {last:%Y-%m-%d} 后空缺" if last else ""


def post_for(viewer: Actor, post_id: UUID, on: date) -> PostView:
    """Return a post that the viewer may look up, or holds. Raises NotFound."""
    row = with_holders(Post.objects.filter(pk=post_id), on).first()
    if row is None or not (viewer.post_id == post_id or row.unit.path.startswith(root_of(viewer))):
        raise NotFound("orgs.no_post", "没有找到这个岗位，或者不在您的管辖范围内。")
    ref = post_ref(row)
    listed = DutyList.objects.on(on).filter(post_id=post_id).first()
    attached = list(AreaLeader.objects.on(on).filter(post_id=post_id))
    covers = EnterprisePost.objects.on(on).filter(post_id=post_id)
    areas = units_by_path(one.path for one in attached if one.path)
    leads = SectorDepartment.objects.on(on).filter(unit_id=row.unit_id, is_lead=True)
    return PostView(
        post=ref,
        sight=Sight(row.sight),
        roles=tuple(dict.fromkeys(Role(role) for role in _roles(post_id, on))),
        duties=tuple(filter(None, map(str.strip, listed.items.splitlines()))) if listed else (),
        basis=listed.basis if listed else "",
        fields=tuple(DutyField.objects.filter(post_id=post_id).order_by("sort_no").values_list("name", flat=True)),
        areas=tuple(areas[path] for path in sorted(areas)),
        attached_enterprises=tuple(one.enterprise_id for one in attached if one.enterprise_id is not None),
        covered={one.enterprise_id: Cover(one.why) for one in covers},
        lead_sectors=tuple(leads.order_by("sector").values_list("sector", flat=True)),
        holdings=tuple(holdings_of([post_id])),
    )


def _roles(post_id: UUID, on: date) -> Sequence[str]:
    return list(RoleGrant.objects.on(on).filter(post_id=post_id).order_by("role").values_list("role", flat=True))


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of duty and who has it."""

    id: UUID
    name: str
    post_id: UUID | None


def fields_of(town_id: UUID) -> list[FieldRow]:
    """Return the fields of duty (分管领域) of a town's leadership."""
    rows = DutyField.objects.filter(town_id=town_id).order_by("sort_no", "name")
    return [FieldRow(row.pk, row.name, row.post_id) for row in rows]


def leader_posts(town_id: UUID, on: date) -> list[PostRef]:
    """Return the posts of a town's leadership."""
    rows = Post.objects.filter(
        town_id=town_id, kind__in=["principal_leader", "leader_in_charge", "leader"], closed_on=None
    )
    return [post_ref(row) for row in with_holders(rows.order_by("sort_no", "title"), on)]


def posts_covering(enterprise_id: UUID, on: date) -> list[tuple[PostRef, Cover]]:
    """Return the posts that an enterprise is put under by name, and why. The caller has checked the viewer."""
    covers = list(EnterprisePost.objects.on(on).filter(enterprise_id=enterprise_id).order_by("why"))
    found = posts([cover.post_id for cover in covers], on)
    return [(found[cover.post_id], Cover(cover.why)) for cover in covers]


def posts_to_cover(town_id: UUID, on: date) -> list[PostRef]:
    """Return the posts of a town that enterprises may be put under by name: offices, departments, agencies."""
    kinds = [UnitKind.OFFICE, UnitKind.DEPARTMENT, UnitKind.AGENCY, UnitKind.LEADING_GROUP, UnitKind.VILLAGE]
    rows = Post.objects.filter(town_id=town_id, unit__kind__in=kinds, closed_on=None, enterprise_id=None)
    rows = rows.exclude(kind=PostKind.ADMIN).order_by("unit__path", "sort_no", "title")
    return [post_ref(row) for row in with_holders(rows, on)]


def successors(viewer: Actor, post_id: UUID, on: date) -> list[UserRef]:
    """Return the people of the town who may be put on a post.

    For an enterprise's post those of the enterprise or without any post, for others nobody who works for an enterprise.
    The present holder only where a change is planned: to be named again is to stay. Nobody puts himself on a post.
    """
    view = post_for(viewer, post_id, on)
    target = view.post
    rows = User.objects.filter(town_id=target.unit.town_id, is_active=True)
    if target.holder_id is not None and not view.planned(on):
        rows = rows.exclude(pk=target.holder_id)
    if viewer.user_id is not None and viewer.user_id != target.holder_id:
        rows = rows.exclude(pk=viewer.user_id)
    held = Holding.objects.on(on).filter(post__enterprise_id__isnull=False)
    if target.enterprise_id is None:
        rows = rows.exclude(pk__in=held.values("user_id"))
    else:
        elsewhere = Holding.objects.on(on).exclude(post__enterprise_id=target.enterprise_id)
        rows = rows.exclude(pk__in=elsewhere.values("user_id"))
    return [user_ref(row) for row in rows.order_by("name", "account")]
