"""What a unit would leave behind if it were closed; and which units may rectify what is no enterprise's."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q

from bihuan.hazards.models import Hazard
from bihuan.hazards.queries.views import HazardBrief
from bihuan.kernel.paths import is_within
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind, UnitRef

ANSWERABLE: Final = (UnitKind.VILLAGE, UnitKind.DEPARTMENT)


def open_of_unit(unit_id: UUID) -> int:
    """Count the open hazards that lie in a unit, or that it ordered, supervises, re-inspects or has to rectify."""
    unit = orgs.unit(unit_id)
    rows = Hazard.objects.still_open()
    if unit.town_id is not None:
        rows = rows.filter(town_id=unit.town_id)
    there = Hazard.objects.below(unit.path).values("pk")
    theirs = (
        Q(ordering_unit_id=unit_id)
        | Q(supervising_unit_id=unit_id)
        | Q(delegated_unit_id=unit_id)
        | Q(party_unit_id=unit_id)
        | Q(place_unit_id=unit_id)
    )
    return rows.filter(Q(pk__in=there) | theirs).count()


def may_rectify(unit: UnitRef, *, path: str, led: Iterable[UnitRef | None]) -> bool:
    """Tell whether a unit sees what lies there, and so can rectify it: the village, or the trade's department."""
    if unit.kind is UnitKind.VILLAGE:
        return is_within(path, unit.path)
    return unit.kind is UnitKind.DEPARTMENT and any(one is not None and one.id == unit.id for one in led)


def may_rectify_at(view: HazardBrief, *, on: date) -> list[UnitRef]:
    """Return the units that may be told to rectify a hazard of no enterprise, those of its place first."""
    lead = orgs.lead_departments(view.town_id, on).get(view.sector)
    village = orgs.units_by_path([view.path]).get(view.path)
    found = [unit for unit in (village, lead) if unit is not None and may_rectify(unit, path=view.path, led=[lead])]
    return list(dict.fromkeys(found))
