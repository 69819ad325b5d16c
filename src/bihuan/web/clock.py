"""The doors' clock: the only place of the web that reads the time."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from bihuan.kernel.calendar import shifted


def real_now() -> datetime:
    """Return the real instant: for log-ins, sessions, passwords and lock-outs only."""
    return timezone.now()


def door_now() -> datetime:
    """Return the `now` of everything else: real, or shifted to the demo town's day (`BIHUAN_DEMO_DAY`)."""
    return shifted(real_now(), demo_day())


def demo_day() -> date | None:
    """Return the day on which an invented town is seen, None for a real one."""
    day: str = settings.BIHUAN_DEMO_DAY
    return date.fromisoformat(day) if day else None
