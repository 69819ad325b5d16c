"""Move a form in use to a newer edition of its workbook: upload it beside, say what headings became, switch."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import ReturnForm, ReturnOwer
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.queries.returns.succession import (
    carried_of,
    compared_of,
    first_periods,
    successor_of,
    touched_of,
    untouched_since,
)
from bihuan.campaigns.readers.forms import as_workbook, read_form
from bihuan.campaigns.rules.returns.binding import Binding
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.grid import why_no_slots
from bihuan.campaigns.rules.returns.rhythm import Rhythm, due_day, period_words
from bihuan.campaigns.rules.returns.succession import Axis, Compared, Said
from bihuan.campaigns.services.returns.forms import must_be_ready
from bihuan.campaigns.services.returns.loading import form_to_change, tell_form, write_form, write_return
from bihuan.campaigns.services.returns.obliged import handed_on
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail import services as trail
from bihuan.trail.rules.files import FileKind

MOST_OFFERED: Final = 400  # periods: more than fall due within the time looked ahead
TOLD: Final = 40  # cells named in an event


def upload_successor(
    *, form_id: UUID, seen_version: int, name: str, content: bytes, actor: Actor, now: datetime
) -> UUID:
    """Take in a newer edition of an uploaded form in use, beside it; nothing is filled with it before `switch_form`.

    Its cells are bound as those under the same headings; new ones are suggested. What looks renamed is asked. Raises
    Refusal for a form of ours, one that is not in use, and one whose newer edition is already there.
    """
    old = form_to_change(actor, form_id)
    if old.code or old.state != FormState.IN_USE:
        raise Refusal("returns.no_succession", "只有在用的、上传的报表能换用新版式。", field="file")
    if successor_of(old.pk) is not None:
        raise Refusal(
            "returns.succeeded", "这张报表的新版式已经上传过，还没有换用。要换一份的，先停用那一份。", field="file"
        )
    content, name = as_workbook(content, name)
    grid = read_form(content, name)
    slots = grid.slots()
    if not slots:
        say = f"“{name}”里没有找到要填数的格子：{why_no_slots(grid)}"
        raise Refusal("returns.no_slots", say, field="file")
    kept = trail.keep_file(
        name=name, content=content, kind=FileKind.DOCUMENT, town_id=old.town_id, actor=actor, now=now
    )
    row = ReturnForm(
        town_id=old.town_id,
        path=old.path,
        campaign_id=old.campaign_id,
        title=old.title,
        to_whom=old.to_whom,
        rhythm=old.rhythm,
        deadline=old.deadline,
        cumulative_from=old.cumulative_from,
        words=old.words,
        grid=grid.kept(),
        slots_count=len(slots),
        file_id=kept.id,
        file_name=kept.name[:120],
        succeeds=old,
        carried={"said": [], "bound": old.bindings},
        made_by=actor.name,
        made_at=now,
        changed_at=now,
    )
    with transaction.atomic():
        write_form(old, seen_version, changed_at=now)
        beside = compared_of(row)
        row.bindings = _kept(carried_of(row, beside).bindings)
        row.save(force_insert=True)
        trail.attach_files([kept.id], actor=actor, now=now)
        say = f"上传了新版式，{_counted(beside)}"
        told = _told(beside) | {"succeeds": str(old.pk)}
        tell_form(row, "succeeding", say, after=told, evidence=(kept.id,), actor=actor, now=now)
    return row.pk


def _kept(bindings: Mapping[str, Binding]) -> dict[str, Any]:
    return {address: binding.kept() for address, binding in bindings.items()}


def _counted(beside: Compared) -> str:
    return f"沿用 {len(beside.kept)} 格，新增 {len(beside.added)} 格，没有了 {len(beside.gone)} 格"


def _told(beside: Compared) -> dict[str, Any]:
    return {
        "carried": len(beside.kept),
        "moved": len(beside.moved),
        "added": [slot.label for slot in beside.added[:TOLD]],
        "gone": [slot.label for slot in beside.gone[:TOLD]],
    }


@transaction.atomic
def say_heading(
    *, form_id: UUID, seen_version: int, sheet: int, axis: str, old: str, new: str, actor: Actor, now: datetime
) -> int:
    """Say which heading of a newer edition one that is gone has become, "" none of them; its cells follow.

    What a person bound in the newer edition since it came stays. Returns how many cells were carried over by it.
    """
    row = _succeeding(form_to_change(actor, form_id))
    before = compared_of(row)
    asked = [one for one in before.questions if (one.sheet, one.axis, one.old) == (sheet, axis, old)]
    if not asked or (new and new not in asked[0].offered):
        raise NotFound("returns.no_question", "这个名称不用再定了。请刷新页面看最新情况。")
    said = Said(sheet, Axis(axis), old, new)
    after = compared_of(row, (*before.said, said))
    bindings, was, now_bound = bindings_of(row), carried_of(row, before).bindings, carried_of(row, after).bindings
    for address in after.new:
        if bindings.get(address) == was.get(address):
            bindings.pop(address, None)
            bindings |= {address: now_bound[address]} if address in now_bound else {}
    kept = row.carried | {"said": [one.kept() for one in after.said]}
    write_form(row, seen_version, bindings=_kept(bindings), carried=kept, changed_at=now)
    done = len(after.cells) - len(before.cells)
    say = f"新版式的“{new}”就是原来的“{old}”，沿用 {done} 格" if new else f"新版式没有“{old}”了"
    tell_form(row, "heading_said", say, after=said.kept(), actor=actor, now=now)
    return done


def _succeeding(row: ReturnForm) -> ReturnForm:
    """Return a newer edition that is not in use yet. Raises Refusal for any other form."""
    if row.succeeds is None or row.state != FormState.BINDING:
        raise Refusal("returns.no_successor", "这张报表不是等着换用的新版式。请刷新页面看最新情况。")
    return row


@transaction.atomic
def switch_form(
    *, form_id: UUID, seen_version: int, old_version: int, first_due: date | None, actor: Actor, now: datetime
) -> None:
    """Fill a form with its newer edition from the period on that falls due on a day; all of it or nothing.

    Earlier periods stay with the older edition, filled or not. Who owes it, and the tasks that its returns fulfil, go
    on with the newer one; so does what was begun of these periods and nobody has written in. first_due: None for a form
    without a rhythm, which is asked for in the newer edition from now on. Raises Refusal while a heading is not said, a
    cell is not bound, or for a day on which no such period falls due.
    """
    row = _succeeding(form_to_change(actor, form_id))
    old = row.succeeds
    assert old is not None  # noqa: S101 -- _succeeding
    if old.state != FormState.IN_USE:
        raise Refusal("returns.wrong_state", "原来的报表已经停用，没有可换的。")
    beside = compared_of(row)
    if beside.questions:
        words = "、".join(f"“{one.old}”" for one in beside.questions)
        raise Refusal("returns.unsaid", f"还没有定{words}在新版式里叫什么。逐个选定后再换用。")
    must_be_ready(row)
    first = _first_day(old, first_due, now)
    owers = list(old.owers.filter(ends_on=None))
    begun = [] if old.rhythm == Rhythm.SPECIAL else untouched_since(old, first)
    write_form(old, old_version, state=FormState.RETIRED, retired_on=first, changed_at=now)
    kept = {"said": row.carried.get("said", []), "cells": dict(beside.cells)}
    write_form(
        row,
        seen_version,
        state=FormState.IN_USE,
        in_use_on=first,
        carried=kept,
        duty_no=old.duty_no,
        changed_at=now,
    )
    old.owers.filter(ends_on=None).update(ends_on=first)
    ReturnOwer.objects.bulk_create(_owing(row, one, first) for one in owers)
    for one in begun:
        write_return(one, one.version, form=row)
    handed_on(old, row, first)
    after = _told(beside) | {"from_on": first.isoformat(), "begun": [str(one.pk) for one in begun]}
    say = f"{_from_words(old, first, now)}用新版式，{_counted(beside)}"
    tell_form(row, "succeeded", say, before={"form": str(old.pk)}, after=after, actor=actor, now=now)
    say = f"{_from_words(old, first, now)}换用新版式"
    tell_form(old, "replaced", say, after={"form": str(row.pk), "from_on": first.isoformat()}, actor=actor, now=now)


def _first_day(old: ReturnForm, first_due: date | None, now: datetime) -> date:
    if old.rhythm == Rhythm.SPECIAL:
        return day_of(now)
    touched = touched_of(old, day_of(now))
    if first_due in {due_day(one.due_at) for one in islice(first_periods(old, touched, now), MOST_OFFERED)}:
        assert first_due is not None  # noqa: S101 -- it is one of the days
        return first_due
    if first_due is not None and touched and first_due <= touched[0].due_on:
        say = f"{touched[0].unit_name}已经用原来的版式填了这一期或以后的一期，请从下一期起换用。"
        raise Refusal("returns.filled", say, field="first_due")
    raise Refusal("returns.no_period", "请从列出的里面选从哪一期起用新版式。", field="first_due")


def _owing(row: ReturnForm, one: ReturnOwer, first: date) -> ReturnOwer:
    return ReturnOwer(
        form=row,
        town_id=one.town_id,
        unit_id=one.unit_id,
        path=one.path,
        name=one.name,
        kind=one.kind,
        starts_on=max(first, one.starts_on),
        starts_at=one.starts_at,
    )


def _from_words(old: ReturnForm, first: date, now: datetime) -> str:
    """Return from which period on the newer edition is filled, in words."""
    found = next((one for one in first_periods(old, (), now) if due_day(one.due_at) == first), None)
    return f"从{period_words(found.since, found.until)}这一期起" if found is not None else "从现在起"
