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

ACCEPT_WD: Final = "superior_intake_wd"


def received(asked: Question) -> Answer:
    """Count the items of the lists that came in during the period; what a person dropped was no list."""
    return Answer(sum(run.items_count for run in _first_runs(asked)))


def accepted_in_time(asked: Question) -> Answer:
    """Count those of them that were hazards on the books within the working days that the town has."""
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
    day = day_of(received_at)
    days = standards.numbers([ACCEPT_WD], town_id=town_id, on=day)[ACCEPT_WD]
    return standards.work_calendar(town_id).add_working_days(day, days)


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
