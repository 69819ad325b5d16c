"""Every state × act × role on the pure table: exactly what the table says, or refused with a sentence (L1)."""

import re
from dataclasses import replace

import pytest

from bihuan.hazards.rules import steps
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.decide import Verdict, decide, open_acts
from bihuan.hazards.rules.facts import NOTHING, Doer
from bihuan.hazards.rules.states import LISTING_NAMES, OPEN_STATES, ListingState, State
from bihuan.kernel.roles import ROLE_NAMES, Role
from tests.hazards.facts import facts_for

# The arrows of product.md section 3, written down by hand: the table must draw exactly these.
ARROWS = {
    (State.REPORTED, State.CONFIRMED),
    (State.CONFIRMED, State.ASSIGNED),
    (State.ASSIGNED, State.RECTIFYING),
    (State.RECTIFYING, State.RECTIFIED),
    (State.RECTIFIED, State.AWAITING_SUPERIOR),
    (State.RECTIFIED, State.CLOSED),
    (State.AWAITING_SUPERIOR, State.CLOSED),
    (State.CONFIRMED, State.RECTIFIED),  # 立行立改
    (State.RECTIFIED, State.RECTIFYING),  # failed
    (State.AWAITING_SUPERIOR, State.RECTIFYING),  # the superior's refusal
    (State.CLOSED, State.ASSIGNED),  # reopened
    (State.CONFIRMED, State.TRANSFERRED),
    (State.ASSIGNED, State.TRANSFERRED),
    (State.RECTIFYING, State.TRANSFERRED),
    (State.TRANSFERRED, State.CONFIRMED),
    *((state, State.INVALID) for state in OPEN_STATES),
}
LISTING_ARROWS = {
    ("", "proposed"),
    ("proposed", "listed"),
    ("listed", "governing"),
    ("governing", "acceptance_applied"),
    ("acceptance_applied", "accepted"),
    ("accepted", "delisted"),
    ("acceptance_applied", "governing"),  # failed
    ("accepted", "governing"),  # failed when looked at again before delisting
    ("proposed", "withdrawn"),
    ("", "listed"),  # another body's order, recorded
}
PEOPLE = [role for role in Role if role != Role.SYSTEM]
CASES = [(step, state) for step in steps.STEPS for state in step.frm]


def name_of(case: tuple[steps.Step, State]) -> str:
    step, state = case
    return f"{step.act}-from-{state}{'-superior' if step.only_superior else ''}"


def test_given_the_product_when_the_table_is_drawn_then_the_arrows_are_the_same() -> None:
    drawn = {(frm, step.to) for step in steps.STEPS if step.to is not None for frm in step.frm}
    listing = {
        (frm, str(step.listing_to))
        for step in steps.STEPS
        if step.listing_to is not None and step.act != Act.RECORD_LISTING
        for frm in step.listing_frm
    } | {("", "listed")}

    assert drawn == ARROWS
    assert {(str(frm), to) for frm, to in listing} == LISTING_ARROWS


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_given_a_row_when_its_roles_act_then_they_may_and_all_others_may_not(case: tuple[steps.Step, State]) -> None:
    step, state = case
    for role in PEOPLE:
        facts = facts_for(step, state, role)
        verdict = decide(facts, step.act)
        if role in step.by:
            assert (verdict.step, verdict.role, verdict.say) in {(step, role, ""), _own_business(step, role, verdict)}
        else:
            assert (verdict.step, verdict.code) == (None, "hazards.not_yours")
            assert ROLE_NAMES[next(one for one in Role if one in step.by)] in verdict.say


def _own_business(step: steps.Step, role: Role, verdict: Verdict) -> tuple[None, None, str]:
    """What a role may not do although the row names it: a listing belongs to the body that listed it."""
    listing_only = {
        Act.PASS, Act.ACCEPT_LISTING, Act.FAIL_ACCEPTANCE, Act.DELIST, Act.GRANT_EXTENSION, Act.REFUSE_EXTENSION,
    }  # fmt: skip
    assert verdict.step is not None or step.act in listing_only, (step.act, role, verdict.say)
    return (None, None, verdict.say)


def test_given_every_other_state_and_act_when_tried_then_it_is_refused_with_a_sentence() -> None:
    tried = 0
    for step in steps.STEPS:
        for state in State:
            for role in PEOPLE:
                if state in step.frm:
                    continue
                facts = facts_for(step, step.frm[0], role)
                facts = replace(facts, standing=replace(facts.standing, state=state))
                if any(_is_row(other, step.act, state, facts.standing.needs_superior) for other in steps.STEPS):
                    continue
                verdict = decide(facts, step.act)
                tried += 1
                assert (verdict.step, verdict.code) == (None, "hazards.not_now")
                assert WORDS[step.act].title in verdict.say
    assert tried > 3000


def _is_row(step: steps.Step, act: Act, state: State, superior: bool) -> bool:  # noqa: FBT001 -- a fact of the case
    return step.act == act and state in step.frm and step.only_superior in {None, superior}


def test_given_every_listing_state_when_an_act_is_not_for_it_then_it_is_refused() -> None:
    for step in steps.STEPS:
        for listing in ListingState:
            if not step.listing_frm or listing in step.listing_frm:
                continue
            facts = facts_for(step, step.frm[0], next(role for role in Role if role in step.by))
            held = facts.standing.listing
            if held is None:
                continue
            standing = replace(facts.standing, listing=replace(held, state=listing))
            verdict = decide(replace(facts, standing=standing), step.act)
            assert (verdict.step, verdict.code) == (None, "hazards.not_now")
            assert LISTING_NAMES[listing] in verdict.say


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_given_a_row_that_asks_when_nothing_is_brought_then_a_chinese_sentence_asks_for_it(
    case: tuple[steps.Step, State],
) -> None:
    step, state = case
    if not step.needs:
        return
    role = next(role for role in Role if role in step.by)

    verdict = decide(replace(facts_for(step, state, role), given=NOTHING), step.act)

    says = {guard(replace(facts_for(step, state, role), given=NOTHING)) for guard in step.needs} - {""}
    assert verdict.step is None or not says
    assert all(re.search(r"[\u4e00-\u9fff].*。$", say, re.S) for say in says)


def test_given_a_person_of_many_roles_when_they_act_then_the_first_that_may_is_used() -> None:
    step = next(one for one in steps.STEPS if one.act == Act.CONFIRM)
    facts = facts_for(step, State.REPORTED, Role.SAFETY_OFFICE)
    many = replace(facts, doer=replace(facts.doer, roles=frozenset({Role.INSPECTOR, Role.LEADER, Role.SAFETY_CHIEF})))

    assert decide(many, Act.CONFIRM).role == Role.SAFETY_CHIEF


def test_given_every_open_state_when_its_buttons_are_asked_then_somebody_can_go_on() -> None:
    everybody = frozenset(Role)
    for state in OPEN_STATES:
        step = next(one for one in steps.STEPS if state in one.frm and one.to not in {None, State.INVALID})
        facts = facts_for(step, state, Role.SAFETY_OFFICE)
        doer = Doer(user_id=facts.doer.user_id, unit_id=facts.doer.unit_id, roles=everybody)
        buttons = open_acts(replace(facts, doer=doer))
        moving = {one.act for one in steps.STEPS if state in one.frm and one.to is not None}
        assert [one for one in buttons if one.act in moving and not one.barred], state
