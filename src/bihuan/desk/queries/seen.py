"""The place whose figures are those of all the rows that a viewer sees."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bihuan.enterprises import queries as enterprises
from bihuan.kernel.actor import Actor
from bihuan.kernel.paths import town_path
from bihuan.stats import queries as stats
from bihuan.stats.rules import Behind, Here, Summand


def whole_place(viewer: Actor) -> stats.Place:
    """Return all that a viewer sees, each row once; two queries more for one who sees areas and single enterprises.

    Statistics do not know where an enterprise lies, so it is said here which of them an area or a sector counts.
    """
    scope = viewer.scope
    if not scope.enterprises or not (scope.paths or scope.sectors):
        return stats.whole_place(viewer)
    around = replace(scope, enterprises=frozenset())
    firms = enterprises.firms(scope.enterprises)
    counted = {one.id for one in firms.values() if around.covers(path=one.path, sector=one.lead_sector)}
    return stats.whole_place(viewer, counted=counted)


def rows_seen(
    viewer: Actor, summands: Sequence[Summand], here: Here, *, since: date, until: date, known: date | None = None
) -> list[Behind]:
    """Return the rows that a sum of measures counts of all that a viewer sees, narrowed to what lies here; known as for
    `rows_of_sum`."""
    scope = viewer.scope
    firms = enterprises.firms(scope.enterprises) if scope.enterprises else {}
    within = [*scope.paths, *(part.path for part in scope.sectors), *(town_path(one.path) for one in firms.values())]
    if not within:
        return []
    return stats.rows_of_place(whole_place(viewer), within, summands, here, since=since, until=until, known=known)
