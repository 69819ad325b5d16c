"""Ending what hangs on a hazard when the hazard moves on: an open request for time, a listing order."""

from bihuan.hazards.models import Extension, Invalidation, LevelChange, Resumption
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import Level, ListingState
from bihuan.hazards.services.change import Change


def withdraw_extension(change: Change) -> None:
    """A request that is still open when the repair is handed in, transferred or invalid, needs no answer any more."""
    if change.row.extension_id is None:
        return
    answered = {"granted": False, "answered_at": change.now, "answer": f"已{change.title()}，申请不再需要答复"}
    change.updates.append((Extension, change.row.extension_id, answered))
    change.set(extension_id=None, answer_due=None)


def withdraw_resumption(change: Change) -> None:
    """R3.28: what goes back to be worked on, or leaves the town, is applied for anew when it is done."""
    if change.row.resumption_id is None:
        return
    answered = {"agreed": False, "answered_at": change.now, "answer": f"已{change.title()}，这份申请不再审查"}
    change.updates.append((Resumption, change.row.resumption_id, answered))
    change.set(resumption_id=None, resumption_due=None)


def withdraw_requests(change: Change) -> None:
    """Close with a trace every request that is still open when the hazard ends: there is nothing left to decide.

    Called for every act of the table that leads out of the open states, whichever it is (L6, L8, L10). A request that
    would save the work (to invalidate, to lower) never holds up an end that has its proof.
    """
    row = change.row
    withdraw_extension(change)
    withdraw_resumption(change)
    over = {"approved": False, "answered_at": change.now, "answer": f"已{change.title()}，申请不再需要答复"}
    if row.invalidation_id is not None and change.act != Act.APPROVE_INVALID:
        change.updates.append((Invalidation, row.invalidation_id, over))
        change.set(invalidation_id=None)
    if row.lowering_id is not None:
        change.updates.append((LevelChange, row.lowering_id, over))
        change.set(lowering_id=None)


def withdraw_listing(change: Change, reason: str) -> None:
    """End the main order, where there is one that is not over (R3.24a)."""
    if change.listing_row is None:
        return
    if change.row.listing_state != ListingState.DELISTED:
        change.set_listing(state=ListingState.WITHDRAWN, withdrawn_on=change.today, withdrawn_reason=reason)
    change.set_listing(is_main=False)
    change.set(listing_id=None, listing_state="")


def drop_delisted(change: Change) -> None:
    """A delisted order is over: what was found again needs a new one (L4, L9)."""
    if change.listing_row is not None and change.row.listing_state == ListingState.DELISTED:
        change.set_listing(is_main=False)
        change.set(listing_id=None, listing_state="")
        if change.row.level == Level.MAJOR:
            change.set(major_since=change.today)
