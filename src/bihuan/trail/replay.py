"""Read the chains in order: for rebuilding what follows events, and for telling which of them a figure counts."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Max, Min

from bihuan.trail.models import ChainHead, Event, EventQuerySet

AT_ONCE: Final = 5_000
COUNTED: Final = (  # what counting reads of an event
    "subject_id", "kind", "day", "path", "sector", "enterprise_id", "level", "source", "figures",
)  # fmt: skip


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
    kinds: Collection[str], *, town_ids: Collection[UUID], until: date | None, upto: int | None = None
) -> Iterator[Event]:
    """Yield the last event of these kinds of each subject in some towns, by the end of a day; None: of all days.

    upto: as for `events_between`.
    """
    found = _until(upto).filter(town_id__in=town_ids, kind__in=kinds)
    if until is not None:
        found = found.filter(day__lte=until)
    yield from _at(found.values_list("chain", "subject_id").annotate(place=Max("seq")).order_by())


def first_events(kinds: Collection[str], *, town_ids: Collection[UUID], since: date) -> Iterator[Event]:
    """Yield the first event of these kinds of each subject in some towns from a legal day on: what stood before it is
    how the subject stood at the end of the day before."""
    found = Event.objects.filter(town_id__in=town_ids, kind__in=kinds, day__gte=since)
    yield from _at(found.values_list("chain", "subject_id").annotate(place=Min("seq")).order_by())


def _until(upto: int | None) -> EventQuerySet:
    return Event.objects.all() if upto is None else Event.objects.filter(seq__lte=upto)


def _at(found: Iterable[tuple[str, UUID, int]]) -> Iterator[Event]:
    places_of: dict[str, list[int]] = {}
    for chain, _, seq in found:
        places_of.setdefault(chain, []).append(seq)
    for chain, places in places_of.items():
        for start in range(0, len(places), AT_ONCE):
            yield from Event.objects.filter(chain=chain, seq__in=places[start : start + AT_ONCE]).only(*COUNTED)
