"""The help page: the machine's drawing and its table, read from the very rules that decide."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from bihuan.hazards.rules.acts import WORDS
from bihuan.hazards.rules.states import LISTING_NAMES, OPEN_STATES, STATE_NAMES, ListingState
from bihuan.hazards.rules.steps import STEPS, Step
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.web.hazards.drawing import draw
from bihuan.web.htmx import StaffRequest, page_or_part


@require_GET
def guide(request: StaffRequest) -> HttpResponse:
    """Show how a hazard goes, and who may do what."""
    return page_or_part(request, "hazards/help.html", drawing=draw(), rows=[_row(step) for step in STEPS])


def _row(step: Step) -> dict[str, str]:
    words = WORDS[step.act]
    return {
        "act": words.button,
        "from": _when(step),
        "to": STATE_NAMES[step.to] if step.to else "状态不变",
        "who": "、".join(ROLE_NAMES[role] for role in Role if role in step.by and role is not Role.SYSTEM),
        "does": words.does,
    }


def _when(step: Step) -> str:
    states = "未销号" if set(step.frm) == set(OPEN_STATES) else "、".join(STATE_NAMES[state] for state in step.frm)
    listings = "、".join(LISTING_NAMES[ListingState(one)] if one else "未挂牌" for one in step.listing_frm)
    return f"{states}；挂牌：{listings}" if listings else states
