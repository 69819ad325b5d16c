"""Indicators suggested for a clause by what it says: every one of the plan of 2017, with its words as the reason."""

import json
from pathlib import Path

import pytest

from bihuan.campaigns.rules.catalogue import BY_KEY, CATALOGUE, CLAUSES
from bihuan.campaigns.rules.cues import CUES, YIELDS
from bihuan.campaigns.rules.suggesting import Suggested, suggest
from tests.campaigns.clauses_2017 import WORDS

HERE = Path(__file__).parent


def _catalogued(clause: str) -> set[str]:
    return {one.key for one in CATALOGUE if clause in one.clauses}


def test_given_the_cues_when_read_then_they_name_the_catalogue_and_all_of_it() -> None:
    assert {key for _, keys in CUES for key in keys.split()} == set(BY_KEY)


def test_given_the_clauses_when_cut_then_their_words_stand_in_the_plan() -> None:
    text = (HERE / "plans" / "plan-jincheng-2017.txt").read_text(encoding="utf-8")

    assert tuple(WORDS) == CLAUSES
    assert [clause for clause, words in WORDS.items() if words not in text] == []


@pytest.mark.parametrize("clause", CLAUSES)
def test_given_a_clause_of_2017_when_indicators_are_suggested_then_they_are_exactly_the_catalogued_ones(
    clause: str,
) -> None:
    found = suggest(WORDS[clause])

    assert {one.key for one in found} == _catalogued(clause)
    assert all(one.words and one.say.startswith("原文写有“") for one in found)


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("12月10日前，所有企业完成自查并报村。（责任单位：各村；配合单位：经发办）", {"self_reports.firms"}),
        ("为贯彻落实《关于做好春节期间安全生产工作的通知》精神", {"study.units"}),
        ("高危企业要制定复工复产工作方案", {"resumption.plans"}),
        ("各村要制定具体工作方案", {"plans.accepted", "plans.on_time"}),
        ("对失职的要追责", {"accountability.concluded"}),
    ],
)
def test_given_words_that_say_something_else_when_suggested_then_they_are_not_taken_for_an_order(
    sentence: str, keys: set[str]
) -> None:
    assert {one.key for one in suggest(sentence)} == keys


def test_given_a_general_figure_when_a_special_one_is_called_for_then_it_yields_and_both_are_in_the_catalogue() -> None:
    assert set(YIELDS) | {one for special in YIELDS.values() for one in special} <= set(BY_KEY)
    assert not set(YIELDS) & {one for special in YIELDS.values() for one in special}


def test_given_other_plans_when_suggested_then_more_than_half_of_their_clauses_have_one() -> None:
    clauses = [
        clause["text"]
        for file in sorted((HERE / "gold").glob("*.json"))
        if "2017" not in file.name or "county" in file.name
        for clause in json.loads(file.read_text(encoding="utf-8"))["clauses"]
    ]

    with_one = sum(bool(suggest(text)) for text in clauses)

    assert len(clauses) > 200
    assert with_one / len(clauses) > 0.5


def test_given_words_with_spaces_and_quotes_when_suggested_then_they_are_found_all_the_same() -> None:
    assert suggest("实现“双 下降”") == (
        Suggested("accidents.decline", ("双下降",)),
        Suggested("deaths.decline", ("双下降",)),
    )
    assert suggest("请各位同志按时参加") == ()
