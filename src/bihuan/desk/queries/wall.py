"""What a big screen shows of one place: figures only, no names of persons or enterprises, no rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.campaigns import queries as campaigns
from bihuan.campaigns.queries import Standings
from bihuan.desk.queries.flows import Flows, flows
from bihuan.desk.queries.pressed import most_overdue
from bihuan.kernel.actor import Actor
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.stats import queries as stats

MOST_PLACES: Final = 12
BELOW: Final = ("hazards.open", "hazards.overdue")
SUPERIOR: Final = ("hazards.superior_done", "hazards.superior_closed", "hazards.superior_overdue")
NAMES: Final = (
    *BELOW,
    *SUPERIOR,
    "hazards.counted",
    "hazards.rectified",
    "hazards.listed",
    "hazards.ever_listed",
    "hazards.delisted",
)


@dataclass(frozen=True, slots=True)
class WallPlace:
    """A village or a town on the screen."""

    name: str
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Wall:
    """A screen's figures as they stand. places: the units below, those with most overdue first where not all fit.

    more: how many units are not among the places. rest: what lies in none of the places, so that all add up to the
    figures. campaign: the newest that runs here.
    """

    name: str
    today: date
    figures: stats.Figures
    overdue_yesterday: int
    flows: Flows
    places: tuple[WallPlace, ...]
    more: int
    rest: WallPlace
    is_town: bool
    campaign: Standings | None


def wall(viewer: Actor, *, today: date) -> Wall:
    """Return what a screen's viewer is shown of the one place seen; a fixed number of queries."""
    place = stats.place_of_unit(viewer, viewer.unit_path)
    figures = stats.figures(place, NAMES, until=today)
    moved = flows(place, on=today)
    grew = sum(amount for (name, _), amount in moved.days.get(today, {}).items() if name == "hazards.overdue")
    shown, more = _places(viewer, today)
    return Wall(
        name=viewer.unit_name,
        today=today,
        figures=figures,
        overdue_yesterday=figures.total("hazards.overdue") - grew,
        flows=moved,
        places=shown,
        more=more,
        rest=_rest(figures, shown),
        is_town=viewer.town_id is not None,
        campaign=campaigns.standings_at(viewer, today=today),
    )


def _places(viewer: Actor, today: date) -> tuple[tuple[WallPlace, ...], int]:
    below = _below(viewer)
    places = {path: stats.place_of_unit(viewer, path) for path, _ in below}
    names, more = dict(below), max(len(below) - MOST_PLACES, 0)
    if more:
        places = {path: places[path] for path in most_overdue(places, until=today, most=MOST_PLACES)}
    found = stats.by_place(places, BELOW, until=today) if places else {}
    lines = (
        WallPlace(names[path], found[path].total("hazards.open"), found[path].total("hazards.overdue"))
        for path in places
    )
    return tuple(lines), more


def _rest(figures: stats.Figures, places: Sequence[WallPlace]) -> WallPlace:
    open_, late = (figures.total(name) for name in BELOW)
    return WallPlace("", open_ - sum(one.open for one in places), late - sum(one.late for one in places))


def _below(viewer: Actor) -> list[tuple[str, str]]:
    """Return path and name of the villages of a town, or of the towns of a county and above; none of a village."""
    if viewer.town_id is None:
        return orgs.town_names_below(viewer.unit_path)
    units = orgs.units_below(viewer.unit_path, [UnitKind.VILLAGE])
    return [(unit.path, unit.short_name) for unit in units if unit.path != viewer.unit_path]
