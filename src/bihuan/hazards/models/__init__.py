"""What the heart stores. Private to the room."""

from bihuan.hazards.models.asides import Invalidation, LevelChange, LevelDecision, Transfer
from bihuan.hazards.models.desk import ActKey, SavedView, SelfReport, SignedTable
from bihuan.hazards.models.hazard import Hazard, HazardQuerySet
from bihuan.hazards.models.listing import LicenceProposal, Listing, ListingQuerySet, ListingRecord
from bihuan.hazards.models.rounds import Extension, HazardFile, Reinspection, Round
from bihuan.hazards.models.same_kind import SameKindReply, SameKindTask
from bihuan.hazards.models.stops import Resumption

__all__ = [
    "ActKey",
    "Extension",
    "Hazard",
    "HazardFile",
    "HazardQuerySet",
    "Invalidation",
    "LevelChange",
    "LevelDecision",
    "LicenceProposal",
    "Listing",
    "ListingQuerySet",
    "ListingRecord",
    "Reinspection",
    "Resumption",
    "Round",
    "SameKindReply",
    "SameKindTask",
    "SavedView",
    "SelfReport",
    "SignedTable",
    "Transfer",
]
