"""What can be begun: only what is owed; special returns are asked for by the office, which sets their days and hour."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bihuan.campaigns.models import Campaign, Return, ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.returns.due import fell_due
from bihuan.campaigns.services import returns as services
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import SHANGHAI, end_of
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as stats
from bihuan.trail.models import Event, Notice
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted
from tests.campaigns.stage import SHORT, CampaignStage

pytestmark = pytest.mark.django_db
HOUR = datetime(2018, 1, 15, 18, tzinfo=SHANGHAI)
DAYS = (date(2018, 1, 12), date(2018, 1, 15))


def ask(stage: ReturnStage, form: ReturnForm, *units: str, who: str = "office", **more: Any) -> list[Return]:
    """Ask units for a special return."""
    days: dict[str, Any] = {"since": DAYS[0], "until": DAYS[1], "due_at": HOUR} | more
    ids = services.ask_special(
        form_id=form.pk,
        unit_ids=[stage.unit(one) for one in units],
        actor=stage.loop.by(who),
        now=stage.loop.at,
        **days,
    )
    return [Return.objects.get(pk=one) for one in ids]


def refused(stage: ReturnStage, form: ReturnForm, since: date, until: date, say: str, unit: str = "东村") -> None:
    """Beginning this is refused in these words."""
    with pytest.raises(Refusal, match=say):
        stage.begin(form, since, until, unit=unit, who="office")


def test_given_periods_that_are_not_owed_when_begun_then_each_is_refused_and_nothing_is_written(
    stage: ReturnStage,
) -> None:
    form = adopted(stage, "东村", "西村")  # in use from 15 January
    stage.on(FRIDAY)
    events = Event.objects.count()

    refused(stage, form, date(2017, 12, 29), date(2018, 1, 4), "不用报这一期")  # due before it was in use
    refused(stage, form, FRIDAY, date(2018, 1, 25), "还没有到")  # the one after the next
    refused(stage, form, date(2019, 2, 8), date(2019, 2, 14), "还没有到")
    refused(stage, form, date(2018, 1, 11), date(2018, 1, 17), "没有这一期")
    refused(stage, form, *FIRST, "不由您的单位填报", unit="经发办")

    assert (Return.objects.count(), Event.objects.count()) == (0, events)
    assert stage.begin(form, *FIRST, unit="东村", who="village_east").due_at.astimezone(SHANGHAI).day == FRIDAY.day


def test_given_a_unit_that_ceased_to_owe_when_it_begins_then_only_what_fell_due_before_is_taken(
    stage: ReturnStage,
) -> None:
    form = adopted(stage, "东村", "西村")
    stage.on(date(2018, 1, 22))
    office = stage.loop.by("office")
    services.name_owers(
        form_id=form.pk,
        seen_version=form.version,
        unit_ids=[stage.unit("西村")],
        actor=office,
        now=stage.loop.at,
    )
    stage.on(date(2018, 1, 26))

    refused(stage, form, FRIDAY, date(2018, 1, 25), "不用报这一期")
    assert stage.begin(form, *FIRST, unit="东村").until == FIRST[1]  # fell due while it was owed
    form.refresh_from_db()
    services.name_owers(
        form_id=form.pk,
        seen_version=form.version,
        unit_ids=[stage.unit("东村")],
        actor=office,
        now=stage.loop.at,
    )
    assert stage.begin(form, FRIDAY, date(2018, 1, 25), unit="东村").pk  # owes it again from this day on
    assert {line.period.until for line in queries.owed_for(stage.loop.by("village_east"), now=stage.loop.at)} >= {
        FIRST[1]
    }


def test_given_a_retired_form_when_begun_then_only_what_fell_due_before_is_taken(stage: ReturnStage) -> None:
    form = adopted(stage, "东村")
    stage.on(date(2018, 1, 22))
    services.retire_form(
        form_id=form.pk, seen_version=form.version, reason="换新表", actor=stage.loop.by("office"), now=stage.loop.at
    )
    stage.on(date(2018, 1, 26))

    refused(stage, form, FRIDAY, date(2018, 1, 25), "不用报这一期")

    assert stage.begin(form, *FIRST, unit="东村", who="village_east").until == FIRST[1]


def test_given_a_return_begun_and_then_owed_no_more_when_listed_then_it_is_neither_late_nor_to_do(
    stage: ReturnStage,
) -> None:
    form = adopted(stage, "东村")
    stage.on(date(2018, 1, 18))
    row = stage.begin(form, *FIRST, unit="东村", who="village_east")
    services.retire_form(
        form_id=form.pk, seen_version=form.version, reason="换新表", actor=stage.loop.by("office"), now=stage.loop.at
    )
    stage.on(date(2018, 1, 26))
    east = stage.loop.by("village_east")

    assert row.state == "filling"
    assert {line.period.until for line in queries.owed_for(east, now=stage.loop.at)} == set()
    assert queries.waiting_for(east, now=stage.loop.at).by_what == {}


def test_given_a_special_return_when_asked_for_then_each_unit_has_it_with_the_days_and_the_hour_and_is_told(
    stage: ReturnStage,
) -> None:
    form = stage.use(stage.upload("villages.xlsx", rhythm="special"), "镇", "东村", "西村")

    east, west = ask(stage, form, "东村", "西村")
    again = ask(stage, form, "西村", "东村")

    assert [(one.since, one.until, one.due_at, one.state) for one in (east, west)] == [(*DAYS, HOUR, "filling")] * 2
    assert {one.pk for one in again} == {east.pk, west.pk}
    assert Return.objects.count() == 2
    told = Event.objects.filter(kind="return.asked").order_by("seq")
    assert [(one.subject_id, one.acting_for) for one in told] == [(east.pk, ""), (west.pk, "")]
    assert "请于 1月15日 18:00 前报送" in told[0].say
    assert {str(one.subject_id) for one in Notice.objects.filter(kind="return")} == {str(east.pk), str(west.pk)}
    todo = queries.waiting_for(stage.loop.by("village_east"), now=stage.loop.at)
    assert [(one.what, one.due_at) for one in todo.rows] == [("returns.to_fill", HOUR)]
    asked = Question(stage.loop.town.town.path, date(2018, 1, 1), date(2018, 1, 31))
    due = stats.answers(PLATFORM, ["campaigns.returns_due"], asked)["campaigns.returns_due"]
    assert due is not None
    assert due.amount == 2


@pytest.mark.parametrize("who", ["village_east", "chair", "leader", "industry"])
def test_given_anybody_but_the_office_when_a_special_return_is_begun_then_it_is_refused(
    who: str, stage: ReturnStage
) -> None:
    form = stage.use(stage.upload("villages.xlsx", rhythm="special"), "东村")

    with pytest.raises(Refusal):
        ask(stage, form, "东村", who=who)
    with pytest.raises((NotAllowed, NotFound)):
        stage.begin(form, *DAYS, unit="东村", who=who)
    with pytest.raises(NotAllowed, match="由镇安监办请报"):
        stage.begin(form, *DAYS, unit="东村", who="office")

    assert list(Return.objects.all()) == []


@pytest.mark.parametrize(
    ("more", "say"),
    [
        ({"due_at": None}, "起止日期和报送时限"),
        ({"since": date(2018, 1, 16)}, "起止日期和报送时限"),
        ({"due_at": datetime(2018, 1, 9, 18, tzinfo=SHANGHAI)}, "已经过了"),
        ({"until": date(2018, 1, 25), "due_at": HOUR}, "不能早于这一期的最后一天"),
    ],
)
def test_given_a_special_return_asked_for_wrongly_when_kept_then_the_sentence_says_what_is_wrong(
    more: dict[str, Any], say: str, stage: ReturnStage
) -> None:
    form = stage.use(stage.upload("villages.xlsx", rhythm="special"), "东村")

    with pytest.raises(Refusal, match=say):
        ask(stage, form, "东村", **more)
    with pytest.raises(Refusal, match="哪些单位"):
        ask(stage, form, "东村", "西村")  # which does not owe this form
    with pytest.raises(Refusal, match="在用的快报"):
        ask(stage, adopted(stage, "东村"), "东村")

    assert list(Return.objects.all()) == []


def test_given_a_special_return_asked_for_when_another_hour_is_given_then_it_is_not_moved(stage: ReturnStage) -> None:
    form = stage.use(stage.upload("villages.xlsx", rhythm="special"), "东村")
    [row] = ask(stage, form, "东村")

    with pytest.raises(Refusal, match="已经请报过了，时限是 1月15日 18:00"):
        ask(stage, form, "东村", due_at=HOUR + timedelta(days=9))

    row.refresh_from_db()
    assert row.due_at == HOUR


def test_given_a_period_that_is_not_over_when_sent_then_it_waits_for_its_last_midnight(stage: ReturnStage) -> None:
    form = adopted(stage, "东村")
    stage.on(FIRST[1], 23)
    row = stage.type_the_rest(stage.begin(form, *FIRST, unit="东村", who="village_east"), "village_east")

    with pytest.raises(Refusal, match="1月18日 24:00 才满"):
        stage.do("send_return", row, "village_east")
    stage.loop.at = end_of(FIRST[1])

    assert stage.do("send_return", row, "village_east").state == "submitted"


def test_given_a_campaign_that_is_closed_when_weeks_pass_then_its_forms_are_owed_no_more(stage: ReturnStage) -> None:
    run = CampaignStage(stage.loop.town)
    campaign = run.issued(run.read_text(SHORT))
    office = stage.loop.by("office")
    form_id = services.adopt_form(code="F1", campaign_id=campaign.pk, actor=office, now=stage.loop.at)
    form = stage.use(ReturnForm.objects.get(pk=form_id), "东村")
    town = stage.loop.town.town.path
    stage.on(date(2018, 2, 10))
    running = fell_due(Question(town, date(2018, 1, 1), date(2018, 2, 9)))

    Campaign.objects.filter(pk=campaign.pk).update(closed_at=end_of(date(2018, 1, 25)))

    closed = fell_due(Question(town, date(2018, 1, 1), date(2018, 2, 9)))
    assert [one.due_at.day for one in running] == [19, 26, 2, 9]
    assert [one.due_at.day for one in closed] == [19, 26]  # closed on the 26th
    assert {line.period.due_at.day for line in queries.owed_for(office, now=stage.loop.at)} == {19, 26}
    refused(stage, form, date(2018, 2, 2), date(2018, 2, 8), "不用报这一期")
