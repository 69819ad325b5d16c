"""What the unit is to which a re-inspection is delegated, and whether anybody there can do it (R3.15)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.facts import Delegate, Given
from bihuan.hazards.rules.parties import OFFICE_ROLES
from bihuan.hazards.rules.reviewers import ABLE
from bihuan.hazards.rules.states import Holder
from bihuan.kernel.actor import Actor
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind, UnitRef


def with_real_delegates(rows: Sequence[Hazard], givens: Sequence[Given], *, today: date) -> list[Given]:
    """Say of each unit named what it is; no query where none is named, two for each person of a unit named."""
    named = {given.delegate_unit_id for given in givens if given.delegate_unit_id is not None}
    if not named:
        return [replace(given, delegate=None) if given.delegate else given for given in givens]
    units = orgs.units(named)
    posts = orgs.posts_of_units(named, today)
    holders = orgs.users({post.holder_id for post in posts if post.holder_id is not None})
    people = orgs.actors_for([user.id for user in holders.values() if user.is_active], on=today)
    return [
        replace(given, delegate=_delegate(row, units.get(given.delegate_unit_id), people.values()))
        if given.delegate_unit_id is not None
        else given
        for row, given in zip(rows, givens, strict=True)
    ]


def _delegate(row: Hazard, unit: UnitRef | None, people: Collection[Actor]) -> Delegate | None:
    """Return the unit as the rules see it before one hazard; None for what is no unit of its town."""
    if unit is None or unit.town_id != row.town_id:
        return None
    held = {
        role
        for actor in people
        if unit.id in actor.own_units
        for role in actor.roles_over(path=row.path, sector=row.sector, enterprise_id=row.enterprise_id)
    }
    holder = Holder.VILLAGE if unit.kind is UnitKind.VILLAGE else Holder.DEPARTMENT
    if held & OFFICE_ROLES:
        holder = Holder.OFFICE
    return Delegate(unit.id, unit.name, unit.path, holder, able=bool(held & ABLE))
