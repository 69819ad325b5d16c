"""An extension moves every date that hung on the old end, and a past day is told as it stood then (R9.14)."""

from datetime import date, datetime

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import BulletinText, Campaign, CampaignExtension, ClauseMove, Task, TaskMove
from bihuan.campaigns.rules.extending import looks_like_number
from bihuan.campaigns.rules.lines import ClauseLine, PlanView
from bihuan.campaigns.rules.registers import RecordKind, StudyKind
from bihuan.campaigns.services import supervision
from bihuan.kernel.errors import Refusal
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


WRONG = date(2099, 3, 31)


@pytest.mark.parametrize(
    ("number", "is_number"),
    [
        ("示安委〔2018〕3号", True),
        ("示安委[2018]第3号", True),
        ("苏安电〔2017 ] 5号", True),
        ("示安委（２０１８）３号", True),
        ("示安委2018年第3号", True),
        ("随便写", False),
        ("示安委〔2018〕", False),
        ("3号", False),
        ("〔2018〕3号", False),
    ],
)
def test_given_a_number_when_it_is_read_then_only_one_as_documents_have_it_is_taken(
    number: str, *, is_number: bool
) -> None:
    assert looks_like_number(number) is is_number


@pytest.mark.parametrize(
    ("new_on", "facts", "field"),
    [
        (NEW, {"doc_number": "随便写"}, "doc_number"),
        (NEW, {"doc_number": " "}, "doc_number"),
        (NEW, {"reason": " "}, "reason"),
        (END, {}, "ends_on"),
        (WRONG, {}, "ends_on"),
        (date(2019, 2, 2), {}, "ends_on"),
    ],
)
def test_given_an_extension_when_its_number_or_day_is_odd_then_it_is_refused_and_nothing_moves(
    run: Running, new_on: date, facts: dict[str, str], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        run.extend(new_on, at(1, 20), **facts)

    run.row.refresh_from_db()
    assert (refused.value.field, run.row.ends_on, TaskMove.objects.count()) == (field, END, 0)


def test_given_a_day_more_than_a_year_off_when_a_person_is_sure_then_it_is_taken(run: Running) -> None:
    run.extend(date(2019, 12, 31), at(1, 20), is_sure=True)

    run.row.refresh_from_db()
    assert run.row.ends_on == date(2019, 12, 31)


def test_given_a_wrong_extension_when_corrected_then_every_date_comes_back_and_the_days_between_keep_the_wrong_one(
    run: Running,
) -> None:
    run.extend(WRONG, at(1, 20), is_sure=True)
    tasks = Task.objects.filter(campaign=run.row, due_on=WRONG).count()

    run.correct(NEW, at(1, 25), doc_number="示安委〔2018〕4号")

    run.row.refresh_from_db()
    extension, clause = CampaignExtension.objects.get(), run.stage.clause(run.row, "企业排查")
    event = Event.objects.get(kind="campaign.extension_corrected")
    assert (run.row.ends_on, run.row.first_ends_on, run.row.state) == (NEW, END, "extended")
    assert (extension.old_on, extension.new_on, extension.doc_number) == (END, NEW, "示安委〔2018〕4号")
    assert (clause.due_on, clause.first_due_on) == (NEW, END)
    assert Task.objects.filter(campaign=run.row, due_on=NEW).count() == tasks > 0
    assert not Task.objects.filter(campaign=run.row, due_on__gt=NEW).exists()
    assert (event.before["ends_on"], event.after["ends_on"], event.reason) == ("2099-03-31", "2018-03-31", "年份写错")
    now = at(1, 26)
    found = {on: page(run, on, now).campaign.ends_on for on in (day(1, 10), day(1, 22), day(1, 26))}
    assert found == {day(1, 10): END, day(1, 22): WRONG, day(1, 26): NEW}
    assert order(run, day(1, 22), now).due_on == WRONG
    view = queries.group_of(run.by("office", now), run.row.pk, today=now.date())
    assert [(one.from_on, one.old_number, one.why) for one in view.extensions[0].corrections] == [
        (WRONG, "示安委〔2018〕3号", "年份写错")
    ]


def test_given_a_correction_when_it_changes_nothing_or_is_no_extension_any_more_then_it_is_refused(
    run: Running,
) -> None:
    with pytest.raises(Refusal, match="更正延期"):
        run.correct(NEW, at(1, 19))
    run.extend(NEW, at(1, 20))

    for ends_on, facts, field in ((NEW, {}, "ends_on"), (END, {}, "ends_on"), (LAST, {"reason": ""}, "reason")):
        with pytest.raises(Refusal) as refused:
            run.correct(ends_on, at(1, 25), **facts)
        assert refused.value.field == field
    assert Event.objects.filter(kind="campaign.extension_corrected").count() == 0


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


def test_given_an_extension_when_a_brief_of_its_week_or_a_summary_is_drafted_then_it_says_so_and_another_week_does_not(
    run: Running,
) -> None:
    run.extend(NEW, at(1, 20))

    def text(kind: str, until: date) -> str:
        said = {"campaign_id": run.row.pk, "actor": run.by("office", at(2, 10)), "now": at(2, 10)}
        made = supervision.draft_brief(kind=kind, until=until, **said)
        blocks = BulletinText.objects.get(bulletin=made).blocks
        return "".join(one for block in blocks for one in block.get("runs", ()) if isinstance(one, str))

    moved = "依据示安委〔2018〕3号，专项行动由2018年1月31日延期到2018年3月31日结束。"
    assert moved in text("weekly", day(1, 21))
    assert "延期" not in text("weekly", day(1, 28))
    assert "自2017年12月20日开始，原定2018年1月31日结束，依据示安委〔2018〕3号延期到2018年3月31日。" in text(
        "summary", day(2, 4)
    )
