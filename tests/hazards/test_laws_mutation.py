"""Break each law on purpose: the law's test must notice, else it proves nothing.

A mutation takes a guard out of the table, or replaces the one function in which the law is kept.
"""
# ruff: noqa: E501 -- a table is read by column

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import IntegrityError

from bihuan.hazards.rules import (
    arrangements,
    deadlines,
    decide,
    independence,
    levels,
    licensing,
    listing,
    parties,
    pressing,
    proof,
    resuming,
    steps,
    superior,
)
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import State
from bihuan.hazards.services import effects, engine, reporting, rounds
from bihuan.kernel.errors import Refusal
from tests.hazards import test_laws_l1_to_l6 as first
from tests.hazards import test_laws_l7_to_l13 as last
from tests.hazards import test_licensed as licensed
from tests.hazards import test_order_terms as orders
from tests.hazards import test_same_photo as photos
from tests.hazards import test_stopped as stops
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db
# How a test notices: an assertion, a refusal that should not be, or one that is missing, or the database says no.
NOTICED = (AssertionError, pytest.fail.Exception, Refusal, IntegrityError)
Break = Callable[[pytest.MonkeyPatch], None]


def without(*guards: steps.Guard) -> Break:
    """Take guards out of every row of the table."""

    def apply(patch: pytest.MonkeyPatch) -> None:
        def kept(row: tuple[steps.Guard, ...]) -> tuple[steps.Guard, ...]:
            return tuple(guard for guard in row if guard not in guards)

        rows = tuple(replace(step, gates=kept(step.gates), needs=kept(step.needs)) for step in steps.STEPS)
        patch.setattr(steps, "STEPS", rows)

    return apply


def also(act: Act, **changed: Any) -> Break:
    """Change the rows of an act."""

    def apply(patch: pytest.MonkeyPatch) -> None:
        rows = tuple(replace(step, **changed) if step.act == act else step for step in steps.STEPS)
        patch.setattr(steps, "STEPS", rows)

    return apply


def instead(owner: Any, name: str, value: Any) -> Break:
    """Replace one function or value."""

    def apply(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(owner, name, value)

    return apply


@dataclass(frozen=True)
class Broken:
    """One way to break a law, and the test that must notice."""

    name: str
    broken: Break
    test: Callable[..., None]


def _lenient_report(*given: Any, **named: Any) -> Any:
    row = _row(*given, **named)
    row.level, row.state = "major", State.CONFIRMED
    return row


_row = reporting._row


def _any_state(step: steps.Step, standing: Any) -> bool:
    return step.only_superior in {None, standing.needs_superior}


def _silent(news: Any, **_: Any) -> list[Any]:
    return []


BROKEN = [
    Broken("l1: any state will do", instead(decide, "_matches", _any_state), first.test_law_l1_nothing_changes_but_by_a_named_act_from_its_states_by_its_roles),
    Broken("l1: any role will do", instead(decide, "role_used", lambda step, roles: next(iter(step.by))), first.test_law_l1_nothing_changes_but_by_a_named_act_from_its_states_by_its_roles),
    Broken("l2: anybody verifies", without(independence.may_verify), first.test_law_l2_who_rectified_does_not_verify_nor_their_unit),
    Broken("l2: nobody acts with a paper", without(parties.speaks_for_party), first.test_law_l2_whoever_acted_for_an_enterprise_and_their_village_do_not_verify),
    Broken("l2: the village is not barred", instead(independence, "is_within", lambda path, root: False), first.test_law_l2_whoever_acted_for_an_enterprise_and_their_village_do_not_verify),
    Broken("l2: the rectifier is not barred", instead(effects.fixing, "bar", lambda change, acting: None), first.test_law_l2_an_enterprise_closes_its_own_finding_by_a_second_person_only),
    Broken("l2: one person is two", instead(independence, "_enterprise_verdict", lambda facts: ""), first.test_law_l2_a_one_person_enterprise_does_not_close_its_own),
    Broken("l2: companions are not looked at", without(independence.may_verify), first.test_law_l2_a_companion_who_rectified_does_not_verify_either),
    Broken("l3: handed in with nothing", without(proof.handed_in_with_proof), first.test_law_l3_no_close_without_proof_verifier_and_opinion),
    Broken("l3: passed without opinion", without(proof.has_opinion), first.test_law_l3_no_close_without_proof_verifier_and_opinion),
    Broken("l3: paper is enough", without(proof.has_proof), first.test_law_l3_no_close_without_proof_verifier_and_opinion),
    Broken("l3: nobody goes there", without(proof.seen_on_site), first.test_law_l3_a_major_hazard_is_seen_on_site_by_two),
    Broken("l3: one is enough", without(proof.enough_reviewers), first.test_law_l3_a_major_hazard_is_seen_on_site_by_two),
    Broken("l3: the photo from before", without(proof.not_the_same_photo), photos.test_given_the_photo_from_before_when_handed_in_as_after_then_it_is_refused_and_another_is_taken),
    Broken("l4: unlisted", without(listing.listed), first.test_law_l4_listing_before_rectified_and_delisting_before_closed),
    Broken("l4: still listed", without(listing.delisted), first.test_law_l4_listing_before_rectified_and_delisting_before_closed),
    Broken("l4: anybody closes it", without(parties.closing_body), first.test_law_l4_listing_before_rectified_and_delisting_before_closed),
    Broken("l4: no interim measures", without(arrangements.interim_in_place), first.test_law_l4_interim_measures_before_a_major_hazard_is_worked_on),
    Broken("l4: failed in two acts", without(listing.not_under_acceptance), first.test_law_l4_a_failed_acceptance_is_one_act_for_hazard_and_listing),
    Broken("l4: the listing stays behind", also(Act.FAIL_ACCEPTANCE, listing_to=None), first.test_law_l4_a_failed_acceptance_is_one_act_for_hazard_and_listing),
    Broken("l4: no scan", without(listing.external_order_given), first.test_law_l4_a_listing_by_a_body_off_the_platform_is_recorded_with_its_paper),
    Broken("l5: no arrangements", without(arrangements.five_arranged), first.test_law_l5_five_arrangements_before_it_leaves_assigned),
    Broken("l5: four will do", instead(rounds, "missing_of_five", lambda five: ()), first.test_law_l5_five_arrangements_before_it_leaves_assigned),
    Broken("l5: the same day lasts", instead(arrangements, "needs_five", lambda standing, today: False), first.test_law_l5_the_same_day_needs_none_but_only_that_day),
    Broken("l6: asked late", without(deadlines.asked_before_expiry), first.test_law_l6_time_is_asked_for_before_it_runs_out_with_reason_and_measures),
    Broken("l6: asked for nothing", without(deadlines.extension_asked_well), first.test_law_l6_time_is_asked_for_before_it_runs_out_with_reason_and_measures),
    Broken("l6: again and again", without(deadlines.extension_left), first.test_law_l6_time_is_asked_for_before_it_runs_out_with_reason_and_measures),
    Broken("l6: anybody grants", without(deadlines.may_grant), first.test_law_l6_only_who_may_grant_grants),
    Broken("l7: holidays climb", instead(deadlines, "escalation_days", lambda terms: dict.fromkeys(deadlines.Escalation, 0)), last.test_law_l7_overdue_is_computed_and_climbs_by_working_days),
    Broken("l8: raised without criterion", without(levels.raised_with_criterion), last.test_law_l8_whoever_inspects_raises_in_any_open_state_with_the_criterion),
    Broken("l8: confirmed without criterion", without(levels.level_given), last.test_law_l8_whoever_inspects_raises_in_any_open_state_with_the_criterion),
    Broken("l8: not in any open state", also(Act.RAISE_LEVEL, frm=(State.CONFIRMED,)), last.test_law_l8_whoever_inspects_raises_in_any_open_state_with_the_criterion),
    Broken("l8: lowered by others", without(levels.lowered_by_grading_body), last.test_law_l8_lowering_needs_the_grading_body_a_reason_and_a_second_approver),
    Broken("l8: lowered for nothing", without(levels.lowering_reasoned), last.test_law_l8_lowering_needs_the_grading_body_a_reason_and_a_second_approver),
    Broken("l8: lowered alone", without(levels.second_approver), last.test_law_l8_lowering_needs_the_grading_body_a_reason_and_a_second_approver),
    Broken("l9: the round is not counted", instead(effects.verifying, "send_back", lambda change: None), last.test_law_l9_a_failed_reinspection_counts_the_round_and_keeps_all_proof),
    Broken("l9: the old arrangements count", instead(effects.verifying, "start_life", lambda change: None), last.test_law_l9_a_closed_hazard_found_again_begins_a_new_life),
    Broken("l9: the old listing counts", instead(effects.verifying, "drop_delisted", lambda change: None), last.test_law_l9_a_reopened_major_hazard_is_listed_anew),
    Broken("l9: a reply closes", also(Act.RECORD_REPLY, to=State.CLOSED), last.test_law_l9_a_transferred_one_comes_back_and_is_never_closed_by_it),
    Broken("l10: by one alone", without(levels.second_approver), last.test_law_l10_invalid_by_two_people_with_a_reason),
    Broken("l10: nobody asked", without(pressing.invalidation_open), last.test_law_l10_invalid_by_two_people_with_a_reason),
    Broken("l10: for no reason", without(proof.has_reason), last.test_law_l10_invalid_by_two_people_with_a_reason),
    Broken("l11: 举一反三 empty", without(superior.same_kind_filled), last.test_law_l11_a_superiors_item_closes_only_when_the_superior_accepts),
    Broken("l11: closed here", also(Act.PASS, to=State.CLOSED, only_superior=None), last.test_law_l11_a_superiors_item_closes_only_when_the_superior_accepts),
    Broken("l11: accepted without paper", without(parties.speaks_for_superior), last.test_law_l11_a_superiors_item_closes_only_when_the_superior_accepts),
    Broken("l11: acted for", without(parties.superior_acts_itself), last.test_law_l11_a_superior_on_the_platform_is_not_acted_for),
    Broken("l11: vanished", without(parties.superior_consents_to_invalid), last.test_law_l11_a_superiors_item_is_not_made_to_vanish),
    Broken("l12: silent", instead(engine.trail, "record", _silent), last.test_law_l12_every_act_writes_its_event_or_nothing),
    Broken("l13: the claim advances", instead(reporting, "_row", _lenient_report), last.test_law_l13_what_a_list_claims_advances_nothing),
    Broken("r3.25: nobody is named", without(listing.three_people_named), orders.test_rule_r3_25_all_that_is_missing_of_the_three_people_is_said_at_once),
    Broken("§3.3: one officer orders", without(proof.two_officers), orders.test_given_an_order_of_enforcement_when_issued_by_one_then_it_is_refused_and_a_notice_is_not),
    Broken("r3.25: no deadline", without(deadlines.order_has_deadline), orders.test_rule_r3_25_what_is_not_ordered_yet_gets_its_deadline_from_the_listing),
    Broken("r3.28: closed while stopped", without(pressing.stop_lifted), stops.test_rule_r3_28_what_was_stopped_closes_only_after_its_resumption_is_agreed_to),
    Broken("r3.28: reported up while stopped", without(pressing.stop_lifted), stops.test_rule_r3_28_a_superiors_item_goes_up_only_after_its_resumption_is_agreed_to),
    Broken("r3.28: nobody applied", without(resuming.applied_for), stops.test_rule_r3_28_the_unit_applies_in_writing_with_its_evaluation_before_it_may_resume),
    Broken("r3.28: nobody evaluated", without(resuming.applied_well), stops.test_rule_r3_28_the_unit_applies_in_writing_with_its_evaluation_before_it_may_resume),
    Broken("r3.28: nobody went there", without(resuming.reviewed_on_site), stops.test_rule_r3_28_the_site_review_is_due_within_ten_days_and_names_who_was_there),
    Broken("r3.28: decided by who applied", without(resuming.another_than_applicant), stops.test_rule_r3_28_who_wrote_the_application_down_for_the_unit_does_not_decide_on_it),
    Broken("r3.28: applied for unfinished", without(resuming.handed_in_first), stops.test_rule_r3_28_nobody_applies_before_the_work_is_handed_in),
    Broken("r3.28: applied for twice", without(resuming.not_by_acceptance, resuming.not_accepted_yet), stops.test_rule_r3_28_the_acceptance_of_a_listing_stands_for_application_and_site_review),
    Broken("r3.28: proposed to nobody", without(resuming.sanction_addressed), stops.test_rule_r3_28_a_refusal_says_what_is_missing_and_the_unit_applies_again),
    Broken("r3.29: any licence will do", without(licensing.proposal_whole, licensing.holds_licence), licensed.test_rule_r3_29_the_town_proposes_to_suspend_a_licence_and_its_organ_decides),
    Broken("r3.29: no answer", without(licensing.answer_whole), licensed.test_rule_r3_29_the_town_proposes_to_suspend_a_licence_and_its_organ_decides),
    Broken("r3.28: made void while stopped", without(pressing.stop_lifted), stops.test_rule_r3_28_what_was_stopped_is_not_made_void_before_the_stop_is_lifted),
]  # fmt: skip


@pytest.mark.one_database  # asks whether the tests notice; the tests themselves run on both
@pytest.mark.parametrize("one", BROKEN, ids=lambda one: one.name)
def test_given_a_broken_law_when_its_test_runs_then_the_test_fails(
    one: Broken, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_patch = "monkeypatch" in one.test.__code__.co_varnames
    one.broken(monkeypatch)

    with pytest.raises(NOTICED):
        one.test(stage, monkeypatch) if needs_patch else one.test(stage)


def test_given_the_laws_when_listed_then_each_has_a_test_and_a_mutation() -> None:
    laws = {f"l{number}" for number in range(1, 14)}
    tested = {name.split("_")[2] for module in (first, last) for name in vars(module) if name.startswith("test_law_")}
    mutated = {one.name.partition(":")[0] for one in BROKEN if one.name.startswith("l")}

    assert (tested, mutated) == (laws, laws)
