"""What an indicator is made of: two terms that name measures, declared and never computed here (rules, section 13).

A term names measures of the cube or figures that rooms answer, all by one kind of name (`room.thing`). Whether a name
is measured today is asked of the registry (`stats`), so that a room that is added later is measured at once.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from bihuan.kernel.paths import is_within

NOTHING: Final = "—"  # a rate over zero (R0.5)


class Kind(StrEnum):
    """How the two terms are put together."""

    RATE = "rate"  # numerator of denominator, in percent
    COUNT = "count"  # the numerator alone
    TIMES = "times"  # one period over another, or one count per another
    DECLINE = "decline"  # by how much of the denominator (the period before) it fell, in percent
    YES_NO = "yes_no"  # the numerator is at least one
    MEAN = "mean"  # numerator shared out over the denominator, one decimal


class Per(StrEnum):
    """What an indicator is broken down by."""

    UNIT = "unit"  # villages, departments, towns
    SECTOR = "sector"  # lead sectors, and so their departments
    FIELD = "field"  # the plan's own key fields
    CATEGORY = "category"  # of a violation, of a system, of a kind of record


class Span(StrEnum):
    """Which period a term looks at, seen from the period asked."""

    ASKED = "asked"
    LAST_YEAR = "last_year"  # the same days of the year before
    THIS_MONTH = "this_month"  # of the last day asked
    LAST_MONTH = "last_month"  # the whole month before


class State(StrEnum):
    """Whether an indicator has a figure."""

    MEASURED = "measured"
    WAITING = "waiting"  # 待接入: a room that it needs is not there yet
    UNMEASURABLE = "unmeasurable"  # no data can say it, and the reason is given


STATE_NAMES: Final[dict[State, str]] = {
    State.MEASURED: "已接入",
    State.WAITING: "待接入",
    State.UNMEASURABLE: "不能用数据衡量",
}


class Part(NamedTuple):
    """One measure of a term. level: only this level of hazards, "" all. sign: +1 added, -1 taken away. still: what
    stood so when the period began and has ever since; not what broke open again in between."""

    name: str
    level: str = ""
    sign: int = 1
    still: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A sum of measures and what it means to people. span: of which period."""

    meaning: str
    parts: tuple[Part, ...]
    span: Span = Span.ASKED

    def names(self) -> Iterator[str]:
        """Yield the names that must be measured."""
        return (part.name for part in self.parts)


class Only(NamedTuple):
    """What an own indicator is narrowed to wherever it is asked, its sectors apart; "" lets all through.

    path: a unit with all below it. source: who found. words: in what is written of a hazard.
    """

    path: str = ""
    source: str = ""
    words: str = ""


ALL: Final = Only()


class Where(NamedTuple):
    """What a figure is asked of: a unit with all below it, only some lead sectors there, or only single enterprises.

    own: of the department that leads them, whose own part in a campaign lies there and not in the sectors. firms: None
    for all; () for none at all. source, words: only what came from it, and what is written so; "" for all. but: without
    what lies in these units.
    """

    path: str
    sectors: tuple[str, ...] = ()
    own: str = ""
    firms: tuple[UUID, ...] | None = None
    source: str = ""
    words: str = ""
    but: tuple[str, ...] = ()

    def within(self, fields: tuple[str, ...], only: Only = ALL) -> "Where | None":
        """Return the place with only these sectors (() for all) and what else narrows it; None where none is left."""
        here = self._below(only)
        if here is None or not fields:
            return here
        left = tuple(one for one in here.sectors if one in fields) if here.sectors else fields
        return here._replace(sectors=left) if left else None

    def _below(self, only: Only) -> "Where | None":
        """Return the part of the place that an own indicator speaks of; rooms tell of units, not of single firms."""
        if only == ALL:
            return self
        path = only.path if only.path and is_within(only.path, self.path) else self.path
        if self.firms is not None or (only.path and not is_within(path, only.path)):
            return None
        return self._replace(path=path, source=only.source, words=only.words)


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at. own: the plan's own absolute (marked * in the rules), not our proposal."""

    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of the catalogue.

    key: dotted, never renamed. clauses: of rules section 13. source: the rule or law that asks for it. per: what it can
    be broken down by. why_not: the reason why no data can say it, "" for all others; those have a numerator. sectors:
    the fields that it is about, wherever it is asked; () for all. only: what else an own one is narrowed to.
    if_nothing: what to do where there is nothing to count yet.
    """

    key: str
    title: str
    clauses: tuple[str, ...]
    kind: Kind
    numerator: Term | None
    denominator: Term | None = None
    per: tuple[Per, ...] = ()
    target: Target | None = None
    source: str = ""
    unit: str = ""
    why_not: str = ""
    sectors: tuple[str, ...] = ()
    only: Only = ALL
    if_nothing: str = ""

    def terms(self) -> tuple[Term, ...]:
        """Return the terms it has."""
        return tuple(term for term in (self.numerator, self.denominator) if term is not None)

    def names(self) -> frozenset[str]:
        """Return every measure that it needs."""
        return frozenset(name for term in self.terms() for name in term.names())

    def missing(self, known: Collection[str]) -> tuple[str, ...]:
        """Return the measures that nobody has registered yet, in the order of their names."""
        return tuple(sorted(self.names() - frozenset(known)))

    def state(self, known: Collection[str]) -> State:
        """Tell whether it is measured. known: every registered name."""
        if self.why_not:
            return State.UNMEASURABLE
        return State.WAITING if self.missing(known) else State.MEASURED


def said(kind: Kind, numerator: int, denominator: int | None, unit: str = "") -> str:
    """Return the figure as a page says it, computed, never typed (R0.4); "—" over zero (R0.5). unit: of a mean."""
    if kind is Kind.COUNT:
        return str(numerator)
    if kind is Kind.YES_NO and denominator != 0:
        return "是" if numerator else "否"
    if not denominator:
        return NOTHING
    if kind is Kind.RATE:
        return f"{_rounded(Decimal(numerator) * 100 / denominator, '0.1')}%"
    if kind is Kind.DECLINE:
        return f"{_rounded(Decimal(denominator - numerator) * 100 / denominator, '0.1')}%"
    if kind is Kind.TIMES:
        return _rounded(Decimal(numerator) / denominator, "0.01")
    return f"{_rounded(Decimal(numerator) / denominator, '0.1')} {unit}".rstrip()


def _rounded(value: Decimal, step: str) -> str:
    return str(value.quantize(Decimal(step), ROUND_HALF_UP))
