"""Indicators suggested for a clause by what it says: every one of the plan of 2017, with its words as the reason."""

import json
from pathlib import Path

import pytest

from bihuan.campaigns.rules.catalogue import BY_KEY, CATALOGUE, CLAUSES
from bihuan.campaigns.rules.cues import CUES
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
def test_given_a_clause_of_2017_when_indicators_are_suggested_then_the_catalogued_ones_are_among_them(
    clause: str,
) -> None:
    found = suggest(WORDS[clause])

    assert _catalogued(clause) <= {one.key for one in found}
    assert all(one.words and one.say.startswith("原文写有“") for one in found)


def test_given_all_clauses_of_2017_when_suggested_then_few_are_beside_the_point() -> None:
    suggested = sum(len(suggest(words)) for words in WORDS.values())

    assert sum(len(_catalogued(clause)) for clause in CLAUSES) / suggested >= 0.8


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
