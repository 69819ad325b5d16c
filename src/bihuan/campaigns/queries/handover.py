"""What is still open in a campaign: shown while it runs, kept when it is closed, handed to routine work (R9.15)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from bihuan.campaigns.models import (
    BulletinUnit,
    Campaign,
    CampaignUnit,
    Decision,
    Finding,
    Interview,
    Problem,
    SupervisionRound,
    Task,
)
from bihuan.campaigns.queries.finding import is_whole, row_for
from bihuan.campaigns.rules.drafting import PLAN_NAMES, TASK_NAMES, PlanState, TaskState
from bihuan.campaigns.rules.handing import Handover, OpenItem, OpenKind, item_of
from bihuan.campaigns.rules.supervision.states import (
    FINDING_NAMES,
    INTERVIEW_NAMES,
    BulletinState,
    FindingSide,
    FindingState,
    InterviewState,
)
from bihuan.hazards.queries.lists import count_of, export_lines
from bihuan.hazards.rules.filters import Filters, Tab
from bihuan.hazards.rules.states import LEVEL_NAMES, STATE_NAMES, Level, State
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of


def handover_of(viewer: Actor, campaign_id: UUID, *, today: date) -> Handover:
    """Return what is left open, as far as the viewer sees it: all for who sees the town whole, else of own units, and
    the hazards that the viewer sees.

    Once the campaign is closed, as it was then. Twelve queries at most, one more for who does not see the town whole.
    """
    row = row_for(viewer, campaign_id)
    seen = set(CampaignUnit.objects.open_to(viewer).filter(campaign=row).values_list("pk", flat=True))
    whole = is_whole(viewer, row.path)
    filters = _filters(row)
    kept = row.frozen or {}
    items = list(open_items(row)) if row.closed_at is None else [item_of(one) for one in kept.get("handover", ())]
    listed: Sequence[Sequence[str]] = kept.get("open_hazards", ())
    hazards = listed if whole else _seen_of(viewer, row, listed, today) if listed else ()
    open_now = count_of(viewer, filters, today=today)
    return Handover(
        is_final=row.closed_at is not None,
        items=[one for one in items if whole or one.unit in seen],
        hazards=hazards,
        hazards_open=open_now,
        hazards_query=_address(filters) if whole or hazards or open_now else {},
    )


def _seen_of(viewer: Actor, row: Campaign, listed: Sequence[Sequence[str]], today: date) -> Sequence[Sequence[str]]:
    """Return which of the hazards kept at the closing the viewer sees, whatever became of them."""
    seen = {one.number for one in export_lines(viewer, replace(_filters(row), tab=Tab.ALL), today=today)}
    return tuple(one for one in listed if one[0] in seen)


def open_hazards(viewer: Actor, row: Campaign, today: date) -> Iterator[list[str]]:
    """Yield the hazards of a campaign that are open, under `HAZARD_HEAD`."""
    for line in export_lines(viewer, _filters(row), today=today):
        level = LEVEL_NAMES[Level(line.level)] if line.level else ""
        yield [
            line.number,
            line.description,
            level,
            STATE_NAMES[State(line.state)],
            line.deadline.isoformat() if line.deadline else "",
            line.place_name,
        ]


def _filters(row: Campaign) -> Filters:
    """Return what is open of a campaign: as on its plan page, however old; nothing that was found after its end."""
    return Filters(tab=Tab.OPEN, path=row.path, found_to=row.ends_on)


def _address(filters: Filters) -> dict[str, str]:
    last = {"found_to": filters.found_to.isoformat()} if filters.found_to else {}
    return {"tab": filters.tab.value, "path": filters.path} | last


def open_items(row: Campaign) -> Iterator[OpenItem]:
    """Yield what units have not finished, kind by kind. A covert round is not spoken of before it is fed back."""
    tasks = Task.objects.filter(campaign=row).exclude(state=TaskState.DONE).select_related("unit")
    for task in tasks.order_by("unit__sort_no", "due_on", "id"):
        note = f"{TASK_NAMES[TaskState(task.state)]} {task.percent}%"
        yield _item(OpenKind.TASK, task.pk, task.unit, task.title, task.due_on, note)
    yield from _followed(row)
    for unit in row.units.exclude(plan_state=PlanState.ACCEPTED).order_by("sort_no"):
        note = PLAN_NAMES[PlanState(unit.plan_state)]
        yield _item(OpenKind.PLAN, unit.pk, unit, f"{unit.name}的子方案", unit.plan_due_on, note)
    yield from _supervised(row)


def _followed(row: Campaign) -> Iterator[OpenItem]:
    decisions = Decision.objects.standing().filter(campaign=row, done_at=None).select_related("part")
    for one in decisions.order_by("due_on", "id"):
        yield _item(OpenKind.DECISION, one.pk, one.part, one.text, one.due_on, "未办结")
    problems = Problem.objects.standing().filter(campaign=row, done_at=None).select_related("part")
    for one in problems.order_by("due_on", "id"):
        yield _item(OpenKind.PROBLEM, one.pk, one.part, one.problem, one.due_on, "未解决")


def _supervised(row: Campaign) -> Iterator[OpenItem]:
    told = SupervisionRound.objects.told().filter(campaign=row)
    states = (FindingState.ASKED, FindingState.ANSWERED)
    findings = Finding.objects.filter(round__in=told, side=FindingSide.UNIT, state__in=states)
    for one in findings.select_related("round__part").order_by("due_on", "id"):
        note = FINDING_NAMES[FindingState(one.state)]
        yield _item(OpenKind.FINDING, one.round_id, one.round.part, one.text, one.due_on, note)
    named = BulletinUnit.objects.filter(bulletin__campaign=row, bulletin__state=BulletinState.ISSUED)
    open_ones = named.filter(left_at=None, confirmed_at=None, bulletin__correct_by__isnull=False)
    for unit in open_ones.select_related("part", "bulletin").order_by("bulletin__correct_by", "id"):
        note = "已报改正，待确认" if unit.answered_at else "未报改正"
        title = unit.bulletin.title
        yield _item(OpenKind.CORRECTION, unit.bulletin_id, unit.part, title, unit.bulletin.correct_by, note)
    talks = Interview.objects.filter(campaign=row, state__in=(InterviewState.NOTICED, InterviewState.HELD))
    for talk in talks.select_related("part").order_by("meets_at", "id"):
        due_on = talk.look_again_on or day_of(talk.meets_at)
        note = INTERVIEW_NAMES[InterviewState(talk.state)]
        yield _item(OpenKind.TALK, talk.pk, talk.part, f"约谈{talk.who}", due_on, note)


def _item(kind: OpenKind, pk: UUID, unit: CampaignUnit, title: str, due_on: date | None, note: str) -> OpenItem:
    return OpenItem(kind, pk, unit.pk, title, unit.name, due_on, note)
