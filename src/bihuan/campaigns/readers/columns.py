"""Pages of a PDF that are set in two columns of prose, as gazettes are: read down the left one, then the right one."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

_GAP_INSIDE: Final = re.compile(r"\S {3,}\S")
GAPPED: Final = 0.4  # of a page's lines, from which its places are worth looking at
LEAST_LINES: Final = 8
CROSSING: Final = 0.2  # of the lines, that may go over both columns: titles
LEAST_SIDE: Final = 0.25  # of the text, on either side
LEAST_PROSE: Final = 8  # characters of a line of prose, on the average
WIDE: Final = 3  # characters; a wider gap within a side is that of a table


class Piece(NamedTuple):
    """A run of text: left edge, base line, right edge, size of its characters."""

    x: float
    y: float
    end: float
    size: float
    text: str


def may_have_columns(text: str) -> bool:
    """Tell whether many lines of a page's text have a wide gap."""
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) >= LEAST_LINES and sum(bool(_GAP_INSIDE.search(line)) for line in lines) >= GAPPED * len(lines)


def in_columns(page: Any) -> str | None:
    """Return the text of a page (of pypdf) set in two columns, the left one first; None for any other page."""
    rows = rows_of(pieces_of(page))
    width = float(page.mediabox.width)
    for at in range(int(width * 0.4), int(width * 0.6), 2):
        left, right, over = _sides(rows, at)
        if len(over) <= CROSSING * len(rows) and _is_prose(left) and _is_prose(right) and _is_even(left, right):
            down = sorted([*over, *left], key=lambda row: -row[0].y)
            return "\n".join([*_lines(down), *_lines(right)])
    return None


def pieces_of(page: Any, draw: Callable[[bytes, Sequence[Any], Sequence[float]], None] | None = None) -> list[Piece]:
    """Return the runs of text of a page (of pypdf). draw: told each operation with its operands and matrix."""
    found: list[Piece] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = size * abs(tm[0] * cm[0]) or size
        said = text.strip()
        if said:
            wide = sum(0.5 if one.isascii() else 1.0 for one in said)
            found.append(Piece(x, y, x + wide * height, height, said))

    def before(operator: bytes, operands: Sequence[Any], cm: Sequence[float], _tm: Sequence[float]) -> None:
        if draw:
            draw(operator, operands, cm)

    page.extract_text(visitor_text=visit, visitor_operand_before=before if draw else None)
    return found


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces by line, from the top down, each from the left; figures may stand a little off the line."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.y):
        if rows and rows[-1][0].y - piece.y < piece.size / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row) for row in rows]


def _sides(rows: Sequence[list[Piece]], at: int) -> tuple[list[list[Piece]], list[list[Piece]], list[list[Piece]]]:
    left: list[list[Piece]] = []
    right: list[list[Piece]] = []
    over: list[list[Piece]] = []
    for row in rows:
        before, after = [one for one in row if one.x < at], [one for one in row if one.x >= at]
        if before and after and after[0].x - before[-1].end < after[0].size / 2:
            over.append(row)
            continue
        left += [before] if before else []
        right += [after] if after else []
    return left, right, over


def _is_prose(rows: Sequence[list[Piece]]) -> bool:
    if not rows or _length(rows) < LEAST_PROSE * len(rows):
        return False
    gapped = sum(any(after.x - before.end > WIDE * before.size for before, after in pairwise(row)) for row in rows)
    return gapped < len(rows) * 0.1


def _is_even(left: Sequence[list[Piece]], right: Sequence[list[Piece]]) -> bool:
    total = _length(left) + _length(right)
    return min(len(left), len(right)) >= LEAST_LINES // 2 and min(_length(left), _length(right)) >= LEAST_SIDE * total


def _length(rows: Sequence[list[Piece]]) -> int:
    return sum(len(piece.text) for row in rows for piece in row)


def _lines(rows: Sequence[list[Piece]]) -> list[str]:
    """Return lines with their indents, in characters."""
    edge = min((row[0].x for row in rows), default=0.0)
    return [indented(row, edge) for row in rows]


def indented(row: Sequence[Piece], edge: float) -> str:
    """Return a line with its indent from an edge, and its wide gaps, in characters."""
    said = " " * round((row[0].x - edge) / (row[0].size or 1.0)) + row[0].text
    for before, after in pairwise(row):
        gap = round((after.x - before.end) / (after.size or 1.0))
        said += " " * max(0, gap) + after.text
    return said
