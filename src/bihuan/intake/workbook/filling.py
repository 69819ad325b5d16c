"""Write a list back in the layout it came in, with our progress in columns of their own."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bihuan.intake.rules.cells import Sheet, column_index, text_of
from bihuan.intake.rules.own import OWN_COLUMNS

CLAIMING: Final = ("status", "rectified_on", "closed", "closed_on")
_THIN: Final = Side(style="thin", color="999999")
_BORDER: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD: Final = PatternFill("solid", fgColor="E9F0FA")
_DIFFERS: Final = PatternFill("solid", fgColor="FFE9B8")
WIDTH: Final = 13
LONGEST_SHEET_NAME: Final = 31


@dataclass(frozen=True, slots=True)
class Progress:
    """What is written beside one row of a list; of several hazards in a row, their texts are joined.

    differs: what the row says of progress against where its hazards stand, in words; "" while they agree.
    """

    number: str
    state: str
    deadline: str
    rectified_on: date | None
    passed_on: date | None
    closed_on: date | None
    evidence: int
    done: bool
    closed: bool
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's table is. header_rows, rows: from 1. columns: field → letters. names: letters → heading."""

    sheet: str
    header_rows: tuple[int, ...]
    columns: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    rows: Mapping[int, Progress]


def fill(original: Path, kind: str, sheets: Sequence[Sheet], layouts: Sequence[Layout]) -> bytes:
    """Return the list as .xlsx: the original itself where it is one, else its cells and merges in a new workbook.

    Cells of the list that say something stay as they are, marked where we say another thing; empty ones of its own
    progress columns are filled.
    """
    book = load_workbook(original) if kind == "xlsx" else _rebuilt(sheets)
    for layout in layouts:
        if layout.sheet in book.sheetnames:
            _fill_sheet(book[layout.sheet], layout)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _rebuilt(sheets: Sequence[Sheet]) -> Workbook:
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for sheet in sheets:
        made = book.create_sheet(sheet.name[:LONGEST_SHEET_NAME])
        for row, cells in enumerate(sheet.grid, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell not in (None, ""):
                    _put(made.cell(row, column), cell if isinstance(cell, date | int | float) else text_of(cell))
        for top, left, bottom, right in sheet.merged:
            made.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    return book


def _fill_sheet(sheet: Worksheet, layout: Layout) -> None:
    first = max((column_index(letter) for letter in layout.names), default=sheet.max_column - 1) + 2
    _clear_earlier(sheet, layout, first)
    _write_heads(sheet, layout, first)
    for number, progress in layout.rows.items():
        _write_own(sheet, number, first, progress)
        if progress.differs:
            _mark_claims(sheet, number, layout)
        _fill_empty(sheet, number, layout, progress)


def _clear_earlier(sheet: Worksheet, layout: Layout, first: int) -> None:
    """Empty the columns that earlier answers of ours wrote, so that nothing stands there that is no longer true."""
    top = min(layout.header_rows)
    while sheet.cell(top, first).value == OWN_COLUMNS[0]:
        for row in range(top, sheet.max_row + 1):
            for column in range(first, first + len(OWN_COLUMNS)):
                cell = sheet.cell(row, column)
                if isinstance(cell, SheetCell):
                    cell.value, cell.fill = None, PatternFill()
        first += len(OWN_COLUMNS)


def _write_heads(sheet: Worksheet, layout: Layout, first: int) -> None:
    top, bottom = min(layout.header_rows), _last_of_first_block(layout.header_rows)
    for offset, name in enumerate(OWN_COLUMNS):
        cell = sheet.cell(top, first + offset)
        _put(cell, name)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if bottom > top:
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=first + offset, end_column=first + offset)
        sheet.column_dimensions[get_column_letter(first + offset)].width = WIDTH


def _last_of_first_block(header_rows: Sequence[int]) -> int:
    """Return the last row of the first heading; a heading repeated further down is another block."""
    last = min(header_rows)
    while last + 1 in header_rows:
        last += 1
    return last


def _write_own(sheet: Worksheet, row: int, first: int, progress: Progress) -> None:
    values = (
        progress.number,
        progress.state,
        progress.deadline,
        progress.rectified_on,
        progress.passed_on,
        progress.closed_on,
        progress.evidence,
        progress.differs or None,
    )
    for offset, value in enumerate(values):
        cell = sheet.cell(row, first + offset)
        _put(cell, value)
        cell.border = _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if progress.differs and offset == len(values) - 1:
            cell.fill = _DIFFERS


def _mark_claims(sheet: Worksheet, row: int, layout: Layout) -> None:
    """Colour the cells whose claim is not where we stand, so that nobody reads an old 已整改 as ours."""
    for field in CLAIMING:
        for letter in layout.columns.get(field, ()):
            cell = sheet[f"{letter}{row}"]
            if isinstance(cell, SheetCell) and cell.value not in (None, ""):
                cell.fill = _DIFFERS


def _fill_empty(sheet: Worksheet, row: int, layout: Layout, progress: Progress) -> None:
    """Fill the list's own progress columns where it left them empty and we have something to say."""
    said: dict[str, Any] = {
        "status": progress.state,
        "rectified_on": progress.rectified_on,
        "reviewed_on": progress.passed_on,
        "closed": "是" if progress.closed else None,
        "closed_on": progress.closed_on,
    }
    for field, value in said.items():
        for letter in layout.columns.get(field, ())[:1]:
            cell = sheet[f"{letter}{row}"]
            if isinstance(cell, SheetCell) and cell.value in (None, "") and value is not None:
                _put(cell, value)
    for letter, heading in layout.names.items():
        cell = sheet[f"{letter}{row}"]
        if "佐证" in heading and isinstance(cell, SheetCell) and cell.value in (None, "") and progress.evidence:
            _put(cell, f"{progress.evidence} 份")


def _put(cell: Any, value: Any) -> None:
    """Write a value; a text stays a text, whatever sign it begins with, so that no formula is ever smuggled in."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in {"=", "+", "-", "@", "\t", "\r"}
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
