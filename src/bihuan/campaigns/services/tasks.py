"""Tasks: given by hand beside those of issuing; reported by their unit with evidence (R9.4)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, Clause, Task, TaskReport
from bihuan.campaigns.rules.drafting import TASK_NAMES, TaskState, percent_meant, task_lacks
from bihuan.campaigns.rules.life import OFFICE, CampaignAct
from bihuan.campaigns.services.loading import campaign_to, news_of, tell, write_news
from bihuan.campaigns.services.notices import tell_units
from bihuan.campaigns.services.texts import written
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.kernel.ids import new_id
from bihuan.trail import services as trail


@transaction.atomic
def assign_tasks(
    *,
    campaign_id: UUID,
    title: str,
    units: Sequence[UUID],
    due_on: date,
    clause_id: UUID | None = None,
    helpers: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> int:
    """Give one task to each of these participating units (ids of `CampaignUnit`); return how many were new."""
    row = campaign_to(CampaignAct.ASSIGN, actor, campaign_id)
    if not title.strip():
        raise Refusal("campaigns.no_title", "请写要办的事。", field="title")
    if row.starts_on is None or row.ends_on is None or not row.starts_on <= due_on <= row.ends_on:
        raise Refusal("campaigns.due_outside", "完成时限要在专项行动的起止日期之内。", field="due_on")
    found = list(row.units.filter(pk__in=list(units)))
    if not found or len(found) != len(set(units)):
        raise Refusal("campaigns.no_units", "请选由哪个单位牵头办。", field="units")
    helping = [str(one) for one in row.units.filter(pk__in=list(helpers)).values_list("pk", flat=True)]
    clause = _clause(row, clause_id)
    taken = (
        set()
        if clause is None
        else set(row.tasks.filter(clause=clause, opens_on=None).values_list("unit_id", flat=True))
    )
    fresh = [one for one in found if one.pk not in taken]
    made = [
        Task(
            campaign=row,
            town_id=row.town_id,
            clause=clause,
            unit=unit,
            helpers=[one for one in helping if one != str(unit.pk)],
            title=written(Task, "title", title),
            due_on=due_on,
            first_due_on=due_on,
            made_at=now,
        )
        for unit in fresh
    ]
    if not made:
        return 0
    Task.objects.bulk_create(made)
    say = f"布置任务“{title.strip()}”：" + "、".join(one.name for one in fresh)
    tell(
        row,
        "tasks_assigned",
        say,
        after={"tasks": [str(one.pk) for one in made], "due_on": due_on.isoformat()},
        actor=actor,
        now=now,
    )
    tell_units(row, fresh, say=f"“{row.title}”布置了任务：{title.strip()}", now=now)
    return len(made)


def _clause(row: Campaign, clause_id: UUID | None) -> Clause | None:
    if clause_id is None:
        return None
    found = row.clauses.in_text().filter(pk=clause_id).first()
    if found is None:
        raise NotFound("campaigns.no_clause", "没有找到这条要求。请刷新页面重新选。")
    return found


@transaction.atomic
def report_task(
    *,
    campaign_id: UUID,
    task_id: UUID,
    seen_version: int,
    state: str,
    percent: int | None,
    note: str,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Report how far a task is. Done needs a file as evidence; the office may report for a unit.

    percent: None where nothing was typed.
    """
    row = campaign_to(CampaignAct.REPORT, actor, campaign_id)
    task = Task.every.filter(campaign=row, pk=task_id).select_related("unit").first()
    if task is None or not (task.unit.unit_id in actor.own_units or actor.scope.covers(path=task.unit.path)):
        raise NotFound("campaigns.no_task", "没有找到这件任务，或者它不归您的单位办。")
    if task.withdrawn_at is not None:
        raise Refusal("campaigns.task_withdrawn", "这件任务已经撤回，改由别的单位办，不用再报。报过的都留着。")
    for_unit = task.unit.unit_id not in actor.own_units
    if for_unit and not actor.has_role(*OFFICE):
        raise NotAllowed("campaigns.not_yours", f"这件任务由{task.unit.name}报进展；安监办可以代报。")
    target, percent = _checked(task, state, percent, note, files)
    note = written(TaskReport, "note", note)
    papers = tuple(trail.attach_files(files, actor=actor, now=now))
    moved = Task.objects.filter(pk=task.pk, version=seen_version).update(
        state=target,
        percent=percent,
        note=note,
        reported_at=now,
        done_at=now if target is TaskState.DONE else None,
        version=seen_version + 1,
    )
    if moved != 1:
        raise Outdated("campaigns.task_outdated", "这件任务刚刚有人报过进展。请刷新页面看过再报。")
    TaskReport(
        id=new_id(),
        task=task,
        state=target,
        percent=percent,
        note=note,
        files=[str(one) for one in papers],
        reported_at=now,
        reported_by=actor.name,
    ).save(force_insert=True)
    item = news_of(
        row,
        "task_reported",
        f"{task.unit.name}报“{task.title}”：{TASK_NAMES[target]} {percent}%",
        path=task.unit.path,
        before={"task": str(task.pk), "state": task.state, "percent": task.percent},
        after={"task": str(task.pk), "state": target.value, "percent": percent, "note": note},
        evidence=papers,
        reason=note if task.state == TaskState.DONE and target is not TaskState.DONE else "",
        acting_for=task.unit.name if for_unit else "",
    )
    write_news(row, item, actor=actor, now=now)


def _checked(task: Task, state: str, typed: int | None, note: str, files: Sequence[UUID]) -> tuple[TaskState, int]:
    """Return the state and the percentage to write. Raises Refusal where the report does not hold together."""
    try:
        target = TaskState(state)
    except ValueError as error:
        raise Refusal("campaigns.no_state", "请选任务的进度状态。", field="state") from error
    percent = percent_meant(target, typed, last=task.percent)
    lacks = task_lacks(TaskState(task.state), target, percent=percent, note=note, papers=len(files))
    if lacks is not None:
        raise Refusal(f"campaigns.task_{lacks[0]}", lacks[1], field=lacks[0])
    return target, percent
