"""Neighbouring standards that are not held are named, each for its days; without them nothing is surely general."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.data.adjacent import read_adjacent
from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.advice import advice_of
from bihuan.standards.rules.determine import Adjacent, Case, Enterprise, Level, reason

TODAY = date(2026, 10, 15)
KNOWN = read_adjacent()
EATERY = Enterprise("饭店", ("餐饮",), ())


def test_given_the_neighbouring_standards_when_read_then_all_fields_of_the_doubt_are_there_and_none_is_held() -> None:
    held = {one.document_number for one in read_library().standards}

    assert {one.field for one in KNOWN} == {"城镇燃气", "非煤矿山", "煤矿", "民用爆炸物品", "电力"}
    assert {one.document_number for one in KNOWN} & held == set()
    assert {one.confidence for one in KNOWN} <= {"compared", "from-memory"}
    assert all(one.words and one.title and one.asks and one.effective_on for one in KNOWN)


def test_given_two_versions_of_a_field_when_dated_then_the_later_begins_the_day_after_the_earlier_ends() -> None:
    for earlier, later in pairwise(KNOWN):
        if earlier.field == later.field:
            assert earlier.effective_until is not None
            assert later.effective_on == earlier.effective_until + timedelta(days=1)


@pytest.mark.parametrize("one", KNOWN, ids=lambda one: one.document_number)
def test_given_each_word_of_a_field_when_found_in_its_days_then_its_standard_is_named_and_on_other_days_it_is_not(
    one: Adjacent,
) -> None:
    assert one.effective_on is not None
    before = one.effective_on - timedelta(days=1)

    for word in one.words:
        case = Case(f"{word}有问题", one.effective_until or TODAY, Enterprise())
        found = read_judge().determine(case)
        assert one in found.adjacent, word
        assert found.level is Level.MAJOR or one.document_number in reason(found)
        assert one not in read_judge().determine(Case(case.text, before, Enterprise())).adjacent


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("燃气软管老化开裂", EATERY, "建城规〔2023〕4号"),
        ("后厨地下室放了两只液化气瓶", EATERY, "建城规〔2023〕4号"),
        ("灭火器过期", Enterprise("门站", ("燃气",), ()), "建城规〔2023〕4号"),
        ("边坡有浮石没有清理", Enterprise("采石场", ("矿山",), ()), "矿安〔2022〕88号"),
        ("瓦斯超限没有停工", Enterprise("煤矿", ("煤矿",), ()), "应急管理部令第21号"),
        ("变电站围栏缺口", Enterprise("供电公司", ("电力",), ()), "国家发展改革委令第41号"),
        ("值班室灭火器过期", Enterprise("雷管厂", ("民爆",), ()), "工信厅安全函〔2023〕337号"),
    ],
)
def test_given_a_finding_of_a_field_that_is_not_held_when_judged_then_general_is_not_said_without_saying_so(
    text: str, place: Enterprise, number: str
) -> None:
    verdict = read_judge().determine(Case(text, TODAY, place))
    shown = advice_of(verdict, version="")

    assert verdict.level in {Level.GENERAL, Level.OPEN}
    assert number in reason(verdict)
    assert "标准库没有收入该标准" in reason(verdict)
    assert verdict.level is Level.OPEN or shown.says == "先按一般隐患，所属的标准还没有对照"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("天然气管上的压力表没检", Enterprise("陶瓷厂", ("建材",), ("燃气窑炉",))),
        ("灭火器过期", EATERY),
        ("货架摇晃", Enterprise("超市", ("商贸",), ())),
    ],
)
def test_given_a_finding_of_another_field_when_judged_then_no_neighbour_is_named(text: str, place: Enterprise) -> None:
    assert read_judge().determine(Case(text, TODAY, place)).adjacent == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("雷管和炸药放在一个库里", Enterprise("爆破公司", ("民爆",), ())),
        ("工作面瓦斯超限还在割煤", Enterprise("煤业公司", ("煤炭",), ())),
        ("升压站主变保护装置退出了运行", Enterprise("风电场", ("电力",), ())),
    ],
)
def test_given_a_weighty_finding_at_a_place_whose_own_list_is_not_held_when_judged_then_a_person_is_asked(
    text: str, place: Enterprise
) -> None:
    verdict = read_judge().determine(Case(text, TODAY, place))

    assert verdict.level is Level.OPEN
    assert "不能就此按一般隐患" in reason(verdict)
    assert "先按一般隐患" not in reason(verdict)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("值班室灭火器过期", Enterprise("雷管厂", ("民爆",), ())),
        ("培训记录缺两个人签字", Enterprise("煤业公司", ("煤炭",), ())),
        ("采场边坡浮石已清理完毕", Enterprise("采石场", ("矿山",), ())),
    ],
)
def test_given_a_slight_finding_at_such_a_place_when_judged_then_it_is_general_for_now(
    text: str, place: Enterprise
) -> None:
    assert read_judge().determine(Case(text, TODAY, place)).level is Level.GENERAL
