"""Write the trail: events chained per town, followers told in the same transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.ids import new_id
from bihuan.trail import rows, rules
from bihuan.trail.bulk import insert_many, new_row
from bihuan.trail.models import ChainHead, Event
from bihuan.trail.news import News
from bihuan.trail.services.sent_forms import claim

Follower = Callable[[Sequence[Event]], None]
DEVICE_LENGTH: Final = 128  # a browser may call itself anything, at any length
_LOCK_HEAD: Final = "UPDATE trail_chainhead SET seq = seq + %s WHERE chain = %s RETURNING seq, hash"


@cache
def followers() -> tuple[Follower, ...]:
    """Return the functions that follow events, in the order of the wiring (`config/followers.py`)."""
    return tuple(import_string(dotted) for dotted in import_string(settings.BIHUAN_FOLLOWERS))


def record(news: Sequence[News], *, actor: Actor, now: datetime) -> list[Event]:
    """Write events at the end of the caller's transaction and run the followers; call it last.

    now: aware; the door's clock. Must run inside `transaction.atomic`. The chain heads are advanced by row-locking
    UPDATEs, so acts of one town wait for each other a moment instead of being refused.
    A filled form that the act comes from is claimed with them, so that it becomes one record (raises SentAlready).
    Returns the events in the order of `news` within each chain.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event is recorded in the transaction of its act")
    if not news:
        return []
    if actor.sending is not None:
        claim(actor.sending, now=now)
    written: list[Event] = []
    for chain, group in groupby(sorted(news, key=_chain_of), key=_chain_of):  # sorted: heads are locked in one order
        written += _append(chain, list(group), actor=actor, now=now)
    for follow in followers():
        follow(written)
    return written


def _chain_of(item: News) -> str:
    if item.town_id is not None:
        return rules.town_chain(item.town_id)
    if item.unit_id is not None:
        return rules.unit_chain(item.unit_id)
    return rules.PLATFORM_CHAIN


def _append(chain: str, news: list[News], *, actor: Actor, now: datetime) -> list[Event]:
    seq, previous = _lock_head(chain, len(news))
    shared = _shared(chain, actor=actor, now=now)
    events: list[Event] = []
    for item in news:
        seq += 1
        event = new_row(Event, seq=seq, **shared, **_own(item))
        event.prev_hash = previous
        event.hash = previous = rules.chained_hash(
            previous, rules.canonical(event_body(event)), algorithm=settings.BIHUAN_CHAIN_HASH
        )
        events.append(event)
    insert_many(events)
    ChainHead.objects.filter(chain=chain).update(hash=previous)
    return events


def _lock_head(chain: str, count: int) -> tuple[int, str]:
    """Reserve `count` places in a chain; return the seq before them and the hash they start from."""
    with connection.cursor() as cursor:
        head = cursor.execute(_LOCK_HEAD, [count, chain]).fetchone()
        if head is None:
            ChainHead.objects.bulk_create([ChainHead(chain=chain, seq=0, hash=rules.GENESIS)], ignore_conflicts=True)
            head = cursor.execute(_LOCK_HEAD, [count, chain]).fetchone()
    seq, last_hash = head
    return seq - count, last_hash


def _shared(chain: str, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return what all events of one act have in common."""
    return {
        "chain": chain,
        "at": now,
        "day": day_of(now),
        "actor_id": actor.user_id,
        "actor_name": actor.name,
        "actor_post": actor.post_title,
        "actor_unit": actor.unit_name,
        "address": actor.address,
        "device": actor.device[:DEVICE_LENGTH],
    }


def _own(item: News) -> dict[str, Any]:
    """Return what one event says by itself."""
    return {
        "id": new_id(),
        "kind": item.kind,
        "say": item.say,
        "subject_type": item.subject_type,
        "subject_id": item.subject_id,
        "town_id": item.town_id,
        "path": item.path,
        "sector": item.sector,
        "enterprise_id": item.enterprise_id,
        "level": item.level,
        "source": item.source,
        "role": item.role,
        "acting_for": item.acting_for,
        "claimed_at": item.claimed_at,
        "reason": item.reason,
        "before": rules.plain_json(item.before),
        "after": rules.plain_json(item.after),
        "figures": rules.plain_json(item.figures),
        "evidence": [str(one) for one in item.evidence],
    }


def event_body(event: Event) -> dict[str, Any]:
    """Return every fact of an event that its hash covers: all columns but the two hashes and what follows from `at`."""
    values = event.__dict__
    return {name: values[name] for name in rows.HASHED}
