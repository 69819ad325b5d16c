"""Read the tables of a .docx; each table is a sheet, the paragraphs before it its titles."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bihuan.intake.rules.cells import Cell, Grid, Merge, Sheet
from bihuan.intake.rules.items import Doubt
from bihuan.intake.workbook.limits import Limits, check_archive
from bihuan.kernel.errors import Refusal

# What a damaged archive or document makes the libraries raise; lxml's error for broken XML is a SyntaxError.
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
    AttributeError,
)
MOST_TITLES: Final = 6
LONGEST_TITLE: Final = 100


def read_docx(path: Path, limits: Limits) -> tuple[list[Sheet], list[Doubt]]:
    """Read a document's tables with their merged cells."""
    notes: list[Doubt] = []
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(archive, limits)
            if archive.testzip() is not None:
                raise _broken(path)
            if any(entry.filename.endswith("vbaProject.bin") for entry in archive.infolist()):
                notes.append(Doubt("macros", "文件里有宏。只读了表格，宏没有运行，也没有保存。"))
        body = Document(str(path)).element.body
    except (*BROKEN, PackageNotFoundError) as error:
        raise _broken(path) from error
    sheets = list(_sheets(body, limits))
    if not sheets:
        raise Refusal(
            "intake.no_table", f"“{path.name}”里没有表格。请把清单放进 Word 的表格里，或另存为 Excel 再上传。"
        )
    return sheets, notes


def _broken(path: Path) -> Refusal:
    return Refusal(
        "intake.broken_file",
        f"“{path.name}”打不开，文件可能没下载完或已损坏。请在 Word 里打开，另存为新的 .docx 再上传。",
    )


def _sheets(body: BaseOxmlElement, limits: Limits) -> Iterator[Sheet]:
    titles: list[str] = []
    number = 0
    for element in body.iterchildren():
        if element.tag == qn("w:p"):
            text = _text(element)
            if text and len(text) <= LONGEST_TITLE:
                titles = [*titles[-MOST_TITLES:], text]
        elif element.tag == qn("w:tbl"):
            number += 1
            if number > limits.sheets:
                raise Refusal("intake.too_many_sheets", f"文件里的表格太多，最多 {limits.sheets} 张。请只留下清单。")
            grid, merged = _table(element, limits)
            yield Sheet(f"表{number}", grid, merged, tuple(titles))
            titles = []


def _text(element: BaseOxmlElement) -> str:
    parts: list[str] = []
    for node in element.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        parts.append(node.text or "" if node.tag == qn("w:t") else "\n" if node.tag == qn("w:br") else " ")
    return "".join(parts).strip()


def _table(table: BaseOxmlElement, limits: Limits) -> tuple[Grid, tuple[Merge, ...]]:
    grid: Grid = []
    open_from: dict[int, tuple[int, int]] = {}  # column → (first row, width) of a vertical merge
    merges: dict[tuple[int, int], Merge] = {}
    for row, tr in enumerate(table.iterchildren(qn("w:tr"))):
        if row >= limits.rows:
            raise Refusal("intake.too_many_cells", f"表格太大，最多 {limits.rows} 行。请分成几个文件。")
        cells: list[Cell] = [""] * _skipped(tr)
        for tc in _cells(tr):
            column = len(cells)
            width = _width(tc, limits)
            continues = _vertical(tc)
            cells += ["" if continues == "continue" else _cell_text(tc), *[""] * (width - 1)]
            if continues == "continue" and column in open_from:
                top, span = open_from[column]
                merges[top, column] = (top, column, row, column + span - 1)
                continue
            open_from.pop(column, None)
            if continues == "restart":
                open_from[column] = (row, width)
            if width > 1:
                merges[row, column] = (row, column, row, column + width - 1)
        grid.append(cells)
    return grid, tuple(merges.values())


def _cells(tr: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for child in tr.iterchildren():
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt"):
            yield from child.iter(qn("w:tc"))


def _skipped(tr: BaseOxmlElement) -> int:
    """Return how many columns a row leaves out at its left."""
    found = tr.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return int(found.get(qn("w:val"), "0")) if found is not None else 0


def _width(tc: BaseOxmlElement, limits: Limits) -> int:
    span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    width = int(span.get(qn("w:val"), "1")) if span is not None else 1
    return max(1, min(width, limits.columns))


def _vertical(tc: BaseOxmlElement) -> str:
    merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return str(merge.get(qn("w:val"), "continue")) if merge is not None else ""


def _cell_text(tc: BaseOxmlElement) -> str:
    lines = (_text(paragraph) for paragraph in tc.iterchildren(qn("w:p")))
    return "\n".join(line for line in lines if line)
