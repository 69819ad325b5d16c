"""Read the chains in order: for rebuilding what follows events, and for telling which of them a figure counts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import starmap
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, Min, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThanOrEqual, In, LessThanOrEqual

from bihuan.kernel.paths import path_upper_bound
from bihuan.trail.models import ChainHead, Event, EventQuerySet

AT_ONCE: Final = 5_000
COUNTED: Final = (  # what counting reads of an event
    "subject_id", "kind", "day", "path", "sector", "enterprise_id", "level", "source", "figures",
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """What counting reads of an event; the columns of `COUNTED`, in their order."""

    subject_id: UUID
    kind: str
    day: date
    path: str
    sector: str
    enterprise_id: UUID | None
    level: str
    source: str
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Only:
    """Which of the last events of subjects are wanted, so that the others are never read; () and None leave all.

    paths: at or below one of these. states: `figures["state"]` is one of these. fact: a day among the figures, and
    between which days it lies, both inclusive.
    """

    paths: tuple[str, ...] = ()
    states: frozenset[str] | None = None
    fact: tuple[str, date, date] | None = None

    def of(self, events: EventQuerySet) -> EventQuerySet:
        """Keep these."""
        if self.paths:
            events = events.filter(reduce(or_, map(_below, self.paths)))
        if self.states is not None:
            events = events.filter(In(_text("state"), sorted(self.states)))
        if self.fact is not None:
            name, first, last = self.fact
            since, until = Value(first.isoformat()), Value(last.isoformat())
            events = events.filter(GreaterThanOrEqual(_text(name), since), LessThanOrEqual(_text(name), until))
        return events


ALL: Final = Only()


def chains() -> list[str]:
    """Return the names of all chains."""
    return list(ChainHead.objects.order_by("chain").values_list("chain", flat=True))


def events_after(chain: str, seq: int, limit: int) -> list[Event]:
    """Return at most `limit` events of a chain after a place in it, in order."""
    return list(Event.objects.filter(chain=chain, seq__gt=seq).order_by("seq")[:limit])


def events_between(
    kinds: Collection[str], *, town_ids: Collection[UUID], since: date, until: date, upto: int | None = None
) -> Iterator[Event]:
    """Yield the events of these kinds in some towns between two legal days, inclusive, in order.

    upto: only those up to this place in the chain of the one town that is asked.
    """
    found = _until(upto).filter(town_id__in=town_ids, kind__in=kinds, day__range=(since, until))
    yield from found.only(*COUNTED).order_by("chain", "seq").iterator(AT_ONCE)


def last_events(
    kinds: Collection[str],
    *,
    town_ids: Collection[UUID],
    until: date | None,
    upto: int | None = None,
    only: Only = ALL,
    subjects: Collection[UUID] | None = None,
) -> Iterator[Line]:
    """Yield the last event of these kinds of each subject in some towns, by the end of a day; None: of all days.

    upto: as for `events_between`. only: of these last ones. subjects: of these alone, None for all.
    """
    found = _until(upto).filter(town_id__in=town_ids, kind__in=kinds)
    if until is not None:
        found = found.filter(day__lte=until)
    for some in _parts(found, subjects):
        yield from _at(_grouped(some).annotate(place=Max("seq")), only)


def first_events(kinds: Collection[str], *, town_ids: Collection[UUID], since: date) -> Iterator[Line]:
    """Yield the first event of these kinds of each subject in some towns from a legal day on: what stood before it is
    how the subject stood at the end of the day before."""
    found = Event.objects.filter(town_id__in=town_ids, kind__in=kinds, day__gte=since)
    yield from _at(_grouped(found).annotate(place=Min("seq")), ALL)


def _parts(found: EventQuerySet, subjects: Collection[UUID] | None) -> Iterator[EventQuerySet]:
    if subjects is None:
        yield found
        return
    some = sorted(subjects)
    for start in range(0, len(some), AT_ONCE):
        yield found.filter(subject_id__in=some[start : start + AT_ONCE])


def _until(upto: int | None) -> EventQuerySet:
    return Event.objects.all() if upto is None else Event.objects.filter(seq__lte=upto)


def _grouped(found: EventQuerySet) -> Any:
    return found.order_by().values("chain", "subject_id")


def _at(grouped: Any, only: Only) -> Iterator[Line]:
    places_of: dict[str, list[int]] = {}
    for chain, seq in grouped.values_list("chain", "place"):
        places_of.setdefault(chain, []).append(seq)
    for chain, places in places_of.items():
        for start in range(0, len(places), AT_ONCE):
            found = only.of(Event.objects.filter(chain=chain, seq__in=places[start : start + AT_ONCE]))
            yield from starmap(Line, found.values_list(*COUNTED).iterator(AT_ONCE))


def _text(name: str) -> Cast:
    return Cast(KeyTextTransform(name, "figures"), TextField())


def _below(path: str) -> Q:
    return Q(path__gte=path, path__lt=path_upper_bound(path))
