"""A report of a task holds together or is refused; evidence of helping units is found by who sees the task."""

from typing import Any

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import CampaignExtension, CampaignPaper, CampaignUnit, Decision, GroupSeat, Task, TaskHelp
from bihuan.campaigns.rules.drafting import TaskState, percent_meant, task_lacks
from bihuan.campaigns.rules.registers import Chair, StudyKind
from bihuan.campaigns.services.texts import NAMES, longest
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail.models import Event
from tests.campaigns.running import Running, at, day, issued
from tests.campaigns.stage import CampaignStage


def report(run: Running, task: Task, who: str = "village_east", **facts: Any) -> None:
    task.refresh_from_db()
    said = {"state": "under_way", "percent": 60, "note": ""} | facts
    services.report_task(
        campaign_id=run.row.pk,
        task_id=task.pk,
        seen_version=task.version,
        actor=run.by(who, at(12, 21)),
        now=at(12, 21),
        **said,
    )


def own_task(run: Running) -> Task:
    return Task.objects.get(campaign=run.row, unit=run.part("东村"))


def helped(run: Running) -> tuple[Task, str]:
    """Let 建设办 help 经发办 with a task and hand in a file; return the task and the file."""
    services.assign_tasks(
        campaign_id=run.row.pk,
        title="联合查液氨",
        units=[run.part("经发办")],
        helpers=[run.part("建设办"), run.part("东村")],
        due_on=day(1, 31),
        actor=run.by("office", at(12, 21)),
        now=at(12, 21),
    )
    task = Task.objects.get(title="联合查液氨")
    services.report_help(
        campaign_id=run.row.pk,
        task_id=task.pk,
        unit_id=run.part("建设办"),
        note="派人一起查",
        files=[run.file("construction", at(12, 22))],
        actor=run.by("construction", at(12, 22)),
        now=at(12, 22),
    )
    return task, TaskHelp.objects.get().files[0]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"state": "not_started", "percent": 60}, "percent"),
        ({"state": "under_way", "percent": 100}, "percent"),
        ({"state": "behind", "percent": 101, "note": "缺人"}, "percent"),
        ({"state": "needs_help"}, "note"),
        ({"state": "done", "percent": 10, "note": "全部完成"}, "percent"),
        ({"state": "done", "percent": 100, "note": "全部完成"}, "proof"),
        ({"state": "done", "percent": None}, "proof"),
        ({"state": "halfway"}, "state"),
        ({"note": "查" * 401}, "note"),
    ],
)
def test_given_a_report_that_does_not_hold_together_when_sent_then_it_is_refused_and_nothing_is_written(
    stage: CampaignStage, facts: dict[str, Any], field: str
) -> None:
    run = issued(stage)
    task, events = own_task(run), Event.objects.count()

    with pytest.raises(Refusal) as refused:
        report(run, task, **facts)

    task.refresh_from_db()
    assert refused.value.field == field
    assert (task.state, task.percent, task.version, task.reports.count()) == ("not_started", 0, 1, 0)
    assert Event.objects.count() == events


def test_given_a_task_reported_done_when_it_is_to_be_open_again_then_a_reason_is_needed_and_kept(
    stage: CampaignStage,
) -> None:
    run = issued(stage)
    task = own_task(run)
    report(run, task, state="done", percent=None, note="都查过", files=[run.file("village_east", at(12, 21))])

    with pytest.raises(Refusal, match="报过“已完成”"):
        report(run, task, state="not_started", percent=0)
    report(run, task, state="under_way", percent=80, note="两家漏查")

    task.refresh_from_db()
    event = Event.objects.filter(kind="campaign.task_reported").latest("seq")
    assert (task.state, task.percent, task.done_at) == ("under_way", 80, None)
    assert (event.reason, event.before["state"], event.after["state"]) == ("两家漏查", "done", "under_way")


@pytest.mark.parametrize(
    ("target", "typed", "meant"),
    [("done", None, 100), ("done", 10, 10), ("not_started", None, 0), ("behind", None, 30), ("under_way", 70, 70)],
)
def test_given_no_percentage_when_a_task_is_reported_then_the_state_or_the_last_report_says_it(
    target: str, typed: int | None, meant: int
) -> None:
    assert percent_meant(TaskState(target), typed, last=30) == meant


@pytest.mark.parametrize("before", TaskState)
@pytest.mark.parametrize("target", TaskState)
def test_given_any_move_of_a_task_when_it_says_what_was_done_then_only_the_percentage_can_bar_it(
    before: TaskState, target: TaskState
) -> None:
    found = {percent: task_lacks(before, target, percent=percent, note="查过", papers=1) for percent in (0, 60, 100)}

    barred = {percent for percent, lacks in found.items() if lacks is not None}
    assert barred == {TaskState.NOT_STARTED: {60, 100}, TaskState.DONE: {0, 60}}.get(target, {100})


def test_given_evidence_of_a_helping_unit_when_opened_then_who_sees_the_task_and_the_helper_itself_get_it(
    stage: CampaignStage,
) -> None:
    run = issued(stage)
    task, file = helped(run)

    def opens(who: str) -> bool:
        try:
            queries.proof_of(run.by(who, at(12, 22)), run.row.pk, task.pk, file).stream.close()
        except NotFound:
            return False
        return True

    def sees(who: str) -> list[str]:
        return [one.who for one in queries.helps_of(run.by(who, at(12, 22)), run.row.pk, task.pk)]

    people = ("office", "industry", "construction", "village_east", "village_west", "system_admin")
    assert [opens(who) for who in people] == [True, True, True, False, False, False]
    assert [sees(who) for who in people[:5]] == [["建设办"], ["建设办"], ["建设办"], [], []]


def test_given_texts_longer_than_their_columns_when_handed_in_then_each_is_refused_with_its_length(
    stage: CampaignStage,
) -> None:
    run = issued(stage)
    who = {"campaign_id": run.row.pk, "actor": run.by("office", at(12, 21)), "now": at(12, 21)}
    services.receive(unit_id=run.part("东村"), seen_version=1, **who)
    acts = {
        "title": lambda: services.register_study(
            unit_id=run.part("东村"), on=day(12, 21), kind=StudyKind.RELAY, title="学" * 121, persons=1,
            led_by=Chair.OTHER, unit_head=False, **who
        ),
        "host": lambda: services.register_meeting(
            on=day(12, 21), facts={"title": "会", "host": "人" * 65}, chair=Chair.OTHER, **who
        ),
        "holder": lambda: services.add_seat(title="组长", holder="人" * 65, **who),
        "body": lambda: services.hand_in_plan(
            unit_id=run.part("东村"), seen_version=2, facts={"body": "组" * 81}, **who
        ),
        "raised_by": lambda: services.register_problem(
            on=day(12, 21), facts={"problem": "事", "raised_by": "人" * 65}, owner=run.part("东村"),
            due_on=day(12, 31), **who
        ),
    }  # fmt: skip

    for field, act in acts.items():
        with pytest.raises(Refusal, match="个字，最多") as refused:
            act()
        assert refused.value.field == field


def test_given_the_columns_that_people_write_when_asked_for_their_length_then_the_model_says_it() -> None:
    assert (longest(TaskHelp, "note"), longest(GroupSeat, "holder"), longest(Decision, "text")) == (400, 64, 400)
    assert longest(CampaignExtension, "reason") == 400
    assert longest(CampaignPaper, "title") == 160
    assert all(longest(CampaignUnit, name) == 80 for name in ("body", "leader", "contact"))
    assert "" not in NAMES.values()
