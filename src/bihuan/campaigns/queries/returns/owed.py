"""What is owed: every form in use, every unit that owes it, every period that falls due; begun, sent, late, missing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from bihuan.campaigns.models import Return, ReturnForm, ReturnOwer
from bihuan.campaigns.queries.returns.due import Key, key_of, next_owed, owed_by
from bihuan.campaigns.queries.returns.finding import hands_of
from bihuan.campaigns.rules.returns.forms import FormState, reports_to
from bihuan.campaigns.rules.returns.life import Hand, ReturnState, open_acts
from bihuan.campaigns.rules.returns.lines import OwedLine
from bihuan.campaigns.rules.returns.rhythm import Period, Rhythm
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import ONE_DAY, day_of, end_of
from bihuan.orgs.rules import UnitKind

DONE: Final = (ReturnState.CHECKED, ReturnState.LOCKED)
AT_WORK: Final = (ReturnState.SUBMITTED, ReturnState.RETURNED, ReturnState.CHECKED)  # somebody has to act, however old
LOOKED_BACK: Final = timedelta(days=35)


def owed_for(viewer: Actor, *, now: datetime) -> list[OwedLine]:
    """Return what is owed by the units that the viewer sees, latest due first: of five weeks, the next of each, and
    whatever older return somebody still has to act on.

    Above towns only what a town itself owes is told; a return is opened there once it is checked. What was begun, never
    sent and is owed no more is left out. Two queries, one where nobody owes anything.
    """
    today = day_of(now)
    first = today - LOOKED_BACK
    owers = ReturnOwer.objects.open_to(viewer).filter(form__in=ReturnForm.objects.open_to(viewer)).with_form()
    owers = owers.exclude(form__state=FormState.BINDING)
    is_above = viewer.town_id is None and not viewer.scope.everything
    if is_above:
        owers = owers.filter(kind=UnitKind.TOWN)
    rows = (
        Return.objects.visible_to(viewer).filter(unit_kind=UnitKind.TOWN)
        if is_above
        else Return.objects.open_to(viewer)
    )
    rows = rows.filter(Q(due_at__gte=end_of(first - ONE_DAY)) | Q(state__in=AT_WORK))
    owing = list(owers)
    begun = (
        {
            key_of(row): row
            for row in rows.select_related("form").defer("form__grid", "form__bindings", "figures", "typed")
        }
        if owing
        else {}
    )
    lines = [
        _line(viewer, ower, period, begun.pop(_key(ower, period), None), now)
        for ower in owing
        for period in _shown(ower, first, today)
    ]
    lines += [_begun(viewer, row, now) for row in begun.values() if row.edition or _is_special(row)]
    return sorted(lines, key=lambda line: (-line.period.due_at.timestamp(), line.title, line.unit_name))


def _key(ower: ReturnOwer, period: Period) -> Key:
    return ower.form_id, ower.unit_id, period.since, period.until


def _is_special(row: Return) -> bool:
    return row.form.rhythm == Rhythm.SPECIAL


def _shown(ower: ReturnOwer, first: date, today: date) -> Iterator[Period]:
    """Yield the periods that fell due since a day, and the next one where it still will be owed."""
    yield from owed_by(ower, first, today - ONE_DAY)
    upcoming = next_owed(ower, today)
    if upcoming is not None:
        yield upcoming


def _line(viewer: Actor, ower: ReturnOwer, period: Period, row: Return | None, now: datetime) -> OwedLine:
    hands = hands_of(viewer, unit_id=ower.unit_id, path=ower.path)
    form = ower.form
    state = row.state if row is not None else ReturnState.FILLING
    return OwedLine(
        form_id=form.pk,
        title=form.title,
        rhythm=form.rhythm,
        to_whom=reports_to(form.to_whom, ower.kind),
        unit_id=ower.unit_id,
        unit_name=ower.name,
        period=period,
        return_id=row.pk if row is not None and _opens(viewer, row) else None,
        state=row.state if row is not None else "",
        edition=row.edition if row is not None else 0,
        first_sent_at=row.first_sent_at if row is not None else None,
        is_late=_late(row.first_sent_at if row is not None else None, period.due_at, now),
        may_fill=Hand.FILLER in hands,
        acts=open_acts(ReturnState(state), hands, is_own=row is not None and _sent_by(viewer, row)),
        sent_at=row.sent_at if row is not None else None,
        is_touched=row is not None and row.version > 1,
    )


def _begun(viewer: Actor, row: Return, now: datetime) -> OwedLine:
    """A return beyond the rhythm: a special one, one of long ago, or of a unit that owes it no more."""
    hands = hands_of(viewer, unit_id=row.unit_id, path=row.path)
    return OwedLine(
        form_id=row.form_id,
        title=row.form.title,
        rhythm=row.form.rhythm,
        to_whom=reports_to(row.form.to_whom, row.unit_kind),
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        period=Period(row.since, row.until, row.due_at),
        return_id=row.pk if _opens(viewer, row) else None,
        state=row.state,
        edition=row.edition,
        first_sent_at=row.first_sent_at,
        is_late=_late(row.first_sent_at, row.due_at, now),
        may_fill=Hand.FILLER in hands,
        acts=open_acts(ReturnState(row.state), hands, is_own=_sent_by(viewer, row)),
        sent_at=row.sent_at,
        is_touched=row.version > 1,
    )


def _sent_by(viewer: Actor, row: Return) -> bool:
    return row.sent_by_id == viewer.user_id is not None


def _opens(viewer: Actor, row: Return) -> bool:
    return viewer.town_id is not None or viewer.scope.everything or row.state in DONE


def _late(sent_at: datetime | None, due_at: datetime, now: datetime) -> bool:
    return (sent_at or now) > due_at
