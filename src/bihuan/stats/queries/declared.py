"""What can be asked of statistics: what the rooms declare, by name, in the order of the wiring."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from bihuan.kernel.indicators import Asked
from bihuan.kernel.measures import Counting, Measure


@cache
def countings() -> tuple[Counting, ...]:
    """Return what the rooms declare, in the order of the wiring (`config/followers.py`)."""
    return tuple(import_string(dotted) for dotted in import_string(settings.BIHUAN_COUNTINGS))


@cache
def states_of(name: str) -> frozenset[str] | None:
    """Return under which states of its subject a stored measure counts one, None where its room does not say."""
    return next((one.states[name] for one in countings() if name in one.states), None)


@cache
def levels() -> tuple[str, ...]:
    """Return every level that a cell of the cube can bear."""
    return tuple(sorted({level for counting in countings() for level in counting.levels}))


@cache
def measures() -> Mapping[str, Measure]:
    """Return every declared measure by name."""
    return {one.name: one for counting in countings() for one in counting.measures}


@cache
def by_fact() -> frozenset[str]:
    """Return the measures that are counted by the day of the fact."""
    return frozenset(name for name, one in measures().items() if one.by_fact)


@cache
def pages() -> Mapping[str, str]:
    """Return the list page on which the rows of each measure or asked figure are shown, by name; "" for none."""
    listed = {one.name: counting.page for counting in countings() for one in counting.measures if one.rows}
    return listed | {one.name: one.page for one in asked_figures().values()}


@cache
def asked_figures() -> Mapping[str, Asked]:
    """Return every figure that a room answers from its rows, by name, in the order of the wiring."""
    offered = [import_string(dotted) for dotted in import_string(settings.BIHUAN_ASKED)]
    return {one.name: one for tuple_of in offered for one in tuple_of}


@cache
def proofs() -> Mapping[str, str]:
    """Return the page that lists the rows of each measure as of any day, by name; what none lists is left out."""
    return {one.name: counting.proof for counting in countings() for one in counting.measures if counting.proof}


def stored(name: str) -> tuple[str, ...]:
    """Return the measures that the cube stores of this one: itself, or those that it is the sum of."""
    return measures()[name].sum_of or (name,)
