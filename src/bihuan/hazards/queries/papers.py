"""What still hangs on a paper that the loop has issued."""

from bihuan.documents.rules import Paper, PaperKind
from bihuan.hazards.models import Listing
from bihuan.hazards.rules.listing import notice_binds


def still_binds(paper: Paper) -> str:
    """Return why a paper can't be made void yet, or "". One query for a listing notice, none for another paper."""
    if paper.kind is not PaperKind.LISTING_NOTICE:
        return ""
    running = Listing.objects.filter(hazard_id=paper.subject_id, hazard__is_open=True, number=paper.doc_no)
    states = running.values_list("state", flat=True)
    return next((say for state in states if (say := notice_binds(state))), "")
