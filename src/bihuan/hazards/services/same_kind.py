"""举一反三: open a task, choose whom to ask, answer, end (R3.21, L11)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from bihuan.hazards.models import Hazard, SameKindReply, SameKindTask
from bihuan.hazards.models.same_kind import pack_units
from bihuan.hazards.queries.doers import doer_of
from bihuan.hazards.queries.same_kind import answering_posts
from bihuan.hazards.queries.terms import frame_of
from bihuan.hazards.rules.facts import Doer
from bihuan.hazards.rules.same_kind import OPENING, NewTask, Reply, answered_already, reply_refused, task_refused
from bihuan.hazards.services.keys import once
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.orgs import queries as orgs
from bihuan.trail import services as trail
from bihuan.trail.news import News

SUBJECT = "same_kind_task"
NAME = 64  # characters of who answered


@transaction.atomic
def open_same_kind(*, task: NewTask, key: UUID | None = None, actor: Actor, now: datetime) -> UUID:
    """Open a task from an accident notice or a letter; return its id."""
    if key is None:
        return _open(task, actor, now)
    answer = once(key, act="same_kind.open", actor=actor, now=now, do=lambda: {"id": str(_open(task, actor, now))})
    return UUID(answer["id"])


def _open(task: NewTask, actor: Actor, now: datetime) -> UUID:
    town = orgs.town(task.town_id)
    say = task_refused(task, doer_of(actor, path=town.path, sector="", enterprise_id=None))
    if say:
        raise Refusal("hazards.same_kind_refused", say)
    known = {unit.id for unit in orgs.units(task.units).values() if unit.town_id == town.id}
    if known != set(task.units):
        raise NotFound("hazards.no_unit", "选定的村（社区）或部门没有找到，请重新选择。")
    frame = frame_of(town.id, on=day_of(now))
    row = SameKindTask(
        town_id=town.id,
        path=town.path,
        sector=task.sector,
        title=task.title.strip(),
        notice=task.notice,
        category=task.category,
        words=task.words.strip(),
        features=list(task.features),
        enterprises=[str(one) for one in task.enterprises],
        units=pack_units(task.units),
        due_on=frame.calendar.add_working_days(day_of(now), frame.terms.same_kind_reply_wd),
        opened_at=now,
        opened_by=actor.name,
    )
    row.save(force_insert=True)
    trail.record([_news(row, "opened", f"布置举一反三：{row.title}", row.notice)], actor=actor, now=now)
    return row.pk


@transaction.atomic
def ask_same_kind(
    *, task_id: UUID, units: Iterable[UUID], enterprises: Iterable[UUID] = (), actor: Actor, now: datetime
) -> None:
    """Choose which units are asked, and which enterprises they should look at."""
    row = _task_for(actor, task_id)
    if not _doer(actor, row).roles & OPENING:
        raise NotAllowed("hazards.not_yours", "举一反三由安监办布置，您没有这一项的权限。")
    wanted = list(dict.fromkeys(units))
    if not wanted or len(orgs.units(wanted)) != len(wanted):
        raise Refusal("hazards.no_unit", "请选定由哪些村（社区）、部门去查。", field="units")
    before = {"units": row.units, "enterprises": row.enterprises}
    row.units, row.enterprises = pack_units(wanted), [str(one) for one in dict.fromkeys(enterprises)]
    SameKindTask.objects.filter(pk=row.pk).update(units=row.units, enterprises=row.enterprises)
    say = f"举一反三请 {len(wanted)} 个单位检查，同类企业 {len(row.enterprises)} 家"
    after = {"units": row.units, "enterprises": row.enterprises}
    trail.record([replace(_news(row, "asked", say), before=before, after=after)], actor=actor, now=now)


@transaction.atomic
def reply_same_kind(*, task_id: UUID, reply: Reply, key: UUID | None = None, actor: Actor, now: datetime) -> None:
    """Answer for one unit; a later answer of the same unit stands in for the earlier one that its person saw, which is
    kept. Raises NotFound, and Refusal where somebody else of the unit has answered meanwhile."""
    if key is None:
        _reply(task_id, reply, actor, now)
        return
    once(key, act="same_kind.reply", actor=actor, now=now, do=lambda: _reply(task_id, reply, actor, now))


def _reply(task_id: UUID, reply: Reply, actor: Actor, now: datetime) -> dict[str, str]:
    row = _task_for(actor, task_id)
    SameKindTask.objects.filter(pk=row.pk).update(replies_count=F("replies_count"))  # answers come one after the other
    row.refresh_from_db(fields=["is_open", "units", "replies_count"])
    asked = frozenset(row.asked)
    own = frozenset(actor.own_units)
    doer, others = _doer(actor, row, reply.unit_id), (asked & {reply.unit_id}) - own
    itself = answering_posts(others, on=day_of(now)).get(reply.unit_id, "") if others else ""
    say = reply_refused(reply, asked=asked, is_open=row.is_open, doer=doer, own=own, answers_itself=itself)
    if say:
        raise Refusal("hazards.reply_refused", say)
    unit = orgs.unit(reply.unit_id)
    _refuse_unseen(row, reply, unit.short_name)
    papers = tuple(trail.attach_files(reply.papers, actor=actor, now=now))
    SameKindReply.objects.filter(task=row, unit_id=unit.id, is_current=True).update(is_current=False)
    SameKindReply.objects.create(
        task=row,
        town_id=row.town_id,
        unit_id=unit.id,
        unit_name=unit.short_name,
        checked=reply.checked,
        found=reply.found,
        fixed=reply.fixed,
        note=reply.note.strip(),
        replied_at=now,
        replied_by=f"{actor.name} 代 {reply.acting_for.strip()}"[:NAME] if others else actor.name,
    )
    _add_up(row)
    said = f"{unit.short_name}举一反三：检查 {reply.checked} 家，查出 {reply.found} 项，整改 {reply.fixed} 项"
    figures = {"checked": reply.checked, "found": reply.found, "fixed": reply.fixed, "unit": str(unit.id)}
    news = replace(
        _news(row, "replied", said, reply.note),
        path=unit.path,
        figures=figures,
        acting_for=reply.acting_for if others else "",
        evidence=papers,
    )
    trail.record([news], actor=actor, now=now)
    return {}


def _refuse_unseen(row: SameKindTask, reply: Reply, unit: str) -> None:
    """Refuse an answer where its unit has one that the person has not seen."""
    had = SameKindReply.objects.filter(task=row, unit_id=reply.unit_id, is_current=True).first()
    if had is not None and had.pk not in reply.seen:
        say = answered_already(unit, had.replied_by, had.checked, had.found, had.fixed)
        raise Refusal("hazards.answered_already", say)


def _add_up(row: SameKindTask) -> None:
    current = SameKindReply.objects.filter(task=row, is_current=True)
    sums = current.aggregate(checked=Sum("checked"), found=Sum("found"), fixed=Sum("fixed"))
    count = current.count()
    SameKindTask.objects.filter(pk=row.pk).update(replies_count=count, **{name: sums[name] or 0 for name in sums})
    if row.hazard_id is not None:
        Hazard.objects.filter(pk=row.hazard_id).update(same_kind_replies=count)


@transaction.atomic
def end_same_kind(*, task_id: UUID, actor: Actor, now: datetime) -> None:
    """End a task that has been answered; it stays to be read."""
    row = _task_for(actor, task_id)
    if not _doer(actor, row).roles & OPENING:
        raise NotAllowed("hazards.not_yours", "举一反三由安监办办结，您没有这一项的权限。")
    if not row.is_open or not row.replies_count:
        raise Refusal("hazards.same_kind_empty", "还没有一个单位答复，不能办结。")
    SameKindTask.objects.filter(pk=row.pk).update(is_open=False)
    trail.record([_news(row, "ended", f"办结举一反三：{row.title}")], actor=actor, now=now)


def _task_for(actor: Actor, task_id: UUID) -> SameKindTask:
    """Find a task as whoever is asked sees it: by scope, or because their unit is asked."""
    row = SameKindTask.objects.seen_by(actor).filter(pk=task_id).first()
    if row is None:
        raise NotFound("hazards.no_task", "没有找到这项举一反三，或者不在您的管辖范围内。")
    return row


def _doer(actor: Actor, row: SameKindTask, unit_id: UUID | None = None) -> Doer:
    """unit_id: for which an answer is given; of several own units that are asked its roles count."""
    asked = [path for unit, path in actor.own_units.items() if unit in row.asked]
    own_path = actor.own_units.get(unit_id) if unit_id is not None else None
    path = own_path or next(iter(asked), row.path)
    own = doer_of(actor, path=path, sector=row.sector, enterprise_id=None)
    return own if own.roles else doer_of(actor, path=row.path, sector=row.sector, enterprise_id=None)


def _news(row: SameKindTask, what: str, say: str, reason: str = "") -> News:
    return News(
        kind=f"same_kind.{what}",
        say=say,
        subject_type=SUBJECT,
        subject_id=row.pk,
        town_id=row.town_id,
        path=row.path,
        sector=row.sector,
        reason=reason,
        figures={"hazard": str(row.hazard_id or "")},
    )
