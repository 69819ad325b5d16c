"""What other returns bring into one: those of the units that owe the same, and the unit's own, of now and before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Return, ReturnForm, ReturnOwer
from bihuan.campaigns.queries.returns.asking import Asking, has_typed, of_unit
from bihuan.campaigns.queries.returns.due import owed_by
from bihuan.campaigns.rules.returns.computing import Filled, filled_of
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.gathering import Came, Earlier, Gathering, UnitReturn
from bihuan.campaigns.rules.returns.items import Asked
from bihuan.campaigns.rules.returns.life import OPEN
from bihuan.campaigns.rules.returns.once import OtherReturn, converted, typed_elsewhere
from bihuan.campaigns.rules.returns.rhythm import Period, Rhythm, cumulative_since, due_day, period_words
from bihuan.orgs.rules import UnitKind

LATEST: Final = timedelta(days=31)  # after the last day of a period, within which a return of it falls due


def gathering_of(row: Return) -> Gathering:
    """Return what other returns bring into a return. Of other forms nothing where nobody types in this one."""
    asking, is_typed = Asking(row.town_id, row.until), has_typed(row.form)
    others = [one for one in _others(row) if one.typed] if is_typed else []
    elsewhere = typed_elsewhere(asking.cells_of(row), [_other(asking, one) for one in others]) if others else {}
    units: list[UnitReturn] = []
    if row.unit_kind == UnitKind.TOWN:
        units = [*_units(asking, row), *(_on_other_forms(asking, row) if is_typed else ())]
    return Gathering(units, _earlier(asking, row), elsewhere)


# ---- what the unit itself typed in other forms ----
def _others(row: Return) -> Iterable[Return]:
    """Return the unit's own returns on other forms that end on the same day. One query."""
    found = Return.objects.filter(town_id=row.town_id, unit_id=row.unit_id, until=row.until).exclude(pk=row.pk)
    return found.exclude(form__state=FormState.BINDING).select_related("form").defer("figures").order_by("id")


def _other(asking: Asking, row: Return) -> OtherReturn:
    return OtherReturn(row.pk, row.form.title, typed_of(row), asking.cells_of(row))


def typed_of(row: Return) -> dict[str, Filled]:
    """Return what was typed in a return, each with when: what was typed before that was kept, when it was sent."""
    before = (row.sent_at or row.made_at).astimezone(UTC).isoformat()
    typed = {address: filled_of(kept) for address, kept in row.typed.items()}
    return {address: one if one.at else replace(one, at=before) for address, one in typed.items()}


def moment(now: datetime) -> str:
    """Return an instant as it is kept with what was typed."""
    return now.astimezone(UTC).isoformat()


# ---- what the units of the town sent ----
def _units(asking: Asking, row: Return) -> Iterator[UnitReturn]:
    """Yield the units that owe this very form and period, each with its return. One query; one more with a rhythm."""
    same = Return.objects.filter(form_id=row.form_id, since=row.since, until=row.until).exclude(pk=row.pk)
    begun = {one.unit_id: one for one in same.defer("typed").order_by("path", "unit_name")}
    if row.form.rhythm == Rhythm.SPECIAL:
        owing = {unit_id: (one.unit_name, one.unit_kind) for unit_id, one in begun.items()}
    else:
        owers = ReturnOwer.objects.filter(form_id=row.form_id).exclude(unit_id=row.unit_id)
        owing = {
            one.unit_id: (one.name, one.kind)
            for one in owers.with_form().order_by("path", "name")
            if _period(one, row, exactly=True)
        }
    addresses = frozenset(row.form.bindings)
    for unit_id, (name, kind) in owing.items():
        asked = addresses - asking.unasked(row.form, unit_id, kind)
        found = begun.get(unit_id)
        yield _unit(name, found, figures_of(found) if found is not None else {}, {one: one for one in asked})


def _unit(name: str, row: Return | None, figures: Mapping[str, Filled], cells: Mapping[str, str]) -> UnitReturn:
    if row is None or not row.edition:
        return UnitReturn(name, Came.MISSING, row.pk if row is not None else None, cells=cells)
    came = Came.RETURNED if row.state in OPEN else Came.SENT
    return UnitReturn(name, came, row.pk, figures, cells)


def _period(ower: ReturnOwer, row: Return, *, exactly: bool) -> Period | None:
    """Return the period that a unit owes beside a town's return: of the very days; or, of a form that comes as often,
    the one that ends within them, for units report before their town does."""
    if exactly:
        day = due_day(row.due_at)
        return next((one for one in owed_by(ower, day, day) if (one.since, one.until) == (row.since, row.until)), None)
    found = [one for one in owed_by(ower, row.since, row.until + LATEST) if row.since <= one.until <= row.until]
    same = [one for one in found if (one.since, one.until) == (row.since, row.until)]
    alike = found if ower.form.rhythm == row.form.rhythm and len(found) == 1 else []
    return next(iter(same or alike), None)


def _on_other_forms(asking: Asking, row: Return) -> Iterator[UnitReturn]:
    """Yield the units that owe another form which asks for the same, such as the return of a plan's duty. Three
    queries; one where no unit owes another form."""
    owers = ReturnOwer.objects.filter(town_id=row.town_id).exclude(form_id=row.form_id).exclude(unit_id=row.town_id)
    owers = owers.exclude(form__state=FormState.BINDING).exclude(form__rhythm=Rhythm.SPECIAL)
    owing = [
        (one, period)
        for one in owers.with_form().order_by("path", "name", "id")
        if (period := _period(one, row, exactly=False))
    ]
    if not owing:
        return
    mine, forms = asking.cells_of(row), ReturnForm.objects.in_bulk({one.form_id for one, _ in owing})
    begun = Return.objects.filter(form__in=forms, until__range=(row.since, row.until)).defer("typed")
    there = {(one.form_id, one.unit_id, one.since, one.until): one for one in begun}
    cells = {pk: asking.cells(form, row.since, row.until) for pk, form in forms.items()}
    seen = set()
    for ower, period in owing:
        key = (ower.form_id, ower.unit_id, period.since, period.until)
        theirs, form = cells[ower.form_id], forms[ower.form_id]
        unasked = asking.unasked(form, ower.unit_id, ower.kind)
        pairs = {
            cell.address: (cell, theirs[asked])
            for asked, cell in of_unit(mine, ower.unit_id)
            if asked in theirs and theirs[asked].address not in unasked
        }
        if not pairs or key in seen:
            continue
        seen.add(key)
        found = there.get(key)
        sent = figures_of(found) if found is not None else {}
        figures = {
            address: converted(sent[its.address], its, own)
            for address, (own, its) in pairs.items()
            if its.address in sent
        }
        one = _unit(ower.name, found, figures, {address: its.address for address, (_, its) in pairs.items()})
        days = (
            "" if (period.since, period.until) == (row.since, row.until) else period_words(period.since, period.until)
        )
        yield replace(one, title=form.title, days=days)


# ---- what was so far ----
def _earlier(asking: Asking, row: Return) -> Earlier:
    """Return the figures of the last return before this one, as they were sent; where this form was never sent, of the
    unit's other forms that ended on the day before."""
    start = cumulative_since(row.form.cumulative_from, row.until)
    if start == row.since or (row.form.cumulative_from is not None and start > row.since):
        return Earlier(starts=True)
    found = last_before(row)
    if found is None:
        return _earlier_elsewhere(asking, row) if has_typed(row.form) else Earlier()
    if found.until < start:
        return Earlier()
    return Earlier(
        figures_of(found),
        found.pk,
        period_words(found.since, found.until),
        is_next=found.until == row.since - timedelta(days=1),
    )


def _earlier_elsewhere(asking: Asking, row: Return) -> Earlier:
    last = row.since - timedelta(days=1)
    found = Return.objects.filter(town_id=row.town_id, unit_id=row.unit_id, until=last, edition__gt=0)
    sent = list(found.select_related("form").order_by("-sent_at"))
    mine = asking.cells_of(row) if sent else {}
    wanted = {asked._replace(span=asked.span._replace(until=last)): cell for asked, cell in mine.items()}
    figures: dict[str, Filled] = {}
    first: Return | None = None
    for one in sent:
        its = figures_of(one)
        for asked, theirs in asking.cells_of(one).items():
            cell = wanted.get(asked)
            if cell is not None and _is_so_far(asked, row) and theirs.address in its and cell.address not in figures:
                figures[cell.address] = converted(its[theirs.address], theirs, cell)
                first = first or one
    if first is None:
        return Earlier()
    return Earlier(figures, first.pk, period_words(first.since, first.until), is_next=True)


def _is_so_far(asked: Asked, row: Return) -> bool:
    return asked.span.since == cumulative_since(row.form.cumulative_from, row.until)


def last_before(row: Return) -> Return | None:
    """Return the last return of the same unit and form that was sent for days before these; where this edition of the
    form was never sent, of the one before it, its figures at the addresses of this one. One query for each edition."""
    form, places = row.form, None
    found = _last_sent(form.pk, row)
    while found is None and form.succeeds is not None:
        cells = form.carried.get("cells", {})
        places = cells if places is None else {new: cells[old] for new, old in places.items() if old in cells}
        form = form.succeeds
        found = _last_sent(form.pk, row)
    if found is not None and places is not None:
        found.figures = {new: found.figures[old] for new, old in places.items() if old in found.figures}
    return found


def _last_sent(form_id: UUID, row: Return) -> Return | None:
    earlier = Return.objects.filter(form_id=form_id, unit_id=row.unit_id, until__lt=row.since, edition__gt=0)
    return earlier.order_by("-until").first()


def figures_of(row: Return) -> dict[str, Filled]:
    """Return the figures of a return as they were last sent."""
    return {address: filled_of(kept) for address, kept in row.figures.items()}
