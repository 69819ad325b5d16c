"""What the desk answers: what waits, what was found, and the figures on top."""

from bihuan.desk.queries.flows import Flows, Period, flows
from bihuan.desk.queries.headline import Headline, PlaceFigures, headline, places_of
from bihuan.desk.queries.merging import Desk, FoundPage, found, urgency, waiting
from bihuan.desk.queries.pressed import most_overdue
from bihuan.desk.queries.seen import rows_seen, whole_place
from bihuan.desk.queries.wall import NAMES as WALL_NAMES
from bihuan.desk.queries.wall import Wall, WallPlace, wall

__all__ = [
    "WALL_NAMES",
    "Desk",
    "Flows",
    "FoundPage",
    "Headline",
    "Period",
    "PlaceFigures",
    "Wall",
    "WallPlace",
    "flows",
    "found",
    "headline",
    "most_overdue",
    "places_of",
    "rows_seen",
    "urgency",
    "waiting",
    "wall",
    "whole_place",
]
