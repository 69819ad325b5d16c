"""A sheet with its merged ranges at hand, and the tables found in it."""

from dataclasses import dataclass, field

from bihuan.intake.rules.cells import Cell, Merge, Sheet, text_of
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.headers import Meaning


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its place from 0, its headings from the top, what it means."""

    index: int
    path: tuple[str, ...]
    meaning: Meaning

    @property
    def name(self) -> str:
        """The headings joined by "/"."""
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that is none of the list's: row from 0, why ("total", "note", "numbers", "example", "blank")."""

    row: int
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table: row from 0, its cells with merged ones filled down, the section title over it."""

    row: int
    cells: list[Cell]
    section: str = ""
    filled: frozenset[int] = frozenset()
    merged_away: bool = False


@dataclass(slots=True)
class Table:
    """A table as found: header rows from 0, columns, records, the titles above it.

    header_row: the first row with enough known names. is_summary: it counts hazards, and lists none (V5). section: the
    title that stands over the rows read next.
    """

    sheet: Sheet
    header_row: int
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()
    is_summary: bool = False
    section: str = ""
    records: list[Record] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    _places: dict[Field, list[int]] | None = None

    def index_of(self, which: Field) -> list[int]:
        """Return the places of the columns of a field."""
        if self._places is None:
            self._places = {}
            for column in self.columns:
                if column.meaning.field is not None:
                    self._places.setdefault(column.meaning.field, []).append(column.index)
        return self._places.get(which, [])


class Layout:
    """A sheet's cells with its merged ranges at hand."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.width = max((len(row) for row in sheet.grid), default=0)
        self.starts: dict[tuple[int, int], Merge] = {merge[:2]: merge for merge in sheet.merged}
        self.covered: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered_rows: set[int] = set()
        for merge in sheet.merged:
            self._cover(merge)

    def _cover(self, merge: Merge) -> None:
        top, left, bottom, right = merge
        for row in range(top, min(bottom, len(self.sheet.grid) - 1) + 1):
            self.covered_rows.add(row)
            for column in range(left, min(right, self.width - 1) + 1):
                if (row, column) != (top, left):
                    self.covered[row, column] = (top, left)

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell; "" outside the sheet."""
        if not 0 <= row < len(self.sheet.grid):
            return ""
        cells = self.sheet.grid[row]
        return text_of(cells[column]) if column < len(cells) else ""

    def texts(self, row: int) -> dict[int, str]:
        """Return the texts of the cells of a row that have any, by column."""
        found = {index: text_of(cell) for index, cell in enumerate(self.sheet.grid[row]) if cell not in (None, "")}
        return {index: text for index, text in found.items() if text}

    def span(self, row: int, column: int) -> int:
        """Return how many columns the cell spans."""
        merge = self.starts.get((row, column))
        return merge[3] - merge[1] + 1 if merge else 1

    def height(self, row: int, column: int) -> int:
        """Return how many rows the cell spans."""
        merge = self.starts.get((row, column))
        return merge[2] - merge[0] + 1 if merge else 1
