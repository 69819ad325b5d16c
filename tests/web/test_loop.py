"""A hazard from its picture to 销号, through the pages of those who carry it."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.standards.data import read_library
from bihuan.stats import queries as stats
from bihuan.trail.models import Event
from bihuan.web.stats.opened import Opened
from bihuan.web.stats.tables import NAMES, groups, table
from tests.hazards.stage import Stage, picture
from tests.web.conftest import Visit

SHADES = iter(range(100, 10_000))


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("1.png", picture(next(SHADES)), "image/png")


def do(client: Client, hazard: Hazard, act: Act, **given: Any) -> Any:
    """Fill in the form of an act and press its button."""
    hazard.refresh_from_db()
    address = reverse("hazards:act", args=[hazard.pk, act.value])
    return client.post(address, {"seen_version": hazard.version, **given})


def state_of(hazard: Hazard) -> str:
    hazard.refresh_from_db()
    return hazard.state


def test_given_a_village_worker_when_a_picture_is_reported_then_the_office_the_firm_and_the_inspector_close_it(
    enter: Visit, stage: Stage
) -> None:
    new = {"id": str(uuid4()), "place": "鑫达机械厂", "description": "安全出口被纸箱堵住", "source": "village_patrol"}

    reported = enter("village_east").post(reverse("field:report"), {**new, "new_before": photo()})
    hazard = Hazard.objects.get(pk=new["id"])
    office, firm = enter("office"), enter("safety")
    assert reported["Location"] == reverse("hazards:show", args=[hazard.pk])
    do(office, hazard, Act.CONFIRM, level="general", category="evacuation", text="属实")
    do(
        office,
        hazard,
        Act.ASSIGN,
        deadline_kind="same_day",
        deadline="2018-01-15",
        supervisor_post_id=str(stage.town.posts["industry"]),
        text="清理通道",
    )
    do(firm, hazard, Act.ACCEPT)
    do(firm, hazard, Act.HAND_IN, text="已清理", new_after=photo(), on="2018-01-15")
    assert state_of(hazard) == "rectified"
    review = reverse("field:review", args=[hazard.pk])
    seen = {"seen_version": hazard.version, "act": "pass", "new_site": photo()}
    passed = enter("inspector").post(review, seen | {"opinion": "到现场看过，已整改到位"})

    assert passed.status_code == 303
    assert state_of(hazard) == "closed"
    page = enter("village_east").get(reverse("hazards:show", args=[hazard.pk])).content.decode()
    assert page.count('class="photo"') == 3
    assert "已销号" in page


def test_given_a_refused_form_when_it_comes_back_then_words_and_photos_are_still_there(
    enter: Visit, stage: Stage
) -> None:
    hazard = stage.rectifying()

    answer = do(enter("safety"), hazard, Act.HAND_IN, text="", new_after=photo(), money="三千")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "只写数字，单位是元" in page
    assert 'value="三千"' in page
    assert len(re.findall(r'<li data-kept><img[^>]+><input type="hidden" name="after"', page)) == 1
    assert state_of(hazard) == "rectifying"


def test_given_somebody_changed_it_when_an_old_page_is_sent_then_it_says_so_and_keeps_the_words(
    enter: Visit, stage: Stage
) -> None:
    hazard = stage.report()
    address = reverse("hazards:act", args=[hazard.pk, "confirm"])

    answer = enter("office").post(address, {"seen_version": hazard.version - 1, "level": "general", "text": "属实的"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "刚刚有人改动了这一项" in page
    assert "属实的" in page
    assert state_of(hazard) == "reported"


def test_given_an_act_that_is_barred_when_its_form_is_asked_for_then_the_reason_is_said(
    enter: Visit, stage: Stage
) -> None:
    hazard = stage.rectified()

    answer = enter("safety").get(reverse("field:review", args=[hazard.pk]))
    closed = enter("office").get(reverse("hazards:act", args=[hazard.pk, "confirm"]))

    assert answer.status_code in {200, 422}
    assert 'value="pass"' not in answer.content.decode()
    assert (closed.status_code, "这一步不能办" in closed.content.decode()) == (422, True)
    assert "没有找到" not in closed.content.decode()
    assert enter("office").get(reverse("hazards:act", args=[hazard.pk, "no_such_act"])).status_code == 404


def test_given_a_step_just_done_when_the_next_is_refused_then_the_good_news_waits_for_another_page(
    enter: Visit, stage: Stage
) -> None:
    hazard, office = stage.report(), enter("office")
    do(office, hazard, Act.CONFIRM, level="general", text="属实")

    refused = office.get(reverse("hazards:act", args=[hazard.pk, "confirm"])).content.decode()
    shown = office.get(reverse("hazards:show", args=[hazard.pk])).content.decode()

    assert "已办“" not in refused
    assert "已办“" in shown


def test_given_a_major_hazard_when_confirmed_then_the_form_names_clauses_in_force_and_suggests(
    enter: Visit, stage: Stage
) -> None:
    hazard = stage.report(description="打磨车间干式除尘系统未设泄爆、隔爆装置", part="打磨车间")
    office = enter("office")

    form = office.get(reverse("hazards:act", args=[hazard.pk, "confirm"])).content.decode()
    wanted = re.findall(r'value="([^"|]+\|[^"]+)"', form)
    done = do(office, hazard, Act.CONFIRM, level="major", criterion=wanted[0], text="铝粉")

    assert "只作提示，由人决定" in form
    assert done.status_code == 303, done.content.decode()
    hazard.refresh_from_db()
    standard, _, item = wanted[0].partition("|")
    clause = read_library().criterion(standard, item).clause
    assert (hazard.level, hazard.criterion_standard, hazard.criterion_clause) == ("major", standard, clause)


def test_given_a_photo_of_another_village_when_its_address_is_guessed_then_it_is_not_served(
    enter: Visit, stage: Stage
) -> None:
    hazard = stage.rectified()
    evidence = hazard.files.get().evidence_id
    address = reverse("hazards:file", args=[hazard.pk, evidence, "thumb"])

    seen, hidden = enter("office").get(address), enter("village_west").get(address)

    assert (seen.status_code, hidden.status_code) == (200, 404)
    seen.close()


ON_BOTH = ["office", "village_east"]  # on a second database the widest and the narrowest way of seeing
ON_ONE = [
    pytest.param(who, marks=pytest.mark.one_database)
    for who in ("chief", "chair", "safety", "industry", "boss", "superior")
]


@pytest.mark.parametrize("who", [*ON_BOTH, *ON_ONE])
def test_given_a_hazard_in_any_state_when_opened_then_every_button_leads_to_a_form(
    enter: Visit, stage: Stage, who: str
) -> None:
    client = enter(who)
    for hazard in (
        stage.report(),
        stage.confirmed(),
        stage.assigned(),
        stage.rectifying(),
        stage.rectified(),
        stage.listed(),
    ):
        page = client.get(reverse("hazards:show", args=[hazard.pk])).content.decode()
        forms = set(re.findall(rf'href="(/(?:hazards|field/review)/{hazard.pk}/[^"]*)"', page))
        forms = {one for one in forms if "/files/" not in one and "/trail/" not in one}
        answers = {address: client.get(address).status_code for address in forms}
        assert set(answers.values()) <= {200}, answers


def test_given_three_photos_or_none_when_a_hazard_is_opened_then_the_number_of_queries_is_the_same(
    enter: Visit, stage: Stage
) -> None:
    one, other = stage.rectified(), stage.rectified()
    client = enter("office")
    client.get(reverse("hazards:show", args=[one.pk]))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("hazards:show", args=[one.pk]))
    stage.do(other, Act.FAIL, "office", text="没有改到位")
    stage.hand_in(other)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("hazards:show", args=[other.pk]))

    assert len(few) == len(many)


def test_given_several_picked_when_pressed_together_then_all_or_none_and_the_refused_are_named(
    enter: Visit, stage: Stage
) -> None:
    open_one, closed = stage.rectifying(), stage.closed()
    office = enter("office")
    picked = [f"{one.pk}:{Hazard.objects.get(pk=one.pk).version}" for one in (open_one, closed)]

    looked = office.post(reverse("hazards:bulk"), {"act": "remind", "ids": picked}).content.decode()
    forced = office.post(reverse("hazards:bulk"), {"act": "remind", "ids": picked, "confirm": "1", "text": "请抓紧"})
    alone = office.post(reverse("hazards:bulk"), {"act": "remind", "ids": picked[:1], "confirm": "1", "text": "请抓紧"})

    assert "1 项不能办" in looked
    assert closed.number in looked
    assert forced.status_code == 422
    assert alone.status_code == 303
    open_one.refresh_from_db()
    assert open_one.reminders == 1


def test_given_several_picked_when_their_papers_are_printed_then_each_has_its_sheet_and_the_rest_are_named(
    enter: Visit, stage: Stage
) -> None:
    papered = stage.order(stage.confirmed(), issue_paper=True)
    bare = stage.assigned()
    picked = [f"{one.pk}:{Hazard.objects.get(pk=one.pk).version}" for one in (papered, bare)]

    page = enter("office").post(reverse("hazards:bulk"), {"act": "papers", "ids": picked}).content.decode()

    assert page.count('<article class="a4') == 1
    assert "1 项没有出过整改文书" in page
    assert bare.number in page


def test_given_filters_when_kept_under_a_name_then_the_list_offers_them(enter: Visit, stage: Stage) -> None:
    office = enter("office")

    office.post(reverse("hazards:views"), {"name": "节前必清", "address": "late=soon&page=3"})
    page = office.get(reverse("hazards:list")).content.decode()

    assert 'href="/hazards/?late=soon">节前必清' in page


def test_given_the_board_when_opened_then_it_says_what_each_major_hazard_lacks(enter: Visit, stage: Stage) -> None:
    hazard = stage.major()

    page = enter("leader").get(reverse("hazards:major")).content.decode()

    assert hazard.number in page
    assert "五落实没有填齐" in page
    assert "治理进度" not in page  # nobody reports on what is not listed
    stage.listed()
    assert "治理进度" in enter("leader").get(reverse("hazards:major")).content.decode()


def test_rule_r3_20_an_overdue_one_when_pressed_on_the_page_then_the_step_it_climbed_to_is_taken(
    enter: Visit, stage: Stage, settings: Any
) -> None:
    hazard = stage.rectifying(days=4)
    settings.BIHUAN_DEMO_DAY = "2018-01-24"  # three working days after Friday the 19th
    office = enter("office")
    desk = reverse("desk:workbench")

    page = office.get(reverse("hazards:act", args=[hazard.pk, "remind"])).content.decode()
    assert "按哪一步督促" in page
    assert re.search(r'<option value="3" selected>督办：', page)
    assert "通报：" not in page
    assert "到“督办”一步" in office.get(desk).content.decode()
    sent = do(office, hazard, Act.REMIND, text="请三日内整改", escalation="3")

    assert (sent.status_code, Hazard.objects.get(pk=hazard.pk).escalation) == (303, 3)
    assert "到“督办”一步" not in office.get(desk).content.decode()


def test_rule_r3_20_the_form_of_a_village_offers_a_reminder_and_no_letter(
    enter: Visit, stage: Stage, settings: Any
) -> None:
    hazard = stage.rectifying(days=4)
    settings.BIHUAN_DEMO_DAY = "2018-01-24"

    page = enter("village_east").get(reverse("hazards:act", args=[hazard.pk, "remind"])).content.decode()

    assert '<option value="1" selected>提醒：' in page
    assert "督办：" not in page
    assert "同时出文书" not in page


def test_rule_r3_19_a_stop_on_the_page_says_until_when_and_that_it_has_passed(
    enter: Visit, stage: Stage, settings: Any
) -> None:
    stop = {"text": "停用", "organ": "区安监局", "files": stage.paper("industry")}
    hazard = stage.do(stage.listed(), Act.SUSPEND, "industry", **stop)
    address = reverse("hazards:show", args=[hazard.pk])

    assert "最长到 7月15日" in enter("office").get(address).content.decode()
    settings.BIHUAN_DEMO_DAY = "2018-07-17"

    page = enter("office").get(address).content.decode()
    assert "已过 2 天" in page
    assert "请作出决定的机关复核" in page
    assert "停产停用已过最长期限" in enter("office").get(reverse("hazards:major")).content.decode()


def test_rule_r3_7_the_report_of_a_major_hazard_has_three_contents(enter: Visit, stage: Stage) -> None:
    hazard = stage.major()
    address = reverse("hazards:act", args=[hazard.pk, Act.TELL_REGULATOR.value])
    boss = enter("boss")
    given = {"seen_version": hazard.version, "text": "书面报区安监局", "cause": "没有泄爆装置", "harm": "可能爆炸"}

    lacking = boss.post(address, given)
    assert "报告缺：治理方案。三项都要填写。" in lacking.content.decode()
    done = boss.post(address, given | {"report_plan": "加装泄爆片"})

    assert done.status_code == 303
    reason = Event.objects.get(kind="hazard.tell_regulator").reason
    assert reason.splitlines() == [
        "书面报区安监局",
        "现状及产生原因：没有泄爆装置",
        "危害程度和整改难易程度：可能爆炸",
        "治理方案：加装泄爆片",
    ]


def test_given_the_dashboard_when_a_number_is_opened_then_the_list_holds_as_many_rows(
    enter: Visit, stage: Stage
) -> None:
    for _ in range(2):
        stage.rectifying()
    stage.rectified()
    office = enter("office")
    page = office.get(reverse("stats:dashboard")).content.decode()
    numbers = re.findall(r'<a href="(/hazards/\?[^"]+)"[^>]*>(\d+)</a>', page)

    shown = {
        (href, int(count)): len(re.findall(r'class="h-number', office.get(href.replace("&amp;", "&")).content.decode()))
        - 1
        for href, count in numbers
    }

    assert shown
    assert all(count == rows for (_, count), rows in shown.items()), shown


def test_given_more_places_than_fit_when_the_figures_are_shown_then_the_most_overdue_come_first(stage: Stage) -> None:
    stage.rectifying()
    stage.later(60)
    viewer = stage.by("office")
    group = groups(viewer)[0]

    whole = stats.figures(stats.place_of_unit(viewer, stage.town.town.path), NAMES, until=stage.day)

    shown = table(group, whole, Opened(stage.day, stage.day), most=1)

    assert [row.name for row in shown.rows] == ["东村"]
    assert shown.rows[0].cells[2].value == 1
    assert shown.more == len(group.places) - 1 > 0


def test_given_a_superiors_item_when_ordered_by_its_list_then_the_day_needs_the_list_or_its_numbered_paper(
    enter: Visit, stage: Stage
) -> None:
    row = stage.report("office", source="superior", superior_organ="区安委办")
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    plain = stage.confirmed()
    office = enter("office")
    asked = {
        "deadline_kind": "superior",
        "deadline": "2018-03-15",
        "supervisor_post_id": str(stage.town.posts["industry"]),
    }

    elsewhere = office.get(reverse("hazards:act", args=[plain.pk, "assign"])).content.decode()
    bare = do(office, row, Act.ASSIGN, **asked)
    papered = do(office, row, Act.ASSIGN, **asked, superior_number="区安委办〔2018〕1号", new_paper=photo())

    assert ("按上级清单" in elsewhere, "上级文号" in elsewhere) == (False, False)
    assert "请写上级文件的文号并附文件" in bare.content.decode()
    assert (bare.status_code, papered.status_code, state_of(row)) == (422, 303, "assigned")
