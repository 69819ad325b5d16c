"""The document as the check page shows it: clauses open, what orders nothing folded, tables as tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.campaigns.rules.lines import CampaignView, DraftClause

_SENTENCE: Final = re.compile(r"[^。；;！!]+[。；;！!]?")
_NUMBER: Final = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]?")
LEAST: Final = 4  # characters of a passage that can be a clause


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that is no clause. may_be: it is long enough to be taken as one."""

    text: str
    paragraph: int
    start: int
    end: int

    @property
    def may_be(self) -> bool:
        """Whether a person can take it as a clause."""
        return len(self.text.strip()) >= LEAST


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell. clauses: those that were read from it."""

    texts: Sequence[str]
    rows: int = 1
    clauses: Sequence[DraftClause] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table. rest: its longest cell, where none of its cells is a clause."""

    cells: Sequence[TableCell]
    rest: Passage | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the document: "heading", "clause", "rest" (folded sentences) or "table"."""

    kind: str
    text: str = ""
    clause: DraftClause | None = None
    before: UUID | None = None  # the clause that it can be joined to
    rest: Sequence[Passage] = ()
    rows: Sequence[TableRow] = field(default=())


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str
    clause: DraftClause | None = None
    before: UUID | None = None
    passage: Passage | None = None


def blocks_of(campaign: CampaignView, clauses: Sequence[DraftClause]) -> list[Block]:
    """Return the whole document in its order: nothing of the text is left out but the numbers that labels tell."""
    headings = {one["place"]["paragraph"]: one for one in campaign.headings}
    in_table = {cell[0]: cell for cell in campaign.cells}
    by_paragraph: dict[int, list[DraftClause]] = {}
    for clause in clauses:
        by_paragraph.setdefault(clause.paragraph, []).append(clause)
    found: list[Block] = []
    numbers = [number for number, text in enumerate(campaign.paragraphs) if text.strip()]
    for table, group in groupby(numbers, key=lambda number: in_table[number][1] if number in in_table else None):
        paragraphs = list(group)
        if table is not None:
            found += _table(campaign.paragraphs, [in_table[one] for one in paragraphs], by_paragraph)
            continue
        pieces = [
            piece
            for number in paragraphs
            for piece in _paragraph(
                number, campaign.paragraphs[number], headings.get(number), by_paragraph.get(number, [])
            )
        ]
        found += _folded(pieces)
    return found


def _folded(pieces: Sequence[_Piece]) -> Iterator[Block]:
    """Yield headings and clauses one by one, and what lies between them as one block."""
    for is_rest, group in groupby(pieces, key=lambda one: one.kind == "rest"):
        if is_rest:
            rest = [one.passage for one in group if one.passage]
            yield Block("rest", "".join(one.text for one in rest), rest=rest)
        else:
            yield from (Block(one.kind, one.text, one.clause, one.before) for one in group)


def _paragraph(number: int, text: str, heading: Any, clauses: Sequence[DraftClause]) -> Iterator[_Piece]:
    at, before = 0, None
    if heading is not None and not clauses:
        yield _Piece("heading", text)
        return
    for clause in clauses:
        yield from _rest(number, text, at, clause.start)
        touching = before is not None and before.end == clause.start and before.state != ClauseState.SET_ASIDE
        yield _Piece("clause", clause.text, clause, before.id if before is not None and touching else None)
        at, before = clause.end, clause
    yield from _rest(number, text, at, len(text))


def _rest(number: int, text: str, start: int, end: int) -> Iterator[_Piece]:
    """Yield what stands between clauses, sentence by sentence; a number alone belongs to the label of its clause."""
    for mark in _SENTENCE.finditer(text, start, end):
        if mark[0].strip() and not _NUMBER.fullmatch(mark[0].strip()):
            yield _Piece("rest", mark[0], passage=Passage(mark[0], number, mark.start(), mark.end()))


def _table(
    texts: Sequence[str], cells: Sequence[Sequence[int]], clauses: Mapping[int, Sequence[DraftClause]]
) -> Iterator[Block]:
    """Yield a table as it stands, then the clauses that were read from it."""
    columns = sorted({column for _, _, _, column, _ in cells})
    taken: dict[int, int] = {}  # column → the first row that a cell from above leaves free
    rows: list[TableRow] = []
    for row, group in groupby(cells, key=lambda cell: cell[2]):
        own = {column: list(same) for column, same in groupby(group, key=lambda cell: cell[3])}
        made = [_cell(texts, own.get(one, []), clauses) for one in columns if taken.get(one, 0) <= row]
        rest = None if not rows or any(one.clauses for one in made) else _longest(texts, own)
        rows.append(TableRow(made, rest))
        taken |= {column: row + same[0][4] for column, same in own.items()}
    yield Block("table", rows=rows)
    for cell in cells:
        yield from (Block("clause", one.text, one) for one in clauses.get(cell[0], ()))


def _cell(
    texts: Sequence[str], lines: Sequence[Sequence[int]], clauses: Mapping[int, Sequence[DraftClause]]
) -> TableCell:
    read = [one for line in lines for one in clauses.get(line[0], ())]
    return TableCell([texts[line[0]] for line in lines], lines[0][4] if lines else 1, read)


def _longest(texts: Sequence[str], own: Mapping[int, Sequence[Sequence[int]]]) -> Passage | None:
    paragraph = max((line[0] for lines in own.values() for line in lines), key=lambda one: len(texts[one]))
    passage = Passage(texts[paragraph], paragraph, 0, len(texts[paragraph]))
    return passage if passage.may_be else None
