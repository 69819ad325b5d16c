"""Plain tables as superiors draw them: names down, what is counted across; made in memory."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from bihuan.campaigns.models import ReturnForm
from bihuan.campaigns.services import returns as services
from tests.campaigns.returns.stage import ReturnStage

_THIN = Side(style="thin")


def table(
    names: Sequence[str],
    columns: Sequence[str],
    *,
    title: str = "安全生产情况统计表",
    corner: str = "行业",
    borders: bool = True,
    formulas: Mapping[str, str] | None = None,
) -> bytes:
    """Return a workbook: a title, headings in row 2, a name in the first column of each row below."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = title
    for number, text in enumerate((corner, *columns), start=1):
        sheet.cell(2, number, text)
    for number, text in enumerate(names, start=3):
        sheet.cell(number, 1, text)
    for address, formula in (formulas or {}).items():
        sheet[address] = formula
    if borders:
        for row in sheet.iter_rows(2, len(names) + 2, 1, len(columns) + 1):
            for cell in row:
                cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def uploaded(stage: ReturnStage, content: bytes, **more: str) -> ReturnForm:
    """Upload a table as the office."""
    form_id = services.upload_form(
        name="表.xlsx", content=content, actor=stage.loop.by("office"), now=stage.loop.at, **more
    )
    return ReturnForm.objects.get(pk=form_id)
