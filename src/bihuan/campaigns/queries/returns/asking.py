"""What the cells of forms ask for, whatever the form, and what is asked of a unit at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.queries.returns.naming import names_of
from bihuan.campaigns.rules.returns.binding import Source
from bihuan.campaigns.rules.returns.grid import grid_of
from bihuan.campaigns.rules.returns.items import OF_TOWN, Asked, ItemCell, is_asked_of, item_cells
from bihuan.campaigns.rules.returns.names import NO_NAMES, Names, places_of
from bihuan.campaigns.rules.returns.suggest import meanings_said
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind


@dataclass
class Asking:
    """What forms of a town ask for on a day; names and powers are read once, and only where a form needs them."""

    town_id: UUID
    on: date

    @cached_property
    def names(self) -> Names:
        """What headings of uploaded forms can name. Two queries."""
        return names_of(self.town_id)

    @cached_property
    def enforcing(self) -> frozenset[UUID]:
        """The units that have people with an enforcement certificate. One query."""
        return orgs.units_that_enforce(self.town_id, self.on)

    def cells_of(self, row: Return) -> dict[Asked, ItemCell]:
        """Return the typed cells of a return by what each asks for."""
        return self.cells(row.form, row.since, row.until)

    def cells(self, form: ReturnForm, since: date, until: date) -> dict[Asked, ItemCell]:
        """Return the typed cells of a form by what each asks for."""
        slots, bindings = grid_of(form.grid).slots(), bindings_of(form)
        names = NO_NAMES if form.code else Names(self.names.units, {**self.names.said, **places_of(form.words)})
        said = meanings_said(slots, names)
        starts = form.cumulative_from
        return item_cells(slots, bindings, said, since=since, until=until, cumulative_from=starts)

    def unasked(self, form: ReturnForm, unit_id: UUID, kind: str) -> frozenset[str]:
        """Return the cells of a form that a unit cannot know where nobody counts them."""
        if kind in OF_TOWN or not has_typed(form):
            return frozenset()
        bindings, enforces = bindings_of(form), unit_id in self.enforcing
        return frozenset(
            slot.address
            for slot in grid_of(form.grid).slots()
            if (one := bindings.get(slot.address)) and not is_asked_of(slot, one, UnitKind(kind), enforces=enforces)
        )


def has_typed(form: ReturnForm) -> bool:
    """Tell whether somebody types in a form."""
    return any(one["source"] == Source.TYPED for one in form.bindings.values())


def unasked_of(row: Return, *, on: date) -> frozenset[str]:
    """Return the cells of a return that its unit cannot know where nobody counts them; one query, none of a town."""
    return Asking(row.town_id, on).unasked(row.form, row.unit_id, row.unit_kind)


def of_unit(cells: Mapping[Asked, ItemCell], unit_id: UUID) -> Iterable[tuple[Asked, ItemCell]]:
    """Yield the cells of a town's form into which a unit's number goes: that name it, or nobody; by what is asked of it
    in its own return."""
    for asked, cell in cells.items():
        if asked.item.unit_id in {"", str(unit_id)}:
            yield asked._replace(item=asked.item._replace(unit_id="")), cell
