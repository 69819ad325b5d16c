"""What comes again in a stage of the plan, or in days of its own, begins and ends with them, not with the campaign."""

from datetime import date, datetime

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import RegularDuty, Task
from bihuan.campaigns.rules.stages import Stage, days_of_order, stage_over
from bihuan.kernel.calendar import SHANGHAI
from tests.campaigns.stage import CampaignStage

PLAN = """关于开展节后复工安全检查的通知
各村、各有关部门：
检查自2018年2月12日起至2018年4月20日止。
一、工作安排
（一）动员部署阶段（2月12日至2月20日）。各村要制定实施方案。
（二）集中整治阶段（2月21日至4月10日）。
1.各村每周五前将排查进展情况报镇安监办。
2.经发办每周至少开展一次夜查。
（三）总结提升阶段（4月11日至4月20日）。各村要在4月15日前总结。
二、工作要求
（一）建设办自3月1日起每周检修一次路灯。
（二）安监办每周开展一次宣传。
示范镇人民政府
2018年2月10日
"""
FIRST, LAST = date(2018, 2, 12), date(2018, 4, 20)
TALK = Stage("动员部署", date(2018, 2, 12), date(2018, 2, 20), place={"paragraph": 4, "start": 0, "end": 9})
CLEAN = Stage("集中整治", date(2018, 2, 21), date(2018, 4, 10), place={"paragraph": 6, "start": 0, "end": 9})
HEADINGS = [
    {"level": level, "place": {"paragraph": paragraph, "start": 0, "end": 9}}
    for level, paragraph in ((1, 3), (2, 4), (2, 5), (3, 7), (2, 9), (1, 12))
]


def test_given_a_plan_with_stages_when_issued_then_each_duty_runs_in_its_own_days(stage: CampaignStage) -> None:
    stage.now = datetime(2018, 2, 15, 9, tzinfo=SHANGHAI)
    row = stage.issued(stage.read_text(PLAN))

    duties = {one.duty["what"]: (one.first_on, one.last_on) for one in RegularDuty.objects.filter(campaign=row)}
    told = {one.what.partition("（")[0]: one for one in queries.regular_of(stage.by(), row.pk, today=stage.now.date())}
    assert duties == {
        "排查进展情况": (date(2018, 2, 21), date(2018, 4, 10)),
        "至少开展一次夜查": (date(2018, 2, 21), date(2018, 4, 10)),
        "检修一次路灯": (date(2018, 3, 1), None),
        "开展一次宣传": (date(2018, 2, 15), None),
    }
    report = told["报排查进展情况"]
    assert (report.periods, report.first, report.last) == (7, date(2018, 2, 23), date(2018, 4, 6))
    first = Task.objects.filter(duty__duty__what="排查进展情况").order_by("due_on").first()
    assert first is not None
    assert (first.opens_on, first.due_on) == (date(2018, 2, 21), date(2018, 2, 23))


def test_given_a_duty_of_a_stage_when_the_campaign_is_extended_then_it_ends_with_its_stage_and_others_go_on(
    stage: CampaignStage,
) -> None:
    stage.now = datetime(2018, 2, 15, 9, tzinfo=SHANGHAI)
    row = stage.issued(stage.read_text(PLAN))

    services.extend_campaign(
        campaign_id=row.pk,
        seen_version=row.version,
        ends_on=date(2018, 5, 31),
        doc_number="示安委〔2018〕3号",
        reason="工作未完成",
        actor=stage.by("chief"),
        now=stage.now,
    )
    stage.now = datetime(2018, 5, 31, 1, tzinfo=SHANGHAI)
    services.open_duties(now=stage.now)

    last = {
        one.duty["what"][:3]: max(one.tasks.values_list("due_on", flat=True))
        for one in RegularDuty.objects.filter(campaign=row)
    }
    assert last == {
        "排查进": date(2018, 4, 6),
        "至少开": date(2018, 4, 8),
        "检修一": date(2018, 5, 27),
        "开展一": date(2018, 5, 27),
    }


@pytest.mark.parametrize(
    ("paragraph", "found"), [(3, None), (4, TALK), (5, CLEAN), (6, CLEAN), (8, CLEAN), (9, None), (12, None)]
)
def test_given_stages_below_their_headings_when_a_paragraph_is_asked_then_it_is_of_the_section_that_it_stands_in(
    paragraph: int, found: Stage | None
) -> None:
    assert stage_over([TALK, CLEAN, Stage("由人加的", FIRST, LAST)], HEADINGS, paragraph) == found


@pytest.mark.parametrize(
    ("text", "stage", "first", "last"),
    [
        ("每周检查一次", None, FIRST, LAST),
        ("每周检查一次", CLEAN, date(2018, 2, 21), date(2018, 4, 10)),
        ("自3月1日起每周检查一次", CLEAN, date(2018, 3, 1), date(2018, 4, 10)),
        ("3月5日至3月20日每周检查一次", CLEAN, date(2018, 3, 5), date(2018, 3, 20)),
        ("从1月1日起每周检查一次", None, FIRST, LAST),
        ("每周检查一次", Stage("没有日期", None, None), FIRST, LAST),
        ("每周检查一次", Stage("已过", date(2018, 1, 1), date(2018, 1, 31)), FIRST, date(2018, 1, 31)),
    ],
)
def test_given_an_order_that_comes_again_when_its_days_are_asked_then_its_own_go_before_those_of_its_stage(
    text: str, stage: Stage | None, first: date, last: date
) -> None:
    assert days_of_order(text, stage, first=FIRST, last=LAST) == (first, last)
