"""Small charts drawn by the server: found against rectified, week by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.desk.queries import Flows
from bihuan.desk.queries.flows import CLOSED, FIXED, FOUND, WEEKS
from bihuan.web.stats.opened import Opened

HEIGHT: Final = 120
SLOT: Final = 64
BAR: Final = 22
BASE: Final = 140
MYRIAD: Final = 10_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its number."""

    x: int
    y: int
    height: int
    words: str
    css: str

    @property
    def middle(self) -> int:
        """Where its number stands."""
        return self.x + BAR // 2

    @property
    def top(self) -> int:
        """The line on which its number stands."""
        return self.y - 5


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the chart. x: the middle of its label."""

    label: str
    x: int
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Trend:
    """The chart: its title says the answer. unit: of the numbers on the bars, "" for single ones.

    behind: the table behind it, a line for each flow, each number with what opens its rows.
    """

    title: str
    weeks: Sequence[Week]
    unit: str
    behind: Sequence[tuple[str, Sequence[tuple[int, str]]]]
    width: int = SLOT * WEEKS


def trend(flows: Flows, opened: Opened) -> Trend:
    """Draw nine weeks, the running one last."""
    found, fixed = flows.weekly(*FOUND), flows.weekly(*FIXED)
    most = max(*found, *fixed, 1)
    weeks = [
        Week(
            "本周" if number == WEEKS - 1 else _label(week.start),
            SLOT * number + SLOT // 2,
            (_bar(number, 0, found[number], most, "f-e"), _bar(number, 1, fixed[number], most, "f-c")),
        )
        for number, week in enumerate(flows.weeks)
    ]
    behind = [
        (
            name,
            [
                (flows.total(names, one), opened.counted(",".join(names), since=one.start, until=one.end))
                for one in flows.weeks
            ],
        )
        for name, names in (("发现", FOUND), ("整改", FIXED), ("销号", CLOSED))
    ]
    return Trend(_title(found[-2], fixed[-2]), weeks, "万项" if most >= MYRIAD else "", behind)


def _bar(number: int, side: int, value: int, most: int, css: str) -> Bar:
    height = round(HEIGHT * value / most)
    words = f"{value / MYRIAD:.1f}" if most >= MYRIAD else f"{value}"  # five digits do not fit over a bar
    return Bar(SLOT * number + 8 + side * (BAR + 2), BASE - height, height, words if value else "", css)


def _label(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _title(found: int, fixed: int) -> str:
    if not found and not fixed:
        return "上周没有发现，也没有整改"
    if fixed >= found:
        return f"整改追上发现：上周整改 {fixed}，发现 {found}"
    return f"整改慢于发现：上周整改 {fixed}，发现 {found}"
