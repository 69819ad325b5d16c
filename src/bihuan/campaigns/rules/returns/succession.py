"""A newer edition of a workbook beside the one in use: which cells are the same by their headings, what is new, what is
gone, and which headings look renamed; those are asked, never guessed."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, NamedTuple

from bihuan.campaigns.rules.returns.grid import Grid, Slot

_NUMBERING: Final = re.compile(r"^([一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、．])(?=.)")
SIMILAR: Final = 0.5  # share of letters in common from which two headings look like one that was renamed
MOST_LEVELS: Final = 2  # of headings that a renaming may touch at once
MOST_OFFERED: Final = 4

Heads = tuple[str, ...]
Key = tuple[int, Heads, Heads]


class Axis(StrEnum):
    """Which headings are meant: those of a row or those of a column."""

    ROW = "row"
    COLUMN = "column"


AXIS_NAMES: Final[dict[Axis, str]] = {Axis.ROW: "行", Axis.COLUMN: "列"}


class Said(NamedTuple):
    """What a person said of a heading that is gone: which new one it is, "" none of them. sheet: of the new edition."""

    sheet: int
    axis: Axis
    old: str
    new: str

    def kept(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"sheet": self.sheet, "axis": self.axis.value, "old": self.old, "new": self.new}


def said_of(kept: Sequence[Mapping[str, Any]]) -> tuple[Said, ...]:
    """Return what `Said.kept` wrote down."""
    return tuple(Said(int(one["sheet"]), Axis(one["axis"]), one["old"], one["new"]) for one in kept)


class Question(NamedTuple):
    """A heading that is gone, with the new ones that it may have become, the likeliest first. cells: that wait for it,
    in the old edition."""

    sheet: int
    axis: Axis
    old: str
    offered: tuple[str, ...]
    cells: int


@dataclass(frozen=True)
class Compared:
    """Two editions side by side. cells: of the new one, by address, each with its address in the old."""

    old: Mapping[str, Slot]
    new: Mapping[str, Slot]
    cells: Mapping[str, str]
    questions: tuple[Question, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def kept(self) -> list[Slot]:
        """The cells of the new edition that the old one has."""
        return [slot for address, slot in self.new.items() if address in self.cells]

    @property
    def moved(self) -> list[Slot]:
        """Those of them that stand elsewhere now."""
        return [slot for slot in self.kept if self.cells[slot.address] != slot.address]

    @property
    def added(self) -> list[Slot]:
        """The cells that only the new edition has."""
        return [slot for address, slot in self.new.items() if address not in self.cells]

    @property
    def gone(self) -> list[Slot]:
        """The cells that only the old edition has."""
        there = set(self.cells.values())
        return [slot for address, slot in self.old.items() if address not in there]


@dataclass(frozen=True)
class _Edition:
    """The cells of one edition by their headings. sheets: of this edition, each with its number in the new one."""

    slots: Sequence[Slot]
    sheets: Mapping[int, int]
    renamed: Mapping[tuple[int, Axis, Heads], Heads] = field(default_factory=dict)

    @cached_property
    def keys(self) -> Mapping[str, Key]:
        """The headings of each cell, as they are compared."""
        return {slot.address: self._key(slot) for slot in self.slots if slot.sheet in self.sheets}

    @cached_property
    def by_key(self) -> Mapping[Key, list[Slot]]:
        """The cells under the same headings."""
        found: dict[Key, list[Slot]] = {}
        for slot in self.slots:
            if slot.address in self.keys:
                found.setdefault(self.keys[slot.address], []).append(slot)
        return found

    def heads(self, sheet: int, axis: Axis) -> dict[Heads, set[Heads]]:
        """Return the headings of a sheet's lines, each with those of the lines that cross it."""
        found: dict[Heads, set[Heads]] = {}
        for number, rows, columns in self.by_key:
            if number == sheet:
                mine, across = (rows, columns) if axis is Axis.ROW else (columns, rows)
                found.setdefault(mine, set()).add(across)
        return found

    def _key(self, slot: Slot) -> Key:
        sheet = self.sheets[slot.sheet]
        rows, columns = _plain(slot.row_heads), _plain(slot.column_heads)
        rows = self.renamed.get((sheet, Axis.ROW, rows), rows)
        return sheet, rows, self.renamed.get((sheet, Axis.COLUMN, columns), columns)


def compared(old: Grid, new: Grid, said: Sequence[Said] = ()) -> Compared:
    """Return a newer edition beside the older one. said: what a person said of headings that are gone.

    A cell is the same where the headings of its row and its column are, whatever number stands before them. Several
    under the same headings are told by the cells above and below, or are none of them the same.
    """
    before, after = old.slots(), new.slots()
    theirs = _Edition(after, {number: number for number in range(len(new.sheets))})
    mine = _Edition(before, _sheets(old, new))
    mine = _Edition(before, mine.sheets, _renamed(mine, theirs, said))
    return Compared(
        {slot.address: slot for slot in before},
        {slot.address: slot for slot in after},
        dict(_same(mine, theirs)),
        tuple(_questions(mine, theirs, said)),
        tuple(said),
    )


def _plain(heads: Heads) -> Heads:
    return tuple(_NUMBERING.sub("", head) for head in heads)


def _sheets(old: Grid, new: Grid) -> dict[int, int]:
    """Return the sheets of the old edition, each with its number in the new one: by name, the others by their order."""
    names = {sheet.name: number for number, sheet in enumerate(new.sheets)}
    found = {number: names[sheet.name] for number, sheet in enumerate(old.sheets) if sheet.name in names}
    left = [number for number in range(len(new.sheets)) if number not in found.values()]
    for number in range(len(old.sheets)):
        if number not in found and left:
            found[number] = left.pop(0)
    return found


def _same(mine: _Edition, theirs: _Edition) -> Iterator[tuple[str, str]]:
    """Yield the cells that both have, the new one first."""
    alone = {key for key, slots in mine.by_key.items() if len(slots) == 1 and len(theirs.by_key.get(key, ())) == 1}
    for key in alone:
        yield theirs.by_key[key][0].address, mine.by_key[key][0].address
    for key, slots in mine.by_key.items():
        if key not in alone and key in theirs.by_key:
            yield from _told_apart(slots, theirs.by_key[key], mine, theirs, alone)


def _told_apart(
    slots: Sequence[Slot], others: Sequence[Slot], mine: _Edition, theirs: _Edition, alone: Collection[Key]
) -> Iterator[tuple[str, str]]:
    """Yield cells under the same headings that have the same neighbours: above and below, or else on one side."""
    old = {slot.address: _beside(slot, mine, alone) for slot in slots}
    new = {slot.address: _beside(slot, theirs, alone) for slot in others}
    for sides in ((0, 1), (0,), (1,)):
        for address, around in list(old.items()):
            there = [one for one, its in new.items() if _alike(around, its, sides)]
            here = [one for one, its in old.items() if _alike(around, its, sides)]
            if len(there) == len(here) == 1:
                yield there[0], address
                del old[address], new[there[0]]


def _alike(one: tuple[Key | None, Key | None], other: tuple[Key | None, Key | None], sides: Sequence[int]) -> bool:
    return all(one[side] is not None and one[side] == other[side] for side in sides)


def _beside(slot: Slot, edition: _Edition, alone: Collection[Key]) -> tuple[Key | None, Key | None]:
    """Return the nearest cells above and below in the column that both editions have once."""
    column = [one for one in edition.slots if (one.sheet, one.column) == (slot.sheet, slot.column)]
    known = [(one.row, edition.keys[one.address]) for one in column if edition.keys.get(one.address) in alone]
    above = max((pair for pair in known if pair[0] < slot.row), default=None)
    below = min((pair for pair in known if pair[0] > slot.row), default=None)
    return above[1] if above else None, below[1] if below else None


# ---- headings that look renamed ----
def _gone(mine: _Edition, theirs: _Edition, sheet: int, axis: Axis) -> Iterator[tuple[Heads, Heads, int]]:
    """Yield each line that is gone with each new line that crosses one of the same lines, and how many cells it has."""
    before, after = mine.heads(sheet, axis), theirs.heads(sheet, axis)
    fresh = [(heads, across) for heads, across in after.items() if heads not in before]
    for heads, across in before.items():
        if heads not in after:
            yield from ((heads, other, len(across)) for other, crossing in fresh if across & crossing)


def _apart(old: Heads, new: Heads) -> tuple[str, str]:
    """Return in what two lines of headings differ; a level that came or went is told by the whole line. ("", "") where
    they differ in more than a heading or two."""
    left, right = list(old), list(new)
    for end in (0, -1):
        while left and right and left[end] == right[end]:
            del left[end], right[end]
    if not left or not right:
        left, right = list(old), list(new)
    return ("·".join(left), "·".join(right)) if max(len(left), len(right)) <= MOST_LEVELS else ("", "")


def _renamed(mine: _Edition, theirs: _Edition, said: Sequence[Said]) -> dict[tuple[int, Axis, Heads], Heads]:
    found: dict[tuple[int, Axis, Heads], Heads] = {}
    for sheet, axis in dict.fromkeys((one.sheet, one.axis) for one in said if one.new):
        meant = {(one.old, one.new) for one in said if (one.sheet, one.axis) == (sheet, axis)}
        for old, new, _ in _gone(mine, theirs, sheet, axis):
            if _apart(old, new) in meant:
                found.setdefault((sheet, axis, old), new)
    return found


def _questions(mine: _Edition, theirs: _Edition, said: Sequence[Said]) -> Iterator[Question]:
    answered = {(one.sheet, one.axis, one.old) for one in said}
    for sheet in dict.fromkeys(mine.sheets.values()):
        for axis in Axis:
            for old, (offered, cells) in _may_be(mine, theirs, sheet, axis).items():
                if (sheet, axis, old) not in answered:
                    best = sorted(offered, key=lambda new: (-offered[new], new))
                    yield Question(sheet, axis, old, tuple(best[:MOST_OFFERED]), cells)


def _may_be(mine: _Edition, theirs: _Edition, sheet: int, axis: Axis) -> dict[str, tuple[dict[str, float], int]]:
    """Return what headings that are gone may be called now, how likely each is, and how many cells they head."""
    words = {head for heads in mine.heads(sheet, axis) for head in heads}
    before, after = _neighbours(mine, theirs, sheet, axis), _neighbours(theirs, mine, sheet, axis)
    found: dict[str, tuple[dict[str, float], dict[Heads, int]]] = {}
    for old, new, cells in _gone(mine, theirs, sheet, axis):
        one, other = _apart(old, new)
        if not one or other in words:
            continue
        likely = SequenceMatcher(None, one, other, autojunk=False).ratio()
        in_place = before[old] == after[new] != (None, None)
        if in_place or likely >= SIMILAR or one in other or other in one:
            offered, lines = found.setdefault(one, ({}, {}))
            offered[other] = max(offered.get(other, 0.0), likely + in_place)
            lines[old] = cells
    return {one: (offered, sum(lines.values())) for one, (offered, lines) in found.items()}


def _neighbours(
    one: _Edition, other: _Edition, sheet: int, axis: Axis
) -> dict[Heads, tuple[Heads | None, Heads | None]]:
    """Return between which lines each stands, of those that both editions have."""
    at: dict[Heads, int] = {}
    for slot in one.slots:
        key = one.keys.get(slot.address)
        if key is not None and key[0] == sheet:
            heads, number = (key[1], slot.row) if axis is Axis.ROW else (key[2], slot.column)
            at[heads] = min(number, at.get(heads, number))
    shared, order = other.heads(sheet, axis).keys() & at.keys(), sorted(at, key=lambda heads: at[heads])
    found: dict[Heads, tuple[Heads | None, Heads | None]] = {}
    for number, heads in enumerate(order):
        above = next((one for one in reversed(order[:number]) if one in shared), None)
        below = next((one for one in order[number + 1 :] if one in shared), None)
        found[heads] = above, below
    return found
