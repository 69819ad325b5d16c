"""Who may change what in orgs, as a table; and the roles that a post brings with it."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from bihuan.kernel.roles import Role
from bihuan.orgs.rules.codes import UnitKind
from bihuan.orgs.rules.passwords import ADMIN_ROLES
from bihuan.orgs.rules.refs import LEADER_KINDS, PostKind


class OrgAct(StrEnum):
    """The acts of this room."""

    CHANGE_UNITS = "change_units"
    CHANGE_POSTS = "change_posts"
    FILL_POSTS = "fill_posts"
    FILL_HIGH_POSTS = "fill_high_posts"  # leaders and administrators: nobody whom they lead or look after puts them in
    CHANGE_ENTERPRISE_POSTS = "change_enterprise_posts"
    NAME_RESPONSIBLE = "name_responsible"  # duty lists, fields, sectors, areas, single enterprises
    GRANT_ROLES = "grant_roles"
    CHANGE_USERS = "change_users"
    IMPORT_TOWN = "import_town"
    OPEN_SCREENS = "open_screens"  # devices that show figures of a place without anybody having logged in


_OFFICE: Final = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF})
MAY: Final[dict[OrgAct, frozenset[Role]]] = {
    OrgAct.CHANGE_UNITS: frozenset({Role.SYSTEM_ADMIN}),
    OrgAct.CHANGE_POSTS: frozenset({Role.SYSTEM_ADMIN}),
    OrgAct.FILL_POSTS: frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.SAFETY_CHIEF}),
    OrgAct.FILL_HIGH_POSTS: frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}),
    OrgAct.CHANGE_ENTERPRISE_POSTS: _OFFICE | {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.VILLAGE, Role.DEPARTMENT},
    OrgAct.NAME_RESPONSIBLE: _OFFICE | {Role.SYSTEM_ADMIN},
    OrgAct.GRANT_ROLES: frozenset({Role.SECURITY_ADMIN}),
    OrgAct.CHANGE_USERS: frozenset({Role.SECURITY_ADMIN}),
    OrgAct.IMPORT_TOWN: frozenset({Role.SYSTEM_ADMIN}),
    OrgAct.OPEN_SCREENS: frozenset({Role.SAFETY_CHIEF, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}),
}
ACT_NAMES: Final[dict[OrgAct, str]] = {
    OrgAct.CHANGE_UNITS: "增改单位",
    OrgAct.CHANGE_POSTS: "增改岗位",
    OrgAct.FILL_POSTS: "安排岗位上的人",
    OrgAct.FILL_HIGH_POSTS: "安排领导岗和管理岗上的人",
    OrgAct.CHANGE_ENTERPRISE_POSTS: "登记企业人员",
    OrgAct.NAME_RESPONSIBLE: "明确责任",
    OrgAct.GRANT_ROLES: "授予角色",
    OrgAct.CHANGE_USERS: "管理账号",
    OrgAct.IMPORT_TOWN: "导入单位和人员",
    OrgAct.OPEN_SCREENS: "开通大屏",
}
ENTERPRISE_ROLES: Final = frozenset({Role.PRINCIPAL, Role.SAFETY_OFFICER})
_HIGH_ROLES: Final = ADMIN_ROLES | {Role.LEADER, Role.COMMITTEE_CHAIR}
_HIGH_KINDS: Final = LEADER_KINDS | {PostKind.ADMIN}


def fill_act(kind: PostKind, roles: Collection[Role]) -> OrgAct:
    """Return the act that putting somebody on a post of this kind with these roles is (R10.13)."""
    if kind is PostKind.ENTERPRISE:
        return OrgAct.CHANGE_ENTERPRISE_POSTS
    return OrgAct.FILL_HIGH_POSTS if kind in _HIGH_KINDS or _HIGH_ROLES & set(roles) else OrgAct.FILL_POSTS


def role_refused(roles: Collection[Role], *, is_above_town: bool) -> str:
    """Return why a post of such a unit may not hold these roles, or ""; the superior stands above the town (L11)."""
    if Role.SUPERIOR not in roles or is_above_town:
        return ""
    return "上级的角色只给镇以上单位的岗位：上级交办的事由交办的上级认可，镇里不能自己认可。请在上级单位设岗。"


def default_roles(kind: PostKind, unit: UnitKind, *, is_above_town: bool = False) -> tuple[Role, ...]:
    """Return the roles that a post of this kind in such a unit brings with it; anything more is granted by name."""
    if kind in {PostKind.ADMIN, PostKind.ENTERPRISE}:
        return ()
    if is_above_town:
        return (Role.SUPERIOR,)
    if kind in {PostKind.PRINCIPAL_LEADER, PostKind.LEADER_IN_CHARGE, PostKind.LEADER}:
        return (Role.LEADER,)
    by_unit: dict[UnitKind, tuple[Role, ...]] = {
        UnitKind.DEPARTMENT: (Role.DEPARTMENT,),
        UnitKind.VILLAGE: (Role.VILLAGE,),
        UnitKind.GRID: (Role.VILLAGE,),
        UnitKind.AGENCY: (Role.SERVICE_AGENCY,),
    }
    return by_unit.get(unit, ())
