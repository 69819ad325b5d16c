"""A form drawn as the table it is: merged cells as they are, and each cell that wants a number as a link or a field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bihuan.campaigns.rules.returns.grid import Grid, Sheet, Slot
from bihuan.campaigns.rules.returns.signing import UNSIGNED, Signed, signed_text

WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """One cell. text: what stands in it. small: below it. href: where it leads. field: name of the field in which it
    is typed."""

    text: str = ""
    rows: int = 1
    columns: int = 1
    css: str = ""
    href: str = ""
    note: str = ""
    field: str = ""
    label: str = ""
    small: str = ""


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """One sheet, row by row."""

    name: str
    rows: list[list[Drawn]] = field(default_factory=list)


def drawn(
    grid: Grid, slots: Mapping[str, Slot], draw: Callable[[Slot], Drawn], signed: Signed = UNSIGNED
) -> list[DrawnSheet]:
    """Return every sheet as rows of cells. draw: says what stands in a cell that wants a number. signed: who fills it
    in, written after 填报单位 and the like as in the file."""
    places = {(slot.sheet, slot.row, slot.column): slot for slot in slots.values()}
    return [
        DrawnSheet(sheet.name, _rows(number, sheet, places, draw, signed)) for number, sheet in enumerate(grid.sheets)
    ]


def _rows(
    number: int,
    sheet: Sheet,
    places: Mapping[tuple[int, int, int], Slot],
    draw: Callable[[Slot], Drawn],
    signed: Signed,
) -> list[list[Drawn]]:
    found: list[list[Drawn]] = []
    width = min(sheet.columns, WIDEST)
    for row in range(1, sheet.rows + 1):
        line: list[Drawn] = []
        for column in range(1, width + 1):
            if sheet.anchor(row, column) != (row, column):
                continue
            span = sheet.spans.get((row, column))
            rows = span.bottom - span.top + 1 if span else 1
            columns = min(span.right, width) - span.left + 1 if span else 1
            slot = places.get((number, row, column))
            line.append(
                _drawn(sheet, row, column, rows, columns, signed) if slot is None else _sized(draw(slot), rows, columns)
            )
        found.append(line)
    return found


def _sized(cell: Drawn, rows: int, columns: int) -> Drawn:
    return replace(cell, rows=rows, columns=columns)


def _drawn(sheet: Sheet, row: int, column: int, rows: int, columns: int, signed: Signed) -> Drawn:
    cell = sheet.at(row, column)
    css = "g-t" if row == 1 else "g-h" if cell.border and cell.text else "g-x" if not cell.border else "g-e"
    return Drawn("" if cell.formula else signed_text(cell.text, signed), rows, columns, css)
