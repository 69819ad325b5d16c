"""The rows behind a figure of the cube, as of the end of any day: told by the trail alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.measures import Delta
from bihuan.kernel.paths import town_path
from bihuan.stats import rules
from bihuan.stats.queries.declared import stored
from bihuan.stats.queries.figures import Place, place_of
from bihuan.stats.queries.still import Change, changes_since
from bihuan.stats.queries.told import Told, moves


def rows_behind(
    viewer: Actor, name: str, *, path: str, since: date, until: date, sectors: Sequence[str] = (), level: str = ""
) -> list[rules.Behind]:
    """Return the rows that a measure of the cube counts: the sum of one."""
    where = rules.Here(path, tuple(sectors))
    return rows_of_sum(viewer, [rules.Summand(name, level)], where, since=since, until=until)


def rows_of_sum(
    viewer: Actor,
    summands: Sequence[rules.Summand],
    here: rules.Here,
    *,
    since: date,
    until: date,
    upto: int | None = None,
    known: date | None = None,
) -> list[rules.Behind]:
    """Return the rows that a sum of measures of the cube counts, as of the end of any day, the latest first; a row that
    comes to nothing is left out.

    Told by the trail alone. upto: the last place in the town's chain that was known when the figure was kept.
    known: by the end of which day, of what is counted by the day of the fact; None: of the period. Raises NotFound as
    the figure would.
    """
    place_of(viewer, here.path, here.sectors)
    if upto is not None and not town_path(here.path):  # a place in a chain is that of one town
        raise NotFound
    return _behind(summands, here, [here.path], since=since, until=until, upto=upto, known=known)


def rows_of_place(
    place: Place,
    within: Sequence[str],
    summands: Sequence[rules.Summand],
    here: rules.Here,
    *,
    since: date,
    until: date,
    known: date | None = None,
) -> list[rules.Behind]:
    """Return the rows of a place that a viewer sees whole, and of it only what lies here, as `rows_of_sum` does.

    within: units around all of the place, so that no other town is read.
    """
    return _behind(summands, here, within, since=since, until=until, known=known, keys=frozenset(place.keys))


def _behind(
    summands: Sequence[rules.Summand],
    here: rules.Here,
    within: Sequence[str],
    *,
    since: date,
    until: date,
    upto: int | None = None,
    known: date | None = None,
    keys: frozenset[str] = frozenset(),
) -> list[rules.Behind]:
    found: dict[UUID, rules.Behind] = {}
    still = [one.name for one in summands if one.still]
    changes = changes_since(still, within, since=since, until=until, upto=upto) if still else []
    for one in summands:
        for event, delta, sign in _moved(one, within, changes, since=since, until=until, upto=upto, known=known):
            its_path, its_sector, its_level = rules.dims_of(event, delta)
            if keys and keys.isdisjoint(rules.keys_at(event, delta)):
                continue
            is_here = here.holds(its_path, its_sector, rules.source_of(event, delta))
            if is_here and one.level in {"", its_level}:
                so_far = found[event.subject_id].amount if event.subject_id in found else 0
                amount = so_far + sign * delta.amount
                found[event.subject_id] = rules.Behind(event.subject_id, amount, event.day, event.level, event.figures)
    return sorted((one for one in found.values() if one.amount), key=lambda one: one.day, reverse=True)


def _moved(
    one: rules.Summand,
    within: Sequence[str],
    changes: Iterable[Change],
    *,
    since: date,
    until: date,
    upto: int | None,
    known: date | None,
) -> Iterator[tuple[Told, Delta, int]]:
    """Yield what counts under one measure of a sum, with the sign with which it does."""
    first, last = (None, rules.day_before(since)) if one.is_of_beginning else (since, until)
    for event, delta in moves([one.name], within, since=first, until=last, upto=upto, known=known):
        yield event, delta, one.sign
    parts = stored(one.name) if one.still else ()
    for change in changes:
        if change.delta.measure in parts:
            yield change.event, change.delta, one.sign * change.sign
