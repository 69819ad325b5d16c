"""What documents answers: papers, through the viewer's scope."""

from collections.abc import Iterable
from uuid import UUID

from bihuan.documents.models import PaperRecord
from bihuan.documents.rules import Paper
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound


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
