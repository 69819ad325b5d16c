"""Dates in all the forms that lists write them in (R3.32)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from bihuan.intake.rules.cells import Cell, plain, text_of

EARLIEST_YEAR: Final = 2000  # lists of this platform cannot be older than the law they rest on
LATEST_AHEAD_YEARS: Final = 10
BEFORE_FOUND_DAYS: Final = 60  # a day without a year may lie this far before its anchor; further is the next year
AFTER_TODAY_DAYS: Final = 31
EXCEL_EPOCH: Final = date(1899, 12, 30)
FIRST_SERIAL: Final = 36526  # 2000-01-01
LAST_SERIAL: Final = 73050  # 2099-12-31
CENTURY: Final = 2000
SHORT_YEAR: Final = 100
LONGEST_READ: Final = 300  # characters; a day or a claim stands at the beginning, the rest is prose
MONTHS: Final = 12
LONGEST_MONTH: Final = 31

_HAN_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_HAN_NUMBER: Final = re.compile(
    r"[〇零○一二两三四五六七八九十]+(?=年|个?月|日|号|天|个?周|个?星期|个?工作日|个?小时|季度)"
)
_DATE: Final = re.compile(
    r"(?<!\d)(?:"
    r"(?P<y8>\d{4}[01]\d[0-3]\d)(?!\d)"
    r"|(?P<y>\d{4})(?:年|[./\-,、。_])(?P<m>\d{1,2})(?:月|[./\-,、。_])(?P<d>\d{1,2})(?!\d)[日号]?"
    r"|(?P<ma>\d{1,2})/(?P<da>\d{1,2})/(?P<ya>\d{4})(?!\d)"
    r"|(?P<y2>\d{2})(?:年|[./\-])(?P<m2>\d{1,2})(?:月|[./\-])(?P<d2>\d{1,2})(?![\d./\-])[日号]?"
    r"|(?P<ym>\d{4})(?:年|[./\-])(?P<mm>\d{1,2})(?:月份?)?(?!\d)"
    r"|(?P<m3>\d{1,2})月(?P<d3>\d{1,2})(?![\d个])(?:日|号)?(?!内)"
    r"|(?<![\d.])(?P<m4>\d{1,2})[./\-](?P<d4>\d{1,2})(?![\d%万])(?:日|号)?(?!内)"
    r"|(?P<m5>\d{1,2})月份?(?!内|\d)"
    r"|(?P<d6>\d{1,2})[日号](?!内|之内|以内|起)"
    r")"
)
_RANGE: Final = re.compile(r"^(?:日|号)?(?:上午|下午)?[-—–~～至到](?:(?P<day>\d{1,2})[日号](?!内)|(?P<bare>\d{1,2})$)")
_SERIAL: Final = re.compile(r"^\d{5}(?:\.\d+)?$")
_ONE_DECIMAL: Final = re.compile(r"^\d{1,2}\.[123]$")
_TIME_OF_DAY: Final = re.compile(r"[T ]?(?<!\d)\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d+)?")
_APART: Final = re.compile(r"(?<=\d)\s+(?=\d)")
_ANCIENT: Final = re.compile(r"^(?:0000|0|1900)[-./年]")
_SHAPES: Final = (
    ("y", "m", "d"),
    ("ya", "ma", "da"),
    ("y2", "m2", "d2"),
    ("ym", "mm", ""),
    ("", "m3", "d3"),
    ("", "m4", "d4"),
    ("", "m5", ""),
    ("", "", "d6"),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day named in a text; 0 for what is not written. start, end: where it stands in the folded text."""

    year: int
    month: int
    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day near which a day without a year lies.

    forward: deadlines and repairs lie after it; otherwise (finding, assigning) before it.
    known: its year comes from the list itself, not merely from the day of reading. exact: so does its day.
    """

    day: date
    forward: bool = True
    known: bool = True
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says about a day.

    doubt: a code, or "". problem: a sentence that says why there is no such day, or "". options: days it may mean.
    """

    day: date | None = None
    doubt: str = ""
    problem: str = ""
    options: tuple[date, ...] = ()
    immediate: bool = False

    def day_only(self) -> "Reading":
        """Return the same day without its doubt: the words leave none."""
        return Reading(self.day, problem=self.problem)


NO_READING: Final = Reading()


def han_to_digits(text: str) -> str:
    """Return text with Chinese numerals before 年月日天周 turned into figures."""
    return _HAN_NUMBER.sub(lambda match: _han(match.group()), text)


def _han(word: str) -> str:
    if "十" not in word:
        return "".join(str(_HAN_DIGITS[char]) for char in word)
    tens, _, ones = word.partition("十")
    high = _HAN_DIGITS[tens[-1]] if tens else 1
    return str(high * 10 + _HAN_DIGITS.get(ones[:1], 0))


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return a text as dates are looked for in it: without times of day, figures parted by a blank kept apart."""
    return han_to_digits(plain(_APART.sub("、", _TIME_OF_DAY.sub(" ", text))))


@lru_cache(maxsize=20_000)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return the days that a folded text names, in order; an impossible month is no mention."""
    found: list[Mention] = []
    for match in _DATE.finditer(text):
        mention = _mention(match)
        if mention.month <= MONTHS and mention.day <= LONGEST_MONTH:
            found.append(mention)
            found += _rest_of_range(text, mention)
    return tuple(found)


def _mention(match: re.Match[str]) -> Mention:
    part = match.groupdict()
    whole = part["y8"]
    if whole:
        return Mention(int(whole[:4]), int(whole[4:6]), int(whole[6:]), *match.span())
    for year, month, day in _SHAPES:
        if part.get(month) or (not month and part[day]):
            return Mention(_figure(part.get(year)), _figure(part.get(month)), _figure(part.get(day)), *match.span())
    raise AssertionError(match.group())


def _figure(text: str | None) -> int:
    if not text:
        return 0
    return int(text)


def _rest_of_range(text: str, first: Mention) -> list[Mention]:
    """Return the second day of "1月5日-7日"; a second full day is a mention of its own."""
    match = _RANGE.match(text[first.end :]) if first.day else None
    if match is None:
        return []
    day = int(match.group("day") or match.group("bare"))
    return [Mention(first.year, first.month, day, first.end, first.end + match.end())]


def resolve(mention: Mention, anchor: Anchor) -> Reading:
    """Turn a mention into a day, with the year from the anchor where none is written; a month alone is its last day."""
    year = mention.year + CENTURY if 0 < mention.year < SHORT_YEAR else mention.year
    if year and not EARLIEST_YEAR <= year <= anchor.day.year + LATEST_AHEAD_YEARS:
        return Reading(problem=f"年份 {year} 不对，请核对后改成正确的日期")
    month = mention.month or anchor.day.month
    day = mention.day or (monthrange(year or anchor.day.year, month)[1] if month else 0)
    if not month:
        return NO_READING
    found = _nearest(year, month, day, anchor)
    if found is not None and not mention.month and anchor.forward and found < anchor.day:
        found = _date(found.year + month // MONTHS, month % MONTHS + 1, day)
    if found is None:
        return Reading(problem=f"{month}月没有{day}日，请核对后改成正确的日期")
    return Reading(found, doubt=_doubt_of(mention, anchor, has_year=bool(year)))


def _doubt_of(mention: Mention, anchor: Anchor, *, has_year: bool) -> str:
    if not mention.day:
        return "month_only"
    if not mention.month:
        return "day_only"
    return "" if has_year or anchor.known else "year_assumed"


def _nearest(year: int, month: int, day: int, anchor: Anchor) -> date | None:
    if year:
        return _date(year, month, day)
    near = _date(anchor.day.year, month, day) or _date(anchor.day.year + 1, month, day)
    if near is None:
        return None
    if anchor.forward and (anchor.day - near).days > BEFORE_FOUND_DAYS:
        return _date(near.year + 1, month, day)
    if not anchor.forward and (near - anchor.day).days > AFTER_TODAY_DAYS:
        return _date(near.year - 1, month, day)
    return near


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_serial(number: float) -> date | None:
    """Return the day of an Excel serial, or None when the number is none of 2000–2099."""
    return EXCEL_EPOCH + timedelta(days=int(number)) if FIRST_SERIAL <= number <= LAST_SERIAL else None


def read_cell(cell: Cell, anchor: Anchor) -> Reading | None:
    """Read a cell that is a date or a number by itself; None when its text has to be read."""
    if isinstance(cell, datetime):
        return _checked(cell.date(), anchor)
    if isinstance(cell, date):
        return _checked(cell, anchor)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _read_number(float(cell), anchor)
    return None


def _checked(day: date, anchor: Anchor) -> Reading:
    if EARLIEST_YEAR <= day.year <= anchor.day.year + LATEST_AHEAD_YEARS:
        return Reading(day)
    return Reading(problem=f"年份 {day.year} 不对，请核对后改成正确的日期")


def _read_number(number: float, anchor: Anchor) -> Reading | None:
    serial = from_serial(number)
    if serial is not None:
        return Reading(serial)
    if _ONE_DECIMAL.match(repr(number)):
        return _read_cut_number(repr(number), anchor)
    return None


def _read_cut_number(text: str, anchor: Anchor) -> Reading | None:
    """Read 2.1 typed as a number: Excel drops the nought of 2.10, so that it may be the 1st or the 10th."""
    month, _, day = text.partition(".")
    if not 1 <= int(month) <= MONTHS:
        return None
    days = [resolve(Mention(0, int(month), number, 0, 0), anchor).day for number in (int(day), int(day) * 10)]
    options = tuple(one for one in days if one is not None)
    return Reading(options[0], doubt="cut_number", options=options) if options else None


def read_day(cell: Cell, anchor: Anchor, *, last: bool = False) -> Reading:
    """Read the cell of a date column: the day found, assigned, repaired, re-inspected, closed.

    last: of a range take the last day (repairs), otherwise the first (findings).
    """
    direct = read_cell(cell, anchor)
    if direct is not None:
        return direct
    text = folded(text_of(cell)[:LONGEST_READ])
    if not text:
        return NO_READING
    return read_text(text, anchor, last=last)


@lru_cache(maxsize=50_000)
def read_text(text: str, anchor: Anchor, *, last: bool = False) -> Reading:
    """Read a folded text for a day; a text without any day gives the doubt "unclear"."""
    if _SERIAL.match(text):
        serial = from_serial(float(text))
        if serial is not None:
            return Reading(serial)
    named = mentions(text)
    if not named:
        return Reading(problem=_ancient(text)) if _ANCIENT.search(text) else Reading(doubt="unclear")
    readings = [resolve(mention, anchor) for mention in named]
    bad = next((reading for reading in readings if reading.problem), None)
    if bad is not None:
        return bad
    chosen = readings[-1] if last else readings[0]
    if len(readings) > 1 and not chosen.doubt:
        options = tuple(reading.day for reading in readings if reading.day is not None)
        return Reading(chosen.day, doubt="several_days", options=options)
    return chosen


def _ancient(text: str) -> str:
    return f"“{text}”不是可用的日期，请核对后改成正确的日期"


def day_words(day: date) -> str:
    """Return a day as people say it: 2018年2月15日."""
    return f"{day.year}年{day.month}月{day.day}日"
