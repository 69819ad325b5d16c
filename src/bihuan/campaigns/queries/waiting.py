"""What of campaigns waits for a person: to sign, to hand in, to review, to do, to help, to finish (R9.2 to R9.6)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.campaigns.models import CampaignUnit, Decision, Problem, Task, TaskHelp
from bihuan.campaigns.rules.drafting import TASK_NAMES, PlanState, TaskState
from bihuan.campaigns.rules.life import LIVE, OFFICE
from bihuan.campaigns.rules.registers import RECORD_NAMES, RecordKind
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.roles import Role
from bihuan.kernel.waiting import Waiting, WaitingList

SOON: Final = timedelta(days=3)
PRESSING: Final = frozenset({Role.COMMITTEE_CHAIR, Role.LEADER})  # who sees what is late, whoever owns it (R1.8)


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20) -> WaitingList:
    """Return what waits for a viewer in the campaigns that run. Six queries at most, none without an own unit."""
    if not viewer.own_units:
        return WaitingList()
    today = day_of(now)
    parts, to_review = _parts(viewer)
    rows = [*_of_units(parts), *_of_office(to_review), *_late_problems(viewer, today)]
    if parts:
        rows += _of_tasks(parts)
        for kind, model in ((RecordKind.DECISION, Decision), (RecordKind.PROBLEM, Problem)):
            rows += _of_followed(kind, model.objects.standing().filter(part__in=parts, done_at=None))
    rows.sort(key=lambda one: (one.due_on or date.max, one.title))
    late = sum(one.due_on is not None and one.due_on < today for one in rows)
    due_today = sum(one.due_on == today for one in rows)
    soon = sum(one.due_on is not None and today < one.due_on <= today + SOON for one in rows)
    return WaitingList(
        tuple(rows[:first_n]),
        late=late,
        today=due_today,
        soon=soon,
        later=len(rows) - late - due_today - soon,
        by_what=Counter(one.what for one in rows),
    )


def _parts(viewer: Actor) -> tuple[dict[UUID, CampaignUnit], list[CampaignUnit]]:
    """Return the viewer's own units in the campaigns that run, and the units whose sub-plans the office is to review,
    the earliest first. One query for both."""
    own = Q(unit_id__in=viewer.own_units)
    wanted = own
    if viewer.has_role(*OFFICE):
        wanted |= Q(plan_state=PlanState.HANDED_IN, pk__in=CampaignUnit.objects.visible_to(viewer).values("pk"))
    rows = CampaignUnit.objects.filter(wanted, campaign__state__in=LIVE).select_related("campaign")
    found = list(rows.order_by("plan_handed_in_at"))
    parts = {one.pk: one for one in found if one.unit_id in viewer.own_units}
    is_office = wanted is not own
    return parts, [one for one in found if is_office and one.plan_state == PlanState.HANDED_IN]


def _of_units(parts: dict[UUID, CampaignUnit]) -> Iterator[Waiting]:
    """Yield what a unit owes: its signature first, then its sub-plan."""
    for one in parts.values():
        args = (one.campaign_id, one.pk)
        if one.received_at is None:
            yield Waiting(
                "campaign.receive", one.campaign.title, f"下发到{one.name}，等您签收", "签收", "campaigns:unit", args
            )
        elif one.plan_state in {PlanState.MISSING, PlanState.RETURNED}:
            why = (
                f"子方案退回：{one.plan_note}" if one.plan_state == PlanState.RETURNED else f"{one.name}还没有报子方案"
            )
            yield Waiting(
                "campaign.plan",
                one.campaign.title,
                why,
                "报子方案",
                "campaigns:unit",
                args,
                due_on=one.plan_due_on,
                due_name="报子方案",
                subject_id=one.campaign_id,
            )


def _of_office(to_review: Iterable[CampaignUnit]) -> Iterator[Waiting]:
    """Yield the sub-plans that wait for the office's review."""
    for one in to_review:
        yield Waiting(
            "campaign.review",
            f"{one.name}的子方案",
            f"“{one.campaign.title}”，等您审",
            "审子方案",
            "campaigns:unit",
            (one.campaign_id, one.pk),
            subject_id=one.campaign_id,
        )


def _of_tasks(parts: dict[UUID, CampaignUnit]) -> list[Waiting]:
    """Return the open tasks of these units, and those that they are to help with and have not reported on."""
    campaigns = {one.campaign_id for one in parts.values()}
    rows = Task.objects.filter(Q(unit__in=parts) | (Q(campaign__in=campaigns) & ~Q(helpers=[])))
    found = list(rows.exclude(state=TaskState.DONE).select_related("unit"))
    own = [_of_task(one, parts[one.unit_id]) for one in found if one.unit_id in parts]
    return own + _of_helps(parts, found)


def _of_task(one: Task, part: CampaignUnit) -> Waiting:
    return Waiting(
        "campaign.task",
        one.title,
        f"“{part.campaign.title}”的任务，{TASK_NAMES[TaskState(one.state)]} {one.percent}%",
        "报进展",
        "campaigns:task",
        (one.campaign_id, one.pk),
        due_on=one.due_on,
        due_name="完成",
        subject_id=one.campaign_id,
    )


def _of_helps(parts: dict[UUID, CampaignUnit], tasks: Iterable[Task]) -> list[Waiting]:
    wanted = [(one, key) for one in tasks for key in parts if str(key) in one.helpers]
    done = set(TaskHelp.objects.filter(unit__in=parts).values_list("task_id", "unit_id")) if wanted else set()
    return [_of_help(one, parts[key]) for one, key in wanted if (one.pk, key) not in done]


def _of_help(one: Task, part: CampaignUnit) -> Waiting:
    return Waiting(
        "campaign.help",
        one.title,
        f"配合{one.unit.name}，{part.name}还没有报做了什么",
        "报配合情况",
        "campaigns:help",
        (one.campaign_id, one.pk, part.pk),
        due_on=one.due_on,
        due_name="完成",
        subject_id=one.campaign_id,
    )


def _late_problems(viewer: Actor, today: date) -> list[Waiting]:
    """Return the key problems that are late, for who leads the town (R1.8)."""
    if not viewer.has_role(*PRESSING):
        return []
    rows = Problem.objects.open_to(viewer).standing().filter(done_at=None, due_on__lt=today)
    found = rows.filter(town_id=viewer.town_id, campaign__state__in=LIVE).select_related("part")
    return [_followed("campaign.problem_late", RecordKind.PROBLEM, one, "看问题") for one in found]


def _of_followed(kind: RecordKind, rows: QuerySet[Any]) -> list[Waiting]:
    return [_followed(f"campaign.{kind}", kind, one, "报办结") for one in rows.select_related("part")]


def _followed(what: str, kind: RecordKind, one: Any, verb: str) -> Waiting:
    title = one.text if kind is RecordKind.DECISION else one.problem
    return Waiting(
        what,
        title,
        f"{RECORD_NAMES[kind]}，由{one.part.name}办",
        verb,
        "campaigns:record",
        (one.campaign_id, kind.value, one.pk),
        due_on=one.due_on,
        due_name="办结",
        subject_id=one.campaign_id,
    )
