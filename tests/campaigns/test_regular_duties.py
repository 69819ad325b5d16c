"""A regular duty has the tasks of a period when it begins, none twice, to the end that the campaign has."""

import itertools
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, RegularDuty, Task, TaskMove
from bihuan.campaigns.rules.lines import ClauseLine
from bihuan.campaigns.rules.reported import REGULAR, Duty, Often, begun, due_days, turns_of
from bihuan.campaigns.rules.standing import Standing
from bihuan.config.schedule import SCHEDULE
from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail.models import Event
from tests.campaigns.stage import CampaignStage
from tests.campaigns.test_archiving import opened
from tests.campaigns.test_issuing import done, receive

END, NEW = date(2018, 1, 31), date(2018, 3, 2)
PLAN = """关于开展冬季安全检查的通知
各村、各有关部门：
检查自2017年12月20日起至2018年1月31日止。
一、报送要求
（一）各村每周五前将排查进展情况报镇安监办。
（二）各村要在12月31日前完成企业排查，建立隐患清单。
示范镇人民政府
2017年12月20日
"""
DUTIES = st.builds(
    lambda often, day, month_day: Duty(
        "情况",
        "镇安监办",
        "",
        often,
        days=(day,) if often is Often.WEEKLY else (month_day,) if often is Often.MONTHLY else (),
        due_on=date(2018, 2, 1) if often is Often.YEARLY else None,
    ),
    st.sampled_from(sorted(REGULAR)),
    st.integers(1, 7),
    st.integers(0, 31),
)
DAYS = st.dates(date(2017, 1, 1), date(2019, 12, 31))


@given(DUTIES, DAYS, st.integers(0, 500), st.lists(st.integers(0, 520), max_size=12))
def test_given_any_duty_when_the_job_runs_on_any_days_then_each_period_is_begun_once_and_none_before_its_time(
    duty: Duty, first: date, days: int, runs: list[int]
) -> None:
    last = first + timedelta(days=days)
    turns = turns_of(duty, first=first, last=last)
    made: list[date] = []

    for run in sorted([0, *runs]):
        on = first + timedelta(days=run)
        new = [one for one in begun(turns, on=on) if not made or one.due_on > made[-1]]
        assert all(one.opens_on <= on or one is turns[0] for one in new)
        made += [one.due_on for one in new]
        assert all(on >= one.due_on or one.due_on in made for one in turns if one.opens_on <= on)

    assert [one.due_on for one in turns] == due_days(duty, first=first, last=last)
    assert made == [one.due_on for one in turns][: len(made)]
    assert all(one.opens_on == before.due_on + timedelta(days=1) for before, one in itertools.pairwise(turns))


def _weekly(row: Campaign) -> list[tuple[str, date, date]]:
    rows = Task.objects.filter(campaign=row, duty__isnull=False).select_related("unit")
    return sorted((one.unit.name, one.first_due_on, one.due_on) for one in rows)


def _on(stage: CampaignStage, day: date) -> None:
    stage.now = datetime.combine(day, time(0, 5), tzinfo=SHANGHAI)
    services.open_duties(now=stage.now)


def _fridays(first: date, last: date) -> list[date]:
    return [first + timedelta(days=7 * number) for number in range((last - first).days // 7 + 1)]


def _both(days: list[date]) -> list[tuple[str, date, date]]:
    return sorted((unit, on, on) for unit in ("东村", "西村") for on in days)


def test_given_a_weekly_duty_when_issued_then_only_the_first_period_has_tasks_and_the_job_writes_the_next_ones(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))
    assert _weekly(row) == _both([date(2017, 12, 22)])

    _on(stage, date(2017, 12, 22))
    assert _weekly(row) == _both([date(2017, 12, 22)])  # the period ends today; the next begins tomorrow
    _on(stage, date(2017, 12, 23))
    _on(stage, date(2017, 12, 23))
    assert _weekly(row) == _both([date(2017, 12, 22), date(2017, 12, 29)])
    _on(stage, date(2018, 2, 20))  # the job stood still for weeks, and the end has passed

    assert _weekly(row) == _both(_fridays(date(2017, 12, 22), END))
    events = Event.objects.filter(kind="campaign.duties_opened").order_by("seq")
    assert [one.after["tasks"] for one in events] == [2, 8]
    assert ("campaigns.open_duties", "bihuan.campaigns.jobs.open_duties") in {one[:2] for one in SCHEDULE}


def test_given_a_closed_campaign_when_the_job_runs_then_nothing_is_begun_in_it(stage: CampaignStage) -> None:
    row = stage.issued(stage.read_text(PLAN))
    receive(stage, row, "东村", "village_east")
    row.refresh_from_db()
    said = {"summary": "查完", "actor": stage.by("chief"), "now": stage.now}
    services.close_campaign(campaign_id=row.pk, seen_version=row.version, **said)

    _on(stage, date(2018, 1, 10))

    assert _weekly(row) == _both([date(2017, 12, 22)])


def test_given_a_regular_duty_when_the_campaign_is_archived_then_the_package_says_up_to_when_it_had_tasks(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))
    receive(stage, row, "东村", "village_east")
    _on(stage, date(2018, 1, 10))
    row.refresh_from_db()
    said = {"actor": stage.by("chief"), "now": stage.now}
    services.close_campaign(campaign_id=row.pk, seen_version=row.version, summary="查完", **said)
    row.refresh_from_db()
    services.archive_campaign(campaign_id=row.pk, seen_version=row.version, **said)

    (line,) = opened(stage, row).table("regular_duties.csv")

    assert (line["报什么"], line["多久一次"], line["责任单位"]) == ("排查进展情况", "每周五前", "东村、西村")
    assert (line["从哪天起"], line["任务到哪天"]) == ("2017-12-20", "2018-01-12")


def _extend(stage: CampaignStage, row: Campaign, ends_on: date) -> None:
    row.refresh_from_db()
    services.extend_campaign(
        campaign_id=row.pk,
        seen_version=row.version,
        ends_on=ends_on,
        doc_number="示安委〔2018〕3号",
        reason="上级统一延期",
        actor=stage.by("chief"),
        now=stage.now,
    )


def test_given_an_extension_when_the_weeks_go_on_then_the_duty_goes_on_to_the_new_end_and_no_period_moves(
    stage: CampaignStage,
) -> None:
    row = stage.issued(
        stage.read_text(PLAN.replace("每周五前", "每周三前"))
    )  # the last period falls due on the last day
    _on(stage, date(2018, 1, 30))
    told = queries.moving_with_end(stage.by(), row.pk)[0]
    _extend(stage, row, NEW)

    assert (told, TaskMove.objects.filter(task__campaign=row).count()) == (0, 0)
    _on(stage, date(2018, 3, 2))

    assert _weekly(row) == _both(_fridays(date(2017, 12, 20), NEW))


def test_given_an_end_that_was_written_wrongly_when_corrected_then_the_period_that_runs_is_cut_and_comes_back(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))
    _on(stage, date(2018, 1, 20))  # the period to the 26th runs
    _extend(stage, row, NEW)
    _on(stage, date(2018, 2, 24))

    def correct(ends_on: date) -> list[date]:
        row.refresh_from_db()
        services.correct_extension(
            campaign_id=row.pk,
            seen_version=row.version,
            ends_on=ends_on,
            doc_number="示安委〔2018〕3号",
            reason="日期写错",
            actor=stage.by("chief"),
            now=stage.now,
        )
        return sorted(one[2] for one in _weekly(row) if one[0] == "东村")

    assert correct(date(2018, 2, 28))[-1] == date(2018, 2, 28)
    assert correct(date(2018, 3, 20))[-1] == date(2018, 3, 2)
    _on(stage, date(2018, 3, 20))
    assert _weekly(row) == _both(_fridays(date(2017, 12, 22), date(2018, 3, 20)))


def test_given_all_that_has_begun_reported_when_more_is_to_come_then_the_clause_is_under_way_and_says_how_much(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))
    for unit, who in (("东村", "village_east"), ("西村", "village_west")):
        done(stage, row, Task.objects.get(duty__isnull=False, unit=stage.part(row, unit)), stage.by(who))

    first = _line(stage, row, date(2017, 12, 20))
    _on(stage, date(2018, 1, 27))
    missed, past = _line(stage, row, date(2018, 1, 27)), _line(stage, row, date(2017, 12, 20))

    assert (first.tasks.total, first.tasks.done, first.tasks.coming, first.standing) == (2, 2, 10, Standing.UNDER_WAY)
    assert (missed.tasks.total, missed.tasks.late, missed.tasks.coming, missed.standing) == (12, 10, 0, Standing.BEHIND)
    assert past.tasks == first.tasks  # as of that day, whenever it is asked


def _line(stage: CampaignStage, row: Campaign, on: date) -> ClauseLine:
    page = queries.plan_of(stage.by(), row.pk, on=on, today=stage.now.date(), section=queries.WHOLE)
    return next(one for one in page.clauses if "排查进展情况" in one.text)


def test_given_a_campaign_issued_when_all_periods_were_written_at_once_then_an_extension_goes_on_from_there(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))
    _on(stage, END)
    Task.objects.filter(campaign=row).update(duty=None)  # as it was kept before duties were rows
    RegularDuty.objects.all().delete()
    before = set(Task.objects.filter(campaign=row).values_list("pk", "due_on"))

    _extend(stage, row, NEW)
    _on(stage, NEW)

    assert _weekly(row) == _both(_fridays(date(2017, 12, 22), NEW))
    assert {one for one in before if one[1] != END} <= set(Task.objects.values_list("pk", "due_on"))


def test_given_regular_duties_when_a_unit_asks_then_it_is_told_of_its_own_with_the_periods_to_come(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))
    _on(stage, date(2017, 12, 23))

    told = {
        who: queries.regular_of(stage.by(who), row.pk, today=stage.now.date()) for who in ("office", "village_east")
    }

    assert [(one.units, one.periods, one.coming) for one in told["office"]] == [(["东村", "西村"], 6, 4)]
    assert [(one.units, one.opens_on) for one in told["village_east"]] == [(["东村"], date(2017, 12, 30))]
    assert queries.regular_of(stage.by("industry"), row.pk, today=stage.now.date()) == []


@pytest.mark.parametrize("with_tasks", [True, False])
def test_given_a_plan_issued_without_tasks_when_weeks_pass_then_no_duty_begins(
    stage: CampaignStage, *, with_tasks: bool
) -> None:
    row = stage.accepted(stage.read_text(PLAN))
    units = [stage.town.units[name].id for name in ("东村", "西村")]
    said = {"units": units, "with_tasks": with_tasks, "actor": stage.by("chief"), "now": stage.now}
    services.issue_campaign(campaign_id=row.pk, seen_version=row.version, **said)
    _on(stage, END)

    assert bool(_weekly(row)) is with_tasks
