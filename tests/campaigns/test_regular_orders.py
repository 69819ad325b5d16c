"""An order that says how often is a task of every period, as a report is, and is told before issuing."""

from datetime import date, datetime, time

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import RegularDuty, Task
from bihuan.campaigns.rules.regular_orders import duties_of_order
from bihuan.campaigns.rules.reported import Often
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
        ("每日", "每日巡查。", []),
        ("每两周", "每两周检查一次。", []),
        ("定期", "定期研究。", []),
        ("", "检查一次。", []),
        ("每周", "各村每周五前将排查进展情况报镇安监办。", []),
    ],
)
def test_given_a_frequency_when_it_is_a_period_then_the_order_comes_again_with_it(
    frequency: str, text: str, found: list[tuple[Often, tuple[int, ...]]]
) -> None:
    assert [(one.often, one.days) for one in duties_of_order("夜查", frequency, text)] == found
