"""Sums of the cube's cells: many places, measures and periods under one statement.

Plain SQL: a page asks for a dozen periods at once, each a few runs of the primary key, and putting such a union
together anew for each page took several times as long as the database took to answer it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from bihuan.kernel.measures import Nature
from bihuan.stats import rules
from bihuan.stats.models import Cube, CubeLate
from bihuan.stats.queries.declared import by_fact, levels, measures, stored


@dataclass(frozen=True, slots=True)
class Period:
    """What is asked: stocks of these measures at the end of `until`, flows from `since` (None: ever) to it. known: by
    the end of which day, of what is counted by the day of the fact; None: of `until`."""

    names: Sequence[str]
    since: date | None
    until: date
    known: date | None = None


def sums(keys: Sequence[str], periods: Sequence[Period]) -> Iterator[tuple[int, str, str, str, int]]:
    """Yield number of the period, key, stored measure, level and amount, of some keys under one query.

    A cell can come in several parts (whole months, single days), which the caller adds up.
    """
    statements: list[str] = []
    values: list[str] = []
    for number, period in enumerate(periods):
        for run in _runs(keys, period):
            statement, given = _statement(number, run)
            statements.append(statement)
            values += given
        if late := _late(number, keys, period):
            statements.append(late[0])
            values += late[1]
    if not statements:
        return
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        yield from cursor.fetchall()


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of the primary key: cells of one grain between two days, both inclusive. start: None for the beginning."""

    keys: Sequence[str]
    measures: Sequence[str]
    grain: str
    start: date | None
    end: date


def _runs(keys: Sequence[str], period: Period) -> Iterator[_Run]:
    """Yield runs that share no cell and together make up a period."""
    for by_month in (True, False):
        asked = [key for key in keys if rules.has_months(key) is by_month]
        if not asked:
            continue
        stocks = rules.span_until(period.until, by_month=by_month)
        flows = stocks if period.since is None else rules.span_between(period.since, period.until, by_month=by_month)
        for nature, span in ((Nature.STOCK, stocks), (Nature.FLOW, flows)):
            ours = [name for name in period.names if measures()[name].nature is nature]
            wanted = sorted({part for name in ours for part in stored(name)})
            if wanted and span.months is not None:
                yield _Run(asked, wanted, rules.MONTH, *span.months)
            if wanted:
                yield from (_Run(asked, wanted, rules.DAY, *days) for days in span.days)


_SUM: Final = f"""
SELECT {{number}}, "key", measure, level, CAST(SUM(amount) AS bigint) FROM {Cube._meta.db_table}
    WHERE "key" IN ({{keys}}) AND measure IN ({{measures}}) AND level IN ({{levels}}) AND grain = %s AND {{days}}
    GROUP BY "key", measure, level
"""  # noqa: S608 -- marks only


def _statement(number: int, run: _Run) -> tuple[str, list[str]]:
    day = connection.ops.adapt_datefield_value
    known = sorted(levels())
    days = [str(day(one)) for one in (run.start, run.end) if one is not None]
    statement = _SUM.format(
        number=number,
        keys=_marks(run.keys),
        measures=_marks(run.measures),
        levels=_marks(known),
        days='"on" <= %s' if run.start is None else '"on" BETWEEN %s AND %s',
    )
    return statement, [*run.keys, *run.measures, *known, run.grain, *days]


_LATE: Final = f"""
SELECT {{number}}, "key", measure, level, CAST(-SUM(amount) AS bigint) FROM {CubeLate._meta.db_table}
    WHERE "key" IN ({{keys}}) AND measure IN ({{measures}}) AND level IN ({{levels}}) AND "on" > %s AND {{days}}
    GROUP BY "key", measure, level
"""  # noqa: S608 -- marks only


def _late(number: int, keys: Sequence[str], period: Period) -> tuple[str, list[str]] | None:
    """Return what is to be taken away of what is counted by the day of the fact, since it was recorded later than was
    known: a run of the primary key, which is empty today."""
    wanted, last = late_names(period.names), period.until if period.known is None else period.known
    if not wanted or not keys or last == rules.AS_NOW:
        return None
    day = connection.ops.adapt_datefield_value
    known = sorted(levels())
    days = [str(day(one)) for one in (last, period.since, period.until) if one is not None]
    statement = _LATE.format(
        number=number,
        keys=_marks(keys),
        measures=_marks(wanted),
        levels=_marks(known),
        days="fact <= %s" if period.since is None else "fact BETWEEN %s AND %s",
    )
    return statement, [*keys, *wanted, *known, *days]


def late_names(names: Iterable[str]) -> list[str]:
    """Return the stored measures of some names that are counted by the day of the fact."""
    return sorted(by_fact() & {part for name in names for part in stored(name)})


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))
