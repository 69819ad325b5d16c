"""What was read beside the clauses: goals, reports, stages and the leading group, shown beside the text and mended;
what orders nothing is folded, and a table is shown as one."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.models import Campaign
from bihuan.campaigns.rules.reported import Often, duties_of
from tests.campaigns.stage import CampaignStage, make_campaign_stage

PLAN = """关于开展冬季安全检查的通知
各村、各有关部门：
检查自2017年12月20日起至2018年1月31日止。
一、工作目标
坚决杜绝重特大事故，隐患整改率达到100%。
二、组织领导
成立镇冬季安全检查领导小组，组长：镇长，副组长：副镇长，成员：各村主任。
三、工作步骤
（一）动员部署阶段（2017年12月20日至12月25日）。各村要召开动员会。
（二）集中整治阶段（2017年12月26日至2018年1月31日）。各村要完成企业排查。
四、报送要求
各村于1月25日前将工作总结报镇安监办。
序号\t任务\t责任单位
1\t各村要完成烟花爆竹零售点排查。\t各村
2\t略，见附件一\t略
示范镇人民政府
2017年12月20日
"""


@pytest.fixture
def stage(db: None, settings: Any) -> CampaignStage:
    """A town; the doors' clock stands on the day of the plan."""
    made = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def _get(client: Client, name: str, row: Campaign) -> str:
    answer = client.get(reverse(f"campaigns:{name}", args=[row.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def _said(page: str) -> dict[str, str]:
    """Return what a form would send as it stands."""
    form = page.partition('class="outl"')[2].partition("</form>")[0]
    said = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or "checked" in tag):
            said[name[1]] = value[1] if value else "on" if "checkbox" in tag else ""
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        said[name] = chosen[1] if chosen else Often.UNSAID.value
    return said


def test_given_a_plan_when_checked_then_its_goals_reports_stages_and_group_are_shown_beside_the_text(
    stage: CampaignStage,
) -> None:
    row = stage.read_text(PLAN)
    client = stage.town.client("office")

    check, page = _get(client, "check", row), _get(client, "outline", row)

    for shown in (check, page):
        assert "坚决杜绝重特大事故" in shown
        assert "工作总结" in shown
        assert "动员部署阶段" in shown
        assert "镇冬季安全检查领导小组" in shown
    assert reverse("campaigns:outline", args=[row.pk]) in check
    assert '<p class="src">各村于1月25日前将工作总结报镇安监办。</p>' in page
    assert 'value="2017-12-26"' in page


def test_given_the_page_as_it_stands_when_sent_then_nothing_changes_and_mended_it_is_kept(stage: CampaignStage) -> None:
    row = stage.read_text(PLAN)
    client = stage.town.client("office")
    address = reverse("campaigns:outline", args=[row.pk])
    said = _said(_get(client, "outline", row))

    assert client.post(address, said).status_code == 303
    before, version = row.reporting, row.version
    row.refresh_from_db()
    assert (row.reporting, row.version) == (before, version)

    mended = {
        "duty-0-due_on": "2018-01-28",
        "stage-0-end": "2017-12-24",
        "seat-0-title": "组长",
        "seat-0-named": "镇长、书记",
    }
    assert client.post(address, {**said, **mended}).status_code == 303
    row.refresh_from_db()
    assert [one.due_on for one in duties_of(row.reporting, issued_on=None)] == [date(2018, 1, 28)]
    assert row.phases[0]["end"] == "2017-12-24"
    assert row.group["posts"]["组长"] == ["镇长", "书记"]


def test_given_days_that_do_not_hold_together_when_sent_then_the_page_says_so_and_keeps_what_was_typed(
    stage: CampaignStage,
) -> None:
    row = stage.read_text(PLAN)
    client = stage.town.client("office")
    said = _said(_get(client, "outline", row))

    answer = client.post(
        reverse("campaigns:outline", args=[row.pk]), {**said, "stage-0-end": "2017-12-01", "duty-0-days": "周五"}
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "请只填数字" in shown
    assert 'value="2017-12-01"' in shown


def test_given_an_issued_plan_when_opened_then_its_stages_are_shown_and_the_one_that_runs_is_marked(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))

    shown = _get(stage.town.client("chief"), "show", row)

    assert re.search(r'class="now" aria-current="step"><b>动员部署阶段', shown)
    assert "集中整治阶段" in shown
    assert "工作总结" in shown


def test_given_a_village_when_it_asks_for_the_page_then_it_does_not_exist_for_it(stage: CampaignStage) -> None:
    row = stage.read_text(PLAN)

    address = reverse("campaigns:outline", args=[row.pk])

    assert stage.town.client("village_east").get(address).status_code == 404


def test_given_what_orders_nothing_when_checked_then_it_is_folded_and_each_sentence_can_still_be_taken(
    stage: CampaignStage,
) -> None:
    row = stage.read_text(PLAN)
    client = stage.town.client("office")

    check = _get(client, "check", row)

    folds = re.findall(r'<details class="ck-f">(.*?)</details>', check, re.DOTALL)
    assert not any(re.search(r'<span class="src-s">（.）</span>', one) for one in folds)  # a label tells the number
    assert any("关于开展冬季安全检查的通知" in one and "各村、各有关部门：" in one for one in folds)
    assert all("这也是要求" in one for one in folds if "关于开展" in one)
    assert 'class="ck rest"' not in check


def test_given_a_table_when_checked_then_it_stands_as_a_table_and_its_orders_below_it(stage: CampaignStage) -> None:
    row = stage.read_text(PLAN)
    client = stage.town.client("office")

    check = _get(client, "check", row)

    table = check.partition('aria-label="原文的表格"')[2].partition("</table>")[0]
    assert re.findall(r"<p>([^<]+)</p>", table)[:3] == ["序号", "任务", "责任单位"]
    assert table.count("<tr>") == 3
    order = stage.clause(row, "烟花爆竹零售点")
    assert f'href="#c-{order.pk}"' in table
    assert f'id="c-{order.pk}"' in check
    assert table.count("这也是要求") == 1


@pytest.mark.parametrize("many", [1, 30])
def test_given_more_clauses_when_checked_then_it_takes_no_more_queries(
    stage: CampaignStage, many: int, django_assert_max_num_queries: Any
) -> None:
    text = "一、工作任务\n" + "\n".join(f"（{n}）各村要在12月31日前完成第{n}批企业排查。" for n in range(many))
    row = stage.read_text(text)
    client = stage.town.client("office")
    _get(client, "check", row)  # the counts of the frame are kept for a while

    with django_assert_max_num_queries(15):
        _get(client, "check", row)
