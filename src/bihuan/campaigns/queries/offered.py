"""What a person's own indicator can choose: the measures whose rows a list shows by its filters."""

from typing import Final

from bihuan.campaigns.rules.own import Offer, Period, Records
from bihuan.kernel.measures import Measure
from bihuan.stats import queries as stats

HAZARDS: Final = "hazards:list"
FOUND: Final = "hazards.found_fact"
CLOSED: Final = "hazards.closed"  # counted by the day of closing; its rows are the closed ones of that day
IN_STATE: Final = "hazards.in."  # what is in one state, and what is added up of these: all of them, none left out
OF_ROWS: Final = {"enterprises.active": Records.ENTERPRISES, "hazards.self_reporting": Records.SELF_REPORTS}


def offers() -> tuple[Offer, ...]:
    """Return the measures that a person's own indicator can choose, by the filters that list their rows."""
    found = [one for one in map(_offer, stats.measures().values()) if one is not None]
    asked = stats.asked_figures()
    found += [
        Offer(name, asked[name].title, records, Period.STANDING, frozenset())
        for name, records in OF_ROWS.items()
        if name in asked
    ]
    return tuple(found)


def _offer(measure: Measure) -> Offer | None:
    if stats.pages().get(measure.name) != HAZARDS and measure.name != CLOSED:
        return None
    filters = frozenset((measure.rows or {"tab": "closed"}).items())
    records = Records.LISTINGS if any(name == "listing" for name, _ in filters) else Records.HAZARDS
    levels = frozenset() if measure.plain else frozenset({"general", "major"})
    parts = stats.stored(measure.name)
    states = [stats.states_of(part) for part in parts]
    lies = frozenset[str]().union(*(one for one in states if one)) if all(states) else None
    is_whole = measure.name == FOUND or all(part.startswith(IN_STATE) for part in parts)
    period = Period.CLOSED if measure.name == CLOSED else Period.FOUND if measure.by_fact else Period.STANDING
    return Offer(measure.name, measure.title, records, period, filters, levels, lies, is_whole and lies is not None)
