"""Word documents: paragraphs and tables in the order in which they stand, with the numbers that Word itself writes."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from bihuan.campaigns.readers.limits import Limits, check_archive
from bihuan.campaigns.readers.numbers import Numbers
from bihuan.campaigns.readers.text import closed_up
from bihuan.campaigns.rules import Cell, Line, clean, number_of
from bihuan.kernel.errors import Refusal

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is not seen in the text where it stands: doubled, moved away, deleted; text boxes stand for themselves.
_UNSEEN: Final = frozenset((_FALLBACK, f"{_W}moveFrom", f"{_W}del", f"{_W}txbxContent"))
_ENDS: Final = "。；：！？;:!?）)》”"
_COPIED: Final = frozenset((_FALLBACK,))
LEAST_BROKEN: Final = 20  # characters before a break that only fits the page
# What a damaged archive or document makes the libraries raise; lxml's error for broken XML is a SyntaxError.
_BROKEN: Final = (
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


def read_docx(path: Path, name: str, limits: Limits) -> list[Line]:
    """Return the lines of a .docx file."""
    from docx import Document  # only here: other files need no Word
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(archive, name, limits)
            if archive.testzip() is not None:
                raise _broken(name)
        document = Document(str(path))
        reader = _Word(Numbers.of(document), _outlines(document), name, limits)
        reader.take(document.element.body)
        reader.end()
    except (*_BROKEN, PackageNotFoundError) as error:
        raise _broken(name) from error
    return reader.lines


def unbroken(parts: list[str]) -> list[str]:
    """Return the lines of a paragraph; a soft break within a sentence, set for the eye, is no break."""
    made = parts[:1]
    for part in parts[1:]:
        before = made[-1].rstrip()
        goes_on = len(before) >= LEAST_BROKEN or before.endswith(("，", "、", ","))
        if before and goes_on and before[-1] not in _ENDS and part.strip() and number_of(part) is None:
            made[-1] = before + part.strip()
        else:
            made.append(part)
    return [closed_up(part) for part in made]


def _broken(name: str) -> Refusal:
    return Refusal(
        "campaigns.broken_file",
        f"“{name}”打不开，文件可能没下载完或已损坏。请在 Word 里打开，另存为新的 .docx 再上传。",
    )


def _outlines(document: Any) -> dict[str, int]:
    """Return the level of each style of headings, by the style's id."""
    found: dict[str, int] = {}
    for style in document.styles.element.iterchildren(f"{_W}style"):
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None and str(level.get(f"{_W}val", "9")).isdecimal():
            value = int(level.get(f"{_W}val", "9")) + 1
            found |= {style.get(f"{_W}styleId", ""): value} if value <= 9 else {}
    return found


@dataclass
class _Word:
    numbers: Numbers
    outlines: dict[str, int]
    name: str
    limits: Limits
    lines: list[Line] = field(default_factory=list)
    tables: int = 0
    cells: int = 0
    joined: str = ""  # of a paragraph whose own end was deleted: it goes on in the next

    def take(self, parent: Any) -> None:
        """Take the paragraphs and tables below a node, content controls included."""
        for node in parent.iterchildren():
            if node.tag == f"{_W}p":
                self._paragraph(node)
            elif node.tag == f"{_W}tbl":
                self._table(node)
            elif node.tag in {
                f"{_W}sdt",
                f"{_W}sdtContent",
                f"{_W}ins",
                f"{_W}moveTo",
                f"{_W}smartTag",
                f"{_W}customXml",
            }:
                self.take(node)

    def end(self) -> None:
        """Take what is left of a paragraph whose end was deleted and after which none came."""
        if self.joined:
            self._lines(self.joined, "")
            self.joined = ""

    def _paragraph(self, node: Any) -> None:
        style = node.find(f"{_W}pPr/{_W}pStyle")
        style_id = style.get(f"{_W}val", "") if style is not None else ""
        text = self.joined + (self.numbers.before(node, style_id) if not self.joined else "") + _text(node)
        self.joined = ""
        if node.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            self.joined = text
        else:
            self._lines(text, style_id)
        for box in _boxes(node):
            self.take(box)

    def _lines(self, text: str, style_id: str) -> None:
        for part in unbroken(clean(text).split("\n")):
            self.lines.append(Line(len(self.lines), part, None, self.outlines.get(style_id)))

    def _table(self, table: Any) -> None:
        rows = [list(_cells(tr)) for tr in table.iterchildren(f"{_W}tr")]
        self.end()
        if all(len(cells) == 1 for cells in rows):  # a frame around prose, not a table
            for cells in rows:
                self.take(cells[0])
            return
        number, self.tables = self.tables, self.tables + 1
        open_cells: dict[int, int] = {}  # column → the line of a cell that goes down over rows
        for row, tr in enumerate(table.iterchildren(f"{_W}tr")):
            column = 0
            for tc in _cells(tr):
                self._cell(tc, Cell(number, row, column), open_cells)
                column += _width(tc)

    def _cell(self, tc: Any, cell: Cell, open_cells: dict[int, int]) -> None:
        self.cells += 1
        if self.cells > self.limits.cells:
            raise Refusal("campaigns.too_many_cells", f"“{self.name}”里的表格太大。请只留任务分工这类表格再上传。")
        merge = tc.find(f"{_W}tcPr/{_W}vMerge")
        kind = str(merge.get(f"{_W}val", "continue")) if merge is not None else ""
        if kind == "continue" and cell.column in open_cells:
            at = open_cells[cell.column]
            above = self.lines[at]
            if above.cell:
                grown = Cell(above.cell.table, above.cell.row, above.cell.column, cell.row - above.cell.row + 1)
                self.lines[at] = Line(above.index, above.text, grown)
            return
        open_cells.pop(cell.column, None)
        if kind == "restart":
            open_cells[cell.column] = len(self.lines)
        said = (self.numbers.before(one, "") + _text(one) for one in _seen(tc, f"{_W}p", unseen=_COPIED))
        text = " ".join(" ".join(part for part in said if part).split("\n"))
        self.lines.append(Line(len(self.lines), clean(text), cell))


def _cells(tr: Any) -> Iterator[Any]:
    for child in tr.iterchildren():
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag == f"{_W}sdt":
            yield from child.iter(f"{_W}tc")


def _width(tc: Any) -> int:
    span = tc.find(f"{_W}tcPr/{_W}gridSpan")
    value = str(span.get(f"{_W}val", "1")) if span is not None else "1"
    return max(1, min(int(value), 100)) if value.isdecimal() else 1


def _boxes(node: Any) -> Iterator[Any]:
    """Yield the text boxes that hang on a paragraph, each once."""
    return _seen(node, f"{_W}txbxContent")


def _seen(node: Any, *tags: str, unseen: frozenset[str] = _UNSEEN) -> Iterator[Any]:
    """Yield what is seen of some tags below a node; not what is within a box, a deletion or a copy for old programs."""
    for one in node.iter(*tags):
        between = takewhile(lambda above: above is not node, one.iterancestors())
        if not any(above.tag in unseen for above in between):
            yield one


def _text(node: Any) -> str:
    """Return a paragraph's text as it is seen: inserted text too, deleted and doubled text not."""
    found: list[str] = []
    for one in _seen(node, f"{_W}t", f"{_W}br", f"{_W}cr", f"{_W}tab", f"{_W}noBreakHyphen"):
        if one.tag == f"{_W}t":
            found.append(one.text or "")
        else:
            found.append({f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}.get(one.tag, "\n"))
    return "".join(found)
