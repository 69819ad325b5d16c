"""The candidates of an answer: their scores fall, the concluded clause is the first; what is not understood is open."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level, as_plain, candidates
from tests.standards.scoring import CASES, read_cases

JUDGE = read_judge()
SAMPLE = 12  # every so many of the labelled descriptions: enough to meet each step of the score


def test_given_labelled_findings_when_answered_then_scores_never_rise_and_the_concluded_clause_is_first() -> None:
    steps = set()
    for case in read_cases(CASES / "tuning.yaml")[::SAMPLE]:
        place = Enterprise(str(case.enterprise.get("industry", "")), tuple(case.enterprise.get("sectors", ())))
        answer = as_plain(JUDGE.determine(Case(case.text, case.found_on, place)), case.id)
        scores = [one["score"] for one in answer["candidates"]]
        steps |= {int(score * 5) for score in scores}

        assert scores == sorted(scores, reverse=True), case.text
        assert all(0 <= score <= 1 for score in scores)
        if answer["criterion"]:
            first = answer["candidates"][0]
            cited = answer["criterion"]
            assert (first["standard"], first["clause"]) == (cited["standard"], cited["clause"]), case.text
    assert len(steps) > 2


def test_given_a_clause_that_is_met_and_one_that_is_near_when_answered_then_their_scores_lie_apart() -> None:
    case = Case("抛光车间除尘器没装泄爆片，收尘桶也没接地", date(2018, 2, 14), Enterprise("铝制品厂", ("工贸",)))

    scores = [one["score"] for one in as_plain(JUDGE.determine(case), None)["candidates"]]

    assert scores[0] >= 0.8
    assert len(scores) > 1
    assert scores[0] > scores[-1]


@pytest.mark.parametrize("text", ["乱七八糟的字abc。", "张三李四", "哈哈哈哈"])
def test_given_words_with_a_stray_character_that_is_known_when_judged_then_they_are_not_understood(text: str) -> None:
    answer = as_plain(JUDGE.determine(Case(text, date(2018, 2, 14))), None)

    assert answer["level"] == "待定"
    assert answer["confidence"] < 0.1
    assert "没有读懂" in answer["reason"]


@pytest.mark.parametrize("text", ["灯坏", "门很脏", "窗破", "树倒了", "地面脏", "渔船驾驶台雷达坏"])
def test_given_a_short_harmless_finding_when_judged_then_it_stays_general(text: str) -> None:
    assert JUDGE.determine(Case(text, date(2018, 2, 14))).level is Level.GENERAL


def test_given_a_piece_of_a_longer_word_when_judged_then_no_clause_is_near_by_it_alone() -> None:
    verdict = JUDGE.determine(Case("蛇皮袋接铝灰", date(2018, 2, 14)))

    assert all("接铝”" not in say for one in candidates(verdict) for say in one.speaks_against)
    assert [one.met.rule.item.id for one in candidates(verdict)][:1] == ["gongmao-2017-dust-06"]
