"""How a clause stands: what its figures say against their targets and the days that have passed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bihuan.campaigns.rules.terms import Indicator, Kind, State


class Standing(StrEnum):
    """How far a clause or one of its figures is."""

    REACHED = "reached"
    UNDER_WAY = "under_way"
    BEHIND = "behind"
    DUE_TODAY = "due_today"
    REPORTED = "reported"  # all its tasks are said to be done, and no number shows it
    BY_PAPERS = "by_papers"  # shown by what units hand in, not by data
    WAITING = "waiting"  # 待接入
    NONE = "none"  # nobody has said what it is measured by
    NOTHING_YET = "nothing_yet"  # a rate over zero: nothing to do so far


STANDING_NAMES: Final[dict[Standing, str]] = {
    Standing.REACHED: "达标",
    Standing.UNDER_WAY: "推进中",
    Standing.BEHIND: "落后",
    Standing.DUE_TODAY: "今天到期",
    Standing.REPORTED: "报已完成",
    Standing.BY_PAPERS: "靠材料",
    Standing.WAITING: "待接入",
    Standing.NONE: "未定指标",
    Standing.NOTHING_YET: "尚无事项",
}
# How the same is said once a campaign is over: nothing proceeds any more.
ENDED_NAMES: Final[dict[Standing, str]] = {
    **STANDING_NAMES,
    Standing.REACHED: "完成",
    Standing.UNDER_WAY: "未完成",
    Standing.BEHIND: "未完成",
    Standing.DUE_TODAY: "未完成",
    Standing.BY_PAPERS: "无数可查",
    Standing.WAITING: "无数可查",
    Standing.NONE: "无数可查",
    Standing.NOTHING_YET: "没有事项",
}


def name_of(standing: Standing, *, is_over: bool) -> str:
    """Return how a page, a file or a paper says a standing. is_over: the campaign has ended, or was closed."""
    return (ENDED_NAMES if is_over else STANDING_NAMES)[standing]


class Group(StrEnum):
    """The standings as they are counted: each clause is in exactly one group."""

    REACHED = "reached"
    UNDER_WAY = "under_way"
    BEHIND = "behind"
    REPORTED = "reported"
    NOTHING_YET = "nothing_yet"
    WITHOUT = "without"


GROUPS: Final[dict[Group, tuple[Standing, ...]]] = {
    Group.REACHED: (Standing.REACHED,),
    Group.UNDER_WAY: (Standing.UNDER_WAY,),
    Group.BEHIND: (Standing.BEHIND, Standing.DUE_TODAY),
    Group.REPORTED: (Standing.REPORTED,),
    Group.NOTHING_YET: (Standing.NOTHING_YET,),
    Group.WITHOUT: (Standing.WAITING, Standing.BY_PAPERS, Standing.NONE),
}
GROUP_NAMES: Final[dict[Group, str]] = {
    Group.REACHED: "达标",
    Group.UNDER_WAY: "推进中",
    Group.BEHIND: "落后",
    Group.REPORTED: "报已完成",
    Group.NOTHING_YET: "尚无事项",
    Group.WITHOUT: "没有数",
}
ENDED_GROUP_NAMES: Final[dict[Group, str]] = {
    **GROUP_NAMES,
    Group.REACHED: "完成",
    Group.UNDER_WAY: "未完成（推进中）",
    Group.BEHIND: "未完成（落后）",
}


def group_of(standing: Standing) -> Group:
    """Return the group in which a standing is counted."""
    return next(group for group, kinds in GROUPS.items() if standing in kinds)


# The worst comes first; a clause stands as its worst figure does.
_WORST: Final = (
    Standing.BEHIND,
    Standing.DUE_TODAY,
    Standing.UNDER_WAY,
    Standing.REACHED,
    Standing.REPORTED,
    Standing.NOTHING_YET,
    Standing.BY_PAPERS,
    Standing.WAITING,
    Standing.NONE,
)
_BY_DATA: Final = frozenset({Standing.BEHIND, Standing.DUE_TODAY, Standing.UNDER_WAY, Standing.REACHED})
QUIET: Final = timedelta(days=7)  # after it was issued: units receive it and hand in their sub-plans first (R9.3)
_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?)%")
_AT_MOST: Final = re.compile(r"不超过 (\d+(?:\.\d+)?)(%?)")  # of own indicators
_AT_LEAST: Final = re.compile(r"不少于 (\d+)")
_WHOLE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Days:
    """Where a day lies in a campaign. starts_on: from when units could act. due_on: the clause's own deadline, None
    when the campaign's end is. issued_on: nothing lags behind a way of which only the first days have passed.
    """

    starts_on: date
    ends_on: date
    on: date
    due_on: date | None = None
    issued_on: date | None = None

    @property
    def last(self) -> date:
        """The day by which it must be done."""
        return self.due_on or self.ends_on

    @property
    def is_early(self) -> bool:
        """Whether it was issued only just now."""
        return self.issued_on is not None and self.on <= self.issued_on + QUIET

    @property
    def passed(self) -> Fraction:
        """The part of the way that has passed, 0 to 1."""
        first = max(self.starts_on, self.issued_on or self.starts_on)
        whole = (self.last - first).days + 1
        gone = (self.on - first).days + 1
        return min(max(Fraction(gone, max(whole, 1)), Fraction(0)), _WHOLE)


def standing_of(
    indicator: Indicator, state: State, numerator: int | None, denominator: int | None, days: Days
) -> Standing:
    """Tell how one figure stands.

    A share with a target below it is behind when its last day has passed, or when it lags behind the part of the way
    that has passed; a figure without a target is only told, and is under way until the campaign's end.
    """
    if state is not State.MEASURED:
        return Standing.WAITING if state is State.WAITING else Standing.BY_PAPERS
    if indicator.denominator is not None and not denominator:
        return Standing.NOTHING_YET
    if indicator.target is None or numerator is None:
        return Standing.UNDER_WAY
    if _reached(indicator, numerator, denominator or 0):
        return Standing.REACHED
    if days.on > days.last or _never_more(indicator):
        return Standing.BEHIND
    if days.on == days.last:
        return Standing.DUE_TODAY
    return Standing.BEHIND if _lags(indicator, numerator, denominator or 0, days) else Standing.UNDER_WAY


def worst(found: Iterable[Standing]) -> Standing:
    """Return how a clause stands whose figures stand so; NONE without figures."""
    return min(found, key=_WORST.index, default=Standing.NONE)


def past_its_day(found: Iterable[Standing], *, is_past: bool, tasks: int) -> list[Standing]:
    """Return how the figures of a clause stand after its own day: where none has anything to count and it is nobody's
    task either, nothing was done. tasks: of all units."""
    stand = list(found)
    if not is_past or tasks or _BY_DATA.intersection(stand):
        return stand
    return [Standing.BEHIND if one is Standing.NOTHING_YET else one for one in stand]


def can_fall_behind(indicator: Indicator, numerator: int | None, denominator: int | None) -> bool:
    """Tell whether a figure can say that an order is late: it has a target, and something to count."""
    return indicator.target is not None and has_something(indicator, numerator, denominator)


def has_something(indicator: Indicator, numerator: int | None, denominator: int | None) -> bool:
    """Tell whether a figure counts anything yet: no rate over nothing."""
    return numerator is not None and (indicator.denominator is None or bool(denominator))


def with_tasks(figures: Iterable[Standing], *, total: int, done: int, late: int, coming: int = 0) -> Standing:
    """Return how a clause stands by its figures and its tasks. coming: tasks whose period is still to begin.

    Tasks that are all said to be done make it reached only beside a number that says so too.
    """
    found = list(figures)
    if late:
        found.append(Standing.BEHIND)
    elif total and (done < total or coming):
        found.append(Standing.UNDER_WAY)
    elif total:
        found.append(Standing.REACHED if _BY_DATA.intersection(found) else Standing.REPORTED)
    return worst(found)


def _reached(indicator: Indicator, numerator: int, denominator: int) -> bool:
    text = indicator.target.text if indicator.target else ""
    share = _PERCENT.fullmatch(text)
    if share and denominator:
        return Fraction(numerator, denominator) >= Fraction(share[1]) / 100
    most, least = _AT_MOST.fullmatch(text), _AT_LEAST.fullmatch(text)
    if most:
        return Fraction(numerator * 100, denominator) <= Fraction(most[1]) if most[2] else numerator <= int(most[1])
    if least:
        return numerator >= int(least[1])
    return _says(text, indicator, numerator, denominator)


def _says(text: str, indicator: Indicator, numerator: int, denominator: int) -> bool:
    if text == "0":
        return numerator == 0
    if text == "是":
        return numerator > 0
    if text == "大于 0":
        return (denominator - numerator if indicator.kind is Kind.DECLINE else numerator) > 0
    return text == "小于 1" and numerator < denominator


def _never_more(indicator: Indicator) -> bool:
    """Tell whether a miss cannot be made good: none may happen."""
    return indicator.target is not None and indicator.target.text == "0"


def _lags(indicator: Indicator, numerator: int, denominator: int, days: Days) -> bool:
    text = indicator.target.text if indicator.target else ""
    if _AT_MOST.fullmatch(text):
        return True  # it is exceeded now
    if days.is_early:
        return False
    least, share = _AT_LEAST.fullmatch(text), _PERCENT.fullmatch(text)
    if least:
        return numerator < int(least[1]) * days.passed
    if not share or not denominator:
        return False
    return Fraction(numerator, denominator) < Fraction(share[1]) / 100 * days.passed
