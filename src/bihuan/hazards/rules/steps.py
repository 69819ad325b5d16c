"""The table of the loop: every act, from where, to where, by whom, under which rule. What is not here is refused (L1).

`gates` look at what stands (the button is shown with the reason why it is barred); `needs` look at what is brought
(the form asks for it). Drawn into docs/machine.md.
"""
# ruff: noqa: E501 -- a table is read by column

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bihuan.hazards.rules import (
    arrangements,
    deadlines,
    expiry,
    independence,
    levels,
    licensing,
    listing,
    papering,
    parties,
    pressing,
    proof,
    reopening,
    reports,
    resuming,
    reviewers,
    superior,
)
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Facts
from bihuan.hazards.rules.states import OPEN_STATES, RUNNING_STATES, ListingState, State
from bihuan.kernel.roles import Role

Guard = Callable[[Facts], str]


@dataclass(frozen=True, slots=True)
class Step:
    """One row: an act that may happen in these states. to: None leaves the hazard's state as it is.

    listing_frm, listing_to: what it asks of and does to the main listing order; () asks nothing, None changes nothing.
    """

    act: Act
    frm: tuple[State, ...]
    to: State | None
    by: frozenset[Role]
    gates: tuple[Guard, ...] = ()
    needs: tuple[Guard, ...] = ()
    rule: str = ""
    listing_frm: tuple[str, ...] = ()
    listing_to: ListingState | None = None
    only_superior: bool | None = None


ENTERPRISE: Final = parties.ENTERPRISE_ROLES
OFFICE: Final = parties.OFFICE_ROLES
COMMITTEE: Final = parties.COMMITTEE_ROLES
GRADING: Final = OFFICE | {Role.DEPARTMENT, Role.INSPECTOR}
INSPECTING: Final = GRADING | {Role.LEADER, Role.SUPERIOR, Role.SUPERVISION_GROUP}
PARTY: Final = ENTERPRISE | OFFICE | {Role.DEPARTMENT, Role.VILLAGE}
VERIFYING: Final = GRADING | ENTERPRISE | COMMITTEE | {Role.VILLAGE, Role.SUPERIOR}
REPORTING: Final = INSPECTING | ENTERPRISE | COMMITTEE | {Role.VILLAGE, Role.SERVICE_AGENCY}
PRESSING: Final = OFFICE | COMMITTEE | INSPECTING | {Role.VILLAGE, Role.SYSTEM}
REOPENING: Final = INSPECTING
S, L = State, ListingState

GRADED: Final = (S.CONFIRMED, S.ASSIGNED, S.RECTIFYING, S.RECTIFIED, S.AWAITING_SUPERIOR)
ORDERED: Final = (S.ASSIGNED, S.RECTIFYING, S.RECTIFIED)
MOVABLE: Final = (S.CONFIRMED, S.ASSIGNED, S.RECTIFYING)
SEEN: Final = (S.CLOSED, S.TRANSFERRED)
RUNNING_LISTING: Final = (L.LISTED, L.GOVERNING, L.ACCEPTANCE_APPLIED, L.ACCEPTED)

# What stands before anything is verified, and what a verification brings (L2, L3, L4, R3.15).
VERIFIED: Final[tuple[Guard, ...]] = (
    independence.may_verify,
    proof.has_proof,
    listing.delisted,
    parties.own_only_general,
    parties.village_closes_general,
    parties.closing_body,
    reviewers.reviewing_body,
)
SEEN_AND_SAID: Final[tuple[Guard, ...]] = (
    proof.has_opinion,
    papering.issues_papers,
    proof.opinion_signed,
    proof.seen_on_site,
    proof.not_the_same_photo,
    proof.enough_reviewers,
    parties.closing_paper,
)

# Gates that say there is nothing for the act to work on here: its button is not shown at all.
QUIET: Final[frozenset[Guard]] = frozenset(
    {
        deadlines.extension_open,
        expiry.deadline_passed,
        levels.is_major,
        levels.lowering_open,
        levels.no_lowering_open,
        levels.not_major_on_spot,
        levels.not_major_yet,
        licensing.holds_licence,
        licensing.no_proposal_open,
        licensing.proposal_open,
        listing.nothing_listed,
        listing.still_to_publish,
        parties.own_only_general,
        parties.own_only_self_found,
        parties.superiors_own_to_transfer,
        parties.village_closes_general,
        pressing.can_resume,
        pressing.can_suspend,
        pressing.closed_by_itself,
        pressing.invalidation_open,
        pressing.no_invalidation_open,
        resuming.application_open,
        resuming.no_application_open,
        resuming.not_accepted_yet,
        reopening.not_linked_yet,
        reports.regulator_not_told,
        reports.workers_not_told,
        reviewers.delegable,
        reviewers.gives_it_up,
        reviewers.ordered_here,
        superior.is_superiors,
        superior.not_passed_yet,
    }
)

# A table is read by column, so the formatter leaves it alone.
# fmt: off
STEPS: Final[tuple[Step, ...]] = (
    # -- the hazard's life
    Step(Act.CONFIRM,          (S.REPORTED,),          S.CONFIRMED,         GRADING | ENTERPRISE, (parties.own_only_self_found,), (levels.level_given, parties.enterprise_grades_general, superior.flag_stays), "R3.2"),
    Step(Act.COUNTERSIGN,      GRADED,                 None,                GRADING | COMMITTEE,  (levels.is_major, levels.second_signature), (), "R3.2"),
    Step(Act.ASSIGN,           (S.CONFIRMED,),         S.ASSIGNED,          GRADING | ENTERPRISE, (parties.own_only_general, levels.countersigned), (deadlines.deadline_set, deadlines.supervisor_named, papering.orders_by_paper, proof.two_officers, reviewers.delegate_fits), "R3.19"),
    Step(Act.FIX_ON_SPOT,      (S.CONFIRMED,),         S.RECTIFIED,         GRADING | ENTERPRISE | {Role.VILLAGE}, (parties.own_only_general, levels.not_major_on_spot), (proof.both_photos, proof.not_the_same_photo, proof.both_signatures), "R3.14"),
    Step(Act.ARRANGE,          ORDERED,                None,                PARTY | {Role.INSPECTOR}, (), (arrangements.says_something_arranged, parties.fills_in_for_party), "R3.9"),
    Step(Act.ACCEPT,           (S.ASSIGNED,),          S.RECTIFYING,        PARTY,      (arrangements.five_arranged, arrangements.interim_in_place), (parties.speaks_for_party,), "L5"),
    Step(Act.HAND_IN,          (S.RECTIFYING,),        S.RECTIFIED,         PARTY,      (listing.listed, arrangements.major_arranged, arrangements.interim_in_place), (parties.speaks_for_party, proof.handed_in_with_proof, proof.not_the_same_photo, proof.major_shows_a_photo), "L4"),
    Step(Act.PASS,             (S.RECTIFIED,),         S.CLOSED,            VERIFYING,  (*VERIFIED, pressing.stop_lifted), SEEN_AND_SAID, "L3", only_superior=False),
    Step(Act.PASS,             (S.RECTIFIED,),         None,                VERIFYING,  (superior.not_passed_yet, *VERIFIED), SEEN_AND_SAID, "L3", only_superior=True),
    Step(Act.FAIL,             (S.RECTIFIED,),         S.RECTIFYING,        VERIFYING,  (independence.may_verify, listing.not_under_acceptance, parties.own_only_general, reviewers.reviewing_body), (proof.says_what_is_wrong, papering.issues_papers, proof.opinion_signed), "L9"),
    Step(Act.CHECK_EXPIRED,    RUNNING_STATES,         None,                VERIFYING - ENTERPRISE, (expiry.deadline_passed, independence.may_verify, parties.village_closes_general, reviewers.checking_body), (proof.has_opinion, expiry.outcome_said, expiry.seen_there, proof.not_the_same_photo, papering.issues_papers, expiry.opinion_by_both, proof.enough_reviewers), "R3.16"),
    Step(Act.SUBMIT_SUPERIOR,  (S.RECTIFIED,),         S.AWAITING_SUPERIOR, OFFICE,     (superior.is_superiors, superior.passed_here, superior.same_kind_filled, listing.delisted, pressing.stop_lifted), (), "L11"),
    Step(Act.SUPERIOR_ACCEPT,  (S.AWAITING_SUPERIOR,), S.CLOSED,            OFFICE | {Role.SUPERIOR}, (parties.superior_acts_itself, independence.may_verify, superior.another_than_submitter, proof.has_proof, listing.delisted, pressing.stop_lifted), (proof.has_opinion, parties.speaks_for_superior), "L11"),
    Step(Act.SUPERIOR_REFUSE,  (S.AWAITING_SUPERIOR,), S.RECTIFYING,        OFFICE | {Role.SUPERIOR}, (parties.superior_acts_itself,), (proof.says_what_is_wrong, parties.speaks_for_superior), "L9"),
    Step(Act.REOPEN,           (S.CLOSED,),            S.ASSIGNED,          REOPENING,  (), (proof.has_reason, deadlines.deadline_set, deadlines.supervisor_named, papering.orders_by_paper, proof.two_officers), "R3.18"),
    # -- time
    Step(Act.ASK_EXTENSION,    RUNNING_STATES,         None,                PARTY,      (deadlines.asked_before_expiry, deadlines.extension_left, arrangements.arranged_for_more_time), (deadlines.extension_asked_well, parties.speaks_for_party), "L6"),
    Step(Act.GRANT_EXTENSION,  RUNNING_STATES,         None,                GRADING | COMMITTEE | {Role.SUPERIOR}, (deadlines.extension_open, deadlines.may_grant, deadlines.still_to_come), (deadlines.consent_papered, parties.superior_consents_to_extension), "L6"),
    Step(Act.REFUSE_EXTENSION, RUNNING_STATES,         None,                GRADING | COMMITTEE | {Role.SUPERIOR}, (deadlines.extension_open, deadlines.may_grant), (proof.has_reason, deadlines.consent_papered), "L6"),
    Step(Act.ADOPT_DEADLINE,   RUNNING_STATES,         None,                OFFICE | {Role.SUPERIOR}, (superior.is_superiors,), (deadlines.superior_deadline, arrangements.arranged_for_later), "R3.33"),
    # -- the level
    Step(Act.RAISE_LEVEL,      OPEN_STATES,            None,                INSPECTING, (levels.not_major_yet,), (levels.raised_with_criterion,), "L8"),
    Step(Act.REQUEST_LOWERING, OPEN_STATES,            None,                GRADING | {Role.SUPERIOR}, (levels.is_major, levels.no_lowering_open), (levels.lowering_reasoned, levels.lowered_by_grading_body), "L8"),
    Step(Act.APPROVE_LOWERING, OPEN_STATES,            None,                COMMITTEE | {Role.SUPERIOR}, (levels.is_major, levels.lowering_open, levels.second_approver), (parties.listing_body_lets_go,), "L8"),
    Step(Act.REFUSE_LOWERING,  OPEN_STATES,            None,                COMMITTEE | {Role.SUPERIOR}, (levels.lowering_open,), (proof.has_reason,), "L8"),
    # -- aside
    Step(Act.TRANSFER,         MOVABLE,                S.TRANSFERRED,       OFFICE | COMMITTEE | {Role.DEPARTMENT, Role.SUPERIOR}, (parties.superiors_own_to_transfer, parties.listing_body_decides), (proof.has_reason, proof.names_organ, proof.has_paper, parties.superior_consents_to_transfer, parties.listing_body_lets_go), "L11"),
    Step(Act.RECORD_REPLY,     (S.TRANSFERRED,),       None,                OFFICE | {Role.DEPARTMENT}, (), (proof.has_text,), "R3.3"),
    Step(Act.RETURN,           (S.TRANSFERRED,),       S.CONFIRMED,         OFFICE | {Role.DEPARTMENT}, (), (proof.has_reason,), "L9"),
    Step(Act.REQUEST_INVALID,  OPEN_STATES,            None,                GRADING | {Role.VILLAGE, Role.LEADER}, (pressing.no_invalidation_open,), (proof.has_reason,), "L10"),
    Step(Act.APPROVE_INVALID,  OPEN_STATES,            S.INVALID,           OFFICE | COMMITTEE | {Role.SUPERIOR}, (pressing.invalidation_open, levels.second_approver, pressing.stop_lifted), (parties.superior_consents_to_invalid, parties.listing_body_lets_go), "L10"),
    Step(Act.REFUSE_INVALID,   OPEN_STATES,            None,                OFFICE | COMMITTEE | {Role.SUPERIOR}, (pressing.invalidation_open,), (proof.has_reason,), "L10"),
    Step(Act.LINK_REPEAT,      OPEN_STATES,            None,                GRADING,    (reopening.not_linked_yet,), (reopening.repeat_named,), "R3.18"),
    # -- beside the state
    Step(Act.SUSPEND,          GRADED,                 None,                GRADING | {Role.SUPERIOR}, (pressing.can_suspend,), (proof.has_reason, pressing.decided_by_an_organ, proof.has_paper), "R3.27"),
    Step(Act.APPLY_RESUMPTION, GRADED,                 None,                PARTY,      (pressing.can_resume, resuming.no_application_open, resuming.not_accepted_yet, resuming.not_by_acceptance, resuming.handed_in_first), (resuming.applied_well, parties.speaks_for_party), "R3.28"),
    Step(Act.RESUME,           (*GRADED, *SEEN),       None,                GRADING | {Role.SUPERIOR}, (pressing.can_resume, resuming.applied_for, resuming.another_than_applicant), (proof.has_reason, pressing.decided_by_an_organ, proof.has_paper, resuming.reviewed_on_site, pressing.resumed_after_suspended), "R3.28"),
    Step(Act.REFUSE_RESUMPTION, GRADED,                None,                GRADING | {Role.SUPERIOR}, (pressing.can_resume, resuming.application_open, resuming.another_than_applicant), (proof.has_reason, pressing.decided_by_an_organ, resuming.visit_on_a_possible_day, resuming.sanction_addressed), "R3.28"),
    Step(Act.REMIND,           OPEN_STATES,            None,                PRESSING,   (), (pressing.climbs_by_the_office, deadlines.step_reached, papering.issues_papers, deadlines.letter_due), "R3.20"),
    Step(Act.REASSIGN,         (*ORDERED, S.AWAITING_SUPERIOR), None,       OFFICE | {Role.DEPARTMENT}, (reviewers.gives_it_up,), (pressing.supervisor_given,), "R3.15"),
    Step(Act.DELEGATE_REVIEW,  ORDERED,                None,                GRADING,    (reviewers.delegable, reviewers.ordered_here), (proof.has_reason, reviewers.delegate_named, reviewers.delegate_fits), "R3.15"),
    Step(Act.TELL_REGULATOR,   GRADED,                 None,                PARTY,      (levels.is_major, reports.regulator_not_told), (proof.has_text, reports.three_parts_given, parties.speaks_for_party), "R3.11"),
    Step(Act.TELL_WORKERS,     GRADED,                 None,                PARTY,      (levels.is_major, reports.workers_not_told), (proof.has_text, parties.speaks_for_party), "R3.11"),
    Step(Act.ATTACH,           OPEN_STATES,            None,                REPORTING,  (), (proof.has_files, proof.not_the_same_photo,), "R3.3"),
    Step(Act.SAMPLE,           (S.CLOSED,),            None,                GRADING,    (pressing.closed_by_itself, independence.may_verify), (proof.has_opinion,), "L2"),
    # -- the listing order (R3.24a)
    Step(Act.PROPOSE_LISTING,  GRADED,                 None,                GRADING,    (levels.is_major, levels.countersigned, listing.nothing_listed), (proof.has_text,), "R3.24", ("",), L.PROPOSED),
    Step(Act.LIST,             GRADED,                 None,                frozenset({Role.COMMITTEE_CHAIR}), (levels.is_major, levels.countersigned), (listing.order_given, listing.three_people_named, deadlines.order_has_deadline), "R3.24", (L.PROPOSED,), L.LISTED),
    Step(Act.RECORD_LISTING,   GRADED,                 None,                OFFICE | {Role.SUPERIOR}, (levels.is_major, levels.countersigned), (listing.listed_above_the_town, listing.external_order_given, parties.outside_organ, parties.lists_at_its_level, listing.higher_than_listed), "L4", ("", L.PROPOSED, *RUNNING_LISTING), L.LISTED),
    Step(Act.WITHDRAW_LISTING, GRADED,                 None,                COMMITTEE,  (), (proof.has_reason,), "R3.24a", (L.PROPOSED,), L.WITHDRAWN),
    Step(Act.PUBLISH,          (*GRADED, S.CLOSED),    None,                OFFICE | COMMITTEE | {Role.SUPERIOR}, (listing.still_to_publish,), (proof.has_text,), "R3.24", (*RUNNING_LISTING, L.DELISTED)),
    Step(Act.FILE_UPWARD,      GRADED,                 None,                OFFICE | COMMITTEE, (), (proof.has_text,), "R3.24", (*RUNNING_LISTING, L.DELISTED)),
    Step(Act.HAND_IN_PLAN,     GRADED,                 None,                PARTY,      (), (arrangements.six_parts_given, parties.speaks_for_party), "R3.8", (L.LISTED,), L.GOVERNING),
    Step(Act.PROGRESS,         GRADED,                 None,                PARTY | {Role.INSPECTOR}, (), (listing.progress_given, parties.fills_in_for_party), "R3.24", (L.LISTED, L.GOVERNING)),
    Step(Act.APPLY_ACCEPTANCE, (S.RECTIFIED,),         None,                PARTY,      (arrangements.major_arranged, arrangements.interim_in_place), (listing.evaluated, parties.speaks_for_party), "R3.28", (L.GOVERNING,), L.ACCEPTANCE_APPLIED),
    Step(Act.ACCEPT_LISTING,   (S.RECTIFIED,),         None,                OFFICE | COMMITTEE | {Role.SUPERIOR}, (parties.listing_body, independence.may_verify, proof.has_proof), (proof.has_opinion, proof.seen_on_site, proof.not_the_same_photo, proof.enough_reviewers, parties.listing_paper), "R3.24", (L.ACCEPTANCE_APPLIED,), L.ACCEPTED),
    Step(Act.FAIL_ACCEPTANCE,  (S.RECTIFIED,),         S.RECTIFYING,        OFFICE | COMMITTEE | {Role.SUPERIOR}, (parties.listing_body, independence.may_verify), (proof.says_what_is_wrong, parties.listing_paper), "L4", (L.ACCEPTANCE_APPLIED, L.ACCEPTED), L.GOVERNING),
    Step(Act.DELIST,           (S.RECTIFIED,),         None,                OFFICE | COMMITTEE | {Role.SUPERIOR}, (parties.listing_body,), (proof.has_opinion, parties.listing_paper), "R3.24", (L.ACCEPTED,), L.DELISTED),
    Step(Act.PROPOSE_LICENCE_SUSPENSION, GRADED,       None,                OFFICE | COMMITTEE, (licensing.holds_licence, licensing.no_proposal_open), (licensing.proposal_whole, proof.has_reason, proof.has_paper), "R3.29", (L.LISTED, L.GOVERNING, L.ACCEPTANCE_APPLIED)),
    Step(Act.RECORD_LICENCE_ANSWER, (*GRADED, S.CLOSED), None,              OFFICE | COMMITTEE, (licensing.proposal_open,), (licensing.answer_whole, proof.has_text, proof.has_paper), "R3.29", (*RUNNING_LISTING, L.DELISTED)),
)
# fmt: on
