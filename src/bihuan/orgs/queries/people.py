"""Questions about accounts: entering, users, locks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from axes.models import AccessAttempt
from django.db.models import Prefetch, Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, NotFound
from bihuan.kernel.roles import Role
from bihuan.orgs.models import DemoAccount, Holding, RoleGrant, User
from bihuan.orgs.queries.units import unit_ref
from bihuan.orgs.rules import ADMIN_ROLES, PasswordPolicy, UserRef
from bihuan.orgs.rules.passwords import DEFAULT_POLICY, LockRule, is_expired

DEFAULT_LOCK: Final = LockRule()
Account = User  # the row that Django's log-in wants; only the log-in door touches it


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log-in knows of an account."""

    user_id: UUID
    session_key: str
    must_change_password: bool
    password_changed_at: datetime | None

    def must_change(self, real_now: datetime, policy: PasswordPolicy = DEFAULT_POLICY) -> bool:
        """Tell whether the password has to be changed before anything else."""
        return self.must_change_password or is_expired(self.password_changed_at, now=real_now, policy=policy)


def entry_of(user: Any) -> Entry:
    """Return what the log-in knows of the account behind a request. user: `request.user`, logged in."""
    row: User = user
    return Entry(row.pk, row.session_key, row.must_change_password, row.password_changed_at)


def account_of(user: Any) -> User:
    """Return the row behind `request.user`, logged in."""
    row: User = user
    return row


def is_admin(actor: Actor) -> bool:
    """Tell whether somebody is one of the three administrators."""
    return actor.has_role(*ADMIN_ROLES)


@dataclass(frozen=True, slots=True)
class DemoDoor:
    """An account that the log-in page of an invented town offers."""

    user_id: UUID
    account: str
    password: str
    label: str
    say: str
    device: str
    note: str


def demo_doors() -> list[DemoDoor]:
    """Return the accounts that the log-in page offers; none where no invented town is."""
    rows = DemoAccount.objects.filter(user__is_active=True).select_related("user").order_by("sort_no")
    return [
        DemoDoor(row.user_id, row.user.account, row.password, row.label, row.say, row.device, row.note) for row in rows
    ]


def demo_user(user_id: UUID) -> User:
    """Return the user behind a demo account, to be logged in by one press. Raises NotFound for anybody else."""
    row = DemoAccount.objects.filter(user_id=user_id, user__is_active=True).select_related("user").first()
    if row is None:
        raise NotFound("orgs.no_demo_account", "这个演示账号已经没有了。请刷新登录页。")
    return row.user


@dataclass(frozen=True, slots=True)
class UserRow:
    """A line of the list of users, and the head of the page of one. locked: since failures of the last half hour."""

    user: UserRef
    phone: str
    certificate: str
    posts: tuple[tuple[UUID, str, str], ...]  # post id, unit or enterprise, title
    roles: tuple[Role, ...]
    is_locked: bool
    must_change_password: bool
    last_log_in: datetime | None


def user_rows(
    viewer: Actor,
    *,
    on: date,
    real_now: datetime,
    lock: LockRule = DEFAULT_LOCK,
    words: str = "",
    first: int = 0,
    size: int = 50,
) -> tuple[list[UserRow], int]:
    """Return a page of the people whose accounts this viewer looks after, and how many there are in all.

    words: parts of name, account, post or unit. Refused to everybody but the security administrator.
    """
    rows = _users_of(viewer)
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(account__icontains=word)
            | Q(holdings__post__title__icontains=word)
            | Q(holdings__post__unit__name__icontains=word)
            | Q(holdings__post__enterprise_name__icontains=word)
        )
    rows = rows.distinct().order_by("account")
    shown = _with_posts(rows, on)[first : first + size]
    return _rows(list(shown), on=on, real_now=real_now, lock=lock), rows.count()


def user_row(viewer: Actor, user_id: UUID, *, on: date, real_now: datetime, lock: LockRule = DEFAULT_LOCK) -> UserRow:
    """Return one person for the security administrator. Raises NotFound."""
    found = _rows(list(_with_posts(_users_of(viewer).filter(pk=user_id), on)), on=on, real_now=real_now, lock=lock)
    if not found:
        raise NotFound("orgs.no_user", "没有找到这个人。请回到用户页重新选。")
    return found[0]


def certificates_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the enforcement certificate numbers of those people who have one, in one query."""
    rows = User.objects.filter(pk__in=set(user_ids), certificate__isnull=False).values_list("pk", "certificate")
    return {pk: number for pk, number in rows if number}


def units_that_enforce(town_id: UUID, on: date) -> frozenset[UUID]:
    """Return the units of a town in which somebody with an enforcement certificate (执法证) holds a post on a day. One
    query."""
    held = Holding.objects.on(on).filter(post__closed_on=None, post__unit__town_id=town_id)
    return frozenset(held.exclude(user__certificate=None).values_list("post__unit_id", flat=True))


def _users_of(viewer: Actor) -> Any:
    if not viewer.has_role(Role.SECURITY_ADMIN):
        raise NotAllowed("orgs.may_not_see_users", "用户和权限由安全管理员管。请找安全管理员办理。")
    return User.objects.filter(town_id=viewer.town_id)


def _with_posts(rows: Any, on: date) -> Any:
    held = (
        Holding.objects.on(on).filter(post__closed_on=None).select_related("post__unit").order_by("-is_main", "from_on")
    )
    return rows.prefetch_related(Prefetch("holdings", queryset=held, to_attr="held_now"))


def _rows(rows: Sequence[User], *, on: date, real_now: datetime, lock: LockRule) -> list[UserRow]:
    held: dict[UUID, list[Holding]] = {row.pk: getattr(row, "held_now", []) for row in rows}
    post_ids = [one.post_id for some in held.values() for one in some]
    roles: dict[UUID, list[Role]] = {}
    grants = RoleGrant.objects.on(on).filter(post_id__in=post_ids).order_by("role")
    for post_id, role in grants.values_list("post_id", "role"):
        roles.setdefault(post_id, []).append(Role(role))
    locked = locked_accounts([row.account for row in rows], real_now=real_now, lock=lock)
    return [
        UserRow(
            user=UserRef(row.pk, row.account, row.name, row.town_id, row.is_active),
            phone=row.phone,
            certificate=row.certificate or "",
            posts=tuple(
                (one.post_id, one.post.enterprise_name or unit_ref(one.post.unit).short_name, one.post.title)
                for one in held[row.pk]
            ),
            roles=tuple(dict.fromkeys(role for one in held[row.pk] for role in roles.get(one.post_id, []))),
            is_locked=row.account in locked,
            must_change_password=row.must_change_password,
            last_log_in=row.last_login,
        )
        for row in rows
    ]


def locked_accounts(accounts: Iterable[str], *, real_now: datetime, lock: LockRule = DEFAULT_LOCK) -> frozenset[str]:
    """Return which accounts are locked after too many failures (R10.13). real_now: the real clock."""
    since = real_now - timedelta(minutes=lock.minutes)
    rows = AccessAttempt.objects.filter(
        username__in=list(accounts),
        failures_since_start__gte=lock.failures,
        attempt_time__gt=since,
    )
    return frozenset(rows.values_list("username", flat=True))


def people_of_town(town_id: UUID | None) -> list[UserRef]:
    """Return the active people of a town, by name: to choose a successor from."""
    rows = User.objects.filter(town_id=town_id, is_active=True).order_by("name", "account")
    return [UserRef(row.pk, row.account, row.name, row.town_id, row.is_active) for row in rows]


def is_anybody_there() -> bool:
    """Tell whether any account exists: a fresh installation has none until `bihuan init`."""
    return User.objects.exists()


def user_to_enter(user_id: UUID) -> User:
    """Return the row that Django's log-in wants, after a change of password."""
    return User.objects.get(pk=user_id, is_active=True)


def least_length(actor: Actor, policy: PasswordPolicy = DEFAULT_POLICY) -> int:
    """Return how long this person's password must be at least."""
    return policy.admin_length if is_admin(actor) else policy.length


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role that a post has, with the ground it is given over ("" and empty: all that the post answers for)."""

    post_id: UUID
    role: Role
    path: str
    sectors: tuple[str, ...]
    from_on: date


def grants_of(post_ids: Iterable[UUID], on: date) -> list[GrantRow]:
    """Return the roles that these posts have on a day."""
    rows = RoleGrant.objects.on(on).filter(post_id__in=list(post_ids)).order_by("post_id", "role")
    return [
        GrantRow(row.post_id, Role(row.role), row.path, tuple(filter(None, row.sectors.split(","))), row.from_on)
        for row in rows
    ]
