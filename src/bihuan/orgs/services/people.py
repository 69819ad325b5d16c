"""Accounts and passwords (R10.13)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from axes.utils import reset as reset_attempts
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.orgs.models import DemoAccount, OldPassword, RoleGrant, Unit, User
from bihuan.orgs.queries.posts import user_ref
from bihuan.orgs.rules import ADMIN_ROLES, OrgAct, PasswordPolicy, UserRef, faults_of
from bihuan.orgs.rules.passwords import (
    DEFAULT_POLICY,
    FIRST_PASSWORD_ALPHABET,
    FIRST_PASSWORD_LENGTH,
    classes_in,
)
from bihuan.orgs.services.admins import refuse_last_admin_of_user
from bihuan.orgs.services.guard import SLICE, require, slices, user_news
from bihuan.trail.services import record


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to get an account. password: None makes a first one, "" makes an account that cannot log in yet."""

    account: str
    name: str
    town_id: UUID | None
    phone: str = ""
    password: str | None = None
    must_change_password: bool = True
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A new account with its first password, told exactly once."""

    user: UserRef
    password: str


def new_password() -> str:
    """Return a random first password that satisfies the rules for administrators too."""
    while True:
        password = "".join(secrets.choice(FIRST_PASSWORD_ALPHABET) for _ in range(FIRST_PASSWORD_LENGTH))
        if classes_in(password) >= DEFAULT_POLICY.classes:
            return password


@transaction.atomic
def create_users(
    *, users: Sequence[NewUser], actor: Actor, now: datetime, is_for_enterprises: bool = False
) -> list[FirstPassword]:
    """Open accounts; all or nothing. Returns each with its first password ("" for one that cannot log in yet).

    is_for_enterprises: the office registers enterprises' people; their accounts open no other door.
    """
    if len(users) > SLICE:
        parts = [
            create_users(users=part, actor=actor, now=now, is_for_enterprises=is_for_enterprises)
            for part in slices(users)
        ]
        return [one for part in parts for one in part]
    paths = _town_paths({new.town_id for new in users})
    act = OrgAct.CHANGE_ENTERPRISE_POSTS if is_for_enterprises else OrgAct.CHANGE_USERS
    require(actor, act, *(paths[new.town_id] for new in users))
    _refuse_taken(users)
    rows: list[User] = []
    told: list[FirstPassword] = []
    hashes: dict[str, str] = {}  # the same given password is hashed once: demo towns have thousands of accounts
    for new in users:
        password = new_password() if new.password is None else new.password
        hashed = make_password(None) if not password else hashes.setdefault(password, "") or make_password(password)
        if password:
            hashes[password] = hashed
        row = User(
            id=new.id or new_id(),
            town_id=new.town_id,
            account=new.account.strip(),
            name=new.name.strip(),
            phone=new.phone.strip(),
            password=hashed,
            must_change_password=new.must_change_password,
            password_changed_at=None,  # a first password does not age, it has to be changed
        )
        rows.append(row)
        told.append(FirstPassword(user_ref(row), password))
    User.objects.bulk_create(rows, batch_size=500)
    news = [
        user_news("user.created", row, f"开通账号 {row.name}", path=paths[row.town_id], after={"account": row.account})
        for row in rows
    ]
    record(news, actor=actor, now=now)
    return told


def _town_paths(town_ids: set[UUID | None]) -> dict[UUID | None, str]:
    rows = Unit.objects.filter(pk__in=[one for one in town_ids if one is not None])
    return {**{row.pk: row.path for row in rows}, None: "/"}


def _refuse_taken(users: Sequence[NewUser]) -> None:
    wanted = [new.account.strip() for new in users]
    taken = set(User.objects.filter(account__in=wanted).values_list("account", flat=True))
    for new in users:
        account = new.account.strip()
        if not account or not new.name.strip():
            raise Refusal("orgs.no_account", "账号和姓名都要填。", field="account")
        if account in taken:
            raise Refusal("orgs.account_taken", f"账号“{account}”已经有人用。请换一个。", field="account")
        taken.add(account)


@transaction.atomic
def change_password(
    *,
    user_id: UUID,
    old: str,
    new: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    policy: PasswordPolicy = DEFAULT_POLICY,
) -> None:
    """Change one's own password. real_now: the real clock, by which passwords age; now: the door's, for the trail."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or actor.user_id != user_id:
        raise NotFound
    if not check_password(old, user.password):
        raise Refusal("orgs.wrong_old_password", "原密码不对。请再输一次。", field="old")
    faults = faults_of(
        new,
        account=user.account,
        is_admin=is_admin(user_id, now=now),
        is_reused=_is_reused(user, new, policy.history),
        policy=policy,
    )
    if faults:
        raise Refusal("orgs.weak_password", " ".join(faults), field="new")
    _set_password(user, new, must_change=False, real_now=real_now)
    record(
        [user_news("user.password_changed", user, f"{user.name}改了密码", path=actor.unit_path)], actor=actor, now=now
    )


def _is_reused(user: User, new: str, history: int) -> bool:
    old = OldPassword.objects.filter(user=user).order_by("-set_at", "-id").values_list("password", flat=True)[:history]
    return any(check_password(new, hashed) for hashed in [user.password, *old])


def _set_password(user: User, password: str, *, must_change: bool, real_now: datetime) -> None:
    OldPassword.objects.create(user=user, password=user.password, set_at=user.password_changed_at or real_now)
    User.objects.filter(pk=user.pk).update(
        password=make_password(password), must_change_password=must_change, password_changed_at=real_now, session_key=""
    )


def is_admin(user_id: UUID, *, now: datetime) -> bool:
    """Tell whether a person holds one of the three administrator roles today."""
    return (
        RoleGrant.objects.on(day_of(now))
        .filter(role__in=ADMIN_ROLES, post__holdings__user_id=user_id, post__holdings__to_on=None)
        .exists()
    )


@transaction.atomic
def reset_password(*, user_id: UUID, actor: Actor, now: datetime, real_now: datetime) -> FirstPassword:
    """Give a person a new first password, told once, to be changed at the next log-in; ends their sessions."""
    user = _user_in_reach(user_id, actor)
    password = new_password()
    _set_password(user, password, must_change=True, real_now=real_now)
    record([user_news("user.password_reset", user, f"重置{user.name}的密码", path=_path(user))], actor=actor, now=now)
    return FirstPassword(user_ref(user), password)


@transaction.atomic
def set_active(*, user_id: UUID, is_active: bool, reason: str, actor: Actor, now: datetime) -> None:
    """Disable an account, or enable it again; nothing of it is deleted."""
    user = _user_in_reach(user_id, actor)
    if user.pk == actor.user_id:
        raise Refusal("orgs.not_oneself", "不能停用自己的账号。请由另一位管理员办理。")
    if not reason.strip():
        raise Refusal("orgs.no_reason", "请写明原因。", field="reason")
    if not is_active:
        refuse_last_admin_of_user(user_id, user.town_id, day_of(now))
    User.objects.filter(pk=user_id).update(is_active=is_active, session_key="")
    kind = "user.enabled" if is_active else "user.disabled"
    say = f"{'启用' if is_active else '停用'}{user.name}的账号"
    news = user_news(kind, user, say, path=_path(user), after={"is_active": is_active, "reason": reason})
    record([news], actor=actor, now=now)


@transaction.atomic
def set_certificate(*, user_id: UUID, certificate: str, actor: Actor, now: datetime) -> None:
    """Write down the number of a person's enforcement certificate (执法证号), or take it off with an empty one.

    It is printed on the orders that this person issues (行政处罚法 art. 42: certified, and two of them).
    """
    user = _user_in_reach(user_id, actor)
    number = "".join(certificate.split())
    if number == (user.certificate or ""):
        return
    User.objects.filter(pk=user_id).update(certificate=number or None)
    say = f"登记{user.name}的执法证号" if number else f"注销{user.name}的执法证号"
    news = user_news("user.certificate_set", user, say, path=_path(user), after={"certificate": number})
    record([news], actor=actor, now=now)


def note_session(*, user_id: UUID, session_key: str) -> None:
    """Remember an administrator's newest session, which ends any other one (R10.13); log-ins are logged apart."""
    User.objects.filter(pk=user_id).update(session_key=session_key)


def tidy_sessions() -> None:
    """Drop the sessions that have ended, by the real clock; who logged in when stays in the log of log-ins (R10.14)."""
    SessionStore.clear_expired()


@transaction.atomic
def unlock(*, user_id: UUID, actor: Actor, now: datetime) -> None:
    """Lift the lock of an account before its half hour is over."""
    user = _user_in_reach(user_id, actor)
    reset_attempts(username=user.account)
    record([user_news("user.unlocked", user, f"解除{user.name}账号的锁定", path=_path(user))], actor=actor, now=now)


def _user_in_reach(user_id: UUID, actor: Actor) -> User:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound("orgs.no_user", "没有找到这个人。请回到用户页重新选。")
    require(actor, OrgAct.CHANGE_USERS, _path(user))
    return user


def _path(user: User) -> str:
    return _town_paths({user.town_id})[user.town_id]


@dataclass(frozen=True, slots=True)
class NewDemoAccount:
    """A door that the log-in page of an invented town offers. device: desktop or phone."""

    user_id: UUID
    label: str
    say: str
    password: str
    device: str = "desktop"
    note: str = ""


@transaction.atomic
def offer_demo_accounts(*, town_id: UUID, accounts: Sequence[NewDemoAccount], actor: Actor) -> None:
    """Put accounts of an invented town on the log-in page, in this order; refused for a real town."""
    require(actor, OrgAct.CHANGE_USERS, _town_paths({town_id})[town_id])
    if not Unit.objects.filter(pk=town_id).exclude(demo_on=None).exists():
        raise Refusal("orgs.not_a_demo_town", "只有演示镇可以在登录页列出账号。")
    DemoAccount.objects.filter(town_id=town_id).delete()
    DemoAccount.objects.bulk_create(
        [
            DemoAccount(
                user_id=one.user_id,
                town_id=town_id,
                password=one.password,
                label=one.label,
                say=one.say,
                device=one.device,
                note=one.note,
                sort_no=place,
            )
            for place, one in enumerate(accounts)
        ]
    )
