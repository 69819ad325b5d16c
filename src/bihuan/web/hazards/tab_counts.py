"""Counts on the tabs: from the cubes where they can say it, else counted as far as the list is paged (design, 6)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from bihuan.hazards import queries
from bihuan.hazards.rules.filters import Filters, Tab
from bihuan.hazards.rules.states import State
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.stats import queries as stats

MEASURE_OF: Final[dict[Tab, str]] = {
    Tab.OPEN: "hazards.open",
    Tab.ALL: "hazards.all",
    **{Tab(state): f"hazards.in.{state}" for state in State},
}
PLAIN: Final = Filters()


def counts_for(viewer: Actor, filters: Filters, *, today: date) -> tuple[Mapping[Tab, int], int | None]:
    """Return the count of each tab, and of the open tab where one says it (None: let the list count).

    Within a town rows are counted; above towns a million rows are not, and the cubes answer what they know.
    """
    if viewer.town_id is None and viewer.scope.paths and _in_cubes(filters):
        found = _from_cubes(viewer, filters, today)
        if found is not None:
            return found, found.get(filters.tab)
    counts = queries.tab_counts(viewer, filters, today=today)
    return counts, counts.get(filters.tab)


def _in_cubes(filters: Filters) -> bool:
    """Cubes know place, level, and one of source and sector."""
    known = replace(filters, tab=Tab.OPEN, path="", level="", source="", sector="")
    return known == PLAIN and not (filters.source and filters.sector) and filters.level in {"", "general", "major"}


def _from_cubes(viewer: Actor, filters: Filters, today: date) -> dict[Tab, int] | None:
    path = filters.path or (viewer.scope.paths[0] if len(viewer.scope.paths) == 1 else "")
    try:
        place = _place(viewer, path, filters)
    except NotFound:
        return None
    figures = stats.figures(place, list(MEASURE_OF.values()), until=today)
    level = filters.level
    return {tab: figures.of(name, level) if level else figures.total(name) for tab, name in MEASURE_OF.items()}


def _place(viewer: Actor, path: str, filters: Filters) -> stats.Place:
    if not path:
        raise NotFound
    if filters.source:
        return stats.place_of_source(viewer, path, filters.source)
    if filters.sector:
        return stats.place_of_sectors(viewer, path, [filters.sector])
    return stats.place_of_unit(viewer, path)
