"""Bind the cells of a form: one by one, along a row or a column, or by saying what a word in its headings means."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import ReturnForm
from bihuan.campaigns.queries.returns.anew import anew_of
from bihuan.campaigns.queries.returns.filling import known
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.queries.returns.naming import names_of_form
from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.returns.alike import Along, Spread, spread
from bihuan.campaigns.rules.returns.binding import OF_CAMPAIGN, Binding, Source
from bihuan.campaigns.rules.returns.forms import (
    FormState,
    counts_too_much,
    must_be_placed,
    must_be_whole,
    refused_binding,
)
from bihuan.campaigns.rules.returns.grid import grid_of
from bihuan.campaigns.rules.returns.names import NO_VILLAGE, Names, Place, place_kept
from bihuan.campaigns.rules.returns.suggest import meanings_said, suggest
from bihuan.campaigns.services.returns.loading import form_to_change, must_not_be_retired, tell_form, write_form
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.standards.rules import Sector

NOWHERE: Final = Place()


class How(StrEnum):
    """What a word that nobody knows is taken for."""

    PLACE = "place"
    WHOLE = "whole"
    TYPED = "typed"


@transaction.atomic
def bind_cells(
    *, form_id: UUID, seen_version: int, cells: Mapping[str, Binding | None], actor: Actor, now: datetime
) -> None:
    """Bind cells by choosing; None takes a binding away. A form in use keeps every cell bound.

    Raises Refusal for a cell that would count more than its headings name, unless the person said that it shall.
    """
    row = form_to_change(actor, form_id)
    must_not_be_retired(row)
    slots = {slot.address: slot for slot in grid_of(row.grid).slots()}
    bindings = bindings_of(row)
    names = known() | frozenset(BY_KEY) | frozenset(OF_CAMPAIGN)
    for address, binding in cells.items():
        if binding is None:
            bindings.pop(address, None)
            continue
        refused = refused_binding(address, binding, slots, bindings, names)
        if refused:
            label = slots[address].label if address in slots else address
            raise Refusal("returns.bad_binding", f"{label}：{refused}", field="binding")
        bindings[address] = replace(binding, chosen_by=actor.name, sure=True)
    if not row.code:
        said = meanings_said(list(slots.values()), names_of_form(row))
        must_be_placed([slots[one] for one in cells if one in slots], bindings, said)
    say = f"定了 {len(cells)} 格取什么数"
    _write(row, seen_version, bindings, list(cells), {}, ("bound", say), actor=actor, now=now)


def _write(
    row: ReturnForm,
    seen_version: int,
    bindings: Mapping[str, Binding],
    cells: list[str],
    words: Mapping[str, Place],
    told: tuple[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if row.state == FormState.IN_USE:
        must_be_whole(grid_of(row.grid).slots(), bindings)
    before = {address: row.bindings[address] for address in cells if address in row.bindings}
    kept = {address: binding.kept() for address, binding in bindings.items()}
    said = {**row.words, **{word: place_kept(place) for word, place in words.items()}}
    write_form(row, seen_version, bindings=kept, words=said, changed_at=now)
    after = {address: kept.get(address) for address in cells}
    tell_form(row, *told, before=before, after=after, actor=actor, now=now)


def bind_like(
    *, form_id: UUID, seen_version: int, address: str, binding: Binding, along: str, actor: Actor, now: datetime
) -> Spread:
    """Bind a cell and those like it in its column or row.

    Each keeps the village and the sectors of its own headings; a rate, a sum or a difference is made of the cells of
    its own row or column. Returns what was bound, and what was not and why.
    """
    row = form_to_change(actor, form_id)
    slots = {slot.address: slot for slot in grid_of(row.grid).slots()}
    first = slots.get(address)
    if first is None:
        raise NotFound("returns.no_cell", "表里没有这一格，请刷新页面重选。")
    bindings, names = bindings_of(row), known() | frozenset(BY_KEY) | frozenset(OF_CAMPAIGN)
    said = meanings_said(list(slots.values()), names_of_form(row))
    found = spread(first, binding, Along(along), slots, bindings, said)
    for one, made in list(found.cells.items()):
        refused = refused_binding(one, made, slots, bindings, names) if one != address else ""
        if refused:
            del found.cells[one]
            found.left[one] = refused.rstrip("。")
        else:
            bindings[one] = made
    bind_cells(form_id=form_id, seen_version=seen_version, cells=found.cells, actor=actor, now=now)
    return found


@transaction.atomic
def name_word(
    *, form_id: UUID, seen_version: int, word: str, how: How, place: Place = NOWHERE, actor: Actor, now: datetime
) -> int:
    """Say what a word in the headings means, and bind every cell that waited for it; what was bound otherwise stays.

    how: it is a place, or the whole is meant, or the numbers are typed. Returns how many cells were bound.
    """
    row = form_to_change(actor, form_id)
    must_not_be_retired(row)
    grid, names, bindings = grid_of(row.grid), names_of_form(row), bindings_of(row)
    slots = grid.slots()
    said = meanings_said(slots, names, grid.titles)
    waiting = [
        slot.address
        for slot in slots
        if word in said[slot.address].unread
        and (slot.address not in bindings or counts_too_much(bindings[slot.address], said[slot.address]))
    ]
    if how is How.PLACE and not _is_known(place, names):
        raise Refusal("returns.no_place", f"请选“{word}”是哪个单位或行业。", field="to")
    if not waiting:
        raise NotFound("returns.no_word", "表里没有等着定的这个名称，请刷新页面再看。")
    if how is How.TYPED:
        made = {address: Binding(Source.TYPED) for address in waiting}
    else:
        known_now = Names(names.units, {**names.said, word: place})
        found = suggest(slots, known_now, grid.titles)
        made = {one: replace(found[one], whole=how is How.WHOLE) for one in waiting if one in found}
    bindings |= {address: replace(one, chosen_by=actor.name, sure=True) for address, one in made.items()}
    words = {} if how is How.TYPED else {word: place}
    say = f"“{word}”{_meant(how, len(made))}"
    _write(row, seen_version, bindings, list(made), words, ("named", say), actor=actor, now=now)
    return len(made)


@transaction.atomic
def bind_anew(*, form_id: UUID, seen_version: int, cells: Sequence[str], actor: Actor, now: datetime) -> int:
    """Bind cells of a form in use as they would be suggested today; returns how many. What was sent stays as it was.

    A cell that nobody can suggest any more, or that a person has bound, stays.
    """
    row = form_to_change(actor, form_id)
    if row.state != FormState.IN_USE:
        raise Refusal("returns.wrong_state", "报表没有启用，或者已经停用了。请刷新页面看最新情况。")
    found = {address: one for address, one in anew_of(row).items() if one is not None and address in cells}
    if not found:
        raise NotFound("returns.no_anew", "没有等着换的格，请刷新页面再看。")
    say = f"{len(found)} 格换成现在的建议，已报送的不变"
    _write(row, seen_version, bindings_of(row) | found, list(found), {}, ("bound", say), actor=actor, now=now)
    return len(found)


def _is_known(place: Place, names: Names) -> bool:
    units = {NO_VILLAGE, *(str(one.id) for one in names.units)}
    sectors = all(one in {str(sector) for sector in Sector} for one in place.sectors)
    return place != NOWHERE and sectors and (not place.unit_id or place.unit_id in units)


def _meant(how: How, cells: int) -> str:
    return {How.PLACE: "定了是谁", How.WHOLE: "按全部算", How.TYPED: "手填"}[how] + f"，{cells} 格随之定好"
