"""What a cell of a form is bound to, and the figure that an indicator stands for there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.own import Offer, own_indicator
from bihuan.campaigns.rules.own_kept import form_of
from bihuan.campaigns.rules.supervision.figures import BY_NAME
from bihuan.campaigns.rules.terms import Indicator, Kind, Part, Term
from bihuan.hazards.rules.found import OUT, UNGRADED, named
from bihuan.hazards.rules.states import UNGRADED_NAME, Level


class Source(StrEnum):
    """Where a cell's number comes from."""

    MEASURE = "measure"  # a measure of the cube, or a figure that a room answers
    INDICATOR = "indicator"  # of the catalogue
    OWN = "own"  # a person's own indicator
    SUM = "sum"  # of other cells
    RATE = "rate"  # one cell of another
    DIFFERENCE = "difference"  # one cell less another
    TYPED = "typed"  # 待接入, or not kept by the platform: typed with a reason
    BLANK = "blank"  # left empty


SOURCE_NAMES: Final[dict[Source, str]] = {
    Source.MEASURE: "平台统计",
    Source.INDICATOR: "指标",
    Source.OWN: "自定指标",
    Source.SUM: "合计",
    Source.RATE: "比率",
    Source.DIFFERENCE: "相减",
    Source.TYPED: "手填",
    Source.BLANK: "不填",
}
FIGURES: Final = frozenset({Source.MEASURE, Source.INDICATOR, Source.OWN})
COMPUTED: Final = frozenset({Source.SUM, Source.RATE, Source.DIFFERENCE})


class PeriodKind(StrEnum):
    """Of which days a cell speaks."""

    THIS = "this"
    CUMULATIVE = "cumulative"
    AS_OF = "as_of"


PERIOD_NAMES: Final[dict[PeriodKind, str]] = {
    PeriodKind.THIS: "本期",
    PeriodKind.CUMULATIVE: "累计",
    PeriodKind.AS_OF: "期末",
}
# What a cell of a period counts, where it is bound to how many there are: of the hazards found in the period those that
# stand so at its end. The same hazards stand below in the rate, which so never passes 100 %.
OF_FOUND: Final[Mapping[str, str]] = {
    "hazards.rectified": "hazards.found_rectified",
    "hazards.in.closed": "hazards.found_closed",
}
# Counted so only above a rate; alone, 挂牌督办 of a period is what was listed in it, whenever it was found.
IN_A_RATE: Final[Mapping[str, str]] = {**OF_FOUND, "hazards.ever_listed": "hazards.found_listed"}
# Told beside a cell: what was done in the period, to hazards found in it or before, and what came back.
APART: Final[Mapping[str, tuple[str, ...]]] = {
    "hazards.rectified": ("hazards.put_right", "hazards.failed", "hazards.reopened"),
    "hazards.in.closed": ("hazards.closed", "hazards.reopened"),
    "hazards.put_right": ("hazards.failed", "hazards.reopened"),
    "hazards.closed": ("hazards.reopened",),
}
# What a cell of all that was found holds besides 一般 and 重大, and what it leaves out; told where there is any.
BESIDE_FOUND: Final = "hazards.found_fact"
LIKE_FOR_LIKE: Final = (
    "整改率、销号率按同一批隐患算：分母是这段时间发现的隐患，分子是其中到最后一天已整改（已销号、已挂牌）的，"
    "所以不会超过 100%。"
    "这段时间一共整改了多少次（含以前发现的），在“已整改”那一格旁边另列。"
)
# Acts of the period, to hazards found in it or before: over 发现隐患 they are no share of the same hazards.
OF_ACTS: Final = frozenset({"hazards.put_right", "hazards.closed", "hazards.handed_in", "hazards.on_spot"})
FOUND: Final = frozenset({"hazards.found_fact", "hazards.self_found", "hazards.reported"})
NOT_ALIKE: Final = "分子是这段时间办的次数，含以前发现的；分母是这段时间发现的。两边不是同一批隐患，可能超过 100%。"
# The campaign's own hazards, as bulletins count them: a cell of them is what the brief and the list 进展 say.
OF_CAMPAIGN: Final[Mapping[str, Indicator]] = {name: BY_NAME[name] for name in ("counted", "rectified", "rate")}
WAITING: Final = "待接入"
MEASURE_UNITS: Final[Mapping[str, int]] = {"万元": 1_000_000, "元": 100}  # money is kept in fen


@dataclass(frozen=True, slots=True)
class Binding:
    """What one cell is bound to.

    name: of a measure or an indicator. level: of hazards, "" all, UNGRADED of what no one has graded yet. unit_id,
    sectors: narrower than the unit that the return is of. cells: those summed; whole and part of a rate are (part,
    whole); minuend and what is taken away.
    own: the form of an own indicator. amount: unit of the cell where it changes the number, such as 万元.
    waits: rooms that are not there yet. sure: the suggestion has no doubt. chosen_by: who bound it, "" a suggestion.
    whole: a person said that it counts the whole, although its headings name somebody. above: of a rate, how many of
    its cells stand above.
    """

    source: Source
    name: str = ""
    level: str = ""
    period: PeriodKind = PeriodKind.THIS
    unit_id: str = ""
    sectors: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    own: Mapping[str, Any] | None = None
    amount: str = ""
    waits: tuple[str, ...] = ()
    sure: bool = True
    chosen_by: str = ""
    whole: bool = False
    above: int = 1

    @property
    def parts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The cells above and below in a rate."""
        return self.cells[: self.above], self.cells[self.above :]

    def kept(self) -> dict[str, Any]:
        """Return the binding as plain values; what is as usual is left out."""
        values = {
            "source": self.source.value,
            "name": self.name,
            "level": self.level,
            "period": self.period.value,
            "unit_id": self.unit_id,
            "sectors": list(self.sectors),
            "cells": list(self.cells),
            "own": self.own,
            "amount": self.amount,
            "waits": list(self.waits),
            "chosen_by": self.chosen_by,
            "whole": self.whole,
            "above": self.above if self.above > 1 else 0,
        }
        return {name: value for name, value in values.items() if value} | ({} if self.sure else {"sure": False})

    def same_as(self, other: "Binding") -> bool:
        """Tell whether both give the same number, whoever chose them."""
        return replace(self, sure=True, chosen_by="", whole=False) == replace(
            other, sure=True, chosen_by="", whole=False
        )


def not_alike(binding: Binding, bindings: Mapping[str, Binding]) -> str:
    """Return what is to be said of a rate whose parts count different hazards, "" of any other cell."""
    if binding.source is not Source.RATE:
        return ""
    above, below = ({bindings[one].name for one in part if one in bindings} for part in binding.parts)
    return NOT_ALIKE if above & OF_ACTS and below & FOUND else ""


def formula_of(binding: Binding) -> str:
    """Return how a cell follows from others, as a person reads and writes it: "(G6 + J6) ÷ (F6 + I6)"."""
    if binding.source is Source.RATE:
        return " ÷ ".join(f"({' + '.join(side)})" if len(side) > 1 else "".join(side) for side in binding.parts)
    return {Source.SUM: " + ", Source.DIFFERENCE: " − "}.get(binding.source, " ").join(binding.cells)


def as_counted(binding: Binding, *, in_rate: bool = False) -> Binding:
    """Return what is asked for a bound cell. in_rate: it stands above in a rate."""
    ways = IN_A_RATE if in_rate else OF_FOUND
    if not _is_of_days(binding) or binding.name not in ways:
        return binding
    return replace(binding, name=named(ways[binding.name], binding.level), level="")


def counted_as(bindings: Mapping[str, Binding]) -> dict[str, Binding]:
    """Return every cell of a form as it is counted."""
    above = _above(bindings)
    return {address: as_counted(one, in_rate=address in above) for address, one in bindings.items()}


def is_like_for_like(bindings: Mapping[str, Binding]) -> bool:
    """Tell whether a form has a cell that counts of what was found in its days."""
    counted = counted_as(bindings)
    return any(counted[address] != one for address, one in bindings.items())


def _above(bindings: Mapping[str, Binding]) -> frozenset[str]:
    """Return the cells that stand above in a rate, also by way of a total."""
    found: set[str] = set()
    left = [cell for one in bindings.values() if one.source is Source.RATE for cell in one.parts[0]]
    while left:
        address = left.pop()
        if address not in found:
            found.add(address)
            below = bindings.get(address)
            left += below.cells if below is not None and below.source is Source.SUM else ()
    return frozenset(found)


def apart_of(binding: Binding) -> tuple[Binding, ...]:
    """Return what is told apart beside a cell: what was done in the days, what came back, what was reopened."""
    if not _is_of_days(binding):
        return ()
    if binding.name == BESIDE_FOUND and not binding.level:
        return replace(binding, level=UNGRADED), replace(binding, name=OUT)
    return tuple(replace(binding, name=name) for name in APART.get(binding.name, ()))


def _is_of_days(binding: Binding) -> bool:
    return binding.source is Source.MEASURE and binding.period is not PeriodKind.AS_OF


def binding_of(kept: Mapping[str, Any]) -> Binding:
    """Return the binding that `kept` wrote down."""
    return Binding(
        source=Source(kept["source"]),
        name=kept.get("name", ""),
        level=kept.get("level", ""),
        period=PeriodKind(kept.get("period", PeriodKind.THIS)),
        unit_id=kept.get("unit_id", ""),
        sectors=tuple(kept.get("sectors", ())),
        cells=tuple(kept.get("cells", ())),
        own=kept.get("own"),
        amount=kept.get("amount", ""),
        waits=tuple(kept.get("waits", ())),
        sure=kept.get("sure", True),
        chosen_by=kept.get("chosen_by", ""),
        whole=kept.get("whole", False),
        above=kept.get("above", 1),
    )


def _parts(binding: Binding) -> tuple[Part, ...]:
    """Return what a measure counts: of what is not graded yet, all less what is."""
    if binding.level != UNGRADED:
        return (Part(binding.name, binding.level),)
    return (Part(binding.name), *(Part(binding.name, str(level), -1) for level in Level))


def indicator_of(binding: Binding, titles: Mapping[str, str], offers: Sequence[Offer]) -> Indicator | None:
    """Return the indicator that a bound cell shows, None where nobody measures it. titles: of what is measured."""
    if binding.source is Source.INDICATOR:
        return BY_KEY.get(binding.name) or OF_CAMPAIGN.get(binding.name)
    if binding.source is Source.OWN and binding.own is not None:
        made = own_indicator(form_of(binding.own), offers, key="own")
        return made if isinstance(made, Indicator) else None
    if binding.source is Source.MEASURE and binding.name in titles:
        title = titles[binding.name] + (f"（{UNGRADED_NAME}）" if binding.level == UNGRADED else "")
        term = Term(title, _parts(binding))
        return Indicator(
            key=f"{binding.name}@{binding.level}", title=title, clauses=(), kind=Kind.COUNT, numerator=term
        )
    return None
