"""The operators' clock: the only place of the command line that reads the time."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from bihuan.kernel.calendar import shifted


def door_now() -> datetime:
    """Return the `now` that commands and jobs hand to services: real, or shifted to the demo town's day."""
    day: str = settings.BIHUAN_DEMO_DAY
    return shifted(timezone.now(), date.fromisoformat(day) if day else None)
