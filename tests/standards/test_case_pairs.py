"""Each criterion has a description that meets it and a near miss; changed conditions are labelled for each version."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.rules import Criterion
from tests.books import read_book
from tests.standards.scoring import CASES, GENERAL, LEVELS, MAJOR, PENDING, read_cases, score

LIBRARY = read_library()
DAYS = tuple(date(*day) for day in ((2018, 1, 10), (2023, 6, 1), (2026, 10, 15)))


def read(name: str, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_book(CASES / f"{name}.yaml")[key]
    return found


PAIRS = read("hits", "pairs")
CONDITIONS = read("versions", "conditions")


def level_of(item: Criterion) -> str:
    """Return what one hazard that meets an item is stated to be: some items never conclude by themselves."""
    if item.kind == "comprehensive":
        return GENERAL
    return PENDING if item.open_ended or item.refers_to else MAJOR


def test_given_the_packaged_criteria_when_the_pairs_are_counted_then_each_has_exactly_one() -> None:
    held = Counter(pair["criterion"] for pair in PAIRS)

    assert held == Counter(item.id for item in LIBRARY.criteria)


def test_given_a_pair_when_read_then_its_version_held_that_day_and_its_words_are_its_own() -> None:
    for pair in PAIRS:
        _held_that_day_in_its_own_words(pair)


def _held_that_day_in_its_own_words(pair: dict[str, Any]) -> None:
    item = next(item for item in LIBRARY.criteria if item.id == pair["criterion"])
    on = date.fromisoformat(pair["found_on"])

    assert LIBRARY.criterion(item.standard_id, item.id, on=on) is item
    assert pair["level"] == level_of(item)
    assert pair["hit"] != pair["miss"]
    assert not {pair["hit"], pair["miss"]} & {item.text, *item.cues, *item.counter_cues}
    assert pair["different"]
    assert {"industry", "sectors", "features"} == set(pair["enterprise"])


def test_given_all_sentences_when_compared_then_a_pair_repeats_no_labelled_description() -> None:
    labelled = {case.text for half in ("tuning", "held_out") for case in read_cases(CASES / f"{half}.yaml")}
    written = [pair[side] for pair in PAIRS for side in ("hit", "miss")]

    assert [text for text in written if text in labelled] == []


def test_given_a_condition_when_its_days_are_read_then_each_cites_the_version_of_the_day() -> None:
    for condition in CONDITIONS:
        _cites_the_version_of_the_day(condition)


def _cites_the_version_of_the_day(condition: dict[str, Any]) -> None:
    labels = {date.fromisoformat(day): label for day, label in condition["days"].items()}

    assert tuple(labels) == DAYS
    for day, label in labels.items():
        assert label["level"] in LEVELS
        assert bool(label["standard"]) == (label["level"] != GENERAL)
        if label["clause"]:
            item = LIBRARY.criterion(label["standard"], label["clause"], on=day)
            assert label["level"] == PENDING or level_of(item) == MAJOR


def test_given_the_conditions_when_counted_then_more_than_thirty_change_their_level_between_versions() -> None:
    changing = [one for one in CONDITIONS if len({label["level"] for label in one["days"].values()}) > 1]

    assert len(CONDITIONS) >= 50
    assert len(changing) >= 30


@pytest.mark.parametrize(("name", "count"), [("hits", 2 * len(PAIRS)), ("versions", len(DAYS) * len(CONDITIONS))])
def test_given_pairs_and_conditions_when_read_for_scoring_then_each_sentence_is_a_case_that_right_answers_pass(
    name: str, count: int
) -> None:
    cases = read_cases(CASES / f"{name}.yaml")
    answers = {
        case.id: {"level": case.level, "criterion": {"standard": standard, "clause": clause} if standard else None}
        for case in cases
        for standard, clause in (case.right or ((None, None),))
    }

    result = score(cases, answers)

    assert len({case.id for case in cases}) == count
    assert (result.recall, result.precision, result.clause_first, result.level_right) == (1, 1, 1, 1)
