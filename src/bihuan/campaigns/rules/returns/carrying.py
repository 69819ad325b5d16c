"""What the cells of a newer edition are bound to: as in the one in use, where their headings are the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from bihuan.campaigns.rules.returns.binding import Binding, Source
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.succession import Compared

PARTS_GONE: Final = "原来由几格算出，其中有的在新版式里没有了"
LINES_CAME: Final = "原来由几格相加，新版式在它们中间多了行列"
MEANS_OTHERWISE: Final = "行列变了，现在的表头建议取别的数"
MEANS_NOTHING: Final = "行列变了，按现在的表头拿不准"


class Anew(NamedTuple):
    """A cell that nobody had chosen, which the changed lines make count otherwise: as it was, and as it would be."""

    was: Binding
    now: Binding


@dataclass(frozen=True)
class Carried:
    """What cells of a newer edition are bound to. bindings: by its addresses, those of new cells as suggested. anew: of
    these, what follows the changed lines, such as totals. asked: cells that a person must choose, each with why."""

    bindings: Mapping[str, Binding]
    anew: Mapping[str, Anew] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)


def carried(
    beside: Compared,
    bindings: Mapping[str, Binding],
    before: Mapping[str, Binding],
    after: Mapping[str, Binding],
    fresh: Mapping[str, Binding],
) -> Carried:
    """Return what the cells of a newer edition are bound to.

    bindings: of the edition in use. before, after: what the headings of the older and the newer one suggest, by
    themselves. fresh: what is suggested for a new cell. A cell keeps what it was bound to; a total, a rate or 其他 that
    was as the headings say follows them, unless a person chose it: then that person is asked.
    """
    places = {old: new for new, old in beside.cells.items()}
    found: dict[str, Binding] = {}
    anew: dict[str, Anew] = {}
    asked: dict[str, str] = {}
    for address in beside.new:
        old = beside.cells.get(address)
        was = bindings.get(old) if old is not None else None
        if old is None or was is None:
            found |= {address: fresh[address]} if address in fresh else {}
            continue
        moved = _moved(was, places)
        why = _why_asked(address, was, moved, before.get(old), after.get(address), places, beside)
        follows = after.get(address)
        if not why and moved is not None:
            found[address] = moved
        elif why in {PARTS_GONE, MEANS_OTHERWISE} and not was.chosen_by and follows is not None:
            found[address], anew[address] = follows, Anew(was, follows)
        else:
            asked[address] = why
    return Carried(found, anew, asked)


def _moved(one: Binding | None, places: Mapping[str, str]) -> Binding | None:
    """Return a binding by the addresses of the newer edition, None where a cell of which it is made is gone."""
    if one is None or any(cell not in places for cell in one.cells):
        return None
    return replace(one, cells=tuple(places[cell] for cell in one.cells))


def _why_asked(
    address: str,
    was: Binding,
    moved: Binding | None,
    before: Binding | None,
    after: Binding | None,
    places: Mapping[str, str],
    beside: Compared,
) -> str:
    """Return why a cell is not simply bound as it was, "" where it is."""
    if moved is None:
        return PARTS_GONE
    if before is not None and was.same_as(before):
        if after is None:
            return MEANS_NOTHING
        return "" if after.same_as(moved) else MEANS_OTHERWISE
    if was.source is Source.SUM and _came_between(beside.new[address], moved, places, beside):
        return LINES_CAME
    return ""


def _came_between(total: Slot, moved: Binding, places: Mapping[str, str], beside: Compared) -> bool:
    """Tell whether a new cell stands between those that a total adds up, or between them and the total."""
    parts: Sequence[Slot] = [beside.new[cell] for cell in moved.cells if cell in beside.new]
    around = [*parts, total]
    for slot in beside.added:
        if slot.sheet != total.sheet:
            continue
        in_column = {one.column for one in around} == {slot.column}
        in_row = {one.row for one in around} == {slot.row}
        rows, columns = [one.row for one in around], [one.column for one in around]
        if (in_column and min(rows) < slot.row < max(rows)) or (in_row and min(columns) < slot.column < max(columns)):
            return True
    return False
