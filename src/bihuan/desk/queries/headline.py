"""The figures on top of a workbench: of all that the viewer sees, with what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bihuan.desk.queries.pressed import most_overdue
from bihuan.desk.queries.seen import whole_place
from bihuan.hazards.rules.chips import SOON_DAYS
from bihuan.kernel.actor import Actor
from bihuan.kernel.paths import is_within
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import TownDuties
from bihuan.stats import queries as stats

WEEK: Final = timedelta(days=7)
MANY: Final = 20  # where more places lie below, only those with most overdue are asked about in full
MAJOR: Final = "major"
NAMES: Final = (
    "hazards.open",
    "hazards.overdue",
    "hazards.counted",
    "hazards.rectified",
    "hazards.ever_listed",
)


@dataclass(frozen=True, slots=True)
class Headline:
    """Counts of hazards, today. open_before: a week ago; overdue_before: yesterday.

    soon: those whose deadline is today or within three days, which is what will have fallen overdue by then if nobody
    does anything, since falling overdue is dated ahead (L7).
    """

    open: int
    open_before: int
    overdue: int
    overdue_before: int
    overdue_major: int
    soon: int
    major_open: int
    major_all: int
    major_listed: int
    rectified: int
    counted: int


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """One place of the table beside the workbench."""

    name: str
    path: str
    open: int
    late: int


def headline(viewer: Actor, *, today: date) -> Headline:
    """Return the figures of all that the viewer sees; a fixed number of queries, whatever the number of rows."""
    place = whole_place(viewer)
    overdue = ["hazards.overdue"]
    day_after_soon = today + timedelta(days=SOON_DAYS + 1)
    now, last_week, yesterday, ahead = stats.figures_at(
        place,
        [
            (NAMES, today),
            (["hazards.open"], today - WEEK),
            (overdue, today - timedelta(days=1)),
            (overdue, day_after_soon),
        ],
    )
    return Headline(
        open=now.total("hazards.open"),
        open_before=last_week.total("hazards.open"),
        overdue=now.total("hazards.overdue"),
        overdue_before=yesterday.total("hazards.overdue"),
        overdue_major=now.of("hazards.overdue", MAJOR),
        soon=ahead.total("hazards.overdue") - now.total("hazards.overdue"),
        major_open=now.of("hazards.open", MAJOR),
        major_all=now.of("hazards.counted", MAJOR),
        major_listed=now.of("hazards.ever_listed", MAJOR),
        rectified=now.total("hazards.rectified"),
        counted=now.total("hazards.counted"),
    )


def places_of(viewer: Actor, *, today: date, first_n: int = 8, duties: TownDuties | None = None) -> list[PlaceFigures]:
    """Return the villages of a town, or the towns above it, those with most overdue first; none for narrower views.

    duties: those of the viewer's town, where the caller has read them.
    """
    names = dict(_below(viewer, duties))
    places = {path: stats.place_of_unit(viewer, path) for path in names}
    if len(places) > MANY:
        places = {path: places[path] for path in most_overdue(places, until=today, most=first_n)}
    found = stats.by_place(places, ["hazards.open", "hazards.overdue"], until=today)
    rows = [
        PlaceFigures(names[path], path, found[path].total("hazards.open"), found[path].total("hazards.overdue"))
        for path in places
    ]
    busy = [row for row in rows if row.open]
    return sorted(busy, key=lambda row: (-row.late, -row.open, row.path))[:first_n]


def _below(viewer: Actor, duties: TownDuties | None) -> Sequence[tuple[str, str]]:
    if viewer.town_id is None:
        return [named for root in viewer.scope.paths for named in orgs.town_names_below(root)]
    areas = orgs.areas_of(viewer.town_id) if duties is None else [duties.town, *duties.villages]
    if not areas or not any(is_within(areas[0].path, root) for root in viewer.scope.paths):
        return []
    return [(unit.path, unit.short_name) for unit in areas[1:]]
