"""What of campaigns waits for a person: to sign, to hand in, to review, to do, to help, to finish (R9.2 to R9.6)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

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
    """Return what waits for a viewer in the campaigns that run. Eight queries at most, none without an own unit."""
    own = list(viewer.own_units)
    if not own:
        return WaitingList()
    today = day_of(now)
    parts = {
        one.pk: one
        for one in CampaignUnit.objects.filter(unit_id__in=own, campaign__state__in=LIVE).select_related("campaign")
    }
    rows = [*_of_units(parts), *_of_office(viewer), *_late_problems(viewer, today)]
    if parts:
        rows += [*_of_tasks(parts), *_of_helps(parts)]
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


def _of_office(viewer: Actor) -> Iterator[Waiting]:
    """Yield the sub-plans that wait for the office's review."""
    if not viewer.has_role(*OFFICE):
        return
    rows = CampaignUnit.objects.visible_to(viewer).filter(campaign__state__in=LIVE, plan_state=PlanState.HANDED_IN)
    for one in rows.select_related("campaign").order_by("plan_handed_in_at"):
        yield Waiting(
            "campaign.review",
            f"{one.name}的子方案",
            f"“{one.campaign.title}”，等您审",
            "审子方案",
            "campaigns:unit",
            (one.campaign_id, one.pk),
            subject_id=one.campaign_id,
        )


def _of_tasks(parts: dict[UUID, CampaignUnit]) -> Iterator[Waiting]:
    for one in Task.objects.filter(unit__in=parts).exclude(state=TaskState.DONE):
        part = parts[one.unit_id]
        yield Waiting(
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


def _of_helps(parts: dict[UUID, CampaignUnit]) -> Iterator[Waiting]:
    """Yield the open tasks that a unit is to help with and has not reported on."""
    campaigns = {one.campaign_id for one in parts.values()}
    rows = Task.objects.filter(campaign__in=campaigns).exclude(helpers=[]).exclude(state=TaskState.DONE)
    wanted = [(one, key) for one in rows.select_related("campaign", "unit") for key in parts if str(key) in one.helpers]
    done = set(TaskHelp.objects.filter(unit__in=parts).values_list("task_id", "unit_id")) if wanted else set()
    for one, key in wanted:
        if (one.pk, key) not in done:
            yield Waiting(
                "campaign.help",
                one.title,
                f"配合{one.unit.name}，{parts[key].name}还没有报做了什么",
                "报配合情况",
                "campaigns:help",
                (one.campaign_id, one.pk, key),
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
