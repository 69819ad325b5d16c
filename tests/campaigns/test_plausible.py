"""Days that cannot be meant are refused, unlikely ones asked about again; a plan that is read is told of."""

from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.campaigns import jobs, services
from bihuan.campaigns.models import Campaign, Problem
from bihuan.campaigns.rules.plausible import far_due, impossible, unlikely
from bihuan.campaigns.rules.registers import NewDecision
from bihuan.campaigns.rules.suggesting import suggest
from bihuan.kernel.errors import Refusal
from bihuan.trail import services as trail
from bihuan.trail.models import Notice
from tests.campaigns.stage import SHORT, CampaignStage

START, END = date(2018, 2, 1), date(2018, 3, 31)


@pytest.mark.parametrize(
    ("start", "end", "issued", "code"),
    [
        (date(1, 1, 1), END, None, "odd_year"),
        (START, date(9999, 12, 31), None, "odd_year"),
        (START, END, date(1918, 1, 30), "odd_year"),
        (END, START, None, "days_reversed"),
        (START, END, date(2019, 1, 31), "issued_after"),
        (START, END, date(2018, 1, 31), None),
        (START, None, None, None),
        (None, None, None, None),
    ],
)
def test_given_days_when_they_cannot_be_meant_then_they_are_refused(
    start: date | None, end: date | None, issued: date | None, code: str | None
) -> None:
    found = impossible(starts_on=start, ends_on=end, issued_on=issued)

    assert (found[0] if found else None) == code


@pytest.mark.parametrize(
    ("start", "end", "issued", "code"),
    [
        (date(2024, 1, 1), date(2026, 12, 31), date(2024, 2, 1), None),
        (START, date(2028, 3, 31), None, "long_campaign"),
        (START, END, date(2016, 1, 31), "far_issue"),
        (START, END, date(2018, 1, 31), None),
    ],
)
def test_given_days_when_they_are_unlikely_then_they_are_doubted(
    start: date, end: date, issued: date | None, code: str | None
) -> None:
    found = unlikely(starts_on=start, ends_on=end, issued_on=issued)

    assert (found[0] if found else None) == code


@pytest.mark.parametrize(
    ("due", "is_far"), [(END, False), (END + timedelta(days=366), False), (date(2030, 2, 20), True)]
)
def test_given_a_deadline_when_it_lies_years_beyond_the_campaign_then_it_is_doubted(
    due: date,
    is_far: bool,  # noqa: FBT001 -- a table
) -> None:
    assert bool(far_due(due, starts_on=START, ends_on=END)) is is_far


def _mend(stage: CampaignStage, row: Campaign, **more: Any) -> None:
    services.mend_facts(campaign_id=row.pk, seen_version=row.version, actor=stage.by(), now=stage.now, **more)
    row.refresh_from_db()


def test_given_a_campaign_of_ten_years_when_mended_then_it_is_asked_and_taken_when_sure(stage: CampaignStage) -> None:
    row = stage.read_text()
    long = {"ends_on": date(2027, 12, 31)}

    with pytest.raises(Refusal, match="有 10 年，请核对"):
        _mend(stage, row, facts=long)
    with pytest.raises(Refusal, match="请核对年份"):
        _mend(stage, row, facts={"ends_on": date(9999, 12, 31)}, is_sure=True)
    row.refresh_from_db()
    assert row.ends_on == date(2018, 1, 31)

    _mend(stage, row, facts=long, is_sure=True)

    assert row.ends_on == date(2027, 12, 31)


def test_given_a_clause_due_in_2030_when_mended_then_it_is_asked_and_taken_when_sure(stage: CampaignStage) -> None:
    row = stage.read_text()
    clause = stage.clause(row, "警示教育")
    said: dict[str, Any] = {
        "campaign_id": row.pk,
        "seen_version": row.version,
        "clause_id": clause.pk,
        "facts": {"due_on": date(2030, 2, 20)},
        "actor": stage.by(),
        "now": stage.now,
    }

    with pytest.raises(Refusal, match="晚一年以上"):
        services.mend_clause(**said)
    services.mend_clause(**said, is_sure=True)

    clause.refresh_from_db()
    assert clause.due_on == date(2030, 2, 20)


def test_given_a_problem_or_a_decision_due_in_2030_when_registered_then_it_is_asked_and_taken_when_sure(
    stage: CampaignStage,
) -> None:
    row = stage.issued()
    part = stage.part(row, "东村").pk
    today = stage.now.date()
    problem: dict[str, Any] = {
        "campaign_id": row.pk,
        "on": today,
        "facts": {"problem": "液氨储罐超期", "raised_by": "镇长"},
        "owner": part,
        "due_on": date(2030, 2, 20),
        "actor": stage.by(),
        "now": stage.now,
    }

    with pytest.raises(Refusal, match="晚一年以上"):
        services.register_problem(**problem)
    with pytest.raises(Refusal, match="晚一年以上"):
        _meeting(stage, row, NewDecision("查漏电", part, date(2030, 2, 20)))
    assert not Problem.objects.exists()

    services.register_problem(**problem, is_sure=True)
    _meeting(stage, row, NewDecision("查漏电", part, date(2030, 2, 20), is_sure=True))
    assert Problem.objects.get().due_on == date(2030, 2, 20)


def _meeting(stage: CampaignStage, row: Campaign, decision: NewDecision) -> None:
    services.register_meeting(
        campaign_id=row.pk,
        on=stage.now.date(),
        facts={"title": "调度会", "host": "镇长"},
        chair="other",
        decisions=[decision],
        actor=stage.by(),
        now=stage.now,
    )


def test_given_a_plan_when_the_worker_has_read_it_then_who_uploaded_it_is_told_and_led_to_it(
    stage: CampaignStage,
) -> None:
    campaign_id = services.start_from_text(text=SHORT, actor=stage.by(), now=stage.now)
    row = Campaign.objects.get(pk=campaign_id)

    with trail.clock_of_jobs(lambda: stage.now):
        jobs.understand.func(str(row.job_id), str(campaign_id))

    told = Notice.objects.get()
    assert told.user_id == stage.town.users["office"]
    assert told.say == "方案“关于开展冬季安全检查的通知”读好了，拆出要求 5 条，等您核对"
    assert (told.url_name, list(told.url_args)) == ("campaigns:show", [str(campaign_id)])


def test_given_an_opening_or_an_office_of_the_group_when_suggested_then_it_calls_for_no_figure_of_theirs() -> None:
    opening = suggest("为切实做好春节前后安全生产工作，")
    office = suggest("领导小组办公室设在镇安监办。")

    assert "festival.quiet_days" not in {one.key for one in opening}
    assert "group.posts" not in {one.key for one in office}
    assert "festival.quiet_days" in {one.key for one in suggest("保证人民群众过一个欢乐、祥和、平安的春节。")}
    assert "group.posts" in {one.key for one in suggest("成立专项行动领导小组。")}
