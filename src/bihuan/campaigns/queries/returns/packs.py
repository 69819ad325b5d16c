"""Downloads of a return: the form filled in its own layout, and the pack for the superior's system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.models import Return
from bihuan.campaigns.queries.returns.choices import choices_of
from bihuan.campaigns.queries.returns.filling import span_words
from bihuan.campaigns.queries.returns.finding import bindings_of, form_row, return_row
from bihuan.campaigns.queries.returns.gathering import gathering_of
from bihuan.campaigns.queries.returns.listing import lists_now, lists_of
from bihuan.campaigns.queries.returns.showing import basis_of, counted_of, filled_now, known_of, receipts_of, rule_of
from bihuan.campaigns.readers.filling import digest, filled_workbook, packed
from bihuan.campaigns.rules.knowing import known_when
from bihuan.campaigns.rules.returns.binding import FIGURES, counted_as
from bihuan.campaigns.rules.returns.computing import Filled, filled_of
from bihuan.campaigns.rules.returns.forms import reports_to
from bihuan.campaigns.rules.returns.grid import grid_of
from bihuan.campaigns.rules.returns.life import OPEN
from bihuan.campaigns.rules.returns.listed import Listed
from bihuan.campaigns.rules.returns.rhythm import RHYTHM_NAMES, Rhythm, cumulative_since, period_words
from bihuan.campaigns.rules.returns.signing import Signed
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail import queries as trail

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP: Final = "application/zip"


@dataclass(frozen=True, slots=True)
class Download:
    """A file for a response."""

    name: str
    content: bytes
    media_type: str


def original_of(viewer: Actor, form_id: UUID) -> trail.OpenedFile:
    """Open the workbook that a form was uploaded as. Raises NotFound."""
    row = form_row(viewer, form_id)
    if row.file_id is None:
        raise NotFound("returns.no_file", "这张报表是平台自带的，没有上传的原表。")
    return trail.open_file(row.file_id, "original")


def workbook_of(viewer: Actor, return_id: UUID, *, today: date) -> Download:
    """Return the form filled with a return's numbers: as sent, or as they stand while it is still being filled.

    Of days that are over its name says of what time it knows: nothing is written into a superior's form.
    """
    row = return_row(viewer, return_id)
    lists = _lists_of(viewer, row, today=today)
    known = f"（{known_when(is_sent=row.state not in OPEN)}）" if known_of(row, today=today) else ""
    return Download(f"{_name(row)}{known}.xlsx", _workbook(row, numbers_of(viewer, row, today=today), lists), XLSX)


def pack_of(viewer: Actor, return_id: UUID, *, today: date, now: datetime) -> Download:
    """Return the upload pack of a return that was sent."""
    row = return_row(viewer, return_id)
    if not row.edition or row.state in OPEN:
        raise Refusal("returns.not_sent", "报表还没有报送，没有可上报的文件。请先报送。")
    numbers = numbers_of(viewer, row, today=today)
    lists = lists_of(row, row.edition)
    workbook, manifest = _workbook(row, numbers, lists), _manifest(row, numbers) | {"known": known_of(row, today=today)}
    if lists:
        manifest["lists"] = [{"title": one.title, "rows": len(one.rows), "why": one.why} for one in lists]
    name = _name(row)
    return Download(f"{name}.zip", packed(workbook, f"{name}.xlsx", manifest, made_at=now), ZIP)


def numbers_of(viewer: Actor, row: Return, *, today: date) -> dict[str, Filled]:
    """Return the numbers of a return: as last sent; while it is open, as they stand."""
    if row.state not in OPEN:
        return {address: filled_of(kept) for address, kept in row.figures.items()}
    return filled_now(row, bindings_of(row.form), counted_of(viewer, row, today=today), gathering_of(row))


def sent_digest(row: Return) -> str:
    """Return the SHA-256 of the workbook of the figures as sent."""
    numbers = {address: filled_of(kept) for address, kept in row.figures.items()}
    return digest(_workbook(row, numbers, lists_of(row, row.edition)))


def _lists_of(viewer: Actor, row: Return, *, today: date) -> Sequence[Listed]:
    """Return the lists of a return: as last sent; while it is open, as they stand."""
    if row.state not in OPEN:
        return lists_of(row, row.edition)
    return lists_now(viewer, row, basis_of(row, row.form, today=today))


def _workbook(row: Return, numbers: dict[str, Filled], lists: Sequence[Listed]) -> bytes:
    grid = grid_of(row.form.grid)
    original = None
    if row.form.file_id is not None:
        with trail.open_file(row.form.file_id, "original").stream as stream:
            original = stream.read()
    slots = {slot.address: slot for slot in grid.slots()}
    return filled_workbook(original, grid, slots, numbers, _signed(row), lists)


def _signed(row: Return) -> Signed:
    """Return who fills a return in; the day and the people are known once it was sent."""
    sent = row.sent_at is not None and row.state not in OPEN
    return Signed(
        unit=row.unit_name,
        on=day_of(row.sent_at) if sent and row.sent_at is not None else None,
        by=row.sent_by if sent else "",
        checked_by=row.checked_by if sent else "",
    )


def _name(row: Return) -> str:
    title = "".join(one for one in row.form.title if one not in '\\/:*?"<>|')
    return f"{title}_{row.unit_name}_{period_words(row.since, row.until)}"


def _manifest(row: Return, numbers: dict[str, Filled]) -> dict[str, Any]:
    form = row.form
    bindings, choices = counted_as(bindings_of(form)), choices_of(row.town_id)
    spans = span_words(row.since, row.until, cumulative_since(form.cumulative_from, row.until))
    cells = []
    for slot in grid_of(form.grid).slots():
        binding, number = bindings.get(slot.address), numbers.get(slot.address, Filled())
        if binding is None:
            continue
        facts: dict[str, Any] = {
            "cell": slot.address,
            "headings": list(slot.heads),
            "value": number.text,
            "source": "typed" if number.typed else "returns" if number.summed else binding.source.value,
            "rule": rule_of(binding, choices),
        }
        if binding.source in FIGURES:
            facts["days"] = spans[binding.period]
        if number.typed:
            facts |= {"reason": number.typed, "typed_by": number.typed_by}
        if number.summed:
            facts["summed"] = number.summed
        cells.append(facts)
    return {
        "form": {"title": form.title, "code": form.code, "rhythm": RHYTHM_NAMES[Rhythm(form.rhythm)]},
        "to": reports_to(form.to_whom, row.unit_kind),
        "unit": row.unit_name,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "edition": row.edition,
        "sent_at": row.sent_at.isoformat(timespec="seconds") if row.sent_at else "",
        "sent_by": row.sent_by,
        "checked_by": row.checked_by,
        "receipt": row.receipt,
        "receipts": [{"number": one.number, "by": one.by} for one in receipts_of(row)],
        "locked_sha256": row.pack_sha256,
        "cells": cells,
    }
