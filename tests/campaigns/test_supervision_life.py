"""The tables of supervision: every (table, act, state, role, whose) is what it says or is refused with a sentence."""

from enum import StrEnum
from itertools import product
from typing import Final
from uuid import UUID

import pytest

from bihuan.campaigns.rules.life import OFFICE
from bihuan.campaigns.rules.supervision.life import TABLES, Facts, Step, Table, may, must, step_for
from bihuan.campaigns.rules.supervision.states import BulletinKind, FindingSide
from bihuan.kernel.actor import Actor, HeldRole
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.kernel.roles import Role

TOWN: Final = "/32/04/13/101/"
VILLAGE: Final = "/32/04/13/101/201/"
OWN, OTHER = UUID(int=1), UUID(int=2)
ACTS: Final = [(table, act) for table in TABLES for act in table.acts]
# Facts of every sort that a guard asks for; one of them lets each row through.
WORLDS: Final = [
    Facts(kind=kind, side=side, unit_findings=n, units=1, open_ones=0, reason="写明")
    for kind in BulletinKind
    for side in FindingSide
    for n in (0, 1)
]
ENDS: Final = {
    "督查": {"closed", "cancelled"},
    "督查问题": {"confirmed", "entered", "aside"},
    "稿件": {"corrected", "withdrawn"},
    "约谈": {"followed_up", "cancelled"},
    "问责": set(),
}


def person(role: Role, *, path: str = TOWN, unit: UUID = OTHER) -> Actor:
    return Actor(user_id=None, name="某岗", unit_id=unit, unit_path=path, roles=(HeldRole(role, path=path),))


def _listed(table: Table, act: StrEnum, state: str) -> list[Step]:
    return [step for step in table.steps if step.act is act and state in step.frm]


@pytest.mark.parametrize(("table", "act"), ACTS)
def test_given_any_state_and_role_when_acting_then_it_is_what_the_table_says(table: Table, act: StrEnum) -> None:
    for state, role in product(table.states, Role):
        _is_as_listed(table, act, state, role)


def _is_as_listed(table: Table, act: StrEnum, state: StrEnum, role: Role) -> None:
    rows = [step for step in table.steps if step.act is act]
    is_own_act = any(step.own for step in rows)
    mine = person(role, path=VILLAGE if is_own_act else TOWN, unit=OWN)
    listed = [step for step in _listed(table, act, state) if role in step.by]

    assert may(table, mine, act, state, path=TOWN, unit_id=OWN) is bool(listed)
    if not listed:
        with pytest.raises(Refusal) as refused:
            must(table, mine, act, state, path=TOWN, unit_id=OWN, facts=WORLDS[0])
        # a row of this very state says who; without one, whoever may at other times is told why not now
        ever = any(role in step.by for step in _listed(table, act, state) or rows)
        assert isinstance(refused.value, NotAllowed) is not ever
        assert table.act_names[act] in refused.value.say
        return
    ways = {_outcome(table, mine, act, state, facts) for facts in WORLDS}
    assert str(listed[0].to or state) in ways


def _outcome(table: Table, who: Actor, act: StrEnum, state: str, facts: Facts) -> str:
    try:
        return must(table, who, act, state, path=TOWN, unit_id=OWN, facts=facts)
    except NotAllowed:
        raise
    except Refusal:
        return ""


def test_given_the_tables_when_read_then_each_pair_occurs_once_and_every_open_state_has_a_way_out() -> None:
    for table in TABLES:
        pairs = [(step.act, state) for step in table.steps for state in step.frm]
        assert len(pairs) == len(set(pairs)), table.thing
        assert {step.act for step in table.steps} == set(table.acts)
        assert set(table.names) == set(table.states)
        assert set(table.act_names) == set(table.acts)
        moving = {state for step in table.steps for state in step.frm if step.to is not None}
        dead = {str(state) for state in table.states} - {str(state) for state in moving}
        assert ENDS[table.thing] <= dead
        assert dead - ENDS[table.thing] <= {"decided", "not_pursued", "noted"}


def test_given_a_units_own_act_when_another_unit_does_it_then_it_is_refused_and_the_office_may() -> None:
    for table in TABLES:
        for step in (one for one in table.steps if one.own):
            state = step.frm[0]
            for role in step.by - OFFICE:
                stranger = person(role, path=VILLAGE)
                assert not may(table, stranger, step.act, state, path=TOWN, unit_id=OWN)
                with pytest.raises(NotAllowed):
                    must(table, stranger, step.act, state, path=TOWN, unit_id=OWN, facts=WORLDS[0])
            for role in OFFICE:
                assert may(table, person(role), step.act, state, path=TOWN, unit_id=OWN)


def test_given_the_office_of_another_town_when_it_acts_then_it_is_refused() -> None:
    for table in TABLES:
        for step in table.steps:
            for role in step.by:
                away = person(role, path="/32/04/13/102/")
                assert not may(table, away, step.act, step.frm[0], path=TOWN, unit_id=OWN)


def test_given_each_guard_when_its_fact_is_missing_then_the_step_is_refused_with_its_sentence() -> None:
    chief = Actor(
        user_id=None,
        name="某岗",
        unit_id=OWN,
        unit_path=TOWN,
        roles=tuple(HeldRole(role, path=TOWN) for role in Role),
    )
    guarded = 0
    for table in TABLES:
        for step in table.steps:
            for guard in step.needs:
                worlds = [
                    *WORLDS,
                    Facts(),
                    Facts(received=True),
                    Facts(
                        reason="写明", kind="criticism", side="unit", units=1, drafted=True, for_other=True, papers=1
                    ),
                    Facts(
                        reason="写明",
                        kind="criticism",
                        side="unit",
                        units=1,
                        speaker="村主任",
                        for_other=True,
                        papers=1,
                    ),
                    Facts(reason="写明", kind="criticism", side="unit", units=1, for_other=True),
                    Facts(reason="写明", kind="criticism", side="unit", units=1, own_word=True),
                    Facts(reason="写明", kind="criticism", open_ones=2, units=2, unit_findings=2, unweighed=1),
                ]
                bad = [facts for facts in worlds if guard(facts)]
                assert bad, guard.__name__
                with pytest.raises(Refusal) as refused:
                    must(table, chief, step.act, step.frm[0], path=TOWN, unit_id=OWN, facts=bad[0])
                assert refused.value.code.startswith("campaigns.")
                guarded += 1
    assert guarded == sum(len(step.needs) for table in TABLES for step in table.steps)
    assert step_for(TABLES[0], next(iter(TABLES[0].acts)), "nowhere") is None
