"""Tell people: notices are rows in the transaction of the act, the outbox and the bell in one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from bihuan.kernel.actor import Actor
from bihuan.trail import queries
from bihuan.trail.models import Notice
from bihuan.trail.rules import Telling

BATCH: Final = 500


def tell(tellings: Sequence[Telling], *, now: datetime) -> int:
    """Write one notice per addressed post and user, in the caller's transaction; return how many.

    A post or user named twice in one telling hears it once. Nothing leaves the house here: a channel beyond the bell
    reads these rows after the commit.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a notice is written in the transaction of its act")
    notices = [notice for telling in tellings for notice in _notices(telling, now)]
    Notice.objects.bulk_create(notices, batch_size=BATCH)
    return len(notices)


def _notices(telling: Telling, now: datetime) -> Iterator[Notice]:
    for post_id in dict.fromkeys(telling.posts):
        yield _notice(telling, now, post_id=post_id)
    for user_id in dict.fromkeys(telling.users):
        yield _notice(telling, now, user_id=user_id)


def _notice(telling: Telling, now: datetime, *, post_id: UUID | None = None, user_id: UUID | None = None) -> Notice:
    return Notice(
        town_id=telling.town_id,
        kind=telling.kind,
        say=telling.say,
        post_id=post_id,
        user_id=user_id,
        subject_type=telling.subject_type,
        subject_id=telling.subject_id,
        url_name=telling.url_name,
        url_args=list(telling.url_args),
        told_at=now,
    )


@transaction.atomic
def mark_read(ids: Sequence[UUID] | None = None, *, actor: Actor, now: datetime) -> int:
    """Mark the actor's own notices as read, these or (with None) all; return how many were still unread.

    Looking at one's own bell is no act on the business, so it leaves no event.
    """
    unread = Notice.objects.filter(queries.addressed_to(actor), read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    return unread.update(read_at=now, read_by_id=actor.user_id)
