"""What campaigns stores. Private to the room."""

from bihuan.campaigns.models.accountability import AccountabilityCase, Interview, SealedPack
from bihuan.campaigns.models.bulletins import Bulletin, BulletinText, BulletinUnit, Exemption
from bihuan.campaigns.models.campaign import Campaign
from bihuan.campaigns.models.clauses import Clause, ClauseFigure
from bihuan.campaigns.models.freezing import FrozenEdition, FrozenPlace
from bihuan.campaigns.models.history import (
    CampaignExtension,
    CampaignPaper,
    ClauseChange,
    ClauseMove,
    EndCorrection,
    GroupSeat,
    TaskHelp,
    TaskMove,
    UnitStep,
)
from bihuan.campaigns.models.records import Decision, LedFirm, LedVisit, Meeting, Problem, Record, Study, StudyFirm
from bihuan.campaigns.models.returns import Return, ReturnEdition, ReturnForm, ReturnOwer
from bihuan.campaigns.models.supervision import Finding, SupervisionRound
from bihuan.campaigns.models.tasks import RegularDuty, Task, TaskReport
from bihuan.campaigns.models.units import CampaignUnit

__all__ = [
    "AccountabilityCase",
    "Bulletin",
    "BulletinText",
    "BulletinUnit",
    "Campaign",
    "CampaignExtension",
    "CampaignPaper",
    "CampaignUnit",
    "Clause",
    "ClauseChange",
    "ClauseFigure",
    "ClauseMove",
    "Decision",
    "EndCorrection",
    "Exemption",
    "Finding",
    "FrozenEdition",
    "FrozenPlace",
    "GroupSeat",
    "Interview",
    "LedFirm",
    "LedVisit",
    "Meeting",
    "Problem",
    "Record",
    "RegularDuty",
    "Return",
    "ReturnEdition",
    "ReturnForm",
    "ReturnOwer",
    "SealedPack",
    "Study",
    "StudyFirm",
    "SupervisionRound",
    "Task",
    "TaskHelp",
    "TaskMove",
    "TaskReport",
    "UnitStep",
]
