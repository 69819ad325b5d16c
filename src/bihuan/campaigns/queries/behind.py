"""The addresses of the rows behind a figure: of today, as of any day, and as known when it was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.campaigns.rules.spans import Days, days_of
from bihuan.campaigns.rules.terms import Indicator, Term, Where
from bihuan.kernel.measures import Nature
from bihuan.stats import queries as stats
from bihuan.stats.rules import Summand, sectors_said

NAMED: Final = "stats:counted"  # names the rows of what rooms answer, as of any day


@dataclass(frozen=True, slots=True)
class Rows:
    """An address that lists rows behind a figure: page name and filter. sign: -1 for what is taken away."""

    page: str
    query: Mapping[str, str]
    amount: int
    sign: int


def rows_then(
    indicator: Indicator, where: Where, amounts: Sequence[int | None], *, since: date, until: date, on: date, upto: str
) -> list[tuple[Rows, ...]] | None:
    """Return the addresses of the rows behind each term of a figure that was kept, as known when it was; None where it
    is not all in the cube. amounts: of the terms, as kept. upto: the last place in the town's chain of that hour."""
    pages = [proof_page(term) for term in indicator.terms()]
    here = where.within(indicator.sectors, indicator.only)
    if not all(pages) or here is None or here.firms is not None:
        return None
    found: list[tuple[Rows, ...]] = []
    for term, page, amount in zip(indicator.terms(), pages, amounts, strict=False):
        days = days_of(term.span, since=since, until=until, on=on)
        query = proof(term, here, days) | ({"upto": upto} if upto else {})
        found.append((Rows(page, query, amount, 1),) if amount and days.until >= days.since else ())
    return found


def proof(term: Term, where: Where, days: Days, known: date | None = None) -> dict[str, str]:
    """Return the address of the page that proves a term of the cube at a place. known: by the end of which day, of what
    is counted by the day of the fact; None: of the period."""
    measures = ",".join(str(Summand(*part)) for part in term.parts)
    said = {"measure": measures, "path": where.path, "sector": sectors_said(where.sectors)}
    said |= {"until": days.until.isoformat(), "source": where.source, "words": where.words}
    said |= {"seen": "1" if where.firms is not None else "", "but": ",".join(where.but)}
    if any(part.still or stats.measures()[part.name].nature is Nature.FLOW for part in term.parts):
        said |= {"since": days.since.isoformat()}
    if known is not None and known > days.until and any(stats.measures()[part.name].by_fact for part in term.parts):
        said |= {"known": known.isoformat()}
    return {name: value for name, value in said.items() if value}


def proof_page(term: Term) -> str:
    """Return the page that lists the rows of a term as of any day, "" unless all of it is in the cube of one room."""
    pages = {stats.proofs().get(part.name, "") for part in term.parts}
    return pages.pop() if len(pages) == 1 else ""


def is_named(name: str) -> bool:
    """Tell whether a room names the rows behind its figure, as of any day."""
    asked = stats.asked_figures().get(name)
    return asked is not None and asked.lister is not None


def is_dated(name: str) -> bool:
    """Tell whether the list that a room names shows the rows as of any day."""
    asked = stats.asked_figures().get(name)
    return asked is not None and asked.dated
