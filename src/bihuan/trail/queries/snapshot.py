"""Read as of one moment, and tell what has happened since."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import connection

from bihuan.trail.models import ChainHead, Event
from bihuan.trail.rules import town_chain

_BEGIN: Final = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all reads inside see one moment, however long they take; nobody waits for them, and nothing is written here.

    Inside a transaction, the caller's own holds.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def place_in(town_id: UUID) -> int:
    """Return the last place in a town's chain, 0 while nothing has happened there."""
    return ChainHead.objects.filter(chain=town_chain(town_id)).values_list("seq", flat=True).first() or 0


def kinds_since(town_id: UUID, place: int, *, subject_id: UUID) -> list[str]:
    """Return the kinds of what has happened to a subject after a place in its town's chain, in order."""
    events = Event.objects.filter(chain=town_chain(town_id), subject_id=subject_id, seq__gt=place)
    return list(events.order_by("seq").values_list("kind", flat=True))
