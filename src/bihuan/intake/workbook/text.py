"""Read .csv in any of the usual encodings, and the HTML tables that many systems export as .xls."""

import csv
import io
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from bihuan.intake.rules.cells import Cell, Grid, Merge, Sheet
from bihuan.intake.rules.items import Doubt
from bihuan.intake.workbook.limits import Limits
from bihuan.kernel.errors import Refusal

SNIFFED: Final = 64 * 1024
DELIMITERS: Final = ",\t;|"
MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
LONGEST_FIELD: Final = 100_000  # Excel's own cells end at 32,767 characters
FEWEST_PRINTABLE: Final = 0.95


def is_text(head: bytes) -> bool:
    """Tell whether the first bytes of a file are text in an encoding we read."""
    if head.startswith(tuple(mark for mark, _ in MARKS)):
        return True
    if b"\x00" in head:
        return False
    controls = sum(byte < 32 and byte not in b"\t\r\n\x0c" for byte in head)
    return controls <= len(head) * (1 - FEWEST_PRINTABLE) and _encoding_of(head, is_whole=False) is not None


def looks_like_markup(head: bytes) -> bool:
    """Tell whether a file is HTML, whatever its name says."""
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) or (
        start.startswith(b"<") and b"<table" in start
    )


def _encoding_of(data: bytes, *, is_whole: bool = True) -> str | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            if not is_whole and error.start >= len(data) - 4:  # a character cut at the end of the sample
                return encoding
        else:
            return encoding
    return None


def _decode(path: Path) -> str:
    data = path.read_bytes()
    encoding = _encoding_of(data)
    if encoding is None:
        raise Refusal("intake.encoding", f"“{path.name}”的文字编码认不出来。请在 Excel 里打开，另存为 .xlsx 再上传。")
    return data.decode(encoding, errors="replace")


def read_csv(path: Path, limits: Limits) -> tuple[list[Sheet], list[Doubt]]:
    """Read delimited text; a record's number is its row, as Excel shows it."""
    text = _decode(path)
    csv.field_size_limit(LONGEST_FIELD)
    grid: Grid = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter_of(text)):
            if len(grid) >= limits.rows or len(record) > limits.columns:
                raise _too_large(path, limits)
            grid.append(list(record))
    except csv.Error as error:
        raise Refusal(
            "intake.broken_file", f"“{path.name}”第 {len(grid) + 1} 行读不下去。请在 Excel 里另存为 .xlsx 再上传。"
        ) from error
    return [Sheet(path.stem, grid)], []


def _too_large(path: Path, limits: Limits) -> Refusal:
    return Refusal(
        "intake.too_many_cells",
        f"“{path.name}”太大，一张表最多 {limits.rows} 行、{limits.columns} 列。请分成几个文件。",
    )


def _delimiter_of(text: str) -> str:
    """Return the sign that parts the columns: the one that most lines of the start hold equally often."""
    lines = [line for line in text[:SNIFFED].splitlines() if line.strip()][:50]
    return max(DELIMITERS, key=lambda sign: sum(min(line.count(sign), 100) for line in lines))


class _Tables(HTMLParser):
    """Collects the tables of a page, with their spans."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.sheets: list[tuple[Grid, list[Merge]]] = []
        self._taken: set[tuple[int, int]] = set()
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._column = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        if tag == "table":
            self.sheets.append(([], []))
            self._taken = set()
        elif tag == "tr" and self.sheets:
            self.sheets[-1][0].append([])
            self._column = 0
            self._check()
        elif tag in {"td", "th"} and self.sheets:
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._cell = []
        elif tag in {"br", "p"} and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the text of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Put a finished cell into its place."""
        if tag in {"td", "th"} and self._cell is not None and self.sheets:
            self._put("".join(self._cell).strip())
            self._cell = None

    def _put(self, text: str) -> None:
        grid, merged = self.sheets[-1]
        if not grid:
            grid.append([])
        row = len(grid) - 1
        while (row, self._column) in self._taken:
            self._column += 1
        height, width = self._span
        cells: list[Cell] = grid[row]
        cells += [""] * (self._column + width - len(cells))
        cells[self._column] = text
        if height > 1 or width > 1:
            merged.append((row, self._column, row + height - 1, self._column + width - 1))
            self._taken |= {(row + r, self._column + c) for r in range(1, height) for c in range(width)}
        self._column += width
        self._check()

    def _check(self) -> None:
        grid = self.sheets[-1][0]
        if len(grid) > self.limits.rows or self._column > self.limits.columns or len(self.sheets) > self.limits.sheets:
            raise Refusal(
                "intake.too_many_cells",
                f"表格太大，一张表最多 {self.limits.rows} 行、{self.limits.columns} 列。请分成几个文件。",
            )


def _span(text: str | None) -> int:
    return min(int(text), 500) if text and text.isdecimal() and int(text) else 1


def read_html(path: Path, limits: Limits) -> tuple[list[Sheet], list[Doubt]]:
    """Read the tables of an HTML page."""
    parser = _Tables(limits)
    parser.feed(_decode(path))
    sheets = [Sheet(f"表{number}", grid, tuple(merged)) for number, (grid, merged) in enumerate(parser.sheets, start=1)]
    return [sheet for sheet in sheets if any(sheet.grid)], []
