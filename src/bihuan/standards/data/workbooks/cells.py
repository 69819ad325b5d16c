"""Read the cells of a workbook that somebody uploads: bounded before it is opened, no formula or macro is ever run.

What Excel made of a text is not guessed back: a clause `3-1` that became a date, `1.10` that became 1.1 and a formula
are each told by their cell, so that a person writes again what was meant.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from bihuan.kernel.sheets import OLD, Bounds, TooSlow, read_content_apart
from bihuan.standards.data.uploads import UNSEEN, BadUpload

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 2 * MEGABYTE
MOST_UNPACKED: Final = 30 * MEGABYTE
MOST_PARTS: Final = 300
MOST_SHEETS: Final = 20
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 100
BOUNDS: Final = Bounds(MOST_ROWS, MOST_COLUMNS, MOST_ROWS * MOST_COLUMNS, MOST_SHEETS, seconds=20)
ZIP: Final = b"PK\x03\x04"
_CELL: Final = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_ROW: Final = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d{1,9})"[^>]*?(/?)>')
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ >/]")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ENTITY: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ERROR: Final = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_LESS: Final = "请删去图片和无关的表再传。"
_BROKEN: Final = "文件打不开，可能没有存完整，或者不是 Excel 表格。请用 Excel 打开，另存为 .xlsx 再传。"


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell. row, column: from 1, as Excel counts."""

    sheet: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """How a sentence names the cell."""
        return f"“{self.sheet}”表第{self.row}行{letters(self.column)}列"


@dataclass(frozen=True, slots=True)
class Tables:
    """The visible sheets, each from its first cell on. formulas: the cells that hold one, by sheet, (row, column)."""

    of: Mapping[str, Sequence[Sequence[Any]]]
    formulas: Mapping[str, Collection[tuple[int, int]]] = field(default_factory=dict)

    def at(self, spot: Spot) -> object:
        """Return what a cell holds; "" where there is none."""
        rows = self.of.get(spot.sheet, ())
        row = rows[spot.row - 1] if spot.row <= len(rows) else ()
        return row[spot.column - 1] if spot.column <= len(row) else ""

    def is_formula(self, spot: Spot) -> bool:
        """Tell whether a cell is computed."""
        return (spot.row, spot.column) in self.formulas.get(spot.sheet, ())


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is a workbook, of the new or of the old format."""
    return content[:4] in {ZIP, OLD}


def letters(column: int) -> str:
    """Return the letters of a column (from 1)."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def read_tables(content: bytes, bounds: Bounds = BOUNDS) -> Tables:
    """Return the cells of every visible sheet, read in a process of its own. Raises BadUpload."""
    if content[:4] == OLD:
        raise BadUpload(("这是旧格式（.xls）或加了密码的文件。请去掉密码，用 Excel 另存为 .xlsx 再传。",))
    if len(content) > MOST_BYTES:
        raise BadUpload((f"文件超过{MOST_BYTES // MEGABYTE}兆字节。{_LESS}",))
    formulas = _looked_through(content)
    return Tables(_rows(content, bounds), formulas)


def _rows(content: bytes, bounds: Bounds) -> dict[str, list[list[Any]]]:
    """Let a process of its own read the visible sheets, within time and memory."""
    try:
        answer = read_content_apart(content, bounds)
    except TooSlow:
        raise BadUpload((f"文件读了{bounds.seconds}秒还没读完，已停下。{_LESS}",)) from None
    if answer[0] == "sheets":
        raise BadUpload((f"有{answer[1]}张表，最多{bounds.sheets}张。{_LESS}",))
    if answer[0] == "large":
        raise BadUpload((_too_wide(answer[1]),))
    if answer[0] != "ok":
        raise BadUpload((_BROKEN,))
    return {name: rows for name, is_visible, rows, _ in answer[1] if is_visible}


def _too_wide(name: str) -> str:
    where = f"表“{name[:32]}”" if name else "有一张表"
    return f"{where}太大了，最多{MOST_ROWS}行、{MOST_COLUMNS}列。请删去后面空白的行列，另存再传。"


def _looked_through(content: bytes) -> dict[str, set[tuple[int, int]]]:
    """Bound what is inside and return the cells with formulas, before a reader takes room for any cell."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise BadUpload(("文件解开后太大，不像是填好的模板。请下载模板，把内容粘贴过去再传。",))
            names = _sheet_names(packed)
            return {name: _formulas(packed, part, name) for name, part in names.items()}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise BadUpload((_BROKEN,)) from None
    except KeyError:
        raise BadUpload((_BROKEN,)) from None  # a part is named that is not there


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    """Return a part; one that is larger than the archive says is refused by its checksum or cut off here."""
    with packed.open(name) as part:
        content = part.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED or _ENTITY.search(content):
        raise BadUpload((_BROKEN,))
    return content


def _sheet_names(packed: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet by its name."""
    links = {}
    for found in _RELATION.findall(_part(packed, "xl/_rels/workbook.xml.rels")):
        links[_attribute(found, b"Id")] = _attribute(found, b"Target")
    names = {}
    for found in _SHEET.findall(_part(packed, "xl/workbook.xml")):
        target = links.get(_attribute(found, rb"\w+:id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if target and part in packed.NameToInfo:
            names[_attribute(found, b"name")] = part
    return names


_PLAIN: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    text = found[1].decode("utf-8", "replace") if found else ""
    for written, meant in _PLAIN:
        text = text.replace(written, meant)
    return text


def _formulas(packed: zipfile.ZipFile, part: str, sheet: str) -> set[tuple[int, int]]:
    content = _part(packed, part)
    if any(int(row) > MOST_ROWS and not empty for row, empty in _ROW.findall(content)):
        raise BadUpload((_too_wide(sheet),))
    found = set()
    cells = list(_CELL.finditer(content))
    for number, cell in enumerate(cells):
        if cell[3]:
            continue  # carries a style only
        row, column = int(cell[2]), _number(cell[1])
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise BadUpload((_too_wide(sheet),))
        end = cells[number + 1].start() if number + 1 < len(cells) else len(content)
        if _FORMULA.search(content, cell.end(), end):
            found.add((row, column))
    return found


def _number(name: bytes) -> int:
    column = 0
    for sign in name:
        column = column * 26 + sign - 64
    return column


# -- what a cell says


class OddCell(ValueError):  # noqa: N818 -- what it says is an answer
    """A cell does not hold what was meant; the text says so, without its place."""


def text_in(tables: Tables, spot: Spot) -> str:
    """Return a cell as text, without blanks around it. Raises OddCell."""
    value = tables.at(spot)
    if tables.is_formula(spot):
        raise OddCell("是公式。请复制后用“选择性粘贴—数值”换成文字再传。")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date | datetime):
        raise OddCell("被 Excel 当成了日期。请先把单元格设为“文本”格式，再照原文填。")
    if isinstance(value, float) and not value.is_integer():
        raise OddCell(f"被 Excel 当成了数字{value:g}，末尾的零会丢。请先把单元格设为“文本”格式，再照原文填。")
    return _clean(str(int(value)) if isinstance(value, float) else str(value))


def _clean(text: str) -> str:
    if _ERROR.fullmatch(text.strip()):
        raise OddCell(f"里是错误值 {text.strip()}。请改成文字。")
    text = text.replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n")
    if UNSEEN.search(text):
        raise OddCell("里有不能显示的字符。请删去重写。")
    return text.strip()


def day_in(tables: Tables, spot: Spot) -> str:
    """Return a day as 2027-01-01, kept by Excel as a date or as text; "" where there is none. Raises OddCell."""
    value = tables.at(spot)
    if isinstance(value, date | datetime) and not tables.is_formula(spot):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    text = text_in(tables, spot)
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    if not text or found is None:
        if text:
            raise OddCell(f"写作“{text[:20]}”，不是日期。请写成 2027-01-01 这样。")
        return ""
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        raise OddCell(f"写作“{text[:20]}”，没有这一天。请核对。") from None


def lines_in(text: str) -> list[str]:
    """Return the lines of a cell, without empty ones."""
    return [line for one in text.split("\n") if (line := one.strip())]


def words_in(text: str) -> list[str]:
    """Return the words of a cell, one a line or between 、；，."""
    return [word for one in re.split(r"[\n、；;，,]", text) if (word := one.strip())]
