"""What a cell of a form is bound to, and the figure that an indicator stands for there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.own import Offer, own_indicator
from bihuan.campaigns.rules.own_kept import form_of
from bihuan.campaigns.rules.terms import Indicator, Kind, Part, Term


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
# What happened in a period, where a cell of this period is bound to how many there are: not the net rise, which what
# came back or was reopened would lower. That is told apart.
FLOW_OF: Final[Mapping[str, str]] = {
    "hazards.rectified": "hazards.put_right",
    "hazards.in.closed": "hazards.closed",
}
APART: Final[Mapping[str, tuple[str, ...]]] = {
    "hazards.put_right": ("hazards.failed", "hazards.reopened"),
    "hazards.closed": ("hazards.reopened",),
}
WAITING: Final = "待接入"
MEASURE_UNITS: Final[Mapping[str, int]] = {"万元": 1_000_000, "元": 100}  # money is kept in fen


@dataclass(frozen=True, slots=True)
class Binding:
    """What one cell is bound to.

    name: of a measure or an indicator. level: of hazards, "" all. unit_id, sectors: narrower than the unit that the
    return is of. cells: those summed; whole and part of a rate are (part, whole); minuend and what is taken away.
    own: the form of an own indicator. amount: unit of the cell where it changes the number, such as 万元.
    waits: rooms that are not there yet. sure: the suggestion has no doubt. chosen_by: who bound it, "" a suggestion.
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
        }
        return {name: value for name, value in values.items() if value} | ({} if self.sure else {"sure": False})

    def same_as(self, other: "Binding") -> bool:
        """Tell whether both give the same number, whoever chose them."""
        return replace(self, sure=True, chosen_by="") == replace(other, sure=True, chosen_by="")


def as_counted(binding: Binding) -> Binding:
    """Return what is asked for a bound cell: of this period what happened, where that is counted."""
    if binding.source is Source.MEASURE and binding.period is PeriodKind.THIS and binding.name in FLOW_OF:
        return replace(binding, name=FLOW_OF[binding.name])
    return binding


def apart_of(binding: Binding) -> tuple[Binding, ...]:
    """Return what is told apart beside a cell as it is counted: what came back, what was reopened."""
    if binding.source is not Source.MEASURE or binding.period is not PeriodKind.THIS:
        return ()
    return tuple(replace(binding, name=name) for name in APART.get(binding.name, ()))


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
    )


def indicator_of(binding: Binding, titles: Mapping[str, str], offers: Sequence[Offer]) -> Indicator | None:
    """Return the indicator that a bound cell shows, None where nobody measures it. titles: of what is measured."""
    if binding.source is Source.INDICATOR:
        return BY_KEY.get(binding.name)
    if binding.source is Source.OWN and binding.own is not None:
        made = own_indicator(form_of(binding.own), offers, key="own")
        return made if isinstance(made, Indicator) else None
    if binding.source is Source.MEASURE and binding.name in titles:
        title = titles[binding.name]
        term = Term(title, (Part(binding.name, binding.level),))
        return Indicator(
            key=f"{binding.name}@{binding.level}", title=title, clauses=(), kind=Kind.COUNT, numerator=term
        )
    return None
