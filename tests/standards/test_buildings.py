"""High and underground buildings, and the limits that depend on them (GB 35181-2017, 7.3.6 and 7.3.7; GB 50016)."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import BadCondition, Case, Enterprise, Level, parse, reason
from bihuan.standards.rules.determine.buildings import BELOW, HIGH, building_of

SPRING = date(2019, 4, 9)
INN, SHOP = Enterprise("", ("消防",), ("宾馆",)), Enterprise("", ("消防",), ("商场",))


@pytest.mark.parametrize(
    ("own", "text", "high"),
    [
        ("", "三层的小宾馆,走道黑", False),
        ("", "十二层的酒店", True),
        ("", "七层的酒店", None),
        ("", "共6层", False),
        ("", "宾馆六层,门坏了", False),
        ("", "在四层走道", None),
        ("", "在18楼的走道", True),
        ("", "三层楼梯口的门坏了", None),
        ("", "1-3层是商场", None),
        ("", "二层、三层走道", None),
        ("", "九层居民楼", None),
        ("", "八层居民楼", False),
        ("", "十层居民楼", True),
        ("", "楼高30米", True),
        ("", "建筑高度22米", False),
        ("", "楼高不到30米", None),
        ("", "多层建筑", False),
        ("", "不是高层", False),
        ("", "是不是高层没问到", None),
        ("", "隔壁是高层住宅", None),
        ("", "高层次人才", None),
        ("", "纸箱堆了十层", None),
        ("", "十二层货架", None),
        ("", "地下二层", None),
        ("", "地上三层地下一层", False),
        ("宾馆;高层建筑", "三层的灯", True),
        ("宾馆;六层", "", False),
        ("宾馆;二楼", "", None),
    ],
)
def test_given_words_of_a_building_when_read_then_its_height_is_told_or_left_open(
    own: str,
    text: str,
    high: bool | None,  # noqa: FBT001 -- what the case wants
) -> None:
    assert building_of(own, text).high is high


@pytest.mark.parametrize(
    ("own", "text", "below"),
    [
        ("", "地下商场的灯", True),
        ("", "负一层的灯", True),
        ("超市;地下人员密集场所", "灯坏了", True),
        ("", "灯坏了", None),
        ("", "三层的宾馆,灯坏了", False),
        ("", "三层的宾馆,地下室停车,灯坏了", None),
        ("", "地下消火栓,灯坏了", None),
        ("", "没有地下室,灯坏了", None),
        ("", "灯掉在地下", None),
    ],
)
def test_given_words_of_a_building_when_read_then_it_lies_underground_or_not(
    own: str,
    text: str,
    below: bool | None,  # noqa: FBT001 -- what the case wants
) -> None:
    clause = text.rpartition(",")[2]

    assert building_of(own, text).is_of((BELOW,), clause) is below


def test_given_a_limit_for_a_kind_of_building_when_parsed_then_only_known_kinds_are_taken() -> None:
    (term,) = parse("%>50|高层/地下>30").terms

    assert (term.limit, term.where, term.limit_there) == (50, (HIGH, BELOW), 30)
    with pytest.raises(BadCondition, match="kinds of building"):
        parse("%>50|木屋>30")


@pytest.mark.parametrize(
    ("text", "place", "level", "says"),
    [
        ("三层的小旅社，走道应急灯四成不亮，排烟机不转，楼梯间没封闭", INN, Level.GENERAL, "“40%”不超过50%"),
        ("十六层的酒店，走道应急灯四成不亮，排烟机不转，楼梯间没封闭", INN, Level.MAJOR, "“40%”超过30%"),
        ("走道应急灯四成不亮，排烟机不转，楼梯间没封闭", INN, Level.OPEN, "没有写明是不是高层建筑或地下建筑"),
        ("走道应急灯四成不亮，排烟机不转", INN, Level.GENERAL, "是的话超过30%就算"),
        ("走道应急灯六成不亮，排烟机不转，楼梯间没封闭", INN, Level.MAJOR, "“60%”超过50%"),
        ("走道应急灯两成不亮，排烟机不转，楼梯间没封闭", INN, Level.GENERAL, "没有算，“20%”不超过50%"),
        ("地下超市应急灯四成不亮，排烟机不转，疏散门装了铁栅栏", SHOP, Level.MAJOR, "“40%”超过30%"),
        ("两层超市，楼梯间防火门坏了三成，排烟机不转，疏散门装了铁栅栏", SHOP, Level.GENERAL, "高层建筑超过20%就算"),
        ("地下超市，楼梯间防火门坏了三成，排烟机不转，疏散门装了铁栅栏", SHOP, Level.OPEN, "是不是高层建筑"),
        ("十层的商厦，楼梯间防火门坏了三成，排烟机不转，疏散门装了铁栅栏", SHOP, Level.MAJOR, "“30%”超过20%"),
    ],
)
def test_given_a_share_between_two_limits_when_judged_then_the_building_decides(
    text: str, place: Enterprise, level: Level, says: str
) -> None:
    verdict = read_judge().determine(Case(text, SPRING, place))

    assert verdict.stated is level, reason(verdict)
    assert any(says in words for words in (reason(verdict), *(one.why_open for one in verdict.met))), reason(verdict)


def test_given_the_list_of_2006_when_the_building_is_low_then_its_limit_is_the_other_one_too() -> None:
    low, high = (
        read_judge().determine(Case(f"{storeys}层的旅社，应急灯四成不亮，后门拿砖砌死", date(2018, 3, 20), INN)).stated
        for storeys in ("三", "十三")
    )

    assert (low, high) == (Level.GENERAL, Level.MAJOR)
