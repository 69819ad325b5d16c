"""A town or a county loads a standard of its own, withdraws it from a day on, and takes the withdrawal back.

No text is ever deleted or changed: a correction is a new row, and what decisions cite stays on record. What takes the
place of a packaged standard waits until the unit above approved it; the packaged text itself is never touched.
"""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Outdated
from bihuan.kernel.ids import new_id
from bihuan.standards.data.uploads import BadUpload, read_text, read_upload
from bihuan.standards.models import LoadedStandard, Stamp
from bihuan.standards.queries.loading import around, loaded_line_for, preview_against, replaced_by, waiting_line_for
from bihuan.standards.queries.shelves import LOADED
from bihuan.standards.rules import BadValue, ChangeKind
from bihuan.standards.rules.loading import (
    Area,
    LoadAct,
    LoadedLine,
    LoadKind,
    Preview,
    backdated,
    must_be_another,
    must_reach,
    upload_problems,
)
from bihuan.trail import services as trail
from bihuan.trail.news import News

SPACE: Final = UUID("01900000-0000-7000-8000-00000000a0b2")  # of the subjects of uploaded standards
SUBJECT: Final = "standard"
NOT_COMPARED: Final = "有条目和全国的标准相近。请逐条核对两边的说法，核对过的打上勾，再装入。"
NOT_MATCHED: Final = (
    "上传的文件和它代替的标准没有一条对得上。请核对 supersedes 写的是不是这个标准、条目有没有漏抄；"
    "确实全部换了的，打上勾再办。"
)
NO_PAPER: Final = "运维人员代办要凭上级批准的文件：请写明文号，如：区安委办〔2018〕5号。"


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
    compared: bool = False,
    unmatched: bool = False,
    file_name: str = "",
    actor: Actor,
    now: datetime,
) -> Preview:
    """Load a file for an area, all of it or nothing; return what it changed. The same file again changes nothing.

    What takes the place of a packaged standard is only proposed: it applies once `approve_standard` was called by
    another person. seen_version: of what the preview was made against (0 for nothing), None where nobody looked.
    compared: that a person held the items against the packaged ones that are close to them, where there are any.
    unmatched: that they mean to take the place of a list of which no clause has a counterpart here, where that is so.
    Raises BadUpload, NotAllowed, Outdated, BadValue.
    """
    must_reach(actor, LoadAct.CHECK, area.path)
    loaded = read_upload(text, area=area.path, around=around(area.path))
    preview = preview_against(loaded, today=day_of(now))
    must_reach(actor, LoadAct.PROPOSE if preview.replaces else LoadAct.LOAD, area.path)
    if seen_version is not None and seen_version != preview.revision:
        raise Outdated("standards.outdated", "看过预览以后，这个标准又有人改过。请重新预览，看清楚再确认。")
    if preview.kind is LoadKind.SAME or _waits_already(loaded.standard.id, loaded.digest):
        return preview
    if not why.strip():
        raise BadValue("standards.no_why", "请写明依据或者为什么改，如：区安委办〔2018〕5号。", field="why")
    if preview.alike and not compared:
        raise BadValue("standards.not_compared", NOT_COMPARED, field="compared")
    _must_mean(preview, unmatched=unmatched)
    _must_not_reach_back(preview, now)
    waits = preview.replaces is not None
    before = _replace(loaded.standard.id, now, waits=waits)
    last = _last(loaded.standard.id)
    row = LoadedStandard(
        standard_id=loaded.standard.id,
        revision=last.revision + 1 if last else 1,
        version=preview.revision + 1,
        waits=waits,
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
    kind = "standard.proposed" if waits else "standard.corrected" if before else "standard.loaded"
    _tell_loaded(preview, kind, row, before, actor=actor, now=now)
    return preview


def _must_mean(preview: Preview, *, unmatched: bool) -> None:
    if preview.is_unmatched and not unmatched:
        raise BadValue("standards.not_matched", NOT_MATCHED, field="unmatched")


def _must_not_reach_back(preview: Preview, now: datetime) -> None:
    if say := backdated(preview, today=day_of(now)):
        raise BadValue("standards.reaches_back", say, field="text")


def _waits_already(standard_id: str, digest: str) -> bool:
    return LoadedStandard.objects.waiting().filter(standard_id=standard_id, digest=digest).exists()


def _last(standard_id: str) -> LoadedStandard | None:
    return LoadedStandard.objects.filter(standard_id=standard_id).order_by("-revision").first()


@transaction.atomic
def approve_standard(
    *, standard_id: str, seen_version: int, why: str, unmatched: bool = False, actor: Actor, now: datetime
) -> Preview:
    """Let a proposed text take the place of a packaged standard, from its first day on; return what it changes.

    Another person than who proposed it, of the county's office or above; the operator on the paper of such an office,
    which `why` names. seen_version: of the preview that was looked at. unmatched: as in `load_standard`; who approves
    says it too. Raises NotFound, NotAllowed, Outdated, BadValue,
    BadUpload.
    """
    line = waiting_line_for(actor, standard_id)
    must_reach(actor, LoadAct.APPROVE, line.loaded.area)
    must_be_another(actor, line.loaded_by_id)
    if actor.user_id is None and not why.strip():
        raise BadValue("standards.no_paper", NO_PAPER, field="why")
    preview = preview_against(line.loaded, today=day_of(now))
    _must_not_reach_back(preview, now)
    if seen_version != preview.revision:
        raise Outdated("standards.outdated", "打开以后，这个标准又有人改过。请刷新页面，看清楚再批准。")
    _must_mean(preview, unmatched=unmatched)
    row = LoadedStandard.objects.waiting().get(standard_id=standard_id)
    if wrong := upload_problems(row.book, around(row.path)):
        raise BadUpload(tuple(one.say for one in wrong))  # what it stood beside has changed since
    before = _replace(standard_id, now, waits=False)
    facts = {
        "waits": False,
        "approved_at": now,
        "approved_by": actor.name,
        "approved_by_id": actor.user_id,
        "version": preview.revision + 1,
        "withdrawn_from": before.withdrawn_from if before else None,
        "withdrawn_why": before.withdrawn_why if before else "",
        "withdrawn_by": before.withdrawn_by if before else "",
    }
    _answer(row, facts)
    _restamp()
    row.why = why.strip()
    _tell_loaded(preview, "standard.approved", row, before, actor=actor, now=now)
    return preview


@transaction.atomic
def refuse_standard(*, standard_id: str, seen_version: int, why: str, actor: Actor, now: datetime) -> None:
    """Turn a proposed text down, or take one's own back; it stays on record. Raises NotFound, NotAllowed, Outdated."""
    line = waiting_line_for(actor, standard_id)
    is_own = actor.user_id is not None and actor.user_id == line.loaded_by_id
    must_reach(actor, LoadAct.PROPOSE if is_own else LoadAct.APPROVE, line.loaded.area)
    reason = _said(why)
    row = LoadedStandard.objects.waiting().get(standard_id=standard_id)
    if row.version != seen_version:
        raise Outdated
    _answer(row, {"replaced_at": now})
    did = "收回" if is_own else "不同意"
    say = f"{did}{row.unit_name}的判定标准{line.standard.cited_as}代替全国的标准，没有起作用"
    _tell(row, "standard.refused", say, reason=reason, after={"standard": standard_id}, actor=actor, now=now)


def _answer(row: LoadedStandard, facts: dict[str, Any]) -> None:
    """Write the answer on a text that still waits as it was seen. Raises Outdated."""
    if LoadedStandard.objects.waiting().filter(pk=row.pk, version=row.version).update(**facts) != 1:
        raise Outdated


def _write(row: LoadedStandard) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Outdated from None  # somebody has just loaded the same standard


def _replace(standard_id: str, now: datetime, *, waits: bool) -> LoadedStandard | None:
    """End the text of a standard that is in use, or that waits; return the one in use, where there is one."""
    rows = LoadedStandard.objects.filter(standard_id=standard_id, replaced_at=None)
    ended = rows.filter(waits=waits).first()
    current = rows.filter(waits=False).first()
    if ended is not None and rows.filter(pk=ended.pk).update(replaced_at=now) != 1:
        raise Outdated
    return current


def _restamp() -> None:
    Stamp.objects.update_or_create(scope=LOADED, defaults={"token": new_id()})


DID: Final = {
    "standard.loaded": "装入",
    "standard.corrected": "更正",
    "standard.proposed": "提请用上传的文本代替全国的标准，等上级批准：",
    "standard.approved": "批准用上传的文本代替全国的标准：",
}


def _tell_loaded(
    preview: Preview, kind: str, row: LoadedStandard, before: LoadedStandard | None, *, actor: Actor, now: datetime
) -> None:
    standard, counts = preview.loaded.standard, preview.counts
    changed = {one.value: counts[one] for one in (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.DROPPED)}
    items = len(preview.loaded.criteria)
    say = f"{DID[kind]}{row.unit_name}的判定标准{standard.cited_as}，{items}条，{preview.from_when}"
    after = {
        "standard": standard.id,
        "revision": row.revision,
        "digest": preview.loaded.digest,
        "effective_on": str(standard.effective_on),
        "supersedes": standard.supersedes,
    }
    figures = {**changed, **({"compared": preview.alike} if preview.alike else {})}
    figures |= {"unmatched": preview.counts[ChangeKind.DROPPED]} if preview.is_unmatched else {}
    earlier = {"revision": before.revision, "digest": before.digest} if before else {}
    _tell(row, kind, say, reason=row.why, before=earlier, after=after, figures=figures, actor=actor, now=now)


def _tell(
    row: LoadedStandard,
    kind: str,
    say: str,
    *,
    reason: str,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
    figures: dict[str, Any] | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    news = News(
        kind,
        say,
        SUBJECT,
        loaded_subject(row.standard_id),
        row.town_id,
        unit_id=row.unit_id if row.town_id is None else None,
        path=row.path,
        reason=reason,
        before=before or {},
        after=after,
        figures=figures or {},
    )
    trail.record([news], actor=actor, now=now)


@transaction.atomic
def withdraw_standard(
    *, standard_id: str, seen_version: int, since: date, why: str, actor: Actor, now: datetime
) -> None:
    """Stop using an uploaded standard for what is found from a day on; what was decided by it stays decided.

    since: today or later. Raises NotFound, NotAllowed, BadValue, Outdated.
    """
    line = _line(actor, LoadAct.WITHDRAW, LoadAct.GIVE_BACK, standard_id)
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
    line = _line(actor, LoadAct.RESTORE, LoadAct.APPROVE, standard_id)
    if line.withdrawn_from is None:
        raise BadValue("standards.not_withdrawn", "这个标准没有停用，不用恢复。")
    _said(why)
    facts = {"withdrawn_from": None, "withdrawn_why": "", "withdrawn_by": ""}
    say = f"恢复{line.unit_name}的判定标准{line.standard.cited_as}，视同没有停用过"
    _change(line, seen_version, facts, "standard.restored", say, why=why, actor=actor, now=now)


def _line(actor: Actor, act: LoadAct, on_replacing: LoadAct, standard_id: str) -> LoadedLine:
    """Return a standard that this person may act on. on_replacing: what that is where it replaces a packaged one."""
    line = loaded_line_for(actor, standard_id)
    must_reach(actor, act if replaced_by(line.loaded) is None else on_replacing, line.loaded.area)
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
    before = {"withdrawn_from": str(row.withdrawn_from or "")}
    after = {"standard": row.standard_id, "withdrawn_from": str(facts["withdrawn_from"] or "")}
    _tell(row, kind, say, reason=why.strip(), before=before, after=after, actor=actor, now=now)
