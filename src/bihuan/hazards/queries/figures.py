"""Figures that rows with dates answer exactly for any past day: 举一反三 and monthly self-reports (R3.4, R3.21).

For statistics, which have asked whether the viewer sees the whole place.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import SameKindReply, SameKindTask, SelfReport
from bihuan.hazards.rules.same_kind import Opened
from bihuan.kernel.calendar import ONE_DAY, end_of
from bihuan.kernel.indicators import Answer, Line, Question
from bihuan.kernel.paths import is_within, town_path
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitRef
from bihuan.trail import queries as trail

ASKED_ANEW: Final = "same_kind.asked"
ENDED: Final = "same_kind.ended"
TASK: Final = "hazards:same_kind"
COMPLETED: Final = "hazards.same_kind_items_completed"


@dataclass(frozen=True, slots=True)
class _Task:
    """A 举一反三 as it stood on the day: whom it asked, and each unit's last answer by then."""

    id: UUID
    title: str
    path: str
    sector: str
    of_item: bool
    units: tuple[UUID, ...]
    firms: int
    replies: Mapping[UUID, SameKindReply]
    due_on: date | None = None


Share = tuple[_Task, UUID | None, int]  # how much of a figure is this task's, or this unit's in it


def same_kind(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Answer any of the figures of 举一反三 from one reading of tasks and replies."""
    here = _Reading(asked)
    return {
        name: Answer(
            sum(one[2] for one in _SAME_KIND[name](here)),
            _rows_of(name, asked),
            waits_for=here.unanswered() if name == COMPLETED else {},
        )
        for name in names
    }


def _rows_of(name: str, asked: Question) -> dict[str, str]:
    """Return the filter that lists the tasks a figure is made of."""
    of = {"hazards.same_kind_found": ""}.get(name, "items" if "items" in name else "notices")
    rows = {"path": asked.path, "from": asked.since.isoformat(), "to": asked.until.isoformat(), "of": of}
    return {key: value for key, value in rows.items() if value}


class _Reading:
    """The tasks of the place itself, and those of the town that a smaller place lies in, each read once."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked

    @cached_property
    def tasks(self) -> list[_Task]:
        """Tasks opened in the period at the place."""
        return [one for one in self.around if is_within(one.path, self.asked.path)]

    @cached_property
    def around(self) -> list[_Task]:
        """Tasks opened in the period that can have asked units of the place."""
        return [one for one in self._of_town if not self.asked.sectors or one.sector in self.asked.sectors]

    @property
    def _of_town(self) -> list[_Task]:
        found: list[_Task] = self._once(SameKindTask, lambda: _tasks(replace(self.asked, sectors=()), self._around))
        return found

    @property
    def _around(self) -> str:
        return town_path(self.asked.path) or self.asked.path

    def _once(self, what: object, read: Callable[[], Any]) -> Any:
        """Return what was read of the whole town in this period, once for all places in it and all sectors."""
        return self.asked.once((what, self._around, self.asked.since, self.asked.until), read)

    @cached_property
    def within(self) -> frozenset[UUID]:
        """The units of the place among those that were asked or answered."""
        return frozenset(pk for pk, unit in self._units.items() if is_within(unit.path, self.asked.path))

    @property
    def _units(self) -> Mapping[UUID, UnitRef]:
        found: Mapping[UUID, UnitRef] = self._once(
            SameKindReply, lambda: orgs.units(set(chain.from_iterable(map(_who, self._of_town))))
        )
        return found

    def unanswered(self) -> Mapping[str, int]:
        """Return which units of the place have yet to answer for a superior's item, with how many items."""
        left = [task for task, is_answered in self.items() if not is_answered]
        missing = Counter(
            unit for task in left for unit in task.units if unit in self.within and unit not in task.replies
        )
        return {self._units[unit].short_name: amount for unit, amount in missing.items() if unit in self._units}

    def items(self) -> Iterator[tuple[_Task, bool]]:
        """Yield the superior's items with whether they are answered. Within a town an item is its who is asked, not its
        place's: one that lies elsewhere asks this unit too, and one that lies here may not."""
        for task in self.around if self._is_within_town else self.tasks:
            asked = [unit for unit in task.units if unit in self.within] if self._is_within_town else task.units
            if task.of_item and (asked or not self._is_within_town):
                yield task, bool(asked) and all(unit in task.replies for unit in asked)

    @property
    def _is_within_town(self) -> bool:
        return self._around != self.asked.path

    def pairs(self) -> Iterator[tuple[_Task, UUID]]:
        """Yield each task with each unit of the place that answered it."""
        yield from ((task, unit) for task in self.around for unit in task.replies if unit in self.within)


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """A superior's item that a unit was to answer for by a day that has passed, and has not."""

    task_id: UUID
    title: str
    due_on: date


def late_answers(asked: Question) -> dict[UUID, list[LateAnswer]]:
    """Return by unit what of the superior's items of the period it had not answered at the end though its last day had
    passed, the oldest first: as of that day, whom was asked then, and not what had been ended. The tasks are those that
    the figures read, one query more where an answer is late."""
    late = [one for one in _Reading(asked).tasks if one.of_item and one.due_on is not None and one.due_on < asked.until]
    events = trail.events_of([one.id for one in late], kinds=[ENDED]) if late else []
    ended = {event.subject_id for event in events if event.at < end_of(asked.until)}
    found: defaultdict[UUID, list[LateAnswer]] = defaultdict(list)
    for task in sorted(late, key=lambda one: (one.due_on or asked.until, str(one.id))):
        for unit in () if task.id in ended else task.units:
            if unit not in task.replies and task.due_on is not None:
                found[unit].append(LateAnswer(task.id, task.title, task.due_on))
    return dict(found)


def _who(task: _Task) -> Iterable[UUID]:
    return (*task.units, *task.replies)


def _items(here: _Reading) -> Iterator[Share]:
    """The superior's items of the period, each with its 举一反三: of a town all, at a unit those that ask it."""
    yield from ((task, None, 1) for task, _ in here.items())


def _items_completed(here: _Reading) -> Iterator[Share]:
    """Those of them to which every unit asked, at a unit itself, had answered by the end of the day."""
    yield from ((task, None, 1) for task, is_answered in here.items() if is_answered)


def _found_alike(here: _Reading) -> Iterator[Share]:
    """The similar hazards that the units of the place said they had found."""
    yield from ((task, unit, task.replies[unit].found) for task, unit in here.pairs())


def _units_asked(here: _Reading) -> Iterator[Share]:
    """How often a unit of the place was asked because of an accident notice."""
    notices = (task for task in here.around if not task.of_item)
    yield from ((task, unit, 1) for task in notices for unit in task.units if unit in here.within)


def _units_answered(here: _Reading) -> Iterator[Share]:
    """How often such a unit had answered by the end of the day."""
    yield from ((task, unit, 1) for task, unit in here.pairs() if not task.of_item and unit in task.units)


def _firms_alike(here: _Reading) -> Iterator[Share]:
    """The comparable enterprises that accident notices named."""
    yield from ((task, None, task.firms) for task in here.tasks if not task.of_item)


def _firms_checked(here: _Reading) -> Iterator[Share]:
    """The enterprises that the units said they had checked, for each accident notice no more than it named."""
    for task in here.tasks:
        left = 0 if task.of_item else task.firms
        for unit, reply in task.replies.items():
            yield task, unit, min(reply.checked, left)
            left -= min(reply.checked, left)


_SAME_KIND: Final[Mapping[str, Callable[[_Reading], Iterator[Share]]]] = {
    "hazards.same_kind_items": _items,
    "hazards.same_kind_items_completed": _items_completed,
    "hazards.same_kind_found": _found_alike,
    "hazards.same_kind_units_asked": _units_asked,
    "hazards.same_kind_units_answered": _units_answered,
    "hazards.same_kind_firms_alike": _firms_alike,
    "hazards.same_kind_firms_checked": _firms_checked,
}


def name_same_kind(asked: Question, name: str) -> Iterable[Line]:
    """Name the tasks, and the units in them, that a figure of 举一反三 counts."""
    shares = [one for one in _SAME_KIND[name](_Reading(asked)) if one[2]]
    units = orgs.units({unit for _, unit, _ in shares if unit is not None})
    return [
        Line(
            task.title,
            units[unit].short_name if unit is not None and unit in units else "",
            amount,
            TASK,
            (str(task.id),),
        )
        for task, unit, amount in shares
    ]


def name_reporters(asked: Question, name: str) -> Iterable[Line]:
    """Name the enterprises that `self_reported` counts."""
    found = enterprises.firms(_reporters(asked))
    return [Line(one.name) for one in sorted(found.values(), key=lambda one: one.name)]


def self_reported(asked: Question) -> Answer:
    """Count the enterprises on the register that had reported the month of the day, an explicit zero included."""
    return Answer(len(_reporters(asked)), {"month": f"{asked.until:%Y-%m}"})


def _reporters(asked: Question) -> Collection[UUID]:
    around = town_path(asked.path) or asked.path
    found, active = asked.once((SelfReport, around, asked.until), lambda: _reports(around, asked.until))
    return {
        pk
        for pk, path, sector in found
        if pk in active and is_within(path, asked.path) and (not asked.sectors or sector in asked.sectors)
    }


def _reports(path: str, on: date) -> tuple[list[tuple[UUID, str, str]], frozenset[UUID]]:
    """Return the reports of the month of a day below a path (enterprise, path, sector), and which enterprises of them
    were on the register."""
    rows = SelfReport.objects.below(path).filter(month=on.replace(day=1), reported_at__lt=end_of(on))
    found = list(rows.values_list("enterprise_id", "path", "sector", "town_id"))
    ids, towns = {one[0] for one in found}, {one[3] for one in found}
    active = enterprises.active_among(ids, town_ids=towns, on=on) if ids else frozenset()
    return [one[:3] for one in found], active


def _tasks(asked: Question, path: str) -> list[_Task]:
    """Return the tasks opened in the period at a path and below it."""
    rows = SameKindTask.objects.opened_in(Opened(path, asked.since, asked.until, sectors=tuple(asked.sectors)))
    found = list(rows)
    before = _asked_before(found, asked)
    replies = _replies(rows, asked)
    return [_task(row, before.get(row.pk, {}), replies[row.pk]) for row in found]


def _task(row: SameKindTask, before: Mapping[str, Any], replies: Mapping[UUID, SameKindReply]) -> _Task:
    units = before.get("units", row.units)
    firms = before.get("enterprises", row.enterprises)
    return _Task(
        row.pk,
        row.title,
        row.path,
        row.sector,
        row.hazard_id is not None,
        tuple(UUID(one) for one in units.split()),
        len(firms),
        replies,
        row.due_on,
    )


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
