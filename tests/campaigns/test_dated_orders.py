"""An order with a day of its own is somebody's row: a task, a sub-plan, or a figure that can fall behind that day."""

from datetime import date

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, CampaignUnit, Task
from bihuan.campaigns.rules.drafting import names_sub_plan, plan_due_on
from bihuan.campaigns.rules.standing import Standing
from bihuan.trail.models import Notice
from tests.campaigns.stage import SHORT, CampaignStage

DATED = """关于开展冬季自查的通知
各村：
检查自2017年12月20日起至2018年1月31日止。
一、工作任务
（一）1月10日前，各村组织所有企业完成自查并报村。
（二）1月12日前，各村要传达学习会议精神。
（三）各村要对重大事故隐患一律实施挂牌督办。
示范镇人民政府
2017年12月20日
"""


def test_given_orders_with_a_day_when_issued_then_each_is_a_task_unless_a_figure_can_fall_behind_that_day(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(DATED), units=("东村", "西村", "安监办"))

    made = Task.objects.filter(campaign=row).order_by("clause__start", "unit__sort_no")
    assert [(one.clause.text[:12] if one.clause else "", one.unit.name, one.due_on) for one in made] == [
        ("1月10日前，各村组织所", "东村", date(2018, 1, 10)),
        ("1月10日前，各村组织所", "西村", date(2018, 1, 10)),
    ]  # who has studied is a share with a target; listings have no day of their own
    figures = {one.key for one in row.figures.filter(dropped=False)}
    assert {"self_reports.firms", "study.units", "majors.listed"} <= figures


def test_given_an_order_that_is_nobodys_when_its_day_has_passed_with_nothing_to_count_then_it_is_behind(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(DATED), units=("东村", "西村", "安监办"))
    clause = stage.clause(row, "挂牌督办")
    Campaign.objects.filter(pk=row.pk).update(issued_at=stage.now)
    row.clauses.filter(pk=clause.pk).update(due_on=date(2018, 1, 10))

    def stand(day: date) -> list[tuple[str, Standing]]:
        view = queries.plan_of(stage.by(), row.pk, on=day, today=day, section=queries.WHOLE)
        line = next(one for one in view.clauses if one.id == clause.pk)
        return [("", line.standing), *((one.key, one.standing) for one in line.figures)]

    assert {standing for _, standing in stand(date(2018, 1, 10))} == {Standing.NOTHING_YET}
    assert {standing for _, standing in stand(date(2018, 1, 11))} == {Standing.BEHIND}
    part = stage.part(row, "东村")
    services.assign_tasks(
        campaign_id=row.pk, title="挂牌", units=[part.pk], due_on=date(2018, 1, 31), clause_id=clause.pk,
        actor=stage.by(), now=stage.now,
    )  # fmt: skip
    assert stand(date(2018, 1, 11))[0] == ("", Standing.UNDER_WAY)  # now it is somebody's row


OWN_DAY = SHORT.replace(
    "（三）", "（三）各村、各有关部门于12月24日前报工作方案。\n（四）各部门12月22日前报行动方案。\n（五）"
)


def test_given_a_plan_with_its_own_day_for_sub_plans_when_issued_then_it_is_their_day_and_no_task_is_made(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(OWN_DAY))

    due = {one.name: one.plan_due_on for one in CampaignUnit.objects.filter(campaign=row)}
    assert due == {
        "东村": date(2017, 12, 24),
        "西村": date(2017, 12, 24),
        "经发办": date(2017, 12, 22),
        "建设办": date(2017, 12, 22),
        "安监办": date(2017, 12, 27),
    }
    assert not row.tasks.filter(clause__text__contains="方案").exists()
    figures = stage.clause(row, "报工作方案").figures.filter(dropped=False).values_list("key", flat=True)
    assert set(figures) >= {"plans.accepted", "plans.on_time"}
    said = list(Notice.objects.filter(say__contains="已下发，请签收").values_list("say", flat=True).distinct())
    assert {one.partition("请签收，")[2] for one in said} >= {"12月24日前报子方案", "12月22日前报子方案"}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("各村、各部门于11月30日前报工作方案。", True),
        ("11月30日前将行动方案报镇安委办。", True),
        ("并结合自身实际情况制定具体实施方案。", True),
        ("高危行业企业要研究制定切实可行的复工复产工作方案", False),
        ("重大隐患单位要制定整改方案。", False),
        ("审核企业实施方案和应急处置方案", False),
    ],
)
def test_given_an_order_when_it_asks_for_a_units_own_plan_then_it_is_known_from_other_plans(
    text: str, *, asks: bool
) -> None:
    assert names_sub_plan(text) is asks


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ((), date(2017, 12, 27)),
        ((date(2017, 12, 24), date(2017, 12, 22)), date(2017, 12, 22)),
        ((date(2017, 12, 20),), date(2017, 12, 20)),
        ((date(2017, 12, 19),), date(2017, 12, 27)),
    ],
)
def test_given_the_days_that_a_plan_sets_when_sub_plans_fall_due_then_it_is_the_first_that_has_not_passed(
    asked: tuple[date, ...], due: date
) -> None:
    assert plan_due_on(asked=asked, issued_on=date(2017, 12, 20), starts_on=date(2017, 12, 18)) == due
