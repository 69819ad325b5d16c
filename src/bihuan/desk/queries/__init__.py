"""What the desk answers: what waits, what was found, and the figures on top."""

from bihuan.desk.queries.headline import Headline, PlaceFigures, headline, places_of
from bihuan.desk.queries.merging import Desk, found, urgency, waiting
from bihuan.desk.queries.pressed import most_overdue
from bihuan.desk.queries.seen import whole_place

__all__ = [
    "Desk",
    "Headline",
    "PlaceFigures",
    "found",
    "headline",
    "most_overdue",
    "places_of",
    "urgency",
    "waiting",
    "whole_place",
]
