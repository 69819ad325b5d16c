"""The one place where somebody enters or leaves; all of it on the real clock (R10.13)."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest

from bihuan.kernel.calendar import day_of
from bihuan.orgs import queries, services
from bihuan.orgs.rules import PasswordPolicy
from bihuan.standards import queries as standards
from bihuan.web.clock import real_now

BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
SEEN: Final = "seen_at"
IDLE: Final = "idle_minutes"
PASSWORD_DAYS: Final = "password_days"  # noqa: S105 -- the name of a parameter
SHORTEST_IDLE: Final = 15  # minutes, for a session that does not say
SEEN_EVERY: Final = timedelta(minutes=1)  # how finely idleness is measured; each step is a write


def check(request: HttpRequest, account: str, password: str) -> queries.Account | None:
    """Return who this is, or None: the same answer, after the same time, for a wrong password and an unknown account.

    django-axes counts the failures and locks the account.
    """
    return authenticate(request, account=account.strip(), password=password)


def enter(request: HttpRequest, user: queries.Account) -> None:
    """Begin a session. A second factor (TOTP) belongs between `check` and this."""
    login(request, user, backend=BACKEND)
    now = real_now()
    request.session.set_expiry(now + timedelta(hours=settings.BIHUAN_SESSION_HOURS))
    request.session[SEEN] = now.isoformat()
    numbers = _numbers(user)
    request.session[IDLE] = numbers["idle_minutes"]
    request.session[PASSWORD_DAYS] = numbers["password_days"]
    request.session.save()
    services.note_session(user_id=user.pk, session_key=request.session.session_key or "")


def _numbers(user: queries.Account) -> dict[str, int]:
    """Return the numbers of R10.13 that are this town's parameters, on the real day."""
    names = (
        "idle_minutes",
        "password_least",
        "password_least_admin",
        "password_classes",
        "password_history",
        PASSWORD_DAYS,
    )
    return standards.numbers(names, town_id=user.town_id, on=day_of(real_now()))


def policy_for(user: queries.Account) -> PasswordPolicy:
    """Return what this town asks of a password."""
    numbers = _numbers(user)
    return PasswordPolicy(
        length=numbers["password_least"],
        admin_length=numbers["password_least_admin"],
        classes=numbers["password_classes"],
        history=numbers["password_history"],
        max_age_days=numbers[PASSWORD_DAYS],
    )


def must_change(request: HttpRequest) -> bool:
    """Tell whether the password has to be changed before anything else: at the first log-in, or when it is too old."""
    facts = queries.entry_of(request.user)
    days = request.session.get(PASSWORD_DAYS)
    policy = PasswordPolicy(max_age_days=days) if days else PasswordPolicy()
    return facts.must_change(real_now(), policy)


def leave(request: HttpRequest) -> None:
    """End the session."""
    logout(request)


def is_idle(request: HttpRequest, now: datetime) -> bool:
    """Tell whether the session has not been used for longer than allowed; note that it is used now."""
    seen = request.session.get(SEEN)
    if seen is None:
        request.session[SEEN] = now.isoformat()
        return False
    idle_for = now - datetime.fromisoformat(seen)
    if idle_for > timedelta(minutes=request.session.get(IDLE, SHORTEST_IDLE)):
        return True
    if idle_for > SEEN_EVERY:
        request.session[SEEN] = now.isoformat()
    return False
