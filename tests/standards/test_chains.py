"""Clauses that chain conditions: a part of them asks a person, all of them conclude, none of them is nothing."""

from datetime import date
from itertools import product

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level, reason

PAPER = Enterprise("造纸厂", ("轻工",), ("有限空间",))
FOUNDRY = Enterprise("铸造厂", ("机械",), ("中频炉", "高温熔融金属"))
SITE = Enterprise("管网工地", ("建筑施工",), ("有限空间",))
JOINER = Enterprise("木器厂", ("轻工",), ("木粉尘",))
OLD, MIDDLE, NEW = date(2018, 1, 10), date(2023, 6, 1), date(2026, 10, 15)

# The clause, its day and place, what is said first, and each part as it is missing and as it is there.
CHAINS = (
    ("gongmao-2017-confined-01", OLD, PAPER, "污水池", (("没做辨识", "辨识过"), ("没有警示标志", "警示标志有"))),
    (
        "gongmao-2017-machinery-04",
        OLD,
        FOUNDRY,
        "中频炉冷却水",
        (("没有温度流量报警", "温度流量报警有"), ("没有防止冷却水进炉的设施", "防止冷却水进炉的设施有")),
    ),
    ("construction-2024-11-1", NEW, SITE, "污水井", (("没做辨识", "辨识过"), ("没有警示标志", "警示标志有"))),
    *(
        (
            item,
            on,
            SITE,
            "下污水井",
            (("没有审批", "审批有"), ("没做专项教育", "专项教育有"), ("没先通风检测", "先通风检测过")),
        )
        for item, on in (("construction-2022-11-1", MIDDLE), ("construction-2024-11-2", NEW))
    ),
)
WAYS = [
    pytest.param(item, on, place, head, parts, told, id=f"{item}-{''.join('-+'[one] for one in told)}")
    for item, on, place, head, parts in CHAINS
    for told in product((False, True), repeat=len(parts))
]


@pytest.mark.parametrize(("item", "on", "place", "head", "parts", "told"), WAYS)
def test_given_each_set_of_the_parts_of_a_chain_when_said_then_only_the_whole_concludes(
    item: str, on: date, place: Enterprise, head: str, parts: tuple[tuple[str, str], ...], told: tuple[bool, ...]
) -> None:
    text = head + "，".join(part[there] for part, there in zip(parts, told, strict=True))

    verdict = read_judge().determine(Case(text, on, place))

    missing = told.count(False)
    level = Level.MAJOR if missing == len(parts) else Level.OPEN if missing else Level.GENERAL
    assert verdict.level is level, (text, reason(verdict))
    assert (verdict.deciding.rule.item.id if verdict.deciding else None) == (item if missing else None)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("没有粉尘清扫制度，横梁上积尘很厚", Level.MAJOR),
        ("粉尘清扫制度有，横梁上积尘很厚", Level.MAJOR),
        ("没有粉尘清扫制度，现场没有积尘", Level.OPEN),
        ("没有粉尘清扫制度", Level.OPEN),
        ("粉尘清扫制度有，现场没有积尘", Level.GENERAL),
    ],
)
def test_given_dust_and_rules_of_2017_when_said_then_only_missing_rules_without_dust_are_for_a_person(
    text: str, level: Level
) -> None:
    assert read_judge().determine(Case(text, OLD, JOINER)).level is level


@pytest.mark.parametrize(
    ("text", "place", "level"),
    [
        ("有限空间作业没办审批，没人监护", Enterprise("机械厂", ("机械",), ("有限空间",)), Level.OPEN),
        ("有限空间作业没办审批，没人监护，里面有硫化氢", Enterprise("机械厂", ("机械",), ("有限空间",)), Level.MAJOR),
        ("下地坑作业没办审批", Enterprise("机械厂", ("机械",), ("有限空间",)), Level.OPEN),
        ("下污水池作业没办审批", Enterprise("机械厂", ("机械",), ("有限空间",)), Level.MAJOR),
        ("有限空间作业没办审批", Enterprise("机械厂", ("机械",), ("有限空间", "一氧化碳")), Level.MAJOR),
        ("进发酵罐没有先通风再检测", Enterprise("食品厂", ("轻工",), ()), Level.MAJOR),
        ("进水箱没办审批，没有有毒气体", Enterprise("食品厂", ("轻工",), ()), Level.GENERAL),
    ],
)
def test_given_a_confined_space_of_2023_when_nothing_says_that_it_can_poison_then_a_person_is_asked(
    text: str, place: Enterprise, level: Level
) -> None:
    verdict = read_judge().determine(Case(text, MIDDLE, place))

    assert verdict.level is level, reason(verdict)
    assert level is not Level.OPEN or "中毒" in reason(verdict)
