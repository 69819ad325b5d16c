"""The table, both ways: every row works, everything else is refused with a sentence (L1)."""

from bihuan.hazards.rules import acts, states, steps
from bihuan.kernel.roles import Role


def test_given_the_table_when_read_then_every_act_has_words_and_a_row() -> None:
    in_table = {step.act for step in steps.STEPS} | {acts.Act.REPORT}

    assert in_table == set(acts.Act)
    assert set(acts.WORDS) == set(acts.Act)


def test_given_every_open_state_when_its_rows_are_read_then_there_is_a_way_out() -> None:
    ways = {state: [s for s in steps.STEPS if state in s.frm and s.to not in {None, state}] for state in states.State}

    assert [state for state, rows in ways.items() if not rows] == [states.State.INVALID]


def test_given_the_table_when_read_then_no_person_holds_the_role_of_the_platform_alone() -> None:
    assert all(step.by - {Role.SYSTEM} for step in steps.STEPS)
