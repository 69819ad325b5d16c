"""Who takes part, what each has set up, and the tasks of each."""

from collections import Counter
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.campaigns.models import Campaign, CampaignUnit, Task, TaskHelp, TaskReport
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.rules.drafting import TaskState
from bihuan.campaigns.rules.lines import ReportLine, TaskCount, TaskLine, TaskView, UnitLine
from bihuan.campaigns.rules.record_lines import HelpLine
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail import queries as trail
from bihuan.trail.queries import OpenedFile
from bihuan.trail.rules import Page

WITHDRAWN: Final = "withdrawn"


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
    """Return the tasks of the units that the viewer sees, those due first. tab: "open", "late", "done", "withdrawn", or
    "" for all that stand.

    unit_id: of the `CampaignUnit`. Four queries.
    """
    row = row_for(viewer, campaign_id)
    seen = CampaignUnit.objects.open_to(viewer).filter(campaign=row)
    manager = Task.every.exclude(withdrawn_at=None) if tab == WITHDRAWN else Task.objects.all()
    rows = manager.filter(campaign=row, unit__in=seen).select_related("unit", "clause")
    rows = rows.filter(unit_id=unit_id) if unit_id else rows
    rows = rows.filter(clause_id=clause_id) if clause_id else rows
    rows = _in_tab(rows, tab, today)
    total = rows.count()
    start = (page - 1) * size
    found = list(rows.order_by("due_on", "unit__sort_no", "id")[start : start + size])
    names = {str(one.pk): one.name for one in CampaignUnit.objects.filter(campaign=row)}
    return Page(tuple(_task(one, viewer, names) for one in found), page, size, total)


def task_for(viewer: Actor, campaign_id: UUID, task_id: UUID) -> TaskView:
    """Return a task of a unit that the viewer sees, with its reports, newest first. Raises NotFound."""
    row = row_for(viewer, campaign_id)
    one = _task_row(viewer, row, task_id)
    names = {str(unit.pk): unit.name for unit in CampaignUnit.objects.filter(campaign=row)}
    reports = [
        ReportLine(
            state=report.state,
            percent=report.percent,
            note=report.note,
            files=[UUID(file) for file in report.files],
            reported_at=report.reported_at,
            reported_by=report.reported_by,
        )
        for report in one.reports.order_by("-reported_at", "-id")
    ]
    return TaskView(_task(one, viewer, names), one.clause.text if one.clause else "", reports)


def proof_of(viewer: Actor, campaign_id: UUID, task_id: UUID, file_id: UUID) -> OpenedFile:
    """Open a piece of evidence of a task that the viewer sees. Raises NotFound."""
    row = row_for(viewer, campaign_id)
    rows = Task.every.filter(campaign=row, pk=task_id)
    seen = CampaignUnit.objects.open_to(viewer).filter(campaign=row)
    reports = TaskReport.objects.filter(task__in=rows.filter(unit__in=seen)).values_list("files", flat=True)
    helps = helps_seen(viewer, row, task_id).values_list("files", flat=True)
    if not any(str(file_id) in files for files in (*reports, *helps)):
        raise NotFound("campaigns.no_file", "没有找到这份佐证，或者它不在您的管辖范围内。")
    return trail.open_file(file_id, "original")


def helps_of(viewer: Actor, campaign_id: UUID, task_id: UUID) -> list[HelpLine]:
    """Return what helping units did for a task, the newest first: all of it for who sees the task, and for a helping
    unit what it did itself."""
    rows = helps_seen(viewer, row_for(viewer, campaign_id), task_id).select_related("unit").order_by("-at", "-id")
    return [HelpLine(one.unit.name, one.note, [UUID(each) for each in one.files], one.by, one.at) for one in rows]


def helps_seen(viewer: Actor, row: Campaign, task_id: UUID) -> QuerySet[TaskHelp]:
    """Return the help for a task that a viewer sees: as one of the task's unit, or of the unit that helped."""
    seen = CampaignUnit.objects.open_to(viewer).filter(campaign=row)
    rows = TaskHelp.objects.filter(task__campaign=row, task_id=task_id)
    return rows.filter(Q(task__unit__in=seen) | Q(unit__in=seen))


def _task_row(viewer: Actor, row: Campaign, task_id: UUID) -> Task:
    seen = CampaignUnit.objects.open_to(viewer).filter(campaign=row)
    found = Task.every.filter(campaign=row, unit__in=seen, pk=task_id).select_related("unit", "clause").first()
    if found is None:
        raise NotFound("campaigns.no_task", "没有找到这件任务，或者它不归您的单位办。")
    return found


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
        withdrawn_at=one.withdrawn_at,
    )
