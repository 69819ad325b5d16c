"""Read the State Council office's holiday notice as it is printed, and write a year the same way (R0.3)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from bihuan.kernel.calendar import SATURDAY
from bihuan.standards.rules.festivals import CalendarYear, DayKind, SpecialDay

WEEKDAYS: Final = "一二三四五六日"
_ASIDE: Final = re.compile(r"[（(][^（）()]*[）)]")
_HEADING: Final = re.compile(r"^\s*(?:[一二三四五六七八九十]+[、.．]|\d{1,2}[、.．])?\s*([^：:]{1,20})[：:](.*)$")
_SENTENCE: Final = re.compile(r"[。；;]+")
_VERB: Final = re.compile(r"放假|休息|调休|上班")
_DAY: Final = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_SPAN: Final = re.compile(rf"{_DAY}(?:\s*(?:至|到|—+|–|-|~|～)\s*{_DAY})?")
LONGEST: Final = 31  # days in one span; more is a slip of the pen


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """What was understood of a notice. problems: sentences with the line; while there are any, nothing is imported."""

    days: tuple[SpecialDay, ...]
    problems: tuple[str, ...] = ()


def read_holiday_notice(text: str, *, year: int) -> HolidayNotice:
    """Read lines such as `二、春节：2月15日至21日放假调休，共7天。2月11日（星期日）、2月24日（星期六）上班。`

    Days without a year are of `year`; a notice also names days of the year before. A line without dates is passed over.
    """
    found: dict[date, SpecialDay] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            for special in _read_line(line, year):
                problems += _clash(number, special, found)
                found[special.day] = special
        except _Unreadable as slip:
            problems.append(f"第{number}行：{slip}")
    if not found and not problems:
        problems.append("没有读到放假或上班的日期。请粘贴通知正文，如“春节：2月15日至21日放假。2月11日上班。”")
    return HolidayNotice(tuple(found[day] for day in sorted(found)), tuple(problems))


class _Unreadable(ValueError):  # noqa: N818 -- reads as what it says
    pass


def _clash(number: int, special: SpecialDay, found: dict[date, SpecialDay]) -> list[str]:
    day = special.day
    before = found.get(day)
    if before is not None and before.kind is not special.kind:
        return [f"第{number}行：{_words(day)}既写了放假又写了上班。请改正其中一处。"]
    if special.kind is DayKind.WORKDAY and day.weekday() < SATURDAY:
        return [f"第{number}行：{_words(day)}是星期{WEEKDAYS[day.weekday()]}，本来就上班。请核对日期和年份。"]
    return []


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _read_line(line: str, year: int) -> Iterator[SpecialDay]:
    heading = _HEADING.match(_ASIDE.sub("", line))
    if heading is None:
        if _SPAN.search(line) and _VERB.search(line):
            raise _Unreadable("日期前面没有节日名称和冒号。请写成“春节：2月15日至21日放假。”")
        return
    name = heading[1].strip()
    month = 0
    for sentence in _SENTENCE.split(heading[2]):
        verb = _VERB.search(sentence)
        if verb is None:
            if _SPAN.search(sentence):
                raise _Unreadable(f"“{sentence.strip()}”没有写明放假还是上班。请补上。")
            continue
        kind = DayKind.WORKDAY if verb[0] == "上班" else DayKind.HOLIDAY
        for span in _SPAN.finditer(sentence[: verb.start()]):
            days, month = _days(span, year, month)
            yield from (SpecialDay(day, kind, name) for day in days)


def _days(span: re.Match[str], year: int, month: int) -> tuple[list[date], int]:
    """Return the days of a span and the month it ends in, for `2月15日、16日`."""
    year_1, month_1, day_1, year_2, month_2, day_2 = span.groups()
    first_year, first_month = int(year_1 or year), int(month_1 or month)
    first = _date(first_year, first_month, int(day_1), span[0])
    if day_2 is None:
        return [first], first_month
    last_year, last_month = int(year_2 or first_year), int(month_2 or first_month)
    last = _date(last_year, last_month, int(day_2), span[0])
    length = (last - first).days
    if not 0 <= length < LONGEST:
        raise _Unreadable(f"“{span[0]}”的起止日期不对。请核对。")
    return [first + timedelta(days=offset) for offset in range(length + 1)], last_month


def _date(year: int, month: int, day: int, written: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _Unreadable(f"“{written}”不是有效的日期。请核对月和日。") from None


def write_holiday_notice(year: CalendarYear) -> str:
    """Write a year's special days as a notice does, one festival a line; `read_holiday_notice` reads the same back."""
    lines: list[str] = []
    for name, days in _by_name(year.days):
        off = [one.day for one in days if one.kind is DayKind.HOLIDAY]
        on = [one.day for one in days if one.kind is DayKind.WORKDAY]
        sentences = [f"{'、'.join(_spans(off))}放假" if off else "", f"{'、'.join(_spans(on))}上班" if on else ""]
        lines.append(f"{name or '其他'}：{'。'.join(sentence for sentence in sentences if sentence)}。")
    return "\n".join(lines)


def _by_name(days: Iterable[SpecialDay]) -> list[tuple[str, list[SpecialDay]]]:
    """Group the days by festival, in the order in which the festivals begin."""
    grouped: dict[str, list[SpecialDay]] = {}
    for one in sorted(days, key=lambda one: one.day):
        grouped.setdefault(one.name, []).append(one)
    return list(grouped.items())


def _spans(days: Sequence[date]) -> list[str]:
    """Write days in a row as 2月15日至2月21日."""
    written: list[str] = []
    for _, group in groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0]):
        row = [day for _, day in group]
        ends = [row[0]] if len(row) == 1 else [row[0], row[-1]]
        written.append("至".join(f"{day.month}月{day.day}日" for day in ends))
    return written
