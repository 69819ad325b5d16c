"""How the clauses of the campaigns that run stand at one place: for dashboards and big screens, as of any day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.campaigns.models import Campaign, CampaignUnit
from bihuan.campaigns.queries.plan import LATE, asking_of
from bihuan.campaigns.rules.lines import ClauseLine
from bihuan.campaigns.rules.standing import Standing
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import end_of
from bihuan.trail.scoped import scope_filter

MOST: Final = 3  # campaigns at once on a page


@dataclass(frozen=True, slots=True)
class Standings:
    """A campaign that runs: its days, and its clauses at one place. late: those behind or due that day, as
    written; a screen names none."""

    id: UUID
    title: str
    starts_on: date | None
    ends_on: date | None
    place_key: str
    place_name: str
    clauses: int
    measured: int
    counts: Mapping[Standing, int]
    late: tuple[ClauseLine, ...]


def standings_for(viewer: Actor, *, on: date, today: date, first_n: int = MOST) -> list[Standings]:
    """Return the campaigns that ran on a day and that the viewer may open, newest first, at the first place seen."""
    return _standings(viewer, Campaign.objects.open_to(viewer), on, today, first_n)


def standings_at(viewer: Actor, *, today: date) -> Standings | None:
    """Return the newest campaign that runs in an area that is seen whole, or that was issued to it; for a screen."""
    units = CampaignUnit.objects.filter(scope_filter(viewer.scope, CampaignUnit.objects.all().scope_columns))
    here = Q(Exists(units.filter(campaign=OuterRef("pk"), side=Side.VILLAGE)))
    rows = Campaign.objects.filter(scope_filter(viewer.scope, Campaign.objects.all().scope_columns) | here)
    return next(iter(_standings(viewer, rows, today, today, 1, with_late=False)), None)


def _standings(
    viewer: Actor, rows: QuerySet[Campaign], on: date, today: date, first_n: int, *, with_late: bool = True
) -> list[Standings]:
    end = end_of(on)
    ran = rows.filter(Q(closed_at=None) | Q(closed_at__gte=end), issued_at__lt=end)
    found = [_one(viewer, row, on, today, with_late=with_late) for row in ran.order_by("-issued_at", "-id")[:first_n]]
    return [one for one in found if one is not None]


def _one(viewer: Actor, row: Campaign, on: date, today: date, *, with_late: bool) -> Standings | None:
    asking = asking_of(viewer, row, list(row.units.order_by("sort_no")), on=on, today=today)
    if asking is None:
        return None
    return Standings(
        id=row.pk,
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place_key=asking.place.key,
        place_name=asking.place.name,
        clauses=len(asking.clauses),
        measured=sum(map(asking.is_measured, asking.clauses)),
        counts=Counter(map(asking.standing, asking.clauses)),
        late=tuple(asking.line(one) for one in asking.clauses if with_late and asking.standing(one) in LATE),
    )
