"""The closed sets of the loop, with their names for people (product, section 3; R3.1, R3.5, R3.24a)."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a hazard stands in its life."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    ASSIGNED = "assigned"
    RECTIFYING = "rectifying"
    RECTIFIED = "rectified"
    AWAITING_SUPERIOR = "awaiting_superior"
    CLOSED = "closed"
    TRANSFERRED = "transferred"
    INVALID = "invalid"


STATE_NAMES: Final[dict[State, str]] = {
    State.REPORTED: "待核实",
    State.CONFIRMED: "已定级",
    State.ASSIGNED: "待整改",
    State.RECTIFYING: "整改中",
    State.RECTIFIED: "待复查",
    State.AWAITING_SUPERIOR: "待上级认可",
    State.CLOSED: "已销号",
    State.TRANSFERRED: "已移送",
    State.INVALID: "不成立",
}
OPEN_STATES: Final = (
    State.REPORTED,
    State.CONFIRMED,
    State.ASSIGNED,
    State.RECTIFYING,
    State.RECTIFIED,
    State.AWAITING_SUPERIOR,
)
# What the town answers for, not what went to another body or was no hazard: 登记, 发现 and the whole of a rate.
COUNTED_STATES: Final = frozenset(State) - {State.TRANSFERRED, State.INVALID}
RUNNING_STATES: Final = (State.ASSIGNED, State.RECTIFYING)  # the rectification deadline runs (R3.13)


class Level(StrEnum):
    """The only two legal grades (令16号 art. 3, R3.1); a hazard not graded yet carries ""."""

    GENERAL = "general"
    MAJOR = "major"


LEVEL_NAMES: Final[dict[Level, str]] = {Level.GENERAL: "一般", Level.MAJOR: "重大"}
UNGRADED_NAME: Final = "未定级"


class Source(StrEnum):
    """Where a hazard came from (R3.5)."""

    SELF_CHECK = "self_check"
    VILLAGE_PATROL = "village_patrol"
    DEPARTMENT = "department"
    JOINT = "joint"
    LED = "led"
    EXPERT = "expert"
    SUPERIOR = "superior"
    COVERT = "covert"
    TIP = "tip"
    INTERNAL = "internal"
    SAME_KIND = "same_kind"
    RESUMPTION = "resumption"


SOURCE_NAMES: Final[dict[Source, str]] = {
    Source.SELF_CHECK: "企业自查",
    Source.VILLAGE_PATROL: "村（社区）巡查",
    Source.DEPARTMENT: "部门检查",
    Source.JOINT: "联合/集中检查",
    Source.LED: "领导带队",
    Source.EXPERT: "专家/第三方",
    Source.SUPERIOR: "上级交办",
    Source.COVERT: "明察暗访",
    Source.TIP: "举报",
    Source.INTERNAL: "内部报告",
    Source.SAME_KIND: "事故举一反三",
    Source.RESUMPTION: "复工检查",
}


class PlaceKind(StrEnum):
    """What kind of place a hazard lies in."""

    ENTERPRISE = "enterprise"
    PUBLIC_PLACE = "public_place"
    UNIT = "unit"


PLACE_NAMES: Final[dict[PlaceKind, str]] = {
    PlaceKind.ENTERPRISE: "企业",
    PlaceKind.PUBLIC_PLACE: "公共场所",
    PlaceKind.UNIT: "单位",
}


class Category(StrEnum):
    """隐患类型: what is wrong, for same-kind search, repeats and statistics [design]."""

    EQUIPMENT = "equipment"
    ELECTRICAL = "electrical"
    FIRE = "fire"
    EVACUATION = "evacuation"
    CHEMICALS = "chemicals"
    DUST = "dust"
    CONFINED_SPACE = "confined_space"
    SPECIAL_EQUIPMENT = "special_equipment"
    DANGEROUS_WORK = "dangerous_work"
    CONSTRUCTION = "construction"
    TRAFFIC = "traffic"
    PROTECTION = "protection"
    EMERGENCY = "emergency"
    RESPONSIBILITY = "responsibility"
    TRAINING = "training"
    MANAGEMENT = "management"
    PREMISES = "premises"
    OTHER = "other"


CATEGORY_NAMES: Final[dict[Category, str]] = {
    Category.EQUIPMENT: "设备设施",
    Category.ELECTRICAL: "用电",
    Category.FIRE: "消防设施",
    Category.EVACUATION: "疏散通道",
    Category.CHEMICALS: "危险化学品",
    Category.DUST: "粉尘防爆",
    Category.CONFINED_SPACE: "有限空间",
    Category.SPECIAL_EQUIPMENT: "特种设备",
    Category.DANGEROUS_WORK: "危险作业",
    Category.CONSTRUCTION: "建筑施工",
    Category.TRAFFIC: "道路交通",
    Category.PROTECTION: "劳动防护",
    Category.EMERGENCY: "应急管理",
    Category.RESPONSIBILITY: "责任制",
    Category.TRAINING: "教育培训",
    Category.MANAGEMENT: "现场管理",
    Category.PREMISES: "建筑布局",
    Category.OTHER: "其他",
}


class ListingState(StrEnum):
    """Where a listing order stands (R3.24a)."""

    PROPOSED = "proposed"
    LISTED = "listed"
    GOVERNING = "governing"
    ACCEPTANCE_APPLIED = "acceptance_applied"
    ACCEPTED = "accepted"
    DELISTED = "delisted"
    WITHDRAWN = "withdrawn"


LISTING_NAMES: Final[dict[ListingState, str]] = {
    ListingState.PROPOSED: "已提请",
    ListingState.LISTED: "已挂牌",
    ListingState.GOVERNING: "治理中",
    ListingState.ACCEPTANCE_APPLIED: "已申请验收",
    ListingState.ACCEPTED: "验收合格",
    ListingState.DELISTED: "已摘牌",
    ListingState.WITHDRAWN: "已撤回",
}
LIVE_LISTING: Final = (
    ListingState.LISTED,
    ListingState.GOVERNING,
    ListingState.ACCEPTANCE_APPLIED,
    ListingState.ACCEPTED,
)
# Accepted on site: what a listed hazard still waits for is its delisting and closing, not a re-inspection (R3.24).
REINSPECTED: Final = frozenset({ListingState.ACCEPTED, ListingState.DELISTED})


class ListingLevel(StrEnum):
    """At which level of government a hazard is listed (R3.23)."""

    TOWN = "town"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


LISTING_LEVEL_NAMES: Final[dict[ListingLevel, str]] = {
    ListingLevel.TOWN: "镇级",
    ListingLevel.COUNTY: "县（区）级",
    ListingLevel.CITY: "市级",
    ListingLevel.PROVINCE: "省级",
    ListingLevel.NATION: "国家级",
}


class DeadlineKind(StrEnum):
    """How a rectification deadline was set (R3.19)."""

    SAME_DAY = "same_day"
    DAYS = "days"
    PLAN = "plan"
    SUPERIOR = "superior"


DEADLINE_KIND_NAMES: Final[dict[DeadlineKind, str]] = {
    DeadlineKind.SAME_DAY: "当日整改",
    DeadlineKind.DAYS: "限期整改",
    DeadlineKind.PLAN: "按治理方案",
    DeadlineKind.SUPERIOR: "按上级清单",
}


class Holder(StrEnum):
    """Whose move it is: the next actor shown on every row."""

    OFFICE = "office"
    DEPARTMENT = "department"
    VILLAGE = "village"
    ENTERPRISE = "enterprise"
    UNIT = "unit"
    COMMITTEE = "committee"
    SUPERIOR = "superior"
    OUTSIDE = "outside"
    NOBODY = ""


HOLDER_NAMES: Final[dict[Holder, str]] = {
    Holder.OFFICE: "安监办",
    Holder.DEPARTMENT: "主管部门",
    Holder.VILLAGE: "村（社区）",
    Holder.ENTERPRISE: "企业",
    Holder.UNIT: "责任单位",
    Holder.COMMITTEE: "安委会",
    Holder.SUPERIOR: "上级",
    Holder.OUTSIDE: "受移送单位",
    Holder.NOBODY: "",
}


class ClockKind(StrEnum):
    """Which deadline a chip names; "" for the day on which it ended."""

    RECTIFY = "rectify"
    CONFIRM = "confirm"
    ASSIGN = "assign"
    ACCEPT = "accept"
    REVIEW = "review"
    RESUMPTION = "resumption"
    EXTENSION = "extension"
    PROPOSE = "propose"
    LIST = "list"
    PLAN = "plan"
    ACCEPTANCE = "acceptance"
    DELIST = "delist"
    SUPERIOR = "superior"
    ENDED = "ended"


CLOCK_NAMES: Final[dict[ClockKind, str]] = {
    ClockKind.RECTIFY: "整改",
    ClockKind.CONFIRM: "核实",
    ClockKind.ASSIGN: "下达",
    ClockKind.ACCEPT: "签收",
    ClockKind.REVIEW: "复查",
    ClockKind.RESUMPTION: "恢复审查",
    ClockKind.EXTENSION: "答复延期",
    ClockKind.PROPOSE: "提请挂牌",
    ClockKind.LIST: "挂牌",
    ClockKind.PLAN: "治理方案",
    ClockKind.ACCEPTANCE: "验收",
    ClockKind.DELIST: "摘牌",
    ClockKind.SUPERIOR: "上报",
    ClockKind.ENDED: "",
}


class Evaluator(StrEnum):
    """Who evaluates the result before the unit applies to resume (令16号 art. 18, R3.28)."""

    OWN = "own"
    BODY = "body"


EVALUATOR_NAMES: Final[dict[Evaluator, str]] = {
    Evaluator.OWN: "本单位组织的技术人员和专家",
    Evaluator.BODY: "具备资质的安全评价机构",
}


class Sanction(StrEnum):
    """What is proposed where governing is hopeless or refused (令16号 art. 23, R3.28)."""

    PENALTY = "penalty"
    CLOSURE = "closure"


SANCTION_NAMES: Final[dict[Sanction, str]] = {
    Sanction.PENALTY: "建议依法给予行政处罚",
    Sanction.CLOSURE: "建议提请县级以上人民政府予以关闭",
}


class FileRole(StrEnum):
    """What a file proves about a hazard."""

    BEFORE = "before"
    AFTER = "after"
    DOCUMENT = "document"
    SITE = "site"
    PAPER = "paper"


FILE_ROLE_NAMES: Final[dict[FileRole, str]] = {
    FileRole.BEFORE: "整改前",
    FileRole.AFTER: "整改后",
    FileRole.DOCUMENT: "材料",
    FileRole.SITE: "现场核查",
    FileRole.PAPER: "纸质凭据",
}


def level_name(level: str) -> str:
    """Return the Chinese name of a level; a hazard not graded yet is 未定."""
    return LEVEL_NAMES[Level(level)] if level else UNGRADED_NAME
