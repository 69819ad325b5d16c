"""Take a form in, say who owes it, use it, retire it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, ReturnForm, ReturnOwer
from bihuan.campaigns.queries.participants import units_of
from bihuan.campaigns.queries.returns.choices import remembered
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.queries.returns.naming import names_of, names_of_form
from bihuan.campaigns.readers.forms import as_workbook, read_form
from bihuan.campaigns.rules.life import CampaignState
from bihuan.campaigns.rules.returns.binding import Binding
from bihuan.campaigns.rules.returns.builtin import BUILT_IN, laid_out
from bihuan.campaigns.rules.returns.deadlines import deadline_kept, must_be_read
from bihuan.campaigns.rules.returns.forms import FormState, must_be_placed, must_be_whole
from bihuan.campaigns.rules.returns.grid import Grid, Slot, grid_of, why_no_slots
from bihuan.campaigns.rules.returns.rhythm import RHYTHM_NAMES, Rhythm, due_day
from bihuan.campaigns.rules.returns.suggest import meanings_said, suggest
from bihuan.campaigns.services.returns.filling import ask_special
from bihuan.campaigns.services.returns.loading import (
    form_to_change,
    must_not_be_retired,
    office_of,
    tell_form,
    write_form,
)
from bihuan.campaigns.services.returns.obliged import given_back
from bihuan.campaigns.services.texts import longest, written
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import ONE_DAY, day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.orgs import queries as orgs
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.trail import services as trail
from bihuan.trail.rules.files import FileKind

_SECTORS: Final = {str(code): name for code, name in SECTOR_NAMES.items()}
SAID: Final = ("title", "to_whom")


def upload_form(
    *,
    name: str,
    content: bytes,
    rhythm: str = Rhythm.WEEKLY,
    due: str = "",
    to_whom: str = "",
    campaign_id: UUID | None = None,
    cumulative_from: date | None = None,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Take a superior's workbook in: find the cells that want a number, and suggest what each is bound to.

    The file is kept as it came. What people bound cells with the same headings to before is offered first. due: the
    superior's own deadline in words, which says how often too.
    """
    town_id = office_of(actor)
    content, name = as_workbook(content, name)
    grid = read_form(content, name)
    slots = grid.slots()
    if not slots:
        say = f"“{name}”里没有找到要填数的格子：{why_no_slots(grid)}"
        raise Refusal("returns.no_slots", say, field="file")
    kept = trail.keep_file(name=name, content=content, kind=FileKind.DOCUMENT, town_id=town_id, actor=actor, now=now)
    found = suggest(slots, names_of(town_id), grid.titles, remembered(town_id))
    title = next((text for text in grid.titles if text), Path(kept.name).stem)
    row = _new(town_id, title, actor, now)
    row.campaign = _campaign(town_id, campaign_id)
    row.cumulative_from = cumulative_from or (row.campaign.starts_on if row.campaign is not None else None)
    row.rhythm, row.deadline = _schedule(rhythm, due, day_of(now))
    row.to_whom = written(ReturnForm, "to_whom", to_whom)
    row.file_id, row.file_name = kept.id, kept.name[:120]
    with transaction.atomic():
        _save(row, grid, slots, found)
        trail.attach_files([kept.id], actor=actor, now=now)
        say = f"上传了原表，{len(slots)} 格要填数，已建议 {len(found)} 格"
        tell_form(row, "uploaded", say, evidence=(kept.id,), actor=actor, now=now)
    return row.pk


@transaction.atomic
def adopt_form(*, code: str, campaign_id: UUID | None = None, to_whom: str = "", actor: Actor, now: datetime) -> UUID:
    """Take one of the forms F1…F8 for the town, laid out for its villages and sectors, bound as declared."""
    town_id = office_of(actor)
    form = next((one for one in BUILT_IN if one.code == code), None)
    if form is None:
        raise NotFound("returns.no_code", "没有这张通用报表，请从列出的里面选。")
    same = ReturnForm.objects.filter(town_id=town_id, code=code, title=form.title)  # one for a plan's duty has its own
    if same.exclude(state=FormState.RETIRED).exists():
        raise Refusal("returns.adopted", f"“{form.title}”已经在报表里了，不用再添加。")
    grid, bindings = laid_out(form, _SECTORS)
    row = _new(town_id, form.title, actor, now)
    row.campaign = _campaign(town_id, campaign_id)
    row.code, row.rhythm, row.to_whom = form.code, form.rhythm, written(ReturnForm, "to_whom", to_whom)
    if row.campaign is not None and not form.from_january:
        row.cumulative_from = row.campaign.starts_on
    _save(row, grid, grid.slots(), bindings)
    tell_form(row, "adopted", "添加了通用报表", actor=actor, now=now)
    return row.pk


@transaction.atomic
def start_form(
    *,
    title: str,
    due: str,
    unit_ids: Sequence[UUID],
    code: str = "F1",
    to_whom: str = "",
    campaign_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Start a return that a plan or a superior asks for: one of our forms under its own name, owed by these units from
    today on by a deadline in words ("每周四16:00", "每月25日", "逢5日"). Returns the form's id.

    What is owed once only is started as 快报 and asked of the units at once, of the days from today up to its day.
    Raises Refusal for a deadline that cannot be read, or has passed.
    """
    town_id = office_of(actor)
    form = next((one for one in BUILT_IN if one.code == code), None)
    if form is None:
        raise NotFound("returns.no_code", "没有这张通用报表，请从列出的里面选。")
    if not title.strip():
        raise Refusal("returns.no_title", "请写报表的名称。", field="title")
    read = must_be_read(due, today=day_of(now))
    grid, bindings = laid_out(replace(form, title=title.strip()), _SECTORS)
    row = _new(town_id, written(ReturnForm, "title", title), actor, now)
    row.campaign = _campaign(town_id, campaign_id)
    row.code, row.to_whom = form.code, written(ReturnForm, "to_whom", to_whom)
    row.rhythm, row.deadline = read.rhythm, deadline_kept(read.deadline)
    if row.campaign is not None and not form.from_january:
        row.cumulative_from = row.campaign.starts_on
    _save(row, grid, grid.slots(), bindings)
    tell_form(row, "adopted", f"按“{due.strip()[:40]}”开始报送", actor=actor, now=now)
    use_form(form_id=row.pk, seen_version=row.version, unit_ids=unit_ids, actor=actor, now=now)
    if read.once is not None:
        ask_special(
            form_id=row.pk,
            unit_ids=unit_ids,
            since=row.cumulative_from or day_of(now),
            until=max(day_of(now), due_day(read.once) - ONE_DAY),
            due_at=read.once,
            actor=actor,
            now=now,
        )
    return row.pk


def _new(town_id: UUID, title: str, actor: Actor, now: datetime) -> ReturnForm:
    return ReturnForm(
        town_id=town_id,
        path=orgs.town(town_id).path,
        title=title[: longest(ReturnForm, "title")],
        made_by=actor.name,
        made_at=now,
        changed_at=now,
    )


def _save(row: ReturnForm, grid: Grid, slots: Sequence[Slot], bindings: Mapping[str, Binding]) -> None:
    row.grid, row.slots_count = grid.kept(), len(slots)
    row.bindings = {address: binding.kept() for address, binding in bindings.items()}
    row.save(force_insert=True)


def _campaign(town_id: UUID, campaign_id: UUID | None) -> Campaign | None:
    if campaign_id is None:
        return None
    over = (CampaignState.ARCHIVED, CampaignState.DROPPED, CampaignState.FAILED, CampaignState.READING)
    found = Campaign.objects.filter(pk=campaign_id, town_id=town_id).exclude(state__in=over).first()
    if found is None:
        raise NotFound("returns.no_campaign", "没有找到这个专项行动，请重新选。")
    return found


def _schedule(rhythm: str, due: str, today: date) -> tuple[Rhythm, dict[str, Any]]:
    """Return how often a form is owed and by when; the words of the superior come before what was chosen."""
    if not due.strip():
        return _rhythm(rhythm), {}
    found = must_be_read(due, today=today)
    return found.rhythm, deadline_kept(found.deadline)


def _rhythm(text: str) -> Rhythm:
    if text not in RHYTHM_NAMES:
        raise Refusal("returns.no_rhythm", "请选多久报一次。", field="rhythm")
    return Rhythm(text)


@transaction.atomic
def mend_form(*, form_id: UUID, seen_version: int, facts: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Mend what is said of a form. facts: title, to_whom, rhythm, due, cumulative_from, campaign_id; what is left out
    stays.

    due: the superior's own deadline in words, "" leaves what is chosen. campaign_id: given to a form that is of none,
    in use or not; what is so far runs from its first day then, unless another day is said.
    """
    row = form_to_change(actor, form_id)
    said = {name: value for name, value in facts.items() if name in {*SAID, "rhythm", "cumulative_from"}}
    if facts.get("due", "").strip():
        said["rhythm"], said["deadline"] = _schedule(row.rhythm, facts["due"], day_of(now))
    if not str(said.get("title", row.title)).strip():
        raise Refusal("returns.no_title", "请写报表的名称。", field="title")
    if "rhythm" in said:
        said["rhythm"] = _rhythm(said["rhythm"])
        moved = (said["rhythm"], said.get("deadline", row.deadline)) != (row.rhythm, row.deadline)
        if (row.state != FormState.BINDING or row.succeeds_id is not None) and moved:
            raise Refusal(
                "returns.in_use", "报表在用，多久报一次、什么时候报不能再改。请停用后重新上传。", field="rhythm"
            )
    said |= {name: written(ReturnForm, name, said[name]) for name in SAID if name in said}
    said |= _given(row, said, facts.get("campaign_id"))
    before = {name: str(getattr(row, name) or "") for name in said}
    changed = {name: value for name, value in said.items() if str(value or "") != before[name]}
    if not changed:
        return
    write_form(row, seen_version, **changed, changed_at=now)
    after = {name: str(value or "") for name, value in changed.items()}
    old = {name: before[name] for name in changed}
    tell_form(row, "mended", "改了报表的说明", before=old, after=after, actor=actor, now=now)


def _given(row: ReturnForm, said: Mapping[str, Any], campaign_id: UUID | None) -> dict[str, Any]:
    """Return what a campaign brings that is given to a form: itself, and the first day of what is so far."""
    if campaign_id is None or campaign_id == row.campaign_id:
        return {}
    if row.campaign_id is not None:
        raise Refusal(
            "returns.has_campaign", "报表已经属于一个专项行动，不能再换。请停用后重新添加。", field="campaign"
        )
    campaign = _campaign(row.town_id, campaign_id)
    start = said.get("cumulative_from", row.cumulative_from)
    if start is None and campaign is not None and not any(one.code == row.code for one in BUILT_IN if one.from_january):
        start = campaign.starts_on
    return {"campaign": campaign, "cumulative_from": start}


@transaction.atomic
def use_form(*, form_id: UUID, seen_version: int, unit_ids: Sequence[UUID], actor: Actor, now: datetime) -> None:
    """Use a form from today on: every cell is bound, and these units owe it. Suggestions left are taken as they are."""
    row = form_to_change(actor, form_id)
    if row.state != FormState.BINDING:
        raise Refusal("returns.wrong_state", "报表已经启用或停用了。请刷新页面看最新情况。")
    if row.succeeds_id is not None:
        raise Refusal("returns.succeeds", "这是在用报表的新版式，请在“对照旧版式”那一页换用。")
    must_be_ready(row)
    write_form(row, seen_version, state=FormState.IN_USE, in_use_on=day_of(now), changed_at=now)
    names = _owe(row, unit_ids, now)
    tell_form(
        row, "used", f"启用，由{'、'.join(names)}填报", after={"units": list(map(str, unit_ids))}, actor=actor, now=now
    )


def must_be_ready(row: ReturnForm) -> None:
    """Raise Refusal while a form has cells that are not bound, or that count more than their headings name."""
    slots, bindings = grid_of(row.grid).slots(), bindings_of(row)
    must_be_whole(slots, bindings)
    if not row.code:
        must_be_placed(slots, bindings, meanings_said(slots, names_of_form(row)))


@transaction.atomic
def name_owers(*, form_id: UUID, seen_version: int, unit_ids: Sequence[UUID], actor: Actor, now: datetime) -> None:
    """Say anew who owes a form; what earlier owers owed up to today stays owed."""
    row = form_to_change(actor, form_id)
    if row.state != FormState.IN_USE:
        raise Refusal("returns.wrong_state", "报表没有启用，不用定由谁填报。")
    write_form(row, seen_version, changed_at=now)
    row.owers.filter(ends_on=None).exclude(unit_id__in=list(unit_ids)).update(ends_on=day_of(now))
    names = _owe(row, unit_ids, now)
    given_back(row, units=unit_ids)
    tell_form(row, "owed", f"由{'、'.join(names)}填报", after={"units": list(map(str, unit_ids))}, actor=actor, now=now)


def _owe(row: ReturnForm, unit_ids: Sequence[UUID], now: datetime) -> list[str]:
    town = orgs.unit(row.town_id)
    open_units = {unit.id: unit for unit in (town, *units_of(row.town_id))}
    if not unit_ids or any(one not in open_units for one in unit_ids):
        raise Refusal("returns.no_owers", "请选由谁填报：本镇，或者村（社区）、部门。", field="units")
    known_ids = set(row.owers.filter(ends_on=None).values_list("unit_id", flat=True))
    chosen = [open_units[one] for one in dict.fromkeys(unit_ids)]
    ReturnOwer.objects.bulk_create(
        ReturnOwer(
            form=row,
            town_id=row.town_id,
            unit_id=unit.id,
            path=unit.path,
            name=(unit.short_name or unit.name)[:64],
            kind=unit.kind.value,
            starts_on=day_of(now),
            starts_at=now,
        )
        for unit in chosen
        if unit.id not in known_ids
    )
    return [unit.short_name or unit.name for unit in chosen]


@transaction.atomic
def retire_form(*, form_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime) -> None:
    """Retire a form from today on; its returns stay as they are."""
    row = form_to_change(actor, form_id)
    must_not_be_retired(row)
    if not reason.strip():
        raise Refusal("returns.no_reason", "请写为什么停用。", field="reason")
    day = day_of(now)
    in_use = row.in_use_on or day
    write_form(row, seen_version, state=FormState.RETIRED, in_use_on=in_use, retired_on=day, changed_at=now)
    given_back(row)
    tell_form(row, "retired", "停用", reason=reason.strip()[:400], actor=actor, now=now)
