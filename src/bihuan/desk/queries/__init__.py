"""What the desk answers: what waits, what was found, and the figures on top."""

from bihuan.desk.queries.headline import Headline, PlaceFigures, headline, places_of
from bihuan.desk.queries.merging import Desk, found, urgency, waiting

__all__ = ["Desk", "Headline", "PlaceFigures", "found", "headline", "places_of", "urgency", "waiting"]
