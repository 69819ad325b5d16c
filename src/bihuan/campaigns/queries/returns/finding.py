"""Find forms and returns that a viewer sees, and what a person may do with a return."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.models.returns import own_units
from bihuan.campaigns.queries.returns.naming import with_names
from bihuan.campaigns.rules.life import OFFICE
from bihuan.campaigns.rules.returns.binding import Binding, binding_of
from bihuan.campaigns.rules.returns.deadlines import deadline_of
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.grid import grid_of
from bihuan.campaigns.rules.returns.life import HAND_ROLES, Hand
from bihuan.campaigns.rules.returns.lines import FormLine, FormView, OwerLine
from bihuan.campaigns.rules.terms import Where
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind


def forms_for(viewer: Actor) -> list[FormLine]:
    """Return the forms that a viewer sees, those in use first; one query."""
    rows = ReturnForm.objects.open_to(viewer).annotate(n_owers=Count("owers", filter=Q(owers__ends_on=None)))
    found = sorted(rows, key=lambda row: (row.state == FormState.RETIRED, row.code or "Z", row.made_at))
    return [
        FormLine(
            row.pk,
            row.code,
            row.title,
            row.to_whom,
            row.rhythm,
            row.state,
            row.slots_count,
            len(row.bindings),
            getattr(row, "n_owers", 0),
            row.in_use_on,
            deadline_of(row.deadline),
            row.retired_on,
            row.succeeds_id is not None,
        )
        for row in found
    ]


def form_row(viewer: Actor, form_id: UUID) -> ReturnForm:
    """Return a form's row that the viewer sees. Raises NotFound."""
    row = ReturnForm.objects.open_to(viewer).filter(pk=form_id).first()
    if row is None:
        raise NotFound("returns.no_form", "没有找到这张报表，或者它不归您的单位填报。")
    return row


def form_for(viewer: Actor, form_id: UUID) -> FormView:
    """Return a form that the viewer sees. Raises NotFound."""
    row = form_row(viewer, form_id)
    return with_names(row, view_of(row, viewer))


def view_of(row: ReturnForm, viewer: Actor) -> FormView:
    """Freeze a form; one query for who owes it."""
    grid = grid_of(row.grid)
    owers = row.owers.filter(ends_on=None).order_by("path", "name")
    return FormView(
        id=row.pk,
        version=row.version,
        town_id=row.town_id,
        path=row.path,
        campaign_id=row.campaign_id,
        state=row.state,
        code=row.code,
        title=row.title,
        to_whom=row.to_whom,
        rhythm=row.rhythm,
        cumulative_from=row.cumulative_from,
        grid=grid,
        slots={slot.address: slot for slot in grid.slots()},
        bindings=bindings_of(row),
        owers=tuple(OwerLine(one.unit_id, one.name, one.kind) for one in owers),
        file_id=row.file_id,
        file_name=row.file_name,
        in_use_on=row.in_use_on,
        is_office=is_office(viewer, row.path),
        deadline=deadline_of(row.deadline),
        retired_on=row.retired_on,
        succeeds=row.succeeds_id,
    )


def bindings_of(row: ReturnForm) -> dict[str, Binding]:
    """Return what a form's cells are bound to."""
    return {address: binding_of(kept) for address, kept in row.bindings.items()}


def is_office(actor: Actor, path: str) -> bool:
    """Tell whether somebody is of the safety office over a town."""
    return bool(actor.roles_over(path=path) & OFFICE)


def hands_of(actor: Actor, *, unit_id: UUID, path: str) -> frozenset[Hand]:
    """Return as whom somebody may act on a return of this unit; the office may fill in for any, leaders of the town
    check its own."""
    held = actor.roles_over(path=path)
    hands = {hand for hand, roles in HAND_ROLES.items() if held & roles}
    if unit_id != actor.town_id:
        hands.discard(Hand.LEADER)
    if unit_id in own_units(actor) or Hand.OFFICE in hands:
        hands.add(Hand.FILLER)
    return frozenset(hands)


def return_row(viewer: Actor, return_id: UUID) -> Return:
    """Return a return's row that the viewer sees. Raises NotFound."""
    row = Return.objects.open_to(viewer).select_related("form").filter(pk=return_id).first()
    if row is None:
        raise NotFound("returns.not_found", "没有找到这份报表，或者它不在您的管辖范围内。")
    return row


def place_of_unit(
    town_path: str, unit_id: UUID, path: str, kind: str, leads: Mapping[UUID, tuple[str, ...]]
) -> Where | None:
    """Return of what a unit's return speaks: its area, or for a department the sectors that it leads; None for none.

    A department's own part in a campaign (meetings, rounds, interviews) lies at its own unit.
    """
    if kind == UnitKind.DEPARTMENT:
        return Where(town_path, leads[unit_id], path) if leads.get(unit_id) else None
    return Where(town_path if kind in {UnitKind.TOWN, UnitKind.OFFICE} else path)


def leads_on(town_id: UUID, on: date) -> dict[UUID, tuple[str, ...]]:
    """Return the sectors that each department leads on a day. One query."""
    found: dict[UUID, list[str]] = {}
    for sector, unit in orgs.lead_departments(town_id, on).items():
        found.setdefault(unit.id, []).append(sector)
    return {unit_id: tuple(sorted(sectors)) for unit_id, sectors in found.items()}
