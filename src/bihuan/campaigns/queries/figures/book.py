"""The rows of one campaign as they stood at the end of a day, each table read once and only when it is needed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.models import (
    Campaign,
    CampaignExtension,
    CampaignPaper,
    CampaignUnit,
    Decision,
    GroupSeat,
    LedVisit,
    Meeting,
    Problem,
    RegularDuty,
    Study,
    UnitStep,
)
from bihuan.campaigns.queries.figures.rhythm import Month, holidays_of, months_of
from bihuan.campaigns.queries.figures.shelf import Shelf, TaskRow, kept_turns
from bihuan.campaigns.rules.counted import DueFact, Leader, Led, Part, RecordFact, Seat, TaskFact
from bihuan.campaigns.rules.drafting import PlanState, TaskState
from bihuan.campaigns.rules.registers import Chair, RecordKind, StudyKind
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.calendar import ONE_DAY, day_of, end_of
from bihuan.kernel.indicators import Kept, Question
from bihuan.kernel.paths import is_within
from bihuan.orgs import queries as orgs

FOLLOWED: Final = {RecordKind.DECISION: Decision, RecordKind.PROBLEM: Problem}


class Book:
    """What was recorded of a campaign by the end of `asked.until`. Records of a linked campaign count here as well, by
    their own days (R9.14); units and tasks are each campaign's own.

    row: given where the caller has read it. Books of one asking read the same shelf.
    """

    def __init__(self, asked: Question, row: Campaign | None = None) -> None:
        assert asked.campaign_id is not None  # noqa: S101 -- statistics ask only with a campaign (of_campaign)
        self.asked = asked
        self.end: datetime = end_of(asked.until)
        campaign_id, kept = asked.campaign_id, asked.kept or Kept()
        self.kept = kept
        self.shelf: Shelf = kept.once((campaign_id, Shelf), lambda: Shelf(campaign_id, kept))
        if row is not None:
            self.shelf.row = row
        self._kept: dict[str, Any] = {}

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """Return what another reader of this book has read under a name, read at the first asking."""
        if name not in self._kept:
            self._kept[name] = read()
        return self._kept[name]

    @property
    def row(self) -> Campaign:
        """The campaign."""
        return self.shelf.row

    @property
    def is_whole(self) -> bool:
        """Whether the place asked is the campaign's town or more; what is the town's own is told only there."""
        return is_within(self.row.path, self.asked.path)

    @property
    def is_over(self) -> bool:
        """Whether the campaign had been closed: its figures stand still, and a correction since is made in them."""
        return self.row.closed_at is not None and self.row.closed_at < self.end

    @property
    def place(self) -> str:
        """The part of the town that is asked for, "" when it is none of it."""
        if self.is_whole:
            return self.row.path
        return self.asked.path if is_within(self.asked.path, self.row.path) else ""

    def within(self, on: date) -> bool:
        """Tell whether a day lies in the period."""
        return self.asked.since <= on <= self.asked.until

    @cached_property
    def family(self) -> list[UUID]:
        """The campaign, and the one that it was linked with by then."""
        linked = self.shelf.family
        return [self.row.pk, *(pk for pk, at in linked if pk is not None and at is not None and at < self.end)]

    @cached_property
    def parts(self) -> dict[UUID, Part]:
        """The units that the campaign was issued to, as each stood."""
        if self.row.issued_at is None or self.row.issued_at >= self.end:
            return {}
        steps: dict[UUID, UnitStep] = {}
        first: dict[UUID, date] = {}
        returned: dict[UUID, date] = {}
        for step in self.shelf.steps:
            if step.at < self.end:
                steps[step.unit_id] = step
                if step.plan_state == PlanState.HANDED_IN:
                    first.setdefault(step.unit_id, day_of(step.at))
                if step.plan_state == PlanState.RETURNED:
                    returned.setdefault(step.unit_id, day_of(step.at))
                else:
                    returned.pop(step.unit_id, None)
        found = [_part(one, steps.get(one.pk), first.get(one.pk)) for one in self.shelf.units]
        return {one.id: replace(one, returned_on=returned.get(one.id)) for one in found}

    @cached_property
    def here(self) -> list[Part]:
        """Those of them that lie in the place asked."""
        return [one for one in self.parts.values() if one.is_in(self.asked.path)]

    @cached_property
    def tasks(self) -> list[TaskFact]:
        """The tasks of these units."""
        moves: dict[UUID, date] = {pk: to_on for pk, at, to_on in self.shelf.moves if at < self.end}
        helps, reports = _by_task(self.shelf.helps, self.end), _by_task(self.shelf.reports, self.end)
        mine = {one.id for one in self.here}
        return [
            _task(one, self.parts[one.unit_id], reports.get(one.pk, []), moves.get(one.pk), helps.get(one.pk, []))
            for one in self.shelf.tasks
            if one.unit_id in mine and one.made_at < self.end and not self._is_withdrawn(one)
        ]

    def _is_withdrawn(self, one: TaskRow) -> bool:
        return one.withdrawn_at is not None and one.withdrawn_at < self.end

    @cached_property
    def coming(self) -> Counter[tuple[UUID, UUID]]:
        """How many tasks of regular duties were still to be written then, by clause and `CampaignUnit`: those whose
        period had not begun. None of a campaign that was closed."""
        if self.is_over or self.row.ends_on is None:
            return Counter()
        written: dict[UUID | None, date] = {}  # up to which day each duty had its tasks
        for one in self.shelf.tasks:
            if one.duty_id and one.made_at < self.end:
                written[one.duty_id] = max(one.first_due_on, written.get(one.duty_id, one.first_due_on))
        mine = {str(one.id): one.id for one in self.here}
        found: Counter[tuple[UUID, UUID]] = Counter()
        for duty in self.shelf.duties:
            if duty.clause_id is None or duty.made_at >= self.end:
                continue
            turns = kept_turns(duty, last=self.row.ends_on)
            left = sum(duty.pk not in written or one.due_on > written[duty.pk] for one in turns)
            for unit_id in (mine[key] for key in self._owed_by(duty) if key in mine and left):
                found[duty.clause_id, unit_id] += left
        return found

    def _owed_by(self, duty: RegularDuty) -> Sequence[str]:
        """Return the units that owed a duty at the end."""
        later = (had[str(duty.pk)] for at, had in self.shelf.changes if at >= self.end and str(duty.pk) in had)
        return next(later, duty.units)

    @cached_property
    def task_reports(self) -> list[RecordFact]:
        """What units reported of tasks in the period, as records."""
        tasks = {one.pk: one for one in self.shelf.tasks}
        found = [
            RecordFact(None, f"任务“{one.title}”报进展", part.unit_id, part.name, part.path, day_of(at))
            for task_id, at, _ in self.shelf.reports
            if at < self.end and (part := self.parts[(one := tasks[task_id]).unit_id]) is not None
        ]
        return [one for one in found if self._is_mine(one)]

    def _is_mine(self, one: RecordFact) -> bool:
        return self.within(one.on) and is_within(one.path, self.asked.path)

    def _known(self, model: type[Any]) -> list[Any]:
        """Return the records of a register that were there at the end: recorded, and not yet taken back."""
        family = set(self.family)
        return [one for one in self.shelf.records(model) if one.campaign_id in family and self._is_known(one)]

    def _is_known(self, one: Any) -> bool:
        """Tell whether a record was there: recorded by the end, and not taken back by then. Of a campaign that is over,
        or whose days are all asked for, what was taken back later was wrong all along, too; of a record of a linked
        campaign only until this one was closed."""
        taken_back = one.taken_back_at is not None and one.taken_back_at < self.end
        if one.taken_back_at is not None and not taken_back and (self.is_over or self._is_whole_period):
            closed_at = self.row.closed_at
            taken_back = one.campaign_id == self.row.pk or (
                self._is_whole_period and (closed_at is None or one.taken_back_at < closed_at)
            )
        return bool(one.recorded_at < self.end) and not taken_back

    @property
    def _is_whole_period(self) -> bool:
        return self.row.ends_on is not None and self.asked.until >= self.row.ends_on

    @cached_property
    def meetings(self) -> list[RecordFact]:
        """Scheduling meetings of the period in the place."""
        found = [_record(RecordKind.MEETING, one, one.title, chair=Chair(one.chair)) for one in self._known(Meeting)]
        return [one for one in found if self._is_mine(one)]

    @cached_property
    def lessons(self) -> list[RecordFact]:
        """Relays, warning lessons and trainings of the period, wherever they were: a firm may learn elsewhere."""
        rows = [one for one in self._known(Study) if self.within(one.on)]
        firms = self.shelf.firms_of_lessons(self.shelf.records(Study))
        return [
            _record(
                RecordKind.STUDY,
                one,
                one.title,
                chair=Chair(one.led_by),
                study=StudyKind(one.kind),
                unit_head=one.unit_head,
                firms=tuple(firms.get(one.pk, ())),
            )
            for one in rows
        ]

    @property
    def studies(self) -> list[RecordFact]:
        """Those of them that units of the place held."""
        return [one for one in self.lessons if is_within(one.path, self.asked.path)]

    @cached_property
    def problem_records(self) -> list[RecordFact]:
        """Key problems raised in the period."""
        found = [_record(RecordKind.PROBLEM, one, one.problem) for one in self._known(Problem)]
        return [one for one in found if self._is_mine(one)]

    @cached_property
    def visit_records(self) -> list[RecordFact]:
        """Led inspections of the period, as records of the town."""
        found = [_record(RecordKind.LED_VISIT, one, f"{one.leader}带队检查") for one in self._known(LedVisit)]
        return [one for one in found if self._is_mine(one)]

    def due(self, kind: RecordKind) -> list[DueFact]:
        """Return the decisions or key problems that fell due in the period, in the place."""
        found = [_due(kind, one, self.end) for one in self._known(FOLLOWED[kind])]
        return [one for one in found if self.within(one.due_on) and is_within(one.path, self.asked.path)]

    @cached_property
    def led(self) -> list[Led]:
        """Enterprises visited by leaders in the period, of the whole town."""
        visits = {one.pk: one for one in self._known(LedVisit) if self.within(one.on)}
        rows = self.shelf.led_firms(self.shelf.records(LedVisit))
        return [
            Led(one.post_id, visits[one.visit_id].leader, one.name, one.on) for one in rows if one.visit_id in visits
        ]

    @cached_property
    def leaders(self) -> list[Leader]:
        """The leaders' posts of the place, with who held them when."""
        return self.shelf.leaders(self.place)

    @cached_property
    def months(self) -> list[Month]:
        """The months of the period, with how often leaders lead in each."""
        return months_of(self.row.town_id, self.asked.since, self.asked.until)

    @cached_property
    def holidays(self) -> list[date]:
        """The first days of the holidays that begin right after a day of the period."""
        return [one for one in holidays_of(self.row.town_id) if self.within(one - ONE_DAY)]

    @cached_property
    def seats(self) -> list[Seat]:
        """The seats of the leading group."""
        rows = [one for one in self.shelf.seats if one.ended_at is None or one.ended_at >= self.end]
        found = [one for one in rows if one.made_at < self.end]
        posts = orgs.posts([one.post_id for one in found if one.post_id], self.asked.until)
        return [_seat(one, posts) for one in found]

    @cached_property
    def extensions(self) -> list[CampaignExtension]:
        """The documents by which the end had moved."""
        return [one for one in self.shelf.extensions if one.at < self.end]

    @cached_property
    def papers(self) -> list[CampaignPaper]:
        """The documents that were attached."""
        return [one for one in self.shelf.papers if one.at < self.end]


def _by_task(rows: Iterable[tuple[UUID, datetime, Any]], end: datetime) -> dict[UUID, list[tuple[datetime, Any]]]:
    """Return what was recorded of each task before an instant, the oldest first."""
    found: defaultdict[UUID, list[tuple[datetime, Any]]] = defaultdict(list)
    for task_id, at, what in rows:
        if at < end:
            found[task_id].append((at, what))
    return dict(found)


def _part(one: CampaignUnit, step: UnitStep | None, first: date | None) -> Part:
    known = Part(one.pk, one.unit_id, one.name, one.path, Side(one.side), one.plan_due_on)
    if step is None:
        return known
    return Part(
        known.id,
        known.unit_id,
        known.name,
        known.path,
        known.side,
        known.plan_due_on,
        step.received,
        step.body,
        step.leader,
        step.plan_state,
        first,
    )


def _task(
    one: TaskRow,
    part: Part,
    reports: list[tuple[datetime, Any]],
    moved_to: date | None,
    helps: list[tuple[datetime, Any]],
) -> TaskFact:
    due_on = moved_to or one.first_due_on
    return TaskFact(
        clause_id=one.clause_id,
        title=one.title,
        part=part,
        due_on=due_on,
        done=_is_done(reports),
        done_by_due=_is_done([(at, state) for at, state in reports if at < end_of(due_on)]),
        helpers=one.helpers,
        helped=frozenset(unit_id for _, unit_id in helps),
        by_return=one.by_return,
    )


def _is_done(reports: list[tuple[datetime, Any]]) -> bool:
    return bool(reports) and reports[-1][1] == TaskState.DONE


def _record(kind: RecordKind, one: Any, title: str, **more: Any) -> RecordFact:
    return RecordFact(kind, title, one.whose, one.who, one.path, one.on, **more)


def _due(kind: RecordKind, one: Any, end: datetime) -> DueFact:
    done = one.done_at is not None and one.done_at < end
    title = one.text if kind is RecordKind.DECISION else one.problem
    return DueFact(kind, title, one.who, one.path, one.due_on, day_of(one.done_at) if done else None)


def _seat(one: GroupSeat, posts: Any) -> Seat:
    post = posts.get(one.post_id)
    if post is not None:
        return Seat(one.title, post.label, post.holder_id is not None)
    return Seat(one.title, one.holder or one.named, bool(one.holder))
