"""Figures against the limits of clauses: at most, brought down, of two sides, of a depth, of a length, in 万."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level
from bihuan.standards.rules.determine.amounts import amounts

WINTER, SUMMER, AUTUMN = date(2018, 1, 15), date(2023, 8, 1), date(2026, 10, 15)
FIREWORKS = Enterprise("烟花爆竹批发", ("烟花爆竹",))
COLD = Enterprise("水饺速冻", ("工贸",), ("液氨制冷",))
TRENCH = Enterprise("管网施工", ("建筑施工",), ("基坑",))
SCAFFOLD = Enterprise("住宅楼项目", ("建筑施工",), ("脚手架",))
HOSPITAL = Enterprise("医院", ("特种设备",), ("氧舱",))
MALL = Enterprise("商场")


def level(text: str, on: date, place: Enterprise) -> Level:
    return read_judge().determine(Case(text, on, place)).level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("核定药量8000公斤，实存一万一千公斤", Level.MAJOR),
        ("核定药量1.2万公斤，实存一万三", Level.MAJOR),
        ("核定药量一万公斤，实存1万2千公斤", Level.MAJOR),
        ("库存比核定的多", Level.MAJOR),
        ("核定药量3万公斤，实存2万公斤", Level.GENERAL),
        ("核定药量1.8万公斤，实存9500公斤", Level.GENERAL),
        ("核定药量一万八千公斤，实存一万公斤", Level.GENERAL),
        ("限存三万五公斤，实存三万公斤", Level.GENERAL),
        ("核定2万，实存9000公斤", Level.GENERAL),
        ("库存比核定少两千公斤", Level.GENERAL),
    ],
)
def test_given_a_store_in_ten_thousands_when_judged_then_its_limit_decides(text: str, expected: Level) -> None:
    assert level(text, WINTER, FIREWORKS) is expected


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("人数没超9人", 9),
        ("没有超过9人", 9),
        ("未超9人", 9),
        ("不多于9人", 9),
        ("至多9人", 9),
        ("没到9人", 9),
        ("顶多九个人", 9),
    ],
)
def test_given_a_quantity_that_is_not_exceeded_when_read_then_it_is_the_most(text: str, high: float) -> None:
    assert [(one.low, one.high) for one in amounts(text)] == [(0, high)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("速冻间当班人数没超9人", Level.GENERAL),
        ("速冻间里有8个", Level.GENERAL),
        ("速冻间13人，当场减到9人", Level.GENERAL),
        ("速冻间13人，要求减到9人", Level.MAJOR),
        ("速冻间左边4个右边3个在干活", Level.GENERAL),
        ("速冻间左边6个右边7个在干活", Level.MAJOR),
    ],
)
def test_given_people_in_a_freezing_room_when_judged_then_those_who_are_left_in_it_count(
    text: str, expected: Level
) -> None:
    assert level(text, SUMMER, COLD) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沟槽深3米没支护，土堆离沟边2米", Level.MAJOR),
        ("3米深的沟槽没打板桩，沟边1米处堆土", Level.MAJOR),
        ("沟槽没支护，土就堆在沟边", Level.MAJOR),
        ("沟槽没支护，深2米，土堆离沟边4米", Level.GENERAL),
        ("沟槽深2米，堆土离沟边4米", Level.GENERAL),
        ("沟槽打了钢板桩支护，沟边堆土", Level.GENERAL),
        ("沟槽有支护，边上堆着土", Level.GENERAL),
        ("基坑深4米，5米外堆土", Level.GENERAL),
        ("沟槽没支护，堆土离沟边3米", Level.OPEN),
        ("沟槽边堆土", Level.OPEN),
    ],
)
def test_given_soil_beside_a_trench_when_judged_then_its_depth_and_its_shoring_decide(
    text: str, expected: Level
) -> None:
    assert level(text, AUTUMN, TRENCH) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("爬架架体高10米，悬臂4.5米", Level.MAJOR),
        ("爬架全高18米，悬臂6.5米", Level.MAJOR),
        ("爬架全高18米，悬臂5米", Level.GENERAL),
        ("爬架悬臂5米", Level.GENERAL),
    ],
)
def test_given_an_overhang_when_judged_then_its_length_and_its_part_of_the_whole_decide(
    text: str, expected: Level
) -> None:
    assert level(text, SUMMER, SCAFFOLD) is expected


def test_given_an_oxygen_chamber_without_earth_when_it_is_in_use_then_a_safety_device_fails() -> None:
    assert level("氧舱接地断了，还在给病人治疗", SUMMER, HOSPITAL) is Level.MAJOR
    assert level("氧舱接地完好，还在给病人治疗", SUMMER, HOSPITAL) is Level.GENERAL


def test_given_the_width_of_the_exits_when_judged_then_four_fifths_of_what_is_required_decide() -> None:
    assert level("商场安全出口总净宽只有规定的六成", SUMMER, MALL) is Level.OPEN  # suspected; handed over
    assert level("商场安全出口总净宽有规定的九成", SUMMER, MALL) is Level.GENERAL
