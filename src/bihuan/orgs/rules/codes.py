"""Division codes and unit paths (R10.3)."""

import re
from enum import StrEnum
from typing import Final

from bihuan.kernel.errors import Refusal

CODE_LENGTH: Final = 12
SEGMENTS: Final = (2, 2, 2, 3, 3)  # province, city, county, town, village
_ZEROS: Final = frozenset("0")


class UnitKind(StrEnum):
    """The kinds of units in the tree; an enterprise is no unit, its posts carry its id."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"  # 村(社区)
    GRID = "grid"  # 网格
    DEPARTMENT = "department"  # 行业主管部门
    OFFICE = "office"  # 内设机构, such as 安监办: answers for the whole area of its parent
    COMMITTEE = "committee"  # 安委会
    LEADING_GROUP = "leading_group"  # 领导小组
    AGENCY = "agency"  # 安全技术服务机构


UNIT_KIND_NAMES: Final[dict[UnitKind, str]] = {
    UnitKind.PROVINCE: "省",
    UnitKind.CITY: "市",
    UnitKind.COUNTY: "县（区）",
    UnitKind.TOWN: "镇（街道）",
    UnitKind.VILLAGE: "村（社区）",
    UnitKind.GRID: "网格",
    UnitKind.DEPARTMENT: "部门",
    UnitKind.OFFICE: "办公室",
    UnitKind.COMMITTEE: "委员会",
    UnitKind.LEADING_GROUP: "领导小组",
    UnitKind.AGENCY: "服务机构",
}
AREA_KINDS: Final = (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.TOWN, UnitKind.VILLAGE)
LETTERS: Final[dict[UnitKind, str]] = {
    UnitKind.GRID: "g",
    UnitKind.DEPARTMENT: "d",
    UnitKind.OFFICE: "o",
    UnitKind.COMMITTEE: "c",
    UnitKind.LEADING_GROUP: "l",
    UnitKind.AGENCY: "a",
}
# Which kinds may hang below which.
CHILDREN: Final[dict[UnitKind, frozenset[UnitKind]]] = {
    UnitKind.PROVINCE: frozenset(
        {UnitKind.CITY, UnitKind.DEPARTMENT, UnitKind.OFFICE, UnitKind.COMMITTEE, UnitKind.LEADING_GROUP}
    ),
    UnitKind.CITY: frozenset(
        {UnitKind.COUNTY, UnitKind.DEPARTMENT, UnitKind.OFFICE, UnitKind.COMMITTEE, UnitKind.LEADING_GROUP}
    ),
    UnitKind.COUNTY: frozenset({UnitKind.TOWN, *LETTERS} - {UnitKind.GRID}),
    UnitKind.TOWN: frozenset({UnitKind.VILLAGE, *LETTERS} - {UnitKind.GRID}),
    UnitKind.VILLAGE: frozenset({UnitKind.GRID}),
    UnitKind.OFFICE: frozenset({UnitKind.OFFICE}),
    UnitKind.DEPARTMENT: frozenset({UnitKind.OFFICE}),
}


class TownType(StrEnum):
    """What the three town digits say (R10.3)."""

    STREET = "street"  # 街道 001–099
    TOWN = "town"  # 镇 100–199
    TOWNSHIP = "township"  # 乡 200–399
    OTHER = "other"  # 400–599


class VillageType(StrEnum):
    """What the three village digits say (R10.3)."""

    COMMUNITY = "community"  # 社区 001–199
    VILLAGE = "village"  # 村 from 200


class BadCode(Refusal):
    """A division code does not follow R10.3."""


def split_code(code: str) -> tuple[str, ...]:
    """Split a 12-digit division code into its used segments, `320413101203` into ("32", "04", "13", "101", "203").

    Trailing all-zero segments say "the whole of the level above" and are left out; a code may also be given short
    (2, 4, 6 or 9 digits). Raises BadCode with what is wrong.
    """
    text = code.strip()
    if not re.fullmatch(r"[0-9]+", text):
        raise BadCode(
            "orgs.code_not_digits", f"行政区划代码“{code}”里有不是数字的字符。请照统计用区划代码填 12 位数字。"
        )
    if len(text) not in {2, 4, 6, 9, CODE_LENGTH}:
        raise BadCode(
            "orgs.code_length", f"行政区划代码“{code}”是 {len(text)} 位，应为 12 位（或 2、4、6、9 位）。请核对后重填。"
        )
    parts = _segments(text)
    while parts and set(parts[-1]) <= _ZEROS:
        parts.pop()
    if not parts or any(set(part) <= _ZEROS for part in parts):
        raise BadCode("orgs.code_gap", f"行政区划代码“{code}”中间一级是零，上下级接不上。请核对后重填。")
    if len(parts) > SEGMENTS.index(3):
        town_type("".join(parts[:4]))
    return tuple(parts)


def _segments(text: str) -> list[str]:
    parts: list[str] = []
    at = 0
    for width in SEGMENTS:
        if at >= len(text):
            break
        parts.append(text[at : at + width])
        at += width
    return parts


def kind_of_code(code: str) -> UnitKind:
    """Return the kind of area that a division code names."""
    return AREA_KINDS[len(split_code(code)) - 1]


def path_of_code(code: str) -> str:
    """Return the unit path of a division code: `320413101203` gives `/32/04/13/101/203/`."""
    return "/" + "/".join(split_code(code)) + "/"


def code_of_path(path: str) -> str:
    """Return the 12-digit code of an area's path; "" for a path with a letter segment."""
    parts = path.strip("/").split("/")
    if not all(part.isdigit() for part in parts):
        return ""
    return "".join(parts).ljust(CODE_LENGTH, "0")


def town_type(code: str) -> TownType:
    """Tell 街道, 镇, 乡 and the rest apart by the town digits of a code of nine or more digits."""
    number = int(code[6:9])
    for last, kind in ((99, TownType.STREET), (199, TownType.TOWN), (399, TownType.TOWNSHIP), (599, TownType.OTHER)):
        if 1 <= number <= last:
            return kind
    raise BadCode("orgs.code_town", f"行政区划代码“{code}”的乡镇段是 {code[6:9]}，应在 001–599 之间。请核对后重填。")


def village_type(code: str) -> VillageType:
    """Tell a community from a village by the last three digits of a 12-digit code."""
    return VillageType.COMMUNITY if int(code[9:12]) < FIRST_VILLAGE else VillageType.VILLAGE


FIRST_VILLAGE: Final = 200


def next_segment(kind: UnitKind, taken: frozenset[str]) -> str:
    """Return a free path segment for a unit of this kind under a parent whose children's segments are `taken`.

    Lettered kinds count from 01 (`d01`); a village without a known code takes the first free number from 200.
    """
    if kind is UnitKind.VILLAGE:
        return next(f"{n:03d}" for n in range(FIRST_VILLAGE, 1000) if f"{n:03d}" not in taken)
    letter = LETTERS[kind]
    return next(f"{letter}{n:02d}" for n in range(1, 1000) if f"{letter}{n:02d}" not in taken)


def check_parent(kind: UnitKind, parent: UnitKind | None) -> None:
    """Refuse a unit that hangs where its kind does not belong."""
    if parent is None:
        if kind is not UnitKind.PROVINCE:
            raise Refusal("orgs.no_parent", f"{UNIT_KIND_NAMES[kind]}要有上级单位。请先建好上级，再建这一级。")
        return
    if kind not in CHILDREN.get(parent, frozenset()):
        raise Refusal(
            "orgs.wrong_parent",
            f"{UNIT_KIND_NAMES[parent]}下面不能直接设{UNIT_KIND_NAMES[kind]}。请换一个上级单位。",
        )


def kin_of(kind: UnitKind) -> frozenset[UnitKind]:
    """Return the kinds of unit that can take over what a unit of this kind answers for."""
    leading = frozenset({UnitKind.DEPARTMENT, UnitKind.OFFICE})
    return leading if kind in leading else frozenset({kind})
