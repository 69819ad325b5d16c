"""What of campaigns waits for a person: to sign, to hand in, to review, to do, to help, to finish (R9.2 to R9.6)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value

from bihuan.campaigns.models import CampaignUnit, Decision, Problem, Task, TaskHelp
from bihuan.campaigns.rules.drafting import TASK_NAMES, PlanState, TaskState
from bihuan.campaigns.rules.life import LIVE, OFFICE, units_of_actor
from bihuan.campaigns.rules.registers import RECORD_NAMES, RecordKind
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.roles import Role
from bihuan.kernel.waiting import Waiting, WaitingList

SOON: Final = timedelta(days=3)
PRESSING: Final = frozenset({Role.COMMITTEE_CHAIR, Role.LEADER})  # who sees what is late, whoever owns it (R1.8)


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20) -> WaitingList:
    """Return what waits for a viewer in the campaigns that run. Four queries at most, none without an own unit.

    Who only administers works for no unit (R10.13).
    """
    if not units_of_actor(viewer):
        return WaitingList()
    today = day_of(now)
    parts, to_review = _parts(viewer)
    rows = [*_of_units(parts), *_of_office(to_review), *_of_records(viewer, parts, today)]
    if parts:
        rows += _of_tasks(parts, today)
    rows.sort(key=lambda one: (not one.first, one.due_on or date.max, one.title))
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
            by = f"{one.plan_due_on.month}月{one.plan_due_on.day}日前报子方案"
            yield Waiting(
                "campaign.receive",
                one.campaign.title,
                f"下发到{one.name}，等您签收；{by}",
                "签收",
                "campaigns:unit",
                args,
                first=True,
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


def _of_tasks(parts: dict[UUID, CampaignUnit], today: date) -> list[Waiting]:
    """Return the open tasks of these units, and those that they are to help with and have not reported on; a report
    by period only when its period has begun, and none that is made by a return, which waits itself."""
    campaigns = {one.campaign_id for one in parts.values()}
    rows = Task.objects.filter(form=None).filter(Q(unit__in=parts) | (Q(campaign__in=campaigns) & ~Q(helpers=[])))
    found = list(rows.exclude(state=TaskState.DONE).exclude(opens_on__gt=today).select_related("unit"))
    several = {one for one, count in Counter(part.campaign_id for part in parts.values()).items() if count > 1}
    own = [_of_task(one, parts[one.unit_id], named=one.campaign_id in several) for one in found if one.unit_id in parts]
    return own + _of_helps(parts, found)


def _of_task(one: Task, part: CampaignUnit, *, named: bool) -> Waiting:
    """named: the viewer holds posts of several units in the campaign, and is told for which this is."""
    whose = f"{part.name}在“{part.campaign.title}”里" if named else f"“{part.campaign.title}”"
    return Waiting(
        "campaign.task",
        one.title,
        f"{whose}的任务，{TASK_NAMES[TaskState(one.state)]} {one.percent}%",
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


def _of_records(viewer: Actor, parts: dict[UUID, CampaignUnit], today: date) -> list[Waiting]:
    """Return the decisions and key problems that these units owe, and for who leads the town those of any unit that are
    late (R1.8). One query for both kinds."""
    leads = viewer.has_role(*PRESSING)
    if not parts and not leads:
        return []
    decisions, problems = (_records(viewer, kind, parts, today, leads=leads) for kind in FOLLOWED)
    return [_of_record(one, is_own=one.part_id in parts) for one in decisions.union(problems, all=True)]


def _records(
    viewer: Actor, kind: RecordKind, parts: dict[UUID, CampaignUnit], today: date, *, leads: bool
) -> QuerySet[Any, Any]:
    model, column = FOLLOWED[kind]
    wanted = Q(part__in=parts)
    if leads:
        open_to = model.objects.open_to(viewer).values("pk")
        wanted |= Q(pk__in=open_to, town_id=viewer.town_id, campaign__state__in=LIVE, due_on__lt=today)
    rows = model.objects.standing().filter(wanted, done_at=None)
    named = rows.annotate(kind=Value(kind.value, output_field=CharField()), said=F(column))
    found: QuerySet[Any, Any] = named.values_list(*RECORD, named=True)
    return found


RECORD: Final = ("pk", "campaign_id", "part_id", "part__name", "due_on", "kind", "said")
FOLLOWED: Final[dict[RecordKind, tuple[Any, str]]] = {
    RecordKind.DECISION: (Decision, "text"),
    RecordKind.PROBLEM: (Problem, "problem"),
}


def _of_record(one: Any, *, is_own: bool) -> Waiting:
    kind = RecordKind(one.kind)
    return Waiting(
        f"campaign.{kind}" if is_own else f"campaign.{kind}_late",
        one.said,
        f"{RECORD_NAMES[kind]}，由{one.part__name}办",
        "报办结" if is_own else "看事项" if kind is RecordKind.DECISION else "看问题",
        "campaigns:record",
        (one.campaign_id, kind.value, one.pk),
        due_on=one.due_on,
        due_name="办结",
        subject_id=one.campaign_id,
    )
