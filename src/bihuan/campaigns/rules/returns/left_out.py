"""Which sectors no line of a superior's form takes in: hazards of theirs stand in no row and no column (R9.8)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.doubts import Doubt
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.standards.rules import SECTOR_NAMES, Sector
from bihuan.stats.rules import NO_SECTOR, NO_SECTOR_NAME

WHOLES: Final = ("hazards.found_fact", "hazards.counted", "hazards.unrectified", "hazards.open")
EVERY: Final = (*(str(one) for one in Sector), NO_SECTOR)
NAMES: Final = {**{str(code): name for code, name in SECTOR_NAMES.items()}, NO_SECTOR: NO_SECTOR_NAME}
SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The lines of one sheet that count one thing by sector. cells: of them. has_total: a cell counts the whole place.
    asked: what would count each sector that none of them names, by the sector."""

    cells: tuple[str, ...]
    has_total: bool
    asked: Mapping[str, Binding]


def left_out(slots: Sequence[Slot], bindings: Mapping[str, Binding]) -> Iterator[LeftOut]:
    """Yield what is divided by sector without all of them being there, once for each period; the first measure of
    `WHOLES` that a sheet counts so speaks for the others."""
    for sheet in sorted({slot.sheet for slot in slots}):
        mine = {
            slot.address: bindings[slot.address] for slot in slots if slot.sheet == sheet and slot.address in bindings
        }
        for period in PeriodKind:
            found = (_of(mine, name, period) for name in WHOLES)
            told = next((one for one in found if one is not None), None)
            if told is not None and told.asked:
                yield told


def _of(bindings: Mapping[str, Binding], name: str, period: PeriodKind) -> LeftOut | None:
    cells = {
        address: one
        for address, one in bindings.items()
        if one.source is Source.MEASURE and (one.name, one.period) == (name, period) and one.sectors and not one.unit_id
    }
    if not cells:
        return None
    named = {sector for one in cells.values() for sector in one.sectors}
    first = replace(next(iter(cells.values())), level="")
    whole = replace(first, sectors=())
    has_total = any(one.same_as(whole) for one in bindings.values())
    return LeftOut(tuple(cells), has_total, {one: replace(first, sectors=(one,)) for one in EVERY if one not in named})


def doubt_of(one: LeftOut, amounts: Mapping[str, Decimal]) -> Doubt | None:
    """Return what the lines leave out, None where nothing is. amounts: of the sectors that none of them names."""
    some = {sector: amount for sector, amount in amounts.items() if amount > 0}
    if not some:
        return None
    named = sorted(some, key=lambda sector: (-some[sector], EVERY.index(sector)))
    said = "、".join(f"{NAMES[sector]} {some[sector]:f} 项" for sector in named[:SHOWN])
    more = f"等 {len(named)} 个行业" if len(named) > SHOWN else ""
    total = sum(some.values(), Decimal(0))
    say = f"表里的行业没有“其他”，有 {total:f} 项隐患不在任何一行（列）里：{said}{more}。"
    return Doubt("R9.8", one.cells[:1], say + ("合计仍算在内。" if one.has_total else ""))
