"""How soon what a superior hands down is on the books (R3.31). For statistics, which have guarded the place."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bihuan.intake.models import ImportRun, SuperiorItem
from bihuan.intake.rules.runs import RunState
from bihuan.kernel.calendar import ONE_DAY, day_of, end_of
from bihuan.kernel.indicators import Answer, Question
from bihuan.orgs import queries as orgs
from bihuan.standards import queries as standards

ACCEPT_WD: Final = 1  # rules 13, 三(二)-2a: on the books within one working day of its receipt


def received(asked: Question) -> Answer:
    """Count the items of the lists that came in during the period; what a person dropped was no list."""
    return Answer(sum(run.items_count for run in _first_runs(asked)))


def accepted_in_time(asked: Question) -> Answer:
    """Count those of them that were hazards on the books within a working day of the upload."""
    total = 0
    for run in _first_runs(asked):
        if run.superior_list_id is not None:
            due = _due(run.town_id, run.started_at)
            total += min(_entered(run.superior_list_id, min(due, asked.until)), run.items_count)
    return Answer(total)


def _entered(list_id: UUID, by: date) -> int:
    rows = SuperiorItem.objects.filter(superior_list_id=list_id, hazard__reported_at__lt=end_of(by))
    return rows.count()


def _due(town_id: UUID, received_at: datetime) -> date:
    return standards.work_calendar(town_id).add_working_days(day_of(received_at), ACCEPT_WD)


def _first_runs(asked: Question) -> Iterator[ImportRun]:
    """Yield the uploads of the period by which a list came in first; a later version receives nothing anew."""
    towns = [ref.id for ref in orgs.towns_below(asked.path)]
    rows = ImportRun.objects.filter(town_id__in=towns, started_at__lt=end_of(asked.until))
    seen: set[UUID] = set()
    since = end_of(asked.since - ONE_DAY)
    for run in rows.exclude(state=RunState.DROPPED).order_by("started_at", "id"):
        if run.superior_list_id in seen:
            continue
        if run.superior_list_id is not None:
            seen.add(run.superior_list_id)
        if run.started_at >= since:
            yield run
