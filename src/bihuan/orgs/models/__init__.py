"""What orgs stores. Private to the room."""

from bihuan.orgs.models.duties import AreaLeader, DutyField, DutyList, EnterprisePost, SectorDepartment
from bihuan.orgs.models.people import DemoAccount, OldPassword, User
from bihuan.orgs.models.screens import Screen
from bihuan.orgs.models.tree import Holding, Post, RoleGrant, Unit

__all__ = [
    "AreaLeader",
    "DemoAccount",
    "DutyField",
    "DutyList",
    "EnterprisePost",
    "Holding",
    "OldPassword",
    "Post",
    "RoleGrant",
    "Screen",
    "SectorDepartment",
    "Unit",
    "User",
]
