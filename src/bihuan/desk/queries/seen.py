"""The place whose figures are those of all the rows that a viewer sees."""

from dataclasses import replace

from bihuan.enterprises import queries as enterprises
from bihuan.kernel.actor import Actor
from bihuan.stats import queries as stats


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
