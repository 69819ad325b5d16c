"""What a campaign leaves open: before its closing as it stands, after it as it was handed over."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.campaigns import queries
from bihuan.campaigns.rules.handing import GOES_ON, HAZARD_HEAD, HAZARDS_GO_ON, OPEN_NAMES, OpenItem, OpenKind
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.kernel.calendar import day_of
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty

MOST_OPEN: Final = 20  # of one kind; more are folded by unit
MOST_SHOWN: Final = 200  # hazards on the page; the package has all


@require_GET
def handover(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show what is open, kind by kind, with who goes on with it."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    found = queries.handover_of(request.actor, campaign_id, today=day_of(request.now))
    kinds = [(kind, [one for one in found.items if one.kind is kind]) for kind in OpenKind]
    query = found.hazards_query
    return page_or_part(
        request,
        "campaigns/handover.html",
        campaign=campaign,
        found=found,
        groups=[
            {
                "name": OPEN_NAMES[kind],
                "goes_on": GOES_ON[kind],
                "rows": [_row(campaign, one) for one in items],
                "folded": len(items) > MOST_OPEN,
            }
            for kind, items in kinds
            if items
        ],
        hazard_head=HAZARD_HEAD,
        hazards=found.hazards[:MOST_SHOWN],
        hazards_more=max(0, len(found.hazards) - MOST_SHOWN),
        hazards_go_on=HAZARDS_GO_ON,
        hazards_href=reverse("hazards:list", query=dict(query)) if query else "",
        empty=Empty("没有遗留的事。"),
    )


def _row(campaign: CampaignView, one: OpenItem) -> dict[str, Any]:
    return {"item": one, "href": _address(campaign.id, one)}


def _address(campaign_id: UUID, one: OpenItem) -> str:
    match one.kind:
        case OpenKind.TASK:
            return reverse("campaigns:task", args=(campaign_id, one.id))
        case OpenKind.DECISION | OpenKind.PROBLEM:
            return reverse("campaigns:record", args=(campaign_id, one.kind.value, one.id))
        case OpenKind.PLAN:
            return reverse("campaigns:unit", args=(campaign_id, one.id))
        case OpenKind.FINDING:
            return reverse("campaigns:round", args=(campaign_id, one.id))
        case OpenKind.CORRECTION:
            return reverse("campaigns:bulletin", args=(campaign_id, one.id))
        case _:
            return reverse("campaigns:interview", args=(campaign_id, one.id))
