"""An extension moves every date that hung on the old end, and a past day is told as it stood then (R9.14)."""

from datetime import date, datetime

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, ClauseMove, Task, TaskMove
from bihuan.campaigns.rules.lines import ClauseLine, PlanView
from bihuan.campaigns.rules.registers import RecordKind, StudyKind
from bihuan.trail.models import Event
from tests.campaigns.running import Running, at, day, issued
from tests.campaigns.stage import SHORT, CampaignStage

TEXT = SHORT.replace("要在12月31日前完成企业排查", "要在2018年1月31日前完成企业排查")
END, NEW, LAST = day(1, 31), day(3, 31), day(4, 30)


@pytest.fixture
def run(stage: CampaignStage) -> Running:
    """A campaign with an order for its last day."""
    made = issued(stage)
    row = stage.issued(stage.read_text(TEXT))
    return Running(stage, row, made.firms)


def page(run: Running, on: date, today: datetime) -> PlanView:
    return queries.plan_of(run.by("office", today), run.row.pk, on=on, today=today.date(), section=queries.WHOLE)


def order(run: Running, on: date, today: datetime) -> ClauseLine:
    return next(one for one in page(run, on, today).clauses if "企业排查" in one.text)


def test_given_an_order_for_the_last_day_when_extended_then_it_moves_with_its_first_deadline_kept_and_traced(
    run: Running,
) -> None:
    who = run.by("office", at(1, 20))
    assert queries.moving_with_end(who, run.row.pk) == (Task.objects.filter(campaign=run.row, due_on=END).count(), 1)

    run.extend(NEW, at(1, 20))

    clause, event = run.stage.clause(run.row, "企业排查"), Event.objects.get(kind="campaign.extended")
    assert (clause.due_on, clause.first_due_on) == (NEW, END)
    assert [(one.from_on, one.to_on, one.at) for one in ClauseMove.objects.all()] == [(END, NEW, at(1, 20))]
    assert event.after["clauses"] == [clause.label]
    assert event.after["tasks"] == TaskMove.objects.count() > 0
    assert "要求顺延 1 条" in event.say
    assert queries.moving_with_end(who, run.row.pk)[1] == 1


def test_given_two_extensions_when_a_day_is_asked_for_then_its_end_and_deadlines_are_those_of_that_day(
    run: Running,
) -> None:
    run.extend(NEW, at(1, 20))
    run.extend(LAST, at(3, 20))
    now = at(3, 25)

    found = {
        on: (page(run, on, now).campaign.ends_on, order(run, on, now)) for on in (day(1, 10), day(2, 1), day(3, 25))
    }

    assert {on: (end, line.due_on, line.first_due_on) for on, (end, line) in found.items()} == {
        day(1, 10): (END, END, None),
        day(2, 1): (NEW, NEW, END),
        day(3, 25): (LAST, LAST, END),
    }
    assert Campaign.objects.get(pk=run.row.pk).ends_on == LAST


def test_given_an_end_that_passed_before_it_was_moved_when_the_day_between_is_asked_for_then_the_order_was_behind(
    run: Running,
) -> None:
    run.extend(NEW, at(2, 10))

    between, after = order(run, day(2, 5), at(2, 11)), order(run, day(2, 11), at(2, 11))

    assert (between.standing, between.tasks.late) == ("behind", between.tasks.total)
    assert (after.standing, after.tasks.late) == ("under_way", 0)


def test_given_what_a_meeting_set_for_the_last_day_when_extended_then_it_does_not_move(run: Running) -> None:
    run.meet(at(1, 10), decided=(("封工地", "建设办", END),))

    run.extend(NEW, at(1, 20))

    decision = queries.records_of(run.by("office", at(1, 20)), run.row.pk, RecordKind.DECISION, today=day(1, 20)).lines[
        0
    ]
    assert decision.due_on == END


def test_given_an_extended_campaign_when_its_papers_are_opened_then_each_extension_says_what_moved(
    run: Running,
) -> None:
    run.extend(NEW, at(1, 20))
    run.extend(LAST, at(3, 20))

    view = queries.group_of(run.by("office", at(3, 21)), run.row.pk, today=day(3, 21))

    tasks = Task.objects.filter(campaign=run.row, due_on=LAST).count()
    assert [(one.old_on, one.new_on, one.tasks, one.clauses) for one in view.extensions] == [
        (END, NEW, tasks, 1),
        (NEW, LAST, tasks, 1),
    ]


def test_given_two_linked_campaigns_when_a_register_is_opened_then_it_tells_of_the_records_beside_it(
    stage: CampaignStage,
) -> None:
    run = issued(stage)
    other = Running(stage, stage.issued(stage.read_text(TEXT), units=("东村", "安监办")), run.firms)
    services.link_campaigns(
        campaign_id=run.row.pk,
        seen_version=run.row.version,
        other_id=other.row.pk,
        actor=run.by("office", at(12, 21)),
        now=at(12, 21),
    )
    run.study("东村", "village_east", StudyKind.RELAY, at(12, 22))
    run.row.refresh_from_db()

    def beside(who: str, row: Campaign) -> tuple[str, int] | None:
        found = queries.linked_records(run.by(who, at(12, 23)), row.pk, RecordKind.STUDY)
        return None if found is None else (found[1], found[2])

    assert beside("office", other.row) == (run.row.title, 1)
    assert beside("office", run.row) == (other.row.title, 0)
    assert beside("village_east", other.row) == (run.row.title, 1)
    assert beside("village_west", run.row) is None  # the other campaign was not issued to it
