"""When something is due by itself: rhythms in plain words, in Asia/Shanghai."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bihuan.kernel.calendar import SHANGHAI

MOST_MISSED: Final = 31  # turns caught up after downtime; older ones would only repeat what these do
_CLOCK: Final = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
_EVERY: Final = re.compile(r"every (?P<count>[1-9]\d?) minutes")
_DAILY: Final = re.compile(rf"daily {_CLOCK}")
_WEEKLY: Final = re.compile(rf"weekly (?P<day>[1-7]) {_CLOCK}")
_MONTHLY: Final = re.compile(rf"monthly (?P<day>[1-9]|1\d|2[0-8]) {_CLOCK}")

Before = Callable[[datetime], datetime]
Fits = Callable[[datetime, int], bool]


class UnknownRhythm(ValueError):  # noqa: N818 -- reads as what it says
    """A rhythm of the schedule is none of: every N minutes, hourly, daily HH:MM, weekly D HH:MM, monthly D HH:MM."""


def due_slots(rhythm: str, *, last: datetime | None, now: datetime) -> list[datetime]:
    """Return the turns that are due and were not taken yet, oldest first.

    rhythm: `every N minutes`, `hourly`, `daily HH:MM`, `weekly D HH:MM` (1 is Monday), `monthly D HH:MM` (D up to 28).
    last: the last turn that was taken; None (never) makes only the newest turn due. After downtime each missed day,
    week or month gets its turn (at most MOST_MISSED); of missed minutes and hours only the newest.
    """
    step_back, catches_up = _stepper(rhythm)
    slot = step_back(now.astimezone(SHANGHAI) + timedelta(microseconds=1))  # a turn exactly now is due
    if last is None or not catches_up:
        return [slot] if last is None or slot > last else []
    due: list[datetime] = []
    while slot > last and len(due) < MOST_MISSED:
        due.append(slot)
        slot = step_back(slot)
    return due[::-1]


def _stepper(rhythm: str) -> tuple[Before, bool]:
    """Return the function to the newest turn strictly before an instant, and whether missed turns are caught up."""
    if rhythm == "hourly":
        return partial(_minutes_before, count=60), False
    if found := _EVERY.fullmatch(rhythm):
        return partial(_minutes_before, count=int(found["count"])), False
    for pattern, fits in ((_DAILY, _any_day), (_WEEKLY, _on_weekday), (_MONTHLY, _on_month_day)):
        if found := pattern.fullmatch(rhythm):
            numbers = {name: int(text) for name, text in found.groupdict().items()}
            hour, minute, day = numbers["hour"], numbers["minute"], numbers.get("day", 0)
            return partial(_day_before, fits=fits, hour=hour, minute=minute, day=day), True
    raise UnknownRhythm(f"the schedule does not know the rhythm {rhythm!r}")


def _minutes_before(at: datetime, count: int) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    minutes = whole.hour * 60 + whole.minute
    slot = whole - timedelta(minutes=minutes % count)
    return slot if slot < at else slot - timedelta(minutes=count)


def _day_before(at: datetime, *, fits: Fits, hour: int, minute: int, day: int = 0) -> datetime:
    slot = at.replace(hour=hour, minute=minute, second=0, microsecond=0)
    while slot >= at or not fits(slot, day):
        slot -= timedelta(days=1)
    return slot


def _any_day(_at: datetime, _day: int) -> bool:
    return True


def _on_weekday(at: datetime, day: int) -> bool:
    return at.isoweekday() == day


def _on_month_day(at: datetime, day: int) -> bool:
    return at.day == day
