"""Take a file in: keep it, make a draft, and let a job read it."""

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.hazards.rules.states import Source
from bihuan.intake.models import ColumnMemory, ImportRun
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.rights import must_take_in
from bihuan.intake.rules.runs import RunState
from bihuan.intake.services.drafts import draft_for, tell, write
from bihuan.intake.workbook import look
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal
from bihuan.trail import services as trail
from bihuan.trail.rules.files import FileKind

TASK: Final = "bihuan.intake.jobs.understand"
LONGEST_NAME: Final = 120


def start_import(
    *,
    name: str,
    content: bytes | IO[bytes],
    organ: str = "",
    source: str = Source.SUPERIOR,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Keep an uploaded file and start reading it; return the id of the draft.

    What is no list, or too large, is refused before anything is kept; what is in it, the job will tell.
    """
    town_id = must_take_in(actor)
    if actor.user_id is None:
        raise Refusal("intake.needs_person", "导入要由登录的人来办。")
    look(io.BytesIO(content) if isinstance(content, bytes) else content, Path(name).name)
    try:
        kept = trail.keep_file(
            name=name, content=content, kind=FileKind.DOCUMENT, town_id=town_id, actor=actor, now=now
        )
    except Refusal as refusal:
        if refusal.code != "trail.file_unknown":
            raise
        say = f"“{Path(name).name}”的内容和文件名对不上，可能没有传完整。请在 Excel 里打开，另存为 .xlsx 后再上传。"
        raise Refusal("intake.wrong_type", say) from refusal
    run = ImportRun(
        town_id=town_id,
        owner_id=actor.user_id,
        owner_name=actor.name,
        file_id=kept.id,
        file_name=kept.name[:LONGEST_NAME],
        organ=organ.strip()[:64],
        source=Source(source),
        started_at=now,
        changed_at=now,
    )
    with transaction.atomic():
        run.save(force_insert=True)
        _enqueue(run, actor, now)
        tell(run, "import.started", "上传了文件，开始读", file=str(kept.id), actor=actor, now=now)
    return run.pk


@transaction.atomic
def reread(
    *,
    run_id: UUID,
    seen_version: int,
    facts: Mapping[str, str],
    columns: Mapping[str, str],
    frame: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Let a draft be read again with what a person has said about it; answers to rows are asked anew.

    facts: organ, doc_no, title, source. columns: heading → field ("" keeps the column as it is); remembered for the
    organ. frame: year, header_rows (sheet → row from 1), split_cells.
    """
    run = draft_for(actor, run_id, RunState.READ, RunState.FAILED)
    chosen = {heading: Field(field).value if field else "" for heading, field in columns.items()}
    kept = {**run.frame, **dict(frame), "columns": {**run.frame.get("columns", {}), **chosen}}
    said = {name: str(facts[name]).strip()[:most] for name, most in _FACTS.items() if name in facts}
    if "source" in said:
        said["source"] = Source(said["source"]).value
    write(run, seen_version, frame=kept, state=RunState.READING, say="", changed_at=now, **said)
    run.refresh_from_db()
    _remember(run, chosen, actor, now)
    _enqueue(run, actor, now)
    said_frame = {name: value for name, value in dict(frame).items() if value}
    tell(
        run, "import.reread", "照改过的列和标题再读", columns=chosen, facts=said, frame=said_frame, actor=actor, now=now
    )


_FACTS: Final = {"organ": 64, "doc_no": 64, "title": 160, "source": 24}


def _remember(run: ImportRun, chosen: Mapping[str, str], actor: Actor, now: datetime) -> None:
    """Keep column choices per issuing organ, so that its next list comes in by itself."""
    if not run.organ or not chosen:
        return
    rows = [
        ColumnMemory(
            town_id=run.town_id,
            organ=run.organ,
            heading=heading[:120],
            field=field,
            chosen_by=actor.name,
            chosen_at=now,
        )
        for heading, field in chosen.items()
    ]
    ColumnMemory.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["town_id", "organ", "heading"],
        update_fields=["field", "chosen_by", "chosen_at"],
    )


def _enqueue(run: ImportRun, actor: Actor, now: datetime) -> None:
    job = trail.start_job(
        kind="intake.understand",
        title=f"读清单“{run.file_name}”",
        task=TASK,
        actor=actor,
        now=now,
        subject_id=run.pk,
        kwargs={"run_id": str(run.pk)},
    )
    ImportRun.objects.filter(pk=run.pk).update(job_id=job.id)


@transaction.atomic
def drop(*, run_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Put a draft away; nothing of it was on the books."""
    run = draft_for(actor, run_id, RunState.READ, RunState.FAILED, RunState.READING)
    write(run, seen_version, state=RunState.DROPPED, changed_at=now)
    tell(run, "import.dropped", "放弃了这次导入", actor=actor, now=now)
