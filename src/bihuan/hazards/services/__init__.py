"""The verbs of the heart. Every act goes through `advance_many` (or its singular); findings enter by `report_many`."""

from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.same_kind import NewTask, Reply
from bihuan.hazards.services.closing import close_enterprise, close_unit
from bihuan.hazards.services.engine import Advanced, Item, advance, advance_many, refusals
from bihuan.hazards.services.reporting import report, report_many
from bihuan.hazards.services.same_kind import ask_same_kind, end_same_kind, open_same_kind, reply_same_kind
from bihuan.hazards.services.saved_views import drop_view, save_view
from bihuan.hazards.services.self_reports import report_month
from bihuan.hazards.services.tables import hand_in_table
from bihuan.hazards.services.voiding import void_paper

__all__ = [
    "Advanced",
    "Item",
    "NewHazard",
    "NewTask",
    "Reply",
    "advance",
    "advance_many",
    "ask_same_kind",
    "close_enterprise",
    "close_unit",
    "drop_view",
    "end_same_kind",
    "hand_in_table",
    "open_same_kind",
    "refusals",
    "reply_same_kind",
    "report",
    "report_many",
    "report_month",
    "save_view",
    "void_paper",
]
