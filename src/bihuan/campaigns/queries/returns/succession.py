"""A newer edition of a form in use beside it: what moved, what is new, what is gone, and from which period it can be
filled (rules.returns.succession)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries.returns.choices import remembered
from bihuan.campaigns.queries.returns.finding import form_row, view_of
from bihuan.campaigns.queries.returns.naming import names_of_form, with_names
from bihuan.campaigns.rules.returns.binding import binding_of
from bihuan.campaigns.rules.returns.carrying import Carried, carried
from bihuan.campaigns.rules.returns.deadlines import deadline_of
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.grid import grid_of
from bihuan.campaigns.rules.returns.lines import FormView
from bihuan.campaigns.rules.returns.rhythm import Period, Rhythm, due_day, periods
from bihuan.campaigns.rules.returns.succession import Compared, Said, compared, said_of
from bihuan.campaigns.rules.returns.suggest import suggest
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of, end_of
from bihuan.kernel.errors import NotFound

OFFERED: Final = 6
LOOKED_AHEAD: Final = timedelta(days=370)


@dataclass(frozen=True, slots=True)
class Touched:
    """A return of the older edition that somebody sent or wrote in, of a period that is still to fall due."""

    unit_name: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Succession:
    """A newer edition beside the form in use. old, new: both forms. compared: their cells. carried: what those of the
    newer one were bound to by that. changed: cells of the older one that were bound otherwise since this one came.
    offered: the first periods that can be filled with it, none for a form without a rhythm. touched: why earlier ones
    cannot."""

    old: FormView
    new: FormView
    compared: Compared
    carried: Carried
    changed: Sequence[str]
    offered: Sequence[Period]
    touched: Sequence[Touched]


def succession_for(viewer: Actor, form_id: UUID, *, now: datetime) -> Succession:
    """Return a newer edition that a viewer sees beside the form in use. Raises NotFound where the form is none."""
    row = form_row(viewer, form_id)
    if row.succeeds is None:
        raise NotFound("returns.no_successor", "这张报表不是哪张在用报表的新版式。")
    old, beside = row.succeeds, compared_of(row)
    touched = touched_of(old, day_of(now))
    return Succession(
        old=view_of(old, viewer),
        new=with_names(row, view_of(row, viewer)),
        compared=beside,
        carried=carried_of(row, beside),
        changed=[one for one in beside.old if old.bindings.get(one) != _base(row).get(one)],
        offered=list(islice(first_periods(old, touched, now), OFFERED)),
        touched=touched,
    )


def successor_of(form_id: UUID) -> UUID | None:
    """Return the newer edition of a form that is being bound or in use, None where there is none. One query."""
    found = ReturnForm.objects.filter(succeeds=form_id).exclude(state=FormState.RETIRED)
    return found.values_list("pk", flat=True).first()


def compared_of(row: ReturnForm, said: Sequence[Said] | None = None) -> Compared:
    """Return a newer edition beside the older one. said: of headings that are gone; None: what is kept."""
    old = row.succeeds
    assert old is not None  # noqa: S101 -- only of a form that succeeds another
    answers = said_of(row.carried.get("said", [])) if said is None else said
    return compared(grid_of(old.grid), grid_of(row.grid), answers)


def carried_of(row: ReturnForm, beside: Compared) -> Carried:
    """Return what the cells of a newer edition are bound to by what the older one was bound to when it came."""
    old = row.succeeds
    assert old is not None  # noqa: S101 -- only of a form that succeeds another
    names = names_of_form(row)
    before, after = (
        suggest(list(slots.values()), names, grid_of(form.grid).titles)
        for slots, form in ((beside.old, old), (beside.new, row))
    )
    fresh = suggest(list(beside.new.values()), names, grid_of(row.grid).titles, remembered(row.town_id))
    bound = {address: binding_of(kept) for address, kept in _base(row).items()}
    return carried(beside, bound, before, after, fresh)


def _base(row: ReturnForm) -> Mapping[str, dict[str, object]]:
    """Return what the older edition was bound to when the newer one came; once that is in use, as it is bound."""
    if "bound" in row.carried:
        bound: dict[str, dict[str, object]] = row.carried["bound"]
        return bound
    return dict(row.succeeds.bindings) if row.succeeds is not None else {}


def touched_of(old: ReturnForm, today: date) -> list[Touched]:
    """Return the returns of a form of periods to fall due that were sent or written in, the latest due first."""
    to_come = Return.objects.filter(form=old, due_at__gt=end_of(today - timedelta(days=1))).order_by("-due_at")
    rows = to_come.values_list("unit_name", "due_at", "edition", "typed")
    return [Touched(name, due_day(due_at)) for name, due_at, edition, typed in rows if edition or typed]


def first_periods(old: ReturnForm, touched: Sequence[Touched], now: datetime) -> Iterator[Period]:
    """Yield the periods from which on a newer edition of a form can be filled: whose hour is to come, and in which and
    after which nobody has filled the older one."""
    today = day_of(now)
    first = max((one.due_on + timedelta(days=1) for one in touched), default=today)
    for period in periods(Rhythm(old.rhythm), first, today + LOOKED_AHEAD, deadline_of(old.deadline)):
        if period.due_at > now:
            yield period


def untouched_since(old: ReturnForm, first: date) -> list[Return]:
    """Return the returns that were begun with a form, in which nobody wrote and which fall due from a day on."""
    from_then = Return.objects.filter(form=old, edition=0, due_at__gt=end_of(first - timedelta(days=1)))
    return [row for row in from_then.select_related("form") if not row.typed]
