"""Extend a campaign by a document, and put right what was written wrongly of it (R9.14)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from bihuan.campaigns.models import Campaign, CampaignExtension, Clause, ClauseMove, EndCorrection, Task, TaskMove
from bihuan.campaigns.rules.drafting import TaskState
from bihuan.campaigns.rules.extending import extension_lacks
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.rules.registers import PaperKind
from bihuan.campaigns.services.duties import open_turns, take_over
from bihuan.campaigns.services.loading import campaign_to, tell, write
from bihuan.campaigns.services.notices import tell_units
from bihuan.campaigns.services.papers import keep_papers
from bihuan.campaigns.services.texts import written
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal
from bihuan.kernel.ids import new_id
from bihuan.trail import services as trail


@transaction.atomic
def extend_campaign(
    *,
    campaign_id: UUID,
    seen_version: int,
    ends_on: date,
    doc_number: str,
    reason: str,
    is_sure: bool = False,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Move the end by a document (R9.14); what is open or ordered for the old last day moves with it.

    The first end and the first deadlines are kept. What a meeting set for a day of its own does not move, nor does a
    period of a regular duty; the duty goes on to the new end.
    is_sure: a person has looked again at a day that is more than a year later.
    """
    row = campaign_to(CampaignAct.EXTEND, actor, campaign_id)
    target = must(actor, CampaignAct.EXTEND, CampaignState(row.state), path=row.path)
    old = row.ends_on
    assert old is not None  # noqa: S101 -- a campaign that was issued has its days
    _refuse(extension_lacks(doc_number, reason=reason, old_on=old, new_on=ends_on, is_sure=is_sure))
    papers = tuple(trail.attach_files(files, actor=actor, now=now))
    take_over(row, now=now)
    write(row, seen_version, state=target, ends_on=ends_on, changed_at=now)
    said = CampaignExtension(
        id=new_id(),
        campaign=row,
        doc_number=written(CampaignExtension, "doc_number", doc_number),
        reason=written(CampaignExtension, "reason", reason),
        old_on=old,
        new_on=ends_on,
        at=now,
        by=actor.name,
    )
    said.save(force_insert=True)
    keep_papers(
        row, PaperKind.EXTENSION, papers, title=f"延期到 {ends_on:%Y-%m-%d}", number=said.doc_number, by=actor, now=now
    )
    orders = _move_clauses(row, old, ends_on, now=now)
    moved = _move_tasks(row, old, ends_on, now=now)
    begun = len(open_turns(row, now=now))
    tell(
        row,
        "extended",
        f"依据 {said.doc_number} 从 {old:%Y-%m-%d} 延期到 {ends_on:%Y-%m-%d}，"
        f"任务顺延 {moved} 件，要求顺延 {len(orders)} 条" + (f"，定期要报的新生成 {begun} 件" if begun else ""),
        before={"ends_on": old.isoformat()},
        after={"ends_on": ends_on.isoformat(), "doc_number": said.doc_number, "tasks": moved, "clauses": orders}
        | ({"begun": begun} if begun else {}),
        reason=said.reason,
        evidence=papers,
        actor=actor,
        now=now,
    )
    units = list(row.units.all())
    tell_units(row, units, say=f"“{row.title}”延期到 {ends_on.month}月{ends_on.day}日", now=now)


@transaction.atomic
def correct_extension(
    *,
    campaign_id: UUID,
    seen_version: int,
    ends_on: date,
    doc_number: str,
    reason: str,
    is_sure: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """Put right what was written wrongly of the last extension, its day or its number, with the reason (R9.14).

    Deadlines that had moved to the wrong day move to the right one; what was set for a day after it comes back to it.
    """
    row = campaign_to(CampaignAct.CORRECT_END, actor, campaign_id)
    last = row.extensions.order_by("at", "id").last()
    old = row.ends_on
    assert last is not None and old is not None  # noqa: S101, PT018 -- a campaign that was extended has both
    _refuse(extension_lacks(doc_number, reason=reason, old_on=last.old_on, new_on=ends_on, is_sure=is_sure))
    number = written(CampaignExtension, "doc_number", doc_number)
    if ends_on == old and number == last.doc_number:
        raise Refusal("campaigns.nothing_corrected", "日期和文号都和原来一样，没有要更正的。", field="ends_on")
    write(row, seen_version, ends_on=ends_on, changed_at=now)
    kept = EndCorrection(
        id=new_id(),
        extension=last,
        from_on=old,
        to_on=ends_on,
        old_number=last.doc_number,
        why=written(EndCorrection, "why", reason, field="reason"),
        at=now,
        by=actor.name,
    )
    kept.save(force_insert=True)
    CampaignExtension.objects.filter(pk=last.pk).update(new_on=ends_on, doc_number=number)
    orders = _move_clauses(row, old, ends_on, now=now) if ends_on != old else []
    moved = _move_tasks(row, old, ends_on, now=now) if ends_on != old else 0
    open_turns(row, now=now)
    tell(
        row,
        "extension_corrected",
        f"更正延期：结束日期 {old:%Y-%m-%d} 改为 {ends_on:%Y-%m-%d}，文号 {number}，"
        f"任务改期 {moved} 件，要求改期 {len(orders)} 条",
        before={"ends_on": old.isoformat(), "doc_number": kept.old_number},
        after={"ends_on": ends_on.isoformat(), "doc_number": number, "tasks": moved, "clauses": orders},
        reason=kept.why,
        actor=actor,
        now=now,
    )
    if ends_on != old:
        units = list(row.units.all())
        tell_units(
            row, units, say=f"更正：“{row.title}”延期到 {ends_on.year}年{ends_on.month}月{ends_on.day}日", now=now
        )


def _refuse(lack: tuple[str, str, str] | None) -> None:
    if lack is not None:
        raise Refusal(f"campaigns.{lack[0]}", lack[2], field=lack[1])


def _move_clauses(row: Campaign, old: date, new: date, *, now: datetime) -> list[str]:
    """Move the orders due on the old last day, keep their first deadline and that it moved. Returns their labels."""
    found = row.clauses.in_text().filter(due_on=old)
    labels = dict(found.values_list("pk", "label"))
    rows = Clause.objects.filter(pk__in=list(labels))
    rows.update(first_due_on=Coalesce("first_due_on", "due_on"), due_on=new)
    moves = [ClauseMove(clause_id=pk, at=now, from_on=old, to_on=new) for pk in labels]
    ClauseMove.objects.bulk_create(moves, batch_size=200)
    return list(labels.values())


def _move_tasks(row: Campaign, old: date, new: date, *, now: datetime) -> int:
    """Move what is open and due on the old last day, or after an end that is now earlier, and keep that it moved.
    Returns how many.

    A period of a regular duty has its own last day: an earlier end cuts it short, a later one gives it back.
    """
    later = Q(due_on=old, duty=None) | Q(due_on=old, duty__isnull=False, first_due_on__gt=old)
    wrong = later if new > old else Q(due_on__gt=new)  # nothing is due after the end
    rows = Task.objects.filter(wrong, campaign=row).exclude(state=TaskState.DONE)
    moves = []
    for pk, due_on, first_due_on, duty_id in rows.values_list("pk", "due_on", "first_due_on", "duty_id"):
        to_on = new if duty_id is None else min(first_due_on, new)
        Task.objects.filter(pk=pk).update(due_on=to_on)
        moves.append(TaskMove(task_id=pk, at=now, from_on=due_on, to_on=to_on))
    TaskMove.objects.bulk_create(moves, batch_size=200)
    return len(moves)
