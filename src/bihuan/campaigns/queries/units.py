"""Who takes part, what each has set up, and the tasks of each."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from bihuan.campaigns.models import Campaign, CampaignUnit, Task
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.rules.drafting import TaskState
from bihuan.campaigns.rules.lines import TaskCount, TaskLine, UnitLine
from bihuan.kernel.actor import Actor
from bihuan.trail.rules import Page


def units_of_campaign(viewer: Actor, campaign_id: UUID, *, today: date) -> list[UnitLine]:
    """Return the participating units that the viewer sees, with their tasks counted. Three queries."""
    row = row_for(viewer, campaign_id)
    rows = list(CampaignUnit.objects.open_to(viewer).filter(campaign=row).order_by("sort_no"))
    counts = _counts(row, today)
    return [_unit(one, viewer, counts.get(one.pk, TaskCount())) for one in rows]


def _counts(row: Campaign, today: date) -> dict[UUID, TaskCount]:
    total: Counter[UUID] = Counter()
    done: Counter[UUID] = Counter()
    late: Counter[UUID] = Counter()
    for unit_id, state, due_on in Task.objects.filter(campaign=row).values_list("unit_id", "state", "due_on"):
        total[unit_id] += 1
        done[unit_id] += state == TaskState.DONE
        late[unit_id] += state != TaskState.DONE and due_on < today
    return {key: TaskCount(total[key], done[key], late[key]) for key in total}


def _unit(one: CampaignUnit, viewer: Actor, tasks: TaskCount) -> UnitLine:
    return UnitLine(
        id=one.pk,
        version=one.version,
        unit_id=one.unit_id,
        path=one.path,
        name=one.name,
        side=one.side,
        received_at=one.received_at,
        received_by=one.received_by,
        body=one.body,
        leader=one.leader,
        contact=one.contact,
        plan_state=one.plan_state,
        plan_due_on=one.plan_due_on,
        plan_on=one.plan_on,
        plan_file_id=one.plan_file_id,
        plan_handed_in_at=one.plan_handed_in_at,
        plan_note=one.plan_note,
        own=one.unit_id in viewer.own_units,
        tasks=tasks,
    )


def tasks_of(
    viewer: Actor,
    campaign_id: UUID,
    *,
    today: date,
    unit_id: UUID | None = None,
    clause_id: UUID | None = None,
    tab: str = "",
    page: int = 1,
    size: int = 20,
) -> Page[TaskLine]:
    """Return the tasks of the units that the viewer sees, those due first. tab: "open", "late", "done", or "" for all.

    unit_id: of the `CampaignUnit`. Four queries.
    """
    row = row_for(viewer, campaign_id)
    seen = CampaignUnit.objects.open_to(viewer).filter(campaign=row)
    rows = Task.objects.filter(campaign=row, unit__in=seen).select_related("unit", "clause")
    rows = rows.filter(unit_id=unit_id) if unit_id else rows
    rows = rows.filter(clause_id=clause_id) if clause_id else rows
    rows = _in_tab(rows, tab, today)
    total = rows.count()
    start = (page - 1) * size
    found = list(rows.order_by("due_on", "unit__sort_no", "id")[start : start + size])
    names = {str(one.pk): one.name for one in CampaignUnit.objects.filter(campaign=row)}
    return Page(tuple(_task(one, viewer, names) for one in found), page, size, total)


def _in_tab(rows: QuerySet[Task], tab: str, today: date) -> QuerySet[Task]:
    if tab == "done":
        return rows.filter(state=TaskState.DONE)
    if tab in {"open", "late"}:
        rows = rows.exclude(state=TaskState.DONE)
    return rows.filter(due_on__lt=today) if tab == "late" else rows


def _task(one: Task, viewer: Actor, names: dict[str, str]) -> TaskLine:
    return TaskLine(
        id=one.pk,
        version=one.version,
        title=one.title,
        label=one.clause.label if one.clause else "",
        unit_name=one.unit.name,
        unit_id=one.unit_id,
        helpers=[names[helper] for helper in one.helpers if helper in names],
        state=one.state,
        percent=one.percent,
        note=one.note,
        due_on=one.due_on,
        first_due_on=one.first_due_on,
        reported_at=one.reported_at,
        own=one.unit.unit_id in viewer.own_units,
    )
