"""The audit: a whole chain, for who holds the grant to read it (R10.13)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from bihuan.kernel.actor import TRAIL_GRANT, Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail.models import ChainHead, Event, EventQuerySet
from bihuan.trail.queries.events import PAGE_SIZE, line
from bihuan.trail.rules import PLATFORM_CHAIN, EventLine, Page, town_chain, unit_chain

COUNTED: Final = 10_000  # more than that is not counted, only said


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to look for. about: the first part of the kind, such as "hazard". since, until: legal days, inclusive.

    words: part of a person's name, of the sentence or of whom it was done for. subject_id: one object.
    """

    about: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    subject_id: UUID | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether everything is wanted."""
        return self == AuditFilter()


@dataclass(frozen=True, slots=True)
class SealLine:
    """The last seal: when, of how many chains, its file and the digest to be printed and kept elsewhere."""

    sealed_at: datetime
    chains: int
    file: str
    sha256: str


def audit(viewer: Actor, wanted: AuditFilter, *, page: int = 1, size: int = PAGE_SIZE) -> Page[EventLine]:
    """Return a page of the viewer's chain, newest first; two queries. NotFound without the grant.

    total: at most COUNTED + 1 when something is looked for, which means "more than COUNTED".
    """
    if TRAIL_GRANT not in viewer.scope.grants:
        raise NotFound
    chain = _chain_of(viewer)
    page = max(1, page)
    if wanted.is_empty:
        return _straight(chain, page, size)
    events = _found(chain, wanted)
    rows = events.order_by("-seq")[(page - 1) * size : page * size]
    return Page(tuple(line(event) for event in rows), page, size, events[: COUNTED + 1].count())


def _chain_of(viewer: Actor) -> str:
    if viewer.town_id is not None:
        return town_chain(viewer.town_id)
    return unit_chain(viewer.unit_id) if viewer.unit_id is not None else PLATFORM_CHAIN


def _straight(chain: str, page: int, size: int) -> Page[EventLine]:
    """Return a page of the whole chain; places are gapless, so that any page is found by its number at once."""
    head = ChainHead.objects.filter(chain=chain).first()
    last = head.seq if head else 0
    top = last - (page - 1) * size
    events = Event.objects.filter(chain=chain, seq__lte=top, seq__gt=top - size).order_by("-seq")
    return Page(tuple(line(event) for event in events), page, size, last)


def _found(chain: str, wanted: AuditFilter) -> EventQuerySet:
    events = Event.objects.filter(chain=chain)
    if wanted.about:
        events = events.filter(kind__startswith=f"{wanted.about}.")
    if wanted.since is not None:
        events = events.filter(day__gte=wanted.since)
    if wanted.until is not None:
        events = events.filter(day__lte=wanted.until)
    if wanted.subject_id is not None:
        events = events.filter(subject_id=wanted.subject_id)
    if wanted.words:
        word = wanted.words
        events = events.filter(Q(actor_name__icontains=word) | Q(say__icontains=word) | Q(acting_for__icontains=word))
    return events


def last_seal() -> SealLine | None:
    """Return the last seal as the trail itself recorded it; None before the first."""
    event = Event.objects.filter(chain=PLATFORM_CHAIN, kind="trail.sealed").order_by("-seq").first()
    if event is None:
        return None
    facts = event.after
    return SealLine(event.at, int(facts["chains"]), str(facts["file"]), str(facts["sha256"]))
