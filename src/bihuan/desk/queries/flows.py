"""What happened week by week, and how the running week and month compare with the same days before: one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bihuan.stats import queries as stats

WEEK: Final = timedelta(days=7)
WEEKS: Final = 9
FOUND: Final = ("hazards.found_fact",)  # by the day of finding
REGISTERED: Final = ("hazards.reported",)  # by the day of registering
FIXED: Final = ("hazards.handed_in", "hazards.on_spot")
CLOSED: Final = ("hazards.closed",)
FAILED: Final = ("hazards.failed",)
OVERDUE: Final = ("hazards.overdue",)
NAMES: Final = (*FOUND, *REGISTERED, *FIXED, *CLOSED, *FAILED, *OVERDUE)


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, both inclusive."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Flows:
    """What changed on each day up to a day."""

    on: date
    days: Mapping[date, Mapping[tuple[str, str], int]]

    def total(self, names: Sequence[str], period: Period) -> int:
        """Return how much of some flows happened in a period; of a stock, by how much it grew."""
        return sum(
            amount
            for day, cells in self.days.items()
            if period.start <= day <= period.end
            for (name, _), amount in cells.items()
            if name in names
        )

    @property
    def weeks(self) -> list[Period]:
        """The weeks, Monday to Sunday, the oldest first; the running one ends on the day asked."""
        monday = self.on - timedelta(days=self.on.weekday())
        starts = [monday - WEEK * back for back in reversed(range(WEEKS))]
        return [Period(start, min(start + WEEK - timedelta(days=1), self.on)) for start in starts]

    def weekly(self, *names: str) -> list[int]:
        """Return some flows week by week."""
        return [self.total(names, week) for week in self.weeks]

    @property
    def week(self) -> Period:
        """The running week."""
        return self.weeks[-1]

    @property
    def week_before(self) -> Period:
        """The same days of the week before."""
        return Period(self.week.start - WEEK, self.week.end - WEEK)

    @property
    def month(self) -> Period:
        """The running month."""
        return Period(self.on.replace(day=1), self.on)

    @property
    def month_before(self) -> Period:
        """The same days of the month before; of a shorter month all of it."""
        last = self.month.start - timedelta(days=1)
        return Period(last.replace(day=1), last.replace(day=min(self.on.day, last.day)))


def flows(place: stats.Place, *, on: date) -> Flows:
    """Return what happened in the last nine weeks and in this month and the last. One query."""
    asked = Flows(on, {})
    start = min(asked.weeks[0].start, asked.month_before.start)
    return Flows(on, stats.changes(place, NAMES, start=start, end=on))
