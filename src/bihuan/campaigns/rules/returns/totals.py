"""Which rows a total of rows adds up: those of its section, of one classification, each thing once (R9.8).

Columns that name places are read the same way, turned over (`turned`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.meaning import Meaning, What, bare, is_total, meaning_of
from bihuan.campaigns.rules.returns.names import NO_NAMES, Names, Place, is_office
from bihuan.standards.rules import Sector

SUBTOTAL: Final = "小计"
EVERY_SECTOR: Final = frozenset(str(one) for one in Sector)
_WHOLE_TOWN: Final = re.compile("^[全本]?(镇|乡|街道|区|县|市|开发区)(合计|总计|共计|总数|总体)?$")
_NAMED: Final = re.compile("^(?P<of>.+)(小计|合计|总计|共计)$|^(小计|合计)[(:](?P<in>[^()]+)[)]?$")
_SECTION: Final = re.compile("^([一二三四五六七八九十]+[、.]|[(][一二三四五六七八九十]+[)])")


class RowKind(StrEnum):
    """What a row is to those that add up."""

    TOTAL = "total"  # of the whole
    SUBTOTAL = "subtotal"  # of rows before or after it
    HEAD = "head"  # of the rows after it
    PART = "part"  # 其中: is counted in the row before
    LEAF = "leaf"


class Sort(StrEnum):
    """By what a row divides: rows of one sort may be added up, those of two count the same things twice."""

    UNIT = "unit"
    DEPARTMENT = "department"
    SECTOR = "sector"
    UNKNOWN = "unknown"  # a name that nobody knows: of the sort of those beside it
    ITEM = "item"  # what is counted, not where
    NOBODY = "nobody"


_PLACES: Final = frozenset({Sort.UNIT, Sort.DEPARTMENT, Sort.SECTOR})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a column."""

    slot: Slot
    kind: RowKind
    sort: Sort
    place: Place
    of: str = ""  # what a sub-total names

    @property
    def address(self) -> str:
        """The cell."""
        return self.slot.address


@dataclass(frozen=True)
class Column:
    """The rows of one column under one heading, from above. is_outer: not below a heading that only some rows share."""

    rows: Sequence[Row]
    is_outer: bool

    @cached_property
    def leaves(self) -> list[Row]:
        """The rows that are neither totals nor parts."""
        return [row for row in self.rows if row.kind is RowKind.LEAF]

    @cached_property
    def sorts(self) -> frozenset[Sort]:
        """By what the rows divide."""
        return frozenset(row.sort for row in self.leaves)

    @property
    def is_of_places(self) -> bool:
        """Whether the rows divide by where things lie, and by nothing else."""
        return bool(self.sorts & _PLACES) and self.sorts <= {*_PLACES, Sort.UNKNOWN}

    def row(self, address: str) -> Row:
        """Return the row of a cell."""
        return next(row for row in self.rows if row.address == address)

    def ways(self) -> list[list[Row]]:
        """Return the rows of each classification by which all of the total is divided."""
        if self.sorts <= {Sort.ITEM} or len(self.sorts - {Sort.UNKNOWN}) <= 1:
            found = [self.leaves]
        else:
            found = [[row for row in self.leaves if row.sort is sort] for sort in (Sort.UNIT, Sort.SECTOR)]
        return [rows for rows in found if rows and adds_up(rows)]

    def section(self, address: str) -> list[Row]:
        """Return the rows of a sub-total or of the head of a section, [] where it cannot be told which they are."""
        mine = self._claimed(address)
        others = {
            one.address
            for row in self.rows
            if row.kind is RowKind.SUBTOTAL and row.address != address
            for one in self._claimed(row.address)
        }
        row = self.row(address)
        taken = row.kind is RowKind.SUBTOTAL and any(one.address in others for one in mine)
        return [] if taken or not adds_up(mine) else mine

    def _claimed(self, address: str) -> list[Row]:
        row = self.row(address)
        at = self.rows.index(row)
        after = _run(self.rows[at + 1 :])
        if row.kind is RowKind.HEAD:
            return after
        before = list(reversed(_run(self.rows[:at][::-1])))
        first = next((one for one in self.rows if one.kind in {RowKind.LEAF, RowKind.SUBTOTAL}), row)
        ways = [before, after] if first.kind is RowKind.LEAF else [after, before]
        wanted = _sort_named(row.of)
        fitting = [way for way in ways if way and (not wanted or _sorts(way) <= {wanted})]
        return fitting[0] if fitting else []


def turned(slot: Slot) -> Slot:
    """Return a cell as if rows were columns: what holds of totals of rows then holds of totals of columns."""
    return replace(slot, row=slot.column, column=slot.row, row_heads=slot.column_heads, column_heads=slot.row_heads)


def adds_up(rows: Sequence[Row]) -> bool:
    """Tell whether rows divide by one thing, and none holds what another one does."""
    sectors = [one for row in rows if row.sort is Sort.SECTOR for one in row.place.sectors]
    return bool(rows) and len(_sorts(rows)) <= 1 and len(sectors) == len(set(sectors))


def _sorts(rows: Iterable[Row]) -> set[Sort]:
    return {row.sort for row in rows} - {Sort.UNKNOWN}


def is_whole(rows: Iterable[Row], names: Names) -> bool:
    """Tell whether rows name every village of the town, or every sector there is."""
    rows = list(rows)
    named = {row.place.unit_id for row in rows if row.place.unit_id}
    sectors = {one for row in rows if row.sort is Sort.SECTOR for one in row.place.sectors}
    villages = names.villages
    return bool(villages and villages <= named) or sectors >= EVERY_SECTOR


def names_whole(head: str) -> bool:
    """Tell whether a heading says that it is of the whole town."""
    return _WHOLE_TOWN.match(bare(head)[0]) is not None


def named_subtotal(head: str) -> str:
    """Return what a sub-total names, "" where a heading is none: 村（社区）小计."""
    text = bare(head)[0]
    found = _NAMED.match(text)
    if found is None or is_total(head) or names_whole(head):
        return ""
    of = found["of"] or found["in"]
    return of if meaning_of(Slot("", 0, 0, 0, (of,), ())).what is What.UNKNOWN else ""


@dataclass(frozen=True)
class Columns:
    """All columns of a form. placed: what cells are bound to that people placed, where their headings do not say it."""

    slots: Sequence[Slot]
    names: Names = NO_NAMES
    placed: Mapping[tuple[int, int], Place] = field(default_factory=dict)
    _said: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    _made: dict[tuple[object, ...], Column] = field(default_factory=dict)

    @cached_property
    def _by_column(self) -> Mapping[tuple[int, int, tuple[str, ...]], list[Slot]]:
        found: dict[tuple[int, int, tuple[str, ...]], list[Slot]] = {}
        for slot in self.slots:
            found.setdefault((slot.sheet, slot.column, slot.column_heads), []).append(slot)
        return found

    def of(self, slot: Slot) -> Column:
        """Return the column of a cell as far as its totals go: below the headings around it that it shares."""
        at = next((number for number, head in enumerate(slot.row_heads) if adds(head)), max(len(slot.row_heads) - 1, 0))
        under, below = slot.row_heads[:at], slot.row_heads[at + 1 :]
        where = (slot.sheet, slot.column, slot.column_heads)
        key = (where, under, below)
        if key not in self._made:
            same = [
                one
                for one in self._by_column[where]
                if one.row_heads[:at] == under and (not below or one.row_heads[-len(below) :] == below)
            ]
            rows = _with_heads([self._row(one, at) for one in same])
            self._made[key] = Column(rows, is_outer=not under)
        return self._made[key]

    def _row(self, slot: Slot, at: int) -> Row:
        own = slot.row_heads[at:] or slot.row_heads
        if own not in self._said:
            self._said[own] = meaning_of(replace(slot, row_heads=own, column_heads=()), self.names)
        said = self._said[own]
        place = said.place
        if place == Place() and said.unread:
            place = self.placed.get((slot.sheet, slot.row), place)
        of = next((found for head in own if (found := named_subtotal(head))), "")
        return Row(slot, _kind(own, of), _sort(own, said, place), place, of)


def _kind(own: Sequence[str], of: str) -> RowKind:
    if any(head.startswith("其中") for head in own[-1:]):
        return RowKind.PART
    if any(names_whole(head) or (is_total(head) and bare(head)[0] != SUBTOTAL) for head in own):
        return RowKind.TOTAL
    return RowKind.SUBTOTAL if of or any(bare(head)[0] == SUBTOTAL for head in own) else RowKind.LEAF


def _sort(own: Sequence[str], said: Meaning, place: Place) -> Sort:
    if place.unit_id or (said.unread and not place.sectors):
        if own and is_office(bare(own[-1])[0]):
            return Sort.DEPARTMENT
        return Sort.UNIT if place.unit_id else Sort.UNKNOWN
    if place.sectors:
        return Sort.SECTOR
    return Sort.ITEM if said.what is not What.UNKNOWN or said.level else Sort.NOBODY


def adds(head: str) -> bool:
    """Tell whether a heading is that of a total or a sub-total."""
    return is_total(head) or names_whole(head) or bool(named_subtotal(head))


def _with_heads(rows: Sequence[Row]) -> list[Row]:
    """Return rows with those that head a section known: they name nobody, or alone are numbered, and rows follow."""
    leaves = [row for row in rows if row.kind is RowKind.LEAF]
    numbered = {
        row.address
        for row in leaves
        if row.slot.row_heads and _SECTION.match(row.slot.row_heads[-1]) and row.sort is not Sort.ITEM
    }
    some = bool(numbered) and len(numbered) < len(leaves)
    heads = {row.address for row in leaves if row.sort is Sort.NOBODY or (some and row.address in numbered)}
    done: list[Row] = []
    for number, row in enumerate(rows):
        follows = number + 1 < len(rows) and rows[number + 1].kind in {RowKind.LEAF, RowKind.PART}
        is_head = row.address in heads and follows and rows[number + 1].address not in heads
        done.append(replace(row, kind=RowKind.HEAD) if is_head else row)
    return done


def _run(rows: Sequence[Row]) -> list[Row]:
    """Return the leaves that come first, as far as no total or head of a section parts them."""
    found: list[Row] = []
    for row in rows:
        if row.kind in {RowKind.TOTAL, RowKind.SUBTOTAL, RowKind.HEAD}:
            break
        if row.kind is RowKind.LEAF:
            found.append(row)
    return found


def _sort_named(of: str) -> Sort | None:
    """Return by what the rows divide of which a sub-total says that it is."""
    if re.search("行业|领域", of):
        return Sort.SECTOR
    if re.search("部门|站所|办所", of):
        return Sort.DEPARTMENT
    return Sort.UNIT if re.search("村|社区|居委", of) else None
