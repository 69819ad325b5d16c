"""The labelled descriptions are sound: complete, in force on their day, balanced, and the halves kept apart."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bihuan.standards.data import read_library
from tests.standards.scoring import CASES, GENERAL, LEVELS, MAJOR, PENDING, Case, main, read_answers, read_cases, score

LIBRARY = read_library()
HALVES = {name: read_cases(CASES / f"{name}.yaml") for name in ("tuning", "held_out")}
ALL = [case for half in HALVES.values() for case in half]
PLAN = (date(2017, 12, 1), date(2018, 6, 30))
LATER = (date(2023, 6, 1), date(2026, 10, 31))
# Cited by their clause although they are no items: the rule of counting, and rules for all items of a standard.
RULES = {("fire-2017", "5.3")} | {(one.id, rule.clause) for one in LIBRARY.standards for rule in one.general_rules}
SUBJECTS = (
    ("gongmao", 60),
    ("huagong", 20),
    ("yanhua", 8),
    ("construction", 10),
    ("special-equipment", 10),
    ("fire", 8),
)


@pytest.mark.parametrize("name", HALVES)
def test_given_a_label_when_its_clause_is_looked_up_then_it_held_on_that_day(name: str) -> None:
    for case in HALVES[name]:
        _held_on_its_day(case)


def _held_on_its_day(case: Case) -> None:
    in_force = {standard.id for standard in LIBRARY.in_force(case.found_on)}

    for standard, clause in case.right:
        assert standard in in_force
        if clause is not None and (standard, clause) not in RULES:
            assert LIBRARY.criterion(standard, clause, on=case.found_on).clause == clause


@pytest.mark.parametrize("name", HALVES)
def test_given_a_label_when_read_then_its_level_and_citation_agree(name: str) -> None:
    for case in HALVES[name]:
        _agrees(case)


def _agrees(case: Case) -> None:
    assert case.level in LEVELS
    assert all((case.text, case.reason, case.cause, case.enterprise["industry"], case.enterprise["sectors"]))
    assert bool(case.right) == (case.level != GENERAL)
    if case.level == MAJOR:
        standard, clause = case.right[0]
        if case.cause == "fire_count":
            assert (standard, clause) in RULES
            return
        item = LIBRARY.criterion(standard, clause or "", on=case.found_on)
        assert not item.open_ended
        assert not item.refers_to


@pytest.mark.parametrize("name", HALVES)
def test_given_a_half_when_counted_then_it_is_large_balanced_and_of_both_periods(name: str) -> None:
    half = HALVES[name]
    levels = Counter(case.level for case in half)
    periods = Counter((PLAN[0] <= case.found_on <= PLAN[1], LATER[0] <= case.found_on <= LATER[1]) for case in half)
    subjects = Counter(standard.rsplit("-", 1)[0] for case in half for standard, _ in case.right[:1])

    assert len(half) >= 220
    assert 0.4 <= levels[MAJOR] / len(half) <= 0.6
    assert 0.4 <= levels[GENERAL] / len(half) <= 0.5
    assert levels[PENDING] / len(half) >= 0.03
    assert set(periods) == {(True, False), (False, True)}
    assert periods[True, False] >= len(half) / 4
    assert [(subject, least) for subject, least in SUBJECTS if subjects[subject] < least] == []


def test_given_the_halves_when_compared_then_no_text_and_no_number_is_in_both() -> None:
    assert [one for one, count in Counter(case.id for case in ALL).items() if count > 1] == []
    assert [one for one, count in Counter(case.text for case in ALL).items() if count > 1] == []


def right_answers(cases: tuple[Case, ...]) -> list[str]:
    return [
        json.dumps({"id": case.id, "level": case.level, "criterion": _criterion(case), "candidates": []})
        for case in cases
    ]


def _criterion(case: Case) -> dict[str, str | None] | None:
    return {"standard": case.right[0][0], "clause": case.right[0][1]} if case.right else None


def test_given_right_answers_when_scored_then_every_rate_is_one() -> None:
    cases = HALVES["tuning"]

    result = score(cases, read_answers(right_answers(cases)))

    assert (result.recall, result.precision, result.clause_first, result.level_right) == (1, 1, 1, 1)
    assert (result.wrong_level, result.wrong_clause) == ((), ())


def test_given_wrong_and_missing_answers_when_scored_then_each_is_counted_where_it_belongs() -> None:
    major = next(case for case in HALVES["tuning"] if case.level == MAJOR)
    general = next(case for case in HALVES["tuning"] if case.level == GENERAL)
    cited = {"standard": major.right[0][0], "clause": "没有的条号"}
    answers = {
        general.id: {"level": MAJOR, "candidates": [cited]},
        major.id: {"level": MAJOR, "candidates": [cited, _criterion(major)]},
    }

    both = score([major, general], answers)
    silent = score([major], {})

    assert (both.recall, both.precision, both.clause_first, both.level_right) == (1, 0.5, 0, 0.5)
    assert both.confusion[general.cause][GENERAL, MAJOR] == 1
    assert (silent.recall, silent.precision) == (0, None)
    assert [case.id for case, _ in silent.wrong_level] == [major.id]


def test_given_the_command_line_when_asked_and_answered_then_the_report_names_what_is_wrong(tmp_path: Path) -> None:
    source = CASES / "tuning.yaml"
    asked = [json.loads(line) for line in main([str(source), "--ask"]).splitlines()]
    answers = tmp_path / "answers.jsonl"
    answers.write_text("\n".join(right_answers(HALVES["tuning"])[1:]), encoding="utf-8")

    says = main([str(source), str(answers)])

    assert [set(question) for question in asked] == [{"id", "found_on", "enterprise", "text"}] * len(asked)
    assert HALVES["tuning"][0].id in says.split("wrong level")[1]
