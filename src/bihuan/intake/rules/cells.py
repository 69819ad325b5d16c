"""The values of a sheet's cells, and their text."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Grid = list[list[Cell]]
Merge = tuple[int, int, int, int]
"""A merged range: top, left, bottom, right, from 0, all inclusive."""

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u200b\u200e\u200f\u202a-\u202e\ufeff]")
BLANKS: Final = re.compile(r"\s+")
NOTHING: Final = frozenset(
    {"/", "／", "\\", "-", "—", "——", "--", "－", "*", "无", "N/A", "n/a", "NA", "#N/A", "暂无", "空"}
)
_LETTERS: Final = 26


def text_of(cell: Cell) -> str:
    """Return a cell as the text a reader sees: trimmed, without control characters; whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        if cell.isprintable():  # the usual case: no line break, no control character, no hard blank
            return cell.strip()
        return CONTROL.sub("", cell.replace("\xa0", " ").replace("\r\n", "\n")).strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)


def has_control(cell: Cell) -> bool:
    """Tell whether a cell carries characters that no reader can see."""
    return isinstance(cell, str) and not cell.isprintable() and CONTROL.search(cell) is not None


def plain(text: str) -> str:
    """Return text for comparing: full-width forms folded, no blanks, lower case."""
    if text.isascii():
        return "".join(text.split()).lower()
    return BLANKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def is_nothing(text: str) -> bool:
    """Tell whether a cell says "nothing here": empty, or a stroke, or 无."""
    return not text or text in NOTHING


def column_letter(index: int) -> str:
    """Return the letters of a column as Excel shows them. index: from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return a column's index from 0. letters: as Excel shows them, such as "AB"."""
    index = 0
    for letter in letters.upper():
        index = index * _LETTERS + ord(letter) - ord("A") + 1
    return index - 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of cells as it was read: rows and columns from the first cell of the sheet.

    merged: the merged ranges; only the top left cell carries the value. context: text that stood before the table.
    """

    name: str
    grid: Grid
    merged: tuple[Merge, ...] = ()
    context: tuple[str, ...] = ()
