"""Days and working days of Asia/Shanghai (R0.3, R0.6)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5


def day_of(instant: datetime) -> date:
    """Return the legal day of an aware instant. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime has no day")
    return instant.astimezone(SHANGHAI).date()


def end_of(day: date) -> datetime:
    """Return the instant at which a day ends, 24:00 in Asia/Shanghai."""
    return datetime.combine(day + ONE_DAY, time.min, tzinfo=SHANGHAI)


PLAYED: Final = timedelta(hours=18)  # by then all acts of an invented town's day are over


def shifted(real: datetime, demo_day: date | None) -> datetime:
    """Return the doors' `now`: the real instant, or for an invented town the evening of its one day.

    What was played on that day lies before: whoever opens the town in the morning must not find acts that are still to
    come. Until the real evening a minute there takes an hour, so that the clock never goes back.
    real: aware. demo_day: None for a real town. Log-ins, sessions and lock-outs never use this (product, section 6).
    """
    local = real.astimezone(SHANGHAI)
    if demo_day is None:
        return local
    midnight = datetime.combine(demo_day, time(), SHANGHAI)
    since = datetime.combine(demo_day, local.timetz()) - midnight
    return midnight + max(PLAYED + since / 60, since)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Holidays and swapped working days; a day named in neither follows the week.

    holidays: days off, with or without a weekend. workdays: weekend days worked in exchange (调休).
    provisional_years: years without a holiday notice yet, computed from weekends and fixed holidays only.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    provisional_years: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on this day."""
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() < SATURDAY

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day that is `count` working days after `day` (which is not counted); `count` 0 returns `day`.

        count: >= 0. A result that lies in a provisional year may move when that year's notice is imported.
        """
        if count < 0:
            raise ValueError("count must not be negative")
        while count:
            day += ONE_DAY
            if self.is_working_day(day):
                count -= 1
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; 0 when `end` is not after `start`."""
        days = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=offset)) for offset in range(1, days + 1))

    def last_working_day_before(self, day: date) -> date:
        """Return the nearest working day before `day`."""
        day -= ONE_DAY
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def is_provisional(self, day: date) -> bool:
        """Tell whether no official notice covers the year of this day yet."""
        return day.year in self.provisional_years
