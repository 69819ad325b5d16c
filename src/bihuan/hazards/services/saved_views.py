"""Views of the list that a person keeps under a name. Private to the person; no act on business, so no event."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.hazards.models import SavedView
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal

MOST_VIEWS: Final = 20
LONGEST_NAME: Final = 32
LONGEST_ADDRESS: Final = 1000


@transaction.atomic
def save_view(*, name: str, address: str, actor: Actor, now: datetime) -> UUID:
    """Keep the filters of a list under a name; the same name again replaces it. address: the query string."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Refusal("hazards.view_name", f"请给这个视图起名，最多 {LONGEST_NAME} 字。", field="name")
    if len(address) > LONGEST_ADDRESS:
        raise Refusal("hazards.view_address", "筛选条件太多，保存不下。请减少条件再存。", field="address")
    if actor.user_id is None:
        raise NotFound
    mine = SavedView.objects.filter(user_id=actor.user_id, is_current=True)
    mine.filter(name=name).update(is_current=False)
    if mine.count() >= MOST_VIEWS:
        raise Refusal("hazards.too_many_views", f"最多保存 {MOST_VIEWS} 个视图。请先去掉不用的。")
    return SavedView.objects.create(user_id=actor.user_id, name=name, address=address, saved_at=now).pk


@transaction.atomic
def drop_view(*, view_id: UUID, actor: Actor) -> None:
    """Take a view off the person's own list."""
    mine = SavedView.objects.filter(pk=view_id, is_current=True)
    if actor.user_id is None or not mine.filter(user_id=actor.user_id).update(is_current=False):
        raise NotFound("hazards.no_view", "没有找到这个视图。")
