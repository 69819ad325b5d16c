"""Our own columns in a list that comes back: they are the town's words, never the superior's claims (L13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bihuan.intake.rules.cells import Cell, Sheet, text_of
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.headers import meaning_of

OWN_COLUMNS: Final = (
    "本镇编号",
    "本镇进度",
    "现行期限",
    "整改完成日期",
    "复查通过日期",
    "销号日期",
    "佐证份数",
    "与表内所填",
)
_SEARCH_ROWS: Final = 40
_CLOSED: Final = 5
_EVIDENCE: Final = 6
_LAST_LEVEL: Final = 3
# Which of our columns an empty progress column of the list was filled from.
_FILLED_FROM: Final[Mapping[Field, int]] = {
    Field.STATUS: 1,
    Field.RECTIFIED_ON: 3,
    Field.REVIEWED_ON: 4,
    Field.CLOSED_ON: 5,
    Field.CLOSED: 5,
}


@dataclass(frozen=True, slots=True)
class OwnBlock:
    """Where our columns stand: the row of their headings and the first of the columns, both from 0."""

    row: int
    left: int


def own_block(sheet: Sheet) -> OwnBlock | None:
    """Find our columns, all of them side by side as we write them."""
    for row, cells in enumerate(sheet.grid[:_SEARCH_ROWS]):
        names = [text_of(cell) for cell in cells]
        for left, name in enumerate(names):
            if name == OWN_COLUMNS[0] and tuple(names[left : left + len(OWN_COLUMNS)]) == OWN_COLUMNS:
                return OwnBlock(row, left)
    return None


def without_own(sheet: Sheet) -> Sheet:
    """Return a sheet without our columns, and without what we had filled into empty progress columns of the list.

    A progress cell that says just what our column beside it says is taken for ours.
    """
    block = own_block(sheet)
    if block is None:
        return sheet
    right = block.left + len(OWN_COLUMNS)
    filled = _filled(sheet, block)
    grid = [
        [
            None
            if block.left <= index < right or (row > block.row and _is_ours(cells, index, cell, filled, block))
            else cell
            for index, cell in enumerate(cells)
        ]
        for row, cells in enumerate(sheet.grid)
    ]
    merged = [area for area in sheet.merged if not (block.left <= area[1] and area[3] < right)]
    return without_own(replace(sheet, grid=grid, merged=tuple(merged)))


def _filled(sheet: Sheet, block: OwnBlock) -> dict[int, int]:
    """Return which columns of the list we may have filled, and from which of ours."""
    found: dict[int, int] = {}
    for index in range(block.left):
        rows = sheet.grid[block.row : block.row + _LAST_LEVEL]
        names = [text_of(cells[index]) for cells in rows if index < len(cells)]
        meant = {meaning_of((name,)).field for name in names if name}
        for field, place in _FILLED_FROM.items():
            if field in meant:
                found.setdefault(index, place)
        if any("佐证" in name for name in names):
            found.setdefault(index, _EVIDENCE)
    return found


def _is_ours(cells: Sequence[Cell], index: int, cell: Cell, filled: Mapping[int, int], block: OwnBlock) -> bool:
    place = filled.get(index)
    if place is None or cell in (None, "") or block.left + place >= len(cells):
        return False
    own = text_of(cells[block.left + place])
    text = text_of(cell)
    return bool(own) and (
        text == own or (place == _EVIDENCE and text == f"{own} 份") or (place == _CLOSED and text == "是")
    )
