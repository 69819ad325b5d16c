"""Weeks, months and how often a leader leads an inspection (R1.6, R9.6)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


class Stretch(NamedTuple):
    """Days, both inclusive."""

    first: date
    last: date


def whole_weeks(since: date, until: date) -> list[Stretch]:
    """Return the weeks (Monday to Sunday) that lie whole in a period, the oldest first."""
    monday = since + timedelta(days=-since.weekday() % 7)
    found = []
    while monday + WEEK - DAY <= until:
        found.append(Stretch(monday, monday + WEEK - DAY))
        monday += WEEK
    return found


def months(since: date, until: date) -> list[Stretch]:
    """Return the months that have begun in a period, each cut to the period, the oldest first."""
    found = []
    first = since
    while first <= until:
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        found.append(Stretch(first, min(after - DAY, until)))
        first = after
    return found


@dataclass(frozen=True, slots=True)
class Often:
    """How often in a month: by kind of post, and more for each holiday that begins right after one of its days."""

    by_kind: Mapping[str, int]
    before_holiday: int


def visits_due(kind: str, month: Stretch, often: Often, holidays: Collection[date]) -> int:
    """Return how many inspections a leader leads in a month (R1.6). holidays: their first days."""
    return often.by_kind.get(kind, 0) + often.before_holiday * len(_eves(month, holidays))


def due_so_far(month: Stretch, often: Often, holidays: Collection[date], *, until: date) -> int:
    """Return how many of them are due while the month still runs: the ones before holidays that have begun."""
    return often.before_holiday * sum(day <= until for day in _eves(month, holidays))


def _eves(month: Stretch, holidays: Collection[date]) -> list[date]:
    """Return the holidays that begin right after a day of the month."""
    return [day for day in holidays if month.first <= day - DAY <= month.last]


def first_days(days: Iterable[date]) -> list[date]:
    """Return the first day of each run of days off."""
    off = set(days)
    return sorted(day for day in off if day - DAY not in off)
