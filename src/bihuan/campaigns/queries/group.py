"""The leading group with its seats, the documents of a campaign, the campaign that it runs beside."""

from collections import Counter
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Campaign, CampaignUnit, ClauseMove, EndCorrection, TaskMove
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.rules.life import CampaignState
from bihuan.campaigns.rules.record_lines import (
    CorrectionLine,
    ExtensionLine,
    GroupView,
    HelpedTask,
    PaperLine,
    Participating,
    SeatLine,
)
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.orgs import queries as orgs
from bihuan.trail import queries as trail
from bihuan.trail.queries import OpenedFile

OVER: Final = (CampaignState.ARCHIVED, CampaignState.DROPPED, CampaignState.READING, CampaignState.FAILED)


def group_of(viewer: Actor, campaign_id: UUID, *, today: date) -> GroupView:
    """Return the seats as they stand, the documents, and what it is linked with or could be. Eleven queries at most."""
    row = row_for(viewer, campaign_id)
    seats = list(row.seats.filter(ended_at=None).order_by("sort_no", "made_at", "id"))
    posts = orgs.posts([one.post_id for one in seats if one.post_id], today)
    lines = []
    for one in seats:
        post = posts.get(one.post_id) if one.post_id else None
        who, filled = (post.label, post.holder_id is not None) if post else (one.holder, bool(one.holder))
        lines.append(SeatLine(one.pk, one.title, one.named, who, filled))
    papers = row.papers.order_by("kind", "at", "id")
    linked = row.linked or row.links.first()
    town = Campaign.objects.open_to(viewer).filter(town_id=row.town_id).exclude(pk=row.pk).exclude(state__in=OVER)
    return GroupView(
        seats=lines,
        papers=[PaperLine(one.pk, one.kind, one.title, one.number, one.at, one.by) for one in papers],
        linked=(linked.pk, linked.title) if linked else None,
        extensions=_extensions(row),
        others=() if linked else list(town.filter(linked=None, links=None).values_list("pk", "title")),
    )


def _extensions(row: Campaign) -> list[ExtensionLine]:
    """Return the documents that moved the end, the first one first, with what moved at the same moment."""
    tasks = Counter(TaskMove.objects.filter(task__campaign=row).values_list("at", flat=True))
    clauses = Counter(ClauseMove.objects.filter(clause__campaign=row).values_list("at", flat=True))
    mended: dict[UUID, list[CorrectionLine]] = {}
    for each in EndCorrection.objects.filter(extension__campaign=row).order_by("at", "id"):
        line = CorrectionLine(each.from_on, each.to_on, each.old_number, each.why, each.at, each.by)
        mended.setdefault(each.extension_id, []).append(line)
    return [
        ExtensionLine(
            doc_number=one.doc_number,
            old_on=one.old_on,
            new_on=one.new_on,
            reason=one.reason,
            at=one.at,
            by=one.by,
            tasks=tasks[one.at],
            clauses=clauses[one.at],
            corrections=mended.get(one.pk, ()),
        )
        for one in row.extensions.order_by("at", "id")
    ]


def paper_file(viewer: Actor, campaign_id: UUID, paper_id: UUID) -> OpenedFile:
    """Open a document of a campaign that the viewer sees. Raises NotFound."""
    paper = row_for(viewer, campaign_id).papers.filter(pk=paper_id).first()
    if paper is None:
        raise NotFound("campaigns.no_file", "没有找到这份文件。")
    return trail.open_file(paper.file_id, "original")


def participating(viewer: Actor, campaign_id: UUID) -> list[Participating]:
    """Return the units that a campaign the viewer sees was issued to, in their order; names only."""
    rows = row_for(viewer, campaign_id).units.order_by("sort_no")
    return [Participating(one.pk, one.unit_id, one.name) for one in rows]


def helped_task(viewer: Actor, campaign_id: UUID, task_id: UUID, unit_id: UUID) -> HelpedTask:
    """Return a task with which a unit that the viewer sees is to help. Raises NotFound."""
    row = row_for(viewer, campaign_id)
    unit = CampaignUnit.objects.open_to(viewer).filter(campaign=row, pk=unit_id).first()
    task = row.tasks.select_related("unit").filter(pk=task_id).first()
    if unit is None or task is None or str(unit.pk) not in task.helpers:
        raise NotFound("campaigns.no_task", "没有找到要配合的这件任务。")
    return HelpedTask(task.title, task.unit.name, unit.name, task.due_on)
