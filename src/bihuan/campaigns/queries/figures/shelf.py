"""The rows of one campaign as they lie in their tables, each table read once in an asking, whatever its days."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from bihuan.campaigns.models import (
    Campaign,
    CampaignExtension,
    CampaignPaper,
    CampaignUnit,
    ClauseChange,
    GroupSeat,
    LedFirm,
    RegularDuty,
    StudyFirm,
    Task,
    TaskHelp,
    TaskMove,
    TaskReport,
    UnitStep,
)
from bihuan.campaigns.rules.counted import Leader
from bihuan.campaigns.rules.reported import Duty, Turn, duties_of, turns_of
from bihuan.kernel.indicators import Kept
from bihuan.orgs import queries as orgs

TOWN: Final = "镇"


class TaskRow(NamedTuple):
    """A task, with what it was made from. by_return: it is reported by a return."""

    pk: UUID
    clause_id: UUID | None
    title: str
    unit_id: UUID
    first_due_on: date
    helpers: frozenset[UUID]
    made_at: datetime
    duty_id: UUID | None = None
    by_return: bool = False
    withdrawn_at: datetime | None = None


class Shelf:
    """What is kept of a campaign while one page is put together. What was known on a day is the book's to say."""

    def __init__(self, campaign_id: UUID, kept: Kept) -> None:
        self.campaign_id, self.kept = campaign_id, kept

    @cached_property
    def row(self) -> Campaign:
        """The campaign."""
        return Campaign.objects.get(pk=self.campaign_id)

    @cached_property
    def family(self) -> list[tuple[UUID, datetime | None]]:
        """The campaigns that it is linked with, and since when."""
        if self.row.linked_id is not None:
            return [(self.row.linked_id, self.row.linked_at)]
        return list(Campaign.objects.filter(linked_id=self.row.pk).values_list("pk", "linked_at"))

    @cached_property
    def units(self) -> list[CampaignUnit]:
        """The units that take part, in their order."""
        return list(CampaignUnit.objects.filter(campaign_id=self.campaign_id).order_by("sort_no"))

    @cached_property
    def steps(self) -> list[UnitStep]:
        """What these units have set up, the oldest first."""
        return list(UnitStep.objects.filter(unit__campaign=self.campaign_id).order_by("at", "id"))

    @cached_property
    def tasks(self) -> list[TaskRow]:
        """The tasks, those too that were withdrawn."""
        rows = Task.every.filter(campaign=self.campaign_id).order_by("first_due_on", "made_at", "id")
        helpers = Cast("helpers", TextField())  # decoded below, once for all the tasks that have the same
        plain = ("pk", "clause_id", "title", "unit_id", "first_due_on")
        found = list(rows.values_list(*plain, helpers, "made_at", "duty_id", "form_id", "withdrawn_at"))
        teams = {text: frozenset(map(UUID, json.loads(text))) for text in {one[5] for one in found}}
        return [
            TaskRow(pk, clause_id, title, unit_id, due_on, teams[text], made_at, duty_id, form_id is not None, gone_at)
            for pk, clause_id, title, unit_id, due_on, text, made_at, duty_id, form_id, gone_at in found
        ]

    @cached_property
    def duties(self) -> list[RegularDuty]:
        """The duties that come again with every period; each has had tasks from its first one on."""
        if not any(one.duty_id for one in self.tasks):
            return []
        return list(RegularDuty.objects.filter(campaign=self.campaign_id))

    @cached_property
    def changes(self) -> list[tuple[datetime, Mapping[str, Sequence[str]]]]:
        """When regular duties went to other units, and who owed them until then; the oldest first."""
        if not any(one.changed_at for one in self.duties):
            return []
        rows = ClauseChange.objects.filter(clause__campaign=self.campaign_id).exclude(duties={})
        return list(rows.order_by("at", "id").values_list("at", "duties"))

    @cached_property
    def seats(self) -> list[GroupSeat]:
        """The seats of the leading group, those that have ended too, in their order."""
        return list(GroupSeat.objects.filter(campaign=self.campaign_id).order_by("sort_no", "made_at", "id"))

    @cached_property
    def reports(self) -> list[tuple[UUID, datetime, str]]:
        """What was reported of tasks: task, when, state; the oldest first."""
        rows = TaskReport.objects.filter(task__campaign=self.campaign_id).order_by("reported_at", "id")
        return list(rows.values_list("task_id", "reported_at", "state"))

    @cached_property
    def moves(self) -> list[tuple[UUID, datetime, date]]:
        """How deadlines of tasks were moved: task, when, to which day; the oldest first."""
        rows = TaskMove.objects.filter(task__campaign=self.campaign_id).order_by("at", "id")
        return list(rows.values_list("task_id", "at", "to_on"))

    @cached_property
    def helps(self) -> list[tuple[UUID, datetime, UUID]]:
        """Who helped with tasks: task, when, unit."""
        return list(TaskHelp.objects.filter(task__campaign=self.campaign_id).values_list("task_id", "at", "unit_id"))

    def records(self, model: type[Any]) -> list[Any]:
        """Return the records of one register, of this campaign and those that it is linked with, by their days."""
        return self.kept.once((self.campaign_id, model), lambda: self._records(model))

    def _records(self, model: type[Any]) -> list[Any]:
        campaigns = [self.campaign_id, *(pk for pk, _ in self.family)]
        rows: QuerySet[Any] = model.objects.filter(campaign_id__in=campaigns)
        named = rows.annotate(whose=F("part__unit_id"), who=Coalesce("part__name", Value(TOWN)))
        return list(named.order_by("on", "recorded_at", "id"))

    def firms_of_lessons(self, lessons: list[Any]) -> dict[UUID, list[tuple[UUID, str]]]:
        """Return the enterprises whose principals took part in lessons of the campaign, by lesson."""
        return self.kept.once((self.campaign_id, StudyFirm), lambda: _firms(lessons)) if lessons else {}

    def led_firms(self, visits: list[Any]) -> list[LedFirm]:
        """Return the enterprises that leaders of the campaign visited, by their days."""
        rows = LedFirm.objects.filter(visit_id__in=[one.pk for one in visits]).order_by("on", "name", "id")
        return self.kept.once((self.campaign_id, LedFirm), lambda: list(rows)) if visits else []

    def leaders(self, path: str) -> list[Leader]:
        """Return the leaders' posts of a place, with who held them when."""
        return self.kept.once((self.campaign_id, Leader, path), lambda: _leaders(path)) if path else []

    @cached_property
    def extensions(self) -> list[CampaignExtension]:
        """The documents by which the end was moved, the oldest first."""
        return list(CampaignExtension.objects.filter(campaign=self.campaign_id).order_by("at"))

    @cached_property
    def papers(self) -> list[CampaignPaper]:
        """The documents that were attached, the oldest first."""
        return list(CampaignPaper.objects.filter(campaign=self.campaign_id).order_by("at", "id"))


def kept_turns(row: RegularDuty, *, last: date) -> list[Turn]:
    """Return the periods of a regular duty. last: the end of the campaign."""
    return turns_of(kept_duty(row), first=row.first_on, last=min(last, row.last_on or last))


def kept_duty(row: RegularDuty) -> Duty:
    """Return a regular duty as the rules know it."""
    (found,) = duties_of([row.duty], issued_on=None)
    return found


def _firms(lessons: list[Any]) -> dict[UUID, list[tuple[UUID, str]]]:
    found: defaultdict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for one in StudyFirm.objects.filter(study_id__in=[row.pk for row in lessons]).order_by("name"):
        found[one.study_id].append((one.enterprise_id, one.name))
    return dict(found)


def _leaders(path: str) -> list[Leader]:
    posts = orgs.leading_posts(path)
    held: defaultdict[UUID, list[tuple[date, date | None, UUID]]] = defaultdict(list)
    for one in orgs.holdings_of([post.id for post in posts]):
        held[one.post_id].append((one.from_on, one.to_on, one.user_id))
    return [Leader(post.id, post.title, post.kind, tuple(held[post.id])) for post in posts]
