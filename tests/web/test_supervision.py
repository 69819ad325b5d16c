"""The pages of supervision, circulars, interviews and accountability, from the plan of a round to a sealed pack."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.models import AccountabilityCase, Bulletin, Finding, Interview, SupervisionRound
from bihuan.campaigns.services import supervision
from bihuan.hazards.models import Hazard
from tests.campaigns.supervised import WATCHERS, Supervised, make_supervised
from tests.hazards.stage import picture
from tests.town import POSTS, make_town
from tests.web.test_campaigns import page, press


@pytest.fixture
def run(db: None, settings: Any) -> Supervised:
    """A campaign; the doors' clock stands on 5 January."""
    made = make_supervised()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def deed(
    client: Client, name: str, args: tuple[object, ...], key: str, *, version: int, about: object = "", **said: Any
) -> None:
    """Press one of the small forms of a page."""
    press(client, name, *args, deed=key, about=str(about), seen_version=version, **said)


def test_given_a_round_when_taken_through_its_pages_then_the_unit_corrects_and_a_person_enters_the_hazard(
    run: Supervised,
) -> None:
    office, village = run.town.client("office"), run.town.client("village_east")
    row = run.row
    run.works()

    press(
        office, "plan_round", row.pk, units=[run.part("东村")], method="covert", planned_on="2018-01-05", subject="督办"
    )
    one = SupervisionRound.objects.get()
    here = (row.pk, one.pk)
    assert "东村" in page(office, "rounds", row.pk)
    assert "没有督查记录" in page(village, "rounds", row.pk)
    assert village.get(reverse("campaigns:round", args=here)).status_code == 404
    deed(office, "round", here, "hold", version=1, held_on="2018-01-05", leader="副镇长", firms="东方木业有限公司")
    deed(office, "round", here, "add", version=2, side="unit", text="没有台账")
    deed(office, "round", here, "add", version=3, side="firm", text="除尘管道破损", firm="东方木业有限公司")
    deed(office, "round", here, "feed_back", version=4)
    unit, firm = Finding.objects.get(side="unit"), Finding.objects.get(side="firm")
    shown = page(village, "round", *here)
    assert "没有台账" in shown
    assert "除尘管道破损" not in shown
    deed(village, "round", here, "answer", version=unit.version, about=unit.pk, reason="已建")
    assert "登记为隐患" in page(office, "round", *here)
    assert Hazard.objects.count() == 0
    deed(office, "round", here, "enter", version=firm.version, about=firm.pk, source="covert")
    unit.refresh_from_db()
    deed(office, "round", here, "confirm", version=unit.version, about=unit.pk)
    one.refresh_from_db()
    deed(office, "round", here, "close", version=one.version)

    assert Hazard.objects.get().number in page(office, "round", *here)
    assert "已办结" in page(office, "rounds", row.pk)


def test_given_a_refused_deed_when_pressed_then_the_page_says_why_beside_its_form(run: Supervised) -> None:
    one = run.planned()
    answer = run.town.client("office").post(
        reverse("campaigns:round", args=(run.row.pk, one.pk)),
        {"deed": "hold", "about": "", "seen_version": 1, "held_on": "2018-02-01", "leader": "副镇长"},
    )

    assert answer.status_code == 422
    assert "晚于今天" in answer.content.decode()


def test_given_candidates_when_two_are_chosen_then_a_circular_is_heard_issued_and_corrected(run: Supervised) -> None:
    office, chief = run.town.client("office"), run.town.client("chief")
    east, west = run.town.client("village_east"), run.town.client("village_west")
    row = run.row

    shown = page(office, "candidates", row.pk)
    assert shown.count("逾期未报子方案") == 5
    assert "基数小" not in shown
    assert east.get(reverse("campaigns:candidates", args=(row.pk,))).status_code == 404
    press(office, "exempt", row.pk, run.part("建设办"), reason="机构正在合并")
    press(office, "candidates", row.pk, unit=[run.part("东村"), run.part("西村")], criticise="1")
    one = Bulletin.objects.get()
    here = (row.pk, one.pk)
    assert "逾期" in page(office, "bulletin", *here)
    assert "印发</button>" not in page(chief, "bulletin", *here)
    assert east.get(reverse("campaigns:bulletin", args=here)).status_code == 404
    deed(office, "bulletin", here, "ask", version=1)
    assert "印发</button>" not in page(chief, "bulletin", *here)
    for client, name in ((east, "东村"), (west, "西村")):
        named = run.named(one, name)
        deed(client, "bulletin", here, "reply", version=named.version, about=named.pk, reason="没有意见")
        assert "印发</button>" not in page(chief, "bulletin", *here)
        named = run.named(one, name)
        deed(chief, "bulletin", here, "stays", version=named.version, about=named.pk, reason="没有异议")
    one.refresh_from_db()
    deed(chief, "bulletin", here, "issue", version=one.version)
    for client, name in ((east, "东村"), (west, "西村")):
        named = run.named(one, name)
        deed(client, "bulletin", here, "answer", version=named.version, about=named.pk, reason="已报")
        named.refresh_from_db()
        deed(office, "bulletin", here, "confirm", version=named.version, about=named.pk)

    assert "已改正" in page(office, "bulletins", row.pk)
    assert "申辩：没有意见" in page(east, "bulletin", *here)


def test_given_a_criticism_being_heard_when_opened_then_each_finds_only_what_is_theirs_to_do(run: Supervised) -> None:
    one = run.asked("东村")  # the office drafted it; somebody of 东村 can log in
    here = (run.row.pk, one.pk)

    office, chief, village = (
        page(run.town.client(who), "bulletin", *here) for who in ("office", "chief", "village_east")
    )

    assert ["提交申辩" in shown for shown in (office, chief, village)] == [False, False, True]
    for shown in (office, chief):
        assert "还没有申辩，由东村村主任" in shown
    assert ["这份通报由您拟稿" in shown for shown in (office, chief, village)] == [True, False, False]


@pytest.mark.one_database  # on both: tests/campaigns/test_bulletins.py asks for each again
def test_given_a_brief_when_shown_then_each_figure_leads_to_its_page_which_says_the_same(run: Supervised) -> None:
    office = run.town.client("office")
    run.fed_back()
    press(office, "bulletins", run.row.pk, kind="weekly", until="2018-01-05")
    one = Bulletin.objects.get()

    shown = page(office, "bulletin", run.row.pk, one.pk)

    links = re.findall(r'<a class="fig" href="([^"]+)">([^<]+)</a>', shown)
    assert len(links) > 10
    for href, text in dict(links).items():
        found = office.get(href).content.decode()
        assert f'id="figure">{text}</span>' in found, href
        assert "和稿子一致" in found, href
    answer = office.get(reverse("campaigns:bulletin_word", args=(run.row.pk, one.pk)))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer.content[:2] == b"PK"


def test_given_a_brief_when_edited_then_the_typed_number_stands_apart(run: Supervised) -> None:
    office = run.town.client("office")
    press(office, "bulletins", run.row.pk, kind="summary", until="2018-01-05")
    one = Bulletin.objects.get()
    here = (run.row.pk, one.pk)
    edit = page(office, "edit_bulletin", *here)
    lines = re.search(r"<textarea[^>]*>([^<]*)</textarea>", edit)
    assert lines is not None
    said = {"title": "工作总结", "lines": lines[1].strip() + "\n下步检查 30 家。"}

    answer = office.post(
        reverse("campaigns:edit_bulletin", args=here), {"deed": "edit", "about": "", "seen_version": 1, **said}
    )
    assert answer.status_code == 422
    assert "手写了 30" in answer.content.decode()
    deed(office, "edit_bulletin", here, "edit", version=1, why="下月计划", **said)

    shown = page(office, "bulletin", *here)
    assert "手写的数" in shown
    assert "第 2 稿" in shown


def test_given_an_interview_and_a_case_when_taken_through_their_pages_then_the_pack_comes_down(run: Supervised) -> None:
    office, chief = run.town.client("office"), run.town.client("chief")
    row = run.row
    press(
        office, "call", row.pk, unit=run.part("东村"), who="村主任", convener="安委会主任", reason="整改不力",
        place="镇政府", meets_at="2018-01-06T23:59",
    )  # fmt: skip
    one = Interview.objects.get()
    press_at = {
        "held_on": "2018-01-05",
        "undertakings": "月底前整改",
        "minutes": "到会三人",
        "look_again_on": "2018-01-20",
    }
    deed(office, "interview", (row.pk, one.pk), "hold", version=1, **press_at)
    deed(office, "interview", (row.pk, one.pk), "follow_up", version=2, reason="全部兑现")
    assert "已回访" in page(office, "interviews", row.pk)

    assert office.get(reverse("campaigns:hand_over", args=(row.pk,))).status_code == 403
    case_told = {
        "who": "分管负责人",
        "unit": run.part("东村"),
        "failings": ["work_not_done"],
        "grounds": "没有督促",
        "handed_to": "镇纪委",
        "handed_over_on": "2018-01-05",
    }
    bare = chief.post(reverse("campaigns:hand_over", args=(row.pk,)), case_told)
    assert (bare.status_code, "才移交问责" in bare.content.decode()) == (422, True)
    accident = {"accident": "机械伤害", "accident_on": "2018-01-03", "report": "示政复〔2018〕1号"}
    press(chief, "hand_over", row.pk, **case_told, **accident, by_accident="on", is_responsible="on")
    case = AccountabilityCase.objects.get()
    deed(chief, "case", (row.pk, case.pk), "seal", version=1)
    shown = page(chief, "case", row.pk, case.pk)
    href = re.search(r'href="([^"]+/packs/[^"]+)"', shown)
    assert href is not None
    assert chief.get(href[1]).content[:2] == b"PK"
    inspector = run.town.client("inspector")
    assert inspector.get(reverse("campaigns:cases", args=(row.pk,))).status_code == 404
    assert "问责台账" not in page(inspector, "interviews", row.pk)


def test_given_supervision_when_the_desk_is_opened_then_what_is_owed_stands_there(run: Supervised) -> None:
    found = run.fed_back(by=date(2018, 1, 10))
    one = run.asked("东村")

    shown = run.town.client("village_east").get("/").content.decode()

    assert reverse("campaigns:round", args=(run.row.pk, found.round_id)) in shown
    assert reverse("campaigns:bulletin", args=(run.row.pk, one.pk)) in shown
    supervision.withdraw_bulletin(bulletin_id=one.pk, seen_version=one.version, reason="改为约谈", **run.said("office"))


def _opens(client: Client, name: str, args: tuple[object, ...]) -> bool:
    return client.get(reverse(f"campaigns:{name}", args=args)).status_code == 200


@pytest.mark.one_database  # who reads is a rule, not the database's
def test_given_each_post_when_it_walks_candidates_drafts_and_cases_then_the_supervision_group_reads_them_as_keepers_do(
    run: Supervised,
) -> None:
    circular, case = run.circular(), run.handed_over()
    brief = supervision.draft_brief(kind="weekly", until=run.now.date(), **run.said("office"))
    stranger = make_town("320413102000", "乙镇").client("group")  # of the town beside
    clients = {who: run.town.client(who) for who, *_ in POSTS} | {"stranger": stranger}
    row = (run.row.pk,)
    walks = {
        "candidates": row,
        "cases": row,
        "case": (*row, case),
        "bulletin": (*row, circular.pk),
    }

    reached = {
        name: {who for who, client in clients.items() if _opens(client, name, args)} for name, args in walks.items()
    }

    assert reached == dict.fromkeys(walks, WATCHERS)
    group = clients["group"]
    href = reverse("campaigns:candidates", args=row)
    assert href in page(group, "bulletins", *row)
    assert href not in page(clients["inspector"], "bulletins", *row)
    assert reverse("campaigns:cases", args=row) in page(group, "interviews", *row)
    shown = page(group, "candidates", *row)
    assert ("拟通报批评" in shown, "免予通报" in shown) == (True, False)
    assert group.get(reverse("campaigns:bulletin", args=(*row, brief))).status_code == 404
    page_of_draft = page(group, "bulletin", *row, circular.pk)
    assert ("通知单位申辩" in page_of_draft, "改稿" in page_of_draft) == (False, True)
    assert "登记移交" not in page(group, "case", *row, case)


def test_given_a_leader_who_led_too_little_when_candidates_are_shown_then_the_months_are_said_once(
    run: Supervised, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = "2018-03-01"

    shown = page(run.town.client("office"), "candidates", run.row.pk)

    assert re.search(r"1月应带队检查 \d 次，做了 0 次", shown)
    assert re.search(r"应 \d 次，做了", shown) is None


def test_given_a_case_when_no_decision_is_chosen_then_nothing_is_decided_and_not_pursuing_is_a_choice_too(
    run: Supervised,
) -> None:
    chief, row, case = run.town.client("chief"), run.row.pk, run.handed_over()
    address = reverse("campaigns:case", args=(row, case))
    told = {"organ": "镇纪委", "doc_number": "示纪〔2018〕2号", "decided_on": run.now.date().isoformat(), "result": ""}
    pressed = told | {"deed": "decide", "about": "", "seen_version": "1"}

    unsaid = chief.post(address, pressed | {"new_papers": SimpleUploadedFile("决定.jpg", picture(90))})
    before = AccountabilityCase.objects.get().state
    said = chief.post(
        address,
        pressed | {"new_papers": SimpleUploadedFile("决定.jpg", picture(90)), "form": "none", "result": "查无此事"},
    )

    assert (unsaid.status_code, "请选有权机关的决定" in unsaid.content.decode(), before) == (422, True, "handed_over")
    assert (said.status_code, AccountabilityCase.objects.get().state) == (303, "not_pursued")
