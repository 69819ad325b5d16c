"""The verbs of the heart. Every act goes through `advance_many` (or its singular); findings enter by `report_many`."""

from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.services.engine import Advanced, Item, advance, advance_many, refusals
from bihuan.hazards.services.reporting import report, report_many

__all__ = [
    "Advanced",
    "Item",
    "NewHazard",
    "advance",
    "advance_many",
    "refusals",
    "report",
    "report_many",
]
