"""Bind the cells of a column or a row like one of them: each by its own headings, or by the cells of its own line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.returns.binding import COMPUTED, Binding, Source
from bihuan.campaigns.rules.returns.forms import counts_too_much, named_words
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.meaning import Meaning


class Along(StrEnum):
    """How far a binding is used."""

    CELL = "cell"
    COLUMN = "column"
    ROW = "row"


ALONG_NAMES: Final[dict[Along, str]] = {Along.CELL: "这一格", Along.COLUMN: "这一列", Along.ROW: "这一行"}
SHOWN: Final = 6


@dataclass(slots=True)
class Spread:
    """What using a binding along a line comes to. left: cells in the line that it does not fit, each with why."""

    along: Along
    cells: dict[str, Binding] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """What was done, in a sentence: which cells were bound, which not and why."""
        bound = f"{ALONG_NAMES[self.along]}定了 {len(self.cells)} 格：{_few(list(self.cells))}。"
        by_why: dict[str, list[str]] = {}
        for address, why in self.left.items():
            by_why.setdefault(why, []).append(address)
        return bound + "".join(f"{_few(cells)} 没有定：{why}。" for why, cells in by_why.items())


def _few(cells: list[str]) -> str:
    return "、".join(cells[:SHOWN]) + (f" 等 {len(cells)} 格" if len(cells) > SHOWN else "")


def spread(
    first: Slot,
    binding: Binding,
    along: Along,
    slots: Mapping[str, Slot],
    bindings: Mapping[str, Binding],
    said: Mapping[str, Meaning],
) -> Spread:
    """Return what each cell of the line is bound to. said: what the headings of every cell say.

    A figure is narrowed to the village and the sectors of each cell's own headings; what follows from other cells
    follows from the cells in the same place of its own row or column, as in a workbook.
    """
    found = Spread(along, {first.address: binding})
    if along is Along.CELL:
        return found
    if binding.source in COMPUTED:
        _shift_all(found, first, binding, slots, bindings)
        return found
    mine = said[first.address]
    for slot in _line(first, along, slots):
        bound = bindings.get(slot.address)
        if bound is not None and bound.cells:
            continue  # what follows from others goes on doing so
        its = said[slot.address]
        same = (its.unread, its.place) == (mine.unread, mine.place)
        placed = binding if same else replace(binding, unit_id=its.unit_id, sectors=its.sectors, whole=False)
        if counts_too_much(placed, its):
            found.left[slot.address] = f"{named_words(its)}认不出是哪个单位或行业"
        else:
            found.cells[slot.address] = placed
    return found


def _line(first: Slot, along: Along, slots: Mapping[str, Slot]) -> Iterator[Slot]:
    """Yield the other cells of the line that stand under, or beside, the same headings."""
    for slot in slots.values():
        if slot.sheet != first.sheet or slot.address == first.address:
            continue
        in_column = slot.column == first.column and slot.column_heads == first.column_heads
        in_row = slot.row == first.row and slot.row_heads == first.row_heads
        if in_column if along is Along.COLUMN else in_row:
            yield slot


def _shift_all(
    found: Spread, first: Slot, binding: Binding, slots: Mapping[str, Slot], bindings: Mapping[str, Binding]
) -> None:
    at = {(slot.sheet, slot.row, slot.column): slot.address for slot in slots.values()}
    parts = [slots[one] for one in binding.cells if one in slots]
    in_column = found.along is Along.COLUMN
    for slot in _line(first, found.along, slots):
        bound = bindings.get(slot.address)
        if binding.source is not Source.RATE and bound is not None and bound.source in COMPUTED:
            continue  # a total stays one, and a rate in a line of totals stays a rate
        down, right = slot.row - first.row, slot.column - first.column
        moved = [at.get((one.sheet, one.row + down, one.column + right), "") for one in parts]
        if any((one.column == first.column) if in_column else (one.row == first.row) for one in parts):
            found.left[slot.address] = f"由{ALONG_NAMES[found.along]}里的格算出的，只能一格一格定"
        elif not all(moved):
            found.left[slot.address] = "它那里没有对应的格"
        else:
            found.cells[slot.address] = replace(binding, cells=tuple(moved))
