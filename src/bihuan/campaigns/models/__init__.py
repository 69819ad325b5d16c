"""What campaigns stores. Private to the room."""

from bihuan.campaigns.models.campaign import Campaign
from bihuan.campaigns.models.clauses import Clause, ClauseFigure
from bihuan.campaigns.models.returns import Return, ReturnEdition, ReturnForm, ReturnOwer
from bihuan.campaigns.models.tasks import Task, TaskReport
from bihuan.campaigns.models.units import CampaignUnit

__all__ = [
    "Campaign",
    "CampaignUnit",
    "Clause",
    "ClauseFigure",
    "Return",
    "ReturnEdition",
    "ReturnForm",
    "ReturnOwer",
    "Task",
    "TaskReport",
]
