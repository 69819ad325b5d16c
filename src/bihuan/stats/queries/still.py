"""What stood when a period began and has ever since: what came back or moved in between is told by the trail.

The cube knows how much was over at the end of a day, not whether it stayed so. What was over and began anew in the
period (a hazard that broke open again) belongs to the period, whatever became of it; what moved counts where it lies.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from bihuan.kernel.indicators import Kept
from bihuan.kernel.measures import Counting, Delta
from bihuan.kernel.paths import town_path
from bihuan.stats import rules
from bihuan.stats.queries.declared import countings, stored
from bihuan.stats.queries.told import Told, towns_at
from bihuan.trail import replay

Amounts = Mapping[tuple[str, str], int]
Counted = tuple[Told, Delta]


class Change(NamedTuple):
    """What is to be added to what stood when a period began. sign: -1 where it no longer stands so, or lies there."""

    day: date
    event: Told
    delta: Delta
    sign: int


def changes_since(
    names: Collection[str],
    paths: Iterable[str],
    *,
    since: date,
    until: date,
    upto: int | None = None,
    kept: Kept | None = None,
) -> list[Change]:
    """Return what changed between two days, both inclusive, of what stood under some stocks at the end of the day
    before, in the order in which it did. Two queries, which one asking shares; two more where anything was unsettled.

    upto: the last place in the town's chain that was known when a figure was kept.
    """
    if until < since or since == date.min:
        return []
    around = frozenset(town_path(one) or one for one in paths)
    kept = kept or Kept()
    towns = kept.once(("stats.towns", around), lambda: towns_at(sorted(around)))
    wanted = frozenset(part for name in names for part in stored(name))
    found: list[Change] = []
    for counting in countings():
        if towns and counting.unsettling and any(one.name in wanted for one in counting.measures):
            what = ("stats.unsettled", counting.unsettling, around, since, until, upto)
            changes = kept.once(what, partial(_changes, counting, towns, since, until, upto))
            found += [one for one in changes if one.delta.measure in wanted]
    return found


def _changes(
    counting: Counting, towns: Collection[UUID], since: date, until: date, upto: int | None
) -> Sequence[Change]:
    """Return what changed of all that a room counts; each measure by itself, so that one reading serves any of them."""
    found: list[Change] = []
    events = list(replay.events_between(counting.unsettling, town_ids=towns, since=since, until=until, upto=upto))
    standing = _stood(counting, towns, {one.subject_id for one in events}, rules.day_before(since), upto)
    for event in events:
        had = standing.pop(event.subject_id, [])
        found += (Change(event.day, one, delta, -1) for one, delta in had)
        names = {delta.measure for _, delta in had}
        has: list[Counted] = [(event, delta) for delta in _under(counting, event) if delta.measure in names]
        found += (Change(event.day, one, delta, 1) for one, delta in has)
        if has:
            standing[event.subject_id] = has
    return found


def _stood(
    counting: Counting, towns: Collection[UUID], subjects: Collection[UUID], last: date, upto: int | None
) -> dict[UUID, list[Counted]]:
    """Return under what each of these subjects counted at the end of a day."""
    found: dict[UUID, list[Counted]] = {}
    if not subjects:
        return found
    for event in replay.last_events(counting.kinds, town_ids=towns, until=last, upto=upto, subjects=subjects):
        found[event.subject_id] = [(event, one) for one in _under(counting, event) if (one.day or event.day) <= last]
    return found


def _under(counting: Counting, event: Told) -> Iterable[Delta]:
    return counting.standing(event) if counting.standing is not None else ()


def in_keys(changes: Iterable[Change], keys: Collection[str]) -> dict[tuple[str, str], int]:
    """Return what changes add up to under some keys of the cube, by measure and level."""
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    wanted = frozenset(keys)
    for one in changes:
        if not wanted.isdisjoint(rules.keys_at(one.event, one.delta)):
            found[one.delta.measure, rules.dims_of(one.event, one.delta)[2]] += one.sign * one.delta.amount
    return found


def in_here(
    changes: Iterable[Change], here: rules.Here, subjects: Collection[UUID] | None = None
) -> dict[tuple[str, str], int]:
    """Return what changes add up to in a place, by measure and level. subjects: only of these, None for all."""
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in changes:
        path, sector, level = rules.dims_of(one.event, one.delta)
        is_here = here.holds(path, sector, rules.source_of(one.event, one.delta))
        if is_here and (subjects is None or one.event.subject_id in subjects):
            found[one.delta.measure, level] += one.sign * one.delta.amount
    return found


def together(amounts: Amounts, more: Amounts) -> dict[tuple[str, str], int]:
    """Return amounts with more of them added."""
    return {cell: amounts.get(cell, 0) + more.get(cell, 0) for cell in (*amounts, *more)}
