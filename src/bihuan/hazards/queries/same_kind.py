"""举一反三: tasks, answers, and the enterprises that are alike (R3.21)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import Hazard, SameKindReply, SameKindTask
from bihuan.hazards.rules.same_kind import Opened
from bihuan.hazards.rules.states import CATEGORY_NAMES, Category
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.paths import town_path
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitRef
from bihuan.standards.rules import FEATURE_NAMES
from bihuan.trail import queries as trail
from bihuan.trail.rules import Page

REPLIED: Final = "same_kind.replied"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task on a list."""

    id: UUID
    title: str
    hazard_id: UUID | None
    due_on: date | None
    asked: int
    replied: int
    checked: int
    found: int
    fixed: int
    is_open: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class ReplyView:
    """One unit that was asked, and its answer, or None while it has not answered."""

    unit: UnitRef
    checked: int | None
    found: int | None
    fixed: int | None
    note: str
    replied_at: datetime | None
    replied_by: str
    papers: tuple[UUID, ...] = ()
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task's page: what was asked, of whom, and what came back. events: how often something happened to it."""

    line: TaskLine
    town_id: UUID
    notice: str
    category: str
    words: str
    sector: str
    features: tuple[str, ...]
    enterprises: tuple[UUID, ...]
    replies: tuple[ReplyView, ...]
    events: int


def same_kind_tasks(
    viewer: Actor, *, today: date, only_open: bool = True, opened: Opened | None = None, page: int = 1, size: int = 50
) -> Page[TaskLine]:
    """Return a page of the tasks a viewer sees or whose units they belong to, the nearest due first; two queries.

    opened: only those that a figure counts, whether open or not.
    """
    rows = SameKindTask.objects.seen_by(viewer)
    if opened is not None:
        rows = rows.opened_in(_of_place(opened))
    elif only_open:
        rows = rows.filter(is_open=True)
    shown = rows.order_by("due_on", "id")[(page - 1) * size : page * size]
    return Page(tuple(_line(row, today) for row in shown), number=page, size=size, total=rows.count())


def _of_place(opened: Opened) -> Opened:
    """Return what a figure counts with the units of its place, where that lies within a town."""
    if town_path(opened.path) in {"", opened.path}:
        return opened
    return replace(opened, units=tuple(one.id for one in orgs.units_below(opened.path, with_closed=True)))


def same_kind_for(viewer: Actor, task_id: UUID, *, today: date) -> TaskView:
    """Return one task with every answer. Raises NotFound."""
    row = SameKindTask.objects.seen_by(viewer).filter(pk=task_id).first()
    if row is None:
        raise NotFound("hazards.no_task", "没有找到这项举一反三，或者不在您的管辖范围内。")
    current = {one.unit_id: one for one in SameKindReply.objects.filter(task=row, is_current=True)}
    events = trail.events_of([row.pk])
    papers = {one.figures["unit"]: one.evidence for one in events if one.kind == REPLIED}  # the last answer counts
    units = orgs.units(row.asked)
    return TaskView(
        line=_line(row, today),
        town_id=row.town_id,
        notice=row.notice,
        category=row.category,
        words=row.words,
        sector=row.sector,
        features=tuple(row.features),
        enterprises=tuple(UUID(one) for one in row.enterprises),
        replies=tuple(
            _reply(unit, current.get(unit.id), papers.get(str(unit.id), ()))
            for unit in sorted(units.values(), key=lambda one: one.path)
        ),
        events=len(events),
    )


def same_kind_paper(viewer: Actor, task_id: UUID, evidence_id: UUID) -> trail.OpenedFile:
    """Open a paper on which somebody answered for a unit, as whoever sees the task. Raises NotFound."""
    seen = SameKindTask.objects.seen_by(viewer).filter(pk=task_id).exists()
    events = trail.events_of([task_id], kinds=[REPLIED]) if seen else []
    if not any(evidence_id in one.evidence for one in events):
        raise NotFound("hazards.no_paper", "没有找到这份凭据，或者不在您的管辖范围内。")
    return trail.open_file(evidence_id, "original")


def alike_for(viewer: Actor, task_id: UUID, *, most: int = 50) -> list[enterprises.Alike]:
    """Return the enterprises that could have the same, nearest first, for whoever chooses whom to ask."""
    row = SameKindTask.objects.seen_by(viewer).filter(pk=task_id).first()
    if row is None:
        raise NotFound("hazards.no_task", "没有找到这项举一反三，或者不在您的管辖范围内。")
    hazard = Hazard.objects.filter(pk=row.hazard_id).first() if row.hazard_id else None
    own = hazard.enterprise_id if hazard is not None else None
    firm = enterprises.firms([own]).get(own) if own is not None else None
    features = tuple(row.features) or (firm.features if firm else ())
    return enterprises.alike(
        row.town_id,
        sectors=[row.sector] if row.sector else (),
        features=features,
        category=CATEGORY_NAMES[Category(row.category)] if row.category else "",
        words=row.words or (hazard.description if hazard is not None else ""),
        but=[own] if own is not None else (),
        most=most,
    )


def answering_posts(unit_ids: Iterable[UUID], *, on: date) -> dict[UUID, str]:
    """Return through which post each of these units can log in and answer itself; units where nobody can are left out.

    Two queries.
    """
    posts = orgs.posts_of_units(unit_ids, on)
    return {post.unit.id: f"{post.unit.short_name}{post.label}" for post in reversed(posts) if post.holder_id}


def feature_names(features: tuple[str, ...]) -> list[str]:
    """Return the Chinese names of features."""
    return [name for code, name in FEATURE_NAMES.items() if code in features]


def _line(row: SameKindTask, today: date) -> TaskLine:
    return TaskLine(
        id=row.pk,
        title=row.title,
        hazard_id=row.hazard_id,
        due_on=row.due_on,
        asked=len(row.asked),
        replied=row.replies_count,
        checked=row.checked,
        found=row.found,
        fixed=row.fixed,
        is_open=row.is_open,
        is_late=row.is_open and row.due_on is not None and row.due_on < today,
    )


def _reply(unit: UnitRef, row: SameKindReply | None, papers: tuple[UUID, ...]) -> ReplyView:
    if row is None:
        return ReplyView(unit, None, None, None, "", None, "")
    return ReplyView(unit, row.checked, row.found, row.fixed, row.note, row.replied_at, row.replied_by, papers, row.pk)
