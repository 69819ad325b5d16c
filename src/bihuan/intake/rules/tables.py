"""Find the tables of a sheet among titles, notes and totals (R3.31)."""

import re
from datetime import date
from typing import Final

from bihuan.intake.rules.cells import Cell, Sheet, plain
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.headers import is_count, is_recognised, meaning_of
from bihuan.intake.rules.layout import Column, Layout, Table
from bihuan.intake.rules.own import without_own
from bihuan.intake.rules.records import (
    ENOUGH_NAMES,
    FEWEST_NAMES,
    HALF,
    LONGEST_HEADING,
    Walk,
    may_be_header,
    section_over,
    take_row,
)

SEARCH_ROWS: Final = 30
MOST_LEVELS: Final = 3
ENOUGH_COUNTS: Final = 4


def find_tables(sheet: Sheet) -> list[Table]:
    """Return the tables of a sheet in order; none when no header row is recognised."""
    layout = Layout(without_own(sheet))
    for enough in (ENOUGH_NAMES, FEWEST_NAMES):
        tables = _scan(layout, enough)
        if tables:
            return tables
    return []


def table_at(sheet: Sheet, header_row: int) -> Table:
    """Return the table whose header a person has pointed at. header_row: from 0."""
    layout = Layout(without_own(sheet))
    titles = [text for row in range(header_row) for text in layout.texts(row).values()]
    table = _table(layout, header_row, list(sheet.context) + titles)
    _fill(layout, table)
    return table


def _fill(layout: Layout, table: Table) -> int:
    """Read the rows under the (last) header of a table; return the row at which it stops."""
    walk = Walk(table.section)
    description = table.index_of(Field.DESCRIPTION)
    row = max(table.header_rows) + 1
    grid = layout.sheet.grid
    while row < len(grid):
        if may_be_header(layout, row) and is_header(layout, row):
            table.section = walk.section
            return row
        take_row(layout, table, row, walk, description)
        row += 1
    return row


def _scan(layout: Layout, enough: int) -> list[Table]:
    tables: list[Table] = []
    titles: list[str] = list(layout.sheet.context)
    row = 0
    while row < len(layout.sheet.grid):
        if tables:
            row = _fill(layout, tables[-1])
            titles = [entry.text for entry in tables[-1].dropped[-2:] if entry.why == "section"]
        elif row >= SEARCH_ROWS:
            break
        if row < len(layout.sheet.grid) and is_header(layout, row, enough):
            _add(tables, _table(layout, row, titles or list(tables[0].titles if tables else ())))
        elif not tables:
            titles += [text for text in layout.texts(row).values() if text not in titles]
        row += 1
    return tables


def _add(tables: list[Table], table: Table) -> None:
    """Take a table; one with the columns of the one before it (a header repeated on each page) goes on with that."""
    last = tables[-1] if tables else None
    if last is not None and [c.path for c in last.columns] == [c.path for c in table.columns]:
        last.header_rows = (*last.header_rows, *table.header_rows)
        return
    tables.append(table)


def is_header(layout: Layout, row: int, enough: int = ENOUGH_NAMES) -> bool:
    """Tell whether a row heads a table: enough distinct known names, and little else."""
    texts = layout.texts(row)
    if len(texts) < enough or any(len(text) > LONGEST_HEADING + 10 for text in texts.values()):
        return False
    if sum(not isinstance(layout.sheet.grid[row][index], str) for index in texts) > 1:
        return False
    counts = sum(is_count(text) for text in texts.values())
    known = [meaning_of((text,)) for text in texts.values() if is_recognised((text,))]
    fields = {meaning.field for meaning in known}
    if counts >= ENOUGH_COUNTS and counts + len(known) >= len(texts) * HALF:
        return True
    return len(fields) >= enough and len(known) >= len(texts) * HALF and bool(fields & _TELLING)


_TELLING: Final = frozenset(
    {
        Field.DESCRIPTION,
        Field.ENTERPRISE_NAME,
        Field.STATUS,
        Field.DEADLINE,
        Field.MEASURES,
        Field.FOUND_ON,
        Field.VILLAGE,
    }
)


def _table(layout: Layout, row: int, titles: list[str]) -> Table:
    rows = [row]
    while len(rows) < MOST_LEVELS and _is_lower_header(layout, rows[-1]):
        rows.append(rows[-1] + 1)
    above = [row - 1] if _is_upper_header(layout, row) else []
    paths = [_path(layout, above + rows, index) for index in range(layout.width)]
    columns = [Column(index, path, meaning_of(path)) for index, path in enumerate(paths)]
    return Table(
        sheet=layout.sheet,
        section=section_over(layout, min(above + rows)),
        header_row=row,
        header_rows=tuple(above + rows),
        columns=tuple(columns),
        titles=tuple(titles),
        is_summary=_is_summary(columns),
    )


def _is_summary(columns: list[Column]) -> bool:
    counts = [column for column in columns if column.path and is_count(column.path[-1])]
    exact = any(
        column.meaning.field is Field.DESCRIPTION and not is_count(column.path[-1]) for column in columns if column.path
    )
    return len(counts) >= ENOUGH_COUNTS and not exact


def _is_lower_header(layout: Layout, row: int) -> bool:
    """Tell whether the row below holds the second level of this header."""
    below = row + 1
    if below >= len(layout.sheet.grid):
        return False
    texts = layout.texts(below)
    if not texts or not all(_is_name(layout.sheet.grid[below][index]) for index in texts):
        return False
    groups = _groups(layout, row)
    inside = [index for index in texts if any(left <= index <= right for left, right in groups)]
    if not inside:
        return False
    if len(inside) < len(texts):  # some stand under headings of one column: then most must be names we know
        paths = [_path(layout, [row, below], index) for index in texts]
        return sum(is_recognised(path) for path in paths) > len(paths) * HALF and _merged_groups(layout, row)
    return _merged_groups(layout, row) or len(inside) >= FEWEST_NAMES


def _merged_groups(layout: Layout, row: int) -> bool:
    return any(layout.span(row, index) > 1 for index in layout.texts(row))


def _groups(layout: Layout, row: int) -> list[tuple[int, int]]:
    """Return the ranges of columns under one heading of this row: merged, or with blank cells to its right."""
    texts = sorted(layout.texts(row))
    merged = [(index, index + layout.span(row, index) - 1) for index in texts if layout.span(row, index) > 1]
    if merged:
        return [pair for pair in merged if pair[1] - pair[0] + 1 < layout.width]
    ends = [*texts[1:], layout.width]
    return [(index, end - 1) for index, end in zip(texts, ends, strict=True) if end - index > 1]


def _is_upper_header(layout: Layout, row: int) -> bool:
    """Tell whether the row above holds group headings: several names, one at least over several columns."""
    if row == 0:
        return False
    texts = layout.texts(row - 1)
    if len(texts) < FEWEST_NAMES or not all(_is_name(layout.sheet.grid[row - 1][index]) for index in texts):
        return False
    spans = [layout.span(row - 1, index) for index in texts]
    return (
        max(spans) > 1 and max(spans) < layout.width and not any("：" in text or ":" in text for text in texts.values())
    )


def _is_name(cell: Cell) -> bool:
    if not isinstance(cell, str) or len(cell.strip()) > LONGEST_HEADING:
        return False
    return not re.search(r"\d{2,}|[。；;]", cell)


def _path(layout: Layout, rows: list[int], column: int) -> tuple[str, ...]:
    """Return the headings of a column from the top; a heading over several columns counts for each of them."""
    path: list[str] = []
    for level, row in enumerate(rows):
        text = layout.text(row, column)
        if not text:
            text = _heading_over(layout, row, column, is_last=level == len(rows) - 1)
        name = "".join(text.split())
        if name and (not path or path[-1] != name):
            path.append(name)
    return tuple(path)


def _heading_over(layout: Layout, row: int, column: int, *, is_last: bool) -> str:
    start = layout.covered.get((row, column))
    if start is not None:
        return layout.text(*start) if start[0] == row or not is_last else ""
    if is_last:
        return ""
    for left, right in _groups(layout, row):
        if left <= column <= right and not _merged_groups(layout, row):
            return layout.text(row, left)
    return ""


def day_in_titles(texts: tuple[str, ...]) -> tuple[int, int, date | None]:
    """Return year, month and whole day that titles speak of; 0 and None for what is not said."""
    year = month = 0
    day: date | None = None
    for text in texts:
        for match in _TITLE_DAY.finditer(plain(text)):
            year = year or int(match.group("year"))
            month = month or int(match.group("month") or 0)
            day = day or _whole_day(match)
    return year, month, day


_TITLE_DAY: Final = re.compile(
    r"(?P<year>20\d{2})(?:年度?|[./\-])(?:(?P<month>1[0-2]|0?[1-9])(?:月份?|[./\-])(?:(?P<day>[0-3]?\d)(?:日|号|(?!\d)))?)?"
)


def _whole_day(match: re.Match[str]) -> date | None:
    if not match.group("day"):
        return None
    try:
        return date(int(match.group("year")), int(match.group("month")), int(match.group("day")))
    except ValueError:
        return None
