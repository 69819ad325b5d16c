"""Read what happened."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.trail.models import ChainHead, Event, EventQuerySet
from bihuan.trail.rules import EventLine, Page, town_chain

PAGE_SIZE: Final = 50


def head_of(town_id: UUID) -> str:
    """Return the last hash of a town's chain, "" while nothing has happened there: as long as it is the same, nothing
    has. One query."""
    return ChainHead.objects.filter(chain=town_chain(town_id)).values_list("hash", flat=True).first() or ""


def trail_of(viewer: Actor, subject_ids: Iterable[UUID], *, page: int = 1, size: int = PAGE_SIZE) -> Page[EventLine]:
    """Return a page of the events of these subjects that the viewer may see, newest first; two queries."""
    events = Event.objects.visible_to(viewer).filter(subject_id__in=list(subject_ids))
    return _page(events, page, size)


def events_of(subject_ids: Iterable[UUID], *, kinds: Sequence[str] = ()) -> list[EventLine]:
    """Return all events of subjects that the caller has already guarded by their own query, oldest first."""
    events = Event.objects.filter(subject_id__in=list(subject_ids))
    if kinds:
        events = events.filter(kind__in=kinds)
    return [line(event) for event in events.order_by("at", "chain", "seq")]


def events_by_kind(
    viewer: Actor,
    kinds: Sequence[str],
    *,
    since: date | None = None,
    until: date | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[EventLine]:
    """Return a page of the viewer's events of these kinds, newest first. since, until: legal days, inclusive."""
    events = Event.objects.visible_to(viewer).filter(kind__in=kinds)
    if since is not None:
        events = events.filter(day__gte=since)
    if until is not None:
        events = events.filter(day__lte=until)
    return _page(events, page, size)


def events_since(day: date, kinds: Sequence[str], *, town_ids: Collection[UUID]) -> list[EventLine]:
    """Return the events of these kinds in some towns from a legal day on, oldest first.

    For rooms that reckon back from their rows to how these stood before that day; they have guarded the place.
    """
    events = Event.objects.filter(town_id__in=town_ids, kind__in=kinds, day__gte=day)
    return [line(event) for event in events.order_by("at", "chain", "seq")]


def _page(events: EventQuerySet, page: int, size: int) -> Page[EventLine]:
    page = max(1, page)
    rows = events.order_by("-at", "chain", "-seq")[(page - 1) * size : page * size]
    return Page(tuple(line(event) for event in rows), number=page, size=size, total=events.count())


def line(event: Event) -> EventLine:
    """Return an event as a frozen value."""
    return EventLine(
        id=event.id,
        chain=event.chain,
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        say=event.say,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        actor_id=event.actor_id,
        actor_name=event.actor_name,
        actor_post=event.actor_post,
        actor_unit=event.actor_unit,
        role=event.role,
        acting_for=event.acting_for,
        claimed_at=event.claimed_at,
        address=event.address,
        reason=event.reason,
        before=event.before,
        after=event.after,
        figures=event.figures,
        evidence=tuple(UUID(one) for one in event.evidence),
        hash=event.hash,
    )
