"""Read a workbook under limits: type, size, unpacked size, rows; formulas and macros are never run."""

import io
import zipfile
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from bihuan.kernel.errors import Refusal

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 20 * MEGABYTE
MOST_UNPACKED: Final = 200 * MEGABYTE
MOST_PARTS: Final = 2_000
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 100
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


class UnreadableWorkbook(Refusal):
    """The file cannot be read as tables; the sentence says what to do."""

    def __init__(self, code: str, say: str) -> None:
        super().__init__(f"orgs.{code}", say, field="file")


def read_workbook(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of every visible sheet, by its name, from the first cell on. Raises UnreadableWorkbook."""
    _must_be_safe(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        return {name: _cells(book, name) for name in shown}
    except PasswordError:
        raise UnreadableWorkbook("encrypted", "文件加了密码，读不出来。请去掉密码另存后再用。") from None
    except CalamineError as error:
        say = "文件打不开，可能没有存完整，或者不是 Excel 表格。请用 Excel 打开另存为 .xlsx 后再用。"
        raise UnreadableWorkbook("broken", say) from error


def _must_be_safe(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        size, most = len(content) // MEGABYTE, MOST_BYTES // MEGABYTE
        raise UnreadableWorkbook("too_large", f"文件有 {size} MB，最大 {most} MB。请删去图片再用。")
    if content[:4] == _ZIP:
        _must_unpack_small(content)
    elif content[:4] != _OLE:
        raise UnreadableWorkbook("not_excel", "这不是 Excel 文件。请用模板填写，存成 .xlsx。")


def _must_unpack_small(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableWorkbook("broken", "文件不完整，打不开。请重新保存后再用。") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableWorkbook("bomb", "文件解开后太大，不像是单位和人员的表。请用模板重新填写。")


def _cells(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        say = f"表“{name}”有 {sheet.total_height} 行、{sheet.total_width} 列，太大了。请删去空白的行列再用。"
        raise UnreadableWorkbook("too_many_cells", say)
    return sheet.to_python(skip_empty_area=False)
