"""Duties to report: how often a wording means, the days of each, and the tasks they become when a plan is issued."""

from datetime import date, timedelta

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, Task
from bihuan.campaigns.rules.reported import Duty, Often, due_days, duties_of
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.trail.models import Event
from tests.campaigns.stage import CampaignStage

PLAN = """关于开展冬季安全检查的通知
各村、各有关部门：
检查自2017年12月20日起至2018年1月31日止。
一、工作任务
（一）各村要在12月31日前完成企业排查，建立隐患清单。
二、报送要求
（一）各村每周五前将排查进展情况报镇安监办。
（二）各村、各部门于1月25日前将工作总结报镇安监办。
示范镇人民政府
2017年12月20日
"""
FIRST, LAST = date(2017, 12, 20), date(2018, 1, 31)


@pytest.mark.parametrize(
    ("when", "often", "days"),
    [
        ("每周五12时前", Often.WEEKLY, ["2017-12-22", "2017-12-29", "2018-01-05"]),
        ("每周", Often.WEEKLY, ["2017-12-24", "2017-12-31", "2018-01-07"]),
        ("每旬末", Often.TEN_DAYS, ["2017-12-20", "2017-12-31", "2018-01-10"]),
        ("每半月", Often.HALF_MONTHLY, ["2017-12-31", "2018-01-15", "2018-01-31"]),
        ("每月10日、25日前", Often.MONTHLY, ["2017-12-25", "2018-01-10", "2018-01-25"]),
        ("每月底前", Often.MONTHLY, ["2017-12-31", "2018-01-31"]),
        ("每季度末25日前", Often.QUARTERLY, ["2017-12-25"]),
        ("每季度首月5日前", Often.QUARTER_BEGINS, ["2018-01-05"]),
        ("每年12月25日前", Often.YEARLY, ["2017-12-25"]),
        ("1月25日前", Often.ONCE, ["2018-01-25"]),
        ("12月25日前和1月25日前", Often.ONCE, ["2017-12-25", "2018-01-25"]),
        ("10个工作日内", Often.ONCE, []),
        ("每日17时前", Often.DAILY, []),
        ("30分钟内", Often.AT_ONCE, []),
        (None, Often.UNSAID, []),
    ],
)
def test_given_a_wording_when_understood_then_its_days_are_known_or_nobody_owes_it_on_a_day(
    when: str | None, often: Often, days: list[str]
) -> None:
    duties = duties_of([{"what": "情况", "to": "镇安委办", "when": when}], issued_on=FIRST)

    found = sorted(on for one in duties for on in due_days(one, first=FIRST, last=LAST))

    assert {one.often for one in duties} == {often}
    assert [on.isoformat() for on in found[:3]] == days
    assert duties_of([one.as_json() for one in duties], issued_on=None) == duties


@pytest.mark.parametrize("what", ["工作方案", "子方案", "实施方案"])
def test_given_a_sub_plan_among_the_reports_when_understood_then_it_is_no_task_beside_the_sub_plan(what: str) -> None:
    (duty,) = duties_of([{"what": what, "to": "镇安委办", "when": "12月30日前"}], issued_on=FIRST)

    assert (duty.due_on, duty.makes_tasks, due_days(duty, first=FIRST, last=LAST)) == (date(2017, 12, 30), False, [])


def test_given_reports_in_a_plan_when_issued_then_each_period_is_a_task_with_its_own_deadline(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))
    days_pass(stage, LAST)

    weekly = Task.objects.filter(campaign=row, title__contains="排查进展情况")
    once = Task.objects.filter(campaign=row, title__contains="工作总结")
    assert sorted({one.due_on for one in weekly}) == [date(2017, 12, 22), *_weeks(date(2017, 12, 29), 5)]
    assert {one.unit.name for one in weekly} == {"东村", "西村"}
    assert {(one.unit.name, one.due_on) for one in once} == {
        (name, date(2018, 1, 25)) for name in ("东村", "西村", "经发办", "建设办")
    }
    assert {one.clause for one in weekly} == {stage.clause(row, "每周五前")}
    assert not Task.objects.filter(campaign=row, clause=stage.clause(row, "工作总结"), opens_on=None).exists()


def days_pass(stage: CampaignStage, until: date) -> None:
    """Let the job of regular duties run every morning up to a day."""
    while stage.now.date() < until:
        stage.now += timedelta(days=1)
        services.open_duties(now=stage.now)


def _weeks(first: date, count: int) -> list[date]:
    return [date.fromordinal(first.toordinal() + 7 * number) for number in range(count)]


def test_given_a_weekly_report_when_a_village_looks_at_its_desk_then_only_the_period_that_has_begun_waits(
    stage: CampaignStage,
) -> None:
    stage.issued(stage.read_text(PLAN))

    waits = queries.waiting_for(stage.by("village_east"), now=stage.now)

    assert [one.due_on for one in waits.rows if "排查进展情况" in one.title] == [date(2017, 12, 22)]


def test_given_a_duty_that_a_person_mended_when_issued_then_it_falls_due_as_mended(stage: CampaignStage) -> None:
    row = stage.read_text(PLAN)
    weekly, once = duties_of(row.reporting, issued_on=row.issued_on)

    _mend(
        stage, row, [Duty("排查台账", "镇安监办", "", Often.MONTHLY, days=(28,), parties=("经发办",)), _dropped(once)]
    )
    row = stage.issued(row)
    days_pass(stage, LAST)

    assert weekly.often is Often.WEEKLY
    made = Task.objects.filter(campaign=row, opens_on__isnull=False)
    assert {(one.unit.name, one.title, one.due_on) for one in made} == {
        ("经发办", "报排查台账（报镇安监办），12月28日这一次", date(2017, 12, 28)),
        ("经发办", "报排查台账（报镇安监办），1月28日这一次", date(2018, 1, 28)),
    }
    assert Event.objects.filter(kind="campaign.outline_mended").count() == 1


def _dropped(one: Duty) -> Duty:
    return Duty(one.what, one.to, one.when, one.often, due_on=one.due_on, dropped=True, place=one.place)


def _mend(stage: CampaignStage, row: Campaign, duties: list[Duty], who: str = "office") -> None:
    services.mend_outline(
        campaign_id=row.pk,
        seen_version=row.version,
        duties=duties,
        stages=[],
        group_name="",
        posts={},
        actor=stage.by(who),
        now=stage.now,
    )
    row.refresh_from_db()


@pytest.mark.parametrize(
    "wrong",
    [
        Duty("", "镇安监办", "", Often.MONTHLY),
        Duty("台账", "镇安监办", "", Often.WEEKLY, days=(8,)),
        Duty("台账", "镇安监办", "", Often.MONTHLY, days=(32,)),
        Duty("台账", "镇安监办", "", Often.HALF_MONTHLY, days=(5,)),
        Duty("台账", "镇安监办", "", Often.WEEKLY, due_on=LAST),
        Duty("长" * 81, "镇安监办", "", Often.WEEKLY),
    ],
)
def test_given_a_duty_that_does_not_hold_together_when_mended_then_it_is_refused_and_nothing_is_written(
    stage: CampaignStage, wrong: Duty
) -> None:
    row = stage.read_text(PLAN)
    kept = row.reporting

    with pytest.raises(Refusal):
        _mend(stage, row, [wrong])

    row.refresh_from_db()
    assert row.reporting == kept


def test_given_a_village_or_an_issued_plan_when_mended_then_it_is_refused(stage: CampaignStage) -> None:
    row = stage.issued(stage.read_text(PLAN))

    with pytest.raises(Refusal, match="现在不能核对方案"):
        _mend(stage, row, [])
    with pytest.raises(NotAllowed):
        _mend(stage, row, [], who="village_east")


def test_given_a_sentence_that_is_a_goal_when_said_so_then_it_is_among_the_goals_and_nobodys_task(
    stage: CampaignStage,
) -> None:
    row = stage.read_text()
    clause = stage.clause(row, "警示教育")

    services.mend_clause(
        campaign_id=row.pk,
        seen_version=row.version,
        clause_id=clause.pk,
        facts={"kind": "goal"},
        actor=stage.by(),
        now=stage.now,
    )
    row.refresh_from_db()
    row = stage.issued(row)

    assert [one["text"] for one in row.goals] == [clause.text]
    assert not row.tasks.filter(clause=clause).exists()
