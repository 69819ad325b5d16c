"""What other returns bring into one: those of the units that owe the same form, and the unit's own of before."""

from collections.abc import Iterable
from datetime import timedelta

from bihuan.campaigns.models import Return, ReturnOwer
from bihuan.campaigns.queries.returns.due import owed_by
from bihuan.campaigns.rules.returns.computing import Filled, filled_of
from bihuan.campaigns.rules.returns.gathering import Came, Earlier, Gathering, UnitReturn
from bihuan.campaigns.rules.returns.life import OPEN
from bihuan.campaigns.rules.returns.rhythm import Rhythm, cumulative_since, due_day, period_words
from bihuan.orgs.rules import UnitKind


def gathering_of(row: Return) -> Gathering:
    """Return what other returns bring into a return. One query; two more for a town's."""
    return Gathering(tuple(_units(row)) if row.unit_kind == UnitKind.TOWN else (), _earlier(row))


def _units(row: Return) -> Iterable[UnitReturn]:
    """Yield the units that owe this very period, each with its return."""
    same = Return.objects.filter(form_id=row.form_id, since=row.since, until=row.until).exclude(pk=row.pk)
    begun = {one.unit_id: one for one in same.defer("typed").order_by("path", "unit_name")}
    if row.form.rhythm == Rhythm.SPECIAL:
        owing = {unit_id: one.unit_name for unit_id, one in begun.items()}
    else:
        owers = ReturnOwer.objects.filter(form_id=row.form_id).exclude(unit_id=row.unit_id)
        owing = {one.unit_id: one.name for one in owers.with_form().order_by("path", "name") if _owes(one, row)}
    yield from (_unit(name, begun.get(unit_id)) for unit_id, name in owing.items())


def _owes(ower: ReturnOwer, row: Return) -> bool:
    day = due_day(row.due_at)
    return any((one.since, one.until) == (row.since, row.until) for one in owed_by(ower, day, day))


def _unit(name: str, row: Return | None) -> UnitReturn:
    if row is None or not row.edition:
        return UnitReturn(name, Came.MISSING, row.pk if row is not None else None)
    came = Came.RETURNED if row.state in OPEN else Came.SENT
    return UnitReturn(name, came, row.pk, figures_of(row))


def _earlier(row: Return) -> Earlier:
    """Return the figures of the last return before this one, as they were sent."""
    start = cumulative_since(row.form.cumulative_from, row.until)
    if start == row.since or (row.form.cumulative_from is not None and start > row.since):
        return Earlier(starts=True)
    found = last_before(row)
    if found is None or found.until < start:
        return Earlier()
    return Earlier(
        figures_of(found),
        found.pk,
        period_words(found.since, found.until),
        is_next=found.until == row.since - timedelta(days=1),
    )


def last_before(row: Return) -> Return | None:
    """Return the last return of the same unit and form that was sent for days before these. One query."""
    earlier = Return.objects.filter(form_id=row.form_id, unit_id=row.unit_id, until__lt=row.since, edition__gt=0)
    return earlier.order_by("-until").first()


def figures_of(row: Return) -> dict[str, Filled]:
    """Return the figures of a return as they were last sent."""
    return {address: filled_of(kept) for address, kept in row.figures.items()}
