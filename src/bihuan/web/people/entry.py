"""The one place where somebody enters or leaves; all of it on the real clock (R10.13)."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest

from bihuan.orgs import queries, services
from bihuan.web.clock import real_now

BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
SEEN: Final = "seen_at"
IDLE: Final = "idle_minutes"
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
    request.session[IDLE] = settings.BIHUAN_IDLE_MINUTES
    request.session.save()
    services.note_session(user_id=user.pk, session_key=request.session.session_key or "")


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
    if idle_for > timedelta(minutes=request.session.get(IDLE, settings.BIHUAN_IDLE_MINUTES)):
        return True
    if idle_for > SEEN_EVERY:
        request.session[SEEN] = now.isoformat()
    return False
