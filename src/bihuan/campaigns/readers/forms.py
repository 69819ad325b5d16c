"""Read a superior's form into a grid, under limits; formulas and macros are never run (design, section 11)."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree  # parts with entities are refused before anything is parsed

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from bihuan.campaigns.readers.limits import DEFAULT_LIMITS, MEGABYTE, size_words
from bihuan.campaigns.readers.programs import old_book_as_xlsx
from bihuan.campaigns.rules.returns.grid import Cell, Grid, Merge, Sheet
from bihuan.kernel.errors import Refusal

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITY: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RANGE: Final = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")
_XML: Final = (".xml", ".rels", ".vml")
_ADVICE: Final = "请在 Excel 里打开，另存为新的 .xlsx 再上传"


@dataclass(frozen=True, slots=True)
class FormLimits:
    """Bounds of a form's file. file_bytes, unpacked_bytes: bytes; merged: cells in all merged ranges of a sheet."""

    file_bytes: int = 2 * MEGABYTE
    unpacked_bytes: int = 16 * MEGABYTE
    entries: int = 300
    sheets: int = 8
    rows: int = 400
    columns: int = 120
    cells: int = 20_000
    merged: int = 20_000
    text: int = 200


DEFAULT: Final = FormLimits()


def as_workbook(content: bytes, name: str, limits: FormLimits = DEFAULT) -> tuple[bytes, str]:
    """Return a form's file as .xlsx with its name: an old .xls is converted where LibreOffice is. Raises Refusal."""
    if not content.startswith(OLE) or len(content) > limits.file_bytes:
        return content, name
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refusal(
            "returns.encrypted",
            f"“{name}”设了打开密码，读不了。请在 Excel 里去掉密码，另存后再上传。",
            field="file",
        )
    if not any(word.encode("utf-16-le") in content for word in ("Workbook", "Book")):
        return content, name
    return old_book_as_xlsx(content, name, DEFAULT_LIMITS), f"{name.rpartition('.')[0] or name}.xlsx"


def read_form(content: bytes, name: str, limits: FormLimits = DEFAULT) -> Grid:
    """Return a form's visible sheets as a grid. name: as the person called the file. Raises Refusal."""
    check_form(content, name, limits)
    try:
        book = load_workbook(io.BytesIO(content), keep_vba=False, keep_links=False)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, InvalidFileException) as error:
        raise _broken(name) from error
    visible = [one for one in book.worksheets if one.sheet_state == "visible"]
    grid = Grid(tuple(_sheet(one, name, limits) for one in visible))
    if not any(sheet.cells for sheet in grid.sheets):
        raise Refusal("returns.no_cells", f"“{name}”里没有表格。请确认表在可见的工作表里，再上传。", field="file")
    return grid


def check_form(content: bytes, name: str, limits: FormLimits = DEFAULT) -> None:
    """Refuse what is no .xlsx, too large, or would unpack or spread to too much; nothing is built from it before."""
    if not content:
        raise Refusal("returns.empty_file", f"“{name}”是空的（0 字节）。请重新导出或另存后再上传。", field="file")
    if len(content) > limits.file_bytes:
        most = size_words(limits.file_bytes)
        raise Refusal("returns.too_large", f"“{name}”超过 {most}。请删去图片和无关的工作表再上传。", field="file")
    if not content.startswith(ZIP):
        raise Refusal(
            "returns.wrong_type",
            f"“{name}”不是 .xlsx，也不是 .xls。图片、Word 和 PDF 请向上级要 Excel 表。",
            field="file",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive, name, limits)
    except (zipfile.BadZipFile, ElementTree.ParseError, OSError, ValueError, NotImplementedError, RuntimeError) as bad:
        raise _broken(name) from bad


def _check_parts(archive: zipfile.ZipFile, name: str, limits: FormLimits) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise _broken(name)
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise Refusal("returns.zip_bomb", f"“{name}”解压后异常地大，没有读取。{_ADVICE}。", field="file")
    if sum(one.startswith("xl/worksheets/") and one.endswith(".xml") for one in names) > limits.sheets:
        raise Refusal("returns.too_many_sheets", f"“{name}”的工作表太多，最多 {limits.sheets} 张。", field="file")
    for entry in entries:
        part = archive.read(entry)
        if not entry.filename.lower().endswith(_XML):
            continue
        if _ENTITY.search(part) or b"\0" in part:
            raise Refusal("returns.broken_file", f"“{name}”里有不该出现的外部引用。{_ADVICE}。", field="file")
        if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
            _check_spread(part, name, limits)


def _check_spread(part: bytes, name: str, limits: FormLimits) -> None:
    """Bound what the library would build: every cell of every merged range, and every cell that is written down."""
    merged = cells = 0
    for _, node in ElementTree.iterparse(io.BytesIO(part)):  # noqa: S314 -- without entities there is nothing to expand
        tag = node.tag.rpartition("}")[2]
        if tag == "c":
            cells += 1
        elif tag == "mergeCell":
            merged += _area(node.get("ref", ""))
        node.clear()
        if merged > limits.merged or cells > limits.cells:
            raise _too_large(name, limits)


def _area(reference: str) -> int:
    found = _RANGE.match(reference)
    if found is None:
        raise ValueError(reference)
    left, top, right, bottom = found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2])
    return (abs(_number(right) - _number(left)) + 1) * (abs(bottom - top) + 1)


def _number(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found


def _sheet(sheet: Worksheet, name: str, limits: FormLimits) -> Sheet:
    cells = dict(_cells(sheet, name, limits))
    merged = tuple(Merge(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges)
    if any(one.bottom > limits.rows or one.right > limits.columns for one in merged):
        raise _too_large(name, limits)
    widths = {
        one.min: float(one.width)
        for one in sheet.column_dimensions.values()
        if one.width and one.min is not None and 0 < one.min <= limits.columns
    }
    return Sheet(sheet.title, cells, tuple(sorted(merged)), widths)


def _cells(sheet: Worksheet, name: str, limits: FormLimits) -> Iterator[tuple[tuple[int, int], Cell]]:
    for (row, column), cell in sheet._cells.items():  # rows of the library would walk to the farthest cell
        if not isinstance(cell, BookCell):
            continue
        text = "" if cell.value is None else _text(cell, limits)
        border = any(
            side is not None and side.style for side in (cell.border.bottom, cell.border.right, cell.border.top)
        )
        if not text and not border:
            continue
        if row > limits.rows or column > limits.columns:
            if text:
                raise _too_large(name, limits)
            continue
        yield (row, column), Cell(text, cell.data_type == "f", border)


def _text(cell: BookCell, limits: FormLimits) -> str:
    if cell.data_type == "f":
        return "="
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "".join(one for one in str(value) if one.isprintable() or one == "\n").strip()[: limits.text]


def _too_large(name: str, limits: FormLimits) -> Refusal:
    return Refusal(
        "returns.too_many_cells",
        f"“{name}”太大：一张报表最多 {limits.rows} 行、{limits.columns} 列。请删去多余的行列再上传。",
        field="file",
    )


def _broken(name: str) -> Refusal:
    return Refusal("returns.broken_file", f"“{name}”打不开，文件可能没下载完或已损坏。{_ADVICE}。", field="file")
