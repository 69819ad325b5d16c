"""An indicator's value at a place, and what a place has beyond its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bihuan.campaigns.queries.behind import Rows
from bihuan.campaigns.rules.catalogue import rooms_of
from bihuan.campaigns.rules.terms import ALL, NOTHING, Indicator, State, Where, said
from bihuan.stats import queries as stats

NOT_BY_FIRM: Final = "这个指标按单位统计，单家企业没有这个数。"
NOT_THESE_FIELDS: Final = "这个部门不管这些领域"
NOT_THIS_UNIT: Final = "不在这个指标的范围里"
NOT_OF_PARTS: Final = "这个数不是各村相加的，没有“未落到村”的部分。"


@dataclass(frozen=True, slots=True)
class Value:
    """One indicator at one place. numerator, denominator: None where there is no figure.

    numerator_by, denominator_by: whose they are, by unit, where the room says. waits_for: how many of the rows that are
    lacking wait for which unit, where it says. text: as a page says it. waits: rooms
    that are not there yet. why: why there is no figure, for people.
    """

    indicator: Indicator
    state: State
    numerator: int | None = None
    denominator: int | None = None
    text: str = NOTHING
    waits: tuple[str, ...] = ()
    why: str = ""
    numerator_rows: tuple[Rows, ...] = ()
    denominator_rows: tuple[Rows, ...] = ()
    numerator_by: Mapping[str, int] = field(default_factory=dict)
    denominator_by: Mapping[str, int] = field(default_factory=dict)
    waits_for: Mapping[str, int] = field(default_factory=dict)


def outside(indicator: Indicator, where: Where) -> str:
    """Return why a place has no such figure: it has nothing of what the indicator is narrowed to."""
    if indicator.only == ALL or where.within((), indicator.only) is not None:
        return NOT_THESE_FIELDS
    return NOT_BY_FIRM if where.firms is not None else NOT_THIS_UNIT


def without(indicator: Indicator, known: frozenset[str]) -> Value:
    """Return why an indicator is not measured. known: every name that is."""
    if indicator.why_not:
        return Value(indicator, State.UNMEASURABLE, why=indicator.why_not)
    return Value(indicator, State.WAITING, waits=rooms_of(indicator.missing(known)))


def beyond(whole: Value, parts: Sequence[Value]) -> Value:
    """Return what a place's figure has beyond those of the parts of it, such as what lies in no village."""
    numerator = (whole.numerator or 0) - sum(one.numerator or 0 for one in parts)
    of, less = whole.denominator, sum(one.denominator or 0 for one in parts)
    denominator = of - less if of is not None else None
    kind = whole.indicator.kind
    return Value(whole.indicator, whole.state, numerator, denominator, said(kind, numerator, denominator))


def rest(whole: Value, parts: Sequence[Value]) -> Value:
    """Return the same with its rows: one page where it proves the figure without these parts, else the rows of the
    whole less those of the parts. A figure that is no sum of units has none."""
    if whole.numerator is None:
        return whole
    asked = stats.asked_figures()
    if any(name in asked and not asked[name].adds_up for name in whole.indicator.names()):
        return Value(whole.indicator, whole.state, why=NOT_OF_PARTS)
    left = beyond(whole, parts)
    above = _rows(whole.numerator_rows, [one.numerator_rows for one in parts], left.numerator or 0)
    below = _rows(whole.denominator_rows, [one.denominator_rows for one in parts], left.denominator or 0)
    return replace(left, numerator_rows=above, denominator_rows=below)


def _rows(whole: Sequence[Rows], parts: Sequence[Sequence[Rows]], amount: int) -> tuple[Rows, ...]:
    if not amount:
        return ()
    if len(whole) == 1 and "but" in whole[0].query:
        return (replace(whole[0], amount=amount),)
    return (*whole, *(replace(one, sign=-one.sign) for rows in parts for one in rows))
