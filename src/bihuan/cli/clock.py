"""The operators' clock: the only place of the command line that reads the time."""

from datetime import date, datetime

from bihuan.kernel.calendar import SHANGHAI, shifted


def door_now() -> datetime:
    """Return the `now` that commands and jobs hand to services: real, or shifted to the demo town's day."""
    from django.conf import settings  # only now: a command without a database needs no settings
    from django.utils import timezone

    day: str = settings.BIHUAN_DEMO_DAY
    return shifted(timezone.now(), date.fromisoformat(day) if day else None)


def today_here() -> date:
    """Return today's day in Asia/Shanghai by the machine's clock."""
    return datetime.now(SHANGHAI).date()
