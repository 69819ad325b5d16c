"""A weekly report that a plan asks for becomes a return by one press, and both are one obligation."""

from datetime import date, datetime, timedelta

import pytest

from bihuan.campaigns import queries as campaigns
from bihuan.campaigns.models import Campaign, Return, ReturnForm, Task
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.reported import duties_of
from bihuan.campaigns.rules.returns.deadlines import deadline_read
from bihuan.campaigns.rules.returns.of_duty import can_be_return, due_of
from bihuan.campaigns.rules.returns.rhythm import Deadline, Rhythm
from bihuan.campaigns.services import returns as services
from bihuan.campaigns.services.duties import open_duties
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from tests.campaigns.stage import CampaignStage, make_campaign_stage
from tests.campaigns.test_duties import PLAN

pytestmark = pytest.mark.django_db
FRIDAY = date(2017, 12, 22)
TODAY = date(2017, 12, 20)
VILLAGES = ("东村", "西村")


@pytest.fixture
def stage(db: None) -> CampaignStage:
    return make_campaign_stage()


@pytest.mark.parametrize(
    ("when", "due", "rhythm", "deadline"),
    [
        ("每周五12时前", "每周五12时", Rhythm.WEEKLY, {"weekday": 4}),
        ("每周四下午5点前", "每周四下午5点", Rhythm.WEEKLY, {"weekday": 3}),
        ("每旬末", "每旬", Rhythm.TEN_DAYS, {"days": (10, 20, 31)}),
        ("每半月", "每半月", Rhythm.TEN_DAYS, {"days": (15, 31)}),
        ("每月25日前", "每月25日", Rhythm.MONTHLY, {"days": (25,)}),
        ("每月底前", "每月月底", Rhythm.MONTHLY, {"days": (31,)}),
        ("每季度末25日前", "每季度末月25日", Rhythm.QUARTERLY, {"days": (25,), "month": 3}),
        ("每季度首月5日前", "每季度首月5日", Rhythm.QUARTERLY, {"days": (5,), "month": 1, "whole": True}),
        ("每日17时前", "每天17时", Rhythm.DAILY, {}),
    ],
)
def test_given_a_duty_when_it_is_to_be_a_return_then_its_deadline_is_written_so_that_it_is_read_again(
    when: str, due: str, rhythm: Rhythm, deadline: dict[str, object]
) -> None:
    [duty] = duties_of([{"what": "情况", "to": "镇安委办", "when": when}], issued_on=TODAY)
    assert can_be_return(duty)

    said = due_of(duty)

    read = deadline_read(said, today=TODAY)
    assert read is not None, said
    assert read.rhythm is rhythm
    assert {name: getattr(read.deadline, name) for name in deadline} == deadline
    if when == "每周五12时前":
        assert read.deadline == Deadline(weekday=4, at=datetime(2018, 1, 1, 12).time())  # noqa: DTZ001 -- an hour
    if due != "每半月":
        assert said == due


def test_given_a_duty_to_report_the_day_itself_when_it_is_to_be_a_return_then_its_words_say_so() -> None:
    [duty] = duties_of([{"what": "当日火情", "to": "镇安委办", "when": "每日17时前"}], issued_on=TODAY)

    read = deadline_read(due_of(duty), today=TODAY)

    assert due_of(duty) == "每天17时报当天的"
    assert read is not None
    assert read.deadline.whole


def started(stage: CampaignStage) -> tuple[Campaign, ReturnForm]:
    row = stage.issued(stage.read_text(PLAN))
    offer = queries.duty_offer(stage.by(), row.pk, 0)
    form_id = services.start_duty_form(
        campaign_id=row.pk,
        duty_no=0,
        title=offer.title,
        due=offer.due,
        to_whom=offer.to_whom,
        unit_ids=sorted(offer.owing),
        actor=stage.by(),
        now=stage.now,
    )
    return row, ReturnForm.objects.get(pk=form_id)


def test_given_a_weekly_report_when_its_return_is_offered_then_all_is_filled_in_from_the_plan(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))

    offer = queries.duty_offer(stage.by(), row.pk, 0)

    assert (offer.title, offer.due, offer.to_whom) == ("排查进展情况", "每周五", "镇安监办")
    assert offer.owing == {stage.town.units[name].id for name in VILLAGES}
    assert "每周五前将排查进展情况报镇安监办" in offer.sentence
    with pytest.raises(NotAllowed):
        queries.duty_offer(stage.by("village_east"), row.pk, 0)
    for nobody in (-1, 9):
        with pytest.raises(NotFound):
            queries.duty_offer(stage.by(), row.pk, nobody)


def test_given_the_return_of_a_weekly_report_when_started_then_a_village_has_one_to_do_and_not_two(
    stage: CampaignStage,
) -> None:
    row, form = started(stage)
    east = stage.by("village_east")

    assert (form.campaign_id, form.rhythm, form.duty_no, form.title) == (row.pk, "weekly", 0, "排查进展情况")
    weekly = Task.objects.filter(campaign=row, title__contains="排查进展情况")
    assert weekly.count() == 2
    assert set(weekly.values_list("form", flat=True)) == {form.pk}
    tasks = campaigns.waiting_for(east, now=stage.now).rows
    assert [one for one in tasks if "排查进展情况" in one.title] == []
    [owed] = [one for one in queries.owed_for(east, now=stage.now) if one.title == "排查进展情况"]
    assert owed.period.due_at.date() in {FRIDAY, FRIDAY + timedelta(days=1)}
    with pytest.raises(Refusal, match="已经设成报表"):
        services.start_duty_form(
            campaign_id=row.pk, duty_no=0, title="又一张", due="每周五", unit_ids=[], actor=stage.by(), now=stage.now
        )


def test_given_the_return_of_a_weekly_report_when_first_sent_then_the_task_of_that_week_is_done(
    stage: CampaignStage,
) -> None:
    row, form = started(stage)
    east = stage.town.units["东村"].id
    stage.now = datetime(2017, 12, 22, 9, tzinfo=SHANGHAI)
    who = stage.by("village_east")
    made = services.begin_return(
        form_id=form.pk, unit_id=east, since=date(2017, 12, 15), until=date(2017, 12, 21), actor=who, now=stage.now
    )
    back = Return.objects.get(pk=made)
    view = queries.return_for(who, made, today=FRIDAY)
    services.type_cells(
        return_id=made,
        seen_version=back.version,
        cells={slot.address: "0" for slot in view.still_open},
        reason="没有发生",
        actor=who,
        now=stage.now,
    )
    services.send_return(return_id=made, seen_version=back.version + 1, remark="属实", actor=who, now=stage.now)

    tasks = Task.objects.filter(campaign=row, title__contains="排查进展情况", unit__unit_id=east).order_by("due_on")
    assert [one.state for one in tasks] == ["done"]
    assert "已报送“排查进展情况”" in tasks[0].note
    assert tasks[0].done_at == stage.now
    others = Task.objects.filter(campaign=row, title__contains="排查进展情况").exclude(unit__unit_id=east)
    assert not others.filter(state="done").exists()
    stage.now = datetime(2017, 12, 23, 6, tzinfo=SHANGHAI)
    open_duties(now=stage.now)
    assert [(one.state == "done", one.form_id) for one in tasks.all()] == [(True, form.pk), (False, form.pk)]


def test_given_the_return_of_a_weekly_report_when_it_is_retired_then_the_tasks_wait_again(stage: CampaignStage) -> None:
    row, form = started(stage)

    services.retire_form(form_id=form.pk, seen_version=form.version, reason="改回任务", actor=stage.by(), now=stage.now)

    assert not Task.objects.filter(campaign=row).exclude(form=None).exists()
    assert not row.regular_duties.exclude(form=None).exists()
    rows = campaigns.waiting_for(stage.by("village_east"), now=stage.now).rows
    assert [one.due_on for one in rows if "排查进展情况" in one.title] == [FRIDAY]
