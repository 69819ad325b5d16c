"""The reader against plans marked by hand (marked/README.md): what it finds, and how much of it is right."""

import json
from time import process_time
from typing import Final

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan
from tests.campaigns.marked import GOLD, MARKED, as_text, read_marked
from tests.campaigns.scoring import golds, reading_of, score, total

TARGETS: Final = {"clauses": 0.92, "parties": 0.90, "dates": 0.95}
PARAGRAPHS: Final = 1100
CHARACTERS_A_PAGE: Final = 600
REACHED: Final = {"clauses": 0.99, "parties": 0.97, "dates": 0.98}


def test_given_all_marked_plans_when_read_then_clauses_parties_and_dates_stay_where_they_are() -> None:
    named = [(name, score(gold, reading_of(gold["file"]))) for name, gold in golds()]

    scores = total(one for _, one in named)

    assert {kind: scores[kind].f1 >= max(TARGETS[kind], REACHED[kind]) for kind in TARGETS} == dict.fromkeys(
        TARGETS, True
    )


@pytest.mark.parametrize("name", [name for name, _ in golds()])
def test_given_one_plan_when_read_then_its_title_number_body_and_headings_are_right(name: str) -> None:
    gold = dict(golds([name]))[name]

    scores = score(gold, reading_of(gold["file"]))

    assert [scores[kind].misses for kind in ("head", "headings", "basis")] == [[], [], []]


def test_given_the_marks_when_taken_off_again_then_gold_and_text_are_the_same() -> None:
    for path in sorted(MARKED.glob("*.plan")):
        plan = read_marked(path)
        gold = json.loads((GOLD / f"{path.stem}.json").read_text(encoding="utf-8"))

        assert gold == plan.gold(), path.name
        if plan.file.suffix == ".txt" and not plan.head.get("keep"):
            assert plan.file.read_bytes() == as_text(plan)


def test_given_the_same_plan_as_word_and_as_text_when_read_then_the_clauses_are_the_same() -> None:
    word, text = (reading_of(f"plan-jincheng-2017.{suffix}") for suffix in ("docx", "txt"))

    assert [(one["id"], one["text"], one["parties"]) for one in word["clauses"]] == [
        (one["id"], one["text"], one["parties"]) for one in text["clauses"]
    ]


def test_given_the_plan_of_2017_when_read_then_its_nineteen_ordering_sentences_have_their_numbers() -> None:
    said = reading_of("plan-jincheng-2017.docx")

    assert [one["id"] for one in said["clauses"]] == (
        "三(一)-1 三(一)-2 三(一)-3 三(二)-1 三(二)-2 三(二)-3 三(三)-1 三(四)-1 三(四)-2 三(四)-3 "
        "四(一)-1 四(一)-2 四(二)-1 四(二)-2 四(二)-3 四(三)-1".split()
    )
    assert [(one["id"], one["kind"]) for one in said["remarks"]] == [("0-1", "decision"), ("一-1", "guiding")]
    assert [one["id"] for one in said["goals"]] == ["二-1"]


def test_given_the_plan_of_2017_without_a_date_when_read_then_no_day_is_guessed() -> None:
    said = reading_of("plan-jincheng-2017.txt")

    extended = next(one for one in said["clauses"] if one["id"] == "四(二)-2")
    assert (extended["deadline"], extended["deadline_text"], extended["parties"]) == (None, "3月底", [])
    assert (said["issue_date"], said["period"]["start"], said["period"]["end"]) == (None, None, None)


def test_given_a_plan_of_sixty_pages_when_read_then_it_takes_less_than_two_seconds() -> None:
    plans = [read_marked(path).paragraphs for path in sorted(MARKED.glob("*.plan"))]
    prose = [one for paragraphs in [*plans, *plans] for one in paragraphs if isinstance(one, str)][:PARAGRAPHS]

    begun = process_time()
    said = read_plan(read_text("\n".join(prose)))
    spent = process_time() - begun

    assert len(said.clauses) > PARAGRAPHS // 2
    assert sum(map(len, prose)) > 60 * CHARACTERS_A_PAGE
    assert spent < 2


def test_given_a_plan_in_one_paragraph_when_read_then_its_time_grows_with_its_length_only() -> None:
    sentence = "各乡镇要于6月30日前完成排查；对发现的隐患，由县住建局会同供电公司立即整改。"

    begun = process_time()
    said = read_plan(read_text(sentence * 3000))
    spent = process_time() - begun

    assert len(said.clauses) == 6000
    assert spent < 5
