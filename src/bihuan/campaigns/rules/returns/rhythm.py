"""When returns are owed, and of which days each speaks (R9.7).

Every period ends with a whole day before the day on which its return is due, and the next begins with the day after
that: what happens after the hour of a return is in the next one, and what a return says is complete when it is sent.
A 旬 is the exception: its days are the calendar's (1 to 10, 11 to 20, 21 to the last of the month) and it is owed
by the last of them, at that day's 24:00. It can be sent on that day; what is recorded after that is shown beside it.
So is a daily return that a superior asks for of the day itself (报送当日火情), by that day's hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bihuan.kernel.calendar import ONE_DAY, SHANGHAI, day_of, end_of


class Rhythm(StrEnum):
    """How often a form is owed."""

    DAILY = "daily"
    WEEKLY = "weekly"
    TEN_DAYS = "ten_days"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SPECIAL = "special"  # 快报: whenever it is asked for


RHYTHM_NAMES: Final[dict[Rhythm, str]] = {
    Rhythm.DAILY: "日报",
    Rhythm.WEEKLY: "周报",
    Rhythm.TEN_DAYS: "旬报",
    Rhythm.MONTHLY: "月报",
    Rhythm.QUARTERLY: "季报",
    Rhythm.SPECIAL: "快报",
}
DUE_WORDS: Final[dict[Rhythm, str]] = {
    Rhythm.DAILY: "每天 16:00 前报前一天的",
    Rhythm.WEEKLY: "每周五 12:00 前报到周四的",
    Rhythm.TEN_DAYS: "每月 10 日、20 日和末日 24:00 前报本旬的",
    Rhythm.MONTHLY: "次月 2 日前",
    Rhythm.QUARTERLY: "次季首月 2 日前",
    Rhythm.SPECIAL: "安监办随时定",
}
LAST_OF_MONTH: Final = 31
DAILY_AT: Final = time(16, 0)
WEEKLY_AT: Final = time(12, 0)
FRIDAY: Final = 4
WEEK: Final = timedelta(days=7)
NEXT_MONTH_DAY: Final = 2
TEN_DAY_ENDS: Final = (10, 20)
TEN_DAY_STARTS: Final = (1, 11, 21)
AHEAD: Final = timedelta(days=93)  # within which every rhythm falls due
QUARTER_MONTHS: Final = frozenset({1, 4, 7, 10})


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one return, both inclusive, and the instant by which it is owed."""

    since: date
    until: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a superior sets instead of the platform's own deadline; as it is made, nothing.

    weekday: 0 is Monday. days: of the month, 31 its last. at: None is the end of the day. month: of the quarter. whole:
    the return speaks of the calendar month or quarter before, of the 旬 that ends on the day, or of the very day on
    which it is owed, and not of the days since the last one.
    """

    weekday: int | None = None
    days: tuple[int, ...] = ()
    at: time | None = None
    month: int = 1
    whole: bool = False


PLATFORM: Final = Deadline()


def periods(rhythm: Rhythm, first: date, last: date, deadline: Deadline = PLATFORM) -> Iterator[Period]:
    """Yield the periods whose due day lies between two days, both inclusive; none of what comes without a rhythm."""
    day = first
    while day <= last:
        found = due_on(rhythm, day, deadline)
        if found is not None:
            yield found
        day += ONE_DAY


def due_on(rhythm: Rhythm, day: date, deadline: Deadline = PLATFORM) -> Period | None:
    """Return the period of the return that is owed on a day, None on a day on which none is."""
    if deadline != PLATFORM:
        return _set_by_superior(rhythm, day, deadline)
    if rhythm is Rhythm.DAILY:
        return Period(day - ONE_DAY, day - ONE_DAY, _at(day, DAILY_AT))
    if rhythm is Rhythm.WEEKLY and day.weekday() == FRIDAY:
        return Period(day - WEEK, day - ONE_DAY, _at(day, WEEKLY_AT))
    if rhythm is Rhythm.TEN_DAYS and _ends_ten_days(day):
        return _ten_days(day)
    if day.day == NEXT_MONTH_DAY and rhythm is Rhythm.MONTHLY:
        last = day.replace(day=1) - ONE_DAY
        return Period(last.replace(day=1), last, end_of(day))
    if day.day == NEXT_MONTH_DAY and rhythm is Rhythm.QUARTERLY and day.month in QUARTER_MONTHS:
        last = day.replace(day=1) - ONE_DAY
        return Period(last.replace(month=last.month - 2, day=1), last, end_of(day))
    return None


def _set_by_superior(rhythm: Rhythm, day: date, deadline: Deadline) -> Period | None:
    if rhythm is Rhythm.SPECIAL or not _falls(rhythm, day, deadline):
        return None
    due_at = end_of(day) if deadline.at is None else _at(day, deadline.at)
    if deadline.whole and rhythm is Rhythm.TEN_DAYS:
        return _ten_days(day)
    if deadline.whole and rhythm is Rhythm.DAILY:
        return Period(day, day, due_at)
    if deadline.whole:
        last = day.replace(day=1) - ONE_DAY
        first = last.replace(day=1)
        if rhythm is Rhythm.QUARTERLY:
            first = first.replace(month=first.month - 2)
        return Period(first, last, due_at)
    before = next(one for one in _days_before(day) if _falls(rhythm, one, deadline))
    return Period(before, day - ONE_DAY, due_at)


def _falls(rhythm: Rhythm, day: date, deadline: Deadline) -> bool:
    """Tell whether a return is owed on a day: what a short month does not have is its last day."""
    if rhythm is Rhythm.DAILY:
        return True
    if rhythm is Rhythm.WEEKLY:
        return day.weekday() == (FRIDAY if deadline.weekday is None else deadline.weekday)
    if rhythm is Rhythm.QUARTERLY and (day.month - deadline.month) % 3:
        return False
    is_last = (day + ONE_DAY).day == 1
    return day.day in deadline.days or (is_last and any(one > day.day for one in deadline.days))


def _ends_ten_days(day: date) -> bool:
    return day.day in TEN_DAY_ENDS or (day + ONE_DAY).day == 1


def _ten_days(last: date) -> Period:
    """Return the 旬 that ends on a day."""
    return Period(last.replace(day=TEN_DAY_STARTS[min((last.day - 1) // 10, 2)]), last, end_of(last))


def _days_before(day: date) -> Iterator[date]:
    while True:
        day -= ONE_DAY
        yield day


def due_day(due_at: datetime) -> date:
    """Return the day on which something is due: due at 24:00 is due that day."""
    return day_of(due_at - timedelta(seconds=1))


def sent_from(rhythm: Rhythm, until: date, due_at: datetime) -> date:
    """Return the first day on which a return can be sent: when its last day is over; special ones on it, and those of a
    旬 or of the day itself, which are due before it is over."""
    return until if rhythm is Rhythm.SPECIAL or due_at <= end_of(until) else until + ONE_DAY


def current(rhythm: Rhythm, today: date, deadline: Deadline = PLATFORM) -> Period | None:
    """Return the next period that falls due, today included."""
    return next(periods(rhythm, today, today + AHEAD, deadline), None)


def cumulative_since(start: date | None, until: date) -> date:
    """Return the first day of the cumulative columns. start: of the form; without one the first of January."""
    return start if start is not None and start <= until else until.replace(month=1, day=1)


def period_words(since: date, until: date) -> str:
    """Return a period as people say it."""
    if _ends_ten_days(until) and since == _ten_days(until).since:
        return f"{since.year}年{since.month}月{'上中下'[TEN_DAY_STARTS.index(since.day)]}旬"
    if since == until:
        return f"{since.year}年{since.month}月{since.day}日"
    if since.day == 1 and (until + ONE_DAY).day == 1 and (since.year, since.month) == (until.year, until.month):
        return f"{since.year}年{since.month}月"
    end = f"{until.month}月{until.day}日" if since.year == until.year else f"{until.year}年{until.month}月{until.day}日"
    return f"{since.year}年{since.month}月{since.day}日至{end}"


def due_words(due_at: datetime) -> str:
    """Return an hour by which something is owed as people say it: the end of a day is its 24:00."""
    local = due_at.astimezone(SHANGHAI)
    if local.time() == time.min:
        before = local.date() - ONE_DAY
        return f"{before.month}月{before.day}日 24:00"
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=SHANGHAI)
