"""Read a workbook of enterprises under limits: type, size, unpacked size, rows; formulas and macros are never run."""

import io
import zipfile
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from bihuan.enterprises.rules.sheet import MOST_ROWS, Sheet, read_sheet
from bihuan.kernel.errors import Refusal

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 20 * MEGABYTE
MOST_UNPACKED: Final = 300 * MEGABYTE
MOST_PARTS: Final = 2_000
MOST_COLUMNS: Final = 200
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


class UnreadableWorkbook(Refusal):
    """The file cannot be read as a table; the sentence says what to do."""

    def __init__(self, code: str, say: str) -> None:
        super().__init__(f"enterprises.{code}", say, field="file")


def read_workbook(content: bytes) -> Sheet:
    """Read the first visible sheet that has our header. Raises UnreadableWorkbook."""
    _must_be_safe(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        tables = [_cells(book, name) for name in shown]
    except PasswordError:
        raise UnreadableWorkbook("encrypted", "文件加了密码，读不出来。请去掉密码另存后再上传。") from None
    except CalamineError as error:
        say = "文件打不开，可能没有存完整，或者不是 Excel 表格。请用 Excel 打开另存为 .xlsx 后再上传。"
        raise UnreadableWorkbook("broken", say) from error
    sheets = [read_sheet(cells) for cells in tables]
    return next((sheet for sheet in sheets if sheet.letters), sheets[0] if sheets else read_sheet([]))


def _must_be_safe(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        size, most = len(content) // MEGABYTE, MOST_BYTES // MEGABYTE
        say = f"文件有 {size} MB，最大 {most} MB。请删去图片，或者分成几个文件。"
        raise UnreadableWorkbook("too_large", say)
    if content[:4] == _ZIP:
        _must_unpack_small(content)
    elif content[:4] != _OLE:
        say = "这不是 Excel 文件。请上传 .xlsx 或 .xls，最好用页面上的模板填写。"
        raise UnreadableWorkbook("not_excel", say)


def _must_unpack_small(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        say = "文件不完整，打不开。请重新保存后再上传。"
        raise UnreadableWorkbook("broken", say) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        say = "文件解开后太大，不像是企业名单。请只留企业名单这一张表，另存后再上传。"
        raise UnreadableWorkbook("bomb", say)


def _cells(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    """Read a sheet from its first cell, so that rows and columns are those of Excel."""
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MOST_ROWS * 2 or sheet.total_width > MOST_COLUMNS:
        say = f"表“{name}”有 {sheet.total_height} 行、{sheet.total_width} 列，太大了。请删去空白的行列，另存后再上传。"
        raise UnreadableWorkbook("too_many_cells", say)
    return sheet.to_python(skip_empty_area=False)
