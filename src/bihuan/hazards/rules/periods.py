"""The statistics an enterprise owes: each quarter and each year, signed by its principal (令16号 art. 14, R3.6)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bihuan.kernel.calendar import ONE_DAY

QUARTERS: Final = 4
MONTHS: Final = 3  # of a quarter
DECEMBER: Final = 12
QUARTER_DUE_DAY: Final = 15  # of the first month of the next quarter
YEAR_DUE_DAYS: Final = 31  # after the year's end: 31 January
FIRST_YEAR: Final = 2008  # 令16号 is in force since 1 February 2008
LAST_YEAR: Final = 2199
QUARTER_WORDS: Final = ("", "第一季度", "第二季度", "第三季度", "第四季度")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A quarter of a year, or with quarter 0 the whole year."""

    year: int
    quarter: int = 0

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, MONTHS * (self.quarter - 1) + 1, 1) if self.quarter else date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day, inclusive."""
        month = MONTHS * self.quarter if self.quarter else DECEMBER
        return date(self.year + month // DECEMBER, month % DECEMBER + 1, 1) - ONE_DAY

    @property
    def due_on(self) -> date:
        """The last day to hand the table in, inclusive: 4/15, 7/15, 10/15, 1/15; of a year 1/31."""
        return self.last + timedelta(days=QUARTER_DUE_DAY if self.quarter else YEAR_DUE_DAYS)

    @property
    def code(self) -> str:
        """How addresses and rows name it: 2018q1, 2018."""
        return f"{self.year}q{self.quarter}" if self.quarter else str(self.year)

    @property
    def name(self) -> str:
        """How people name it."""
        return f"{self.year}年{QUARTER_WORDS[self.quarter]}" if self.quarter else f"{self.year}年度"


def period_of(code: str) -> Period | None:
    """Read a code; None where it names no period."""
    found = re.fullmatch(r"([0-9]{4})(?:q([1-4]))?", code)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    return Period(int(found[1]), int(found[2] or 0))


def quarter_of(day: date) -> Period:
    """Return the quarter that a day lies in."""
    return Period(day.year, (day.month - 1) // MONTHS + 1)


def quarter_before(quarter: Period) -> Period:
    """Return the quarter before."""
    return Period(quarter.year, quarter.quarter - 1) if quarter.quarter > 1 else Period(quarter.year - 1, QUARTERS)


def owed_on(today: date) -> tuple[Period, ...]:
    """Return what is owed on a day: the quarter that ended last, and the year that ended last while that is the 4th."""
    quarter = quarter_before(quarter_of(today))
    return (quarter, Period(quarter.year)) if quarter.quarter == QUARTERS else (quarter,)


def covered(periods: Iterable[Period], *, since: date | None) -> tuple[Period, ...]:
    """Keep the periods of which the platform knows every day; of the others it can't say what is to be signed.

    since: the day the enterprise was registered here.
    """
    return tuple(one for one in periods if since is not None and since <= one.first)


def recent(today: date, *, quarters: int) -> tuple[Period, ...]:
    """Return the running quarter, as many ended ones, and the years they end, the newest first."""
    found = [quarter_of(today)]
    for _ in range(quarters):
        found.append(quarter_before(found[-1]))
    years = [Period(one.year) for one in found[1:] if one.quarter == QUARTERS]
    return (*found, *years)


def table_refused(period: Period, *, today: date, signed_by: str, scans: int) -> str:
    """Return why a signed table is refused, or ""."""
    if period.last >= today:
        return f"{period.name}还没有结束，结束后打印、签字再交。"
    if not signed_by.strip():
        return "请写明签字的主要负责人。"
    return "" if scans else "请附主要负责人签字的统计表（拍照或扫描件）。"
