"""Where no condition is met: the weight of words, and the labelled finding that they are like."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.learn_precedents import Labelled, labelled, learn, rows_of

from bihuan.standards.data.judging import read_judge
from bihuan.standards.data.learnt import read_examples, read_precedents
from bihuan.standards.rules.determine import Case, Enterprise, Level, Verdict, reason
from bihuan.standards.rules.determine.precedents import (
    LONGEST,
    Example,
    Gravity,
    Place,
    Precedents,
    Resemblance,
    rarity,
    runs,
)

WINTER = date(2018, 1, 10)
ICE = Enterprise("水产加工", ("涉氨制冷",), ("液氨", "速冻机"))


def judge(text: str, on: date, enterprise: Enterprise) -> Verdict:
    return read_judge().determine(Case(text, on, enterprise))


BOOK = Resemblance(
    [
        Example("浸漆槽旁边没有排风", "machinery-07"),
        Example("行车钢丝绳断丝还在吊钢水", "metallurgy-03"),
        Example("地面有油", ""),
    ]
)
ANYWHERE = Place(
    exists=lambda _: True,
    lacks=lambda _: False,
    applies=lambda _: True,
    preferred=lambda _: True,
    near=lambda _: False,
    denied=lambda _: False,
    within=lambda _: False,
)


def heavy(weight: float, known: str = "") -> Gravity:
    """Return a gravity that takes every text for as grave. known: a text whose words stand in findings."""
    words = runs(known, LONGEST)
    return Gravity(weight, dict.fromkeys(words, 1.0), dict.fromkeys(words, 0.0))


def found(text: str, place: Place = ANYWHERE, weight: float = 3.0) -> str:
    answer = Precedents(heavy(weight), BOOK).find([text], place)
    return answer[1].criterion if answer else ""


def test_given_grave_words_when_looked_up_then_the_finding_they_are_like_tells_the_clause() -> None:
    assert found("槽边的排风早停了") == "machinery-07"
    assert found("吊钢水的行车钢丝绳毛了") == "metallurgy-03"


def test_given_words_that_do_not_weigh_when_looked_up_then_nothing_is_found() -> None:
    assert found("槽边的排风早停了", weight=1.0) == ""
    assert found("饭菜很香") == ""


def test_given_a_clause_of_another_day_far_nearer_when_looked_up_then_no_clause_of_the_day_stands_for_it() -> None:
    only_cranes = replace(ANYWHERE, applies=lambda item: item == "metallurgy-03")

    assert found("浸漆槽旁边没有排风，行车", only_cranes) == ""
    assert found("行车钢丝绳断丝，没有排风", only_cranes) == "metallurgy-03"


def test_given_a_place_without_what_the_clause_is_about_when_looked_up_then_nothing_is_found() -> None:
    assert found("浸漆槽没有排风", replace(ANYWHERE, lacks=lambda item: item == "machinery-07")) == ""


def test_given_words_that_deny_a_part_when_looked_up_then_they_must_weigh_more() -> None:
    denying = replace(ANYWHERE, denied=lambda _: True)

    assert [found("浸漆槽没有排风", denying, weight) for weight in (2.0, 4.0)] == ["", "machinery-07"]


def test_given_a_quantity_within_the_limit_when_looked_up_then_nothing_is_found() -> None:
    keeping = replace(ANYWHERE, within=lambda item: item == "machinery-07")

    assert found("浸漆槽没有排风", keeping, 4.0) == ""


@pytest.mark.parametrize(
    "text",
    [
        "速冻间里七个人，不到九个",
        "速冻间铭牌没了",
        "隔壁单位速冻间没隔开",
        "制冷工证年底到期",
        "速冻间报警正常，人都到位",
    ],
    ids=["a quantity within its limit", "a label", "another's premises", "a day to come", "all is well"],
)
def test_given_words_that_weigh_but_leave_nothing_wrong_when_judged_then_there_is_no_second_look(text: str) -> None:
    examples = [Example(one, "gongmao-2023-ammonia-02") for one in ("速冻间超过九人", "速冻间没隔开", "制冷工")]
    grave = read_judge().with_precedents(Precedents(heavy(9.0, text), Resemblance(examples)))

    assert grave.determine(Case(text, date(2023, 6, 1), ICE)).level is Level.GENERAL
    assert grave.determine(Case("速冻间乱糟糟", date(2023, 6, 1), ICE)).level is Level.MAJOR


def test_given_a_condition_met_in_words_without_gravity_when_judged_then_a_person_is_asked() -> None:
    general = read_judge().with_precedents(Precedents(heavy(-9.0), BOOK))
    case = Case("速冻机没有单独的房间", date(2023, 6, 1), ICE)

    assert read_judge().determine(case).level is Level.MAJOR
    assert general.determine(case).level is Level.OPEN
    assert "更像一般隐患的说法" in reason(general.determine(case))


def test_given_a_quantity_beyond_its_limit_when_the_words_have_no_gravity_then_it_is_major_all_the_same() -> None:
    general = read_judge().with_precedents(Precedents(heavy(-9.0), BOOK))

    assert general.determine(Case("速冻间里十四个人", date(2023, 6, 1), ICE)).level is Level.MAJOR


def test_given_a_state_that_was_taken_away_when_looked_at_again_then_likeness_does_not_bring_it_back() -> None:
    dust = Enterprise("家具", ("工贸",), ("木粉尘",))
    book = Resemblance([Example("沉降房收尘", "gongmao-2023-dust-05"), Example("行车", "gongmao-2023-mgmt-02")])
    grave = read_judge().with_precedents(Precedents(heavy(9.0), book))

    assert grave.determine(Case("以前的沉降房拆了改布袋，墙脚砖没清", date(2023, 6, 1), dust)).level is Level.GENERAL
    assert grave.determine(Case("沉降房还在", date(2023, 6, 1), dust)).level is Level.MAJOR


def test_given_a_word_that_a_town_taught_when_likeness_alone_found_a_clause_then_it_takes_none_away() -> None:
    examples = [Example(one, "gongmao-2023-dust-05") for one in ("后头黑屋乱糟糟", "行车")]
    plain = read_judge().with_precedents(Precedents(heavy(9.0), Resemblance(examples)))
    case = Case("后头黑屋乱糟糟，加了雾帘", date(2023, 6, 1), Enterprise("家具", ("工贸",), ("木粉尘",)))
    taught = plain.with_words({"湿式除尘": ["雾帘"]}, {})

    before, after = plain.determine(case), taught.determine(case)

    assert taught.by_conditions.determine(case).level is Level.GENERAL
    assert (before.level, after.level) == (Level.MAJOR, Level.MAJOR)
    assert after.deciding is not None
    assert after.deciding.precedent is not None


def test_given_several_pieces_when_looked_up_then_the_gravest_speaks() -> None:
    grave = Gravity(-3.0, {"槽": 1.0}, {"槽": 9.0})

    answer = Precedents(grave, BOOK).find(["地面有油", "浸漆槽没有排风"], ANYWHERE)

    assert answer is not None
    assert answer[0] == 1


def test_given_a_clause_only_of_a_later_list_when_judged_then_it_is_general_and_says_from_when() -> None:
    verdict = judge("速冻机放在单独的隔间里，但里面有14个人在干活", WINTER, ICE)

    assert verdict.level is Level.GENERAL
    assert "第十二条(二)列有这种情形，但自2023-05-15起才施行" in reason(verdict)


@pytest.mark.parametrize(
    ("text", "enterprise", "said"),
    [
        ("喷漆房停用半年贴了封条，里面可燃气体报警器没有", Enterprise("家具厂", ("轻工",), ("喷漆",)), "贴了封条"),
        ("商场自动喷水灭火系统不能正常使用", Enterprise("商场", ("消防",)), "未达到判定门槛"),
    ],
)
def test_given_a_clause_in_force_that_was_lowered_when_judged_then_that_is_the_reason_and_no_other_list(
    text: str, enterprise: Enterprise, said: str
) -> None:
    verdict = judge(text, date(2023, 12, 6), enterprise)

    assert verdict.level is Level.GENERAL
    assert said in reason(verdict)
    assert "列有这种情形" not in reason(verdict)


def test_given_findings_that_no_condition_reads_when_judged_then_the_example_is_shown_and_a_person_checks() -> None:
    """Which findings these are changes with the words that are learnt, so they are looked for."""
    readers = read_judge()
    blind = readers.with_precedents(None)
    asked = [Case(one.text, date(2023, 6, 1), Enterprise("工厂", ("工贸",))) for one in examples_of("gongmao-2023")]
    second = [readers.determine(one) for one in asked if blind.determine(one).level is Level.GENERAL]
    shown = [one for one in second if one.deciding and one.deciding.precedent]

    assert shown
    for one in shown:
        assert one.deciding
        assert one.deciding.precedent
        assert f"“{one.deciding.precedent.example}”说法相近" in reason(one)
        assert "请对照条文逐项核对" in reason(one)


def examples_of(standard: str) -> list[Example]:
    return [one for one in read_examples() if one.criterion.startswith(standard)]


def test_given_the_examples_when_read_then_each_is_labelled_so_in_what_may_be_learnt_from() -> None:
    """The half that only measures is none of the files that `labelled` reads."""
    known = {(one.criterion, one.text) for one in labelled()}

    assert {(one.criterion, one.text) for one in read_examples()} <= known


def test_given_labelled_sentences_when_learnt_twice_then_the_weights_are_the_same_and_tell_them_apart() -> None:
    found = [Labelled(f"{thing}没有{part}", "x") for thing in "甲乙丙" for part in "丁戊"]
    found += [Labelled(f"{thing}的{part}牌子掉了", "") for thing in "甲乙丙" for part in "丁戊"]
    rare = rarity([runs(one.text, 2) for one in found])

    bias, learnt = learn(rows_of(found, rare))
    again = learn(rows_of(found, rare))

    assert (bias, learnt) == again
    weigh = Gravity(bias, rare, learnt)
    assert weigh("甲没有丁") > 0.5 > weigh("乙的戊牌子掉了")


@given(st.text(max_size=400))
def test_given_any_text_when_weighed_then_it_is_a_probability(text: str) -> None:
    assert 0.0 <= read_precedents().gravity(text) <= 1.0


@given(st.text(alphabet="浸漆槽排风没有行车钢丝绳9", max_size=30))
def test_given_any_text_when_compared_then_likeness_is_between_nothing_and_the_same(text: str) -> None:
    assert all(0.0 <= one.how <= 1.0001 for one in BOOK(text))
