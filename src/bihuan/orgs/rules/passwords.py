"""What a password must be (R10.13)."""

import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bihuan.kernel.roles import Role

ADMIN_ROLES: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
FIRST_PASSWORD_ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 -- an alphabet: no 0 O 1 l I
FIRST_PASSWORD_LENGTH: Final = 14


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """The numbers of R10.13, which are assessment practice and therefore parameters, not constants of the code.

    lengths in characters; classes: how many of upper, lower, digit, other; history: how many old ones stay barred.
    """

    length: int = 8
    admin_length: int = 12
    classes: int = 3
    history: int = 5
    max_age_days: int = 90


DEFAULT_POLICY: Final = PasswordPolicy()


@dataclass(frozen=True, slots=True)
class LockRule:
    """After how many failures an account is locked, and for how many minutes (R10.13)."""

    failures: int = 5
    minutes: int = 30


def classes_in(password: str) -> int:
    """Count the character classes in use: upper, lower, digit, anything else."""
    tests = (
        any(c in string.ascii_uppercase for c in password),
        any(c in string.ascii_lowercase for c in password),
        any(c in string.digits for c in password),
        any(c not in string.ascii_letters + string.digits for c in password),
    )
    return sum(tests)


def faults_of(
    password: str, *, account: str, is_admin: bool, is_reused: bool, policy: PasswordPolicy = DEFAULT_POLICY
) -> list[str]:
    """Return every reason, in Chinese, why a new password is not good enough; an empty list accepts it."""
    least = policy.admin_length if is_admin else policy.length
    faults: list[str] = []
    if len(password) < least:
        faults.append(f"密码只有 {len(password)} 位，{'管理员' if is_admin else ''}至少要 {least} 位。")
    if classes_in(password) < policy.classes:
        faults.append(f"大写字母、小写字母、数字、符号四类里至少要有 {policy.classes} 类。")
    if account and account.lower() in password.lower():
        faults.append("密码里不能含有账号。")
    if is_reused:
        faults.append(f"最近 {policy.history} 次用过的密码不能再用，请换一个。")
    return faults


def is_expired(changed_at: datetime | None, *, now: datetime, policy: PasswordPolicy = DEFAULT_POLICY) -> bool:
    """Tell whether a password is older than allowed. now: the real clock, as all that concerns log-ins."""
    return changed_at is not None and now - changed_at > timedelta(days=policy.max_age_days)


def clashing_roles(roles: Iterable[Role]) -> str:
    """Return why one person may not hold these roles together, or "" (R10.13: three separated administrators).

    An administrator holds exactly one of the three roles and does no business with that account.
    """
    held = set(roles)
    admin = held & ADMIN_ROLES
    if len(admin) > 1:
        return "系统管理员、安全管理员、审计管理员必须由三个人分别担任，不能由一人兼任。请另选一人。"
    if admin and held - ADMIN_ROLES:
        return "管理员账号不办业务。请给这个人另开一个业务账号。"
    return ""
