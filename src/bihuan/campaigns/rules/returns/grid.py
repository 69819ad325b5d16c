"""A form as a grid of cells, and which of its cells want a number (no file is opened here)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple

LETTERS: Final = 26
_PLACEHOLDERS: Final = frozenset({"—", "-", "/", "／", "－", "——", "0", "〇", "0.0", "0.00", "0%"})
_NUMBER: Final = re.compile(r"^-?\d[\d,]*(\.\d+)?%?$")
_ASIDE: Final = re.compile(
    r"^(填报|报送|填表|填制|制表|审核|审签|负责人|联系|单位负责|填写|备注[:：]|注[:：1]|说明[:：]|附[:：]|报出|统计人)|[:：]\s*$|(填报|报送|制表|填表)(单位|时间|日期|人)"
)
_DATED: Final = re.compile(  # who made the form and of which days it speaks: no heading of what lies below
    r"^((报告期|统计期|所属期|表号|制定机关|批准机关|批准文号|有效期)[^:]{0,4}:.*|[^:]{1,8}:\d{0,4}年\d{0,2}(月|季度?).*)$"
)
_NUMBERED: Final = re.compile(r"^(甲|乙|丙|丁|栏次|行次|[(（]?\d{1,2}[)）]?)$")
_NO_NUMBERS: Final = re.compile(
    r"^(序号|编号|.{0,4}代码|代号|行次|栏次|备注|说明|名称|单位名称|负责人|责任人|联系.*|电话|日期|.*(时间|时限)|主要做法|存在问题|下步.*)$"
)
MOST_COLUMNS_OF_A_TITLE: Final = 3
MOST_TITLE_ROWS: Final = 3
MOST_NAMED: Final = 4
LONGEST_NAME: Final = 20  # of a row in a table without borders; what is longer is a note below it


def plain(text: str) -> str:
    """Return text for comparing: full-width forms folded, without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def letters_of(column: int) -> str:
    """Return a column's letters. column: from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, LETTERS)
        found = chr(ord("A") + rest) + found
    return found


def address_of(sheet: int, row: int, column: int) -> str:
    """Return how a cell is named: "C5"; in the second sheet of a file "2!C5". sheet: from 0, row, column: from 1."""
    name = f"{letters_of(column)}{row}"
    return f"{sheet + 1}!{name}" if sheet else name


class Cell(NamedTuple):
    """One cell that holds something or has a border. formula: it was computed by the file, and is not trusted."""

    text: str = ""
    formula: bool = False
    border: bool = False


class Merge(NamedTuple):
    """A merged range, both corners inclusive, from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet. cells: by row and column, from 1; of a merged range only the top left one counts."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Merge, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)

    @cached_property
    def is_ruled(self) -> bool:
        """Whether any cell has a border."""
        return any(cell.border for cell in self.cells.values())

    @cached_property
    def head_row(self) -> int:
        """The first row with two headings or more, that says not who fills it in; 0 where there is none."""
        words: dict[int, list[str]] = {}
        for (row, column), cell in self.cells.items():
            if self.anchor(row, column) == (row, column) and self.is_word(row, column):
                words.setdefault(row, []).append(plain(cell.text))
        rows = (row for row in sorted(words) if len(words[row]) > 1 and not any(map(_ASIDE.search, words[row])))
        return next(rows, 0)

    @cached_property
    def rows(self) -> int:
        """The last row in use."""
        return max([row for row, _ in self.cells] + [one.bottom for one in self.merged], default=0)

    @cached_property
    def columns(self) -> int:
        """The last column in use."""
        return max([column for _, column in self.cells] + [one.right for one in self.merged], default=0)

    @cached_property
    def anchors(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """Every covered cell of a merged range, with the top left one that speaks for it."""
        return {
            (row, column): (one.top, one.left)
            for one in self.merged
            for row in range(one.top, one.bottom + 1)
            for column in range(one.left, one.right + 1)
        }

    @cached_property
    def spans(self) -> Mapping[tuple[int, int], Merge]:
        """The merged ranges by their top left cell."""
        return {(one.top, one.left): one for one in self.merged}

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that speaks for this one."""
        return self.anchors.get((row, column), (row, column))

    def at(self, row: int, column: int) -> Cell:
        """Return a cell, an empty one where nothing is."""
        return self.cells.get(self.anchor(row, column), Cell())

    def is_word(self, row: int, column: int) -> bool:
        """Tell whether a cell is a heading: text that is no number and no stroke."""
        cell = self.at(row, column)
        text = plain(cell.text)
        is_value = cell.formula or text in _PLACEHOLDERS or _NUMBER.match(text) is not None
        return bool(text) and not is_value and _DATED.match(text) is None

    def is_open(self, row: int, column: int) -> bool:
        """Tell whether a cell is left for a number: empty, a stroke, nought or a formula. What else stands there the
        superior wrote, and nothing is put over it."""
        cell = self.at(row, column)
        return cell.formula or not (text := plain(cell.text)) or text in _PLACEHOLDERS


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell that wants a number, with the headings that say which: from the outermost inwards."""

    address: str
    sheet: int
    row: int
    column: int
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """All headings, those of the row first."""
        return (*self.row_heads, *self.column_heads)

    @property
    def label(self) -> str:
        """How a sentence names the cell: its headings and where it is."""
        said = "·".join(part for part in ("·".join(self.row_heads), "·".join(self.column_heads)) if part)
        return f"{said}（{self.address}）" if said else self.address


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole form."""

    sheets: tuple[Sheet, ...]

    def slots(self) -> list[Slot]:
        """Return the cells that want a number, sheet by sheet, row by row."""
        return [slot for number, sheet in enumerate(self.sheets) for slot in _slots(number, sheet)]

    @property
    def titles(self) -> list[str]:
        """What stands above the tables: their titles say of which days they speak."""
        first = self.sheets[0]
        rows = range(1, MOST_TITLE_ROWS)
        return [text for row in rows if (text := first.at(row, 1).text) and (row == 1 or ":" not in text)]

    def kept(self) -> dict[str, Any]:
        """Return the grid as plain values."""
        return {
            "sheets": [
                {
                    "name": one.name,
                    "cells": [[row, column, *cell] for (row, column), cell in sorted(one.cells.items())],
                    "merged": [list(merge) for merge in one.merged],
                    "widths": {str(column): width for column, width in one.widths.items()},
                }
                for one in self.sheets
            ]
        }


def why_no_slots(grid: Grid) -> str:
    """Return why a form has no cell that wants a number: what was looked for, and what stands there."""
    heads = [(sheet, sheet.head_row) for sheet in grid.sheets if sheet.head_row]
    if not heads:
        return "没有看到表头。表头要自成一行，每列写一个名称，要填的格子在它下面。请补上表头再上传。"
    sheet, row = heads[0]
    columns = range(1, sheet.columns + 1)
    named = list(dict.fromkeys(sheet.at(row, column).text for column in columns if sheet.is_word(row, column)))
    said = f"看到了表头“{'、'.join(named[:MOST_NAMED])}”，"
    below = [(at, column) for at in range(row + 1, sheet.rows + 1) for column in columns]
    if not below or not any(sheet.at(*place).text for place in below):
        return f"{said}下面没有一行名称。请在左边第一列写上每一行是什么（如村名、行业）再上传。"
    return f"{said}但它下面的格子都写着字或数，没有空着要填数的。请把要填数的格子清空再上传。"


def grid_of(kept: Mapping[str, Any]) -> Grid:
    """Return the grid that `kept` wrote down."""
    return Grid(
        tuple(
            Sheet(
                name=one["name"],
                cells={(row, column): Cell(*rest) for row, column, *rest in one["cells"]},
                merged=tuple(Merge(*merge) for merge in one["merged"]),
                widths={int(column): width for column, width in one["widths"].items()},
            )
            for one in kept["sheets"]
        )
    )


def _slots(number: int, sheet: Sheet) -> Iterator[Slot]:
    aside = {row for row in range(1, sheet.rows + 1) if _is_aside(sheet, row)}
    found = list(_candidates(number, sheet, aside))
    with_both = [slot for slot in found if slot.row_heads and slot.column_heads]
    found = with_both or [slot for slot in found if _beside_a_word(sheet, slot)]
    bordered = [slot for slot in found if _has_border(sheet, slot)]
    yield from bordered if len(bordered) * 2 > len(found) else found


def _candidates(number: int, sheet: Sheet, aside: set[int]) -> Iterator[Slot]:
    for row in range(1, sheet.rows + 1):
        if row in aside:
            continue
        for column in range(1, sheet.columns + 1):
            if sheet.anchor(row, column) != (row, column) or not sheet.is_open(row, column):
                continue
            above, beside = _above(sheet, row, column, aside), _beside(sheet, row, column)
            if (above or beside) and not _wants_words(above) and not (above and _wants_words(beside[-1:])):
                yield Slot(address_of(number, row, column), number, row, column, beside, above)


def _wants_words(heads: Sequence[str]) -> bool:
    return bool(heads) and _NO_NUMBERS.match(heads[-1]) is not None


def _has_border(sheet: Sheet, slot: Slot) -> bool:
    return sheet.at(slot.row, slot.column).border


def _beside_a_word(sheet: Sheet, slot: Slot) -> bool:
    """In a form without headings on one of its sides, a number is wanted right below its heading or right of it."""
    if slot.column_heads:
        return slot.row > 1 and sheet.is_word(slot.row - 1, slot.column)
    return slot.column > 1 and sheet.is_word(slot.row, slot.column - 1)


def _is_aside(sheet: Sheet, row: int) -> bool:
    """Tell whether a row stands outside the table: title, who fills in and when, notes, numbers of the columns."""
    anchors = dict.fromkeys(sheet.anchor(row, column) for column in range(1, sheet.columns + 1))
    texts = [plain(sheet.cells[one].text) for one in anchors if one in sheet.cells and sheet.cells[one].text.strip()]
    if not texts:
        return False
    if any(_ASIDE.search(text) for text in texts):
        return True
    if len(texts) > 2 and all(_NUMBERED.match(text) for text in texts):
        return True
    return len(texts) == 1 and _is_wide(sheet, row)


def _is_wide(sheet: Sheet, row: int) -> bool:
    """Tell whether the one text of a row is a title: spread over the table, or alone above it."""
    for column in range(1, sheet.columns + 1):
        anchor = sheet.anchor(row, column)
        if sheet.at(row, column).text.strip():
            span = sheet.spans.get(anchor)
            if span is not None:
                return span.right - span.left + 1 >= min(MOST_COLUMNS_OF_A_TITLE, sheet.columns)
            if sheet.is_ruled:
                return not sheet.at(row, column).border and column <= 2
            is_name = 0 < sheet.head_row < row and len(plain(sheet.at(row, column).text)) <= LONGEST_NAME
            return not is_name and column <= 2
    return False


def _above(sheet: Sheet, row: int, column: int, aside: set[int]) -> tuple[str, ...]:
    """Return the headings of a column, from the outermost inwards."""
    heads: list[str] = []
    at = row - 1
    while at >= 1:
        anchor = sheet.anchor(at, column)
        if at in aside or not sheet.is_word(at, column):
            if heads:
                break
        elif (text := plain(sheet.cells[anchor].text)) not in heads[-1:]:
            heads.append(text)
        at = min(anchor[0], at) - 1
    return tuple(reversed(heads))


def _beside(sheet: Sheet, row: int, column: int) -> tuple[str, ...]:
    """Return the headings of a row, from the outermost inwards."""
    heads: list[str] = []
    at = column - 1
    while at >= 1:
        anchor = sheet.anchor(row, at)
        if not sheet.is_word(row, at):
            if heads:
                break
        elif (text := plain(sheet.cells[anchor].text)) not in heads[-1:]:
            heads.append(text)
        at = min(anchor[1], at) - 1
    return tuple(reversed(heads))
