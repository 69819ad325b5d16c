"""What the plan page draws as SVG: the days of a campaign, and how a figure came to be what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.campaigns.rules.lines import CampaignView, FigureLine

LEFT: Final = 20
LONG: Final = 1088
SPARK_WIDE: Final = 96.0
SPARK_TOP: Final = 3.0
SPARK_BASE: Final = 33.0
LEAST: Final = 2  # points of a line


@dataclass(frozen=True, slots=True)
class Scale:
    """The bar of days: how much of it has passed, where the first end was before it was extended."""

    start: date
    end: date
    day: int
    total: int
    done: float
    now: float
    first_end: float | None
    text_anchor: str


def scale_of(campaign: CampaignView, on: date) -> Scale | None:
    """Return the bar of a campaign's days; None for one without days."""
    start, end = campaign.starts_on, campaign.ends_on
    if start is None or end is None:
        return None
    total = (end - start).days + 1
    day = min(max((on - start).days + 1, 0), total)
    done = LONG * day / total
    first = campaign.first_ends_on
    moved = LEFT + LONG * ((first - start).days + 1) / total if first and first < end else None
    anchor = "start" if done < LONG / 10 else "end" if done > LONG * 9 / 10 else "middle"
    return Scale(start, end, day, total, round(done, 1), round(LEFT + done, 1), moved, anchor)


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line of one figure by week."""

    points: str
    x: float
    y: float
    css: str
    words: str
    has_goal: bool


def spark_of(line: FigureLine, css: str) -> Spark | None:
    """Return the line of a figure; None for fewer than two weeks."""
    if len(line.trend) < LEAST:
        return None
    is_share = line.denominator is not None
    top = 1.0 if is_share else max(*line.trend, 1.0)
    places = _places([min(one / top, 1.0) for one in line.trend])
    x, y = places[-1]
    words = "、".join(f"{one * 100:.0f}%" if is_share else f"{one:.0f}" for one in line.trend)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
    return Spark(points, x, y, css, f"近 {len(line.trend)} 周：{words}", is_share)


def _places(shares: Sequence[float]) -> list[tuple[float, float]]:
    step = SPARK_WIDE / (len(shares) - 1)
    return [
        (round(2 + step * number, 1), round(SPARK_BASE - (SPARK_BASE - SPARK_TOP) * share, 1))
        for number, share in enumerate(shares)
    ]
