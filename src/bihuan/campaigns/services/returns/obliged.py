"""A report that a plan asks for and the return by which it is made are one obligation: one reminder, one fulfilment.

The task stays, since the plan's sentence is measured by it; it is done when the return of its days is first sent.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.campaigns.models import Campaign, Return, ReturnForm, Task, TaskReport
from bihuan.campaigns.queries.returns.due import owed_by
from bihuan.campaigns.rules.drafting import TASK_NAMES, TaskState
from bihuan.campaigns.rules.returns.rhythm import due_day, period_words
from bihuan.campaigns.rules.units import Side
from bihuan.campaigns.services.loading import news_of
from bihuan.campaigns.services.texts import longest
from bihuan.kernel.actor import Actor
from bihuan.kernel.ids import new_id
from bihuan.trail import services as trail


def owed_with(form: ReturnForm, tasks: Iterable[Task], *, first: date) -> int:
    """Let returns of a form fulfil those of these tasks in whose days one falls due for the unit; return how many.

    first: what fell due before is as it was. A task in whose days no return falls due stays a task.
    """
    days = {unit_id: _due_days(form, unit_id, first) for unit_id in _owing(form)}
    found = [one.pk for one in tasks if any(_in_days(one, day) for day in days.get(_ower(form, one), ()))]
    Task.objects.filter(pk__in=found).update(form=form)
    return len(found)


def _owing(form: ReturnForm) -> list[UUID]:
    return list(form.owers.filter(ends_on=None).values_list("unit_id", flat=True))


def _ower(form: ReturnForm, task: Task) -> UUID:
    """Return who owes the return of a task: the town's own is filled in by its safety office."""
    owing = _owing(form)
    is_office = task.unit.side == Side.OFFICE and task.unit.unit_id not in owing
    return form.town_id if is_office else task.unit.unit_id


def _due_days(form: ReturnForm, unit_id: UUID, first: date) -> list[date]:
    begun = form.returns.filter(unit_id=unit_id).values_list("due_at", flat=True)
    last = form.campaign.ends_on if form.campaign is not None and form.campaign.ends_on is not None else first
    owers = form.owers.filter(unit_id=unit_id, ends_on=None).select_related("form")
    periods = (period.due_at for one in owers.with_form() for period in owed_by(one, first, last))
    return sorted({due_day(at) for at in (*begun, *periods)})


def _in_days(task: Task, day: date) -> bool:
    return (task.opens_on or task.due_on) <= day <= task.due_on


def given_back(form: ReturnForm, *, units: Collection[UUID] | None = None) -> None:
    """Make the tasks that no return will fulfil tasks again. units: only who still owes the form, None for nobody."""
    if units is None:
        form.regular_duties.update(form=None)
    left = form.tasks.exclude(state=TaskState.DONE)
    if units is not None:
        stays = Q(unit__unit_id__in=list(units))
        if form.town_id in units:
            stays |= Q(unit__side=Side.OFFICE)
        left = left.exclude(stays)
    left.update(form=None)


def handed_on(form: ReturnForm, successor: ReturnForm, first: date) -> None:
    """Let returns of the newer edition of a form fulfil what is left to fulfil from a day on."""
    form.regular_duties.update(form=successor)
    form.tasks.exclude(state=TaskState.DONE).filter(due_on__gte=first).update(form=successor)


def fulfil(row: Return, *, actor: Actor, now: datetime) -> None:
    """Report the task done that a return fulfils, when it is first sent."""
    day = due_day(row.due_at)
    found = _tasks_of(row).filter(opens_on__lte=day, due_on__gte=day).select_related("campaign", "unit")
    task = found.order_by("due_on").first()
    if task is None:
        return
    note = f"已报送“{row.form.title}”（{period_words(row.since, row.until)}）"[: longest(TaskReport, "note")]
    Task.objects.filter(pk=task.pk).update(
        state=TaskState.DONE, percent=100, note=note, reported_at=now, done_at=now, version=task.version + 1
    )
    TaskReport(
        id=new_id(),
        task=task,
        state=TaskState.DONE,
        percent=100,
        note=note,
        files=[],
        reported_at=now,
        reported_by=actor.name,
    ).save(force_insert=True)
    campaign: Campaign = task.campaign
    item = news_of(
        campaign,
        "task_reported",
        f"{task.unit.name}报“{task.title}”：{TASK_NAMES[TaskState.DONE]} 100%，{note}",
        path=task.unit.path,
        before={"task": str(task.pk), "state": task.state, "percent": task.percent},
        after={"task": str(task.pk), "state": TaskState.DONE.value, "percent": 100, "return": str(row.pk)},
    )
    trail.record([item], actor=actor, now=now)


def _tasks_of(row: Return) -> "QuerySet[Task]":
    mine = Q(unit__unit_id=row.unit_id)
    if row.unit_id == row.town_id:
        mine |= Q(unit__side=Side.OFFICE)
    same = Q(form=row.form_id) | Q(form__succeeds=row.form_id)  # a task of days in which both editions are filled
    return Task.objects.filter(mine, same).exclude(state=TaskState.DONE)
