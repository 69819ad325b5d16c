"""One of several devices, and machines that are there no more."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level

SAWMILL = Enterprise("木地板", ("工贸",), ("木粉尘", "有砂光机"))


def level(text: str, place: Enterprise = SAWMILL, on: date = date(2024, 10, 22)) -> Level:
    return read_judge().by_conditions.determine(Case(text, on, place)).level


@pytest.mark.parametrize(
    "text",
    [
        "1#、2#砂光机火花探测正常，3#没有",
        "三台砂光机，1号2号装了火花探测，3号没有",
        "四台砂光机有三台风管装了火花探测，靠窗那台没装",
        "五台砂光机前四台都装了火花探测，最里头新上的那台砂光机没装",
        "两台砂光机，东边那台火花探测好的，西边那台的坏了",
    ],
)
def test_given_one_of_several_without_it_when_the_thing_is_left_out_then_it_is_missing(text: str) -> None:
    assert level(text) is Level.MAJOR


@pytest.mark.parametrize(
    "text",
    [
        "1号砂光机有火花探测，2号还没买灭火器",
        "1号砂光机有火花探测，2号机护罩没有",
        "三台砂光机都有火花探测，3号的灯罩没了",
    ],
)
def test_given_another_thing_that_one_of_several_lacks_when_judged_then_it_is_of_that(text: str) -> None:
    assert level(text) is Level.GENERAL


@pytest.mark.parametrize(
    "text",
    [
        "砂光机停用三年已卖掉，风管上没有火花探测",
        "以前有台砂光机，去年底处理给收废铁的了，剩下一截风管没火花探测",
        "3#砂光机没有火花探测，不过这台去年就拆了卖了，1#、2#都有",
        "老板讲砂光机早卖了，风管没火花探测",
    ],
)
def test_given_a_machine_that_was_sold_when_judged_then_its_clause_is_not_met(text: str) -> None:
    verdict = read_judge().determine(Case(text, date(2024, 10, 22), SAWMILL))

    assert verdict.level is Level.GENERAL


@pytest.mark.parametrize(
    "text",
    [
        "3#砂光机去年卖了，1#、2#没有火花探测",
        "卖了两台砂光机，剩下那台没火花探测",
        "砂光机打算卖掉，现在没有火花探测",
        "砂光机上的火花探测拆了",
        "砂光机早就卖了，除尘器没有泄爆片",
    ],
)
def test_given_what_was_not_sold_when_judged_then_it_counts(text: str) -> None:
    assert level(text) is Level.MAJOR


def test_given_a_device_that_was_taken_out_when_judged_then_the_machine_is_not_thought_gone() -> None:
    bakery = Enterprise("食品油炸", ("轻工",), ("食品", "油炸锅"))

    assert level("油炸锅超温自动断电的那个装置早拆了", bakery) is Level.MAJOR


def test_given_a_permit_that_is_there_when_an_interlock_is_out_then_it_is_not_read_as_missing() -> None:
    plant = Enterprise("硝化", ("化工",), ("硝化",))

    assert level("联锁摘除审批单在，按期恢复了，台账没更新", plant, date(2026, 10, 12)) is Level.GENERAL


GRINDERY = Enterprise("灯饰", ("机械",), ("抛铝", "抛铁"))


@pytest.mark.parametrize(
    "text", ["铝一台除尘 铁一台除尘", "抛铝的一台除尘，抛铁的一台除尘", "抛铝的一台除尘 抛铁的另外一台 互不连"]
)
def test_given_each_kind_with_its_own_collector_when_judged_then_none_is_shared(text: str) -> None:
    assert level(text, GRINDERY) is Level.GENERAL


@pytest.mark.parametrize("text", ["铝跟铁共一台除尘", "抛铝抛铁一台除尘", "磨铝的一台除尘 磨铁的也接这台"])
def test_given_kinds_with_one_collector_when_judged_then_it_is_shared(text: str) -> None:
    assert read_judge().determine(Case(text, date(2025, 9, 3), GRINDERY)).level is Level.MAJOR
