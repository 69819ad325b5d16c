"""Parts of what is required, and shares of what is broken or well, against the limits of fire elements."""

from datetime import date
from math import inf

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level, Verdict, reason
from bihuan.standards.rules.determine.amounts import amounts
from bihuan.standards.rules.determine.ratios import ratios, unnamed_ratios

SHOP = Enterprise("", ("消防",), ("商场",))
GOODS = Enterprise("", ("消防",), ("易燃易爆危险品场所",))
TWO = "排烟机不转、疏散门装了铁栅栏"  # two elements of a crowded place, one too few


def judged(text: str, place: Enterprise = SHOP) -> Verdict:
    return read_judge().determine(Case(text, date(2020, 10, 12), place))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("超规定20%", 120, 120),
        ("超过规定值的125%", 125, inf),
        ("超规定一倍", 200, 200),
        ("超规定120%", 120, 220),
        ("才够规定的一半多点", 50, 60),
        ("不到规定的八成", 0, 80),
        ("比规定窄三成", 70, 70),
        ("规定20米,量得14米", 70, 70),
        ("间距18米,规范要求20米", 90, 90),
        ("应不小于30米,实测24米", 80, 80),
        ("规定1.4米,量得700毫米", 50, 50),
        ("规定2000平米,实有3200平米", 160, 160),
    ],
)
def test_given_a_part_of_what_is_required_when_read_then_it_is_in_per_cent_of_it(
    text: str, low: float, high: float
) -> None:
    (found,) = ratios(text, amounts(text))

    assert (found.low, found.high) == pytest.approx((low, high))


def test_given_a_part_that_names_no_requirement_when_read_then_it_is_told_apart() -> None:
    assert ratios("疏散距离超20%", amounts("疏散距离超20%")) == []
    assert [(one.low, one.high) for one in unnamed_ratios("疏散距离超20%")] == [(120, 120)]


@pytest.mark.parametrize(
    ("text", "place", "level"),
    [
        (f"营业厅疏散距离超规定20%、{TWO}", SHOP, Level.GENERAL),
        (f"营业厅疏散距离超20%、{TWO}", SHOP, Level.GENERAL),
        (f"营业厅疏散距离超规定四成、{TWO}", SHOP, Level.MAJOR),
        (f"营业厅疏散距离超了、{TWO}", SHOP, Level.OPEN),
        (f"营业厅最远点到出口规定30米，量下来36米，{TWO}", SHOP, Level.GENERAL),
        (f"营业厅最远点到出口规定30米，量下来45米，{TWO}", SHOP, Level.MAJOR),
        ("防火分区面积超规定三成、消防车道搭棚堵死、室内栓没水、报警主机坏了", SHOP, Level.GENERAL),
        ("防火分区面积超规定六成、消防车道搭棚堵死、室内栓没水、报警主机坏了", SHOP, Level.MAJOR),
        ("商场安全出口总净宽才够规定的一半多点", SHOP, Level.MAJOR),
        ("商场安全出口总净宽有规定的九成", SHOP, Level.GENERAL),
        ("油漆仓库离宿舍楼规定20米量得14米", GOODS, Level.MAJOR),
        ("油漆仓库离宿舍楼规定30米量了28米", GOODS, Level.GENERAL),
        ("两栋厂房之间规定20米量得14米、消防车道搭棚堵死、泡沫泵坏了", GOODS, Level.MAJOR),
        ("两栋厂房之间规定20米量得18米、消防车道搭棚堵死、泡沫泵坏了", GOODS, Level.GENERAL),
        (f"防火门二十樘拆掉十二樘、室内栓没水、{TWO}", SHOP, Level.MAJOR),
        (f"防火门二十樘拆掉八樘、室内栓没水、{TWO}", SHOP, Level.GENERAL),
        (f"应急灯十个灭了七个、{TWO}", SHOP, Level.MAJOR),
        (f"应急灯只剩两成亮、{TWO}", SHOP, Level.MAJOR),
        (f"应急灯还有九成亮着、{TWO}", SHOP, Level.GENERAL),
        (f"应急灯没几个亮、{TWO}", SHOP, Level.MAJOR),
        (f"应急灯只剩两成亮、防火门坏了三成、{TWO}", SHOP, Level.MAJOR),
        (f"应急灯一成不亮、防火门坏了六成、{TWO}", SHOP, Level.GENERAL),  # 7.2.2 is none of the list for three
        ("消控室里没人、室内栓没水、报警主机坏了、消防车道被棚子占了", SHOP, Level.MAJOR),
        ("消控室值班的没证，室内栓没水，报警主机坏了，消防车道被棚子占了", SHOP, Level.MAJOR),
        ("消控室值班员证没带在身上，室内栓没水，报警主机坏了，消防车道被棚子占了", SHOP, Level.GENERAL),
    ],
)
def test_given_a_figure_of_an_element_when_judged_then_its_limit_decides(
    text: str, place: Enterprise, level: Level
) -> None:
    verdict = judged(text, place)

    assert verdict.stated is level, reason(verdict)


def test_given_water_that_is_missing_when_listed_then_the_next_of_the_list_is_not() -> None:
    met = {one.rule.item.clause: one.status.name for one in judged("室内栓没水、报警主机坏了").met}

    assert met["6.6"] == "NEAR"  # the alarm fails, nothing says that there is none
