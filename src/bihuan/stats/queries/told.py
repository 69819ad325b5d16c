"""What the trail tells of measures: for places that the cube does not keep, and the rows behind a figure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from bihuan.kernel.measures import Counting, Delta, Happened
from bihuan.kernel.paths import ancestors, town_path
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.stats import rules
from bihuan.stats.queries.declared import countings, measures, stored
from bihuan.trail import replay

MOST_PATHS: Final = 20  # of places that are told apart by the database; more are read together
Amounts = defaultdict[str, defaultdict[tuple[str, str], int]]


class Told(Happened, Protocol):
    """An event that says whose it is."""

    subject_id: UUID


def from_trail(
    keys: set[str], names: Sequence[str], *, since: date | None, until: date, known: date | None = None
) -> Amounts:
    """Return figures of places that the cube does not keep, such as one source in a village, by key."""
    found: Amounts = defaultdict(lambda: defaultdict(int))
    for event, delta in moves(names, [rules.path_of(key) for key in keys], since=since, until=until, known=known):
        path, sector, level = rules.dims_of(event, delta)
        for key in keys & {rules.sector_key(unit, sector) for unit in ancestors(path)}:
            found[key][delta.measure, level] += delta.amount
    return found


def moves(
    names: Collection[str],
    paths: Iterable[str],
    *,
    since: date | None,
    until: date,
    upto: int | None = None,
    known: date | None = None,
) -> Iterator[tuple[Told, Delta]]:
    """Yield what counts under some measures in the towns of some places: a stock by what each subject's last event by
    then left it as, a flow by the events of the period, what is counted by the day of the fact by each subject's last
    event by the end of `known`, None: of the period."""
    paths = tuple(dict.fromkeys(paths))
    towns = towns_at(paths)
    for counting in countings():
        for way in rules.Way:
            parts = {part for name in names if rules.way_of(measures()[name]) is way for part in stored(name)}
            wanted = frozenset(parts) & {one.name for one in counting.measures}
            if wanted:
                first = date.min if way is rules.Way.STANDING or since is None else since
                for event, delta in _read(_Asked(counting, way, wanted, paths, towns, known), first, until, upto):
                    if delta.measure in wanted and first <= (delta.day or event.day) <= until:
                        yield event, delta


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of one room's events."""

    counting: Counting
    way: rules.Way
    names: frozenset[str]
    paths: tuple[str, ...]
    towns: Collection[UUID]
    known: date | None

    def only(self, first: date, until: date) -> replay.Only:
        """Return which last events can count at all."""
        states = [self.counting.states.get(name) for name in self.names]
        some = frozenset[str]().union(*(one for one in states if one is not None)) if None not in states else None
        by_fact = self.way is rules.Way.BY_FACT and self.counting.fact
        paths = self.paths if len(self.paths) <= MOST_PATHS else ()
        return replay.Only(paths, some, (self.counting.fact, first, until) if by_fact else None)


def _read(asked: _Asked, first: date, until: date, upto: int | None) -> Iterator[tuple[Told, Delta]]:
    kinds = asked.counting.kinds
    if asked.way is rules.Way.HAPPENED:
        events = replay.events_between(kinds, town_ids=asked.towns, since=first, until=until, upto=upto)
        yield from ((event, delta) for event in events for delta in asked.counting.contribution(event))
    elif asked.counting.standing is not None:
        last = asked.known if asked.way is rules.Way.BY_FACT and asked.known is not None else until
        only = asked.only(first, until)
        standing = replay.last_events(kinds, town_ids=asked.towns, until=last, upto=upto, only=only)
        yield from ((event, delta) for event in standing for delta in asked.counting.standing(event))


def towns_at(paths: Iterable[str]) -> list[UUID]:
    """Return the towns at, around or below some paths. One query, and one for each path above towns."""
    own = {town_path(path) for path in paths}
    found = [unit.id for unit in orgs.units_by_path(own - {""}).values()]
    above = [path for path in paths if not town_path(path)]
    return found + [unit.id for path in above for unit in orgs.units_below(path, (UnitKind.TOWN,), with_closed=True)]
