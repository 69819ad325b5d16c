"""A town or a county loads a standard of its own, withdraws it from a day on, and takes the withdrawal back.

No text is ever deleted or changed: a correction is a new row, and what decisions cite stays on record. A packaged
standard cannot be touched here.
"""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Outdated
from bihuan.kernel.ids import new_id
from bihuan.standards.data.uploads import read_text, read_upload
from bihuan.standards.models import LoadedStandard, Stamp
from bihuan.standards.queries.loading import around, loaded_line_for, preview_against
from bihuan.standards.queries.shelves import LOADED
from bihuan.standards.rules import BadValue, ChangeKind
from bihuan.standards.rules.loading import (
    Area,
    LoadAct,
    LoadedLine,
    LoadKind,
    Preview,
    must_reach,
)
from bihuan.trail import services as trail
from bihuan.trail.news import News

SPACE: Final = UUID("01900000-0000-7000-8000-00000000a0b2")  # of the subjects of uploaded standards
SUBJECT: Final = "standard"


def loaded_subject(standard_id: str) -> UUID:
    """Return the subject of the events about an uploaded standard."""
    return uuid5(SPACE, standard_id)


@transaction.atomic
def load_standard(
    *,
    text: str,
    area: Area,
    why: str,
    seen_version: int | None = None,
    file_name: str = "",
    actor: Actor,
    now: datetime,
) -> Preview:
    """Load a file for an area, all of it or nothing; return what it changed. The same file again changes nothing.

    seen_version: of what the preview was made against (0 for nothing), None where nobody looked. Raises BadUpload,
    NotAllowed, Outdated.
    """
    must_reach(actor, LoadAct.LOAD, area.path)
    loaded = read_upload(text, area=area.path, around=around(area.path))
    preview = preview_against(loaded, today=day_of(now))
    if seen_version is not None and seen_version != preview.revision:
        raise Outdated("standards.outdated", "看过预览以后，这个标准又有人改过。请重新预览，看清楚再确认。")
    if preview.kind is LoadKind.SAME:
        return preview
    if not why.strip():
        raise BadValue("standards.no_why", "请写明依据或者为什么改，如：区安委办〔2018〕5号。", field="why")
    before = _replace(loaded.standard.id, now)
    row = LoadedStandard(
        standard_id=loaded.standard.id,
        revision=before.revision + 1 if before else 1,
        version=before.version + 1 if before else 1,
        town_id=area.town_id,
        unit_id=area.unit_id,
        unit_name=area.name,
        path=area.path,
        book=read_text(text).book,
        digest=loaded.digest,
        file_name=file_name[-128:],
        why=why.strip(),
        loaded_at=now,
        loaded_by=actor.name,
        loaded_by_id=actor.user_id,
        withdrawn_from=before.withdrawn_from if before else None,
        withdrawn_why=before.withdrawn_why if before else "",
        withdrawn_by=before.withdrawn_by if before else "",
    )
    _write(row)
    _restamp()
    _tell_loaded(preview, before, area, why=why.strip(), actor=actor, now=now)
    return preview


def _write(row: LoadedStandard) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Outdated from None  # somebody has just loaded the same standard


def _replace(standard_id: str, now: datetime) -> LoadedStandard | None:
    """End the current text of a standard, where there is one."""
    row = LoadedStandard.objects.current().filter(standard_id=standard_id).first()
    if row is not None and LoadedStandard.objects.current().filter(pk=row.pk).update(replaced_at=now) != 1:
        raise Outdated
    return row


def _restamp() -> None:
    Stamp.objects.update_or_create(scope=LOADED, defaults={"token": new_id()})


def _tell_loaded(
    preview: Preview, before: LoadedStandard | None, area: Area, *, why: str, actor: Actor, now: datetime
) -> None:
    standard, counts = preview.loaded.standard, preview.counts
    changed = {kind.value: counts[kind] for kind in (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.DROPPED)}
    did = "更正" if before else "装入"
    say = f"{did}{area.name}的判定标准{standard.cited_as}，{len(preview.loaded.criteria)}条，{preview.from_when}"
    news = News(
        "standard.corrected" if before else "standard.loaded",
        say,
        SUBJECT,
        loaded_subject(standard.id),
        area.town_id,
        unit_id=area.unit_id if area.town_id is None else None,
        path=area.path,
        reason=why,
        before={"revision": before.revision, "digest": before.digest} if before else {},
        after={
            "standard": standard.id,
            "revision": before.revision + 1 if before else 1,
            "digest": preview.loaded.digest,
            "effective_on": str(standard.effective_on),
            "supersedes": standard.supersedes,
        },
        figures=changed,
    )
    trail.record([news], actor=actor, now=now)


@transaction.atomic
def withdraw_standard(
    *, standard_id: str, seen_version: int, since: date, why: str, actor: Actor, now: datetime
) -> None:
    """Stop using an uploaded standard for what is found from a day on; what was decided by it stays decided.

    since: today or later. Raises NotFound, NotAllowed, BadValue, Outdated.
    """
    line = _line(actor, LoadAct.WITHDRAW, standard_id)
    if line.withdrawn_from is not None:
        raise BadValue("standards.is_withdrawn", f"这个标准已经从{line.withdrawn_from.isoformat()}起停用。")
    if since < day_of(now):
        say = (
            f"停用的日期不能早于今天（{day_of(now).isoformat()}）：以前发现的隐患已经按它判定过。请填今天或以后的一天。"
        )
        raise BadValue("standards.withdrawn_before_today", say, field="since")
    facts = {"withdrawn_from": since, "withdrawn_why": _said(why), "withdrawn_by": actor.name}
    say = f"停用{line.unit_name}的判定标准{line.standard.cited_as}，{since.isoformat()}起发现的隐患不再引用"
    _change(line, seen_version, facts, "standard.withdrawn", say, why=why, actor=actor, now=now)


@transaction.atomic
def restore_standard(*, standard_id: str, seen_version: int, why: str, actor: Actor, now: datetime) -> None:
    """Take a withdrawal back, as if it had not been. Raises NotFound, NotAllowed, BadValue, Outdated."""
    line = _line(actor, LoadAct.RESTORE, standard_id)
    if line.withdrawn_from is None:
        raise BadValue("standards.not_withdrawn", "这个标准没有停用，不用恢复。")
    _said(why)
    facts = {"withdrawn_from": None, "withdrawn_why": "", "withdrawn_by": ""}
    say = f"恢复{line.unit_name}的判定标准{line.standard.cited_as}，视同没有停用过"
    _change(line, seen_version, facts, "standard.restored", say, why=why, actor=actor, now=now)


def _line(actor: Actor, act: LoadAct, standard_id: str) -> LoadedLine:
    line = loaded_line_for(actor, standard_id)
    must_reach(actor, act, line.loaded.area)
    return line


def _said(why: str) -> str:
    if not why.strip():
        raise BadValue("standards.no_why", "请写明原因，如：区里的新标准已经包含这些条目。", field="why")
    return why.strip()


def _change(
    line: LoadedLine,
    seen_version: int,
    facts: dict[str, Any],
    kind: str,
    say: str,
    *,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    row = LoadedStandard.objects.current().get(standard_id=line.standard.id)
    seen = LoadedStandard.objects.current().filter(pk=row.pk, version=seen_version)
    if seen.update(version=seen_version + 1, **facts) != 1:
        raise Outdated
    _restamp()
    since = facts["withdrawn_from"]
    news = News(
        kind,
        say,
        SUBJECT,
        loaded_subject(row.standard_id),
        row.town_id,
        unit_id=row.unit_id if row.town_id is None else None,
        path=row.path,
        reason=why.strip(),
        before={"withdrawn_from": str(row.withdrawn_from or "")},
        after={"standard": row.standard_id, "withdrawn_from": str(since or "")},
    )
    trail.record([news], actor=actor, now=now)
