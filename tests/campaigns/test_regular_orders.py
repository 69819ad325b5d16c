"""An order that says how often is a task of every period, as a report is, and is told before issuing."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import RegularDuty, Task
from bihuan.campaigns.rules.regular_orders import duties_of_order, without_period
from bihuan.campaigns.rules.reported import Duty, Often, due_days, turn_words, turns_of
from bihuan.kernel.calendar import SHANGHAI
from tests.campaigns.stage import CampaignStage

PLAN = """关于开展冬季安全检查的通知
各村、各有关部门：
检查自2017年12月20日起至2018年1月31日止。
一、工作任务
（一）经发办每周至少开展一次夜查。
（二）各村要在12月31日前完成企业排查，建立隐患清单。
示范镇人民政府
2017年12月20日
"""


@pytest.mark.django_db
def test_given_an_order_that_says_how_often_when_issued_then_each_period_has_its_task_and_the_page_tells_it(
    stage: CampaignStage,
) -> None:
    row = stage.accepted(stage.read_text(PLAN))
    clause = stage.clause(row, "夜查")
    units = [stage.town.units[one].id for one in ("东村", "经发办", "安监办")]
    told = queries.issue_told(stage.by("chair"), row.pk, units=units, with_tasks=True, now=stage.now)
    row = stage.issued(row, units=("东村", "经发办", "安监办"))

    duty = RegularDuty.objects.get(campaign=row)
    assert (duty.clause, duty.form) == (clause, None)
    (said,) = told.regular
    assert (said.words, said.units, said.periods, said.coming) == ("每周", ["经发办"], 6, 5)
    (first,) = Task.objects.filter(clause=clause)
    assert (first.unit.name, first.opens_on, first.due_on) == ("经发办", date(2017, 12, 20), date(2017, 12, 24))
    assert first.title.endswith("，12月24日这一次")
    assert not first.title.startswith("报")

    stage.now = datetime.combine(date(2018, 1, 31), time(0, 5), tzinfo=SHANGHAI)
    services.open_duties(now=stage.now)
    services.open_duties(now=stage.now)
    days = list(Task.objects.filter(clause=clause).order_by("due_on").values_list("due_on", flat=True))
    assert days == [date(2017, 12, 24), date(2017, 12, 31), *(date(2018, 1, day) for day in (7, 14, 21, 28))]


@pytest.mark.parametrize(
    ("frequency", "text", "found"),
    [
        ("每周", "综合执法局每周至少开展一次夜查。", [(Often.WEEKLY, ())]),
        ("每周", "各村每周五开展一次清查。", [(Often.WEEKLY, (5,))]),
        ("每周、每月", "各村每周调度、每月10日通报。", [(Often.WEEKLY, ()), (Often.MONTHLY, (10,))]),
        ("每季度", "每季度研究一次。", [(Often.QUARTERLY, ())]),
        ("每日", "每日巡查。", [(Often.DAILY, ())]),
        ("每个工作日", "每个工作日巡查。", [(Often.DAILY, ())]),
        ("24小时", "24小时专人值守。", [(Often.DAILY, ())]),
        ("每两周", "每两周检查一次。", [(Often.TWO_WEEKS, ())]),
        ("每两周", "每两周的每周五检查一次。", [(Often.TWO_WEEKS, (5,))]),
        ("每半年", "每半年演练一次。", [(Often.HALF_YEARLY, ())]),
        ("每年", "每年考核一次。", [(Often.YEARLY, ())]),
        ("不定期", "不定期抽查。", []),
        ("定期", "定期研究。", []),
        ("", "检查一次。", []),
        ("每周", "各村每周五前将排查进展情况报镇安监办。", []),
    ],
)
def test_given_a_frequency_when_it_is_a_period_then_the_order_comes_again_with_it(
    frequency: str, text: str, found: list[tuple[Often, tuple[int, ...]]]
) -> None:
    assert [(one.often, one.days) for one in duties_of_order("夜查", frequency, text)] == found


def _days(often: Often, last: date, *, days: tuple[int, ...] = ()) -> list[date]:
    duty = Duty("巡查", "", "", often, days=days, is_order=True)
    return due_days(duty, first=date(2017, 12, 20), last=last)


def test_given_a_longer_period_when_its_days_are_asked_for_then_they_are_counted_from_the_first_day() -> None:
    end = date(2018, 2, 1)
    assert _days(Often.TWO_WEEKS, end) == [date(2017, 12, 31), date(2018, 1, 14), date(2018, 1, 28)]
    assert _days(Often.TWO_WEEKS, end, days=(5,)) == [date(2017, 12, 29), date(2018, 1, 12), date(2018, 1, 26)]
    assert _days(Often.TWO_WEEKS, date(2018, 1, 20)) == [date(2017, 12, 31), date(2018, 1, 14)]  # an end moves none
    assert _days(Often.HALF_YEARLY, date(2018, 12, 31)) == [date(2017, 12, 31), date(2018, 6, 30), date(2018, 12, 31)]
    assert _days(Often.YEARLY, date(2019, 1, 1)) == [date(2017, 12, 31), date(2018, 12, 31)]


def test_given_what_is_to_be_done_every_day_when_it_falls_due_then_it_is_one_task_a_week_that_names_its_days() -> None:
    duty = Duty("巡查", "", "每日", Often.DAILY, is_order=True)

    turns = turns_of(duty, first=date(2017, 12, 20), last=date(2018, 1, 3))

    assert [turn_words(duty, one) for one in turns] == ["，12月20日至12月24日每天", "，12月25日至12月31日每天"]
    assert (duty.words, duty.is_regular) == ("每天，按周报", True)
    report = Duty("情况", "镇安监办", "每日", Often.DAILY)
    assert (report.makes_tasks, due_days(report, first=date(2017, 12, 20), last=date(2018, 1, 3))) == (False, [])


@pytest.mark.parametrize(
    ("frequency", "asked"),
    [("定期", "定期"), ("不定期", "不定期"), ("定期、每周", ""), ("每日", ""), ("", ""), ("每两个月", "每两个月")],
)
def test_given_a_frequency_without_a_length_when_checked_then_a_person_is_asked(frequency: str, asked: str) -> None:
    assert without_period(frequency) == asked


OFTEN_ENOUGH = PLAN.replace("（二）", "（二）经发办每日巡查在建工地。\n（三）经发办要定期研究冬季用电。\n（四）")


@pytest.mark.django_db
def test_given_daily_and_vague_orders_when_checked_and_issued_then_one_comes_weekly_and_of_the_other_a_person_is_asked(
    stage: CampaignStage, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = stage.now.date().isoformat()
    row = stage.accepted(stage.read_text(OFTEN_ENOUGH))
    daily, vague = stage.clause(row, "每日巡查"), stage.clause(row, "定期研究")
    row.figures.filter(clause__in=[daily, vague]).update(dropped=True)

    check = stage.town.client("office").get(reverse("campaigns:check", args=(row.pk,))).content.decode()
    issue = stage.town.client("chair").get(reverse("campaigns:issue", args=(row.pk,))).content.decode()
    row = stage.issued(row, units=("东村", "经发办", "安监办"))

    assert check.count("没有写多久一次，下发时只作一件到结束的任务") == 1
    assert "1 条只说“定期”“不定期”，没有写多久一次" in issue
    assert "每天，按周报" in issue
    (first,) = Task.objects.filter(clause=daily)
    assert (first.due_on, first.title.endswith("，12月20日至12月24日每天")) == (date(2017, 12, 24), True)
    (whole,) = Task.objects.filter(clause=vague)
    assert (whole.due_on, whole.duty) == (date(2018, 1, 31), None)
