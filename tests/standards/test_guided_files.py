"""The files of questions: their shape, and that every clause can be reached by answers."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from bihuan.standards.data import criteria_files, read_library
from bihuan.standards.data.guiding import read_question_files, read_questions
from bihuan.standards.rules import Criterion
from bihuan.standards.rules.concluding import PARTIAL
from bihuan.standards.rules.guiding import (
    BadQuestion,
    Level,
    Procedure,
    Result,
    Said,
    Term,
    Weight,
    code_of,
    names,
    parse,
    value,
)
from tests.books import read_book
from tests.standards.interviews import a_day_of, interview, meeting, paper_for, sound

LIBRARY = read_library()
BOOK = read_questions()
LONGEST = 30
SECTIONS = {"standard", "asks", "when", "person", "known", "missing", "procedure", "whole"}
UNITS = {"人", "千帕", "米", "毫米", "%"}
CRITERIA = {one.id: one for one in LIBRARY.criteria}


def test_given_the_files_when_read_then_each_is_of_its_standard_and_has_no_section_of_another_name() -> None:
    files = read_question_files()

    assert {name: book["standard"] for name, book in files.items()} == {one.id: one.id for one in LIBRARY.standards}
    assert [name for name, book in files.items() if set(book) - SECTIONS] == []
    assert [item for name, book in files.items() for item in book.get("when", {}) if not item.startswith(name)] == []


def test_given_all_questions_when_looked_at_then_each_is_short_says_where_to_look_and_is_used() -> None:
    counts = [term for one in BOOK.procedures.values() for term in _terms(one)]
    terms = [*BOOK.when.values(), *BOOK.whole.values(), *counts]
    used = {name for term in terms for name in names(term)}

    assert [one.text for one in BOOK.asks.values() if len(one.text) > LONGEST or not one.text.endswith("？")] == []
    assert [one.name for one in BOOK.asks.values() if not one.look or len(one.look) > LONGEST] == []
    assert {one.unit for one in BOOK.asks.values()} - {""} <= UNITS
    assert set(BOOK.asks) == used
    assert set(BOOK.known) <= used
    assert len({one.text + one.look for one in BOOK.asks.values()}) == len(BOOK.asks)


def _terms(procedure: Procedure) -> list[Term]:
    return [procedure.holds, *(one.place for one in procedure.counts)]


def test_given_all_criteria_when_counted_then_each_has_its_questions_and_no_question_is_of_none() -> None:
    missing = {one.id for one in BOOK.missing}

    assert set(BOOK.when) - missing == set(CRITERIA)
    assert set(BOOK.person) <= set(CRITERIA)
    assert set(BOOK.whole) <= set(BOOK.person)


def test_given_two_questions_when_coded_then_their_codes_differ_and_stay() -> None:
    assert len({one.code for one in BOOK.asks.values()}) == len(BOOK.asks)
    assert code_of("速冻机") == "b2989"


def _procedure_of(standard_id: str) -> dict[str, Any]:
    file = next(one for one in criteria_files() if one.name == f"{standard_id}.yaml")
    return dict(read_book(file)["procedure"])


@pytest.mark.parametrize("standard_id", ["fire-2006", "fire-2017"])
def test_given_a_fire_standard_when_its_counts_are_read_then_they_are_those_of_the_criteria_file(
    standard_id: str,
) -> None:
    official, ours = _procedure_of(standard_id), BOOK.procedures[standard_id]

    assert [(one.id, one.least) for one in ours.counts] == [
        (one["id"], one["min_count"]) for one in official["comprehensive"]["rules"]
    ]
    people = [step.get("min_people") for step in official["process"] if "min_people" in step]
    assert [ours.discussed_by, ours.panel] == people


def test_given_gb_35181_2017_when_its_elements_are_read_then_they_are_those_of_the_criteria_file() -> None:
    official = _procedure_of("fire-2017")["comprehensive"]["rules"]

    assert [sorted(one.elements) for one in BOOK.procedures["fire-2017"].counts] == [
        [] if one["elements"] == "any-chapter-7" else sorted(one["elements"]) for one in official
    ]


def test_given_the_doubts_of_the_criteria_when_read_then_these_items_are_for_a_person() -> None:
    doubted = {one.id for one in LIBRARY.criteria if one.note} | {
        "construction-2022-11-1",
        "construction-2024-11-1",
        "construction-2024-11-2",
    }

    assert doubted <= set(BOOK.person)


@pytest.mark.parametrize("item_id", sorted(CRITERIA))
def test_given_answers_that_meet_a_clause_when_asked_then_they_reach_it(item_id: str) -> None:
    criterion = CRITERIA[item_id]
    on = a_day_of(LIBRARY.standard(criterion.standard_id))
    paper = paper_for(criterion, on=on)
    is_element = criterion.kind == "comprehensive"
    counts = [one for one in paper.items if any(part.criterion.id == item_id for part in one.parts)]
    wanted = meeting(counts[-1].term) | meeting(BOOK.when[item_id]) if is_element else {}
    wanted = wanted or meeting(next(one.term for one in paper.items if one.criterion.id == item_id))
    well = sound(paper)

    found = interview(paper, lambda ask, given: wanted.get(ask.name) or well(ask, given), about=[item_id])

    assert item_id in _reached(found.result)
    assert found.result.level == _expected(criterion, on)
    assert found.result.why


def _reached(result: Result) -> set[str]:
    return {one.item.criterion.id for one in result.met} | {
        part.criterion.id for one in result.met for part in one.counted
    }


def _expected(criterion: Criterion, on: date) -> Level:
    weights = [one.weight for one in paper_for(criterion, on=on).items if one.criterion.id == criterion.id]
    return Level.MAJOR if Weight.MAJOR in weights else Level.OPEN


@pytest.mark.parametrize("item_id", sorted(one.id for one in BOOK.missing))
def test_given_a_clause_whose_text_is_not_held_when_it_is_met_then_it_ends_open_and_says_why(item_id: str) -> None:
    criterion = next(one for one in BOOK.missing if one.id == item_id)
    paper = paper_for(criterion, on=a_day_of(LIBRARY.standard(criterion.standard_id)))
    wanted, well = meeting(next(one.term for one in paper.items if one.criterion.id == item_id)), sound(paper)

    found = interview(paper, lambda ask, given: wanted.get(ask.name) or well(ask, given), about=[item_id]).result

    assert (found.level, found.suspected) == (Level.OPEN, False)
    assert "条文没有还原" in found.why


def test_given_a_definition_a_part_or_the_nearest_law_when_weighed_then_it_never_concludes() -> None:
    concluding, partial = set(), set()
    for criterion in LIBRARY.criteria:
        for item in paper_for(criterion, on=a_day_of(LIBRARY.standard(criterion.standard_id))).items:
            if item.weight is not Weight.PERSON and not item.is_whole:
                concluding.add(item.criterion.id)
            if item.weight is Weight.MAJOR and item.criterion.completeness == PARTIAL:
                partial.add(item.why)

    never = {one.id for one in LIBRARY.criteria if one.open_ended or one.refers_to or one.note}
    assert concluding & never == set()
    assert not any(one.startswith("special-equipment-2014") for one in concluding)
    assert partial == {"该条条文只还原了一部分，使用前须对照标准原件"}


CHAINS = {
    "gongmao-2017-confined-01": ({}, ("有限空间辨识", "有限空间标志")),
    "gongmao-2017-machinery-04": ({"铸造熔炼炉": Said.YES}, ("铸炉水监测", "铸炉防水进炉")),
    "construction-2022-11-1": ({"工地有限空间": Said.YES}, ("工地审批", "工地教育", "工地先通风")),
    "construction-2024-11-1": ({"有有限空间": Said.YES}, ("工地辨识", "工地标志")),
    "construction-2024-11-2": ({"工地有限空间": Said.YES}, ("工地审批", "工地教育", "工地先通风")),
}


@pytest.mark.parametrize("item_id", CHAINS)
def test_given_a_chain_of_conditions_when_each_set_of_its_parts_is_met_then_only_the_whole_concludes(
    item_id: str,
) -> None:
    there, parts = CHAINS[item_id]
    criterion = CRITERIA[item_id]
    paper = paper_for(criterion, on=a_day_of(LIBRARY.standard(criterion.standard_id)))
    well = sound(paper)

    for told in product((Said.YES, Said.NO), repeat=len(parts)):
        answers = {**there, **dict(zip(parts, told, strict=True))}
        found = interview(paper, lambda ask, given: answers.get(ask.name) or well(ask, given)).result  # noqa: B023 -- called at once

        missing = told.count(Said.NO)
        level = Level.MAJOR if missing == len(parts) else Level.OPEN if missing else Level.GENERAL
        assert (found.level, item_id in _reached(found)) == (level, missing > 0), answers


@pytest.mark.parametrize(
    ("piled", "has_rules", "level"),
    [
        (Said.YES, Said.YES, Level.MAJOR),
        (Said.YES, Said.NO, Level.MAJOR),
        (Said.NO, Said.NO, Level.OPEN),
        (Said.NO, Said.YES, Level.GENERAL),
    ],
)
def test_given_dust_and_rules_of_2017_when_asked_then_only_missing_rules_without_dust_are_for_a_person(
    piled: Said, has_rules: Said, level: Level
) -> None:
    criterion = CRITERIA["gongmao-2017-dust-10"]
    paper = paper_for(criterion, on=a_day_of(LIBRARY.standard(criterion.standard_id)))
    answers, well = {"积尘": piled, "清扫制度": has_rules}, sound(paper)

    found = interview(paper, lambda ask, given: answers.get(ask.name) or well(ask, given)).result

    assert found.level is level


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "缺少条件"), ("速冻机 (速冻单间", "括号"), ("速冻机 )", "括号"), ("| 速冻机", "缺少条件"), ("a>", "读不懂")],
)
def test_given_a_term_that_cannot_be_read_when_read_then_it_says_where(text: str, says: str) -> None:
    with pytest.raises(BadQuestion, match=says):
        parse(text)


def test_given_a_written_term_when_read_then_and_binds_tighter_than_or() -> None:
    term = parse("甲 -乙 | -(丙 丁)")

    assert value(term, {"甲": Said.YES, "乙": Said.NO}) is True
    assert value(term, {"甲": Said.NO, "丙": Said.YES, "丁": Said.YES}) is False
    assert value(term, {"甲": Said.NO, "丙": Said.YES}) is None
