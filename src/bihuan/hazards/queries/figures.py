"""Figures that rows with dates answer exactly for any past day: 举一反三 and monthly self-reports (R3.4, R3.21).

For statistics, which have asked whether the viewer sees the whole place.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import SameKindReply, SameKindTask, SelfReport
from bihuan.kernel.calendar import ONE_DAY, end_of
from bihuan.kernel.indicators import Answer, Question
from bihuan.kernel.paths import is_within, town_path
from bihuan.orgs import queries as orgs
from bihuan.trail import queries as trail

ASKED_ANEW: Final = "same_kind.asked"


@dataclass(frozen=True, slots=True)
class _Task:
    """A 举一反三 as it stood on the day: whom it asked, and each unit's last answer by then."""

    path: str
    of_item: bool
    units: tuple[UUID, ...]
    firms: int
    replies: Mapping[UUID, SameKindReply]

    @property
    def is_complete(self) -> bool:
        return bool(self.units) and all(unit in self.replies for unit in self.units)


def items(asked: Question) -> Answer:
    """Count the superior's items of the period, each with its 举一反三."""
    return Answer(sum(task.of_item for task in _tasks(asked, at_place=True)))


def items_completed(asked: Question) -> Answer:
    """Count those of them to which every unit asked had answered by the end of the day."""
    return Answer(sum(task.of_item and task.is_complete for task in _tasks(asked, at_place=True)))


def found_alike(asked: Question) -> Answer:
    """Add up the similar hazards that the units of the place said they had found."""
    return Answer(sum(reply.found for _, reply in _answers(asked)))


def units_asked(asked: Question) -> Answer:
    """Count how often a unit of the place was asked because of an accident notice."""
    tasks = [task for task in _tasks(asked, at_place=False) if not task.of_item]
    within = _within({unit for task in tasks for unit in task.units}, asked.path)
    return Answer(sum(unit in within for task in tasks for unit in task.units))


def units_answered(asked: Question) -> Answer:
    """Count how often such a unit had answered by the end of the day."""
    return Answer(sum(not task.of_item and unit in task.units for task, unit in _pairs(asked)))


def firms_alike(asked: Question) -> Answer:
    """Add up the comparable enterprises that accident notices named."""
    return Answer(sum(task.firms for task in _tasks(asked, at_place=True) if not task.of_item))


def firms_checked(asked: Question) -> Answer:
    """Add up the enterprises that the units said they had checked because of accident notices."""
    tasks = [task for task in _tasks(asked, at_place=True) if not task.of_item]
    return Answer(sum(reply.checked for task in tasks for reply in task.replies.values()))


def self_reported(asked: Question) -> Answer:
    """Count the enterprises on the register that had reported the month of the day, an explicit zero included."""
    month = asked.until.replace(day=1)
    rows = SelfReport.objects.below(asked.path).filter(month=month, reported_at__lt=end_of(asked.until))
    if asked.sectors:
        rows = rows.filter(sector__in=asked.sectors)
    pairs = set(rows.values_list("enterprise_id", "town_id"))
    ids, towns = {pk for pk, _ in pairs}, {town for _, town in pairs}
    active = enterprises.active_among(ids, town_ids=towns, on=asked.until) if ids else ()
    return Answer(len(active), {"month": month.isoformat()[:7]})


def _tasks(asked: Question, *, at_place: bool) -> list[_Task]:
    """Return the tasks opened in the period: of the place itself, or of the town that a smaller place lies in."""
    path = asked.path if at_place else town_path(asked.path) or asked.path
    rows = SameKindTask.objects.below(path).filter(
        opened_at__gte=end_of(asked.since - ONE_DAY), opened_at__lt=end_of(asked.until)
    )
    if asked.sectors:
        rows = rows.filter(sector__in=asked.sectors)
    found = list(rows)
    before = _asked_before(found, asked)
    replies = _replies(rows, asked)
    return [_task(row, before.get(row.pk, {}), replies[row.pk]) for row in found]


def _task(row: SameKindTask, before: Mapping[str, Any], replies: Mapping[UUID, SameKindReply]) -> _Task:
    units = before.get("units", row.units)
    firms = before.get("enterprises", row.enterprises)
    return _Task(row.path, row.hazard_id is not None, tuple(UUID(one) for one in units.split()), len(firms), replies)


def _asked_before(rows: Sequence[SameKindTask], asked: Question) -> dict[UUID, Mapping[str, Any]]:
    """Return whom tasks asked on the day, where that was changed later."""
    towns = {row.town_id for row in rows}
    events = trail.events_since(asked.until + ONE_DAY, [ASKED_ANEW], town_ids=towns) if towns else []
    return {event.subject_id: event.before for event in reversed(events)}


def _replies(tasks: QuerySet[SameKindTask], asked: Question) -> defaultdict[UUID, dict[UUID, SameKindReply]]:
    found: defaultdict[UUID, dict[UUID, SameKindReply]] = defaultdict(dict)
    rows = SameKindReply.objects.filter(task__in=tasks, replied_at__lt=end_of(asked.until))
    for row in rows.order_by("replied_at", "id"):
        found[row.task_id][row.unit_id] = row
    return found


def _within(unit_ids: set[UUID], path: str) -> frozenset[UUID]:
    return frozenset(pk for pk, unit in orgs.units(unit_ids).items() if is_within(unit.path, path))


def _pairs(asked: Question) -> Iterator[tuple[_Task, UUID]]:
    """Yield each task with each unit of the place that answered it."""
    tasks = _tasks(asked, at_place=False)
    within = _within({unit for task in tasks for unit in task.replies}, asked.path)
    yield from ((task, unit) for task in tasks for unit in task.replies if unit in within)


def _answers(asked: Question) -> Iterator[tuple[_Task, SameKindReply]]:
    yield from ((task, task.replies[unit]) for task, unit in _pairs(asked))
