"""Write a return's numbers into the form in the layout it came in, and pack it for the superior's system."""

import hashlib
import io
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bihuan.campaigns.readers.listing import draw_list
from bihuan.campaigns.rules.returns.builtin import LONGEST_SHEET
from bihuan.campaigns.rules.returns.computing import Filled
from bihuan.campaigns.rules.returns.grid import Grid, Sheet, Slot
from bihuan.campaigns.rules.returns.listed import Listed
from bihuan.campaigns.rules.returns.signing import UNSIGNED, Signed, signed_text
from bihuan.campaigns.rules.terms import NOTHING
from bihuan.trail.packages import Package, entry_of

TYPED: Final = PatternFill("solid", fgColor="FFE9B8")
_THIN: Final = Side(style="thin", color="999999")
_BORDER: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MODIFIED: Final = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(</dcterms:)")
WIDTH: Final = 12
HUNDRED: Final = Decimal(100)


def filled_workbook(
    original: bytes | None,
    grid: Grid,
    slots: Mapping[str, Slot],
    cells: Mapping[str, Filled],
    signed: Signed = UNSIGNED,
    lists: Sequence[Listed] = (),
) -> bytes:
    """Return the form with its numbers. original: the uploaded file, None for a form of ours, drawn from its grid.

    signed: who fills it in, which is written after 填报单位, 填报日期 and 填表人 where nothing stands behind them.
    lists: of the form, each on a sheet of its own after its tables.
    Cells typed by a person, here or in the returns added up, are coloured and carry no formula; nor does any other
    cell: numbers are ours, as the page shows them. The same numbers give the same bytes.
    """
    book = _drawn(grid) if original is None else load_workbook(io.BytesIO(original), keep_vba=False, keep_links=False)
    sheets = [one for one in book.worksheets if one.sheet_state == "visible"]
    for sheet in book.worksheets:
        _without_formulas(sheet)
    for address, slot in slots.items():
        target = sheets[slot.sheet].cell(slot.row, slot.column)
        if isinstance(target, BookCell):
            _put(target, cells.get(address, Filled()), slot)
    numbers = {(slot.sheet, slot.row, slot.column) for slot in slots.values()}
    for number, sheet in enumerate(sheets):
        _sign(sheet, {(row, column) for at, row, column in numbers if at == number}, signed)
    for one in lists:
        draw_list(book.create_sheet(one.title[:LONGEST_SHEET]), one, signed)
    kept = io.BytesIO()
    book.save(kept)
    return _settled(kept.getvalue())


def _sign(sheet: Worksheet, numbers: Collection[tuple[int, int]], signed: Signed) -> None:
    for (row, column), cell in list(sheet._cells.items()):
        if isinstance(cell, BookCell) and isinstance(cell.value, str) and (row, column) not in numbers:
            said = signed_text(cell.value, signed)
            if said != cell.value:
                cell.value = said
                cell.data_type = "s"


def _put(target: BookCell, cell: Filled, slot: Slot) -> None:
    if cell.amount is None:
        target.value = None
        return
    if cell.is_rate:
        _put_rate(target, cell, in_percent=any("%" in head or "％" in head for head in slot.heads))
    else:
        whole = cell.amount == cell.amount.to_integral_value()
        target.value = int(cell.amount) if whole else float(round(cell.amount, 2))
    if cell.typed or cell.summed:
        target.fill = TYPED


def _put_rate(target: BookCell, cell: Filled, *, in_percent: bool) -> None:
    if not cell.of or cell.amount is None:
        target.value = NOTHING
        return
    share = cell.amount / cell.of
    target.value = float(round(share * HUNDRED, 1)) if in_percent else float(round(share, 3))
    target.number_format = "0.0" if in_percent else "0.0%"


def _without_formulas(sheet: Worksheet) -> None:
    for cell in sheet._cells.values():
        if isinstance(cell, BookCell) and cell.data_type == "f":
            cell.value = None


def _drawn(grid: Grid) -> Workbook:
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for one in grid.sheets:
        sheet = book.create_sheet(one.name)
        _draw_cells(sheet, one)
        for top, left, bottom, right in one.merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for column in range(1, one.columns + 1):
            sheet.column_dimensions[get_column_letter(column)].width = one.widths.get(column, WIDTH)
    return book


def _draw_cells(sheet: Worksheet, drawn: Sheet) -> None:
    for (row, column), cell in drawn.cells.items():
        target = sheet.cell(row, column)
        if not cell.formula and cell.text:
            target.value = cell.text
            target.data_type = "s"
        target.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if cell.border:
            target.border = _BORDER
        elif row == 1:
            target.font = Font(bold=True, size=14)


def _settled(content: bytes) -> bytes:
    """Return a workbook's archive without the moments at which it was written."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", part)
            new.writestr(entry_of(entry.filename), part)
    return kept.getvalue()


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def packed(workbook: bytes, file_name: str, manifest: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the upload pack: the filled workbook, and a manifest with its hash and how each number was counted."""
    facts = {
        **manifest,
        "made_at": made_at.isoformat(timespec="seconds"),
        "workbook": {"name": file_name, "sha256": digest(workbook), "bytes": len(workbook)},
    }
    kept = io.BytesIO()
    with Package(kept, at=made_at) as package:
        package.add(file_name, workbook)
        package.seal(facts)
    return kept.getvalue()
