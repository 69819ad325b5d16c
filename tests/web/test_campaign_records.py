"""The registers of a campaign on screen: a meeting with its decisions, a key problem, a led inspection, a lesson."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Decision, GroupSeat, LedVisit, Meeting, Problem, Study
from bihuan.campaigns.rules.registers import RecordKind
from bihuan.campaigns.rules.terms import Where
from bihuan.kernel.actor import PLATFORM
from tests.campaigns.running import Running, at, day, issued, live
from tests.campaigns.stage import make_campaign_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(settings: Any) -> Running:
    settings.BIHUAN_DEMO_DAY = "2017-12-28"
    return issued(make_campaign_stage())


def _get(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"campaigns:{name}", args=args) + query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def _post(client: Client, said: dict[str, Any], name: str, *args: object, status: int = 303) -> str:
    answer = client.post(reverse(f"campaigns:{name}", args=args), said)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_given_a_meeting_when_registered_and_decided_then_the_owner_reports_it_done(run: Running) -> None:
    office, village = run.stage.town.client("office"), run.stage.town.client("village_east")
    key = run.row.pk
    said = {"on": "2017-12-27", "unit": "town", "title": "第一次调度会", "host": "镇长", "chair": "principal"}

    _post(office, said | {"attendees": [str(run.part("东村"))]}, "new_record", key, "meeting")
    meeting = Meeting.objects.get()
    decided = {"text": "查漏电", "issue": "线路老化", "owner": str(run.part("东村")), "due_on": "2017-12-27"}
    _post(office, decided, "record", key, "meeting", meeting.pk)
    decision = Decision.objects.get()

    assert "查漏电" in _get(village, "records", key, query="?kind=decision&tab=late")
    assert "查漏电" in village.get("/").content.decode()
    told = {"seen_version": 1, "result": "更换了线路"}
    assert "报办结要有佐证" in _post(village, told, "record", key, "decision", decision.pk, status=422)
    told["new_proof"] = SimpleUploadedFile("照片说明.txt", b"1")
    _post(village, told, "record", key, "decision", decision.pk)
    assert "更换了线路" in _get(office, "record", key, "decision", decision.pk)
    assert "查漏电" not in village.get("/").content.decode()


def test_given_a_led_inspection_when_it_lacks_something_then_the_form_says_what(run: Running) -> None:
    office, key = run.stage.town.client("office"), run.row.pk
    said = {
        "on": "2017-12-27",
        "post": str(run.stage.town.posts["leader"]),
        "companions": "王某",
        "firms": "东村机械厂\n没有这家厂",
    }

    page = _post(office, said, "new_record", key, "led_visit", status=422)
    assert "没有这家厂" in page
    page = _post(office, said | {"firms": "东村机械厂"}, "new_record", key, "led_visit", status=422)
    assert "现场照片" in page
    page = _post(office, said | {"firms": "东村机械厂", "record_no": "检1"}, "new_record", key, "led_visit", status=422)
    assert "未发现问题" in page
    assert not LedVisit.objects.exists()
    _post(
        office,
        said | {"firms": "东村机械厂", "record_no": "检1", "nothing_found": "on"},
        "new_record",
        key,
        "led_visit",
    )
    assert "东村机械厂" in _get(office, "records", key, query="?kind=led_visit")


def test_given_a_key_problem_and_a_lesson_when_registered_then_the_lists_show_them(run: Running) -> None:
    office, village, key = run.stage.town.client("office"), run.stage.town.client("village_east"), run.row.pk
    part = str(run.part("东村"))
    problem = {"on": "2017-12-26", "problem": "液氨超期", "raised_by": "镇长", "owner": part, "due_on": "2017-12-27"}
    lesson = {"on": "2017-12-26", "unit": part, "kind": "relay", "title": "通报", "led_by": "leader", "persons": "5"}

    _post(office, problem, "new_record", key, "problem")
    _post(village, lesson | {"firms": "东村木业"}, "new_record", key, "study")

    assert 'value="2017-12-28"' in _get(office, "new_record", key, "problem")  # today stands in the form
    assert "液氨超期" in _get(office, "records", key, query="?kind=problem&tab=late")
    assert "5 人" in _get(village, "records", key, query="?kind=study")
    assert [Study.objects.get().firms.get().name, Problem.objects.get().raised_by] == ["东村木业", "镇长"]
    assert "液氨超期" in run.stage.town.client("chair").get("/").content.decode()
    answer = village.get(reverse("campaigns:new_record", args=(key, "problem")))
    assert answer.status_code == 403


def test_given_a_record_when_taken_back_then_it_is_gone_from_the_list(run: Running) -> None:
    office, key = run.stage.town.client("office"), run.row.pk
    run.problem("误登的问题", "东村", day(12, 30), at(12, 26))
    problem = Problem.objects.get()

    _post(office, {"seen_version": 1, "why": "登错了"}, "take_back", key, "problem", problem.pk)

    assert "误登的问题" not in _get(office, "records", key, query="?kind=problem&tab=all")
    assert office.get(reverse("campaigns:record", args=(key, "problem", problem.pk))).status_code == 404


def test_given_a_seat_and_papers_when_the_office_keeps_them_then_the_page_shows_them(run: Running) -> None:
    office, village, key = run.stage.town.client("office"), run.stage.town.client("village_east"), run.row.pk

    _post(office, {"title": "组长"}, "add_seat", key)
    seat = GroupSeat.objects.get(ended_at=None)
    assert "还没有人" in _get(office, "group", key)
    _post(office, {"post": str(run.stage.town.posts["chair"])}, "fill_seat", key, seat.pk)
    page = _get(village, "group", key)

    assert "安委会主任" in page
    assert "还没有人" not in page
    assert village.get(reverse("campaigns:attach", args=(key,))).status_code == 403


def test_given_a_helping_unit_when_it_reports_then_the_task_shows_it(run: Running) -> None:
    services.assign_tasks(
        campaign_id=run.row.pk,
        title="联合查液氨",
        units=[run.part("经发办")],
        helpers=[run.part("东村")],
        due_on=date(2018, 1, 10),
        actor=run.by("office", at(12, 27)),
        now=at(12, 27),
    )
    task = run.row.tasks.get(title="联合查液氨")
    village, office = run.stage.town.client("village_east"), run.stage.town.client("office")

    assert "经发办牵头" in _get(village, "help", run.row.pk, task.pk, run.part("东村"))
    _post(village, {"note": "派了两个人"}, "help", run.row.pk, task.pk, run.part("东村"))

    assert "派了两个人" in _get(office, "task", run.row.pk, task.pk)
    assert office.get(reverse("campaigns:help", args=(run.row.pk, task.pk, run.part("西村")))).status_code == 404


def test_given_a_figure_when_its_number_is_opened_then_its_rows_stand_there(settings: Any) -> None:
    settings.BIHUAN_DEMO_DAY = "2018-02-05"
    run = live(make_campaign_stage())
    where = Where(run.stage.town.town.path)
    value = queries.indicator_value(
        PLATFORM,
        "issues.on_time",
        where,
        since=day(12, 20),
        until=day(3, 31),
        on=day(2, 5),
        today=day(2, 5),
        campaign_id=run.row.pk,
    )
    rows = value.denominator_rows[0]
    client = run.stage.town.client("office")

    address = reverse(rows.page) + "?" + urlencode(rows.query)
    page = client.get(address).content.decode()

    assert all(word in page for word in ("查漏电", "封工地", "排名单", "到期的议定事项"))
    assert (
        run.stage.town.client("village_east").get(reverse(rows.page) + "?" + urlencode(rows.query)).status_code == 404
    )
    assert client.get(reverse("campaigns:counted")).status_code == 404
    later = client.get(reverse(rows.page) + "?" + urlencode({**rows.query, "until": "2018-03-31"}))
    assert later.context["until"] == day(2, 5)  # no day that is still to come


@pytest.mark.parametrize("kind", list(RecordKind))
def test_given_more_records_when_listed_then_it_takes_no_more_queries(
    run: Running, kind: RecordKind, django_assert_max_num_queries: Any
) -> None:
    office = run.by("office", at(12, 28))

    def ask() -> int:
        with django_assert_max_num_queries(20) as caught:
            queries.records_of(office, run.row.pk, kind, today=day(12, 28))
        return len(caught)

    run.meet(at(12, 26), decided=(("甲", "东村", day(12, 30)),))
    run.problem("甲", "东村", day(12, 30), at(12, 26))
    run.lead("leader", ("东村机械厂",), at(12, 26))
    run.study("东村", "village_east", "relay", at(12, 26))  # type: ignore[arg-type]
    once = ask()
    run.meet(at(12, 27), decided=(("乙", "东村", day(12, 30)), ("丙", "西村", day(12, 30))))
    run.problem("乙", "西村", day(12, 30), at(12, 27))
    run.lead("leader", ("东村机械厂", "东村木业"), at(12, 27))
    run.study("西村", "village_west", "training", at(12, 27))  # type: ignore[arg-type]

    assert ask() == once
