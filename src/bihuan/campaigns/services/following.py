"""Follow up what was decided until it is done; take back what was registered wrongly."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, Decision, LedFirm, LedVisit, Meeting, Problem, Record, Study, TaskHelp
from bihuan.campaigns.rules.life import CampaignAct, CampaignState
from bihuan.campaigns.rules.registers import RECORD_NAMES, RecordKind
from bihuan.campaigns.services.archiving import correct_frozen
from bihuan.campaigns.services.loading import campaign_to, news_of, speaks_for, tell, unit_of, write_news
from bihuan.campaigns.services.texts import written
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Outdated, Refusal
from bihuan.kernel.ids import new_id
from bihuan.trail import services as trail

MODELS: Final[Mapping[RecordKind, type[Record]]] = {
    RecordKind.MEETING: Meeting,
    RecordKind.DECISION: Decision,
    RecordKind.PROBLEM: Problem,
    RecordKind.LED_VISIT: LedVisit,
    RecordKind.STUDY: Study,
}
FOLLOWED: Final = (RecordKind.DECISION, RecordKind.PROBLEM)


@transaction.atomic
def finish(
    *,
    campaign_id: UUID,
    kind: RecordKind,
    record_id: UUID,
    seen_version: int,
    result: str,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Report that a decision was carried out, or a key problem solved: with what result, and a file that shows it
    (R1.8, R9.6)."""
    row = campaign_to(CampaignAct.REPORT, actor, campaign_id)
    if kind not in FOLLOWED:
        raise Refusal("campaigns.not_followed", f"{RECORD_NAMES[kind]}不用报办结。")
    found = _record(row, kind, record_id, actor)
    acting_for = speaks_for(actor, found.part)
    if found.done_at is not None:
        raise Refusal("campaigns.finished", f"这项{RECORD_NAMES[kind]}已经办结。请刷新页面看最新情况。")
    if not result.strip():
        raise Refusal("campaigns.no_result", "请写办理结果：做了什么，现在怎样。", field="result")
    if not files:
        raise Refusal("campaigns.no_proof", "报办结要有佐证：请上传照片或者文件，光写一句话不能算办结。", field="proof")
    papers = tuple(trail.attach_files(files, actor=actor, now=now))
    _write(
        found,
        seen_version,
        done_at=now,
        done_by=actor.name,
        result=written(type(found), "result", result),
        result_files=[str(one) for one in papers],
    )
    item = news_of(
        row,
        f"{kind}_finished",
        f"{found.part.name}办结{RECORD_NAMES[kind]}：{result.strip()[:60]}",
        path=found.path,
        after={kind.value: str(found.pk), "result": result.strip()},
        evidence=papers,
        acting_for=acting_for,
    )
    write_news(row, item, actor=actor, now=now)


@transaction.atomic
def take_back(
    *,
    campaign_id: UUID,
    kind: RecordKind,
    record_id: UUID,
    seen_version: int,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take back a record that is wrong; it stays readable with the reason. What a meeting decided goes with it."""
    row = campaign_to(CampaignAct.CORRECT, actor, campaign_id)
    found = _record(row, kind, record_id, actor)
    if not why.strip():
        raise Refusal("campaigns.no_reason", "请写更正的理由。", field="why")
    gone = {"taken_back_at": now, "taken_back_why": written(type(found), "taken_back_why", why, field="why")}
    _write(found, seen_version, **gone)
    if kind is RecordKind.MEETING:
        Decision.objects.filter(meeting_id=found.pk, taken_back_at=None).update(**gone)
    if kind is RecordKind.LED_VISIT:
        LedFirm.objects.filter(visit_id=found.pk).update(counts=False)
    say = f"撤回一条{RECORD_NAMES[kind]}：{why.strip()}"
    tell(
        row,
        "record_taken_back",
        say,
        path=found.path,
        before={"kind": kind.value, "record": str(found.pk), "on": found.on.isoformat()},
        reason=why.strip(),
        actor=actor,
        now=now,
    )
    if row.state == CampaignState.CLOSING:
        correct_frozen(row, why=f"撤回一条{RECORD_NAMES[kind]}：{why.strip()}", actor=actor, now=now)


@transaction.atomic
def report_help(
    *,
    campaign_id: UUID,
    task_id: UUID,
    unit_id: UUID,
    note: str,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Report what a helping unit did for a task (R9.4). unit_id: the helping `CampaignUnit`."""
    row = campaign_to(CampaignAct.REPORT, actor, campaign_id)
    unit = unit_of(actor, row, unit_id)
    acting_for = speaks_for(actor, unit)
    task = row.tasks.filter(pk=task_id).first()
    if task is None or str(unit.pk) not in task.helpers:
        raise NotFound("campaigns.no_task", f"没有找到{unit.name}配合的这件任务。")
    if not note.strip():
        raise Refusal("campaigns.no_note", "请写配合做了什么。", field="note")
    papers = tuple(trail.attach_files(files, actor=actor, now=now))
    TaskHelp(
        id=new_id(),
        task=task,
        unit=unit,
        note=written(TaskHelp, "note", note),
        files=[str(one) for one in papers],
        at=now,
        by=actor.name,
    ).save(force_insert=True)
    item = news_of(
        row,
        "task_helped",
        f"{unit.name}配合“{task.title}”：{note.strip()[:60]}",
        path=unit.path,
        after={"task": str(task.pk), "unit": unit.name},
        evidence=papers,
        acting_for=acting_for,
    )
    write_news(row, item, actor=actor, now=now)


def _record(row: Campaign, kind: RecordKind, record_id: UUID, actor: Actor) -> Any:
    found = MODELS[kind].objects.open_to(actor).standing().filter(campaign=row, pk=record_id).first()
    if found is None:
        raise NotFound("campaigns.no_record", f"没有找到这条{RECORD_NAMES[kind]}，可能已经撤回。请刷新页面。")
    return found


def _write(found: Any, seen_version: int, **columns: Any) -> None:
    rows = type(found).objects.filter(pk=found.pk, version=seen_version)
    if rows.update(**columns, version=seen_version + 1) != 1:
        raise Outdated("campaigns.record_outdated", "这条记录刚刚有人改动。请刷新页面看过最新情况再办。")
