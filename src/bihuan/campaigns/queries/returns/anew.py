"""What a form in use would be bound to today: suggestions get better, and what was once suggested stays as it was."""

from dataclasses import replace

from bihuan.campaigns.models import ReturnForm
from bihuan.campaigns.queries.returns.choices import remembered
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.queries.returns.naming import names_of_form
from bihuan.campaigns.rules.returns.binding import Binding
from bihuan.campaigns.rules.returns.builtin import BUILT_IN, laid_out
from bihuan.campaigns.rules.returns.forms import FormState, suggested_otherwise
from bihuan.campaigns.rules.returns.grid import Grid, grid_of
from bihuan.campaigns.rules.returns.lines import FormView
from bihuan.campaigns.rules.returns.suggest import suggest
from bihuan.kernel.actor import Actor
from bihuan.standards.rules import SECTOR_NAMES

Heads = tuple[tuple[str, ...], tuple[str, ...]]


def with_anew(viewer: Actor, view: FormView) -> FormView:
    """Return a form's view with what it would be bound to today, for whoever binds it. Six queries; else none."""
    if view.state != FormState.IN_USE or not view.is_office:
        return view
    row = ReturnForm.objects.open_to(viewer).get(pk=view.id)
    return replace(view, anew=anew_of(row), is_older=bool(row.code) and _is_older(row.code, view.grid))


def anew_of(row: ReturnForm) -> dict[str, Binding | None]:
    """Return the cells of a form that would be suggested otherwise today. A form of ours: those that are declared
    otherwise, by their headings."""
    grid, bindings = grid_of(row.grid), bindings_of(row)
    slots = grid.slots()
    if not row.code:
        return suggested_otherwise(bindings, suggest(slots, names_of_form(row), grid.titles, remembered(row.town_id)))
    declared, now = _declared(row.code)
    by_heads = {(one.row_heads, one.column_heads): now[one.address] for one in declared.slots()}
    found = {one.address: by_heads.get((one.row_heads, one.column_heads)) for one in slots}
    known = {address: one for address, one in found.items() if one is not None and not one.cells}
    return suggested_otherwise({address: one for address, one in bindings.items() if address in known}, known)


def _declared(code: str) -> tuple[Grid, dict[str, Binding]]:
    form = next(one for one in BUILT_IN if one.code == code)
    return laid_out(form, {str(one): name for one, name in SECTOR_NAMES.items()})


def _is_older(code: str, grid: Grid) -> bool:
    """Tell whether the headings of a form of ours have changed since it was taken."""
    return _heads(grid) != _heads(_declared(code)[0])


def _heads(grid: Grid) -> set[Heads]:
    return {(one.row_heads, one.column_heads) for one in grid.slots()}
