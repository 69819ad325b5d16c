"""How days, deadlines and amounts are written for people. Plain functions; templates use them through tags."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from bihuan.kernel.calendar import ONE_DAY, SHANGHAI, WorkCalendar

WEEKDAYS: Final = "一二三四五六日"
SOON_DAYS: Final = 3  # within so many days a deadline is shown as urgent (ui: deadline chip)
WAN: Final = Decimal(10_000)
APPOINTMENTS: Final = frozenset({"约谈", "督查", "回访"})  # a day on which something takes place, no last day


def day_words(on: date, *, today: date | None = None) -> str:
    """Write 12月18日, or 2017年12月18日 when it is not this year's."""
    year = "" if today is not None and on.year == today.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"


def weekday_words(on: date) -> str:
    """Write 星期三."""
    return f"星期{WEEKDAYS[on.weekday()]}"


def moment_words(at: datetime, *, today: date | None = None) -> str:
    """Write 12月18日 14:20 in Asia/Shanghai."""
    local = at.astimezone(SHANGHAI)
    return f"{day_words(local.date(), today=today)} {local:%H:%M}"


def period_words(first: date, last: date, *, today: date | None = None) -> str:
    """Write 12月18日—3月31日."""
    return f"{day_words(first, today=today)}—{day_words(last, today=today)}"


def money_words(value: Decimal | float | None) -> str:
    """Write an amount given in 元; from ten thousand on in 万元, without idle zeros."""
    if value is None:
        return "—"
    amount = Decimal(str(value))
    if abs(amount) >= WAN:
        return f"{_plain(amount / WAN)} 万元"
    return f"{_plain(amount)} 元"


def _plain(amount: Decimal) -> str:
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Chip:
    """A deadline chip: its words, its tone ("over", "soon" or ""), and the date for hover and print."""

    text: str
    tone: str
    title: str


def due_chip(value: date | datetime, *, today: date, name: str = "", before: date | None = None) -> Chip:
    """Write a deadline as people say it (ui: deadline chip).

    name: which deadline; "" means rectification. before: the last working day before the deadline when it lies in a
    holiday; when that day is near, the chip says 节前须办.
    """
    on = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    clock = f" {value.astimezone(SHANGHAI):%H:%M}" if isinstance(value, datetime) else ""
    title = f"{day_words(on, today=today)} {weekday_words(on)}{clock}"
    left = (on - today).days
    if left < 0:
        return Chip(f"{name}逾期 {-left} 天", "over", title)
    if left == 0:
        return Chip(f"{name}今天{clock}" if clock else f"{name}今天到期", "soon", title)
    if before is not None and today <= before < on and (before - today).days <= SOON_DAYS:
        return Chip(f"{name}节前须办", "soon", title)
    return Chip(f"{name}剩 {left} 天", "soon" if left <= SOON_DAYS else "", title)


def before_holiday(calendar: WorkCalendar, on: date) -> date | None:
    """Return the last working day before a deadline that lies in a holiday; None for any other deadline."""
    day, in_holiday = on, False
    while not calendar.is_working_day(day):
        in_holiday = in_holiday or day in calendar.holidays
        day -= ONE_DAY
    return day if in_holiday else None


def holiday_words(calendar: WorkCalendar, today: date) -> str:
    """Say that a holiday is near: 明天起放假，2月22日上班; "" when the next days are ordinary."""
    first = next((day for day in (today + ONE_DAY * n for n in range(SOON_DAYS + 1)) if day in calendar.holidays), None)
    if first is None:
        return ""
    while not calendar.is_working_day(first - ONE_DAY) and first > today:
        first -= ONE_DAY
    back = first
    while not calendar.is_working_day(back):
        back += ONE_DAY
    begins = {0: "今天放假", 1: "明天起放假"}.get((first - today).days, f"{day_words(first, today=today)}起放假")
    return f"{begins}，{day_words(back, today=today)}上班"
