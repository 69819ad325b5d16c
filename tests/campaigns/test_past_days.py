"""An order whose day had passed before it was told: it is due when its units are told, and the first day is kept."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, ClauseMove, Task
from bihuan.campaigns.rules.issuing import day_at_issue, moved_words
from bihuan.campaigns.rules.standing import Standing
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import Event
from tests.campaigns.stage import EVERYBODY, CampaignStage

LATE = """关于开展冬季自查的通知
各村：
检查自2017年12月20日起至2018年1月31日止。
一、工作任务
（一）各村于12月24日前报工作方案。
（二）各村要在12月25日前完成企业排查，建立隐患清单。
（三）各村要在1月20日前完成整改。
示范镇人民政府
2017年12月20日
"""
ISSUED = date(2017, 12, 28)
PLANS_DUE = date(2018, 1, 4)


def _issued(stage: CampaignStage, past_to: date | None = None) -> Campaign:
    row = stage.accepted(stage.read_text(LATE))
    stage.now += timedelta(days=8)  # 28 December
    services.issue_campaign(
        campaign_id=row.pk,
        seen_version=row.version,
        units=[stage.town.units[one].id for one in EVERYBODY],
        past_to=past_to,
        actor=stage.by("chief"),
        now=stage.now,
    )
    row.refresh_from_db()
    return row


def _stand(stage: CampaignStage, row: Campaign, on: date) -> dict[str, Standing]:
    view = queries.plan_of(stage.by(), row.pk, on=on, today=max(on, ISSUED), section=queries.WHOLE)
    return {one.text[:7]: one.standing for one in view.clauses}


def test_given_sub_plans_asked_for_a_day_that_passed_when_issued_then_the_order_is_due_when_the_units_are_told(
    stage: CampaignStage,
) -> None:
    row = _issued(stage)

    clause = stage.clause(row, "报工作方案")
    assert {one.plan_due_on for one in row.units.all()} == {PLANS_DUE}
    assert (clause.due_on, clause.first_due_on) == (PLANS_DUE, date(2017, 12, 24))
    moves = ClauseMove.objects.filter(clause__campaign=row).values_list("clause_id", "from_on", "to_on", "at")
    assert list(moves) == [(clause.pk, date(2017, 12, 24), PLANS_DUE, row.issued_at)]
    event = Event.objects.get(subject_id=row.pk, kind="campaign.issued")
    assert event.after["moved"] == [[clause.label, "2017-12-24", "2018-01-04"]]
    stand = [_stand(stage, row, on)["各村于12月2"] for on in (ISSUED, PLANS_DUE, PLANS_DUE + timedelta(days=1))]
    assert stand == [Standing.UNDER_WAY, Standing.DUE_TODAY, Standing.BEHIND]
    page = stage.town.client("office").get(reverse("campaigns:show", args=(row.pk,)), {"section": "all"})
    assert "原定2017年12月24日，下发时这一天已过，改为2018年1月4日" in page.content.decode()


@pytest.mark.parametrize(
    ("past_to", "due_on", "first", "stands"),
    [
        (None, date(2017, 12, 25), None, Standing.BEHIND),
        (date(2018, 1, 10), date(2018, 1, 10), date(2017, 12, 25), Standing.UNDER_WAY),
    ],
)
def test_given_another_order_that_is_late_when_issued_then_who_signs_says_by_when_and_its_tasks_have_that_day(
    stage: CampaignStage, past_to: date | None, due_on: date, first: date | None, stands: Standing
) -> None:
    row = _issued(stage, past_to)

    clause = stage.clause(row, "建立隐患清单")
    assert (clause.due_on, clause.first_due_on) == (due_on, first)
    days = Task.objects.filter(clause=clause).values_list("due_on", "first_due_on")
    assert list(days) == [(due_on, due_on)] * 2  # what the two villages are told is what they owe
    assert _stand(stage, row, ISSUED)["各村要在12月"] is stands
    ahead = stage.clause(row, "完成整改")
    assert (ahead.due_on, ahead.first_due_on) == (date(2018, 1, 20), None)


def test_given_an_order_that_moved_at_issue_when_the_campaign_is_extended_then_past_days_keep_the_moved_day(
    stage: CampaignStage,
) -> None:
    row = _issued(stage, date(2018, 1, 31))  # the last day, with which it moves on
    stage.now += timedelta(days=5)
    services.extend_campaign(
        campaign_id=row.pk,
        seen_version=row.version,
        ends_on=date(2018, 3, 31),
        doc_number="示安委〔2018〕1号",
        reason="工作需要",
        actor=stage.by("chief"),
        now=stage.now,
    )

    clause = stage.clause(row, "建立隐患清单")
    assert (clause.due_on, clause.first_due_on) == (date(2018, 3, 31), date(2017, 12, 25))
    for on in (date(2017, 12, 21), ISSUED):
        view = queries.plan_of(stage.by(), row.pk, on=on, today=date(2018, 1, 2), section=queries.WHOLE)
        line = next(one for one in view.clauses if one.id == clause.pk)
        assert (line.due_on, line.first_due_on) == (date(2018, 1, 31), date(2017, 12, 25))


@pytest.mark.parametrize("day", [date(2017, 12, 27), date(2018, 2, 1)])
def test_given_a_day_outside_what_is_left_when_chosen_then_it_is_refused_and_nothing_is_written(
    stage: CampaignStage, day: date
) -> None:
    with pytest.raises(Refusal, match="要在下发这天（2017-12-28）到专项行动结束（2018-01-31）之间"):
        _issued(stage, day)

    assert (ClauseMove.objects.count(), Task.objects.count()) == (0, 0)


def test_given_a_day_that_has_not_passed_when_issued_then_it_stands_whatever_was_chosen() -> None:
    today, chosen = date(2018, 1, 2), date(2018, 1, 9)

    moved = [
        day_at_issue(on, plan_days=(), chosen_on=chosen, issued_on=today)
        for on in (None, today, today - timedelta(days=1))
    ]

    assert moved == [None, None, chosen]


def test_given_a_deadline_that_moved_when_told_then_the_cause_is_the_issue_or_the_extension() -> None:
    issued = date(2018, 1, 2)

    assert moved_words(None, date(2018, 1, 5), issued) == ""
    assert moved_words(date(2017, 12, 25), date(2018, 1, 9), issued) == (
        "原定2017年12月25日，下发时这一天已过，改为2018年1月9日"
    )
    assert (
        moved_words(date(2018, 1, 31), date(2018, 3, 31), issued) == "原定2018年1月31日，随专项行动延期到2018年3月31日"
    )
