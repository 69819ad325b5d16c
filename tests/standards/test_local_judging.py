"""What an uploaded standard adds to a suggestion and to the guided questions, and what it never does."""

from datetime import date
from typing import Any

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.data.guiding import read_questions
from bihuan.standards.data.judging import book_with, judge_of, read_judge
from bihuan.standards.rules import Sector
from bihuan.standards.rules.advice import Advice, advice_of
from bihuan.standards.rules.determine import Case, Enterprise, Judge, Level
from bihuan.standards.rules.guiding import (
    Paper,
    Said,
    next_ask,
    paper_of,
    read_answers,
    result_of,
    with_asks,
    written,
)
from bihuan.standards.rules.loading import Loaded, with_loaded
from tests.standards.local import STANDARD, book, read

DAY = date(2018, 1, 10)
DUSTY = Enterprise(sectors=("轻工",), features=("粉尘涉爆",))


def judge(*loaded: Loaded) -> Judge:
    return judge_of(with_loaded(read_library(), loaded), book_with(loaded))


LOCAL = judge(read(book()))


def advice(text: str, *, on: date = DAY, by: Judge = LOCAL, place: Enterprise = DUSTY) -> Advice:
    return advice_of(by.determine(Case(text, on, place)), version="")


def test_given_a_clause_without_conditions_when_the_words_are_like_its_own_then_it_is_open_and_says_why() -> None:
    found = advice("东侧彩钢板仓库内给电动三轮车充电")

    assert found.level is Level.OPEN
    assert found.deciding is not None
    assert found.deciding.criterion.id == f"{STANDARD}-01"
    assert found.deciding.may_cite
    assert "没有写判定条件" in found.reason
    assert "写的和“" in found.deciding.speaks_for[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("彩钢板仓库里给电动三轮车充电，已整改", "整改"),
        ("室外充电棚给三轮车充电", "一般不算"),
        ("彩钢板仓库没有给电三轮充电", "没有这种情形"),
    ],
)
def test_given_words_that_are_like_but_not_the_case_when_judged_then_it_stays_general(text: str, why: str) -> None:
    found = advice(text)

    assert found.level is Level.GENERAL
    assert any(why in one for clause in found.clauses for one in clause.speaks_against), found.clauses


def test_given_a_clause_about_what_is_missing_when_nothing_is_said_to_be_wrong_then_it_does_not_ask() -> None:
    made = book()
    made["criteria"][0] |= {"text": "仓库没有装烟感报警。", "cues": ["仓库没装烟感报警"], "counter_cues": []}
    by = judge(read(made))

    assert advice("仓库已装烟感报警", by=by).level is Level.GENERAL
    assert advice("仓库没装烟感报警", by=by).level is Level.OPEN
    assert advice("仓库烟感报警坏了，故障", by=by).level is Level.OPEN


def test_given_the_day_before_it_is_in_force_when_judged_then_the_local_clause_is_not_there() -> None:
    found = advice("东侧彩钢板仓库内给电动三轮车充电", on=date(2018, 1, 4))

    assert found.level is Level.GENERAL
    assert [one for one in found.clauses if one.standard.id == STANDARD] == []


def test_given_another_trade_or_feature_when_judged_then_the_local_clause_does_not_concern_it() -> None:
    made = book()
    made["criteria"][0]["applies_to"] = {"sectors": ["烟花爆竹"], "features": []}

    found = advice("东侧彩钢板仓库内给电动三轮车充电", by=judge(read(made)))

    assert found.level is Level.GENERAL


def test_given_a_national_clause_that_is_met_when_a_local_one_is_alike_then_the_national_one_still_decides() -> None:
    text = "木工砂光机除尘风管没有火花探测；彩钢板仓库里给电三轮充电"

    found = advice(text)

    assert found.level is Level.MAJOR
    assert found.deciding is not None
    assert found.deciding.standard.id == "gongmao-2017"
    assert {one.standard.id for one in found.clauses} >= {"gongmao-2017", STANDARD}


def test_given_conditions_in_the_file_when_met_then_it_is_major_by_its_clause_and_failing_counts_as_it_says() -> None:
    made = book()
    made["criteria"][0]["conditions"] = ["气瓶类 -可燃气体报警"]
    by_failing, not_failing = judge(read(made)), judge(read({**made, "failing_counts": False}))

    for text, by, level in (
        ("厨房气瓶旁没有可燃气体报警器", by_failing, Level.MAJOR),
        ("厨房气瓶旁可燃气体报警器坏了", by_failing, Level.MAJOR),
        ("厨房气瓶旁可燃气体报警器坏了", not_failing, Level.GENERAL),
        ("厨房气瓶旁有可燃气体报警器", by_failing, Level.GENERAL),
    ):
        found = advice(text, by=by, place=Enterprise(sectors=("商贸",)))
        mine = [one for one in found.clauses if one.criterion.id == f"{STANDARD}-01"]
        assert mine, text
        assert mine[0].level is level, (text, mine)


def test_given_an_open_ended_clause_with_conditions_when_met_then_a_person_decides() -> None:
    made = book()
    made["criteria"][0] |= {"conditions": ["气瓶类 -可燃气体报警"], "open_ended": True}

    found = advice("厨房气瓶旁没有可燃气体报警器", by=judge(read(made)), place=Enterprise(sectors=("商贸",)))

    assert [one.level for one in found.clauses if one.standard.id == STANDARD] == [Level.OPEN]


def test_given_every_case_of_the_packaged_judge_when_a_local_standard_is_beside_then_no_level_is_lower() -> None:
    texts = [f"{cue}；{item.text}" for item in read_library().criteria for cue in item.cues[:1]]
    rank = {Level.GENERAL: 0, Level.OPEN: 1, Level.MAJOR: 2}
    lower = []
    for text in texts:
        alone, beside = read_judge().determine(Case(text, DAY, DUSTY)), LOCAL.determine(Case(text, DAY, DUSTY))
        if rank[beside.level] < rank[alone.level]:
            lower.append(text)

    assert len(texts) > 300
    assert lower == []


def paper(made: dict[str, Any]) -> Paper:
    loaded = read(made)
    library = with_loaded(read_library(), [loaded])
    return paper_of(
        with_asks(read_questions(), loaded.asks),
        library,
        on=DAY,
        sectors={Sector.COMMERCE},
        features=set(),
    )


def answered(of: Paper, **given: Said) -> Any:
    mine = {name: given["mine"] for name in of.asks if name.startswith(STANDARD)}
    others = {name: given["others"] for name in of.asks if not name.startswith(STANDARD)}
    return result_of(of, {**others, **mine})


def test_given_questions_in_the_file_when_all_are_yes_then_the_clause_is_met_and_may_conclude() -> None:
    made = book()
    for item in made["criteria"]:
        item["ask"] = ["仓库是彩钢板的吗？", "里面给车充电吗？"]
    of = paper(made)

    found = answered(of, mine=Said.YES, others=Said.NO)

    assert found.level is Level.MAJOR
    assert found.deciding.criterion.id.startswith(STANDARD)
    assert answered(of, mine=Said.NO, others=Said.NO).level is Level.GENERAL


def test_given_a_clause_without_questions_when_yes_then_a_person_decides_and_the_answer_survives_its_address() -> None:
    of = paper(book())
    name = f"{STANDARD}-01"

    found = answered(of, mine=Said.YES, others=Said.NO)

    assert found.level is Level.OPEN
    assert "由人对照条文判断" in found.why
    assert read_answers(of, written(of, {name: Said.YES})) == {name: Said.YES}
    assert len({ask.code for ask in of.asks.values()}) == len(of.asks)
    assert next_ask(of, {}) is not None
