"""Festivals and years of the official calendar: dates, which days are off, and a year that has no notice yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.in_force import Dated, in_force


class DayKind(StrEnum):
    """What the calendar says of a day that does not follow the week."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


DAY_KIND_NAMES: Final[dict[DayKind, str]] = {DayKind.HOLIDAY: "放假", DayKind.WORKDAY: "上班（调休）"}


class Festival(StrEnum):
    """The statutory festivals; the value is the word that people write."""

    NEW_YEAR = "元旦"
    SPRING = "春节"
    TOMB_SWEEPING = "清明"
    LABOUR = "劳动节"
    DRAGON_BOAT = "端午"
    MID_AUTUMN = "中秋"
    NATIONAL = "国庆"


FESTIVAL_WORDS: Final[dict[str, Festival]] = {
    **{festival.value: festival for festival in Festival},
    "新年": Festival.NEW_YEAR,
    "除夕": Festival.SPRING,
    "过年": Festival.SPRING,
    "年": Festival.SPRING,
    "清明节": Festival.TOMB_SWEEPING,
    "五一": Festival.LABOUR,
    "五一节": Festival.LABOUR,
    "劳动": Festival.LABOUR,
    "端午节": Festival.DRAGON_BOAT,
    "中秋节": Festival.MID_AUTUMN,
    "国庆节": Festival.NATIONAL,
    "十一": Festival.NATIONAL,
}

# 春节(正月初一), 清明, 端午(五月初五), 中秋(八月十五) by GB/T 33661-2017 农历的编算和颁行; compared for 2008-2026
# with the yearly holiday notices. Beyond the last year the answer is "not known", never a guess.
# fmt: off
LUNAR_DAYS: Final[dict[int, tuple[str, str, str, str]]] = {
    2004: ("01-22", "04-04", "06-22", "09-28"),
    2005: ("02-09", "04-05", "06-11", "09-18"),
    2006: ("01-29", "04-05", "05-31", "10-06"),
    2007: ("02-18", "04-05", "06-19", "09-25"),
    2008: ("02-07", "04-04", "06-08", "09-14"),
    2009: ("01-26", "04-04", "05-28", "10-03"),
    2010: ("02-14", "04-05", "06-16", "09-22"),
    2011: ("02-03", "04-05", "06-06", "09-12"),
    2012: ("01-23", "04-04", "06-23", "09-30"),
    2013: ("02-10", "04-04", "06-12", "09-19"),
    2014: ("01-31", "04-05", "06-02", "09-08"),
    2015: ("02-19", "04-05", "06-20", "09-27"),
    2016: ("02-08", "04-04", "06-09", "09-15"),
    2017: ("01-28", "04-04", "05-30", "10-04"),
    2018: ("02-16", "04-05", "06-18", "09-24"),
    2019: ("02-05", "04-05", "06-07", "09-13"),
    2020: ("01-25", "04-04", "06-25", "10-01"),
    2021: ("02-12", "04-04", "06-14", "09-21"),
    2022: ("02-01", "04-05", "06-03", "09-10"),
    2023: ("01-22", "04-05", "06-22", "09-29"),
    2024: ("02-10", "04-04", "06-10", "09-17"),
    2025: ("01-29", "04-04", "05-31", "10-06"),
    2026: ("02-17", "04-05", "06-19", "09-25"),
    2027: ("02-06", "04-05", "06-09", "09-15"),
    2028: ("01-26", "04-04", "05-28", "10-03"),
    2029: ("02-13", "04-04", "06-16", "09-22"),
    2030: ("02-03", "04-05", "06-05", "09-12"),
    2031: ("01-23", "04-05", "06-24", "10-01"),
    2032: ("02-11", "04-04", "06-12", "09-19"),
    2033: ("01-31", "04-04", "06-01", "09-08"),
    2034: ("02-19", "04-05", "06-20", "09-27"),
    2035: ("02-08", "04-05", "06-10", "09-16"),
    2036: ("01-28", "04-04", "05-30", "10-04"),
    2037: ("02-15", "04-04", "06-18", "09-24"),
    2038: ("02-04", "04-05", "06-07", "09-13"),
    2039: ("01-24", "04-05", "05-27", "10-02"),
    2040: ("02-12", "04-04", "06-14", "09-20"),
}
# fmt: on
_MOVING: Final = (Festival.SPRING, Festival.TOMB_SWEEPING, Festival.DRAGON_BOAT, Festival.MID_AUTUMN)
_FIXED: Final[dict[Festival, tuple[int, int]]] = {
    Festival.NEW_YEAR: (1, 1),
    Festival.LABOUR: (5, 1),
    Festival.NATIONAL: (10, 1),
}
FIRST_YEAR: Final = min(LUNAR_DAYS)
LAST_YEAR: Final = max(LUNAR_DAYS)

# How many days the law itself gives, as offsets from the festival's day (全国年节及纪念日放假办法, by edition).
_OFFSETS: Final[tuple[Dated[dict[Festival, tuple[int, ...]]], ...]] = (
    Dated(
        {Festival.NEW_YEAR: (0,), Festival.SPRING: (0, 1, 2), Festival.LABOUR: (0, 1, 2), Festival.NATIONAL: (0, 1, 2)},
        valid_to=date(2007, 12, 31),
        source="全国年节及纪念日放假办法（1999年修订）",
    ),
    Dated(
        {
            Festival.NEW_YEAR: (0,),
            Festival.SPRING: (-1, 0, 1),
            Festival.TOMB_SWEEPING: (0,),
            Festival.LABOUR: (0,),
            Festival.DRAGON_BOAT: (0,),
            Festival.MID_AUTUMN: (0,),
            Festival.NATIONAL: (0, 1, 2),
        },
        valid_from=date(2008, 1, 1),
        valid_to=date(2013, 12, 31),
        source="全国年节及纪念日放假办法（2007年修订）",
    ),
    Dated(
        {
            Festival.NEW_YEAR: (0,),
            Festival.SPRING: (0, 1, 2),
            Festival.TOMB_SWEEPING: (0,),
            Festival.LABOUR: (0,),
            Festival.DRAGON_BOAT: (0,),
            Festival.MID_AUTUMN: (0,),
            Festival.NATIONAL: (0, 1, 2),
        },
        valid_from=date(2014, 1, 1),
        valid_to=date(2024, 12, 31),
        source="全国年节及纪念日放假办法（2013年修订）",
    ),
    Dated(
        {
            Festival.NEW_YEAR: (0,),
            Festival.SPRING: (-1, 0, 1, 2),
            Festival.TOMB_SWEEPING: (0,),
            Festival.LABOUR: (0, 1),
            Festival.DRAGON_BOAT: (0,),
            Festival.MID_AUTUMN: (0,),
            Festival.NATIONAL: (0, 1, 2),
        },
        valid_from=date(2025, 1, 1),
        source="全国年节及纪念日放假办法（2024年修订）",
    ),
)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that does not follow the week."""

    day: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of the calendar: its special days and the notice they come from.

    provisional: no notice yet; the days are the law's own, without swapped weekends. `own` marks a town's edited copy.
    """

    year: int
    days: tuple[SpecialDay, ...]
    source: str
    provisional: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class CalendarVersion:
    """A line of a year's history. set_at: None for what came with the software."""

    year: CalendarYear
    version: int
    set_at: datetime | None = None
    set_by: str = ""


def festival_on(name: str, year: int) -> date | None:
    """Return the day of the festival itself (春节: 正月初一; 除夕: the day before), or None when it is not known.

    name: a word of FESTIVAL_WORDS.
    """
    festival = FESTIVAL_WORDS.get(name.strip())
    if festival is None:
        return None
    day = _day_of(festival, year)
    if day is not None and name.strip() == "除夕":
        return day - timedelta(days=1)
    return day


def _day_of(festival: Festival, year: int) -> date | None:
    if festival in _FIXED:
        return date(year, *_FIXED[festival])
    if year not in LUNAR_DAYS:
        return None
    return date.fromisoformat(f"{year}-{LUNAR_DAYS[year][_MOVING.index(festival)]}")


def provisional_year(year: int) -> CalendarYear:
    """Return a year as the law alone gives it: festivals off, no swapped days, marked provisional (R0.3)."""
    offsets = in_force(_OFFSETS, on=date(year, 1, 1))
    off: dict[date, str] = {}
    for festival, shifts in offsets.items():
        first = _day_of(festival, year)
        if first is not None:
            off |= {first + timedelta(days=shift): festival.value for shift in shifts}
    days = tuple(SpecialDay(day, DayKind.HOLIDAY, off[day]) for day in sorted(off) if day.year == year)
    return CalendarYear(
        year=year, days=days, source="国务院办公厅尚未发布本年放假通知，暂按法定节日推算", provisional=True
    )


def work_calendar(years: Iterable[CalendarYear]) -> WorkCalendar:
    """Fold years into the kernel's calendar."""
    holidays: set[date] = set()
    workdays: set[date] = set()
    provisional: set[int] = set()
    for year in years:
        for special in year.days:
            (workdays if special.kind is DayKind.WORKDAY else holidays).add(special.day)
        if year.provisional:
            provisional.add(year.year)
    return WorkCalendar(frozenset(holidays), frozenset(workdays), frozenset(provisional))


def moved_days(old: CalendarYear, new: CalendarYear) -> tuple[date, ...]:
    """Return the days whose being a working day differs between two versions of a year, in order."""
    before, after = work_calendar([old]), work_calendar([new])
    touched = {special.day for special in (*old.days, *new.days)}
    return tuple(sorted(day for day in touched if before.is_working_day(day) != after.is_working_day(day)))


def lay_holidays(notice: CalendarYear, held: Mapping[int, CalendarYear]) -> list[tuple[CalendarYear, CalendarYear]]:
    """Return each year that a notice touches, as it was and as it becomes.

    The notice replaces its own year; days it names of a neighbouring year are laid over what that year holds.
    """
    by_year: dict[int, dict[date, SpecialDay]] = {notice.year: {}}
    for one in notice.days:
        by_year.setdefault(one.day.year, {})[one.day] = one
    laid: list[tuple[CalendarYear, CalendarYear]] = []
    for number in sorted(by_year):
        old = held.get(number) or provisional_year(number)
        days = by_year[number] if number == notice.year else {one.day: one for one in old.days} | by_year[number]
        basis = notice if number == notice.year else old
        new = CalendarYear(number, tuple(days[day] for day in sorted(days)), basis.source, basis.provisional)
        laid.append((old, new))
    return laid


def calendar_subject(town_id: UUID | None, year: int) -> UUID:
    """Return the id under which the trail keeps what happened to a year of the calendar; None is the national one."""
    return uuid5(town_id or NAMESPACE_OID, f"calendar:{year}")
