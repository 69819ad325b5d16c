"""Deadlines in words (R3.32): 立行立改, 2月底前, 3月上旬, 3日内, 春节前, 长期坚持, 复工前."""

import math
import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bihuan.intake.rules.cells import Cell, is_nothing, text_of
from bihuan.intake.rules.days import (
    LONGEST_READ,
    NO_READING,
    Anchor,
    Mention,
    Reading,
    folded,
    mentions,
    read_cell,
    read_text,
    resolve,
)
from bihuan.intake.rules.festivals import Festivals, named_in, next_festival
from bihuan.kernel.calendar import ONE_DAY, WorkCalendar

FIRST_TEN_DAYS: Final = 10
SECOND_TEN_DAYS: Final = 20
WEEK: Final = 7
HALF_MONTH: Final = 15
HOURS: Final = 24
QUARTER_MONTHS: Final = 3
DECEMBER: Final = 12
_IMMEDIATE: Final = re.compile(
    r"立即|立行立改|立整立改|立查立改|立知立改|即查即改|即知即改|即行即改|即整即改|边查边改|随查随改|现场整改|当场|马上|立刻|即刻|即时|当[天日]"
)
_COUNTED: Final = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3}|半)(?P<unit>个?工作日|日|天|个?周|个?星期|个?礼拜|个月|月(?=(?:之|以)?内)|个?小时)"
    r"(?P<within>(?:之|以)?内|左右|为限|到期)?"
)
_PART: Final = re.compile(
    r"(?:(?P<year>\d{4})[年./-])?(?P<month>\d{1,2}|本|当|这个?|下个?|次)?(?<!个)"
    r"(?:月(?:份)?|(?<=\d)[./-](?=[上中下]旬))(?P<part>上旬|中旬|下旬|底|末|初|中|内)"
)
_YEAR_END: Final = re.compile(r"(?:(?P<year>\d{4})年)?(?:年底|年末|年内|底前|全年)")
_QUARTER: Final = re.compile(r"(?:(?P<year>\d{4})年)?第?(?P<quarter>[一二三四1-4])季度")
_HALF_YEAR: Final = re.compile(r"上半年")
_WEEK: Final = re.compile(r"(?P<which>本|这|下)个?周(?P<day>[一二三四五六日天末])?")
_NO_DEADLINE: Final = re.compile(r"长期|持续|常态|坚持|日常|经常")
_RESUMPTION: Final = re.compile(r"节后|节日后|复工|复产|开工|恢复生产|年后")
_BEFORE: Final = re.compile(r"前|之前|以前")
_DONE: Final = re.compile(r"^已|^√|完成|整改到位|^是$")
_QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}
_WEEKDAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6}


@dataclass(frozen=True, slots=True)
class Clock:
    """What deadlines in words are counted with: the holidays and the working days."""

    festivals: Festivals
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def __hash__(self) -> int:
        return id(self.calendar)


def read_deadline(cell: Cell, anchor: Anchor, clock: Clock) -> Reading:
    """Read the cell of a deadline. anchor: the day of assignment, or of finding.

    Without a day: doubt "no_deadline" (长期坚持), "resumption" (复工前, 节后), or "unclear".
    """
    direct = read_cell(cell, anchor)
    if direct is not None:
        return direct
    text = text_of(cell)
    if is_nothing(text):
        return NO_READING
    return _read_words(folded(text[:LONGEST_READ]), anchor, clock)


@lru_cache(maxsize=50_000)
def _read_words(text: str, anchor: Anchor, clock: Clock) -> Reading:
    immediate = _IMMEDIATE.search(text) is not None
    for read in (_by_part, _by_date, _by_counted, _by_week, _by_festival):
        reading = read(text, anchor, clock)
        if reading is not None:
            return replace(reading, immediate=immediate)
    if immediate:
        return Reading(anchor.day, immediate=True) if anchor.exact else Reading(doubt="no_base_day", immediate=True)
    return _without_day(text, anchor)


def _without_day(text: str, anchor: Anchor) -> Reading:
    if _RESUMPTION.search(text):
        return Reading(doubt="resumption")
    if _NO_DEADLINE.search(text):
        return Reading(doubt="no_deadline")
    if _DONE.search(text):
        return Reading(doubt="claim_in_deadline")
    return read_text(text, anchor)


def _by_date(text: str, anchor: Anchor, _clock: Clock) -> Reading | None:
    counted = _COUNTED.search(text)
    named = [mention for mention in mentions(text) if mention.day or not counted]
    if not named or _festival_wins(text, named) or (counted is not None and _is_whole(counted, text)):
        return None
    if text.isdecimal():
        return read_text(text, anchor, last=True)
    readings = [resolve(mention, anchor) for mention in named]
    bad = next((reading for reading in readings if reading.problem), None)
    if bad is not None:
        return bad
    days = [reading for reading in readings if reading.day is not None]
    return max(days, key=lambda one: one.day or date.min) if days else None


def _festival_wins(text: str, named: list[Mention]) -> bool:
    """Tell whether a figure is part of a holiday's name, as in 5.1前, and not a day of its own."""
    return all(not mention.day for mention in named) and bool(named_in(text))


def _by_part(text: str, anchor: Anchor, _clock: Clock) -> Reading | None:
    match = _PART.search(text)
    if match is None:
        return _by_end_of_period(text, anchor)
    part = match.group("part")
    month = match.group("month") or ""
    base = _month_of(month, int(match.group("year") or 0), anchor)
    if base is None:
        return None
    last = monthrange(base.year, base.month)[1]
    day = {"上旬": FIRST_TEN_DAYS, "初": FIRST_TEN_DAYS, "中旬": SECOND_TEN_DAYS, "中": SECOND_TEN_DAYS}.get(part, last)
    return Reading(base.replace(day=day), doubt="part_of_month" if part in {"初", "中"} else "")


def _month_of(month: str, year: int, anchor: Anchor) -> date | None:
    """Return the first day of the month meant."""
    if month.isdecimal():
        return resolve_month(int(month), year, anchor)
    first = anchor.day.replace(day=1)
    if month.startswith(("下", "次")):
        return (first + timedelta(days=31)).replace(day=1)
    return first


def resolve_month(month: int, year: int, anchor: Anchor) -> date | None:
    """Return the first day of a month, with the year from the anchor where none is written."""
    if not 1 <= month <= DECEMBER:
        return None
    day = resolve(Mention(year, month, 0, 0, 0), anchor).day
    return day.replace(day=1) if day else None


def _by_end_of_period(text: str, anchor: Anchor) -> Reading | None:
    quarter = _QUARTER.search(text)
    if quarter is not None:
        digit = quarter.group("quarter")
        month = (_QUARTERS.get(digit) or int(digit)) * QUARTER_MONTHS
        return resolve(Mention(int(quarter.group("year") or 0), month, 0, 0, 0), anchor).day_only()
    if _HALF_YEAR.search(text):
        return resolve(Mention(0, DECEMBER // 2, 0, 0, 0), anchor).day_only()
    year_end = _YEAR_END.search(text)
    if year_end is not None and not mentions(text):
        return Reading(date(int(year_end.group("year") or anchor.day.year), DECEMBER, 31))
    return None


def _by_counted(text: str, anchor: Anchor, clock: Clock) -> Reading | None:
    match = _COUNTED.search(text)
    if match is None or (not match.group("within") and not _is_whole(match, text)):
        return None
    if not anchor.exact:
        return Reading(doubt="no_base_day")
    return Reading(_count(match.group("n"), match.group("unit").removeprefix("个"), anchor.day, clock))


def _is_whole(match: re.Match[str], text: str) -> bool:
    """Tell whether a text is nothing but a number of days; 7日 alone is a day of the month, 限7日 is seven days."""
    if match.group() == text:
        return match.group("unit") != "日"
    return text.removeprefix("限期").removeprefix("限") == match.group() or text.endswith(f"限期{match.group()}")


def _count(number: str, unit: str, start: date, clock: Clock) -> date:
    if unit == "工作日":
        return clock.calendar.add_working_days(start, int(number) if number.isdecimal() else 1)
    if unit == "月":
        return start + timedelta(days=HALF_MONTH) if number == "半" else _months_after(start, int(number))
    amount = 0.5 if number == "半" else int(number)
    days = {"日": 1.0, "天": 1.0, "小时": 1 / HOURS}.get(unit, WEEK) * amount
    return start + timedelta(days=math.ceil(days))


def _months_after(start: date, months: int) -> date:
    year, month = divmod(start.year * DECEMBER + start.month - 1 + months, DECEMBER)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _by_week(text: str, anchor: Anchor, _clock: Clock) -> Reading | None:
    match = _WEEK.search(text)
    if match is None:
        return None
    monday = anchor.day - timedelta(days=anchor.day.weekday())
    weeks = 1 if match.group("which") == "下" else 0
    day = monday + timedelta(days=WEEK * weeks + _WEEKDAYS[match.group("day") or "日"])
    return Reading(day, doubt="part_of_month")


def _by_festival(text: str, anchor: Anchor, clock: Clock) -> Reading | None:
    name = named_in(text)
    if not name or not _BEFORE.search(text) or _RESUMPTION.search(text):
        return None
    after = anchor.day if anchor.exact else anchor.day.replace(month=1, day=1) - ONE_DAY
    festival = next_festival(name, after, clock.festivals)
    if festival is None:
        return None
    eve = festival - ONE_DAY
    last_working = clock.calendar.last_working_day_before(festival)
    options = tuple(sorted({eve, last_working}))
    return Reading(eve, doubt="festival", options=options)
