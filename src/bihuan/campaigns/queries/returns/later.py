"""What came to a cell after its return was sent: which rows are counted now and were not then, and which no longer."""

from datetime import date
from typing import Final
from uuid import UUID

from bihuan.campaigns.queries.returns.finding import bindings_of, return_row
from bihuan.campaigns.queries.returns.showing import basis_of, counted_of
from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source, counted_as
from bihuan.campaigns.rules.returns.lines import LaterRow
from bihuan.kernel.actor import Actor
from bihuan.kernel.measures import Nature
from bihuan.stats import queries as stats
from bihuan.stats.rules import AS_NOW, Behind, Here, Summand, sectors_read
from bihuan.trail import queries as trail

SENT: Final = "return.sent"


def later_rows(viewer: Actor, return_id: UUID, address: str, *, today: date) -> list[LaterRow]:
    """Return the rows by which a cell differs from what was sent last, as the trail knew it at that hour.

    Nothing for a cell that the cube does not hold: no other figure can be told as of an hour. Raises NotFound as the
    return would.
    """
    row = return_row(viewer, return_id)
    bindings = bindings_of(row.form)
    binding = counted_as(bindings).get(address)
    if binding is None or binding.source is not Source.MEASURE or not stats.proofs().get(binding.name):
        return []
    sent = trail.events_of([row.pk], kinds=[SENT])
    counted = counted_of(viewer, row, today=today).get(address)
    if not sent or counted is None or counted.end is None:
        return []
    rows = [*counted.end.numerator_rows, *(counted.start.numerator_rows if counted.start is not None else ())]
    places = [one.query for one in rows if one.query.get("path")]
    if not places:
        return []
    sectors = tuple(sorted({one for query in places for one in sectors_read(query.get("sector", ""))}))
    here, (since, until) = Here(places[0]["path"], sectors), basis_of(row, row.form, today=today).span(binding.period)
    asked = _summands(binding)
    now, then = (
        {
            one.subject_id: one
            for one in stats.rows_of_sum(viewer, asked, here, since=since, until=until, upto=upto, known=AS_NOW)
        }
        for upto in (None, max(one.seq for one in sent))
    )
    return [_later(one, came=True) for key, one in now.items() if key not in then] + [
        _later(one, came=False) for key, one in then.items() if key not in now
    ]


def _summands(binding: Binding) -> list[Summand]:
    first = Summand(binding.name, binding.level)
    is_stock = stats.measures()[binding.name].nature is Nature.STOCK
    if not is_stock or binding.period is PeriodKind.AS_OF:
        return [first]
    return [first, Summand(binding.name, binding.level, sign=-1, before=True)]


def _later(one: Behind, *, came: bool) -> LaterRow:
    return LaterRow(str(one.figures.get("number", "")), one.subject_id, one.day, came)
