"""Each criterion has words that meet it and words that nearly do, and the judge tells them apart."""

import re
from datetime import date
from typing import Any

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Criterion
from bihuan.standards.rules.criteria import NEAREST_LAW
from bihuan.standards.rules.determine import Case, Enterprise, Verdict
from tests.books import read_book
from tests.standards.scoring import CASES

PAIRS: list[dict[str, Any]] = read_book(CASES / "hits.yaml")["pairs"]
VERSIONS: list[dict[str, Any]] = read_book(CASES / "versions.yaml")["conditions"]

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
    assert verdict.stated == pair["level"]
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

        assert verdict.stated == label["level"], day
        if label["level"] == "重大":
            assert cited == label["standard"], day


# Their own wording is a summary: a list of prohibited works, several things in one, or words another clause shares.
TOO_WIDE = {
    "construction-2022-14",
    "gongmao-2017-metallurgy-11",
    "gongmao-2023-building-04",
    "huagong-2017-15",
    "huagong-2026-5-4-6",
    "special-equipment-2024-4-8-e",
}
ITEMS = [
    item
    for item in read_library().criteria
    if not (item.kind or item.open_ended or item.refers_to or item.id in TOO_WIDE)
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_given_a_criterion_in_its_own_formal_words_when_judged_then_it_is_the_one(item: Criterion) -> None:
    standard = read_library().standard(item.standard_id)
    day = max(standard.effective_on or date(2018, 1, 10), date(2018, 1, 10))
    sectors = tuple(SECTOR_NAMES[one] for one in sorted(item.sectors)) if len(item.sectors) < 8 else ("工贸",)
    place = Enterprise("", sectors, tuple(FEATURE_NAMES[one] for one in sorted(item.features)))

    verdict = read_judge().determine(Case(re.sub(r"（[^）]*）", "", item.text), day, place))

    level = "待定" if standard.role == NEAREST_LAW else "重大"
    assert (verdict.level, verdict.stated, verdict.met[0].rule.item.id) == (level, "重大", item.id)


OWN = [
    line.split("|")
    for line in (CASES / "own.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LEVELS = {"M": "重大", "P": "待定", "G": "一般"}


def test_given_the_sentences_written_with_the_conditions_when_judged_then_none_gets_another_level() -> None:
    wrong = []

    for level, _, on, industry, sectors, features, text in OWN:
        known = {"industry": industry, "sectors": sectors.split(","), "features": features.split(",")}
        verdict = judge(text, on, known)
        if verdict.stated != LEVELS[level]:
            wrong.append((text, str(verdict.stated)))

    assert wrong == []
