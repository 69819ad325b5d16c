"""The rows of one campaign as they stood at the end of a day, each table read once and only when it is needed."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from bihuan.campaigns.models import (
    Campaign,
    CampaignExtension,
    CampaignPaper,
    CampaignUnit,
    Decision,
    GroupSeat,
    LedFirm,
    LedVisit,
    Meeting,
    Problem,
    Study,
    StudyFirm,
    Task,
    TaskHelp,
    TaskMove,
    TaskReport,
    UnitStep,
)
from bihuan.campaigns.queries.figures.rhythm import Month, holidays_of, months_of
from bihuan.campaigns.rules.counted import DueFact, Leader, Led, Part, RecordFact, Seat, TaskFact
from bihuan.campaigns.rules.drafting import PlanState, TaskState
from bihuan.campaigns.rules.registers import Chair, RecordKind, StudyKind
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.calendar import day_of, end_of
from bihuan.kernel.indicators import Question
from bihuan.kernel.paths import is_within
from bihuan.orgs import queries as orgs

TOWN: Final = "镇"
FOLLOWED: Final = {RecordKind.DECISION: Decision, RecordKind.PROBLEM: Problem}


class _TaskRow(NamedTuple):
    pk: UUID
    title: str
    unit_id: UUID
    first_due_on: date
    helpers: list[str]


class Book:
    """What was recorded of a campaign by the end of `asked.until`. Records of a linked campaign count here as well, by
    their own days (R9.14); units and tasks are each campaign's own."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self.end: datetime = end_of(asked.until)
        self._kept: dict[str, Any] = {}

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """Return what another reader of this book has read under a name, read at the first asking."""
        if name not in self._kept:
            self._kept[name] = read()
        return self._kept[name]

    @cached_property
    def row(self) -> Campaign:
        """The campaign."""
        assert self.asked.campaign_id is not None  # noqa: S101 -- statistics ask only with a campaign (of_campaign)
        return Campaign.objects.get(pk=self.asked.campaign_id)

    @property
    def is_whole(self) -> bool:
        """Whether the place asked is the campaign's town or more; what is the town's own is told only there."""
        return is_within(self.row.path, self.asked.path)

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
        pairs = [(self.row.linked_id, self.row.linked_at)]
        if self.row.linked_id is None:
            pairs = list(Campaign.objects.filter(linked_id=self.row.pk).values_list("pk", "linked_at"))
        return [self.row.pk, *(pk for pk, at in pairs if pk is not None and at is not None and at < self.end)]

    @cached_property
    def parts(self) -> dict[UUID, Part]:
        """The units that the campaign was issued to, as each stood."""
        if self.row.issued_at is None or self.row.issued_at >= self.end:
            return {}
        steps: dict[UUID, UnitStep] = {}
        first: dict[UUID, date] = {}
        for step in UnitStep.objects.filter(unit__campaign=self.row, at__lt=self.end).order_by("at", "id"):
            steps[step.unit_id] = step
            if step.plan_state == PlanState.HANDED_IN:
                first.setdefault(step.unit_id, day_of(step.at))
        rows = CampaignUnit.objects.filter(campaign=self.row).order_by("sort_no")
        return {one.pk: _part(one, steps.get(one.pk), first.get(one.pk)) for one in rows}

    @cached_property
    def here(self) -> list[Part]:
        """Those of them that lie in the place asked."""
        return [one for one in self.parts.values() if one.is_in(self.asked.path)]

    @cached_property
    def tasks(self) -> list[TaskFact]:
        """The tasks of these units."""
        moves = self._by_task(TaskMove.objects.filter(at__lt=self.end).order_by("at", "id"), "to_on")
        helps = self._by_task(TaskHelp.objects.filter(at__lt=self.end), "unit_id")
        reports: defaultdict[UUID, list[tuple[datetime, str]]] = defaultdict(list)
        for task_id, at, state in self.reports:
            reports[task_id].append((at, state))
        mine = {one.id for one in self.here}
        return [
            _task(one, self.parts[one.unit_id], reports[one.pk], moves[one.pk], helps[one.pk])
            for one in self.task_rows.values()
            if one.unit_id in mine
        ]

    @cached_property
    def task_rows(self) -> dict[UUID, _TaskRow]:
        """The tasks that there were."""
        rows = Task.objects.filter(campaign=self.row, made_at__lt=self.end).order_by("first_due_on", "made_at", "id")
        found = rows.values_list("pk", "title", "unit_id", "first_due_on", "helpers")
        return {one[0]: _TaskRow(*one) for one in found}

    @cached_property
    def reports(self) -> list[tuple[UUID, datetime, str]]:
        """What was reported of tasks: task, when, state; the oldest first."""
        rows = TaskReport.objects.filter(task__campaign=self.row, reported_at__lt=self.end)
        return list(rows.order_by("reported_at", "id").values_list("task_id", "reported_at", "state"))

    def _by_task(self, rows: QuerySet[Any], column: str) -> defaultdict[UUID, list[Any]]:
        found: defaultdict[UUID, list[Any]] = defaultdict(list)
        for task_id, value in rows.filter(task__campaign=self.row).values_list("task_id", column):
            found[task_id].append(value)
        return found

    @cached_property
    def task_reports(self) -> list[RecordFact]:
        """What units reported of tasks in the period, as records."""
        pairs = [(self.task_rows[task_id], day_of(at)) for task_id, at, _ in self.reports]
        found = [
            RecordFact(None, f"任务“{one.title}”报进展", part.unit_id, part.name, part.path, on)
            for one, on in pairs
            if (part := self.parts[one.unit_id]) is not None
        ]
        return [one for one in found if self._is_mine(one)]

    def _is_mine(self, one: RecordFact) -> bool:
        return self.within(one.on) and is_within(one.path, self.asked.path)

    def _known(self, model: type[Any]) -> QuerySet[Any]:
        rows = model.objects.known_at(self.end).filter(campaign_id__in=self.family)
        found: QuerySet[Any] = rows.annotate(
            whose=F("part__unit_id"), who=Coalesce("part__name", Value(TOWN))
        ).order_by("on", "recorded_at", "id")
        return found

    @cached_property
    def meetings(self) -> list[RecordFact]:
        """Scheduling meetings of the period in the place."""
        found = [_record(RecordKind.MEETING, one, one.title, chair=Chair(one.chair)) for one in self._known(Meeting)]
        return [one for one in found if self._is_mine(one)]

    @cached_property
    def lessons(self) -> list[RecordFact]:
        """Relays, warning lessons and trainings of the period, wherever they were: a firm may learn elsewhere."""
        rows = [one for one in self._known(Study) if self.within(one.on)]
        firms: defaultdict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
        for one in StudyFirm.objects.filter(study_id__in=[row.pk for row in rows]).order_by("name"):
            firms[one.study_id].append((one.enterprise_id, one.name))
        return [
            _record(
                RecordKind.STUDY,
                one,
                one.title,
                chair=Chair(one.led_by),
                study=StudyKind(one.kind),
                unit_head=one.unit_head,
                firms=tuple(firms[one.pk]),
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
        rows = LedFirm.objects.filter(visit_id__in=visits).order_by("on", "name", "id")
        return [Led(one.post_id, visits[one.visit_id].leader, one.name, one.on) for one in rows]

    @cached_property
    def leaders(self) -> list[Leader]:
        """The leaders' posts of the place, with who held them when."""
        posts = orgs.leading_posts(self.place) if self.place else []
        held: defaultdict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
        for one in orgs.holdings_of([post.id for post in posts]):
            held[one.post_id].append((one.from_on, one.to_on))
        return [Leader(post.id, post.title, post.kind, tuple(held[post.id])) for post in posts]

    @cached_property
    def months(self) -> list[Month]:
        """The months of the period, with how often leaders lead in each."""
        return months_of(self.row.town_id, self.asked.since, self.asked.until)

    @cached_property
    def holidays(self) -> list[date]:
        """The first days of holidays."""
        return holidays_of(self.row.town_id)

    @cached_property
    def seats(self) -> list[Seat]:
        """The seats of the leading group."""
        rows = GroupSeat.objects.filter(Q(ended_at=None) | Q(ended_at__gte=self.end), campaign=self.row)
        found = list(rows.filter(made_at__lt=self.end).order_by("sort_no", "made_at", "id"))
        posts = orgs.posts([one.post_id for one in found if one.post_id], self.asked.until)
        return [_seat(one, posts) for one in found]

    @cached_property
    def extensions(self) -> list[CampaignExtension]:
        """The documents by which the end had moved."""
        return list(CampaignExtension.objects.filter(campaign=self.row, at__lt=self.end).order_by("at"))

    @cached_property
    def papers(self) -> list[CampaignPaper]:
        """The documents that were attached."""
        return list(CampaignPaper.objects.filter(campaign=self.row, at__lt=self.end).order_by("at", "id"))


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
    one: _TaskRow, part: Part, reports: list[tuple[datetime, str]], moves: list[date], helps: list[UUID]
) -> TaskFact:
    due_on = moves[-1] if moves else one.first_due_on
    in_time = [state for at, state in reports if at < end_of(due_on)]
    return TaskFact(
        title=one.title,
        part=part,
        due_on=due_on,
        done=bool(reports) and reports[-1][1] == TaskState.DONE,
        done_by_due=bool(in_time) and in_time[-1] == TaskState.DONE,
        helpers=frozenset(UUID(helper) for helper in one.helpers),
        helped=frozenset(helps),
    )


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
