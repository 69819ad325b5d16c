"""What a plan orders without naming a unit of the town is asked, before issue and at it; the safety office gets nothing
unsaid."""

import re
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, CampaignUnit, Task
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import Event
from tests.campaigns.stage import EVERYBODY, CampaignStage, make_campaign_stage

PLAN = """关于开展冬季安全检查的通知
各村、各有关部门：
检查自2017年12月20日起至2018年1月31日止。
一、工作任务
（一）各村要在12月31日前完成企业排查，建立隐患清单。
（二）要在12月28日前清点应急物资。
（三）水利站要在12月29日前清点泵站。
（四）要制定具体实施方案。
示范镇人民政府
2017年12月20日
"""


@pytest.fixture
def row(stage: CampaignStage) -> Campaign:
    """Return a draft, every clause accepted as read, two of which name no unit of the town."""
    found = stage.accepted(stage.read_text(PLAN))
    stage.clause(found, "清点应急物资")
    found.clauses.filter(text__contains="清点应急物资").update(parties=[], units=[])
    return found


def _said(stage: CampaignStage, units: tuple[str, ...] = EVERYBODY) -> dict[str, Any]:
    ids = [stage.town.units[one].id for one in units]
    return {"units": ids, "actor": stage.by("chief"), "now": stage.now}


def test_given_orders_that_name_nobody_when_looked_at_then_each_says_why_and_a_sub_plan_is_none_of_them(
    stage: CampaignStage, row: Campaign
) -> None:
    lines = queries.draft_clauses(stage.by(), row.pk)

    told = queries.issue_told(stage.by(), row.pk, units=_said(stage)["units"], with_tasks=True, now=stage.now)

    unnamed = [(one.label, one.unnamed) for one in lines if one.unnamed]
    assert [why for _, why in unnamed] == ["没有写由谁办", "“水利站”没有对上单位"]
    assert [(one.label, one.why) for one in told.unnamed] == unnamed


def test_given_orders_that_name_nobody_when_issued_unsaid_then_it_is_refused_and_nothing_is_written(
    stage: CampaignStage, row: Campaign
) -> None:
    with pytest.raises(Refusal, match="2 件事没有选到由谁办"):
        services.issue_campaign(campaign_id=row.pk, seen_version=row.version, **_said(stage))

    row.refresh_from_db()
    assert (row.state, Task.objects.count(), CampaignUnit.objects.count()) == ("draft", 0, 0)


def test_given_orders_that_name_nobody_when_the_signer_gives_them_to_the_office_then_they_are_written_as_its_own(
    stage: CampaignStage, row: Campaign
) -> None:
    services.issue_campaign(campaign_id=row.pk, seen_version=row.version, office_takes=2, **_said(stage))

    office = str(stage.town.units["安监办"].id)
    clauses = row.clauses.in_text().filter(text__contains="清点")
    assert list(clauses.values_list("parties", "units")) == [(["安监办"], [office]), (["水利站", "安监办"], [office])]
    assert set(Task.objects.filter(clause__in=clauses).values_list("unit__name", flat=True)) == {"安监办"}
    told = Event.objects.get(kind="campaign.issued")
    assert "2 件没有写由谁办的，由签发人定" in told.say
    assert told.after["unnamed"] == list(clauses.values_list("label", flat=True))


def test_given_a_unit_that_is_left_out_when_about_to_be_issued_then_its_orders_are_asked_about(
    stage: CampaignStage, row: Campaign
) -> None:
    said = _said(stage, ("经发办", "安监办"))

    told = queries.issue_told(stage.by(), row.pk, units=said["units"], with_tasks=True, now=stage.now)

    assert [one.why for one in told.unnamed] == ["写的单位这次不下发", "没有写由谁办", "“水利站”没有对上单位"]


def test_given_orders_that_name_nobody_when_the_office_gives_them_to_villages_then_they_are_theirs_with_a_trace(
    db: None, settings: Any
) -> None:
    stage = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = stage.now.date().isoformat()
    row = stage.accepted(stage.read_text(PLAN))
    row.clauses.filter(text__contains="清点应急物资").update(parties=[], units=[])
    office, chair = stage.town.client("office"), stage.town.client("chair")
    check, give = (reverse(f"campaigns:{name}", args=(row.pk,)) for name in ("check", "give"))
    clause = stage.clause(row, "清点应急物资")

    page = office.get(check).content.decode()
    nothing = office.post(give, {"seen_version": row.version, "unit": "village"}, follow=True).content.decode()
    office.post(give, {"seen_version": row.version, "unit": "village", "clause": str(clause.pk)})
    row.refresh_from_db()
    left = chair.get(reverse("campaigns:issue", args=(row.pk,))).content.decode()
    taker = re.findall(r'name="rest" value="([^"]+)"', office.get(check).content.decode())
    office.post(give, {"seen_version": row.version, "rest": taker[0]})

    clause.refresh_from_db()
    villages = {str(stage.town.units[one].id) for one in ("东村", "西村")}
    assert "没有选到由谁办的要求 2 条" in page
    assert "请先勾选要求" in nothing
    assert (clause.parties, set(clause.units), clause.state) == (["东村", "西村"], villages, "accepted")
    assert "没有选到由谁办的 1 件事" in left
    assert 'name="office_takes" value="1"' in left
    assert stage.clause(row, "清点泵站").units == [str(stage.town.units["安监办"].id)]
    assert [one.say.rpartition("：")[2] for one in Event.objects.filter(kind="campaign.clauses_given")] == [
        "1 条没有写由谁办的要求，由东村、西村办",
        "1 条没有写由谁办的要求，由安监办办",
    ]
