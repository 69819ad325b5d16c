"""One entry, every table: what units typed adds up in the return of their town, and so far is what was so far and this
period; nobody types a number that was typed before (R9.8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.computing import Filled, number_text, waiting_for
from bihuan.campaigns.rules.returns.doubts import Doubt
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.meaning import meaning_of, without_period
from bihuan.campaigns.rules.returns.once import shown_above, typed_once

FIRST_TIME: Final = "以前没有报过这张表：请填一次到期末的累计数，以后每期自己加上。"
NAMED: Final = 8


class Came(StrEnum):
    """Whether a unit's return of the period is there."""

    SENT = "sent"
    RETURNED = "returned"  # sent back or opened again, and not sent since
    MISSING = "missing"


CAME_NAMES: Final[Mapping[Came, str]] = {
    Came.SENT: "已报",
    Came.RETURNED: "退回了，还没有再报",
    Came.MISSING: "还没有报",
}


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """The return of one unit for the same period, on the same form or on another that asks for the same.

    return_id: None while nobody has begun it. figures: by the cells of the town's form, cells: where each stands in the
    unit's; those that it can bring. title: of another form. days: its own, where they are not the town's.
    """

    unit_name: str
    came: Came
    return_id: UUID | None = None
    figures: Mapping[str, Filled] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    days: str = ""

    @property
    def called(self) -> str:
        """The unit, with the days where they are others."""
        return self.unit_name + (f"（{self.days}）" if self.days else "")

    def amount(self, address: str) -> Decimal | None:
        """Return the number that the unit sent in a cell, None where it sent none that adds up."""
        one = self.figures.get(address) if self.came is Came.SENT else None
        return None if one is None or one.is_rate else one.amount


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last return of the same unit that was sent before this period. is_next: no period lies between. starts: what
    is so far begins with this period, so that none is needed."""

    figures: Mapping[str, Filled] = field(default_factory=dict)
    return_id: UUID | None = None
    words: str = ""
    is_next: bool = False
    starts: bool = False

    def amount(self, address: str) -> Decimal | None:
        """Return how much it was so far, None where nobody has said it."""
        if self.starts:
            return Decimal(0)
        one = self.figures.get(address)
        return None if one is None or one.is_rate else one.amount


@dataclass(frozen=True, slots=True)
class Gathering:
    """What other returns bring into this one. units: that owe the same, in the town's return only. elsewhere: what was
    typed for the same cells in the unit's own returns on other forms."""

    units: Sequence[UnitReturn] = ()
    earlier: Earlier = Earlier()
    elsewhere: Mapping[str, Filled] = field(default_factory=dict)

    @property
    def missing(self) -> list[UnitReturn]:
        """The units whose return is not there."""
        return [one for one in self.units if one.came is not Came.SENT]

    def seen_by(self, *, of_town: bool) -> "Gathering":
        """Return it as it is shown: above the town nobody opens the units' own returns."""
        if of_town:
            return self
        units = [replace(one, return_id=None) for one in self.units]
        return replace(self, units=units, elsewhere=shown_above(self.elsewhere))

    def parts(self, address: str) -> list[tuple[UnitReturn, Decimal]]:
        """Return the units with a number in this cell, each once: the first of its returns that has one."""
        found: dict[str, tuple[UnitReturn, Decimal]] = {}
        for one in self.units:
            amount = one.amount(address)
            if amount is not None:
                found.setdefault(one.unit_name, (one, amount))
        return list(found.values())

    def lacking(self, address: str) -> list[UnitReturn]:
        """Return the units that could bring a number into this cell, and whose return is not there."""
        there = {one.unit_name for one, _ in self.parts(address)}
        return [one for one in self.missing if address in one.cells and one.unit_name not in there]

    def typed(self, own: Mapping[str, Filled]) -> dict[str, Filled]:
        """Return what stands as typed: here, or later in another form."""
        return typed_once(own, self.elsewhere)


def so_far_of(slots: Sequence[Slot], bindings: Mapping[str, Binding]) -> dict[str, str]:
    """Return the cells of what is so far, each with that of the period under the same headings; none that follow from
    others."""
    by_heads: dict[tuple[object, ...], dict[PeriodKind | None, str]] = {}
    for slot in slots:
        binding = bindings.get(slot.address)
        if binding is not None and not _follows(binding):
            heads = (slot.sheet, without_period(slot.row_heads), without_period(slot.column_heads))
            by_heads.setdefault(heads, {})[meaning_of(slot).period] = slot.address
    pairs = ((kinds.get(PeriodKind.CUMULATIVE), kinds.get(PeriodKind.THIS)) for kinds in by_heads.values())
    return {so_far: this for so_far, this in pairs if so_far is not None and this is not None}


def _follows(binding: Binding) -> bool:
    return bool(binding.cells) or binding.source is Source.BLANK


def gathered(
    gathering: Gathering,
    slots: Sequence[Slot],
    bindings: Mapping[str, Binding],
    figures: Mapping[str, Filled],
    typed: Mapping[str, Filled],
) -> dict[str, Filled]:
    """Return the numbers of a return that are not computed from other cells: counted, typed, added up, rolled on.

    figures: as counted. typed: what a person wrote here; what was typed elsewhere later stands instead. A number typed
    where units' numbers add up is the town's own part of the sum; anywhere else it stands for itself.
    """
    typed = gathering.typed(typed)
    found = {**figures, **typed}
    so_far = so_far_of(slots, bindings)
    for address, binding in bindings.items():
        if not _is_open(binding, figures.get(address)) or _is_rate(typed.get(address)):
            continue
        parts = gathering.parts(address)
        if parts and (address not in so_far or gathering.earlier.amount(address) is None):
            found[address] = _summed(parts, typed.get(address))
    for address, this in so_far.items():
        is_open = _is_open(bindings[address], figures.get(address))
        if is_open and address not in typed and not found.get(address, Filled()).summed:
            found[address] = _rolled(address, this, gathering.earlier, found)
    return found


def _is_open(binding: Binding, counted: Filled | None) -> bool:
    """Tell whether nobody counts a cell: it is typed, or what it is bound to has no figure here."""
    if _follows(binding):
        return False
    return counted is None or (counted.amount is None and not counted.is_elsewhere)


def _is_rate(one: Filled | None) -> bool:
    return one is not None and one.is_rate


def _summed(parts: Sequence[tuple[UnitReturn, Decimal]], own: Filled | None) -> Filled:
    total = sum((amount for _, amount in parts), Decimal(0))
    named = [f"{one.called} {number_text(amount)}" for one, amount in parts if amount]
    said = "、".join(named[:NAMED]) + (f"等 {len(named)} 个单位" if len(named) > NAMED else "")
    said = said or f"{len(parts)} 个单位都是 0"
    if own is None or own.amount is None:
        return Filled(total, summed=said)
    return replace(own, amount=own.amount + total, summed=f"本级 {number_text(own.amount)}、{said}")


def _rolled(address: str, this: str, earlier: Earlier, found: Mapping[str, Filled]) -> Filled:
    before, now = earlier.amount(address), found.get(this, Filled())
    if before is None:
        return found.get(address, Filled(why=FIRST_TIME))
    if now.amount is None:
        return Filled(why=waiting_for(this))
    said = f"{earlier.words}的累计 {number_text(before)}、本期 {number_text(now.amount)}" if not earlier.starts else ""
    return Filled(before + now.amount, summed=said or f"从本期起累计，本期 {number_text(now.amount)}")


def doubts_gathered(gathering: Gathering, cells: Sequence[str], rolled: Sequence[str]) -> list[Doubt]:
    """Return what is not whole: units whose numbers are not there, a period that was never sent. cells: that add up."""
    found = []
    lacking = {one: missing for one in cells if (missing := gathering.lacking(one))}
    if lacking:
        units = [one for one in gathering.missing if any(one in missing for missing in lacking.values())]
        first = list(lacking)
        found.append(Doubt("R9.7", tuple(first[:1]), f"{_missing(units)}，{_cells(first)}没有它们的数。"))
    if rolled and gathering.earlier.return_id is not None and not gathering.earlier.is_next:
        say = f"上一次报的是{gathering.earlier.words}，中间有没报的，{_cells(rolled)}的累计没有那几期的数。"
        found.append(Doubt("R9.8", tuple(rolled[:1]), say))
    return found


def _missing(units: Sequence[UnitReturn]) -> str:
    """Return who has not sent, in words; another form is named once for all who owe it."""
    said = []
    groups = dict.fromkeys((one.came, one.title, one.days) for one in units)
    for came, title, days in sorted(groups, key=lambda one: one[0] is not Came.MISSING):
        names = [one.unit_name for one in units if (one.came, one.title, one.days) == (came, title, days)]
        more = f"等 {len(names)} 个单位" if len(names) > NAMED else ""
        of = (f"的“{title}”" if title else "") + (f"（{days}）" if days else "")
        said.append(f"{'、'.join(names[:NAMED])}{more}{of}这一期{CAME_NAMES[came]}")
    return "；".join(said)


def _cells(cells: Sequence[str]) -> str:
    return f"{cells[0]} 等 {len(cells)} 格" if len(cells) > 1 else cells[0]
