"""Deadlines by the list (R3.33): a moved one is taken over by an act of its own or kept; a set one is compared."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.hazards import services as hazards
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given
from bihuan.hazards.rules.states import DeadlineKind
from bihuan.intake.models import SuperiorItem
from bihuan.intake.rules.claims import day_refused
from bihuan.intake.rules.rights import must_take_in
from bihuan.intake.rules.runs import Offer
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail import services as trail
from bihuan.trail.news import News


@transaction.atomic
def take_deadlines(*, item_ids: Sequence[UUID], actor: Actor, now: datetime) -> int:
    """Take the moved deadlines of these items over to their hazards; the first deadline stays for ever.

    Raises Rejected, naming each hazard that cannot take it (not ordered yet, say), and changes nothing then.
    """
    items = _open_offers(item_ids, actor)
    acts = [
        hazards.Item(
            item.hazard_id,
            Given(deadline=item.offered_deadline, text="按上级清单新的一版调整期限", from_list=True),
        )
        for item in items
    ]
    hazards.advance_many(acts, act=Act.ADOPT_DEADLINE, actor=actor, now=now)
    SuperiorItem.objects.filter(pk__in=[item.pk for item in items]).update(offer=Offer.TAKEN, changed_at=now)
    return len(items)


@transaction.atomic
def advance_by_list(
    *, hazard_id: UUID, act: Act, given: Given, seen_version: int | None = None, actor: Actor, now: datetime
) -> hazards.Advanced:
    """Do an act that sets a deadline; one said to be the list's must be the day that a list names (R3.33).

    A numbered paper of the superior stands for itself, and an item of no list is left to the rules of the loop.
    Raises what `hazards.advance` raises.
    """
    by_list = act == Act.ADOPT_DEADLINE or given.deadline_kind == DeadlineKind.SUPERIOR
    if by_list and not given.papers():
        items = SuperiorItem.objects.visible_to(actor).filter(hazard_id=hazard_id)
        said = list(items.values_list("claimed_deadline", flat=True))
        refused = day_refused({day for day in said if day is not None}, given.deadline) if said else ""
        if refused:
            raise Refusal("intake.not_the_lists_day", refused, field="deadline")
        given = replace(given, from_list=bool(said))
    return hazards.advance(hazard_id=hazard_id, act=act, given=given, seen_version=seen_version, actor=actor, now=now)


@transaction.atomic
def keep_deadlines(*, item_ids: Sequence[UUID], actor: Actor, now: datetime) -> int:
    """Leave the deadlines of these items as they are, and say so in the trail."""
    items = _open_offers(item_ids, actor)
    SuperiorItem.objects.filter(pk__in=[item.pk for item in items]).update(offer=Offer.KEPT, changed_at=now)
    trail.record([_kept(item) for item in items], actor=actor, now=now)
    return len(items)


def _open_offers(item_ids: Sequence[UUID], actor: Actor) -> list[SuperiorItem]:
    must_take_in(actor)
    items = list(SuperiorItem.objects.visible_to(actor).filter(pk__in=list(item_ids), offer=Offer.OPEN))
    if len(items) != len(set(item_ids)):
        raise NotFound("intake.no_offer", "有的期限已经有人定过了。请刷新页面再看。")
    return items


def _kept(item: SuperiorItem) -> News:
    day = item.offered_deadline.isoformat() if item.offered_deadline else ""
    return News(
        kind="superior_item.deadline_kept",
        say=f"清单新的一版把期限改到 {day}，本镇仍按原期限办",
        subject_type="hazard",
        subject_id=item.hazard_id,
        town_id=item.town_id,
        after={"offered_deadline": day},
    )
