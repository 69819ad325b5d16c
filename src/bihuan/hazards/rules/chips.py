"""The chip that says how long is left, the same on lists, pages and phones."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bihuan.hazards.rules.states import CLOCK_NAMES, ClockKind
from bihuan.kernel.calendar import ONE_DAY, WorkCalendar


class Urgency(StrEnum):
    """How a chip is coloured: red only for late."""

    LATE = "late"
    TODAY = "today"
    HOLIDAY = "holiday"
    SOON = "soon"
    CALM = "calm"
    NONE = ""


SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Chip:
    """A deadline in words: `剩 3 天`, `今天到期`, `逾期 2 天`, `节前须办`; days is negative when late."""

    text: str
    urgency: Urgency
    due_on: date | None
    days: int | None
    kind: ClockKind | str


def chip_for(kind: str, due_on: date | None, *, today: date, calendar: WorkCalendar) -> Chip:
    """Return the chip of a clock; it names its deadline unless it is the rectification one."""
    if due_on is None or kind in {"", ClockKind.ENDED}:
        return Chip("", Urgency.NONE, due_on, None, kind)
    days = (due_on - today).days
    name = "" if kind == ClockKind.RECTIFY else CLOCK_NAMES[ClockKind(kind)]
    if days < 0:
        return Chip(f"{name}逾期 {-days} 天", Urgency.LATE, due_on, days, kind)
    if days == 0:
        return Chip(f"{name}今天到期" if not name else f"今天{name}", Urgency.TODAY, due_on, days, kind)
    if must_act_before_holiday(due_on, today=today, calendar=calendar):
        return Chip("节前须办" if not name else f"{name}节前须办", Urgency.HOLIDAY, due_on, days, kind)
    urgency = Urgency.SOON if days <= SOON_DAYS else Urgency.CALM
    return Chip(f"{name}剩 {days} 天", urgency, due_on, days, kind)


def must_act_before_holiday(due_on: date, *, today: date, calendar: WorkCalendar) -> bool:
    """Tell whether a holiday leaves no working day up to the deadline but today, although days are left."""
    if due_on <= today or not calendar.is_working_day(today):
        return False
    has_holiday = False
    day = today + ONE_DAY
    while day <= due_on:
        if calendar.is_working_day(day):
            return False
        has_holiday = has_holiday or day in calendar.holidays
        day += ONE_DAY
    return has_holiday
