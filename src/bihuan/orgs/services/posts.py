"""Make posts, fill them, hand them over, give them roles."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import ONE_DAY, day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs.models import Holding, Post, RoleGrant, Unit, User
from bihuan.orgs.queries.posts import post_ref
from bihuan.orgs.rules import (
    ADMIN_ROLES,
    Extent,
    OrgAct,
    PostKind,
    PostRef,
    Sight,
    UnitKind,
    clashing_roles,
    default_roles,
    fill_act,
)
from bihuan.orgs.rules.may import ENTERPRISE_ROLES, role_refused
from bihuan.orgs.rules.reach import sight_for
from bihuan.orgs.services.admins import refuse_last_admin
from bihuan.orgs.services.guard import SLICE, post_news, require, slices, text
from bihuan.trail.services import record


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to be made. unit_id: for an enterprise's post, of the village the enterprise lies in.

    roles: None takes those that such a post brings with it (`rules.default_roles`). sight: None takes the default.
    """

    unit_id: UUID
    title: str
    kind: PostKind
    roles: tuple[Role, ...] | None = None
    sight: Sight | None = None
    enterprise_id: UUID | None = None
    enterprise_name: str = ""
    sort_no: int = 0
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewHolding:
    """A person to be put on a post. from_on: None is today."""

    post_id: UUID
    user_id: UUID
    from_on: date | None = None
    is_main: bool = True


@transaction.atomic
def create_posts(
    *, posts: Sequence[NewPost], actor: Actor, now: datetime, from_on: date | None = None
) -> list[PostRef]:
    """Make posts with their roles; all or nothing. from_on: since when they are there, None is today."""
    if len(posts) > SLICE:
        return [
            one for part in slices(posts) for one in create_posts(posts=part, actor=actor, now=now, from_on=from_on)
        ]
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={new.unit_id for new in posts}, closed_on=None)}
    if missing := next((new for new in posts if new.unit_id not in units), None):
        raise NotFound("orgs.no_unit", f"岗位“{missing.title}”的单位不存在或已撤销。请重新选单位。")
    _may_create(posts, units, actor)
    _refuse_twins(posts)
    since = from_on or day_of(now)
    made = [_new_post(new, units[new.unit_id], since) for new in posts]
    Post.objects.bulk_create(made, batch_size=500)
    roles = [_roles(new, units[new.unit_id]) for new in posts]
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(post=post, role=role, from_on=since)
            for post, held in zip(made, roles, strict=True)
            for role in held
        ],
        batch_size=500,
    )
    news = [
        post_news(
            "post.created",
            post,
            f"设立岗位 {post.enterprise_name or post.unit.name} {post.title}",
            after={"title": post.title, "kind": post.kind, "sight": post.sight, "roles": [str(role) for role in held]},
        )
        for post, held in zip(made, roles, strict=True)
    ]
    record(news, actor=actor, now=now)
    return [post_ref(post) for post in made]


def create_post(*, post: NewPost, actor: Actor, now: datetime) -> PostRef:
    """Make one post."""
    return create_posts(posts=[post], actor=actor, now=now)[0]


def _may_create(posts: Sequence[NewPost], units: Mapping[UUID, Unit], actor: Actor) -> None:
    for new in posts:
        unit = units[new.unit_id]
        if new.enterprise_id is not None:
            require(actor, OrgAct.CHANGE_ENTERPRISE_POSTS, unit.path)
            if set(new.roles or ()) - ENTERPRISE_ROLES:
                raise Refusal("orgs.role_not_of_enterprise", "企业岗位只能是主要负责人或安全员。请改选角色。")
            continue
        require(actor, OrgAct.CHANGE_POSTS, unit.path)
        _refuse_role(new.roles or (), unit)
        wanted = set(new.roles or ()) - set(_default(new, unit))
        if wanted:
            require(actor, OrgAct.GRANT_ROLES, unit.path)


def _refuse_role(roles: Collection[Role], unit: Unit) -> None:
    if why := role_refused(roles, is_above_town=unit.town_id is None):
        raise Refusal("orgs.role_above_town", why, field="role")


def _default(new: NewPost, unit: Unit) -> tuple[Role, ...]:
    return default_roles(new.kind, UnitKind(unit.kind), is_above_town=unit.town_id is None)


def _roles(new: NewPost, unit: Unit) -> tuple[Role, ...]:
    return _default(new, unit) if new.roles is None else new.roles


def _refuse_twins(posts: Sequence[NewPost]) -> None:
    business = {(new.unit_id, new.title.strip()) for new in posts if new.enterprise_id is None}
    rows = Post.objects.filter(unit_id__in={unit for unit, _ in business}, closed_on=None, enterprise_id=None)
    seen = set(rows.values_list("unit_id", "title"))
    for new in posts:
        if not new.title.strip():
            raise Refusal("orgs.no_title", "岗位名称空着。请填上，比如“主任”“网格员”。", field="title")
        key = (new.unit_id, new.title.strip())
        if new.enterprise_id is None and key in seen:
            raise Refusal("orgs.post_twice", f"这个单位已经有岗位“{new.title}”。请换个名称。", field="title")
        seen.add(key)


def _new_post(new: NewPost, unit: Unit, since: date) -> Post:
    sight = new.sight or sight_for(new.kind, UnitKind(unit.kind))
    if new.sight is None and new.roles is not None and Role.AUDIT_ADMIN in new.roles:
        sight = Sight.TRAIL
    return Post(
        id=new.id or new_id(),
        town_id=unit.town_id,
        unit=unit,
        title=new.title.strip(),
        kind=new.kind,
        sight=sight,
        enterprise_id=new.enterprise_id,
        enterprise_name=new.enterprise_name,
        sort_no=new.sort_no,
        opened_on=since,
    )


@transaction.atomic
def hold_posts(*, holdings: Sequence[NewHolding], actor: Actor, now: datetime) -> None:
    """Put people on vacant posts; all or nothing. A post that is held is handed over, not taken."""
    if len(holdings) > SLICE:
        for part in slices(holdings):
            hold_posts(holdings=part, actor=actor, now=now)
        return
    today = day_of(now)
    posts = posts_by_id([new.post_id for new in holdings])
    users = users_by_id([new.user_id for new in holdings])
    may_fill(list(posts.values()), actor, today)
    refuse_oneself([new.user_id for new in holdings], actor)
    first = min((new.from_on or today for new in holdings), default=today)
    lasting = Holding.objects.filter(Q(to_on=None) | Q(to_on__gte=first), post_id__in=list(posts))
    held = set(lasting.values_list("post_id", flat=True))
    for new in holdings:
        if new.post_id in held:
            raise Refusal("orgs.post_held", f"岗位“{posts[new.post_id].title}”已经有人。请用“交接岗位”换人。")
        held.add(new.post_id)
    refuse_clashes([(new.user_id, new.post_id) for new in holdings], today)
    Holding.objects.bulk_create(
        [
            Holding(post_id=new.post_id, user_id=new.user_id, from_on=new.from_on or today, is_main=new.is_main)
            for new in holdings
        ],
        batch_size=500,
    )
    news = [
        post_news(
            "post.taken",
            posts[new.post_id],
            f"{users[new.user_id].name}任{posts[new.post_id].title}",
            after={"user_id": text(new.user_id), "from_on": (new.from_on or today).isoformat()},
        )
        for new in holdings
    ]
    record(news, actor=actor, now=now)


def hold_post(*, post_id: UUID, user_id: UUID, actor: Actor, now: datetime, from_on: date | None = None) -> None:
    """Put one person on a vacant post."""
    hold_posts(holdings=[NewHolding(post_id, user_id, from_on)], actor=actor, now=now)


def posts_by_id(ids: Iterable[UUID]) -> dict[UUID, Post]:
    """Return open posts with their units. Raises NotFound when one is missing."""
    wanted = set(ids)
    found = {post.pk: post for post in Post.objects.filter(pk__in=wanted, closed_on=None).select_related("unit")}
    if wanted - set(found):
        raise NotFound("orgs.no_post", "没有找到这个岗位，或者已经撤销。请回到组织责任页重新选。")
    return found


def users_by_id(ids: Iterable[UUID]) -> dict[UUID, User]:
    """Return active people. Raises NotFound when one is missing."""
    wanted = set(ids)
    found = {user.pk: user for user in User.objects.filter(pk__in=wanted, is_active=True)}
    if wanted - set(found):
        raise NotFound("orgs.no_user", "没有找到这个人，或者账号已停用。请重新选人。")
    return found


def may_fill(posts: Sequence[Post], actor: Actor, day: date) -> None:
    """Refuse an actor who may not put somebody on each of these posts; what the posts are is decided by their roles."""
    roles: dict[UUID, set[Role]] = {}
    grants = RoleGrant.objects.on(day).filter(post_id__in=[post.pk for post in posts])
    for post_id, role in grants.values_list("post_id", "role"):
        roles.setdefault(post_id, set()).add(Role(role))
    for post in posts:
        require(actor, fill_act(PostKind(post.kind), roles.get(post.pk, ())), post.unit.path)


def refuse_oneself(user_ids: Collection[UUID], actor: Actor) -> None:
    """Refuse whoever puts himself on a post: rights are given by another (R10.13)."""
    if actor.user_id is not None and actor.user_id in user_ids:
        raise Refusal("orgs.not_oneself", "不能把岗位安排给自己。请由另一位有权的人办理。", field="to_user_id")


def refuse_clashes(pairs: Sequence[tuple[UUID, UUID]], day: date) -> None:
    """Refuse when somebody would hold two administrator roles, or one beside business (R10.13)."""
    post_ids = {post for _, post in pairs}
    user_ids = {user for user, _ in pairs}
    held = list(Holding.objects.filter(user_id__in=user_ids, to_on=None).values_list("user_id", "post_id"))
    posts: dict[UUID, set[UUID]] = {}
    for user_id, post_id in [*held, *pairs]:
        posts.setdefault(user_id, set()).add(post_id)
    roles: dict[UUID, set[Role]] = {}
    grants = RoleGrant.objects.on(day).filter(post_id__in=post_ids | {post for _, post in held})
    for post_id, role in grants.values_list("post_id", "role"):
        roles.setdefault(post_id, set()).add(Role(role))
    for mine in posts.values():
        if why := clashing_roles(role for post in mine for role in roles.get(post, ())):
            raise Refusal("orgs.roles_clash", why)


@transaction.atomic
def grant_role(
    *, post_id: UUID, role: Role, actor: Actor, now: datetime, over: Extent | None = None, from_on: date | None = None
) -> None:
    """Give a post a role, over all it answers for or over a named piece of ground."""
    post = posts_by_id([post_id])[post_id]
    require(actor, OrgAct.GRANT_ROLES, post.unit.path)
    since = from_on or day_of(now)
    where = over or Extent()
    if role is Role.SYSTEM:
        raise Refusal("orgs.no_such_role", "这个角色只给平台自己用，不能授给岗位。")
    _refuse_role((role,), post.unit)
    same = RoleGrant.objects.filter(
        post_id=post_id, role=role, path=where.path, sectors=",".join(where.sectors), enterprise_id=where.enterprise_id
    )
    if same.on(since).exists():
        raise Refusal("orgs.role_twice", f"岗位“{post.title}”已经是{ROLE_NAMES[role]}。不用再授。")
    RoleGrant.objects.create(
        post=post,
        role=role,
        path=where.path,
        sectors=",".join(where.sectors),
        enterprise_id=where.enterprise_id,
        from_on=since,
    )
    if role in ADMIN_ROLES:
        _as_admin(post, role)
    refuse_clashes(
        [
            (user, post_id)
            for user in Holding.objects.filter(post_id=post_id, to_on=None).values_list("user_id", flat=True)
        ],
        since,
    )
    after = {"role": str(role), "path": where.path, "sectors": list(where.sectors), "from_on": since.isoformat()}
    record(
        [post_news("role.granted", post, f"{post.title}授予角色{ROLE_NAMES[role]}", after=after)], actor=actor, now=now
    )


def _as_admin(post: Post, role: Role) -> None:
    """An administrator's post sees no business rows, whatever it saw before."""
    sight = Sight.TRAIL if role is Role.AUDIT_ADMIN else Sight.NOTHING
    Post.objects.filter(pk=post.pk).update(sight=sight)


@transaction.atomic
def withdraw_role(*, post_id: UUID, role: Role, reason: str, actor: Actor, now: datetime) -> None:
    """End a role of a post yesterday; the grant stays in the record."""
    post = posts_by_id([post_id])[post_id]
    require(actor, OrgAct.GRANT_ROLES, post.unit.path)
    today = day_of(now)
    rows = list(RoleGrant.objects.on(today).filter(post_id=post_id, role=role))
    if not rows:
        raise Refusal("orgs.role_not_held", f"岗位“{post.title}”没有{ROLE_NAMES[role]}这个角色。请刷新页面。")
    refuse_last_admin(post.town_id, [role], today, without_post=post_id)
    for row in rows:
        row.to_on = today - ONE_DAY
        row.from_on = min(row.from_on, row.to_on)
    RoleGrant.objects.bulk_update(rows, ["to_on", "from_on"])
    before = {"role": str(role)}
    say = f"{post.title}收回角色{ROLE_NAMES[role]}"
    record([post_news("role.withdrawn", post, say, before=before, reason=reason)], actor=actor, now=now)
