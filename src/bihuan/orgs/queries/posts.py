"""Questions about posts and who holds them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.paths import path_upper_bound
from bihuan.kernel.roles import Role
from bihuan.orgs.models import Holding, Post, RoleGrant, User
from bihuan.orgs.queries.units import unit_ref
from bihuan.orgs.rules import (
    LEADER_KINDS,
    HoldingRef,
    PostKind,
    PostRef,
    UnitKind,
    UnitRef,
    UserRef,
    fill_act,
    open_acts,
)
from bihuan.orgs.rules.reach import area_of

HELD: Final = ("post_id", "user_id", "user__name")
TOLD: Final = (
    *("pk", "title", "kind", "enterprise_id", "enterprise_name"),
    *(f"unit__{name}" for name in ("pk", "name", "short_name", "path", "kind", "town_id")),
)


def with_holders(posts: "QuerySet[Post]", on: date) -> "QuerySet[Post]":
    """Fetch the unit and the holder of the day with each post: two queries for any number of posts."""
    held = Holding.objects.on(on).select_related("user")
    return posts.select_related("unit").prefetch_related(Prefetch("holdings", queryset=held, to_attr="held_now"))


def post_ref(row: Post) -> PostRef:
    """Freeze a post fetched by `with_holders`."""
    held: list[Holding] = getattr(row, "held_now", [])
    return PostRef(
        id=row.pk,
        title=row.title,
        unit=unit_ref(row.unit),
        holder_id=held[0].user_id if held else None,
        holder_name=held[0].user.name if held else "",
        kind=PostKind(row.kind),
        enterprise_id=row.enterprise_id,
        enterprise_name=row.enterprise_name,
    )


def refs_of(rows: "QuerySet[Post]", on: date) -> list[PostRef]:
    """Freeze these posts, unsliced, in their order, with the holder of the day: two queries for any number of posts,
    read as tuples, for a town has hundreds."""
    held = Holding.objects.on(on).filter(post__in=rows.order_by().values("pk")).order_by("from_on")
    holders_of = {post_id: (user_id, name) for post_id, user_id, name in held.values_list(*HELD)}
    return [_ref(*told, holder=holders_of.get(told[0])) for told in rows.values_list(*TOLD)]


def _ref(
    post_id: UUID,
    title: str,
    kind: str,
    enterprise_id: UUID | None,
    enterprise_name: str,
    *unit: Any,
    holder: tuple[UUID, str] | None,
) -> PostRef:
    unit_id, name, short_name, path, unit_kind, town_id = unit
    user_id, user_name = holder or (None, "")
    return PostRef(
        id=post_id,
        title=title,
        unit=UnitRef(unit_id, name, short_name, path, UnitKind(unit_kind), town_id),
        holder_id=user_id,
        holder_name=user_name,
        kind=PostKind(kind),
        enterprise_id=enterprise_id,
        enterprise_name=enterprise_name,
    )


def post(post_id: UUID, on: date) -> PostRef:
    """Return a post with its holder of the day. Raises NotFound."""
    found = posts([post_id], on).get(post_id)
    if found is None:
        raise NotFound("orgs.no_post", "没有找到这个岗位。请回到组织责任页重新选。")
    return found


def posts(post_ids: Iterable[UUID], on: date) -> Mapping[UUID, PostRef]:
    """Return several posts by id; unknown ids are left out."""
    return {ref.id: ref for ref in refs_of(Post.objects.filter(pk__in=set(post_ids)), on)}


def posts_of_units(unit_ids: Iterable[UUID], on: date) -> list[PostRef]:
    """Return the open posts of these units, enterprises' posts left out, in their order."""
    rows = Post.objects.filter(unit_id__in=set(unit_ids), closed_on=None, enterprise_id=None)
    return refs_of(rows.order_by("unit__path", "sort_no", "title"), on)


def posts_of_enterprises(enterprise_ids: Iterable[UUID], on: date) -> Mapping[UUID, list[PostRef]]:
    """Return the open posts of these enterprises (principal, safety officer …), by enterprise."""
    rows = Post.objects.filter(enterprise_id__in=set(enterprise_ids), closed_on=None).order_by("sort_no", "title")
    found: dict[UUID, list[PostRef]] = {}
    for ref in refs_of(rows, on):
        if ref.enterprise_id is not None:
            found.setdefault(ref.enterprise_id, []).append(ref)
    return found


def posts_with_role(
    town_id: UUID | None,
    role: Role,
    path: str | None = None,
    *,
    on: date,
    enterprise_ids: Collection[UUID] | None = None,
) -> list[PostRef]:
    """Return the open posts that hold a role on a day.

    town_id: None asks above towns. path: only posts whose unit lies at or below it. enterprise_ids: only posts of
    these enterprises.
    """
    granted = RoleGrant.objects.on(on).filter(role=role).values("post_id")
    rows = Post.objects.filter(town_id=town_id, pk__in=granted, closed_on=None)
    if path is not None:
        rows = rows.filter(unit__path__gte=path, unit__path__lt=path_upper_bound(path))
    if enterprise_ids is not None:
        rows = rows.filter(enterprise_id__in=enterprise_ids)
    return refs_of(rows.order_by("unit__path", "sort_no", "title"), on)


def superior_posts(path: str, role: Role, *, on: date) -> list[PostRef]:
    """Return the posts above towns that hold a role and whose area lies on the way up from `path`."""
    granted = RoleGrant.objects.on(on).filter(role=role).values("post_id")
    rows = Post.objects.filter(town_id=None, pk__in=granted, closed_on=None).order_by("unit__path", "sort_no")
    return [ref for ref in refs_of(rows, on) if path.startswith(_area(ref))]


def _area(ref: PostRef) -> str:
    return area_of(ref.unit.path, ref.unit.kind)


def holders(post_ids: Iterable[UUID], on: date) -> Mapping[UUID, UserRef]:
    """Return who holds these posts on a day; vacant posts are left out. One query."""
    rows = Holding.objects.on(on).filter(post_id__in=set(post_ids)).select_related("user")
    return {row.post_id: user_ref(row.user) for row in rows}


def posts_held_by(user_id: UUID, on: date) -> list[PostRef]:
    """Return the posts a person holds on a day, the main one first."""
    order = Holding.objects.on(on).filter(user_id=user_id).order_by("-is_main", "from_on").values_list("post_id")
    ids = [row[0] for row in order]
    found = posts(ids, on)
    return [found[one] for one in ids]


def posts_of_people_named(
    names: Iterable[str], *, town_ids: Iterable[UUID], on: date
) -> Mapping[str, Sequence[PostRef]]:
    """Return the posts in these towns that people of these names hold on a day, by name."""
    held = Holding.objects.on(on).filter(user__name__in=set(names), post__unit__town_id__in=set(town_ids))
    found: dict[str, list[PostRef]] = {}
    for row in held.select_related("user", "post__unit"):
        row.post.held_now = [row]  # type: ignore[attr-defined] # what with_holders would fetch
        found.setdefault(row.user.name, []).append(post_ref(row.post))
    return found


def holdings_of(post_ids: Iterable[UUID]) -> list[HoldingRef]:
    """Return every holding of these posts that held on some day, the latest first."""
    rows = (
        Holding.objects.filter(post_id__in=set(post_ids), of_no_day=False).select_related("user").order_by("-from_on")
    )
    return [HoldingRef(row.post_id, row.user_id, row.user.name, row.from_on, row.to_on) for row in rows]


def leading_posts(path: str) -> list[PostRef]:
    """Return every leader's post below a path that ever was, closed ones too, in their order; who holds them is not
    told, for that is asked by day (`holdings_of`)."""
    rows = Post.objects.filter(kind__in=LEADER_KINDS, unit__path__gte=path, unit__path__lt=path_upper_bound(path))
    return [post_ref(row) for row in rows.select_related("unit").order_by("sort_no", "title", "id")]


def user_ref(row: User) -> UserRef:
    """Freeze a user."""
    return UserRef(row.pk, row.account, row.name, row.town_id, row.is_active)


def user_called(account: str) -> UserRef:
    """Return the person of an account name. Raises NotFound."""
    row = User.objects.filter(account=account.strip()).first()
    if row is None:
        raise NotFound("orgs.no_user", f"没有账号“{account.strip()}”。请核对账号。")
    return user_ref(row)


def fillable(refs: Iterable[PostRef], viewer: Actor, on: date) -> frozenset[UUID]:
    """Return on which of these posts the viewer may put somebody. One query."""
    listed = list(refs)
    roles: dict[UUID, set[Role]] = {}
    rows = RoleGrant.objects.on(on).filter(post_id__in=[ref.id for ref in listed]).values_list("post_id", "role")
    for post_id, role in rows:
        roles.setdefault(post_id, set()).add(Role(role))
    return frozenset(
        ref.id for ref in listed if fill_act(ref.kind, roles.get(ref.id, ())) in open_acts(viewer, path=ref.unit.path)
    )


def users(user_ids: Iterable[UUID]) -> Mapping[UUID, UserRef]:
    """Return several people by id; unknown ids are left out."""
    return {row.pk: user_ref(row) for row in User.objects.filter(pk__in=set(user_ids))}
