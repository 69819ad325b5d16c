"""What a unit would leave behind if it were closed."""

from uuid import UUID

from django.db.models import Q

from bihuan.hazards.models import Hazard
from bihuan.orgs import queries as orgs


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
