"""What documents answers: papers, through the viewer's scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count

from bihuan.documents.models import PaperQuerySet, PaperRecord
from bihuan.documents.rules import FORMS, PAPER_STATE_NAMES, Paper, PaperKind, PaperState
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.waiting import Found

MANY: Final = 10_000  # counts beyond are told as "10000+" (design, section 6)


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """What a list of papers is narrowed to; empty parts do not narrow."""

    kind: PaperKind | None = None
    state: PaperState | None = None
    year: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A page of papers. total: None when there are more than MANY."""

    rows: Sequence[Paper]
    total: int | None


def paper_for(viewer: Actor, paper_id: UUID) -> Paper:
    """Return a paper that the viewer may see. Raises NotFound."""
    row = PaperRecord.objects.visible_to(viewer).filter(pk=paper_id).first()
    if row is None:
        raise NotFound("documents.not_found")
    return row.frozen()


def papers_of(subject_ids: Iterable[UUID], *, town_id: UUID | None = None) -> dict[UUID, list[Paper]]:
    """Return the papers on these subjects, oldest first, in one query; the caller has checked the subjects.

    town_id: given when all lie in one town, so that its index serves.
    """
    wanted = list(subject_ids)
    found: dict[UUID, list[Paper]] = {subject: [] for subject in wanted}
    rows = PaperRecord.objects.about(wanted).order_by("issued_at", "id")
    if town_id is not None:
        rows = rows.filter(town_id=town_id)
    for row in rows:
        found[row.subject_id].append(row.frozen())
    return found


def _narrowed(viewer: Actor, wanted: PaperFilter) -> PaperQuerySet:
    rows = PaperRecord.objects.visible_to(viewer)
    exact = {"kind": wanted.kind, "state": wanted.state, "year": wanted.year}
    rows = rows.filter(**{column: value for column, value in exact.items() if value is not None})
    return rows.named(wanted.words) if wanted.words.strip() else rows


def listing(viewer: Actor, wanted: PaperFilter, *, page: int = 1, size: int = 20) -> PaperPage:
    """Return a page of papers, the latest first. page: from 1."""
    rows = _narrowed(viewer, wanted)
    total = rows.order_by()[: MANY + 1].count()
    shown = rows.latest_first()[(page - 1) * size : page * size]
    return PaperPage([row.frozen() for row in shown], total if total <= MANY else None)


def counts(viewer: Actor, wanted: PaperFilter) -> dict[PaperKind, int]:
    """Return how many papers of each kind there are under the other filters."""
    rows = _narrowed(viewer, PaperFilter(None, wanted.state, wanted.year, wanted.words))
    found = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: found.get(kind.value, 0) for kind in PaperKind}


def years(viewer: Actor) -> list[int]:
    """Return the years that have papers, the latest first."""
    return list(PaperRecord.objects.visible_to(viewer).order_by("-year").values_list("year", flat=True).distinct())


def found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Answer the global search: papers by number or unit."""
    rows = _narrowed(viewer, PaperFilter(words=words)).latest_first()[:first_n]
    return [
        Found(
            kind="文书",
            title=row.doc_no,
            note=f"{FORMS[PaperKind(row.kind)].title} {row.unit} {_mark(row.state)}".strip(),
            url_name="documents:show",
            url_args=(row.pk,),
        )
        for row in rows
    ]


def _mark(state: str) -> str:
    return PAPER_STATE_NAMES[PaperState.VOID] if state == PaperState.VOID else ""
