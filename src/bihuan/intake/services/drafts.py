"""Find a draft and write it, only if it is still what the person saw (house rule 6)."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from bihuan.intake.models import ImportRun
from bihuan.intake.rules.rights import must_take_in
from bihuan.intake.rules.runs import RunState
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Outdated, Refusal
from bihuan.orgs import queries as orgs
from bihuan.trail import services as trail
from bihuan.trail.news import News

BATCH: Final = 500
SUBJECT: Final = "import"


def draft_for(actor: Actor, run_id: UUID, *states: RunState) -> ImportRun:
    """Return a draft of the actor's town in one of these states (by default: read, waiting for people)."""
    must_take_in(actor)
    run = ImportRun.objects.of_viewer(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound("intake.run_not_found", "没有找到这次导入，或者不是本镇的。请重新上传。")
    if RunState(run.state) not in (states or (RunState.READ,)):
        raise Refusal("intake.run_over", _WHY[RunState(run.state)])
    return run


_WHY: Final[dict[RunState, str]] = {
    RunState.READING: "文件还在读，请稍等片刻再办。",
    RunState.READ: "这次导入正等您核对，不用重读。",
    RunState.FAILED: "这个文件没有读成。请换一个文件重新上传。",
    RunState.DONE: "这次导入已经入账。要改请再导入新的一版。",
    RunState.DROPPED: "这次导入已经放弃。要导入请重新上传。",
}


def write(run: ImportRun, seen_version: int, **columns: Any) -> None:
    """Change a draft if nobody has since the person looked."""
    moved = ImportRun.objects.filter(pk=run.pk, version=seen_version).update(**columns, version=seen_version + 1)
    if moved != 1:
        raise Outdated("intake.run_outdated", "这次导入在另一个页面改动过。请刷新页面看过再办。")
    run.version = seen_version + 1


def tell(run: ImportRun, kind: str, say: str, *, actor: Actor, now: datetime, **after: Any) -> None:
    """Write the event of what a person did to a draft, once for all that was done together (L12)."""
    item = News(
        kind=kind,
        say=f"清单“{run.title or run.file_name}”：{say}",
        subject_type=SUBJECT,
        subject_id=run.pk,
        town_id=run.town_id,
        path=orgs.town(run.town_id).path,
        source=run.source,
        after=after,
    )
    trail.record([item], actor=actor, now=now)


def touch(run: ImportRun, now: datetime) -> None:
    """Note that a cell or an answer of a draft was changed, so that an older page cannot enter it unseen."""
    ImportRun.objects.filter(pk=run.pk, state=RunState.READ).update(version=F("version") + 1, changed_at=now)
