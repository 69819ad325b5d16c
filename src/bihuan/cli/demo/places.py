"""Where the invented town lies and who sits where: units, posts, sectors, demo accounts. Names of people are roles."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.roles import Role
from bihuan.orgs.rules import PostKind, UnitKind
from bihuan.standards.rules import Sector

FOUNDED: Final = datetime(2017, 11, 6, 9, 0, tzinfo=SHANGHAI)
SEASON: Final = (date(2017, 12, 18), date(2018, 3, 31))
SEEN_ON: Final = date(2018, 2, 14)

# No province has the digits 39, so that no real place is named.
PROVINCE: Final = ("39", "示例省")
CITY: Final = ("01", "示例市")
COUNTY: Final = ("01", "示例区")
TOWN_NO: Final = "199"
TOWN_NAME: Final = "示范镇"
DIVISION: Final = PROVINCE[0] + CITY[0] + COUNTY[0]

# last three digits of the code, full name, short name, weight among places of industry, weight among shops
VILLAGES: Final = (
    ("001", "湖滨社区居民委员会", "湖滨社区", 6, 10),
    ("002", "集镇社区居民委员会", "集镇社区", 4, 16),
    ("201", "东村村民委员会", "东村", 8, 3),
    ("202", "西岗村村民委员会", "西岗村", 9, 3),
    ("203", "前庄村村民委员会", "前庄村", 5, 2),
    ("204", "河口村村民委员会", "河口村", 4, 2),
    ("205", "南河村村民委员会", "南河村", 4, 2),
    ("206", "北庄村村民委员会", "北庄村", 4, 1),
    ("207", "新桥村村民委员会", "新桥村", 5, 3),
    ("208", "柳园村村民委员会", "柳园村", 3, 2),
    ("209", "石桥村村民委员会", "石桥村", 3, 2),
    ("498", "工业集中区管理办公室", "工业集中区", 30, 2),
)

# full name, short name, the sectors it leads, those it supports
DEPARTMENTS: Final = (
    ("建设管理所", "建管所", (Sector.CONSTRUCTION,), (Sector.GAS,)),
    ("派出所", "派出所", (Sector.FIRE_CROWDED,), (Sector.FIREWORKS, Sector.HAZARDOUS_CHEMICALS)),
    ("市场监督管理分局", "市场监管分局", (Sector.COMMERCE, Sector.SPECIAL_EQUIPMENT), (Sector.FIRE_CROWDED,)),
    ("综合行政执法局", "综合执法局", (Sector.GAS,), (Sector.CONSTRUCTION, Sector.COMMERCE)),
    (
        "经济发展办公室", "经发办",
        (Sector.MACHINERY, Sector.LIGHT_INDUSTRY, Sector.TEXTILE, Sector.METALLURGY, Sector.NONFERROUS,
         Sector.BUILDING_MATERIALS, Sector.CHEMICAL, Sector.PHARMACEUTICAL, Sector.TOBACCO),
        (Sector.ROAD_TRANSPORT,),
    ),
    ("农业技术推广站", "农技站", (Sector.FARM_MACHINERY, Sector.FISHERY), ()),
    ("交通管理所", "交管所", (Sector.ROAD_TRANSPORT, Sector.WATER_TRANSPORT), ()),
    ("社会事业办公室", "社事办", (Sector.OTHER,), (Sector.FIRE_CROWDED,)),
)  # fmt: skip
OFFICE: Final = "安监办"
OFFICE_SECTORS: Final = (Sector.HAZARDOUS_CHEMICALS, Sector.FIREWORKS)  # mining and explosives: a gap to be seen
COUNTY_OFFICE: Final = "区安委办"

OTHER_UNITS: Final = (
    (UnitKind.OFFICE, "安全生产监督管理办公室", OFFICE),
    (UnitKind.COMMITTEE, "安全生产委员会", "安委会"),
    (UnitKind.LEADING_GROUP, "专项行动督查组", "督查组"),
    (UnitKind.AGENCY, "示例安全技术服务有限公司", "服务机构"),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A post to be made. unit: short name, "镇" for the town itself. account: of who sits there; shared by one person.

    roles: None takes what such a post brings. leads: short names of villages that the leader is attached to.
    """

    unit: str
    title: str
    kind: PostKind
    account: str
    roles: tuple[Role, ...] | None = None
    leads: tuple[str, ...] = ()
    field: str = ""

    @property
    def key(self) -> str:
        """How the cast calls it: 安监办 主任."""
        return f"{self.unit} {self.title}"


_OFFICE_ROLES: Final = (Role.SAFETY_OFFICE, Role.INSPECTOR)
SEATS: Final = (
    Seat("镇", "党委书记", PostKind.PRINCIPAL_LEADER, "shuji", field="全面工作"),
    Seat("安委会", "安委会主任", PostKind.PRINCIPAL_LEADER, "zhenzhang", (Role.COMMITTEE_CHAIR, Role.LEADER)),
    Seat("镇", "镇长", PostKind.PRINCIPAL_LEADER, "zhenzhang", field="政府全面工作"),
    Seat("镇", "分管安全副镇长", PostKind.LEADER_IN_CHARGE, "anquanfu", leads=("工业集中区",), field="安全生产"),
    Seat("镇", "分管工业副镇长", PostKind.LEADER, "gongyefu", leads=("西岗村", "前庄村"), field="工业经济"),
    Seat("镇", "分管城建副镇长", PostKind.LEADER, "chengjianfu", leads=("湖滨社区", "新桥村"), field="城乡建设"),
    Seat("镇", "分管农业副镇长", PostKind.LEADER, "nongyefu", leads=("河口村", "南河村"), field="农业农村"),
    Seat("镇", "分管社会事业副镇长", PostKind.LEADER, "shehuifu", leads=("集镇社区",), field="教育卫生民政"),
    Seat("镇", "人大主席", PostKind.LEADER, "renda", leads=("东村", "北庄村")),
    Seat("镇", "纪委书记", PostKind.LEADER, "jiwei", leads=("柳园村",), field="纪检监察"),
    Seat(OFFICE, "主任", PostKind.UNIT_HEAD, "anjian", (Role.SAFETY_CHIEF, *_OFFICE_ROLES)),
    Seat(OFFICE, "副主任", PostKind.UNIT_HEAD, "anjianfu", (Role.SAFETY_CHIEF, *_OFFICE_ROLES)),
    Seat(OFFICE, "科员", PostKind.STAFF, "anjianke", _OFFICE_ROLES),
    Seat(OFFICE, "检查员", PostKind.STAFF, "jiancha", (Role.INSPECTOR,)),
    Seat(OFFICE, "检查员二", PostKind.STAFF, "jiancha2", (Role.INSPECTOR,)),
    Seat(OFFICE, "检查员三", PostKind.STAFF, "jiancha3", (Role.INSPECTOR,)),
    Seat(OFFICE, "系统管理员", PostKind.ADMIN, "xitong", (Role.SYSTEM_ADMIN,)),
    Seat(OFFICE, "安全管理员", PostKind.ADMIN, "anquan", (Role.SECURITY_ADMIN,)),
    Seat(OFFICE, "审计管理员", PostKind.ADMIN, "shenji", (Role.AUDIT_ADMIN,)),
    Seat("督查组", "组长", PostKind.UNIT_HEAD, "duchazu", (Role.SUPERVISION_GROUP,)),
    Seat("督查组", "组员", PostKind.STAFF, "ducha", (Role.SUPERVISION_GROUP,)),
    Seat("服务机构", "评价师", PostKind.STAFF, "jigou"),
)
OVERSIGHT: Final = "工业监管岗"  # the department post that the log-in page offers
FIELDS_WITHOUT_LEADER: Final = ("道路交通",)  # a gap to be seen

DEMO_PASSWORD: Final = "Shifan-2018-yanshi"  # noqa: S105 -- opens nothing but invented data
# the post, how the log-in page calls it, what it does, device, note
DOORS: Final = (
    (f"{OFFICE} 主任", "安监办主任", "工作台、挂牌、周报、上级清单", "desktop", "第一次来，从这里看起"),
    ("安委会 安委会主任", "安委会主任", "签发挂牌督办，组织验收", "desktop", ""),
    ("镇 分管安全副镇长", "分管安全副镇长", "带队检查、签发，挂钩企业", "phone", ""),
    (f"经发办 {OVERSIGHT}", f"经发办 {OVERSIGHT}", "本行业隐患、联合检查", "desktop", ""),
    ("西岗村 网格员", "西岗村 网格员", "小场所巡查、村周报", "phone", ""),
    (f"{OFFICE} 检查员", "安监办 检查员", "扫码进厂，没信号也能用", "phone", ""),
    ("恒昌铝制品厂 主要负责人", "恒昌铝制品厂 主要负责人", "自查自改自报、复工申请", "phone", ""),
    ("恒昌铝制品厂 安全员", "恒昌铝制品厂 安全员", "自查、拍照、提交整改", "phone", ""),
    ("服务机构 评价师", "安全技术服务机构", "查安全条件，出确认书", "desktop", ""),
    (f"{COUNTY_OFFICE} 督导岗", "区安委办 督导岗", "各镇汇总，交办清单", "desktop", ""),
    ("督查组 组员", "督查组 组员", "明察暗访，通报", "phone", ""),
    (f"{OFFICE} 系统管理员", "系统管理员", "单位、参数、备份", "desktop", ""),
    (f"{OFFICE} 安全管理员", "安全管理员", "用户和权限", "desktop", ""),
    (f"{OFFICE} 审计管理员", "审计管理员", "留痕审计，只读", "desktop", ""),
)
