"""A return as its page shows it: numbers as sent beside numbers as counted now, their rows, checks, versions."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries.returns.asking import unasked_of
from bihuan.campaigns.queries.returns.choices import Choices, choices_of
from bihuan.campaigns.queries.returns.filling import Basis, Counted, is_by_finding, places_named
from bihuan.campaigns.queries.returns.finding import bindings_of, hands_of, leads_on, place_of_unit, return_row, view_of
from bihuan.campaigns.queries.returns.gathering import gathering_of, last_before, typed_of
from bihuan.campaigns.queries.returns.left_out import counted_whole
from bihuan.campaigns.queries.returns.listing import lists_now, lists_of
from bihuan.campaigns.queries.returns.naming import unplaced
from bihuan.campaigns.rules.knowing import as_known
from bihuan.campaigns.rules.returns.binding import FIGURES, Binding, PeriodKind, Source, counted_as, not_alike
from bihuan.campaigns.rules.returns.checks import doubts_of
from bihuan.campaigns.rules.returns.computing import NOT_ASKED, Filled, fill, filled_of, number_text
from bihuan.campaigns.rules.returns.doubts import Doubt
from bihuan.campaigns.rules.returns.forms import reports_to
from bihuan.campaigns.rules.returns.gathering import (
    CAME_NAMES,
    Gathering,
    UnitReturn,
    doubts_gathered,
    gathered,
    so_far_of,
)
from bihuan.campaigns.rules.returns.grid import Slot, grid_of
from bihuan.campaigns.rules.returns.kinds import typed_in
from bihuan.campaigns.rules.returns.life import OPEN, ReturnState, open_acts
from bihuan.campaigns.rules.returns.lines import CellView, EditionLine, ReceiptLine, ReturnView, RowsOf, UnitPart
from bihuan.campaigns.rules.returns.once import shown_above
from bihuan.campaigns.rules.returns.rhythm import cumulative_since, period_words
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.stats import queries as stats

JUST_NOW: Final = "正在填"
AFTER_ALL: Final = "~"  # after every instant that was kept


@dataclass(frozen=True, slots=True)
class Tried:
    """What does not fit in a return as it is being typed: what no cell takes, and the cross-checks."""

    refused: Sequence[Doubt]
    doubts: Sequence[Doubt]


def return_for(viewer: Actor, return_id: UUID, *, today: date, edition: int | None = None) -> ReturnView:
    """Return a return that the viewer sees. Raises NotFound. edition: whose lists are meant; None: as they stand."""
    row = return_row(viewer, return_id)
    form = view_of(row.form, viewer)
    hands = hands_of(viewer, unit_id=row.unit_id, path=row.path)
    (counted, beside), gathering = (
        _counted_whole(viewer, row, today=today),
        gathering_of(row).seen_by(of_town=viewer.town_id is not None),
    )
    live, typed = filled_now(row, form.bindings, counted, gathering), gathering.typed(typed_of(row))
    is_open = row.state in OPEN
    sent = {address: filled_of(kept) for address, kept in row.figures.items()}
    sent = sent if viewer.town_id is not None else shown_above(sent)
    shown = live if is_open or not sent else sent
    editions = [_edition(one) for one in row.editions.order_by("-number")]
    choices = choices_of(row.town_id)
    number = edition or (0 if is_open else row.edition)
    lists = lists_of(row, number) if number else lists_now(viewer, row, basis_of(row, row.form, today=today))
    return ReturnView(
        id=row.pk,
        version=row.version,
        form=form,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        since=row.since,
        until=row.until,
        due_at=row.due_at,
        state=row.state,
        edition=row.edition,
        cells={
            address: replace(
                cell,
                units=units_behind(gathering, address, cell.filled),
                own=typed[address].text if address in typed else "",
                is_unasked=cell.filled.why == NOT_ASKED,
                later=live[address] if cell.now and live[address].typed else None,
            )
            for address, cell in _cells(
                form.slots,
                form.bindings,
                shown,
                live,
                sent if is_open else {},
                counted,
                choices,
                cumulative_since(form.cumulative_from, row.until),
            )
        },
        doubts=[
            *(unplaced(row.form, list(form.slots.values()), form.bindings) if is_open else ()),
            *doubts_of(
                list(form.slots.values()), form.bindings, shown, before_of(row), row.remark, covers=_covers(row)
            ),
            *(not_whole(gathering, list(form.slots.values()), form.bindings, shown) if is_open else ()),
            *(beside if is_open else ()),
        ],
        units=_unit_lines(gathering),
        acts=open_acts(ReturnState(row.state), hands, is_own=row.sent_by_id == viewer.user_id is not None),
        editions=editions,
        remark=row.remark,
        returned_for=row.returned_for,
        first_sent_at=row.first_sent_at,
        sent_by=row.sent_by,
        checked_by=row.checked_by,
        locked_at=row.locked_at,
        pack_sha256=row.pack_sha256,
        receipt=row.receipt,
        receipts=receipts_of(row),
        to_whom=reports_to(row.form.to_whom, row.unit_kind),
        still_open=still_open(form.slots, form.bindings, shown) if is_open else (),
        lists=lists,
        lists_of=number,
        known=known_of(row, today=today),
    )


def known_of(row: Return, *, today: date) -> str:
    """Return when what a return of days that are over counts by the day of finding was known, "" where it has none."""
    if row.until >= today or not is_by_finding(bindings_of(row.form)):
        return ""
    return as_known(period_words(row.until, row.until), is_sent=row.state not in OPEN)


def basis_of(row: Return, form: ReturnForm, *, today: date) -> Basis:
    """Return of what a return speaks. Three queries, two for a town's; one more where cells name units."""
    last = min(row.until, today)
    leads = leads_on(row.town_id, last)
    places, owns = places_named(bindings_of(form).values(), row.town_id, form.path, leads)
    where = place_of_unit(form.path, row.unit_id, row.path, row.unit_kind, leads)
    return Basis(
        where=where,
        since=row.since,
        until=row.until,
        cumulative_from=cumulative_since(form.cumulative_from, row.until),
        on=last,
        today=today,
        places=places,
        owns=owns if where is not None else {**owns, "": row.path},
        campaign_id=form.campaign_id,
        unasked=unasked_of(row, on=last),
    )


def counted_of(viewer: Actor, row: Return, *, today: date) -> dict[str, Counted]:
    """Count a return's cells; nothing is told to who sees the return but not the whole of its place."""
    return _counted_whole(viewer, row, today=today)[0]


def _counted_whole(viewer: Actor, row: Return, *, today: date) -> tuple[dict[str, Counted], list[Doubt]]:
    try:
        return counted_whole(viewer, row, bindings_of(row.form), basis_of(row, row.form, today=today))
    except NotFound:
        return {}, []


def filled_now(
    row: Return,
    bindings: Mapping[str, Binding],
    counted: Mapping[str, Counted],
    gathering: Gathering,
    typed: Mapping[str, Filled] | None = None,
) -> dict[str, Filled]:
    """Return every cell as it stands now: counted, typed, added up of other returns, and what follows from those.

    typed: other than what is kept.
    """
    figures = {address: one.filled for address, one in counted.items()}
    written = typed if typed is not None else typed_of(row)
    return fill(bindings, gathered(gathering, grid_of(row.form.grid).slots(), bindings, figures, written))


def units_behind(gathering: Gathering, address: str, filled: Filled) -> tuple[UnitPart, ...]:
    """Return the units whose numbers add up in a cell, each with its return, and those whose return is not there."""
    if not filled.summed or not gathering.parts(address):
        return ()
    sent = [_part(one, number_text(amount), address) for one, amount in gathering.parts(address)]
    return (*sent, *(_part(one, CAME_NAMES[one.came], address) for one in gathering.lacking(address)))


def _part(one: UnitReturn, said: str, address: str = "") -> UnitPart:
    return UnitPart(one.called, one.return_id, said, one.cells.get(address, address))


def _unit_lines(gathering: Gathering) -> tuple[UnitPart, ...]:
    """Return the units, each with whether its return is there; the form is named where a unit owes two."""
    names = Counter(one.unit_name for one in gathering.units)
    twice = {name for name, count in names.items() if count > 1}
    return tuple(
        _part(
            one,
            f"“{one.title}”{CAME_NAMES[one.came]}" if one.title and one.unit_name in twice else CAME_NAMES[one.came],
        )
        for one in gathering.units
    )


def not_whole(
    gathering: Gathering, slots: Sequence[Slot], bindings: Mapping[str, Binding], filled: Mapping[str, Filled]
) -> list[Doubt]:
    """Return what other returns should have brought in and did not."""
    so_far, earlier = so_far_of(slots, bindings), gathering.earlier
    rolled = [one for one in so_far if filled.get(one, Filled()).summed and earlier.amount(one) is not None]
    typed = [slot.address for slot in slots if (one := bindings.get(slot.address)) and one.source is Source.TYPED]
    return doubts_gathered(gathering, [one for one in typed if one not in rolled], rolled)


def still_open(
    slots: Mapping[str, Slot], bindings: Mapping[str, Binding], filled: Mapping[str, Filled]
) -> tuple[Slot, ...]:
    """Return the cells that still lack a number: to be typed, or not to be counted."""
    lacking = []
    for address, slot in slots.items():
        binding, one = bindings.get(address), filled.get(address, Filled())
        if binding is None or binding.source is Source.BLANK or one.is_there or one.is_elsewhere:
            continue
        if not binding.cells and not one.follows:  # what follows from others is lacking with them
            lacking.append(slot)
    return tuple(lacking)


def before_of(row: Return) -> dict[str, Filled] | None:
    """Return the figures of the period before, as last sent; None where there are none. One query."""
    found = last_before(row)
    if found is None or (found.until.year != row.until.year and row.form.cumulative_from is None):
        return None
    return {address: filled_of(kept) for address, kept in found.figures.items()}


def doubts_now(
    row: Return, bindings: Mapping[str, Binding], filled: Mapping[str, Filled], remark: str, gathering: Gathering
) -> list[Doubt]:
    """Return the cross-checks that do not hold."""
    slots = grid_of(row.form.grid).slots()
    doubts = doubts_of(slots, bindings, filled, before_of(row), remark, covers=_covers(row))
    return [*unplaced(row.form, slots, bindings), *doubts, *not_whole(gathering, slots, bindings, filled)]


def _covers(row: Return) -> bool:
    """Tell whether what is so far begins no later than the period; in the first days of a campaign it may not."""
    return cumulative_since(row.form.cumulative_from, row.until) <= row.since


def tried(viewer: Actor, return_id: UUID, cells: Mapping[str, str], *, today: date) -> Tried:
    """Return what does not fit if these were typed, by address; nothing is kept. Raises NotFound."""
    row = return_row(viewer, return_id)
    bindings, slots = bindings_of(row.form), {slot.address: slot for slot in grid_of(row.form.grid).slots()}
    typed, refused = typed_of(row), []
    for address, text in cells.items():
        try:
            number = typed_in(slots[address], bindings, text) if address in slots else None
        except Refusal as refusal:
            refused.append(Doubt("R9.8", (address,), refusal.say))
            continue
        if number is not None:
            typed[address] = replace(number, typed=JUST_NOW, at=AFTER_ALL)
    gathering = gathering_of(row)
    counted, beside = _counted_whole(viewer, row, today=today)
    filled = filled_now(row, bindings, counted, gathering, typed)
    return Tried(refused, [*doubts_now(row, bindings, filled, row.remark, gathering), *beside])


def _cells(
    slots: Mapping[str, Slot],
    bindings: Mapping[str, Binding],
    shown: Mapping[str, Filled],
    live: Mapping[str, Filled],
    sent: Mapping[str, Filled],
    counted: Mapping[str, Counted],
    choices: Choices,
    starts: date,
) -> Iterator[tuple[str, CellView]]:
    as_counted = counted_as(bindings)
    for address, slot in slots.items():
        binding = bindings.get(address, Binding(Source.BLANK))
        filled, now = shown.get(address, Filled()), live.get(address, Filled())
        earlier = sent.get(address)
        yield (
            address,
            CellView(
                slot=slot,
                binding=binding,
                filled=filled,
                rule="。".join(
                    filter(
                        None,
                        (
                            rule_of(as_counted.get(address, binding), choices),
                            starts_said(binding, starts),
                            not_alike(binding, bindings),
                        ),
                    )
                ),
                rows=tuple(_rows(counted.get(address))),
                apart=tuple(_apart(counted.get(address))),
                now=now.text if now.is_there and now.text != filled.text else "",
                changed_from=earlier.text if earlier is not None and earlier.text != filled.text else "",
            ),
        )


def starts_said(binding: Binding, starts: date) -> str:
    """Return from which day a cell counts that tells what there is so far, "" for any other."""
    is_so_far = binding.period is PeriodKind.CUMULATIVE and binding.source in {*FIGURES, Source.TYPED}
    return f"累计从{period_words(starts, starts)}算起" if is_so_far else ""


def rule_of(binding: Binding, choices: Choices) -> str:
    """Return the counting rule of a cell, as it is counted, in words."""
    said = choices.name_of(binding)
    if binding.source is not Source.MEASURE:
        return said
    measure, asked = stats.measures().get(binding.name), stats.asked_figures().get(binding.name)
    meaning = measure.meaning if measure is not None else asked.meaning if asked is not None else ""
    return f"{said}：{meaning}" if meaning else said


def _rows(counted: Counted | None) -> Iterator[RowsOf]:
    """Yield the rows behind a cell: those at the end, and of what rose in a period those from before it, taken away."""
    if counted is None or counted.end is None:
        return
    for one in (*counted.end.numerator_rows, *counted.end.denominator_rows):
        yield RowsOf(one.page, one.query, one.amount, one.sign)
    for one in counted.start.numerator_rows if counted.start is not None else ():
        yield RowsOf(one.page, one.query, one.amount, -one.sign)


def _apart(counted: Counted | None) -> Iterator[tuple[str, RowsOf]]:
    for value in counted.apart if counted is not None else ():
        for one in value.numerator_rows:
            yield value.indicator.title, RowsOf(one.page, one.query, one.amount, one.sign)


def receipts_of(row: Return) -> tuple[ReceiptLine, ...]:
    """Return every number that the superior's system gave, the latest first."""
    kept = row.receipts or ([{"number": row.receipt}] if row.receipt else [])
    found = [ReceiptLine(one["number"], one.get("by", ""), _moment(one.get("at", ""))) for one in kept]
    return tuple(reversed(found))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _edition(row: Any) -> EditionLine:
    changes = [(one["cell"], one["from"], one["to"]) for one in row.changes]
    rows = sum(len(one["rows"]) for one in row.lists)
    return EditionLine(row.number, row.sent_at, row.sent_by, row.remark, row.why, changes, rows)


def changes_of(before: Mapping[str, Filled], after: Mapping[str, Filled]) -> list[dict[str, str]]:
    """Return what changed from one version to the next, cell by cell."""
    cells: Sequence[str] = sorted({*before, *after})
    said = {cell: (before.get(cell, Filled()).text, after.get(cell, Filled()).text) for cell in cells}
    return [{"cell": cell, "from": one, "to": other} for cell, (one, other) in said.items() if one != other]
