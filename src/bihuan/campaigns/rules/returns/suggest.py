"""Suggest what each cell of a form is bound to, from its headings; a person confirms or chooses (R9.8)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bihuan.campaigns.rules.returns.binding import MEASURE_UNITS, Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.kinds import SHARES
from bihuan.campaigns.rules.returns.meaning import (
    Meaning,
    What,
    inherited,
    is_part,
    is_total,
    meaning_of,
    says_done_now,
)
from bihuan.campaigns.rules.returns.names import Names, Place, names_for, rest_of
from bihuan.campaigns.rules.returns.totals import (
    Column,
    Columns,
    Row,
    RowKind,
    Sort,
    adds,
    adds_up,
    is_whole,
    names_whole,
    turned,
)
from bihuan.campaigns.rules.units import Participant
from bihuan.standards.rules import SECTOR_NAMES, Sector

T, C, N = PeriodKind.THIS, PeriodKind.CUMULATIVE, PeriodKind.AS_OF


@dataclass(frozen=True, slots=True)
class _Way:
    """How a thing is counted: what happened in a period, and how it stands at its end; "" where there is none.

    usual: the period where the headings do not say one. levels: whether it can be narrowed to a level.
    """

    flow: str
    stock: str
    usual: PeriodKind = T
    levels: bool = True


# A stock in a period is what it rose by: what was rectified by the end and was not before.
_WAYS: Final[Mapping[What, _Way]] = {
    What.FOUND: _Way("hazards.found_fact", "hazards.counted"),
    What.RECTIFIED: _Way("hazards.rectified", "hazards.rectified"),
    What.CLOSED: _Way("hazards.in.closed", "hazards.in.closed"),
    What.UNRECTIFIED: _Way("", "hazards.unrectified", N),
    What.OPEN: _Way("", "hazards.open", N),
    What.OVERDUE: _Way("", "hazards.overdue", N),
    What.LISTED: _Way("hazards.ever_listed", "hazards.ever_listed", levels=False),
    What.LISTED_NOW: _Way("", "hazards.listed", N, levels=False),
    What.DELISTED: _Way("hazards.delisted", "hazards.delisted", levels=False),
    What.ON_SPOT: _Way("hazards.on_spot", ""),
    What.ALIKE: _Way("hazards.same_kind_found", "", levels=False),
    What.TRANSFERRED: _Way("hazards.transferred", ""),
    What.ACTS: _Way("hazards.put_right", ""),
    What.CLOSING: _Way("hazards.closed", ""),
    What.SELF_FOUND: _Way("hazards.self_found", "", levels=False),
    What.MONEY: _Way("hazards.money", ""),
    What.ARRANGED: _Way("", "hazards.arranged", N, levels=False),
    What.PLANNED: _Way("hazards.found_planned", "hazards.open_planned", N, levels=False),
    What.PROVINCE: _Way("hazards.found_province", "", levels=False),
    What.TALKS: _Way("campaigns.interviews", "", levels=False),
    What.BLAMED: _Way("campaigns.people_held", "", levels=False),
    What.LED: _Way("inspections.led_visits_made", "", levels=False),
    What.FIRMS: _Way("", "enterprises.active", N, levels=False),
    What.SELF_REPORTS: _Way("", "hazards.self_reporting", N, levels=False),
}
_RATES: Final[Mapping[What, tuple[What, What]]] = {
    What.RATE_RECTIFIED: (What.RECTIFIED, What.FOUND),
    What.RATE_CLOSED: (What.CLOSED, What.FOUND),
    What.RATE_LISTED: (What.LISTED, What.FOUND),
}
# What was done in the days, whenever it was found, and of what was found in them: a form can mean either.
_DONE: Final[Mapping[What, What]] = {What.RECTIFIED: What.ACTS, What.CLOSED: What.CLOSING}


@dataclass(frozen=True)
class _Form:
    """All cells of a form with their meanings."""

    slots: Sequence[Slot]
    meanings: Mapping[str, Meaning]
    columns: Columns
    lines: Columns  # of the form turned over

    def ways(self, slot: Slot) -> list[tuple[Column, Slot]]:
        """Return the lines in which a cell can be a total of places: that of the columns first."""
        across, down = self.lines.of(turned(slot)), self.columns.of(slot)
        return [*([(across, turned(slot))] if across.is_of_places else []), (down, slot)]

    def in_line(self, slot: Slot) -> list[Slot]:
        """Return the other cells of the row, then those of the column."""
        same = [other for other in self.slots if other.sheet == slot.sheet and other.address != slot.address]
        row = [other for other in same if other.row == slot.row]
        return row + [other for other in same if other.column == slot.column]

    def beside(self, slot: Slot, what: What, *, level: str) -> str:
        """Return the cell in line that counts this at this level in the same period, "" where there is none.

        Where the headings of the cell say no period, the one so far is meant before that of this period.
        """
        mine, line = self.meanings[slot.address], self.in_line(slot)
        for period in (mine.period,) if mine.period is not None else (None, C, T):
            for other in line:
                its = self.meanings[other.address]
                if (its.what, its.level, its.period) == (what, level, period):
                    return other.address
        return ""


def suggest(
    slots: Sequence[Slot],
    units: Iterable[Participant] | Names = (),
    titles: Sequence[str] = (),
    remembered: Mapping[tuple[tuple[str, ...], tuple[str, ...]], Binding] | None = None,
) -> dict[str, Binding]:
    """Return a binding for each cell whose headings say what it wants, by address.

    units: of the town, by name. titles: of the form. remembered: what people bound cells with the very same headings
    to, in other forms; never what depends on other cells. A cell whose headings name what nobody knows gets none: it
    would count the whole instead of what is meant.
    """
    names = names_for(units)
    over = Columns([turned(slot) for slot in slots], names)
    form = _Form(slots, meanings_said(slots, names, titles), Columns(slots, names), over)
    found: dict[str, Binding] = {}
    for slot in slots:
        kept = (remembered or {}).get((slot.row_heads, slot.column_heads))
        binding = replace(kept, chosen_by="") if kept is not None else _suggested(slot, form)
        if binding is not None:
            found[slot.address] = binding
    return found


def meanings_said(
    slots: Sequence[Slot], units: Iterable[Participant] | Names = (), titles: Sequence[str] = ()
) -> dict[str, Meaning]:
    """Return what the headings of every cell say; 其他 is what the other lines do not name, and what has no sector."""
    known = names_for(units)
    found = _done_now(slots, inherited(slots, {slot.address: meaning_of(slot, known, titles) for slot in slots}))
    named = {(slot.sheet, one) for slot in slots for one in _own_sectors(slot, found) if one != Sector.OTHER}
    rest = {
        sheet: rest_of(str(one) for one in Sector if (sheet, one) in named) for sheet in {sheet for sheet, _ in named}
    }
    for slot in slots:
        meaning = found[slot.address]
        if meaning.sectors == (Sector.OTHER,):
            is_rest = slot.sheet in rest  # 其他 among villages is no sector
            unread = meaning.unread if is_rest else (*meaning.unread, SECTOR_NAMES[Sector.OTHER])
            found[slot.address] = replace(meaning, sectors=rest.get(slot.sheet, ()), unread=unread)
    return found


def _own_sectors(slot: Slot, found: Mapping[str, Meaning]) -> tuple[str, ...]:
    """Return the sectors that a line counts: a bare 小计 counts those of its lines, not all that its head names."""
    return () if any(map(is_total, slot.heads)) else found[slot.address].sectors


def _done_now(slots: Sequence[Slot], found: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """Take 本周整改到位 for what was done in the week, except beside a rate or a rest of what was found in it."""
    done = dict(found)
    for slot in slots:
        meaning = found[slot.address]
        if meaning.what in _DONE and meaning.period is T and says_done_now(slot):
            beside = [
                one for one in slots if one.sheet == slot.sheet and (one.row == slot.row or one.column == slot.column)
            ]
            its = [found[one.address] for one in beside]
            rates = {rate for rate, (part, _) in _RATES.items() if part is meaning.what}
            has_so_far = any(one.what is meaning.what and one.period is C for one in its)
            days = {T} if has_so_far else {T, None}  # of a rate that needs the figure of the period
            is_rated = any(one.what in rates and one.period in days for one in its)
            if not is_rated and not any(one.what is What.UNRECTIFIED and one.period is T for one in its):
                done[slot.address] = replace(meaning, what=_DONE[meaning.what])
    return done


def fitting_names(slot: Slot) -> list[str]:
    """Return the measures of what the headings say is counted, the likelier first."""
    meaning = meaning_of(slot)
    whats = _RATES.get(meaning.what, (meaning.what,))
    if meaning.what in _DONE and says_done_now(slot):
        whats = (_DONE[meaning.what], meaning.what)
    ways = [_WAYS[what] for what in whats if what in _WAYS]
    first = "stock" if meaning.period is N else "flow"
    return list(dict.fromkeys(name for way in ways for name in _both(way, first) if name))


def _both(way: _Way, first: str) -> tuple[str, str]:
    return (way.flow, way.stock) if first == "flow" else (way.stock, way.flow)


def _suggested(slot: Slot, form: _Form) -> Binding | None:
    meaning = form.meanings[slot.address]
    if meaning.what in SHARES:
        return _rate(slot, meaning, form) if meaning.what in _RATES else None
    if meaning.what is What.UNRECTIFIED and (left := _difference(slot, meaning, form)) is not None:
        return left
    ways = form.ways(slot)
    if len(ways) == 1 and meaning.column_total and (cells := _across(slot, form)):
        return Binding(Source.SUM, cells=cells)
    for column, seen in ways:
        total, is_one = _total(seen, meaning, form, column)
        if is_one:
            return total
    if meaning.what is What.UNKEPT:
        return Binding(Source.TYPED)
    if meaning.room:
        return Binding(Source.TYPED, waits=(meaning.room,))
    return None if meaning.unread else _figure(meaning)


def _rate(slot: Slot, meaning: Meaning, form: _Form) -> Binding | None:
    part, whole = _RATES[meaning.what]
    level = "major" if meaning.what is What.RATE_LISTED else meaning.level
    for whose in dict.fromkeys(("" if meaning.what is What.RATE_LISTED else level, level)):
        above, below = form.beside(slot, part, level=whose), form.beside(slot, whole, level=level)
        if above and below:
            days = {form.meanings[one].period or meaning.period for one in (above, below)} - {None}
            return Binding(Source.RATE, cells=(above, below)) if len(days) <= 1 else None  # of other days: asked
    return _rate_of_levels(slot, part, whole, form) if not level else None


def _rate_of_levels(slot: Slot, part: What, whole: What, form: _Form) -> Binding | None:
    """Return the rate of both levels together, where a form has each but not their sum."""
    above, below = (
        tuple(form.beside(slot, what, level=level) for level in ("general", "major")) for what in (part, whole)
    )
    if not all((*above, *below)):
        return None
    return Binding(Source.RATE, cells=(*above, *below), above=len(above))


def _difference(slot: Slot, meaning: Meaning, form: _Form) -> Binding | None:
    """Return found less rectified so far. Beside figures of the period alone, what is left is how it stands at the end,
    whenever it was found, unless the headings want that of the period."""
    found = form.beside(slot, What.FOUND, level=meaning.level)
    fixed = form.beside(slot, What.RECTIFIED, level=meaning.level)
    periods = {form.meanings[one].period or T for one in (found, fixed) if one} | {meaning.period or C}
    return Binding(Source.DIFFERENCE, cells=(found, fixed)) if found and fixed and len(periods) == 1 else None


def total_parts(
    slots: Sequence[Slot], bindings: Mapping[str, Binding] | None = None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every total with the cells that it should come to: those of its rows by each of their classifications, and
    those of its columns. bindings: say where rows lie whose names only the town knows."""
    bound = [(slot, one) for slot in slots if (one := (bindings or {}).get(slot.address)) and one.unit_id]
    rows = {(slot.sheet, slot.row): Place(one.unit_id, one.sectors) for slot, one in bound}
    over = {(slot.sheet, slot.column): Place(one.unit_id, one.sectors) for slot, one in bound}
    lines = Columns([turned(slot) for slot in slots], placed=over)
    form = _Form(slots, meanings_said(slots), Columns(slots, placed=rows), lines)
    for slot in slots:
        meaning = form.meanings[slot.address]
        if meaning.what in SHARES:
            continue
        found = form.ways(slot)
        ways = [_across(slot, form)] if meaning.column_total and len(found) == 1 else []
        ways += [cells for column, seen in found for cells in _parts(seen, column)]
        yield from ((slot.address, cells) for cells in ways if cells)


def _across(slot: Slot, form: _Form) -> tuple[str, ...]:
    """Return the cells of the row that a total of columns adds up: those beside it that count the same."""
    at = next(number for number, head in enumerate(slot.column_heads) if is_total(head))
    under, below = slot.column_heads[:at], slot.column_heads[at + 1 :]
    row = [
        other
        for other in form.slots
        if (other.sheet, other.row) == (slot.sheet, slot.row)
        and other.column_heads[:at] == under
        and form.meanings[other.address].what not in SHARES
        and (not below or other.column_heads[at + 1 :] == below)
    ]
    left = [other for other in reversed(row) if other.column < slot.column]
    right = [other for other in row if other.column > slot.column]
    return tuple(sorted(_run(left, form) or _run(right, form), key=_place))


def _run(cells: Sequence[Slot], form: _Form) -> list[str]:
    """Return the cells next to a total, as far as they count the same thing; not its parts, nor another total."""
    found: list[str] = []
    first: What | None = None
    for other in cells:
        what = form.meanings[other.address].what
        if any(map(adds, other.column_heads)) or (first is not None and what is not first):
            break
        if is_part(other):
            continue
        first = what
        found.append(other.address)
    return found


def _place(address: str) -> tuple[int, str]:
    letters = address.rpartition("!")[2].rstrip("0123456789")
    return len(letters), letters


def _total(slot: Slot, meaning: Meaning, form: _Form, column: Column) -> tuple[Binding | None, bool]:
    """Return what a total of rows is bound to, and whether it is one: None where nobody can tell, and it is asked. The
    same of columns, where the form is turned over.

    That of the whole is counted at the whole place, never added up: what stands in no row, or in two of different
    classifications, would make it wrong. A sub-total, and a total of some of the rows there are, adds up its own rows.
    """
    mine = column.row(slot.address)
    if mine.kind in {RowKind.SUBTOTAL, RowKind.HEAD}:
        return (None, False) if mine.place != Place() else (_sum(column.section(slot.address)), True)
    if mine.kind is not RowKind.TOTAL or not column.leaves:
        return None, False
    if column.is_outer and Sort.ITEM not in column.sorts and not meaning.unread:
        is_of_all = any(map(names_whole, slot.row_heads)) or is_whole(column.leaves, form.columns.names)
        whole = _figure(meaning) if is_of_all else None
        if whole is not None:
            return whole, True
    return (None, True) if _is_doubtful(column) else (_sum(column.leaves), True)


def _is_doubtful(column: Column) -> bool:
    """Tell whether rows of a total may count the same twice: of two sorts, or a name nobody knows heads the others."""
    if column.sorts == {Sort.ITEM}:
        return False
    unknown = [row for row in column.leaves if row.sort is Sort.UNKNOWN]
    heads_others = unknown == column.leaves[:1] and len(column.leaves) > len(unknown)
    return heads_others or not adds_up(column.leaves)


def _sum(rows: Sequence[Row]) -> Binding | None:
    return Binding(Source.SUM, cells=tuple(row.address for row in rows)) if rows else None


def _parts(slot: Slot, column: Column) -> Iterator[tuple[str, ...]]:
    """Yield the cells that a total of rows should come to: of each classification those of its rows."""
    mine = column.row(slot.address)
    ways = column.ways() if mine.kind is RowKind.TOTAL else []
    if mine.kind in {RowKind.SUBTOTAL, RowKind.HEAD} and mine.place == Place():
        ways = [column.section(slot.address)]
    yield from (tuple(row.address for row in rows) for rows in ways if rows)


def _figure(meaning: Meaning) -> Binding | None:
    way = _WAYS.get(meaning.what)
    if way is None:
        return None
    period = meaning.period or way.usual
    name = (way.stock or way.flow) if period is N else (way.flow or way.stock)
    if name == way.stock != way.flow:
        period = N
    elif not way.stock and period is N:
        period = C
    is_narrowed = meaning.level and way.levels
    listed = meaning.what in {What.LISTED, What.LISTED_NOW, What.DELISTED}
    return Binding(
        Source.MEASURE,
        name=name,
        level=meaning.level if is_narrowed else "",
        period=period,
        unit_id=meaning.unit_id,
        sectors=meaning.sectors,
        amount=_amount(meaning),
        sure=meaning.what not in _DONE.values()
        and (meaning.period is not None or way.usual is N or not meaning.level or listed or bool(is_narrowed)),
    )


def _amount(meaning: Meaning) -> str:
    if meaning.what is not What.MONEY:
        return ""
    return meaning.amount if meaning.amount in MEASURE_UNITS else "万元"
