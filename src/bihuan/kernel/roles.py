"""Roles: what a person may do. A role grants acts, never rows (product, section 5)."""

from enum import StrEnum


class Role(StrEnum):
    """The roles of the product; a role is held on a unit or an enterprise, from one day to another, through a post."""

    SAFETY_OFFICE = "safety_office"  # 镇安监办/安委办 staff
    SAFETY_CHIEF = "safety_chief"  # 安监办主任: second approver, signs what the office issues
    COMMITTEE_CHAIR = "committee_chair"  # 安委会主任: decides and signs listings (R3.24)
    LEADER = "leader"  # 镇党政领导, attached to areas and enterprises
    DEPARTMENT = "department"  # 行业主管部门
    VILLAGE = "village"  # 村(社区)、网格员
    INSPECTOR = "inspector"  # 检查人员
    PRINCIPAL = "principal"  # 企业主要负责人
    SAFETY_OFFICER = "safety_officer"  # 企业安全管理人员
    SERVICE_AGENCY = "service_agency"  # 安全技术服务机构
    SUPERIOR = "superior"  # 县(区)安委办 and above
    SUPERVISION_GROUP = "supervision_group"  # 督查组
    SYSTEM_ADMIN = "system_admin"  # 系统管理员: units, parameters, backup (R10.13)
    SECURITY_ADMIN = "security_admin"  # 安全管理员: users and rights (R10.13)
    AUDIT_ADMIN = "audit_admin"  # 审计管理员: the trail, read only (R10.13)
    SYSTEM = "system"  # the platform itself, for jobs; never held by a person


ROLE_NAMES: dict[Role, str] = {
    Role.SAFETY_OFFICE: "安监办",
    Role.SAFETY_CHIEF: "安监办主任",
    Role.COMMITTEE_CHAIR: "安委会主任",
    Role.LEADER: "镇领导",
    Role.DEPARTMENT: "主管部门",
    Role.VILLAGE: "村（社区）",
    Role.INSPECTOR: "检查人员",
    Role.PRINCIPAL: "企业主要负责人",
    Role.SAFETY_OFFICER: "企业安全员",
    Role.SERVICE_AGENCY: "服务机构",
    Role.SUPERIOR: "上级",
    Role.SUPERVISION_GROUP: "督查组",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.SYSTEM: "系统",
}
