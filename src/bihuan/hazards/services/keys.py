"""Acts from outside carry a key: the second arrival gets the first answer (design, section 2)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from bihuan.hazards.models import ActKey
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound

Answer = dict[str, Any]


def once(key: UUID, *, act: str, actor: Actor, now: datetime, do: Callable[[], Answer]) -> Answer:
    """Do something once per key, in the caller's transaction; return the first answer to every later arrival.

    The key is claimed first, so two arrivals at the same moment wait for each other instead of both acting.
    """
    try:
        with transaction.atomic():
            ActKey.objects.create(key=key, act=act, actor_id=actor.user_id, at=now)
    except IntegrityError:
        first = ActKey.objects.get(key=key)
        if first.actor_id != actor.user_id or first.act != act:
            raise NotFound from None
        answer: Answer = first.answer
        return answer
    done = do()
    ActKey.objects.filter(key=key).update(answer=done)
    return done
