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
    """Who is meant: units, names that no unit bears, and whether enterprises are meant."""

    units: tuple[UUID, ...] = ()
    unknown: tuple[str, ...] = ()
    enterprises: bool = False


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
_PARTS: Final = re.compile("[、，,和及与/；;]|以及")


def who_is_meant(names: Iterable[str], units: Sequence[Participant]) -> Meant:
    """Return the units that a clause's parties name. Groups such as 各村 mean every unit of that side.

    A name in full, its short form, or one that begins or ends with it is enough when only one unit answers to it.
    """
    found: dict[UUID, None] = {}
    unknown: list[str] = []
    firms = False
    for name in names:
        parts = [name] if _exact(name, units) else [part for part in _PARTS.split(name) if part]
        for part in (_POST_OF.sub("", part) for part in parts):
            hit = _named(part, units) or _group(part, units)
            found |= dict.fromkeys(hit)
            if not hit and _FIRMS.search(part):
                firms = True
            elif not hit:
                unknown.append(part)
    return Meant(tuple(found), tuple(dict.fromkeys(unknown)), firms)


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
