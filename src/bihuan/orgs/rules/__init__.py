"""What orgs decides, in plain Python. The names that other rooms use stand here."""

from bihuan.orgs.rules.codes import (
    AREA_KINDS,
    UNIT_KIND_NAMES,
    BadCode,
    UnitKind,
    code_of_path,
    kind_of_code,
    path_of_code,
    split_code,
)
from bihuan.orgs.rules.directory import directory_root, open_acts
from bihuan.orgs.rules.gaps import Gap, GapGroup, GapKind, TownDuties, Unanswered, unresolved
from bihuan.orgs.rules.may import OrgAct, default_roles, fill_act
from bihuan.orgs.rules.passwords import ADMIN_ROLES, PasswordPolicy, clashing_roles, faults_of
from bihuan.orgs.rules.reach import SIGHT_NAMES, Extent, Sight, area_of
from bihuan.orgs.rules.refs import (
    COVER_NAMES,
    LEADER_KINDS,
    POST_KIND_NAMES,
    Cover,
    HoldingRef,
    Leaders,
    PostKind,
    PostRef,
    TownRef,
    UnitRef,
    UserRef,
)

__all__ = [
    "ADMIN_ROLES",
    "AREA_KINDS",
    "COVER_NAMES",
    "LEADER_KINDS",
    "POST_KIND_NAMES",
    "SIGHT_NAMES",
    "UNIT_KIND_NAMES",
    "BadCode",
    "Cover",
    "Extent",
    "Gap",
    "GapGroup",
    "GapKind",
    "HoldingRef",
    "Leaders",
    "OrgAct",
    "PasswordPolicy",
    "PostKind",
    "PostRef",
    "Sight",
    "TownDuties",
    "TownRef",
    "Unanswered",
    "UnitKind",
    "UnitRef",
    "UserRef",
    "area_of",
    "clashing_roles",
    "code_of_path",
    "default_roles",
    "directory_root",
    "faults_of",
    "fill_act",
    "kind_of_code",
    "open_acts",
    "path_of_code",
    "split_code",
    "unresolved",
]
