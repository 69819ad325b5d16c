"""Hazards as the rows of a ledger (清单), for rooms that have asked whether the viewer sees the place."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from bihuan.hazards.models import Hazard, Listing
from bihuan.hazards.rules.found import EVER_LISTED
from bihuan.hazards.rules.states import LEVEL_NAMES, Level, State

AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A hazard as a ledger tells it, as known now; listing facts are "" or None where it is not listed."""

    id: UUID
    number: str
    place_name: str
    enterprise_id: UUID | None
    path: str
    description: str
    level: str
    found_on: date
    deadline: date | None
    party_name: str
    rectified_on: date | None
    closed_on: date | None
    suspended_on: date | None
    resumed_on: date | None
    listing_number: str = ""
    listing_organ: str = ""
    listed_on: date | None = None
    supervising_unit: str = ""
    leader: str = ""
    delisted_on: date | None = None


class FoundThere(NamedTuple):
    """How many hazards were found at one place on one day, and how many of the major ones were listed since."""

    general: int = 0
    major: int = 0
    listed: int = 0


def ledger_lines(ids: Collection[UUID]) -> dict[UUID, LedgerLine]:
    """Return hazards by id with their main listing. Two queries for each five thousand."""
    found: dict[UUID, LedgerLine] = {}
    some = sorted(ids)
    for start in range(0, len(some), AT_ONCE):
        rows = list(Hazard.objects.filter(pk__in=some[start : start + AT_ONCE]))
        orders = Listing.objects.in_bulk([one.listing_id for one in rows if one.listing_id is not None])
        found |= {one.pk: _line(one, orders.get(one.listing_id) if one.listing_id else None) for one in rows}
    return found


def _line(row: Hazard, order: Listing | None) -> LedgerLine:
    return LedgerLine(
        id=row.pk,
        number=row.number,
        place_name=row.place_name,
        enterprise_id=row.enterprise_id,
        path=row.path,
        description=row.description,
        level=LEVEL_NAMES[Level(row.level)] if row.level else "",
        found_on=row.found_on,
        deadline=row.deadline,
        party_name=row.party_name,
        rectified_on=row.rectified_on,
        closed_on=row.closed_on,
        suspended_on=row.suspended_on,
        resumed_on=row.resumed_on,
        listing_number=order.number if order is not None else "",
        listing_organ=order.organ if order is not None else "",
        listed_on=order.listed_on if order is not None else None,
        supervising_unit=order.supervising_unit if order is not None else "",
        leader=order.leader if order is not None else "",
        delisted_on=order.delisted_on if order is not None else None,
    )


def stopped_on(path: str, on: date, sectors: Collection[str] = ()) -> list[LedgerLine]:
    """Return the hazards at or below a path for which production stood still at the end of a day, by the days of the
    stop and of the consent to start again. Two queries."""
    rows = Hazard.objects.below(path).filter(suspended_on__lte=on).exclude(state=State.INVALID.value)
    rows = rows.filter(Q(resumed_on__isnull=True) | Q(resumed_on__gt=on))
    if sectors:
        rows = rows.filter(sector__in=list(sectors))
    lines = ledger_lines(list(rows.values_list("pk", flat=True)))
    return sorted(lines.values(), key=lambda one: (one.suspended_on or on, one.number))


def found_by_day(enterprise_ids: Collection[UUID], *, since: date, until: date) -> dict[tuple[UUID, date], FoundThere]:
    """Return what was found at enterprises on each day between two, both inclusive, as known now. One query."""
    rows = Hazard.objects.filter(enterprise_id__in=list(enterprise_ids), found_on__range=(since, until))
    told = rows.exclude(state=State.INVALID.value)
    found: defaultdict[tuple[UUID, date], FoundThere] = defaultdict(FoundThere)
    for firm_id, on, level, listing in told.values_list("enterprise_id", "found_on", "level", "listing_state"):
        if firm_id is not None:
            so_far, is_major = found[firm_id, on], level == Level.MAJOR
            found[firm_id, on] = FoundThere(
                so_far.general + (level == Level.GENERAL),
                so_far.major + is_major,
                so_far.listed + (is_major and listing in EVER_LISTED),
            )
    return dict(found)
