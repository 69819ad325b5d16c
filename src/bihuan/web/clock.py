"""The doors' clock: the only place of the web that reads the time."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from bihuan.kernel.calendar import SHANGHAI, day_of, shifted


def real_now() -> datetime:
    """Return the real instant: for log-ins, sessions, passwords and lock-outs only."""
    return timezone.now()


def door_now() -> datetime:
    """Return the `now` of everything else: real, or shifted to the demo town's day (`BIHUAN_DEMO_DAY`)."""
    return shifted(real_now(), demo_day())


def devices_ahead(now: datetime) -> timedelta:
    """Return how far the clocks of real phones are ahead of this `now` in the demo town; nothing in a real one."""
    return timedelta(days=(real_now().astimezone(SHANGHAI).date() - day_of(now)).days if demo_day() else 0)


def demo_day() -> date | None:
    """Return the day on which an invented town is seen, None for a real one."""
    day: str = settings.BIHUAN_DEMO_DAY
    return date.fromisoformat(day) if day else None
