"""Fill a return in, send it, return it, check it, lock it, correct it; each version is kept (R9.7, R9.8)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Return, ReturnEdition, ReturnForm, ReturnOwer
from bihuan.campaigns.queries.returns.asking import unasked_of
from bihuan.campaigns.queries.returns.due import next_owed, owed_by
from bihuan.campaigns.queries.returns.finding import bindings_of, form_row, hands_of
from bihuan.campaigns.queries.returns.gathering import gathering_of, moment
from bihuan.campaigns.queries.returns.left_out import counted_whole
from bihuan.campaigns.queries.returns.listing import lists_now
from bihuan.campaigns.queries.returns.packs import sent_digest
from bihuan.campaigns.queries.returns.showing import basis_of, changes_of, doubts_now, filled_now, still_open
from bihuan.campaigns.rules.returns.computing import NOT_ASKED, filled_of
from bihuan.campaigns.rules.returns.deadlines import deadline_of
from bihuan.campaigns.rules.returns.doubts import Doubt
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.grid import grid_of
from bihuan.campaigns.rules.returns.kinds import typed_in
from bihuan.campaigns.rules.returns.life import Hand, ReturnAct
from bihuan.campaigns.rules.returns.rhythm import (
    RHYTHM_NAMES,
    Period,
    Rhythm,
    due_day,
    due_on,
    due_words,
    sent_from,
)
from bihuan.campaigns.services.returns.loading import form_to_change, notify, return_to, tell_return, write_return
from bihuan.campaigns.services.returns.obliged import fulfil
from bihuan.campaigns.services.texts import within, written
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs

LONGEST: Final = 400  # of what is kept with a typed figure, a return or a correction
SHOWN: Final = 5
LATEST: Final = timedelta(days=100)  # after the last day of a period, within which it is owed


@transaction.atomic
def begin_return(*, form_id: UUID, unit_id: UUID, since: date, until: date, actor: Actor, now: datetime) -> UUID:
    """Begin a return of one unit for one period, or find the one that was begun.

    Raises Refusal for what is not owed: a period that is not the next one yet, one before the form was in use, after it
    was retired, its campaign closed or the unit ceased to owe it. A special one is begun by `ask_special`.
    """
    form = form_row(actor, form_id)
    if form.state == FormState.BINDING:
        raise Refusal("returns.not_in_use", "报表还没有启用，不能填报。")
    owers = list(ReturnOwer.objects.filter(form=form, unit_id=unit_id).with_form().order_by("starts_on"))
    if not owers or Hand.FILLER not in hands_of(actor, unit_id=unit_id, path=owers[-1].path):
        raise NotAllowed("returns.not_owed", "这张报表不由您的单位填报。")
    found = Return.objects.filter(form=form, unit_id=unit_id, since=since, until=until).first()
    if found is not None:
        return found.pk
    if form.rhythm == Rhythm.SPECIAL:
        raise NotAllowed("returns.special", "快报由镇安监办请报并定报送时限。请等安监办通知。")
    period = _period(form, since, until)
    row, is_new = _begun(form, _ower_of(owers, period, day_of(now)), period, now)
    if is_new:
        tell_return(row, "begun", "开始填报", actor=actor, now=now)
    return row.pk


def _begun(form: ReturnForm, ower: ReturnOwer, period: Period, now: datetime) -> tuple[Return, bool]:
    """Return the row of a return, and whether it is new: two people who press at once find the same."""
    return Return.objects.get_or_create(
        form=form,
        unit_id=ower.unit_id,
        since=period.since,
        until=period.until,
        defaults={
            "town_id": form.town_id,
            "path": ower.path,
            "unit_name": ower.name,
            "unit_kind": ower.kind,
            "due_at": period.due_at,
            "made_at": now,
        },
    )


def _ower_of(owers: Sequence[ReturnOwer], period: Period, today: date) -> ReturnOwer:
    """Return under which duty a period is owed. Raises Refusal where it is under none, or not yet."""
    upcoming = [one.due_at for one in (next_owed(ower, today) for ower in owers) if one is not None]
    due = due_day(period.due_at)
    if upcoming and due > due_day(min(upcoming)):
        raise Refusal("returns.to_come", "这一期还没有到，到时候再填。", field="until")
    for ower in owers:
        if any(one == period for one in owed_by(ower, due, due)):
            return ower
    raise Refusal("returns.not_owed_then", f"{owers[-1].name}不用报这一期，请从列表里选。", field="until")


def _period(form: ReturnForm, since: date, until: date) -> Period:
    rhythm, deadline = Rhythm(form.rhythm), deadline_of(form.deadline)
    for offset in range(LATEST.days):
        found = due_on(rhythm, until + timedelta(days=offset), deadline)
        if found is not None and (found.since, found.until) == (since, until):
            return found
    raise Refusal("returns.no_period", f"{RHYTHM_NAMES[rhythm]}没有这一期，请从列表里选。", field="until")


@transaction.atomic
def ask_special(
    *,
    form_id: UUID,
    unit_ids: Sequence[UUID],
    since: date | None,
    until: date | None,
    due_at: datetime | None,
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Ask units for a special return (快报): the office says which units, of which days, by what hour.

    Who was asked already for the same days and hour is not asked again. Returns the ids, in the order of the units.
    """
    form = form_to_change(actor, form_id)
    if form.state != FormState.IN_USE or form.rhythm != Rhythm.SPECIAL:
        raise Refusal("returns.not_special", "只有在用的快报能随时请报。")
    period = _special(since, until, due_at, now)
    open_now = {one.unit_id: one for one in form.owers.filter(ends_on=None)}
    if not unit_ids or any(one not in open_now for one in unit_ids):
        raise Refusal("returns.no_owers", "请选请哪些单位报。", field="units")
    asked = []
    for ower in (open_now[one] for one in dict.fromkeys(unit_ids)):
        row, is_new = _begun(form, ower, period, now)
        if not is_new and row.due_at != period.due_at:
            say = f"{row.unit_name}这几天的已经请报过了，时限是 {due_words(row.due_at)}。"
            raise Refusal("returns.asked", say, field="due_at")
        if is_new:
            say = f"请于 {due_words(period.due_at)} 前报送"
            after = {"due_at": period.due_at.isoformat()}
            tell_return(row, "asked", say, after=after, actor=actor, now=now)
            notify(row, [row.unit_id], say, now=now)
        asked.append(row.pk)
    return asked


def _special(since: date | None, until: date | None, due_at: datetime | None, now: datetime) -> Period:
    if since is None or until is None or due_at is None or until < since:
        raise Refusal("returns.no_period", "快报要写起止日期和报送时限。", field="until")
    if due_at < now:
        raise Refusal("returns.due_passed", "报送时限已经过了，请写以后的时间。", field="due_at")
    if until > due_day(due_at):
        raise Refusal("returns.due_early", "报送时限不能早于这一期的最后一天。", field="due_at")
    return Period(since, until, due_at)


@transaction.atomic
def type_cells(
    *,
    return_id: UUID,
    seen_version: int,
    cells: Mapping[str, str],
    reason: str,
    alone: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """Write numbers that the platform does not have, with the reason; an empty one takes it back (R9.8).

    cells: what was written, by address. All of them or none. They stand in the unit's other returns that ask for the
    same, too; alone: in this one only, where its superior counts otherwise. Raises Refusal for a number that the unit
    cannot know.
    """
    row, _ = return_to(ReturnAct.TYPE, actor, return_id)
    slots = {slot.address: slot for slot in grid_of(row.form.grid).slots()}
    if not cells or not cells.keys() <= slots.keys():
        raise Refusal("returns.no_cell", "表里没有这一格，请刷新页面重选。", field="amount")
    unasked = sorted(cells.keys() & unasked_of(row, on=min(row.until, day_of(now))) - row.typed.keys())
    if unasked and any(cells[one].strip() for one in unasked):
        raise Refusal("returns.not_asked", f"{slots[unasked[0]].label}{NOT_ASKED}", field="amount")
    bindings = bindings_of(row.form)
    numbers = {address: typed_in(slots[address], bindings, text) for address, text in cells.items()}
    if any(number is not None for number in numbers.values()) and not reason.strip():
        raise Refusal("returns.no_reason", "手填的数要写理由，如从哪里得来。", field="reason")
    typed: dict[str, Any] = {address: kept for address, kept in row.typed.items() if address not in cells}
    said = within(reason, LONGEST, called="理由", field="reason")
    for address, number in numbers.items():
        if number is not None:
            typed[address] = replace(number, typed=said, typed_by=actor.name, at=moment(now), alone=alone).kept()
    before = {address: row.typed[address]["amount"] for address in cells if address in row.typed}
    after = {address: typed[address]["amount"] for address in cells if address in typed}
    write_return(row, seen_version, typed=typed)
    words = "、".join(f"{slots[address].label} {filled_of(typed[address]).text}" for address in list(after)[:SHOWN])
    say = f"手填 {len(after)} 格：{words}" if after else "不再手填 " + "、".join(cells)
    tell_return(row, "typed", say, before=before, after=after, reason=said, actor=actor, now=now)


@transaction.atomic
def send_return(*, return_id: UUID, seen_version: int, remark: str = "", actor: Actor, now: datetime) -> None:
    """Send a return: every cell has its number, cross-checks hold or are explained; the figures are kept as a version.

    Raises Refusal naming the cells that lack a number, or the checks that want an explanation (R9.8).
    """
    row, target = return_to(ReturnAct.SUBMIT, actor, return_id)
    today = day_of(now)
    bindings = bindings_of(row.form)
    gathering = gathering_of(row)
    basis = basis_of(row, row.form, today=today)
    counted, beside = counted_whole(actor, row, bindings, basis)
    filled = filled_now(row, bindings, counted, gathering)
    slots = {slot.address: slot for slot in grid_of(row.form.grid).slots()}
    _must_be_filled([slot.label for slot in still_open(slots, bindings, filled)])
    _must_be_over(row, today)
    doubts = [*doubts_now(row, bindings, filled, remark, gathering), *beside]
    _must_be_explained(doubts, remark)
    kept = {address: one.kept() for address, one in filled.items()}
    earlier = {address: filled_of(one) for address, one in row.figures.items()}
    changes = changes_of(earlier, filled) if row.edition else []
    lists = lists_now(actor, row, basis)
    edition = row.edition + 1
    why = row.returned_for if row.edition else ""
    write_return(
        row,
        seen_version,
        state=target,
        edition=edition,
        figures=kept,
        remark=written(Return, "remark", remark),
        first_sent_at=row.first_sent_at or now,
        sent_at=now,
        sent_by=actor.name,
        sent_by_id=actor.user_id,
        checked_at=None,
        checked_by="",
    )
    ReturnEdition(
        of=row,
        number=edition,
        figures=kept,
        changes=changes,
        lists=[one.kept() for one in lists],
        remark=row.remark,
        why=why,
        sent_at=now,
        sent_by=actor.name,
    ).save(force_insert=True)
    if edition == 1:
        fulfil(row, actor=actor, now=now)
    late = "，已过时限" if now > row.due_at and edition == 1 else ""
    after = {"edition": edition, "changes": changes, "doubts": [doubt.say for doubt in doubts]}
    if lists:
        after["lists"] = {one.key: len(one.rows) for one in lists}
    tell_return(row, "sent", f"报送第 {edition} 版{late}", after=after, reason=row.remark, actor=actor, now=now)
    offices = [post.unit.id for post in orgs.posts_with_role(row.town_id, Role.SAFETY_OFFICE, on=today)]
    notify(row, dict.fromkeys(offices), f"{row.unit_name}已报送，请审核", now=now)


def _must_be_over(row: Return, today: date) -> None:
    """What comes on its last day after it was sent would be in no return."""
    if today < sent_from(Rhythm(row.form.rhythm), row.until, row.due_at):
        over = f"{row.until.month}月{row.until.day}日"
        raise Refusal("returns.too_early", f"这一期到 {over} 24:00 才满，次日起报送，当天的事才不会漏掉。")


def _must_be_explained(doubts: Sequence[Doubt], remark: str) -> None:
    if doubts and not remark.strip():
        said = "".join(doubt.say for doubt in doubts[:SHOWN])
        raise Refusal(
            "returns.doubts",
            f"有 {len(doubts)} 处对不上：{said}请核对；确实如此的，请在说明里写明原因。",
            field="remark",
        )
    firm = "".join(doubt.say for doubt in doubts if doubt.firm)
    if firm:
        raise Refusal("returns.no_document", firm, field="remark")


def _must_be_filled(labels: Sequence[str]) -> None:
    if labels:
        more = f"等 {len(labels)} 格" if len(labels) > SHOWN else ""
        named = "、".join(labels[:SHOWN])
        raise Refusal("returns.not_filled", f"还有 {len(labels)} 格没有数：{named}{more}。请填写并写明理由。")


@transaction.atomic
def send_back(*, return_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime) -> None:
    """Return it to its unit with what is to be mended."""
    row, target = return_to(ReturnAct.SEND_BACK, actor, return_id)
    if not reason.strip():
        raise Refusal("returns.no_reason", "请写哪里要改，填报单位才好改。", field="reason")
    said = within(reason, LONGEST, called="理由", field="reason")
    write_return(row, seen_version, state=target, returned_for=said, checked_at=None, checked_by="")
    tell_return(row, "sent_back", "退回", reason=said, actor=actor, now=now)
    notify(row, [row.unit_id], f"被退回：{said}", now=now)


@transaction.atomic
def check_return(*, return_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Find a return right; by another person than who sent it, of the office or, for the town's own, of its leaders."""
    row, target = return_to(ReturnAct.CHECK, actor, return_id)
    write_return(row, seen_version, state=target, checked_at=now, checked_by=actor.name)
    tell_return(row, "checked", "审核通过", actor=actor, now=now)


@transaction.atomic
def lock_return(*, return_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Lock a checked return; the hash of its workbook is kept, so that what is uploaded can be told from it."""
    row, target = return_to(ReturnAct.LOCK, actor, return_id)
    sha256 = sent_digest(row)
    write_return(row, seen_version, state=target, locked_at=now, pack_sha256=sha256)
    tell_return(row, "locked", "锁定", after={"edition": row.edition, "sha256": sha256}, actor=actor, now=now)


@transaction.atomic
def note_receipt(*, return_id: UUID, seen_version: int, receipt: str, actor: Actor, now: datetime) -> None:
    """Write down the number that the superior's system gave for the upload."""
    row, _ = return_to(ReturnAct.RECEIPT, actor, return_id)
    number = receipt.strip()[:80]
    if not number:
        raise Refusal("returns.no_receipt", "请写上级系统给的回执号。", field="receipt")
    before = row.receipt
    if number == before:
        raise Refusal("returns.same_receipt", f"回执号 {number} 已经记过了。", field="receipt")
    kept = {"number": number, "by": actor.name, "at": now.isoformat()}
    first = [{"number": before, "by": "", "at": ""}] if before and not row.receipts else []
    write_return(row, seen_version, receipt=number, receipts=[*first, *row.receipts, kept])
    tell_return(
        row,
        "receipt",
        f"上级系统回执号 {number}",
        before={"receipt": before},
        after={"receipt": number},
        actor=actor,
        now=now,
    )


@transaction.atomic
def correct_return(*, return_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime) -> None:
    """Open a locked return again; what is sent then is a new version, and the old one stays."""
    row, target = return_to(ReturnAct.CORRECT, actor, return_id)
    if not reason.strip():
        raise Refusal("returns.no_reason", "请写为什么要更正。", field="reason")
    said = within(reason, LONGEST, called="理由", field="reason")
    write_return(
        row,
        seen_version,
        state=target,
        returned_for=said,
        locked_at=None,
        checked_at=None,
        checked_by="",
        pack_sha256="",
    )
    tell_return(row, "corrected", f"更正第 {row.edition} 版", reason=said, actor=actor, now=now)
    notify(row, [row.unit_id], f"要更正：{said}", now=now)
