"""Names in a plan that no unit of the town bears: said to be a superior, or given to a unit in one press."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.models import Campaign
from bihuan.trail.models import Event
from tests.campaigns.stage import CampaignStage, make_campaign_stage

PLAN = """坛城县安全生产委员会关于开展冬季安全检查的通知
各乡镇、各部门：
检查自2017年12月20日起至2018年1月31日止。
一、工作任务
（一）建设局要完成在建工地排查。
（二）建设局、县公安局要开展联合检查。
（三）县安委办要每月通报情况。
（四）各部门要落实监管责任。
坛城县安全生产委员会
2017年12月20日
"""


@pytest.fixture
def stage(db: None, settings: Any) -> CampaignStage:
    """A town; the doors' clock stands on the day of the plan."""
    made = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def _check(client: Client, row: Campaign) -> str:
    return client.get(reverse("campaigns:check", args=[row.pk])).content.decode()


def _names(row: Campaign, words: str) -> tuple[list[str], int]:
    clause = row.clauses.in_text().get(text__contains=words)
    return clause.parties, len(clause.units)


def test_given_a_plan_of_the_county_when_checked_then_its_bodies_are_told_from_the_towns_units(
    stage: CampaignStage,
) -> None:
    row = stage.read_text(PLAN)

    shown = _check(stage.town.client("office"), row)

    assert "“县安委办”是上级，不给本镇单位" in shown
    assert "方案是上级发的，“各部门”也可能指上级的部门，请核对" in shown
    assert "由建设办办" in shown
    assert _names(row, "每月通报") == (["县安委办"], 0)


def test_given_a_name_that_nobody_bears_when_given_to_a_unit_then_every_clause_with_it_has_the_unit(
    stage: CampaignStage,
) -> None:
    row = stage.read_text(PLAN)
    client = stage.town.client("office")
    unit = stage.town.units["建设办"].id
    said = {"name": "建设局", "unit": unit, "seen_version": row.version}

    assert client.post(reverse("campaigns:settle", args=[row.pk]), said).status_code == 303

    assert _names(row, "在建工地") == (["建设办"], 1)
    assert _names(row, "联合检查") == (["建设办", "县公安局"], 1)
    assert Event.objects.get(kind="campaign.party_settled").say.endswith("“建设局”由建设办办，2 条")
    assert "<b>建设局</b>" not in _check(client, row)


@pytest.mark.parametrize(("who", "status"), [("village_east", 404), ("office", 422)])
def test_given_a_stranger_or_an_old_page_when_pressed_then_nothing_changes(
    stage: CampaignStage, who: str, status: int
) -> None:
    row = stage.read_text(PLAN)
    said = {"name": "建设局", "unit": stage.town.units["建设办"].id, "seen_version": row.version + 1}

    answer = stage.town.client(who).post(
        reverse("campaigns:settle", args=[row.pk]), said, headers={"HX-Request": "true"}
    )

    assert answer.status_code == status
    assert _names(row, "在建工地") == (["建设局"], 0)
