"""Draw a list of a return on a sheet: title, who fills it in, headings, and a row for each thing listed."""

from typing import Final

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bihuan.campaigns.rules.returns.listed import Listed
from bihuan.campaigns.rules.returns.signing import Signed

HEAD: Final = 3  # the row of the headings
NUMBER_WIDTH, NARROW, WIDE = 6, 14, 30
LONG: Final = 16  # characters from which a column is wide
_THIN: Final = Side(style="thin", color="999999")
_BORDER: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WAITING: Final = PatternFill("solid", fgColor="F2F2F2")


def draw_list(sheet: Worksheet, listed: Listed, signed: Signed) -> None:
    """Draw one list. Columns that wait for a room are shaded and left empty; a list that nobody can tell says why."""
    last = max(len(listed.columns), 1)
    _write(sheet, 1, 1, listed.title).font = Font(bold=True, size=14)
    on = signed.on.isoformat() if signed.on is not None else ""
    _write(sheet, 2, 1, f"填报单位：{signed.unit}　填报日期：{on}　填表人：{signed.by}")
    for row in (1, 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    for column, name in enumerate(listed.columns, 1):
        cell = _write(sheet, HEAD, column, name)
        cell.font, cell.border = Font(bold=True), _BORDER
        longest = max((len(one.cells[column - 1]) for one in listed.rows), default=0)
        wide = NUMBER_WIDTH if column == 1 else WIDE if longest > LONG else NARROW
        sheet.column_dimensions[get_column_letter(column)].width = wide
    for number, one in enumerate(listed.rows, HEAD + 1):
        for column, text in enumerate(one.cells, 1):
            cell = _write(sheet, number, column, text)
            cell.border = _BORDER
            if column - 1 in listed.waiting_at:
                cell.fill = _WAITING
    foot = HEAD + 1 + len(listed.rows)
    more = f"另有 {listed.beyond} 行没有列出。" if listed.beyond else ""
    for said in filter(None, (listed.why or ("" if listed.rows else "没有"), more)):
        _write(sheet, foot, 1, said).alignment = Alignment(horizontal="left")
        sheet.merge_cells(start_row=foot, start_column=1, end_row=foot, end_column=last)
        foot += 1
    sheet.freeze_panes = f"A{HEAD + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD}:{HEAD}"


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    cell = sheet.cell(row, column)
    cell.value = text or None
    if text:
        cell.data_type = "s"  # never a formula
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell
