"""Each criterion has words that meet it and words that nearly do, and the judge tells them apart."""

import time
from datetime import date
from typing import Any

import pytest
import yaml

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Verdict, as_plain
from tests.standards.scoring import CASES, read_cases

PAIRS: list[dict[str, Any]] = yaml.safe_load((CASES / "hits.yaml").read_text(encoding="utf-8"))["pairs"]
VERSIONS: list[dict[str, Any]] = yaml.safe_load((CASES / "versions.yaml").read_text(encoding="utf-8"))["conditions"]

# Elements of the fire standard that the same words meet together; any of them may come first.
MET_TOGETHER = {
    "fire-2017-7-1-4": "fire-2017-6-8",
    "fire-2017-7-6-2": "fire-2017-7-4-6",
    "fire-2017-7-7-3": "fire-2017-7-4-6",
}


def place_of(known: dict[str, Any]) -> Enterprise:
    return Enterprise(known["industry"], tuple(known["sectors"]), tuple(known["features"]))


def judge(text: str, on: str, known: dict[str, Any]) -> Verdict:
    return read_judge().determine(Case(text, date.fromisoformat(on), place_of(known)))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["criterion"])
def test_given_words_that_meet_a_criterion_when_judged_then_it_comes_first(pair: dict[str, Any]) -> None:
    verdict = judge(pair["hit"], pair["found_on"], pair["enterprise"])

    first = verdict.met[0].rule.item.id
    assert verdict.level == pair["level"]
    assert first in {pair["criterion"], MET_TOGETHER.get(pair["criterion"])}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["criterion"])
def test_given_a_near_miss_when_judged_then_it_is_general(pair: dict[str, Any]) -> None:
    verdict = judge(pair["miss"], pair["found_on"], pair["enterprise"])

    assert verdict.level == "一般"


@pytest.mark.parametrize("condition", VERSIONS, ids=lambda condition: condition["id"])
def test_given_the_same_words_on_several_days_when_judged_then_the_version_of_each_day_decides(
    condition: dict[str, Any],
) -> None:
    for day, label in condition["days"].items():
        verdict = judge(condition["text"], day, condition["enterprise"])
        cited = verdict.deciding.rule.standard.id if verdict.deciding and not verdict.deciding.prompt else None

        assert verdict.level == label["level"], day
        if label["level"] == "重大":
            assert cited == label["standard"], day


def test_given_the_tuning_half_when_answered_then_it_takes_milliseconds() -> None:
    cases = read_cases(CASES / "tuning.yaml")
    asked = [Case(one.text, one.found_on, place_of(dict(one.enterprise))) for one in cases]
    as_plain(read_judge().determine(asked[0]), 1)
    took = []

    for case in asked:
        began = time.process_time()
        as_plain(read_judge().determine(case), 1)
        took.append(time.process_time() - began)

    assert sorted(took)[int(0.95 * len(took))] <= 0.020
    assert len(took) / sum(took) >= 500
