"""The pages of the words: who may open them, what is shown before saving, taken back with one press."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.standards.models import OwnWord
from bihuan.standards.queries.words import words_for
from bihuan.standards.services.words import words_subject
from bihuan.trail import queries as trail
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_loop import do

pytestmark = pytest.mark.django_db
WORDS = reverse("standards:words")
SPARK = reverse("standards:word", args=["concept", "火花探测"])
OWN, PROPOSALS = reverse("standards:own_words"), reverse("standards:proposals")
ADVICE = reverse("field:advice")
PAGES = [WORDS, f"{WORDS}?kind=feature", f"{WORDS}?kind=sector", SPARK, OWN, f"{OWN}?state=ended", PROPOSALS]
END = reverse("standards:end_word", args=["01900000-0000-7000-8000-000000000001"])
SENTENCE = "木工砂光机吸尘支管亮子盒缺"
TWO = "打磨区砂光机亮子盒缺"
FILLED = {"wordings": "亮子盒", "why": "本地木器厂都这么叫", "sentence": SENTENCE, "place": "木质家具 粉尘涉爆"}
CITED = {"level": "major", "criterion": "gongmao-2017|一(一)9"}


def look(client: Client, **more: str) -> str:
    return client.post(SPARK, {**FILLED, "act": "look", **more}).content.decode()


def save(client: Client, **more: str) -> int:
    return client.post(SPARK, {**FILLED, "act": "save", "looked": FILLED["wordings"], **more}).status_code


def decide(stage: Stage, enter: Visit, words: str, **decision: str) -> Hazard:
    hazard = stage.report(part="", description=words)
    assert do(enter("office"), hazard, Act.CONFIRM, text="现场核实", **(decision or CITED)).status_code == 303
    return hazard


def says(stage: Stage, enter: Visit, words: str = SENTENCE) -> str:
    return enter("inspector").post(ADVICE, {"description": words, "place": stage.firm.name}).content.decode()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("key", ["office", "chief", "superior"])
def test_given_the_safety_office_or_the_superior_when_they_read_then_every_page_opens(
    address: str, key: str, enter: Visit
) -> None:
    assert enter(key).get(address).status_code == 200


@pytest.mark.parametrize(
    "address", [*PAGES, reverse("standards:end_word", args=["01900000-0000-7000-8000-000000000001"])]
)
@pytest.mark.one_database  # a door, not a question to the database
@pytest.mark.parametrize("key", ["village_east", "boss", "safety", "inspector", "leader", "agency", "system_admin"])
def test_given_people_of_a_village_an_enterprise_or_others_when_they_come_then_they_may_not(
    address: str, key: str, enter: Visit
) -> None:
    client = enter(key)

    assert client.get(address).status_code in {403, 405}
    assert client.post(address, FILLED).status_code in {403, 405}
    assert OwnWord.objects.count() == 0
    listed = client.get(reverse("standards:list"))
    assert f'href="{WORDS}"' not in listed.content.decode()


def test_given_the_list_when_searched_by_a_wording_then_the_concept_and_its_clauses_are_there(enter: Visit) -> None:
    page = enter("office").get(WORDS, {"q": "火星探测"}).content.decode()

    assert "火花探测</a>" in page
    assert f'href="{SPARK}#uses"' in page
    assert "砂光机</a>" not in page


@pytest.mark.parametrize(("kind", "name"), [("feature", "粉尘涉爆"), ("sector", "轻工"), ("concept", "泄爆")])
def test_given_each_kind_when_one_is_opened_then_its_words_and_clauses_are_shown(
    kind: str, name: str, enter: Visit
) -> None:
    page = enter("office").get(reverse("standards:word", args=[kind, name])).content.decode()

    assert f"<h1>{name}</h1>" in page
    assert "一(一)" in page


@pytest.mark.parametrize(("kind", "name"), [("concept", "没有的概念"), ("x", "泄爆"), ("feature", "泄爆")])
def test_given_what_is_not_there_when_opened_then_it_is_said(kind: str, name: str, enter: Visit) -> None:
    assert enter("office").get(reverse("standards:word", args=[kind, name])).status_code == 404


def test_given_a_word_when_looked_at_then_the_sentence_and_the_decisions_tell_what_it_changes_and_nothing_is_saved(
    stage: Stage, enter: Visit
) -> None:
    met = decide(stage, enter, SENTENCE)
    wrong = decide(stage, enter, "砂光机吸尘管亮子盒备件缺", level="general")

    page = look(enter("office"))

    assert re.search(r"不加时.*建议按一般隐患.*加上后.*建议按重大隐患核实", page, re.DOTALL)
    assert "看了 2 条决定，其中 2 条决定用到这个说法" in page
    assert "变对 1，变错 1" in page
    assert met.number in page
    assert wrong.number in page
    assert "看了 579 句，没有用到这个说法的" in page
    assert OwnWord.objects.count() == 0


def test_given_a_word_when_saved_then_the_panel_knows_it_and_one_press_takes_it_back(
    stage: Stage, enter: Visit
) -> None:
    office = enter("office")
    assert "建议按一般隐患" in says(stage, enter)

    assert save(office) == 303
    taught = says(stage, enter)
    kept = words_for(stage.by("office"))[0]
    office.post(reverse("standards:end_word", args=[kept.id]), {"back": "word"})

    assert "建议按重大隐患核实" in taught
    assert "按本地说法：亮子盒 = 火花探测" in taught
    assert "建议按一般隐患" in says(stage, enter)
    assert "亮子盒" in office.get(OWN, {"state": "ended"}).content.decode()
    told = trail.events_of([words_subject("/32/04/13/101/")])
    assert [one.kind for one in told] == ["words.added", "words.ended"]
    assert told[0].figures["samples"] == 579


def test_given_words_changed_after_looking_when_saved_then_they_are_shown_again_first(enter: Visit) -> None:
    page = enter("office").post(SPARK, {**FILLED, "act": "save", "looked": "别的"}).content.decode()

    assert "说法改过了" in page
    assert OwnWord.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "say"),
    [
        ({"wordings": ""}, "请写上要加的说法"),
        ({"wordings": "灰"}, "太短"),
        ({"wordings": "亮子盒、火花探测"}, "已经认得"),
        ({"why": ""}, "请写明为什么加"),
        ({"found_on": "31.12"}, "日期要写成"),
    ],
)
def test_given_a_form_with_a_fault_when_sent_then_it_is_said_beside_the_field_and_nothing_is_saved(
    more: dict[str, str], say: str, enter: Visit
) -> None:
    answer = enter("office").post(SPARK, {**FILLED, "act": "look", **more})

    assert answer.status_code == 422
    assert say in answer.content.decode()
    assert OwnWord.objects.count() == 0


def test_given_a_word_of_the_county_when_the_town_looks_then_it_is_shown_without_a_button(
    stage: Stage, enter: Visit
) -> None:
    assert save(enter("superior")) == 303

    page = enter("office").get(OWN).content.decode()

    assert "由区安委办停用" in page
    assert "建议按重大隐患核实" in says(stage, enter)


def test_given_missed_findings_when_the_proposals_are_opened_then_each_decision_leads_to_its_hazard(
    stage: Stage, enter: Visit
) -> None:
    hazards = [decide(stage, enter, SENTENCE), decide(stage, enter, TWO)]

    page = enter("office").get(PROPOSALS).content.decode()

    assert "亮子盒 = <a" in page
    assert "2 条决定用到这个说法，2 条定为" in page
    for hazard in hazards:
        assert reverse("hazards:show", args=[hazard.pk]) in page


@pytest.mark.parametrize(("act", "level"), [("accept", "建议按重大隐患核实"), ("refuse", "建议按一般隐患")])
def test_given_a_proposal_when_answered_then_it_is_gone_and_the_panel_follows(
    act: str, level: str, stage: Stage, enter: Visit
) -> None:
    decide(stage, enter, SENTENCE)
    decide(stage, enter, TWO)
    given = {"kind": "concept", "target": "火花探测", "wording": "亮子盒", "act": act}
    office = enter("office")

    answer = office.post(PROPOSALS, given)

    assert answer.status_code == 303
    assert "亮子盒 = <a" not in office.get(PROPOSALS).content.decode()
    assert level in says(stage, enter)
    assert office.post(PROPOSALS, given).status_code in {303, 409}
    assert OwnWord.objects.count() == 1


@pytest.mark.parametrize("odd", [{}, {"kind": "x", "act": "accept"}, {"kind": "concept", "act": "?"}])
def test_given_an_answer_that_cannot_be_read_when_sent_then_it_is_said(odd: dict[str, str], enter: Visit) -> None:
    assert enter("office").post(PROPOSALS, odd).status_code == 422


@pytest.mark.parametrize("address", [OWN, WORDS, SPARK, PROPOSALS])
def test_given_one_or_many_words_when_a_page_is_opened_then_the_queries_are_as_many(address: str, enter: Visit) -> None:
    office, counts = enter("office"), []
    for wordings in ("亮子盒", "火子盒、亮火盒、亮火匣"):
        save(office, wordings=wordings, looked=wordings)
        office.get(address)
        with CaptureQueriesContext(connection) as seen:
            office.get(address)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 16


@pytest.mark.parametrize("odd", [{"kind": "x"}, {"q": "<b>"}, {"page": "999"}, {"state": "x"}])
def test_given_an_odd_query_when_asked_then_the_page_still_answers(odd: dict[str, str], enter: Visit) -> None:
    for address in (WORDS, OWN):
        assert enter("office").get(address, odd, follow=True).status_code == 200
