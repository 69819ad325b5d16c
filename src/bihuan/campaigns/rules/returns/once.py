"""A number is typed once: what a person typed for an item in one return stands in every other return of the same unit
that asks for the same of the same days; a correction in one is seen in the others (R9.8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from bihuan.campaigns.rules.returns.computing import Filled
from bihuan.campaigns.rules.returns.items import Asked, ItemCell


@dataclass(frozen=True, slots=True)
class OtherReturn:
    """A return of the same unit on another form, with what was typed in it. cells: by what they ask for."""

    id: UUID
    title: str
    typed: Mapping[str, Filled]
    cells: Mapping[Asked, ItemCell]


def typed_elsewhere(cells: Mapping[Asked, ItemCell], others: Iterable[OtherReturn]) -> dict[str, Filled]:
    """Return what was typed last in other returns for cells of this one, by address, in the unit of each cell.

    cells: of this form. What was meant for one form only stays there.
    """
    found: dict[str, Filled] = {}
    for other in others:
        for asked, theirs in other.cells.items():
            one, mine = other.typed.get(theirs.address), cells.get(asked)
            if one is None or one.amount is None or one.alone or mine is None:
                continue
            if mine.address not in found or one.at > found[mine.address].at:
                taken_from = f"{other.id}?cell={theirs.address}"
                found[mine.address] = replace(
                    converted(one, theirs, mine), taken=other.title, taken_from=taken_from, was=""
                )
    return found


def converted(one: Filled, theirs: ItemCell, mine: ItemCell) -> Filled:
    """Return a number of another form's cell in the unit of this one."""
    if one.amount is None or one.is_rate or theirs.scale == mine.scale:
        return one
    return replace(one, amount=mine.to_cell(theirs.to_item(one.amount)))


def typed_once(own: Mapping[str, Filled], elsewhere: Mapping[str, Filled]) -> dict[str, Filled]:
    """Return what stands as typed in each cell: what was typed last, here or elsewhere.

    was: what was typed here before, where another number came later. A number meant for this form only stays.
    """
    found = dict(own)
    for address, other in elsewhere.items():
        mine = own.get(address)
        if mine is None:
            found[address] = other
        elif not mine.alone and other.at > mine.at and other.amount != mine.amount:
            found[address] = replace(other, was=mine.text)
    return found


def shown_above(figures: Mapping[str, Filled]) -> dict[str, Filled]:
    """Return figures as they are shown above the town, where nobody opens the returns that they were typed in."""
    return {address: replace(one, taken_from="") if one.taken_from else one for address, one in figures.items()}
