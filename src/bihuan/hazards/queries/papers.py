"""What still hangs on a paper that the loop has issued."""

from typing import Final

from bihuan.documents.rules import Paper, PaperKind
from bihuan.hazards.models import Hazard, Listing
from bihuan.hazards.rules.listing import notice_binds
from bihuan.hazards.rules.papering import order_binds

ORDERS: Final = frozenset({PaperKind.RECTIFICATION_ORDER, PaperKind.RECTIFICATION_NOTICE, PaperKind.HAZARD_NOTICE})


def still_binds(paper: Paper) -> str:
    """Return why a paper can't be made void yet, or ""; one query for an order or a listing notice, none for others."""
    if paper.kind in ORDERS:
        named = Hazard.objects.filter(pk=paper.subject_id, order_paper_id=paper.id).values_list("is_open", flat=True)
        return order_binds(is_open=any(named))
    if paper.kind is not PaperKind.LISTING_NOTICE:
        return ""
    running = Listing.objects.filter(hazard_id=paper.subject_id, hazard__is_open=True, number=paper.doc_no)
    states = running.values_list("state", flat=True)
    return next((say for state in states if (say := notice_binds(state))), "")
