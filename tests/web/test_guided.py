"""Guided questions at the door: one a screen, kept with who and when, leading to where a person decides."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import PlaceKind
from bihuan.trail.models import Event
from tests.hazards.stage import Stage
from tests.town import make_town
from tests.web.conftest import Visit, _log_in
from tests.web.test_loop import do

pytestmark = pytest.mark.django_db
DUSTY = "木工砂光机的吸尘管上没有装火花探测报警装置"
ASKED = "level.asked"
CHOSEN = {"chosen": "1", "f": ["dust_explosive"]}


def _question(page: str) -> str:
    return unescape(re.findall(r'<h2 id="gq-q">(.*?)</h2>', page)[0])


def _press(client: Client, page: str, button: str, path: str) -> str:
    """Press one of the three buttons."""
    href = next(
        href
        for href, words in re.findall(r'<a class="btn" href="([^"]+)" role="button">(.*?)</a>', page)
        if words == button
    )
    return client.get(path + unescape(href)).content.decode()


def _to_the_end(
    client: Client, path: str, answers: dict[str, str], *, first: dict[str, object] | None = None
) -> tuple[str, list[str]]:
    """Answer what is asked, "不是" where nothing is said; return the page of the result and what was asked."""
    page, asked = client.get(path, first or {}).content.decode(), []
    while '<h2 id="gq-q">' in page:
        asked.append(_question(page))
        page = _press(client, page, answers.get(asked[-1], "不是"), path)
    return page, asked


def _codes(page: str) -> str:
    return re.findall(r'name="a" value="([^"]*)"', page)[0]


MAJOR = {"有砂光机吗？": "是"}


def test_given_a_hazard_when_its_questions_are_answered_then_the_clause_of_its_day_is_named_with_the_answers(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.report(part="", description=DUSTY)
    path = reverse("standards:ask_hazard", args=[hazard.pk])

    page, asked = _to_the_end(enter("office"), path, MAJOR, first=CHOSEN)

    assert asked == ["有砂光机吗？", "砂光机的风管装了火花探测吗？"]
    assert "重大事故隐患</h2>" in page
    assert "安监总管四〔2017〕129号" in page
    assert "一(一)9" in page
    assert list(Event.objects.filter(kind=ASKED)) == []


def test_given_nothing_wrong_when_all_is_answered_then_it_is_general_and_says_what_was_ruled_out(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.report(part="", description="灭火器压力不足")
    path = reverse("standards:ask_hazard", args=[hazard.pk])

    well = {"有限空间列了清单、建了台账吗？": "是", "有限空间入口有警示标志吗？": "是"}

    page, asked = _to_the_end(enter("office"), path, well, first={"chosen": "1", "f": ["confined_space"]})

    assert len(asked) == len(set(asked)) > 2
    assert "条都不成立，按一般事故隐患处理" in page or "待定" in page
    assert f"答过的 {len(asked)} 问" in page


def test_law_l8_given_a_result_when_kept_then_the_trail_has_it_and_the_level_is_still_a_persons(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.report(part="", description=DUSTY)
    path = reverse("standards:ask_hazard", args=[hazard.pk])
    client = enter("office")
    page, _ = _to_the_end(client, path, MAJOR, first=CHOSEN)
    press = {**CHOSEN, "a": _codes(page), "then": "confirm"}

    answer = client.post(path, press)
    again = client.post(path, press)

    assert (answer.status_code, again.status_code) == (303, 303)
    form = client.get(answer.headers["Location"]).content.decode()
    assert re.search(r'value="gongmao-2017\|[^"]+"[^>]* selected>一\(一\)9', form)
    assert re.search(r'value="major"[^>]* checked', form)
    event = Event.objects.get(kind=ASKED)
    assert (event.subject_id, event.actor_name, event.figures["determined"]) == (
        hazard.pk,
        stage.by("office").name,
        "重大",
    )
    assert ["有砂光机吗？", "是"] in event.figures["asked"]
    assert event.figures["standard"] == "gongmao-2017"
    assert len(event.figures["version"]) == 12
    assert Hazard.objects.get(pk=hazard.pk).level == hazard.level
    assert "以前问过的 1 次" in client.get(path, CHOSEN).content.decode()


def test_law_l8_given_a_general_hazard_when_found_major_then_it_leads_to_raising_with_the_clause(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.report(part="", description=DUSTY)
    client = enter("office")
    do(client, hazard, Act.CONFIRM, text="现场核实", level="general")
    path = reverse("standards:ask_hazard", args=[hazard.pk])
    page, _ = _to_the_end(client, path, MAJOR, first=CHOSEN)

    answer = client.post(path, {**CHOSEN, "a": _codes(page), "then": "raise_level"})

    form = client.get(answer.headers["Location"]).content.decode()
    assert reverse("hazards:act", args=[hazard.pk, "raise_level"]) in answer.headers["Location"]
    assert re.search(r'value="gongmao-2017\|[^"]+"[^>]* selected>一\(一\)9', form)
    assert Hazard.objects.get(pk=hazard.pk).level == "general"


def test_given_a_number_when_filled_in_then_it_is_taken_and_a_wrong_one_is_asked_again(
    stage: Stage, enter: Visit
) -> None:
    client, path = enter("office"), reverse("standards:ask_firm", args=[stage.firm.id])
    chosen = {"chosen": "1", "f": ["ammonia_refrigeration"], "words": "速冻机没有单独作业间，里面11人"}
    page = client.get(path, chosen).content.decode()
    assert _question(page) == "有速冻机、单冻机吗？"
    page = _press(client, page, "是", path)
    page = _press(client, page, "不是", path)
    assert _question(page) == "速冻机的作业间里同时有几个人？"
    code = re.findall(r'name="q" value="([^"]*)"', page)[0]

    wrong = client.get(path, {**chosen, "a": _codes(page), "q": code, "n": "许多"}).content.decode()
    right = client.get(path, {**chosen, "a": _codes(page), "q": code, "n": "11"}).content.decode()

    assert "请填数字" in wrong
    assert _question(wrong) == _question(page)
    assert "一(二)2" in right
    assert "11人" in right


def test_given_a_question_when_gone_back_then_the_one_before_is_asked_again(stage: Stage, enter: Visit) -> None:
    client, path = enter("office"), reverse("standards:ask_firm", args=[stage.firm.id])
    first = client.get(path, CHOSEN).content.decode()
    second = _press(client, first, "是", path)

    back = re.findall(r'<header class="ph-top [^"]*"><a href="([^"]+)"', second)[0]

    assert _question(client.get(path + unescape(back)).content.decode()) == _question(first)
    assert "第 2 问 · 最多还剩" in second


def test_given_an_unfinished_interview_when_its_result_is_asked_then_it_is_open_and_goes_on(
    stage: Stage, enter: Visit
) -> None:
    client, path = enter("office"), reverse("standards:ask_firm", args=[stage.firm.id])

    page = client.get(path, {**CHOSEN, "end": "1"}).content.decode()

    assert "待定，由人判断" in page
    assert "条没有问完，不能下结论" in page
    assert "接着问" in page


def test_given_an_enterprise_without_features_when_asked_then_what_there_is_is_chosen_first(
    stage: Stage, enter: Visit
) -> None:
    client = enter("office")

    page = client.get(reverse("standards:ask"), {"sector": "light_industry"}).content.decode()
    asked = client.get(reverse("standards:ask"), {"sector": "light_industry", **CHOSEN}).content.decode()

    assert "这里有哪些？" in page
    assert 'value="dust_explosive"' in page
    assert _question(asked)


def test_given_a_name_when_one_enterprise_is_meant_then_it_is_asked_about(stage: Stage, enter: Visit) -> None:
    client = enter("office")

    found = client.get(reverse("standards:ask"), {"place": stage.firm.name})
    unknown = client.get(reverse("standards:ask"), {"place": "没有这一家"}).content.decode()

    assert found.headers["Location"] == reverse("standards:ask_firm", args=[stage.firm.id])
    assert "没有找到唯一一家" in unknown


def test_given_somebody_elses_hazard_or_enterprise_when_asked_then_there_is_nothing(stage: Stage, enter: Visit) -> None:
    hazard = stage.report(part="", description=DUSTY)
    stranger = _log_in(make_town(code="320413102000", name="邻镇").users["chief"])

    for path in (
        reverse("standards:ask_hazard", args=[hazard.pk]),
        reverse("standards:ask_firm", args=[stage.firm.id]),
    ):
        assert stranger.get(path, CHOSEN).status_code == 404
        assert stranger.post(path, {**CHOSEN, "a": ""}).status_code == 404
    assert not Event.objects.filter(kind=ASKED).exists()


@pytest.mark.parametrize("junk", ["", "zzzzz", "b2989", "b2989y_b2989x_", "b2989~11", "<script>", "b2989y" * 900])
def test_given_answers_that_nobody_gave_when_read_then_they_are_left_out(junk: str, stage: Stage, enter: Visit) -> None:
    path = reverse("standards:ask_firm", args=[stage.firm.id])

    page = enter("office").get(path, {**CHOSEN, "a": junk})

    assert page.status_code == 200
    assert "<script>" not in page.content.decode().partition("<main")[2]


def test_given_more_answers_when_asked_then_the_number_of_queries_is_the_same(stage: Stage, enter: Visit) -> None:
    client, path = enter("office"), reverse("standards:ask_firm", args=[stage.firm.id])
    first = client.get(path, CHOSEN).content.decode()
    one = re.findall(r'href="([^"]+)" role="button">是<', first)[0]
    second = _press(client, first, "是", path)
    two = re.findall(r'href="([^"]+)" role="button">是<', second)[0]

    with CaptureQueriesContext(connection) as few:
        client.get(path + unescape(one))
    with CaptureQueriesContext(connection) as many:
        client.get(path + unescape(two))

    assert len(few) == len(many)


def test_given_the_pages_of_hazard_enterprise_and_entry_when_shown_then_they_lead_here(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.report(part="", description=DUSTY)
    client = enter("office")

    pages = {
        reverse("hazards:show", args=[hazard.pk]): reverse("standards:ask_hazard", args=[hazard.pk]),
        reverse("hazards:act", args=[hazard.pk, "confirm"]): reverse("standards:ask_hazard", args=[hazard.pk]),
        reverse("enterprises:show", args=[stage.firm.id]): reverse("standards:ask_firm", args=[stage.firm.id]),
        reverse("field:report"): reverse("standards:ask"),
    }

    assert [page for page, link in pages.items() if f'href="{link}' not in client.get(page).content.decode()] == []


def test_given_a_hazard_without_a_sector_when_asked_then_the_trade_is_asked_first_and_without_it_nobody_says_general(
    stage: Stage, enter: Visit
) -> None:
    place = {"enterprise_id": None, "place_kind": PlaceKind.PUBLIC_PLACE, "place_name": "桥头仓库", "sector": ""}
    hazard = stage.report(path=stage.town.units["东村"].path, part="", description="墙皮掉了", **place)
    path, client = reverse("standards:ask_hazard", args=[hazard.pk]), enter("office")

    first = client.get(path).content.decode()
    unknown, _ = _to_the_end(client, path, {}, first={"sector": "unknown", "chosen": "1"})
    told, _ = _to_the_end(client, path, {}, first={"sector": "machinery", "chosen": "1"})

    assert "是哪个行业的？" in first
    assert "一般事故隐患</h2>" not in unknown
    assert "行业不清楚，各行业的条款没有问到" in unknown
    assert "一般事故隐患</h2>" in told
    assert re.search(r"没有选安全特征，有粉尘涉爆、有限空间、特种设备等才适用的\d+条没有问", told)


def test_given_a_place_with_a_feature_when_the_result_is_shown_then_it_names_what_was_not_asked(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.report(part="", description=DUSTY)

    page, _ = _to_the_end(enter("office"), reverse("standards:ask_hazard", args=[hazard.pk]), {}, first=CHOSEN)

    assert re.search(r"另有\d+条没有问：要有[^<]*有限空间[^<]*才适用，这里没有。<a href=\"\?[^\"]*choose=1\">", page)
