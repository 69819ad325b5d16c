"""How figures came to be what they are, week by week: three queries, whatever the number of figures and weeks."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bihuan.campaigns.rules.terms import ALL, Indicator, Part, Span, Term, Where
from bihuan.kernel.actor import Actor
from bihuan.kernel.indicators import Kept
from bihuan.stats import queries as stats
from bihuan.stats.rules import day_before

WEEKS: Final = 9
WEEK: Final = timedelta(days=7)
Cells = dict[tuple[str, str], int]


def week_ends(*, since: date, on: date, most: int = WEEKS) -> list[date]:
    """Return the last days of the weeks up to a day, the oldest first; none lies before `since`."""
    ends = [on - WEEK * back for back in range(most)]
    return [end for end in reversed(ends) if end >= since]


def trends_of(
    viewer: Actor,
    found: Sequence[Indicator],
    where: Where,
    *,
    since: date,
    ends: Sequence[date],
    kept: Kept | None = None,
) -> dict[str, list[tuple[int, int | None]]]:
    """Return numerator and denominator at the end of each week, by key; only of figures that the cube holds alone."""
    held = [one for one in found if _is_kept(one)]
    if not held or not ends:
        return {}
    place = stats.place_of(viewer, where.path, where.sectors, where.firms)
    names = sorted({name for one in held for name in one.names()})
    began = sorted({part.name for one in held for term in one.terms() for part in term.parts if part.still})
    asked = [(names, since, ends[0]), *([(began, None, day_before(since))] if began else [])]
    first, *start = (found[""] for found in stats.by_place_in({"": place}, asked))
    before = start[0] if start else first
    unsettled = stats.changes_since(began, [where.path], since=since, until=ends[-1], kept=kept) if began else []
    cells: Cells = dict(first.amounts)
    days = stats.changes(place, names, start=ends[0] + timedelta(days=1), end=ends[-1], since=since)
    answer: dict[str, list[tuple[int, int | None]]] = {one.key: [] for one in held}
    day = ends[0]
    for end in ends:
        while day < end:
            day += timedelta(days=1)
            for cell, amount in days.get(day, {}).items():
                cells[cell] = cells.get(cell, 0) + amount
        now = stats.Figures(cells)
        still = stats.still_in({"": before}, [one for one in unsettled if one.day <= end], {"": place})[""]
        for one in held:
            assert one.numerator is not None  # noqa: S101 -- kept
            whole = _amount(one.denominator, now, still) if one.denominator is not None else None
            answer[one.key].append((_amount(one.numerator, now, still), whole))
    return answer


def _is_kept(one: Indicator) -> bool:
    terms = one.terms()
    if one.sectors or one.only != ALL:  # of some fields of the place, which would take a reading of its own
        return False
    return bool(terms) and all(term.span is Span.ASKED for term in terms) and one.names() <= stats.measures().keys()


def _amount(term: Term, now: stats.Figures, still: stats.Figures) -> int:
    return sum(part.sign * _part(part, still if part.still else now) for part in term.parts)


def _part(part: Part, figures: stats.Figures) -> int:
    return figures.of(part.name, part.level) if part.level else figures.total(part.name)
