"""Whose fault it is that a sentence tells: that of the thing a clause speaks of, or of something else."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise

WINTER = date(2018, 1, 15)
SUMMER = date(2023, 6, 15)
AUTUMN = date(2026, 10, 15)
WORKSHOP = Enterprise("五金", ("工贸",), ("电梯", "行车", "叉车", "锅炉"))
JOINER = Enterprise("实木家具", ("工贸",), ("木粉尘", "砂光机"))
FOUNDRY = Enterprise("铸造", ("机械",), ("高温熔融金属", "天然气加热炉"))
STEEL = Enterprise("炼钢", ("冶金",), ("高温熔融金属", "煤气"))
CRACKERS = Enterprise("花炮厂", ("烟花爆竹",), ("烟花生产",))


def level(text: str, on: date, place: Enterprise) -> str:
    return read_judge().determine(Case(text, on, place)).level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("货梯门锁被短接", "重大"),
        ("门锁回路被短接", "重大"),
        ("冲床光电保护被短接", "一般"),
        ("冲床用了十年，光电保护被短接", "一般"),
        ("限位坏了还在吊", "重大"),
        ("折弯机限位坏了，照样用", "一般"),
        ("叉车刹车失灵", "重大"),
        ("剪板机制动失灵", "一般"),
        ("注塑机安全门联锁坏了", "一般"),
        ("空调安全阀漏水，货梯正常", "一般"),
        ("叉车司机没系安全带", "一般"),
    ],
)
def test_given_a_machine_only_on_file_when_another_one_fails_then_its_clause_is_not_met(
    text: str, expected: str
) -> None:
    assert level(text, AUTUMN, WORKSHOP) == expected


@pytest.mark.parametrize(
    ("text", "on", "place", "expected"),
    [
        ("加热炉没有熄火保护", WINTER, FOUNDRY, "重大"),
        ("食堂灶台没有熄火保护", WINTER, FOUNDRY, "一般"),
        ("风管没装火花探测", WINTER, JOINER, "重大"),
        ("食堂油烟管没装火花探测", WINTER, JOINER, "一般"),
        ("窗台上全是木灰", WINTER, JOINER, "重大"),
        ("办公室窗台上全是灰", WINTER, JOINER, "一般"),
        ("梁上积灰好厚，清扫制度放办公室里没人看", SUMMER, JOINER, "重大"),
    ],
)
def test_given_a_room_that_is_none_of_the_clause_when_judged_then_what_is_said_of_it_is_its_own(
    text: str, on: date, place: Enterprise, expected: str
) -> None:
    assert level(text, on, place) == expected


@pytest.mark.parametrize(
    ("text", "on", "place", "expected"),
    [
        ("打磨车间里隔了一间休息室", SUMMER, JOINER, "重大"),
        ("打磨车间角落隔出来喝茶打牌", SUMMER, JOINER, "重大"),
        ("打磨车间有人玩手机", SUMMER, JOINER, "一般"),
        ("打磨车间放了台冰箱，插头发黑", SUMMER, JOINER, "一般"),
        ("打磨工在车间里吃饭前没洗手", SUMMER, JOINER, "一般"),
        ("除尘器底下用编织袋接木灰", SUMMER, JOINER, "重大"),
        ("木板用编织袋盖着", SUMMER, JOINER, "一般"),
        ("围墙倒了一段", WINTER, CRACKERS, "重大"),
        ("厂区围墙上掉了块砖", WINTER, CRACKERS, "一般"),
        ("工房里开了小卖部", WINTER, CRACKERS, "重大"),
        ("工房的门朝里开", WINTER, CRACKERS, "一般"),
        ("行车主梁裂了还在用", SUMMER, WORKSHOP, "重大"),
        ("行车驾驶室窗玻璃裂了还在用", SUMMER, WORKSHOP, "一般"),
        ("钢包从休息室顶上过", WINTER, STEEL, "重大"),
        ("休息室里的微波炉插头发烫", WINTER, STEEL, "一般"),
        ("会议室的投影仪坏了", WINTER, STEEL, "一般"),
    ],
)
def test_given_a_plain_word_of_a_clause_when_it_is_harmless_then_the_finding_is_general(
    text: str, on: date, place: Enterprise, expected: str
) -> None:
    assert level(text, on, place) == expected


@pytest.mark.parametrize("on", [WINTER, SUMMER])
@pytest.mark.parametrize(
    ("industry", "feature", "expected"),
    [
        ("木门厂", "木粉尘", "重大"),
        ("铝锅厂", "粉尘涉爆", "重大"),
        ("面粉厂", "粮食粉尘", "一般"),
        ("茶叶厂", "茶粉尘", "一般"),
        ("纸箱厂", "纸粉尘", "一般"),
        ("皮革厂", "皮革粉尘", "一般"),
        ("某企业", "粉尘涉爆", "待定"),
    ],
)
def test_given_any_kind_of_dust_when_no_air_lock_is_there_then_only_metal_and_wood_are_major(
    on: date, industry: str, feature: str, expected: str
) -> None:
    assert level("除尘器没有锁气卸灰装置", on, Enterprise(industry, ("工贸",), (feature,))) == expected


def test_given_two_kinds_of_dust_on_file_when_the_text_names_one_then_that_one_decides() -> None:
    both = Enterprise("家具厂", ("工贸",), ("木粉", "塑料粉"))

    assert level("木粉的除尘器没有锁气卸灰装置", WINTER, both) == "重大"
    assert level("塑料粉的除尘器没有锁气卸灰装置", WINTER, both) == "一般"


@pytest.mark.parametrize("on", [WINTER, SUMMER])
def test_given_a_belt_sander_for_aluminium_when_its_duct_has_no_detection_then_it_is_no_joinery(on: date) -> None:
    assert level("砂带机吸尘管没火花探测", on, JOINER) == "重大"
    assert level("砂带机吸尘管没火花探测", on, Enterprise("铝轮毂", ("工贸",), ("铝粉尘",))) == "一般"


@pytest.mark.parametrize(("sector", "expected"), [("火星采矿", "重大"), ("采矿", "待定"), ("露天采石场", "待定")])
def test_given_a_trade_that_nobody_knows_when_its_name_holds_a_known_word_then_it_excludes_no_clause(
    sector: str, expected: str
) -> None:
    assert level("砂光机管子上没有火花探测", AUTUMN, Enterprise("", (sector,), ("有砂光机",))) == expected
