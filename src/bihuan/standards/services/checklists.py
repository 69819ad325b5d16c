"""A town or a county makes a checklist of its own, changes it, and retires it; every version stays as it was.

One person of the safety office is enough: a list says what to look at and decides nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.standards.models import OwnChecklist
from bihuan.standards.queries.checklists import NO_LIST, known_at, versions_for
from bihuan.standards.rules import BadValue, ChangeKind
from bihuan.standards.rules.listing import (
    Draft,
    DraftFault,
    ListVersion,
    book_of,
    draft_faults,
    draft_of,
    latest,
    list_lines,
)
from bihuan.standards.rules.loading import Area, LoadAct, areas_of, prefix_of
from bihuan.trail import services as trail
from bihuan.trail.news import News

SPACE: Final = UUID("01900000-0000-7000-8000-00000000a0b3")  # of the subjects of own checklists
SUBJECT: Final = "checklist"
WHO: Final = "检查表由镇安监办或区安委办编写和停用，系统管理员不办。要增加或改动的项目，请告诉他们。"


class BadDraft(Refusal):
    """A list cannot be saved as it is. faults: everything that is wrong with it."""

    def __init__(self, faults: list[DraftFault]) -> None:
        super().__init__("own_list.bad", faults[0].say)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did. changed: whether there is a new version."""

    list_id: str
    revision: int
    changed: bool = True


def checklist_subject(list_id: str) -> UUID:
    """Return the subject of the events about an own checklist."""
    return uuid5(SPACE, list_id)


def list_areas(actor: Actor) -> tuple[str, ...]:
    """Return the areas for which this person may make lists, the widest first."""
    return areas_of(actor, LoadAct.CHECK)


def must_list(actor: Actor, path: str) -> None:
    """Refuse who may not make lists for an area. Raises NotAllowed."""
    if path not in list_areas(actor):
        raise NotAllowed("own_list.not_allowed", WHO)


@transaction.atomic
def save_list(
    *,
    draft: Draft,
    area: Area,
    list_id: str = "",
    seen_revision: int = 0,
    valid_from: date,
    why: str,
    actor: Actor,
    now: datetime,
) -> Saved:
    """Keep a text as the next version of a list, or as a new list; the same text again changes nothing.

    valid_from: today or later, so that what was used before stays as it was. seen_revision: the latest that the person
    saw, 0 for a new list. Raises NotAllowed, NotFound, BadDraft, BadValue, Outdated.
    """
    must_list(actor, area.path)
    before = _before(actor, list_id, area.path) if list_id else None
    if (before.revision if before else 0) != seen_revision:
        raise Outdated("own_list.outdated", "您打开以后，这张检查表又有人改过。请重新打开，看过现在的样子再改。")
    faults = draft_faults(draft, known_at(area.path))
    if faults:
        raise BadDraft(faults)
    _must_begin(valid_from, now)
    if before is not None and _is_same(before, draft, valid_from):
        return Saved(list_id, before.revision, changed=False)
    _must_say(why)
    made = _write(draft, area, before, list_id, valid_from, retired=False, why=why, actor=actor, now=now)
    _tell(made, before, area, actor=actor, now=now)
    return Saved(made.list_id, made.revision)


@transaction.atomic
def retire_list(*, list_id: str, seen_revision: int, since: date, why: str, actor: Actor, now: datetime) -> None:
    """Stop offering a list from a day on, today or later; it can be read as before, and taken up by a new version.

    Raises NotAllowed, NotFound, BadValue, Outdated.
    """
    versions = versions_for(actor, list_id)
    if not versions:
        raise NotFound("standards.no_checklist", NO_LIST)
    before = latest(versions)
    must_list(actor, before.path)
    if before.revision != seen_revision:
        raise Outdated("own_list.outdated", "您打开以后，这张检查表又有人改过。请刷新页面再看。")
    if before.retired:
        raise BadValue("own_list.is_retired", f"这张检查表已经从{before.valid_from.isoformat()}起停用。")
    _must_begin(since, now, field="since")
    _must_say(why)
    row = OwnChecklist.objects.get(list_id=list_id, revision=before.revision)
    area = Area(row.path, row.unit_id or row.pk, row.unit_name, row.town_id)
    made = _write(before.draft, area, before, list_id, since, retired=True, why=why, actor=actor, now=now)
    _tell(made, before, area, actor=actor, now=now)


def _before(actor: Actor, list_id: str, path: str) -> ListVersion:
    versions = [one for one in versions_for(actor, list_id) if one.path == path]
    if not versions:
        raise NotFound("standards.no_checklist", NO_LIST)
    return latest(versions)


def _is_same(before: ListVersion, draft: Draft, valid_from: date) -> bool:
    return before.draft.digest == draft.digest and not before.retired and before.valid_from <= valid_from


def _must_begin(day: date, now: datetime, *, field: str = "valid_from") -> None:
    today = day_of(now)
    if day < today:
        say = f"不能早于今天（{today.isoformat()}）：以前的检查用的是那时的检查表，要留着原样。请填今天或以后的一天。"
        raise BadValue("own_list.before_today", say, field=field)


def _must_say(why: str) -> None:
    if not why.strip():
        raise BadValue("own_list.no_why", "请写明为什么，如：木器厂多，加上打磨工位的项目。", field="why")


def _write(
    draft: Draft,
    area: Area,
    before: ListVersion | None,
    list_id: str,
    valid_from: date,
    *,
    retired: bool,
    why: str,
    actor: Actor,
    now: datetime,
) -> OwnChecklist:
    row = OwnChecklist(
        list_id=list_id or _new_id(area.path),
        revision=before.revision + 1 if before else 1,
        town_id=area.town_id,
        unit_id=area.unit_id,
        unit_name=area.name,
        path=area.path,
        valid_from=valid_from,
        retired=retired,
        book=book_of(draft),
        digest=draft.digest,
        why=why.strip(),
        made_at=now,
        made_by=actor.name,
        made_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Outdated from None  # somebody has just saved the same version
    return row


def _new_id(path: str) -> str:
    count = OwnChecklist.objects.filter(path=path, revision=1).count()
    return f"{prefix_of(path)}list-{count + 1}"


def _tell(made: OwnChecklist, before: ListVersion | None, area: Area, *, actor: Actor, now: datetime) -> None:
    draft = draft_of(made.book)
    lines = list_lines(before.draft if before else None, draft)
    kinds = (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.DROPPED)
    day = made.valid_from.isoformat()
    kind, did = _did(made, before)
    news = News(
        kind,
        f"{did}{area.name}的检查表“{draft.title}”，{len(draft.items)}项，{day}起{'不再列出' if made.retired else '用'}",
        SUBJECT,
        checklist_subject(made.list_id),
        area.town_id,
        unit_id=area.unit_id if area.town_id is None else None,
        path=area.path,
        reason=made.why,
        before={"revision": before.revision, "digest": before.draft.digest} if before else {},
        after={
            "list": made.list_id,
            "revision": made.revision,
            "digest": made.digest,
            "valid_from": day,
            "origin": list(made.book["origin"] or ()),
        },
        figures={one.value: sum(line.kind is one for line in lines) for one in kinds},
    )
    trail.record([news], actor=actor, now=now)


def _did(made: OwnChecklist, before: ListVersion | None) -> tuple[str, str]:
    if made.retired:
        return "checklist.retired", "停用"
    if before is None:
        return "checklist.made", "编写"
    return "checklist.changed", "恢复使用" if before.retired else "修改"
