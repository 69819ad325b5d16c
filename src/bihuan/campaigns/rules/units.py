"""Whom a plan means: the names of its parties resolved to units of the town; what is not sure is left to a person."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID


class Side(StrEnum):
    """What a unit is in a campaign."""

    VILLAGE = "village"
    DEPARTMENT = "department"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Participant:
    """A unit as the matching knows it."""

    id: UUID
    name: str
    short_name: str
    side: Side


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant: units, names that no unit bears, and whether enterprises are meant.

    superior: bodies of the county and above, which are nobody here. doubtful: names that mean units here, but in a plan
    of a superior may as well mean its own (各部门).
    """

    units: tuple[UUID, ...] = ()
    unknown: tuple[str, ...] = ()
    enterprises: bool = False
    superior: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


_VILLAGES: Final = re.compile("村|社区|居委会|属地|网格")
_DEPARTMENTS: Final = re.compile("部门|单位|站所|科室|办局|成员|行业主管|监管")
_ALL: Final = re.compile(
    "^(各|全体|所有|有关|相关|各有关|各相关|各成员|各责任|各参加|全镇|镇|安委会|各安委会|镇安委会)*(单位|成员单位|责任单位|方面|级)$"
)
_GENERAL: Final = re.compile(
    "(各|全体|所有|有关|相关|全镇|镇直?|属地|责任|成员|行业|主管|监管|职能|业务|牵头|配合|安委会|和|及|、|（|）|[()]|"
    "行政村|村|社区|居委会|居|网格|部门|单位|站所|科室|办局|党组织|委员会|级)+"
)
_FIRMS: Final = re.compile("企业|经营单位|生产单位|施工单位|建设单位|场所|业主|厂")
_OFFICE: Final = re.compile(
    "安监办|安委办|安委会办公室|安委会|领导小组|镇政府|镇党委|党委政府|安监站|应急管理办|安监部门|我镇|全镇"
)
# 各村主要负责人 answer for their village.
_POST_OF: Final = re.compile("(?<=.)(?:(?:党政)?(?:主要|分管|有关)(?:负责人|负责同志|领导))$")
_MEMBERS: Final = re.compile("安委会(?:各|有关|的)*成员单位$")  # departments and offices, no villages (R9.6)
_TOWNS: Final = re.compile(
    "^(?:各|沿线|有关|相关)*(?:乡镇|乡、镇|镇|乡|街道|镇街)(?:[（(]街道[)）])?(?:人民政府|政府|办事处|党委)?$"
)
_LEVEL: Final = "省|市(?!场|政(?!府)|容|监)|县|区|旗|州|国务院|国家|全国"
_BODY: Final = "局|厅|委|办|室|会|部|政府|支队|大队|总队|部门|单位|指挥部|专班|小组|中心|台|院|社|处|股|站|机构|机关"
_SUPERIOR: Final = re.compile(
    rf"(?:各设?)?(?:{_LEVEL})(?:[级直属]|[（(〔][省市县区州、，,和及]+[)）〕]|{_LEVEL})*(?:.*(?:{_BODY}))?(?:[（(].*[)）])?"
)
# 坛城县安委办: a county by its name, before a body; 社区安委办 is none.
_OF_COUNTY: Final = re.compile(
    r"[一-龥]{1,4}(?:市(?!场|政(?!府)|容|监)|县|旗|(?<![社小园城镇中发辖片集矿林景库])区)(?:人民政府|政府|党委|[一-龥]{2,12}(?:局|厅|委|办|委员会|办公室|安委会))"
)
_ABOVE: Final = re.compile(r"省|市(?!场)|县|区|旗|州|部$|厅|总局|国务院|国家")
_HERE: Final = re.compile(r"镇|乡|街道|村|社区|园区|开发区")
_WHOLE: Final = re.compile(
    "[（(〔][^（）()〔〕]*[)）〕]|工业和信息化|住房和城乡|资源和规划|资源和社会|发展和改革|农业和农村"
)
_MARKS: Final = "、，,和及与/；;"
_HIDDEN: Final = {
    ord(mark): 0xE000 + place for place, mark in enumerate(_MARKS)
}  # within one name, which they part not
_SHOWN: Final = {place: chr(mark) for mark, place in _HIDDEN.items()}
_COMMITTEE: Final = re.compile("(?:本?镇|乡|街道)?(?:安委会|安全生产委员会)")
_PERSON: Final = re.compile("[人员长师]$|单位$")
# What a bureau of the county is in a town: 县公安局 works there as the police station.
_COUNTERPARTS: Final[tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]] = tuple(
    (re.compile(bureau), re.compile(here))
    for bureau, here in (
        ("公安|派出所", "派出所|公安"),
        ("交警|交管", "交警|交管|派出所"),
        ("消防", "消防|派出所"),
        ("市场监|市监|工商|质监|食药", "市场监|市监|工商"),
        ("住建|住房|建设|城建|规划|村建|质安", "建管|建设|村建|规建|城建"),
        ("应急|安监|安全监管|安委", "安监|安全生产|应急|安委"),
        ("自然资源|国土", "自然资源|国土"),
        ("交通", "交管|交通"),
        ("水利|水务", "水利|水务"),
        ("农业|农机|畜牧", "农业|农技|农机|农服"),
        ("教育|教体|学校", "中心校|中心学校|教育|教办"),
        ("卫健|卫生|卫计|医", "卫生|卫计"),
        ("城管|城市管理|综合执法", "城管|执法"),
        ("文旅|文化|文广|体育|旅游", "文化|文旅"),
        ("民政", "民政"),
        ("财政", "财政"),
        ("经信|工信|工业和信息|经发|商务|发改|发展改革|供销", "经发|经济发展|工信"),
        ("供电|电力|电网", "供电|电管"),
        ("林业", "林业"),
        ("环保|生态环境", "环保|生态环境"),
        ("司法", "司法"),
    )
)
_PARTS: Final = re.compile("[、，,和及与/；;]|以及")


def who_is_meant(names: Iterable[str], units: Sequence[Participant], *, from_above: bool = False) -> Meant:
    """Return the units that a clause's parties name. Groups such as 各村 mean every unit of that side.

    A name in full, its short form, or one that begins or ends with it is enough when only one unit answers to it.
    from_above: the plan is one of a superior, whose 各部门 may be its own.
    """
    found: dict[UUID, None] = {}
    said: dict[str, dict[str, None]] = {"unknown": {}, "superior": {}, "doubtful": {}}
    firms = False
    for part in (one for name in names for one in parts_of(name, units)):
        if not _exact(part, units) and is_superior(part):
            said["superior"][part] = None
            continue
        named = _named(part, units)
        hit = named or _group(part, units)
        found |= dict.fromkeys(hit)
        if from_above and not named and hit and _of_departments(part):
            said["doubtful"][part] = None
        elif not hit and _FIRMS.search(part):
            firms = True
        elif not hit:
            said["unknown"][part] = None
    return Meant(tuple(found), tuple(said["unknown"]), firms, tuple(said["superior"]), tuple(said["doubtful"]))


def parts_of(name: str, units: Sequence[Participant]) -> list[str]:
    """Return the names that are written as one: 派出所、市场监管所主要负责人 are two, each without its post."""
    if _exact(name, units):
        return [name]
    whole = _WHOLE.sub(lambda found: found.group().translate(_HIDDEN), name)
    return [_POST_OF.sub("", part).translate(_SHOWN) for part in _PARTS.split(whole) if part]


def with_unit(parties: Sequence[str], name: str, own: str, units: Sequence[Participant]) -> list[str]:
    """Return parties in which a name that nobody bore is that of a unit; those without it stay as written."""
    return [
        "、".join(own if part == name else part for part in parts_of(party, units))
        if name in parts_of(party, units)
        else party
        for party in parties
    ]


def is_superior(name: str) -> bool:
    """Tell whether this is a body of the county or above, never a unit of a town: 县安委办, 各县（市、区）."""
    return _SUPERIOR.fullmatch(name) is not None or _OF_COUNTY.fullmatch(name) is not None


def is_from_above(issuing_body: str, title: str) -> bool:
    """Tell whether a plan is one of a superior of the town: by who issued it, else by whom its title names."""
    body = issuing_body or title.partition("关于")[0]
    return _ABOVE.search(body) is not None and _HERE.search(body) is None


def counterparts(name: str, units: Sequence[Participant]) -> list[Participant]:
    """Return the units of the town that do at home what this body does: 派出所 for 公安局. Offered, never taken."""
    if _PERSON.search(name):
        return []
    here = [pattern for bureau, pattern in _COUNTERPARTS if bureau.search(name)]
    found = [one for one in units if one.side is not Side.VILLAGE]
    return [one for one in found if any(pattern.search(one.name + one.short_name) for pattern in here)]


def _of_departments(name: str) -> bool:
    """Tell whether a group means departments without saying of which level."""
    return "镇" not in name and (_ALL.match(name) is not None or _DEPARTMENTS.search(name) is not None)


def _exact(name: str, units: Sequence[Participant]) -> list[UUID]:
    return [one.id for one in units if name in {one.name, one.short_name}][:1]


def _named(name: str, units: Sequence[Participant]) -> list[UUID]:
    """Return the one unit that bears this name."""
    exact = _exact(name, units)
    if exact:
        return exact
    near = [one.id for one in units if _alike(name, one)]
    return near if len(near) == 1 else []


def _alike(name: str, unit: Participant) -> bool:
    least = 2
    return len(unit.short_name) >= least and (
        name.endswith(unit.short_name) or (len(name) > least and name in unit.name)
    )


def _group(name: str, units: Sequence[Participant]) -> list[UUID]:
    if _MEMBERS.search(name):
        return [one.id for one in units if one.side is not Side.VILLAGE]
    if _TOWNS.match(name) or _COMMITTEE.fullmatch(name):
        return [one.id for one in units if one.side is Side.OFFICE]
    if _ALL.match(name):
        return [one.id for one in units if one.side is not Side.OFFICE]
    if not _GENERAL.fullmatch(name):
        return [one.id for one in units if one.side is Side.OFFICE] if _OFFICE.search(name) else []
    wanted: set[Side] = set()
    if _VILLAGES.search(name):
        wanted.add(Side.VILLAGE)
    if _DEPARTMENTS.search(name):
        wanted.add(Side.DEPARTMENT)
    return [one.id for one in units if one.side in wanted]
