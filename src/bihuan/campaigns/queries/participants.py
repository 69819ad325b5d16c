"""The units of a town that a plan can mean."""

from typing import Final
from uuid import UUID

from bihuan.campaigns.rules.units import Participant, Side
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind, UnitRef

SIDES: Final[dict[UnitKind, Side]] = {
    UnitKind.VILLAGE: Side.VILLAGE,
    UnitKind.DEPARTMENT: Side.DEPARTMENT,
    UnitKind.OFFICE: Side.OFFICE,
}


def units_of(town_id: UUID) -> list[UnitRef]:
    """Return the villages, departments and offices of a town, in the order of the tree."""
    return orgs.units_below(orgs.town(town_id).path, list(SIDES))


def participants_of(town_id: UUID) -> list[Participant]:
    """Return the same as the matching of names knows them."""
    return [Participant(one.id, one.name, one.short_name, SIDES[one.kind]) for one in units_of(town_id)]
