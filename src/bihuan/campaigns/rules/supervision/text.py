"""The text of a bulletin: blocks of runs in which every figure is a reference, never a digit typed into a sentence.

A person edits it as lines: `# ` a heading, `## ` one below it, `[f3]` a figure, `[表1]` a table. What is written by
hand beside the figures is told apart, and asks for its reason (R9.8).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

_TOKEN: Final = re.compile(r"\[(f\d+)\]")
_TABLE: Final = re.compile(r"\[表(\d+)\]")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?%?")
_LEVEL: Final = re.compile(r"^（[一二三四五六七八九十]+）")
_CHINESE: Final = "一二三四五六七八九十"
MOST_LINES: Final = 400


class BlockKind(StrEnum):
    """What a block is."""

    ADDRESSEE = "addressee"
    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Ref:
    """A figure in a sentence, by its key."""

    key: str


Run = str | Ref
Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A block. runs: of its one sentence or paragraph. rows: of a table, the first row is its head."""

    kind: BlockKind
    runs: Cell = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "kind": self.kind.value,
            "runs": _runs_json(self.runs),
            "rows": [[_runs_json(cell) for cell in row] for row in self.rows],
        }


def _runs_json(runs: Cell) -> list[Any]:
    return [{"f": run.key} if isinstance(run, Ref) else run for run in runs]


def block_of(kept: Mapping[str, Any]) -> Block:
    """Return a block from what is kept."""
    rows = tuple(tuple(_runs_of(cell) for cell in row) for row in kept.get("rows", ()))
    return Block(BlockKind(kept["kind"]), _runs_of(kept.get("runs", ())), rows)


def _runs_of(kept: Iterable[Any]) -> Cell:
    return tuple(run if isinstance(run, str) else Ref(run["f"]) for run in kept)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text: what it says, what it means, of which place and days, and how it is found again.

    ask: "value" (an indicator of `rules.supervision.figures`) or "ground" (of a unit). name: which; side: "text",
    "numerator" or "denominator". place: words; path, sectors, part: where; but: of value, without these units below it,
    but_sectors: without these sectors. rows: how many rows were under it. page, query: the list of exactly these rows.
    title: its name in the list of figures.
    """

    key: str
    text: str
    meaning: str
    source: str
    place: str
    since: date
    until: date
    ask: str
    name: str
    side: str = "text"
    path: str = ""
    sectors: tuple[str, ...] = ()
    part: str = ""
    rows: int = 0
    page: str = ""
    query: tuple[tuple[str, str], ...] = ()
    but: tuple[str, ...] = ()
    but_sectors: tuple[str, ...] = ()
    title: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        kept = asdict(self)
        return kept | {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "sectors": list(self.sectors),
            "but": list(self.but),
            "but_sectors": list(self.but_sectors),
            "query": [list(pair) for pair in self.query],
        }


def figure_of(kept: Mapping[str, Any]) -> Figure:
    """Return a figure from what is kept."""
    return Figure(
        **{
            **kept,
            "since": date.fromisoformat(kept["since"]),
            "until": date.fromisoformat(kept["until"]),
            "sectors": tuple(kept["sectors"]),
            "but": tuple(kept.get("but", ())),
            "but_sectors": tuple(kept.get("but_sectors", ())),
            "query": tuple((name, value) for name, value in kept["query"]),
        }
    )


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text with its figures, in the order in which they first stand."""

    title: str
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...]


def used(blocks: Iterable[Block]) -> list[str]:
    """Return the keys of the figures that stand in blocks, in their order."""
    found: dict[str, None] = {}
    for block in blocks:
        for cell in (block.runs, *(cell for row in block.rows for cell in row)):
            found |= dict.fromkeys(run.key for run in cell if isinstance(run, Ref))
    return list(found)


def heading_number(number: int, *, below: bool = False) -> str:
    """Return 一、 or （一） (GB/T 9704-2012: the levels of an official document). number: 1 to 19."""
    tens, ones = divmod(number, 10)
    word = ("十" if tens else "") + (_CHINESE[ones - 1] if ones else "")
    return f"（{word}）" if below else f"{word}、"


def without_section(blocks: Sequence[Block], name: str) -> tuple[Block, ...]:
    """Return a text without what stands under the subheading of this name; the subheadings after it move up."""
    found: list[Block] = []
    leaving = False
    for block in blocks:
        if block.kind in {BlockKind.HEADING, BlockKind.SUBHEADING, BlockKind.SIGNATURE}:
            leaving = block.kind is BlockKind.SUBHEADING and _bare(block) == name
        if not leaving:
            found.append(block)
    return tuple(_numbered(found))


def _bare(block: Block) -> str:
    return _LEVEL.sub("", "".join(run for run in block.runs if isinstance(run, str)))


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    below = 0
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            below = 0
        if block.kind is BlockKind.SUBHEADING and _LEVEL.match("".join(map(str, block.runs))):
            below += 1
            yield Block(block.kind, (heading_number(below, below=True) + _bare(block),))
        else:
            yield block


_MARKS: Final = {
    BlockKind.HEADING: "# ",
    BlockKind.SUBHEADING: "## ",
    BlockKind.ADDRESSEE: "> ",
    BlockKind.SIGNATURE: "< ",
}


def as_lines(blocks: Sequence[Block]) -> str:
    """Return a text as a person edits it."""
    lines, tables = [], 0
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            tables += 1
            lines.append(f"[表{tables}]")
        else:
            words = "".join(f"[{run.key}]" if isinstance(run, Ref) else run for run in block.runs)
            lines.append(_MARKS.get(block.kind, "") + words)
    return "\n".join(lines)


def from_lines(lines: str, *, before: Sequence[Block], figures: Iterable[str]) -> tuple[tuple[Block, ...], str]:
    """Return the blocks of an edited text, and why it can't be taken ("" when it can). before: the text until now."""
    known, tables = set(figures), [block for block in before if block.kind is BlockKind.TABLE]
    found: list[Block] = []
    for line in lines.splitlines()[:MOST_LINES]:
        words = line.strip()
        table = _TABLE.fullmatch(words)
        if table:
            place = int(table[1])
            if not 1 <= place <= len(tables):
                return (), f"没有“{words}”这张表。这份稿子有 {len(tables)} 张表。"
            found.append(tables[place - 1])
        elif words:
            found.append(_block(words))
    stray = [key for key in used(found) if key not in known]
    if stray:
        return (), f"没有“[{stray[0]}]”这个数。方括号里的编号请不要改，整个删掉可以。"
    if not found:
        return (), "稿子是空的。"
    return _signed_last(found), ""


def _signed_last(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return a text with its signature and date at its end, wherever a person went on writing."""
    signed = [one for one in blocks if one.kind is BlockKind.SIGNATURE]
    return (*(one for one in blocks if one.kind is not BlockKind.SIGNATURE), *signed)


def _block(words: str) -> Block:
    for kind, mark in sorted(_MARKS.items(), key=lambda item: -len(item[1])):
        if words.startswith(mark):
            return Block(kind, _split(words[len(mark) :].strip()))
    return Block(BlockKind.PARAGRAPH, _split(words))


def _split(words: str) -> Cell:
    pieces = _TOKEN.split(words)  # plain, key, plain, key, …
    runs: list[Run] = [Ref(piece) if place % 2 else piece for place, piece in enumerate(pieces)]
    return tuple(run for run in runs if run != "")


def typed_numbers(blocks: Iterable[Block], drafted: Iterable[Block]) -> list[str]:
    """Return the numbers written by hand: those that the text as it was drafted from data did not have, in order."""
    had = Counter(_plain_numbers(drafted))
    found = []
    for number in _plain_numbers(blocks):
        if had[number]:
            had[number] -= 1
        else:
            found.append(number)
    return found


def with_reasons(
    numbers: Sequence[str], known: Iterable[Mapping[str, Any]]
) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Return those numbers whose reason is known, with it, and those that nobody has given a reason for yet."""
    left = list(known)
    found, new = [], []
    for number in numbers:
        one = next((one for one in left if one["number"] == number), None)
        if one is None:
            new.append(number)
        else:
            left.remove(one)
            found.append(one)
    return found, new


def _plain_numbers(blocks: Iterable[Block]) -> list[str]:
    return [number for block in blocks for run in block.runs if isinstance(run, str) for number in _NUMBER.findall(run)]
