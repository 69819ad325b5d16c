"""PDF files with text: pages into lines, lines that were broken by the page's width into paragraphs."""

import logging
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

from bihuan.campaigns.readers.columns import in_columns, may_have_columns
from bihuan.campaigns.readers.limits import Limits, check_length
from bihuan.campaigns.readers.ruled import Grid, Tables, may_have_tables, with_tables
from bihuan.campaigns.readers.text import closes_title, read_text
from bihuan.campaigns.rules import Line, clean, fold, number_of
from bihuan.kernel.errors import Refusal

TABLE: Final = "\ue000"  # of the private use area: stands about the number of a table in a page's text
_MARK: Final = re.compile(rf"{TABLE}(?P<number>\d+){TABLE}")
_PAGE_NUMBER: Final = re.compile(
    r"^[\s\-—–－·•]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,3}\s*页?)?[\s\-—–－·•]*$"
)
_LEAST: Final = 8  # characters on a page, below which it holds a picture of text
_ENDS: Final = "。；：;:"
_INDENT: Final = 2
DEEPEST: Final = 6  # characters of an indent, from which it is one of a paragraph no more
INDENTED: Final = 0.15  # of the lines, from which every paragraph has its indent
FULL: Final = 0.93  # of the widest line: what fills its line may go on even after a stop
LONG: Final = 0.7  # of the widest line: what is as long may go on
EDGE: Final = 2  # lines at the head and foot of a page that may be its header, footer or number
LEAST_PAGES: Final = 3  # on which a header must stand to be one
_BETWEEN_HAN: Final = re.compile(
    r"(?<=[一-龥，。、；：“”（）《》〔〕]) +(?=[一-龥，。、；：“”（）《》〔〕\d])|(?<=\d) +(?=[一-龥，。、；：〕）])"
)


def read_pdf(path: Path, name: str, limits: Limits) -> list[Line]:
    """Return the lines of a .pdf file. Raises Refusal with the code campaigns.scan when its pages are pictures."""
    from pypdf import PdfReader  # only here: other files need no PDF
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds odd in a file is nothing for the operator
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refusal("campaigns.encrypted", f"“{name}”设了打开密码，读不了。请去掉密码，另存后再上传。")
        if len(reader.pages) > limits.pages:
            raise Refusal(
                "campaigns.too_many_pages",
                f"“{name}”有 {len(reader.pages)} 页，最多 {limits.pages} 页。请只留方案正文和附件。",
            )
        grids: list[Grid] = []
        pages = [_text_of(page, grids) for page in reader.pages]
    except (
        PyPdfError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        OSError,
        RecursionError,
        NotImplementedError,
        AssertionError,
        ArithmeticError,
    ) as error:
        raise Refusal(
            "campaigns.broken_file", f"“{name}”打不开，文件可能没下载完或已损坏。请重新导出 PDF，或上传 Word 文件。"
        ) from error
    text = [clean(page).strip("\n") for page in pages]
    in_tables = sum(grid.length for grid in grids)
    if in_tables + sum(len(re.sub(r"\s", "", page)) for page in text) < _LEAST * max(1, len(text)):
        raise Refusal("campaigns.scan", f"“{name}”是扫描件，里面没有文字。")
    check_length(in_tables + sum(map(len, text)), name, limits)
    return _with_cells(read_text("\n".join(paragraphs(text))), grids, name, limits)


def _with_cells(lines: list[Line], grids: list[Grid], name: str, limits: Limits) -> list[Line]:
    """Put the cells of tables where their marks stand; a table that a page has cut goes on as one."""
    tables = Tables(max((line.cell.table for line in lines if line.cell), default=-1))
    for line in lines:
        mark = _MARK.fullmatch(line.text.strip())
        if mark is None:
            tables.line(line)
        else:
            tables.grid(grids[int(mark["number"])])
        if len(tables.lines) > limits.cells:
            raise Refusal("campaigns.too_many_cells", f"“{name}”里的表格太大。请只留任务分工这类表格再上传。")
    return tables.lines


def _text_of(page: Any, grids: list[Grid]) -> str:
    """Return the text of a page; a ruled table is kept aside and leaves a line that marks its place."""
    if may_have_tables(page):
        lines, any_table = with_tables(page)
        if any_table:
            return "\n".join(one.replace(TABLE, "") if isinstance(one, str) else _kept(one, grids) for one in lines)
    text = str(page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False))
    return ((in_columns(page) if may_have_columns(text) else None) or text).replace(TABLE, "")


def _kept(grid: Grid, grids: list[Grid]) -> str:
    grids.append(grid)
    return f"{TABLE}{len(grids) - 1}{TABLE}"


def paragraphs(pages: list[str]) -> list[str]:
    """Return the paragraphs of pages that keep their indents; page numbers go."""
    bodies = [_body(page.split("\n")) for page in pages]
    lines = [line.rstrip() for body in _without_headers(bodies) for line in body]
    lines = [_BETWEEN_HAN.sub("", line) if not line.strip() else _indented(line) for line in lines]
    left = min((_indent(line) for line in lines if line.strip()), default=0)
    widest = max(map(_width, lines), default=0.0)
    indented = sum(_INDENT <= _indent(line) - left <= DEEPEST for line in lines) >= INDENTED * len(lines)
    made: list[str] = []
    open_end, full = False, 0.0
    for line in lines:
        if not line.strip():
            open_end, full = open_end and bool(made), 0.0
            continue
        aside = TABLE in line
        begins = aside or _indent(line) - left >= _INDENT or number_of(fold(line.strip())) is not None
        goes_on = open_end or (full >= FULL and indented) or (full >= LONG and _is_open(made[-1]))
        if made and goes_on and not begins and not closes_title(made[-1], line):
            made[-1] += line.strip()
        else:
            made.append(line.strip())
        full = 0.0 if aside else (_width(line) + _indent(line) - left) / widest
        open_end = not aside and line.strip()[-1] not in _ENDS and _width(line) >= widest * LONG
    return made


def _is_open(text: str) -> bool:
    """Tell whether a bracket of a paragraph is still open."""
    return any(text.count(opens) > text.count(closes) for opens, closes in ("（）", "()", "【】", "《》"))


def _without_headers(pages: list[list[str]]) -> list[list[str]]:
    """Return pages without the lines that stand at the head or foot of nearly each of them."""
    if len(pages) < LEAST_PAGES:
        return pages
    edges = Counter(key for page in pages for key in {_edge(page[at]) for at in _edges(page)} if key)
    repeated = {key for key, amount in edges.items() if amount >= max(LEAST_PAGES, len(pages) * 0.6)}
    return [
        [line for at, line in enumerate(page) if at not in _edges(page) or _edge(line) not in repeated]
        for page in pages
    ]


def _edges(page: list[str]) -> set[int]:
    """Return the places of a page's first and last two lines with text."""
    told = [at for at, line in enumerate(page) if line.strip()]
    return {*told[:EDGE], *told[-EDGE:]}


def _edge(line: str) -> str:
    return "" if TABLE in line else re.sub(r"\d+|\s", "", line)


def _body(page: list[str]) -> list[str]:
    """Return a page's lines without the page's number at its head or foot."""
    edges = _edges(page)
    return [line for at, line in enumerate(page) if not (_PAGE_NUMBER.match(line) and at in edges)]


def _width(line: str) -> float:
    """Return how wide a line is, in Chinese characters, without its indent."""
    return sum(0.5 if one.isascii() else 1.0 for one in line.strip())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _indented(line: str) -> str:
    return " " * _indent(line) + _BETWEEN_HAN.sub("", line.strip())
