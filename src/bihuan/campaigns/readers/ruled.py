"""Tables that a PDF rules with lines: their cells from the lines, and the prose around them from its places."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

from bihuan.campaigns.readers.columns import Piece, indented, pieces_of, rows_of
from bihuan.campaigns.rules import ENDS_AS_PARTY, Cell, Line, clean

THIN: Final = 4.0  # points; a box no wider is a line
NEAR: Final = 3.0  # points within which two lines are one
LEAST_OPERATIONS: Final = 6  # of boxes and lines on a page, from which it may have a table
MOST_RULES: Final = 4000  # on a page; what has more is a drawing
MOST_CELLS: Final = 4000  # of a grid
LEAST_EDGES: Final = 3  # of columns, and of rows, of a table: two of each
PAGE_WIDE: Final = 0.95  # of a page, from which a box is its background
_DRAWN: Final = re.compile(rb"(?<![A-Za-z])(?:re|l)(?=\s)")
_PAINTS: Final = frozenset((b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*"))
SHORTEST_NAME: Final = 3  # characters of a body's name
LEFT_OVER: Final = 2.5  # characters left at a line's end, from which its break was meant
_OFFICE: Final = re.compile("办公[室厅]|督查室|机关|主要|分管|负责")


class Rule(NamedTuple):
    """A straight line: where it lies across, and from where to where it goes."""

    at: float
    start: float
    end: float


class GridCell(NamedTuple):
    """A cell: its row and column, how many rows it covers, and its text."""

    row: int
    column: int
    rows: int
    text: str


@dataclass
class Grid:
    """A table by its edges: columns from the left, rows from the top down. The y of pages grows upwards.

    cut_above, cut_below: its first or last row has no line there, so that a page cuts the row.
    """

    xs: list[float]
    ys: list[float]
    across: list[Rule]
    down: list[Rule]
    cut_above: bool = False
    cut_below: bool = False
    pieces: dict[tuple[int, int], list[Piece]] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """How many characters it holds."""
        return sum(len(piece.text) for pieces in self.pieces.values() for piece in pieces)

    def holds(self, piece: Piece) -> bool:
        """Tell whether a piece of text stands in the table, and keep it."""
        x, y = (piece.x + piece.end) / 2, piece.y + piece.size * 0.3
        if not (self.ys[-1] <= y <= self.ys[0] and self.xs[0] - NEAR <= x <= self.xs[-1] + NEAR):
            return False
        row = sum(y < edge for edge in self.ys[1:-1])
        column = sum(x > edge for edge in self.xs[1:-1])
        self.pieces.setdefault((row, column), []).append(piece)
        return True

    def cells(self) -> list[GridCell]:
        """Return the cells in the order of reading; one that covers several places is one cell."""
        heads = self._heads()
        texts: dict[tuple[int, int], list[Piece]] = {}
        for place, pieces in self.pieces.items():
            texts.setdefault(heads[place], []).extend(pieces)
        bottoms: dict[tuple[int, int], int] = {}
        rights: dict[tuple[int, int], int] = {}
        for (row, column), head in heads.items():
            bottoms[head] = max(bottoms.get(head, 0), row)
            rights[head] = max(rights.get(head, 0), column)
        return [
            GridCell(*head, bottoms[head] - head[0] + 1, _said(texts.get(head, []), self.xs[rights[head] + 1]))
            for head in sorted(bottoms)
        ]

    def _heads(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return, for each place of the grid, the first place of the cell that it belongs to."""
        heads: dict[tuple[int, int], tuple[int, int]] = {}
        for row, (top, bottom) in enumerate(pairwise(self.ys)):
            for column, (left, right) in enumerate(pairwise(self.xs)):
                head = (row, column)
                if column and not _ruled(self.down, left, (top + bottom) / 2):
                    head = heads[row, column - 1]
                elif row and not _ruled(self.across, top, (left + right) / 2):
                    head = heads[row - 1, column]
                heads[row, column] = head
        return heads


def may_have_tables(page: Any) -> bool:
    """Tell whether a page (of pypdf) draws enough boxes and lines for a table."""
    contents = page.get_contents()
    return contents is not None and len(_DRAWN.findall(contents.get_data())) >= LEAST_OPERATIONS


def with_tables(page: Any) -> tuple[list[str | Grid], bool]:
    """Return the lines of a page and its tables in their order, and whether it has any."""
    across: list[Rule] = []
    down: list[Rule] = []
    pieces = pieces_of(page, _Drawing(across, down, float(page.mediabox.width)).take)
    grids = _grids(across, down)
    if not grids:
        return [], False
    prose = [piece for piece in pieces if not any(grid.holds(piece) for grid in grids)]
    edge = min((piece.x for piece in prose), default=0.0)
    placed: list[tuple[float, str | Grid]] = [(grid.ys[0], grid) for grid in grids if grid.pieces]
    placed += [(row[0].y, indented(row, edge)) for row in rows_of(prose)]
    return [one for _, one in sorted(placed, key=lambda one: -one[0])], any(grid.pieces for grid in grids)


@dataclass
class _Drawing:
    """Gathers the lines that a page draws, from boxes that are thin, the sides of others, and strokes."""

    across: list[Rule]
    down: list[Rule]
    width: float
    point: tuple[float, float] = (0.0, 0.0)
    open: list[tuple[float, float, float, float]] = field(default_factory=list)  # drawn, not yet painted

    def take(self, operator: bytes, operands: Sequence[Any], matrix: Sequence[float]) -> None:
        """Take one operation of the page."""
        if operator == b"re" and len(operands) == 4:
            x, y, wide, high = map(float, operands)
            self.open.append((*_moved(x, y, matrix), *_moved(x + wide, y + high, matrix)))
        elif operator in {b"m", b"l"} and len(operands) == 2:
            point = _moved(float(operands[0]), float(operands[1]), matrix)
            if operator == b"l":
                self.open.append((*self.point, *point))
            self.point = point
        elif operator in _PAINTS:
            for box in self.open:
                self._box(*box)
            self.open.clear()
        elif operator == b"n":  # only a bound of what is drawn next
            self.open.clear()

    def _box(self, x: float, y: float, other_x: float, other_y: float) -> None:
        left, right = sorted((x, other_x))
        low, top = sorted((y, other_y))
        if right - left > self.width * PAGE_WIDE and top - low > THIN:
            return
        if top - low <= THIN and right - left > THIN:
            self.across.append(Rule((low + top) / 2, left, right))
        elif right - left <= THIN and top - low > THIN:
            self.down.append(Rule((left + right) / 2, low, top))
        elif right - left > THIN:
            self.across += [Rule(low, left, right), Rule(top, left, right)]
            self.down += [Rule(left, low, top), Rule(right, low, top)]


def _moved(x: float, y: float, matrix: Sequence[float]) -> tuple[float, float]:
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def _grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    if len(across) + len(down) > MOST_RULES:
        return []
    found: list[Grid] = []
    for low, top in _bands(down):
        inside = [rule for rule in down if low - NEAR <= rule.start and rule.end <= top + NEAR]
        level = [rule for rule in across if low - NEAR <= rule.at <= top + NEAR]
        drawn = [rule.at for rule in level]
        cut_above, cut_below = (all(abs(at - end) > NEAR for at in drawn) for end in (top, low))
        xs, ys = _edges(rule.at for rule in inside), _edges([*drawn, low, top])
        if min(len(xs), len(ys)) >= LEAST_EDGES and len(xs) * len(ys) <= MOST_CELLS:
            found.append(Grid(xs, ys[::-1], level, inside, cut_above, cut_below))
    return found


def _bands(down: Sequence[Rule]) -> list[tuple[float, float]]:
    """Return the stretches of a page, from low to top, over which upright lines go without a gap."""
    bands: list[tuple[float, float]] = []
    for rule in sorted(down, key=lambda one: one.start):
        if bands and rule.start <= bands[-1][1] + NEAR:
            bands[-1] = (bands[-1][0], max(bands[-1][1], rule.end))
        else:
            bands.append((rule.start, rule.end))
    return bands


def _edges(values: Iterable[float]) -> list[float]:
    """Return places in order, those that are near each other as one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept


def _ruled(rules: Sequence[Rule], at: float, over: float) -> bool:
    return any(abs(rule.at - at) <= NEAR and rule.start - NEAR <= over <= rule.end + NEAR for rule in rules)


def _said(pieces: Sequence[Piece], right: float) -> str:
    """Return the text of a cell; a line that ends well before the cell's edge was ended on purpose."""
    said = ""
    rows = rows_of(pieces)
    for at, row in enumerate(rows):
        said += indented(row, row[0].x)
        after = rows[at + 1] if at + 1 < len(rows) else None
        if after and (right - row[-1].end > LEFT_OVER * row[-1].size or _are_names(said, indented(after, after[0].x))):
            said += " "
    return said.strip()


def _are_names(said: str, after: str) -> bool:
    """Tell whether a line ends in a body and the next is another: 县应急局 / 县住建局, but not 县政府 / 办公室."""
    last, first = re.split("[、，,]", said)[-1], re.split("[、，,]", after)[0]
    whole = all(len(one) >= SHORTEST_NAME and ENDS_AS_PARTY.search(one) for one in (last, first))
    return whole and _OFFICE.match(first) is None


@dataclass
class Tables:
    """Puts lines of prose and the cells of tables one after the other; number: of the last table before."""

    number: int
    lines: list[Line] = field(default_factory=list)
    last: Grid | None = None  # with nothing after it yet
    rows: int = 0  # of the table so far

    def line(self, line: Line) -> None:
        """Take a line as it is."""
        self.lines.append(Line(len(self.lines), line.text, line.cell, line.outline))
        self.last = None if line.text.strip() else self.last

    def grid(self, grid: Grid) -> None:
        """Take a table; right after one of as many columns it goes on with that, and a row cut in two is one."""
        goes_on = self.last is not None and len(self.last.xs) == len(grid.xs)
        if not goes_on:
            self.number, self.rows = self.number + 1, 0
        one_row = self.last is not None and goes_on and self.last.cut_below and grid.cut_above
        first = self.rows - 1 if one_row else self.rows
        for cell in grid.cells():
            if one_row and cell.row == 0 and self._lengthened(first, cell):
                continue
            place = Cell(self.number, first + cell.row, cell.column, cell.rows)
            self.lines.append(Line(len(self.lines), clean(cell.text), place))
        self.rows = first + len(grid.ys) - 1
        self.last = grid

    def _lengthened(self, row: int, cell: GridCell) -> bool:
        """Add the rest of a cell that a page has cut; tell whether its beginning was there."""
        for at in range(len(self.lines) - 1, -1, -1):
            place = self.lines[at].cell
            if place is None or place.table != self.number:
                return False
            if place.column == cell.column and place.row <= row < place.row + place.rows:
                rows = max(place.rows, row - place.row + cell.rows)
                whole = Cell(place.table, place.row, place.column, rows)
                self.lines[at] = Line(at, self.lines[at].text + clean(cell.text), whole)
                return True
        return False
