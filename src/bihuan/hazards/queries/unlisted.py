"""Open major hazards that nobody has listed in time (R3.22), asked in the database."""

from collections import defaultdict
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q

from bihuan.hazards.models.hazard import HazardQuerySet
from bihuan.hazards.queries.terms import frames_of
from bihuan.hazards.rules.listing import unlisted_late_since
from bihuan.hazards.rules.states import ListingState

NOT_LISTED: Final = ("", str(ListingState.PROPOSED))


def unlisted_late(rows: HazardQuerySet, *, today: date) -> HazardQuerySet:
    """Keep the open major ones past the red line without a listing; two small queries for the calendars of the towns.

    The red line is counted in working days, back from today: one day for all towns that keep the same calendar.
    """
    rows = rows.major_and_open().filter(listing_state__in=NOT_LISTED)
    towns = set(rows.order_by().values_list("town_id", flat=True).distinct())
    by_day: defaultdict[date, list[UUID]] = defaultdict(list)
    for town, frame in frames_of(towns, on=today).items():
        by_day[unlisted_late_since(today, terms=frame.terms, calendar=frame.calendar)].append(town)
    late = Q(pk__in=[])
    for day, same in by_day.items():
        since = Q(major_since__lte=day) | Q(major_since=None, found_on__lte=day)
        late |= since if len(by_day) == 1 else since & Q(town_id__in=same)
    return rows.filter(late)
