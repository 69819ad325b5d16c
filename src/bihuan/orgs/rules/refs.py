"""The frozen values in which orgs hands out units, posts and responsibilities."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from bihuan.kernel.paths import ancestors
from bihuan.orgs.rules.codes import UnitKind


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit as others see it. town_id is None above towns."""

    id: UUID
    name: str
    short_name: str
    path: str
    kind: UnitKind
    town_id: UUID | None


@dataclass(frozen=True, slots=True)
class TownRef:
    """A town with the names that papers need. code: 12 digits."""

    id: UUID
    name: str
    short_name: str
    path: str
    code: str
    county_id: UUID | None
    county_name: str
    city_name: str
    province_name: str
    demo_on: date | None = None

    @property
    def is_demo(self) -> bool:
        """Whether the town is an invented one."""
        return self.demo_on is not None


class PostKind(StrEnum):
    """What sort of post it is; decides what it must have (R1.1) and, with its unit, what it sees."""

    PRINCIPAL_LEADER = "principal_leader"  # 党委书记、镇长: 第一责任人
    LEADER_IN_CHARGE = "leader_in_charge"  # 分管安全的副职
    LEADER = "leader"  # 其他班子成员
    UNIT_HEAD = "unit_head"  # 部门、村、办公室负责人
    STAFF = "staff"  # 工作岗
    ENTERPRISE = "enterprise"  # 企业岗
    ADMIN = "admin"  # 三员


POST_KIND_NAMES: dict[PostKind, str] = {
    PostKind.PRINCIPAL_LEADER: "党政主要领导",
    PostKind.LEADER_IN_CHARGE: "分管安全领导",
    PostKind.LEADER: "班子成员",
    PostKind.UNIT_HEAD: "单位负责人",
    PostKind.STAFF: "工作岗",
    PostKind.ENTERPRISE: "企业岗",
    PostKind.ADMIN: "管理岗",
}
LEADER_KINDS = frozenset({PostKind.PRINCIPAL_LEADER, PostKind.LEADER_IN_CHARGE, PostKind.LEADER})
LISTED_KINDS = LEADER_KINDS | {PostKind.UNIT_HEAD}  # posts that must have a duty list (R1.1)


@dataclass(frozen=True, slots=True)
class PostRef:
    """A post and who holds it on the day asked for; holder_id is None when it is vacant."""

    id: UUID
    title: str
    unit: UnitRef
    holder_id: UUID | None = None
    holder_name: str = ""
    kind: PostKind = PostKind.STAFF
    enterprise_id: UUID | None = None
    enterprise_name: str = ""

    @property
    def label(self) -> str:
        """The post with its holder, said once where a person goes by the post's name: "副镇长 李某"."""
        return self.title if self.title in self.holder_name else f"{self.title} {self.holder_name or '（空缺）'}"


@dataclass(frozen=True, slots=True)
class UserRef:
    """A person with an account."""

    id: UUID
    account: str
    name: str
    town_id: UUID | None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who answers for which area and which enterprise on a day (分片挂钩)."""

    by_path: Mapping[str, PostRef] = field(default_factory=dict)
    by_enterprise: Mapping[UUID, PostRef] = field(default_factory=dict)

    def of(self, *, path: str, enterprise_id: UUID | None = None) -> PostRef | None:
        """Return the leader of an enterprise if one is attached to it, else of the nearest area above the path."""
        if enterprise_id is not None and enterprise_id in self.by_enterprise:
            return self.by_enterprise[enterprise_id]
        return next((self.by_path[p] for p in reversed(ancestors(path)) if p in self.by_path), None)


@dataclass(frozen=True, slots=True)
class HoldingRef:
    """Who held a post from when to when; to_on is inclusive, None while it lasts."""

    post_id: UUID
    user_id: UUID
    user_name: str
    from_on: date
    to_on: date | None


class Cover(StrEnum):
    """Why an enterprise is put under a post."""

    INSPECTOR = "inspector"
    AGENCY = "agency"
    STATIONED = "stationed"
    SUPERVISOR = "supervisor"


COVER_NAMES: dict[Cover, str] = {
    Cover.INSPECTOR: "检查",
    Cover.AGENCY: "技术服务",
    Cover.STATIONED: "驻点",
    Cover.SUPERVISOR: "监管责任人",
}
