"""What a finding may be again: an earlier one of the same place, closed or still open, and what is proposed (R3.18)."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.urls import reverse

from bihuan.hazards import queries
from bihuan.hazards.queries.earlier import Again
from bihuan.hazards.queries.views import HazardView
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.reopening import FoundAgain
from bihuan.kernel.actor import Actor
from bihuan.web.words import day_words

SHOWN: Final = 3


def found_again(view: HazardView, actor: Actor, *, today: date) -> list[dict[str, Any]]:
    """Return what is proposed to whoever may link this hazard, the newest first; two queries at most."""
    may_link = any(one.act is Act.LINK_REPEAT and not one.barred for one in view.acts)
    if view.enterprise_id is None or not may_link:
        return []
    found = queries.found_before(
        actor, enterprise_id=view.enterprise_id, part=view.part, category=view.category, today=today, but=view.id
    )
    return [_said(view, one, today) for one in found[:SHOWN]]


def _said(view: HazardView, one: Again, today: date) -> dict[str, Any]:
    earlier = one.earlier
    before, proposed = {
        FoundAgain.REOPEN: (f"{one.window_days} 天内同一处销号过", "建议反弹重开，或者关联为重复隐患"),
        FoundAgain.REPEAT: ("同类隐患以前销号过", "建议关联为重复隐患"),
        FoundAgain.SAME: ("同一处同类隐患还没有办结", "请先看是不是同一项：是的，这一项申请作废；不是的，可以关联"),
    }[one.proposal]
    return {
        "before": before,
        "number": earlier.number,
        "what": earlier.description,
        "href": reverse("hazards:show", args=[earlier.id]),
        "after": f"（{day_words(earlier.closed_on, today=today)}销号）" if earlier.closed_on else "",
        "proposed": proposed,
        "links": list(_links(view, one)),
    }


def _links(view: HazardView, one: Again) -> Iterator[tuple[str, str]]:
    """Yield where it is done: the earlier one is reopened, this one is linked."""
    if one.proposal is FoundAgain.REOPEN:
        yield "反弹重开", reverse("hazards:act", args=[one.earlier.id, Act.REOPEN.value])
    yield "关联重复隐患", f"{reverse('hazards:act', args=[view.id, Act.LINK_REPEAT.value])}?repeat_of={one.earlier.id}"
