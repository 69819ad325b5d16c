"""Make a paper of the loop void, unless what it ordered still runs."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.documents import queries as documents
from bihuan.documents.services import void
from bihuan.hazards.queries.papers import still_binds
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal


@transaction.atomic
def void_paper(*, paper_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime) -> None:
    """Make a paper void; an order or a listing stays in force as long as what it ordered runs (L4, L10)."""
    if say := still_binds(documents.paper_for(actor, paper_id)):
        raise Refusal("hazards.paper_binds", say)
    void(paper_id=paper_id, seen_version=seen_version, reason=reason, actor=actor, now=now)
