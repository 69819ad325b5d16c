"""This week and month beside the same days of those before: what came in, what was done, what is still late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bihuan.desk.queries import Flows, Period
from bihuan.desk.queries.flows import CLOSED, FAILED, FIXED, FOUND, OVERDUE, REGISTERED
from bihuan.stats.queries import Figures
from bihuan.web.stats.opened import Opened
from bihuan.web.words import day_words

LINES: Final = (
    ("发现", FOUND),
    ("新登记", REGISTERED),
    ("提交整改", FIXED),
    ("新销号", CLOSED),
    ("复查不合格", FAILED),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A line: this week, the same days of the week before, this month, the same days of the month before.

    hrefs: open the rows of the four.
    """

    name: str
    hrefs: Sequence[str]
    week: int
    week_before: int
    month: int
    month_before: int

    @property
    def week_more(self) -> str:
        """The difference of the weeks."""
        return _more(self.week - self.week_before)

    @property
    def month_more(self) -> str:
        """The difference of the months."""
        return _more(self.month - self.month_before)


def compared(flows: Flows, figures: Figures, opened: Opened) -> list[Compared]:
    """Return the lines; no query. What is late is told as of the end of each period."""
    periods = (flows.week, flows.week_before, flows.month, flows.month_before)
    lines = [
        Compared(
            name,
            [opened.counted(",".join(names), since=one.start, until=one.end) for one in periods],
            *(flows.total(names, one) for one in periods),
        )
        for name, names in LINES
    ]
    late = figures.total(OVERDUE[0])
    ends = [late - flows.total(OVERDUE, Period(one.end + timedelta(days=1), flows.on)) for one in periods]
    return [*lines, Compared("期末整改逾期", [opened.counted(*OVERDUE, until=one.end) for one in periods], *ends)]


def heads(flows: Flows, *, today: date) -> Sequence[str]:
    """Return what stands above the columns: the days of each period."""
    periods = (flows.week, flows.week_before, flows.month, flows.month_before)
    return [_days(one, today) for one in periods]


def _days(period: Period, today: date) -> str:
    start, end = (day_words(one, today=today) for one in (period.start, period.end))
    return start if period.start == period.end else f"{start}—{end}"


def _more(amount: int) -> str:
    if not amount:
        return "持平"
    return f"多 {amount}" if amount > 0 else f"少 {-amount}"
