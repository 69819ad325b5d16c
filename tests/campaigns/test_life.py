"""The table of a campaign's life: every (act, state, role) is what it says or is refused with a sentence."""

from itertools import product

import pytest

from bihuan.campaigns.rules.life import (
    ACT_NAMES,
    STATE_NAMES,
    STEPS,
    CampaignAct,
    CampaignState,
    may,
    may_or_reads,
    must,
    step_for,
)
from bihuan.kernel.actor import Actor, HeldRole
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.kernel.roles import Role

TOWN = "/32/04/13/101/"
ENDS = {CampaignState.ARCHIVED, CampaignState.DROPPED}


def person(role: Role, path: str = TOWN) -> Actor:
    return Actor(user_id=None, name="某岗", roles=(HeldRole(role, path=path),))


@pytest.mark.parametrize("act", CampaignAct)
def test_given_any_state_and_role_when_acting_then_it_is_what_the_table_says(act: CampaignAct) -> None:
    for state, role in product(CampaignState, Role):
        _is_as_listed(act, state, role)


def _is_as_listed(act: CampaignAct, state: CampaignState, role: Role) -> None:
    listed = [step for step in STEPS if step.act is act and state in step.frm and role in step.by]

    assert may(person(role), act, state, path=TOWN) is bool(listed)
    if listed:
        assert must(person(role), act, state, path=TOWN) is (listed[0].to or state)
        return
    with pytest.raises(Refusal) as refused:
        must(person(role), act, state, path=TOWN)
    ever = any(step.act is act and role in step.by for step in STEPS)
    assert isinstance(refused.value, NotAllowed) is not ever
    assert (STATE_NAMES[state] in refused.value.say) is ever
    assert ACT_NAMES[act] in refused.value.say


def test_given_the_table_when_read_then_each_act_and_state_occurs_once_and_every_open_state_has_a_way_out() -> None:
    pairs = [(step.act, state) for step in STEPS for state in step.frm]
    moving = {state for step in STEPS for state in step.frm if step.to is not None}

    assert len(pairs) == len(set(pairs))
    assert {step.act for step in STEPS} == set(CampaignAct)
    assert moving == set(CampaignState) - ENDS
    assert all(step_for(act, state) is None for act in CampaignAct for state in ENDS)


def test_given_the_office_of_another_town_when_issuing_then_it_is_refused() -> None:
    with pytest.raises(NotAllowed):
        must(person(Role.SAFETY_CHIEF, "/32/04/13/102/"), CampaignAct.ISSUE, CampaignState.DRAFT, path=TOWN)


@pytest.mark.parametrize("act", [CampaignAct.EDIT, CampaignAct.ISSUE])
def test_given_any_role_and_state_when_a_page_of_a_draft_is_asked_then_who_may_not_act_only_reads_the_draft(
    act: CampaignAct,
) -> None:
    for role, state, writes in product(Role, CampaignState, (False, True)):
        somebody = person(role)
        acts = may(somebody, act, state, path=TOWN)
        if acts or (state is CampaignState.DRAFT and not writes):
            assert may_or_reads(somebody, act, state, path=TOWN, writes=writes) is acts
        else:
            with pytest.raises((NotAllowed, Refusal)):
                may_or_reads(somebody, act, state, path=TOWN, writes=writes)
