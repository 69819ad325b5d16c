"""What is registered while a campaign runs: who may, what it must have, who is told, what waits, what is taken back."""

from datetime import date
from typing import Any

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Decision, LedFirm, LedVisit, Meeting, Problem, Study, TaskMove
from bihuan.campaigns.rules.registers import Chair, LedFacts, NewDecision, RecordKind, StudyKind, led_visit_lacks
from bihuan.campaigns.rules.rhythm import Often, Stretch, due_so_far, first_days, months, visits_due, whole_weeks
from bihuan.desk import queries as desk
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.trail.models import Event, Notice
from tests.campaigns.running import Running, at, day, issued, live
from tests.campaigns.stage import make_campaign_stage


@pytest.fixture
def run(db: None) -> Running:
    return issued(make_campaign_stage())


def _told(run: Running, who: str) -> list[str]:
    return list(
        Notice.objects.filter(post_id=run.stage.town.posts[who]).order_by("told_at").values_list("say", flat=True)
    )


def test_given_a_town_meeting_when_registered_then_owners_are_told_and_one_event_says_what_was_decided(
    run: Running,
) -> None:
    decided = (("查漏电", "东村", day(12, 30)), ("排名单", "东村", day(12, 28)))

    meeting = run.meet(at(12, 26), decided=decided, attendees=("东村", "经发办"))

    assert _told(run, "village_east")[-1] == "“专项行动调度会”议定由东村办理 2 项，最早 12月28日到期"
    event = Event.objects.filter(kind="campaign.meeting_held").get()
    assert event.after["decisions"] == ["查漏电", "排名单"]
    view = queries.record_for(run.by("village_east", at(12, 26)), run.row.pk, RecordKind.MEETING, meeting)
    assert dict(view.facts)["参会单位"] == "东村、经发办"
    assert [one.title for one in view.items] == ["排名单", "查漏电"]


@pytest.mark.parametrize(
    ("who", "unit", "error"),
    [
        ("village_east", "", NotAllowed),  # the town's own is the office's
        ("village_east", "西村", NotFound),
        ("leader", "东村", (NotAllowed, NotFound)),
        ("superior", "", (NotAllowed, NotFound)),
    ],
)
def test_given_somebody_else_when_a_meeting_is_registered_then_it_is_refused_and_nothing_is_written(
    run: Running, who: str, unit: str, error: Any
) -> None:
    events = Event.objects.count()

    with pytest.raises(error):
        run.meet(at(12, 26), unit=unit, who=who)

    assert (Meeting.objects.count(), Event.objects.count()) == (0, events)


def test_given_a_village_when_its_meeting_decides_for_another_then_it_is_refused(run: Running) -> None:
    with pytest.raises(Refusal, match="只能给本村定事项"):
        run.meet(at(12, 26), unit="东村", who="village_east", decided=(("查漏电", "西村", day(12, 30)),))

    run.meet(at(12, 26), unit="经发办", who="industry", decided=(("查漏电", "西村", day(12, 30)),))
    assert Decision.objects.get().part.name == "西村"


@pytest.mark.parametrize(
    ("on", "words"),
    [(day(12, 19), "早于专项行动开始"), (day(12, 29), "晚于今天"), (day(2, 1), "晚于今天")],
)
def test_given_a_day_outside_when_registered_then_it_is_refused(run: Running, on: date, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        services.register_problem(
            campaign_id=run.row.pk,
            on=on,
            facts={"problem": "甲", "raised_by": "乙"},
            owner=run.part("东村"),
            due_on=day(3, 1),
            actor=run.by("office", at(12, 28)),
            now=at(12, 28),
        )

    assert Problem.objects.count() == 0


def test_given_a_decision_when_finished_then_it_is_once_with_a_result_and_a_file_and_by_its_unit(run: Running) -> None:
    run.meet(at(12, 26), decided=(("查漏电", "东村", day(12, 30)),))
    decision = Decision.objects.get()
    proof = run.file("village_east", at(12, 27))
    given = {
        "campaign_id": run.row.pk,
        "kind": RecordKind.DECISION,
        "record_id": decision.pk,
        "now": at(12, 27),
    }
    west, east = run.by("village_west", at(12, 27)), run.by("village_east", at(12, 27))

    with pytest.raises(NotFound):
        services.finish(seen_version=1, result="办了", actor=west, **given)
    with pytest.raises(Refusal, match="办理结果"):
        services.finish(seen_version=1, result=" ", actor=east, **given)
    with pytest.raises(Outdated):
        services.finish(seen_version=7, result="办了", files=[proof], actor=east, **given)
    with pytest.raises(Refusal, match="佐证"):
        services.finish(seen_version=1, result="换了线路", actor=east, **given)
    services.finish(seen_version=1, result="换了线路", files=[proof], actor=east, **given)
    with pytest.raises(Refusal, match="已经办结"):
        services.finish(seen_version=2, result="又办了", actor=east, **given)

    decision.refresh_from_db()
    assert decision.result_files == [str(proof)]
    assert (decision.result, decision.done_at, decision.done_by) == ("换了线路", at(12, 27), "village_east")
    assert Event.objects.filter(kind="campaign.decision_finished").count() == 1


WHOLE = LedFacts("王某", 1, 1, "", "", nothing_found=True)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (WHOLE, None),
        (LedFacts("王某", 1, 0, "检1", "缺灭火器", nothing_found=False), None),
        (LedFacts("王某", 0, 1, "", "", nothing_found=True), "firms"),
        (LedFacts(" ", 1, 1, "", "", nothing_found=True), "companions"),
        (LedFacts("王某", 1, 0, " ", "", nothing_found=True), "record_no"),
        (LedFacts("王某", 1, 1, "", "", nothing_found=False), "findings"),
        (LedFacts("王某", 1, 1, "", "缺灭火器", nothing_found=True), "findings"),
    ],
)
def test_given_a_led_inspection_when_it_lacks_something_then_it_is_named_r1_7(
    facts: LedFacts, field: str | None
) -> None:
    lack = led_visit_lacks(facts)

    assert (lack[0] if lack else None) == field


def test_given_one_leader_enterprise_and_day_when_registered_again_then_it_is_refused_until_taken_back(
    run: Running,
) -> None:
    visit = run.lead("leader", ("东村机械厂",), at(12, 26))

    with pytest.raises(Refusal, match="东村机械厂已经登记过"):
        run.lead("leader", ("东村机械厂", "东村木业"), at(12, 26))
    run.lead("chair", ("东村机械厂",), at(12, 26))
    run.lead("leader", ("东村机械厂",), at(12, 27))
    office = run.by("office", at(12, 27))
    services.take_back(
        campaign_id=run.row.pk,
        kind=RecordKind.LED_VISIT,
        record_id=visit,
        seen_version=1,
        why="记错了日期",
        actor=office,
        now=at(12, 27),
    )
    run.lead("leader", ("东村机械厂", "东村木业"), at(12, 26))

    assert (LedVisit.objects.count(), LedFirm.objects.filter(counts=True).count()) == (4, 4)


@pytest.mark.parametrize(("who", "post"), [("leader", "chair"), ("village_east", "leader"), ("industry", "leader")])
def test_given_a_led_inspection_of_another_when_registered_then_it_is_refused(
    run: Running, who: str, post: str
) -> None:
    with pytest.raises(NotAllowed, match="本人登记"):
        run.lead(post, ("东村机械厂",), at(12, 26), who=who)

    run.lead("leader", ("东村机械厂",), at(12, 26), who="leader")  # attached to 东村
    assert LedVisit.objects.get().recorded_by == "leader"


def test_given_a_lesson_when_its_heads_are_more_than_its_persons_then_it_is_refused(run: Running) -> None:
    with pytest.raises(Refusal, match="少于列出的负责人"):
        services.register_study(
            campaign_id=run.row.pk,
            unit_id=run.part("东村"),
            on=day(12, 26),
            kind=StudyKind.TRAINING,
            title="培训",
            persons=2,
            led_by=Chair.OTHER,
            unit_head=True,
            firms=list(run.firms.values())[:2],
            actor=run.by("village_east", at(12, 26)),
            now=at(12, 26),
        )

    assert Study.objects.count() == 0


def test_given_a_meeting_when_taken_back_then_its_decisions_wait_for_nobody(run: Running) -> None:
    meeting = run.meet(at(12, 26), decided=(("查漏电", "东村", day(12, 30)),))
    before = desk.waiting(run.by("village_east", at(12, 27)), now=at(12, 27))

    services.take_back(
        campaign_id=run.row.pk,
        kind=RecordKind.MEETING,
        record_id=meeting,
        seen_version=1,
        why="重复登记",
        actor=run.by("office", at(12, 27)),
        now=at(12, 27),
    )
    after = desk.waiting(run.by("village_east", at(12, 27)), now=at(12, 27))

    assert (before.by_what["campaign.decision"], "campaign.decision" in after.by_what) == (1, False)
    assert Event.objects.filter(kind="campaign.record_taken_back").get().reason == "重复登记"


def test_given_a_running_campaign_when_each_opens_the_desk_then_what_is_theirs_waits(run: Running) -> None:
    run.meet(at(12, 26), decided=(("查漏电", "东村", day(12, 27)),))
    run.problem("液氨超期", "经发办", day(12, 26), at(12, 26))
    run.set_up("西村", "village_west", at(12, 26))

    def waits(who: str) -> dict[str, int]:
        found = queries.waiting_for(run.by(who, at(12, 28)), now=at(12, 28))
        assert found.total == sum(found.by_what.values()) == len(found.rows)
        return dict(found.by_what)

    assert waits("village_east") == {"campaign.receive": 1, "campaign.task": 1, "campaign.decision": 1}
    assert waits("village_west") == {"campaign.task": 1}
    assert waits("industry") == {"campaign.receive": 1, "campaign.problem": 1}
    assert waits("office") == {"campaign.receive": 1, "campaign.review": 1}
    assert waits("chair") == {"campaign.decision_late": 1, "campaign.problem_late": 1}
    assert waits("superior") == waits("agency") == {}
    late = queries.waiting_for(run.by("village_east", at(12, 28)), now=at(12, 28))
    assert (late.late, late.soon, late.later) == (1, 1, 1)  # the decision, the task of 31 December, the signature


def test_given_a_helping_unit_when_it_has_reported_then_nothing_waits_for_it(run: Running) -> None:
    services.assign_tasks(
        campaign_id=run.row.pk,
        title="联合查液氨",
        units=[run.part("经发办")],
        helpers=[run.part("建设办")],
        due_on=day(1, 10),
        actor=run.by("office", at(12, 26)),
        now=at(12, 26),
    )

    def waits() -> bool:
        found = queries.waiting_for(run.by("construction", at(12, 27)), now=at(12, 27))
        return "campaign.help" in found.by_what

    assert waits()
    with pytest.raises(NotFound):
        run.help("联合查液氨", "西村", "village_west", at(12, 27))
    run.help("联合查液氨", "建设办", "construction", at(12, 27))
    assert not waits()


def test_given_a_closed_campaign_when_registering_then_it_is_refused_but_wrong_records_are_taken_back(
    run: Running,
) -> None:
    problem = run.problem("液氨超期", "经发办", day(12, 30), at(12, 26))
    services.receive(
        campaign_id=run.row.pk,
        unit_id=run.part("东村"),
        seen_version=1,
        actor=run.by("village_east", at(12, 26)),
        now=at(12, 26),
    )
    run.row.refresh_from_db()
    services.close_campaign(
        campaign_id=run.row.pk,
        seen_version=run.row.version,
        summary="总结",
        actor=run.by("chief", at(12, 27)),
        now=at(12, 27),
    )

    for register in (
        lambda: run.problem("乙", "东村", day(12, 30), at(12, 28)),
        lambda: run.meet(at(12, 28)),
        lambda: run.study("东村", "village_east", StudyKind.RELAY, at(12, 28)),
        lambda: run.lead("leader", ("东村机械厂",), at(12, 28)),
    ):
        with pytest.raises(Refusal, match="收尾中"):
            register()
    services.take_back(
        campaign_id=run.row.pk,
        kind=RecordKind.PROBLEM,
        record_id=problem,
        seen_version=1,
        why="不是重点问题",
        actor=run.by("office", at(12, 28)),
        now=at(12, 28),
    )
    assert Problem.objects.get().taken_back_why == "不是重点问题"


def test_given_the_same_campaign_or_a_linked_one_when_linked_then_it_is_refused(run: Running) -> None:
    other, third = run.stage.issued(units=("东村",)), run.stage.issued(units=("东村",))

    def link(row: Any, to: Any) -> None:
        row.refresh_from_db()
        services.link_campaigns(
            campaign_id=row.pk,
            seen_version=row.version,
            other_id=to.pk,
            actor=run.by("office", at(12, 26)),
            now=at(12, 26),
        )

    with pytest.raises(Refusal, match="另一个专项行动"):
        link(run.row, run.row)
    link(run.row, other)
    for row, to in ((run.row, third), (other, third), (third, run.row), (third, other)):
        with pytest.raises(Refusal, match="已经和"):
            link(row, to)


def test_given_weeks_and_months_when_cut_then_only_whole_weeks_and_begun_months_stand() -> None:
    since, until = day(12, 20), day(1, 14)

    assert whole_weeks(since, until) == [
        Stretch(day(12, 25), day(12, 31)),
        Stretch(day(1, 1), day(1, 7)),
        Stretch(day(1, 8), day(1, 14)),
    ]
    assert whole_weeks(since, day(12, 30)) == []
    assert months(since, until) == [Stretch(day(12, 20), day(12, 31)), Stretch(day(1, 1), day(1, 14))]
    assert first_days([day(1, 1), day(2, 15), day(2, 16), day(2, 17)]) == [day(1, 1), day(2, 15)]


def test_given_a_holiday_when_its_eve_lies_in_the_month_then_one_more_is_due_r1_6() -> None:
    often = Often({"principal_leader": 1, "leader": 2}, before_holiday=1)
    december = Stretch(day(12, 20), day(12, 31))

    def due(kind: str, holidays: list[date], until: date) -> tuple[int, int]:
        so_far = due_so_far(december, often, holidays, until=until)
        return so_far, visits_due(kind, december, often, holidays)

    assert due("principal_leader", [day(1, 1)], day(12, 31)) == (0, 2)  # so far, and when all is over
    assert due("principal_leader", [day(12, 30)], day(12, 29)) == (0, 2)  # the holiday has not begun
    assert due("principal_leader", [day(12, 30)], day(12, 30)) == (1, 2)
    assert due("leader", [day(1, 2)], day(12, 31)) == (0, 2)
    assert due("unit_head", [], day(12, 31)) == (0, 0)


def test_given_the_played_history_when_extended_then_the_open_task_moved_and_its_move_is_kept(db: None) -> None:
    run = live(make_campaign_stage())

    moves = TaskMove.objects.values_list("task__title", "from_on", "to_on")
    assert list(moves) == [("联合查液氨", day(1, 31), day(3, 31))]
    assert run.row.extensions.get().old_on == day(1, 31)


def test_given_a_meeting_when_a_decision_lacks_something_then_it_is_refused(run: Running) -> None:
    meeting = run.meet(at(12, 26), unit="东村", who="village_east")

    def decide(text: str, owner: Any, due_on: date) -> None:
        services.decide(
            campaign_id=run.row.pk,
            meeting_id=meeting,
            decision=NewDecision(text, owner, due_on),
            actor=run.by("village_east", at(12, 26)),
            now=at(12, 26),
        )

    for text, owner, due_on, words in (
        (" ", run.part("东村"), day(12, 30), "写清办什么"),
        ("查漏电", run.row.pk, day(12, 30), "哪个单位办"),
        ("查漏电", run.part("东村"), day(12, 25), "早于会议日期"),
        ("查漏电", run.part("西村"), day(12, 30), "只能给本村"),
    ):
        with pytest.raises(Refusal, match=words):
            decide(text, owner, due_on)
    decide("查漏电", run.part("东村"), day(12, 30))
    assert Decision.objects.get().meeting_id == meeting
