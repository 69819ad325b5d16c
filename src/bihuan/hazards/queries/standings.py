"""Read rows as the plain values that rules look at."""

from uuid import UUID

from bihuan.hazards.models import Hazard, Listing
from bihuan.hazards.rules.facts import Barred, ListingFacts, Standing
from bihuan.hazards.rules.states import ListingLevel, ListingState, PlaceKind, State
from bihuan.kernel.calendar import day_of


def standing_of(row: Hazard, listing: Listing | None) -> Standing:
    """Read a row as the plain value that rules look at."""
    return Standing(
        id=row.pk,
        state=State(row.state),
        level=row.level,
        path=row.path,
        place_kind=PlaceKind(row.place_kind),
        enterprise_id=row.enterprise_id,
        place_unit_id=row.place_unit_id,
        party_unit_id=row.party_unit_id,
        source=row.source,
        self_found=row.self_found,
        reporter_id=row.reporter_id,
        reported_on=day_of(row.reported_at),
        found_on=row.found_on,
        graded_on=row.graded_on,
        graded_by_id=row.graded_by_id,
        graded_unit_id=row.graded_unit_id,
        countersigned=row.countersigned_on is not None,
        major_since=row.major_since,
        lowering=row.lowering_id is not None,
        is_order=row.is_order,
        orderer=row.orderer,
        ordering_unit_id=row.ordering_unit_id,
        supervising_unit_id=row.supervising_unit_id,
        supervisor_post_id=row.supervisor_post_id,
        delegated_unit_id=row.delegated_unit_id,
        delegated_to=row.delegated_to or "",
        assigned_on=row.assigned_on,
        deadline=row.deadline,
        first_deadline=row.first_deadline,
        deadline_kind=row.deadline_kind,
        extension=row.extension_id is not None,
        extension_count=row.extension_count,
        answer_due=row.answer_due,
        round=row.round,
        arranged=row.arranged,
        has_interim=row.has_interim,
        fixed_on_spot=row.fixed_on_spot,
        cannot_assure_safety=row.cannot_assure_safety,
        suspended=row.suspended_on is not None and row.resumed_on is None,
        suspended_on=row.suspended_on,
        resumption=row.resumption_id is not None,
        resumption_due=row.resumption_due,
        accepted_on=row.accepted_on,
        rectified_on=row.rectified_on,
        barred=barred_of(row.barred),
        before_photos=row.before_photos,
        after_photos=row.after_photos,
        after_documents=row.after_documents,
        review_due=row.review_due,
        passed_on=row.passed_on,
        expiry_checked_on=row.expiry_checked_on,
        expiry_fixed=row.expiry_fixed,
        closed_on=row.closed_on,
        invalidation=row.invalidation_id is not None,
        needs_superior=row.needs_superior,
        superior_organ=row.superior_organ,
        reminded_on=row.reminded_on,
        same_kind_replies=row.same_kind_replies,
        submitted_on=row.submitted_on,
        repeat=row.repeat_of_id is not None,
        regulator_told=row.regulator_told_on is not None,
        workers_told=row.workers_told_on is not None,
        escalation=row.escalation,
        ended_on=row.ended_on,
        listing=None if listing is None else listing_facts(listing),
    )


def listing_facts(row: Listing) -> ListingFacts:
    """Read a listing row as the plain value that rules look at."""
    return ListingFacts(
        id=row.pk,
        state=ListingState(row.state),
        level=ListingLevel(row.level),
        external=row.external,
        organ=row.organ,
        proposed_on=row.proposed_on,
        proposed_by_id=row.proposed_by_id,
        listed_on=row.listed_on,
        plan_on=row.plan_on,
        progress_on=row.progress_on,
        published_on=row.published_on,
        filed_on=row.filed_on,
        applied_on=row.applied_on,
        acceptance_due=row.acceptance_due,
        accepted_on=row.accepted_on,
        delisting_published_on=row.delisting_published_on,
        deadline=row.deadline,
        licence_proposed=row.licence_proposal_id is not None,
    )


_NOBODY = Barred()


def barred_of(stored: dict[str, list[str]]) -> Barred:
    """Read who may not verify from its column."""
    if not stored:
        return _NOBODY
    return Barred(
        people=frozenset(UUID(one) for one in stored.get("people", ())),
        units=frozenset(UUID(one) for one in stored.get("units", ())),
        paths=frozenset(stored.get("paths", ())),
        enterprises=frozenset(UUID(one) for one in stored.get("enterprises", ())),
        submitters=frozenset(UUID(one) for one in stored.get("submitters", ())),
    )


def barred_stored(barred: Barred) -> dict[str, list[str]]:
    """Write who may not verify into its column, in a stable order."""
    submitters = {"submitters": sorted(str(one) for one in barred.submitters)} if barred.submitters else {}
    return submitters | {
        "people": sorted(str(one) for one in barred.people),
        "units": sorted(str(one) for one in barred.units),
        "paths": sorted(barred.paths),
        "enterprises": sorted(str(one) for one in barred.enterprises),
    }
