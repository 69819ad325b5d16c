"""The pages of a campaign, from the upload of a plan to a unit's report."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.campaigns import services
from bihuan.campaigns.models import Campaign, CampaignUnit, Task
from tests.campaigns.stage import SHORT, CampaignStage, make_campaign_stage


@pytest.fixture
def stage(db: None, settings: Any) -> CampaignStage:
    """A town; the doors' clock stands on the day of the plan."""
    made = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"campaigns:{name}", args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def press(client: Client, name: str, *args: object, **said: object) -> None:
    answer = client.post(reverse(f"campaigns:{name}", args=args), said)
    assert answer.status_code == 303, (name, answer.status_code, answer.content.decode()[:2000])


def test_given_a_plan_when_a_person_takes_it_from_upload_to_a_units_report_then_each_page_leads_on(
    stage: CampaignStage,
) -> None:
    chief, village = stage.town.client("chief"), stage.town.client("village_east")

    press(chief, "start", text=SHORT)
    row = Campaign.objects.get()
    assert "正在读" in page(chief, "list")
    assert "读“粘贴的文字.txt”" in page(chief, "show", row.pk)
    services.understand_plan(campaign_id=row.pk, now=stage.now)
    check = page(chief, "check", row.pk)
    assert "挂牌督办" in check
    assert "为加强冬季安全" in check
    assert village.get(reverse("campaigns:show", args=[row.pk])).status_code == 404

    press(chief, "accept", row.pk, all="1", seen_version=_seen(row))
    units = [stage.town.units[name].id for name in ("东村", "西村")]
    press(chief, "issue", row.pk, villages=units, with_tasks="on", seen_version=_seen(row))
    shown = page(village, "show", row.pk)
    assert "东村的数" in shown
    assert "本单位的签收" in shown
    part = CampaignUnit.objects.get(name="东村")
    press(village, "receive", row.pk, part.pk, seen_version=part.version)
    part.refresh_from_db()
    said = {"body": "东村领导小组", "leader": "村主任", "seen_version": part.version}
    press(village, "unit", row.pk, part.pk, **said)
    task = Task.objects.filter(unit=part).order_by("due_on")[0]
    told = {"state": "done", "percent": "", "note": "都查过", "seen_version": task.version}
    assert f"{task.due_on.month}月{task.due_on.day}日</span>" in page(
        village, "task", row.pk, task.pk
    )  # beside its chip
    bare = village.post(reverse("campaigns:task", args=[row.pk, task.pk]), told)
    assert (bare.status_code, "报完成要有佐证" in bare.content.decode()) == (422, True)
    press(village, "task", row.pk, task.pk, **told, new_proof=SimpleUploadedFile("清单.txt", b"20"))

    assert "东村领导小组" in page(chief, "units", row.pk)
    assert "都查过" in page(chief, "tasks", row.pk, query="?tab=done")
    assert "<b>1 / 2</b>" in page(chief, "show", row.pk, query="?section=all")


def _seen(row: Campaign) -> int:
    row.refresh_from_db()
    return row.version


def test_given_a_refused_act_when_pressed_through_htmx_then_the_part_says_why(stage: CampaignStage) -> None:
    row = stage.read_text()
    client = stage.town.client("office")
    clause = stage.clause(row, "警示教育")

    answer = client.post(
        reverse("campaigns:aside", args=[row.pk]),
        {"clause": clause.pk, "seen_version": row.version + 5},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 422
    assert answer.content.decode().strip().startswith('<div id="check"')
    assert "刚刚有人改动" in answer.content.decode()


def test_given_a_plan_page_when_a_figure_has_rows_then_its_number_opens_them(stage: CampaignStage) -> None:
    row = stage.issued()
    client = stage.town.client("chief")

    shown = page(client, "show", row.pk, query="?section=all")

    for address in set(re.findall(r'<a href="(/(?:hazards|enterprises)/\?[^"]+)"', shown)):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


@pytest.mark.parametrize("rows", [1, 3])
def test_given_more_campaigns_when_listed_then_it_takes_no_more_queries(
    stage: CampaignStage, rows: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(rows):
        stage.read_text()
    client = stage.town.client("office")

    page(client, "list")  # the counts of the frame are kept for a while

    with django_assert_max_num_queries(12):
        page(client, "list")


def test_given_a_campaign_that_runs_when_the_dashboard_opens_then_it_comes_after_the_figures(
    stage: CampaignStage, django_assert_max_num_queries: Any
) -> None:
    row = stage.issued()
    client = stage.town.client("chief")
    client.get(reverse("stats:dashboard"))  # the counts of the frame are kept for a while

    with django_assert_max_num_queries(20):
        shown = client.get(reverse("stats:dashboard")).content.decode()
    part = client.get(reverse("stats:campaigns"), headers={"HX-Request": "true"}).content.decode()

    assert f'hx-get="{reverse("stats:campaigns")}?on={stage.now:%Y-%m-%d}"' in shown
    assert row.title not in shown
    assert row.title in part


def test_given_days_that_no_calendar_has_when_the_reading_is_checked_then_the_page_says_so(
    stage: CampaignStage,
) -> None:
    chief = stage.town.client("chief")
    plan = (
        "某镇冬季安全生产专项整治方案\n镇政府决定自2018年2月30日起至4月底开展专项整治。\n"
        "一、工作措施\n各村要于2018年2月31日前完成排查。"
    )

    press(chief, "start", text=plan)
    row = Campaign.objects.get()
    services.understand_plan(campaign_id=row.pk, now=stage.now)
    check = page(chief, "check", row.pk)

    assert "开始日期：原文写“2018年2月30日”，日历上没有这一天，请填具体哪天。" in check
    assert "请填具体哪天" not in page(stage.town.client("chair"), "check", row.pk)  # who reads cannot fill it
    assert "由安监办定具体哪天" in page(stage.town.client("chair"), "check", row.pk)
    assert "2018年2月31日前 <span" in check
    assert "没有这一天，请改" in check
