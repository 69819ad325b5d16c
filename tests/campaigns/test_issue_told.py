"""What a person is told that issuing will make is what it makes: by unit, by clause, by day, and what comes later."""

import re
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, CampaignUnit, GroupSeat, RegularDuty, Task
from bihuan.campaigns.rules.issuing import IssueTold, day_offered
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import Event
from tests.campaigns.stage import EVERYBODY, CampaignStage, make_campaign_stage

HEAD = "关于开展冬季安全检查的通知\n各村、各有关部门：\n检查自2017年12月10日起至2018年2月28日止。\n一、工作任务\n"
SENTENCES = (
    "各村要在{day}前完成企业排查，建立隐患清单。",
    "经发办要在{day}前对重大事故隐患一律实施挂牌督办。",
    "各有关部门要开展一次安全生产警示教育。",
    "建设办要在{day}前把工地起重机械名单报镇安监办。",
    "各村、各部门要于{day}前报工作方案。",
    "各村要明确专人负责，切实加强宣传教育。",
    "安监办要在{day}前印发检查表。",
    "水利站要在{day}前清点泵站。",
    "各村要在{day}前成立领导小组。",
)
REPORTS = (
    "各村每周五前将排查进展情况报镇安监办。",
    "经发办每月25日前将督办情况报镇安监办。",
    "各村、各部门于{day}前将工作总结报镇安监办。",
    "各有关部门每旬将检查情况报镇安委办。",
)


def _plan(dice: Random) -> str:
    def day() -> str:
        on = date(2017, 12, 5) + timedelta(days=dice.randint(0, 80))
        return f"{on.year}年{on.month}月{on.day}日"

    picked = [*dice.sample(SENTENCES, dice.randint(1, 7)), *dice.sample(REPORTS, dice.randint(0, 3))]
    lines = [
        f"（{number}）{one.format(day=day())}" for number, one in zip("一二三四五六七八九十", picked, strict=False)
    ]
    head = HEAD.replace("12月10日", f"12月{dice.randint(10, 31)}日")
    return (
        head + "\n".join(lines) + "\n二、组织领导\n成立领导小组，组长：孔某（镇长）。\n示范镇人民政府\n2017年12月8日\n"
    )


def _made(row: Campaign, today: date) -> dict[str, Any]:
    """Count anew, from the rows as they lie in the tables."""
    tasks = list(Task.objects.filter(campaign=row).select_related("unit", "clause"))
    return {
        "units": CampaignUnit.objects.filter(campaign=row).count(),
        "tasks": len(tasks),
        "late": sum(one.due_on < today for one in tasks),
        "moved": sorted(
            row.clauses.exclude(first_due_on=None).values_list("label", "first_due_on", "due_on", named=False)
        ),
        "days": (min((one.due_on for one in tasks), default=None), max((one.due_on for one in tasks), default=None)),
        "by_unit": Counter(one.unit.name for one in tasks),
        "by_clause": Counter(one.clause.label if one.clause else "" for one in tasks),
        "plans": Counter(CampaignUnit.objects.filter(campaign=row).values_list("plan_due_on", flat=True)),
        "regular": sorted((one.duty["what"], len(one.units)) for one in RegularDuty.objects.filter(campaign=row)),
    }


def _said(told: IssueTold) -> dict[str, Any]:
    return {
        "units": told.units,
        "tasks": told.tasks,
        "late": told.late,
        "moved": sorted((one.label, one.from_on, one.to_on) for one in told.moved),
        "days": (told.first, told.last),
        "by_unit": Counter({one.name: one.tasks for one in told.by_unit}),
        "by_clause": Counter({one.name: one.tasks for one in told.by_clause}),
        "plans": Counter(dict(told.plans)),
        "regular": sorted((one.what[1:].partition("（")[0], len(one.units)) for one in told.regular),
    }


@pytest.mark.parametrize("seed", range(8))
def test_given_any_plan_any_day_and_any_units_when_issued_then_what_was_told_is_what_is_made(
    stage: CampaignStage, seed: int
) -> None:
    dice = Random(seed)
    row = stage.accepted(stage.read_text(_plan(dice)))
    units = [stage.town.units[one].id for one in dice.sample(EVERYBODY, dice.randint(1, len(EVERYBODY)))]
    stage.now += timedelta(days=dice.randint(-2, 40))
    asked = {"units": units, "with_tasks": dice.random() < 0.9, "now": stage.now}
    if dice.random() < 0.5:
        asked["past_to"] = day_offered(issued_on=day_of(stage.now), ends_on=date(2018, 2, 28))
    events = Event.objects.count()
    told = queries.issue_told(stage.by("chair"), row.pk, **asked)
    assert (Task.objects.count(), CampaignUnit.objects.count(), GroupSeat.objects.count()) == (0, 0, 0)
    assert Event.objects.count() == events

    made = services.issue_campaign(
        campaign_id=row.pk,
        seen_version=row.version,
        told=told.tasks,
        office_takes=len(told.unnamed),
        actor=stage.by("chair"),
        **asked,
    )
    at_issue = _made(row, day_of(stage.now))
    while stage.now.date() < date(2018, 3, 1):
        stage.now += timedelta(days=dice.randint(1, 9))
        services.open_duties(now=stage.now)

    assert told == made
    assert _said(told) == at_issue
    assert Task.objects.filter(campaign=row).count() - at_issue["tasks"] == told.coming


def test_given_another_number_than_told_when_issued_then_it_is_refused_and_nothing_is_written(
    stage: CampaignStage,
) -> None:
    row = stage.accepted(stage.read_text())
    said = {"units": [stage.town.units["东村"].id], "actor": stage.by("chair"), "now": stage.now}

    with pytest.raises(Refusal, match="刚才看到的是 7 件任务，照现在选的是 1 件"):
        services.issue_campaign(campaign_id=row.pk, seen_version=row.version, told=7, **said)

    row.refresh_from_db()
    assert (row.state, Task.objects.count(), CampaignUnit.objects.count()) == ("draft", 0, 0)


def test_given_the_page_of_issuing_when_units_are_left_out_then_it_counts_anew_and_says_afterwards_the_same(
    db: None, settings: Any
) -> None:
    stage = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = "2018-01-02"  # an order was due in December
    row = stage.accepted(stage.read_text())
    chair, address = stage.town.client("chair"), reverse("campaigns:issue", args=(row.pk,))
    villages = [str(stage.town.units[one].id) for one in ("东村", "西村")]

    offered = chair.get(address).content.decode()
    whole = chair.post(address, {"villages": villages, "with_tasks": "on", "count": "1"}).content.decode()
    said = {"villages": villages[:1], "with_tasks": "on", "seen_version": row.version}
    one = chair.post(address, said | {"count": "1"}).content.decode()
    wrong = chair.post(address, said | {"told": "2"})
    right = chair.post(address, said | {"told": "1"}, follow=True).content.decode()

    words = "任务 {0} 件（{0} 个单位），时限2017年12月31日，其中 {0} 件下发时已经过了时限。"
    assert "1 条要求写的时限已过，下发时改到" in offered
    assert re.search(r'name="past_to" value="2018-01-09"', offered)  # what is told is what a press would send
    assert "任务 2 件（2 个单位），时限2018年1月9日。" in offered
    assert words.format(2) in whole
    assert "2 件的时限已经过了" in whole
    assert words.format(1) in one
    assert 'name="told" value="1"' in one
    assert (wrong.status_code, "刚才看到的是 2 件任务" in wrong.content.decode()) == (422, True)
    assert words.format(1) in right
    assert Task.objects.filter(campaign=row).count() == 1


def test_given_a_weekly_duty_when_about_to_be_issued_then_the_page_says_how_often_and_how_many_periods(
    db: None, settings: Any
) -> None:
    stage = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = stage.now.date().isoformat()
    row = stage.accepted(stage.read_text(HEAD + "（一）" + REPORTS[0] + "\n示范镇人民政府\n2017年12月8日\n"))

    page = stage.town.client("chair").get(reverse("campaigns:issue", args=(row.pk,))).content.decode()

    assert "每周五前，共 10 期" in page  # the Fridays from 22 December to 23 February
    assert "先生成 1 期，以后到期生成" in page
    assert "另有 18 件定期要报、要办的到期生成" in page
