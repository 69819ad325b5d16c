"""How a figure stands against its target and the days that have passed."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.campaigns.rules.standing import (
    ENDED_NAMES,
    GROUP_NAMES,
    GROUPS,
    STANDING_NAMES,
    Days,
    Standing,
    standing_of,
    with_tasks,
    worst,
)
from bihuan.campaigns.rules.terms import Indicator, Kind, Part, State, Target, Term

START, END = date(2018, 1, 1), date(2018, 1, 10)
TERM = Term("件", (Part("room.thing"),))


def figure(kind: Kind = Kind.RATE, target: str = "100%") -> Indicator:
    whole = None if kind in {Kind.COUNT, Kind.YES_NO} else TERM
    return Indicator("a.b", "某率", (), kind, TERM, whole, target=Target(target) if target else None)


def stands(
    indicator: Indicator, numerator: int | None, denominator: int | None, on: date, due: date | None = None
) -> Standing:
    return standing_of(indicator, State.MEASURED, numerator, denominator, Days(START, END, on, due))


@pytest.mark.parametrize(
    ("numerator", "denominator", "on", "due", "expected"),
    [
        (10, 10, START, None, Standing.REACHED),
        (0, 0, END, None, Standing.NOTHING_YET),
        (5, 10, date(2018, 1, 5), None, Standing.UNDER_WAY),
        (4, 10, date(2018, 1, 5), None, Standing.BEHIND),
        (9, 10, END, None, Standing.DUE_TODAY),
        (9, 10, date(2018, 1, 11), None, Standing.BEHIND),
        (9, 10, date(2018, 1, 5), date(2018, 1, 4), Standing.BEHIND),
        (9, 10, date(2018, 1, 4), date(2018, 1, 4), Standing.DUE_TODAY),
    ],
)
def test_given_a_share_when_a_day_has_passed_then_it_stands_as_the_days_say(
    numerator: int, denominator: int, on: date, due: date | None, expected: Standing
) -> None:
    assert stands(figure(), numerator, denominator, on, due) is expected


@pytest.mark.parametrize(
    ("kind", "target", "numerator", "denominator", "expected"),
    [
        (Kind.COUNT, "0", 0, None, Standing.REACHED),
        (Kind.COUNT, "0", 1, None, Standing.BEHIND),
        (Kind.YES_NO, "是", 1, None, Standing.REACHED),
        (Kind.YES_NO, "是", 0, None, Standing.UNDER_WAY),
        (Kind.DECLINE, "大于 0", 3, 4, Standing.REACHED),
        (Kind.DECLINE, "大于 0", 4, 4, Standing.UNDER_WAY),
        (Kind.TIMES, "小于 1", 3, 4, Standing.REACHED),
        (Kind.TIMES, "小于 1", 4, 4, Standing.UNDER_WAY),
        (Kind.RATE, "", 1, 4, Standing.UNDER_WAY),
    ],
)
def test_given_a_target_when_compared_then_each_form_of_it_is_understood(
    kind: Kind, target: str, numerator: int, denominator: int | None, expected: Standing
) -> None:
    assert stands(figure(kind, target), numerator, denominator, START) is expected


def test_given_a_figure_that_waits_or_cannot_be_told_when_asked_then_no_standing_is_guessed() -> None:
    days = Days(START, END, END)

    assert standing_of(figure(), State.WAITING, None, None, days) is Standing.WAITING
    assert standing_of(figure(), State.UNMEASURABLE, None, None, days) is Standing.BY_PAPERS


@given(numerator=st.integers(0, 50), more=st.integers(0, 50), day=st.integers(0, 9))
def test_given_any_share_when_more_is_done_then_it_never_stands_worse(numerator: int, more: int, day: int) -> None:
    order = [Standing.BEHIND, Standing.DUE_TODAY, Standing.UNDER_WAY, Standing.REACHED]
    on = START + timedelta(days=day)

    before = stands(figure(), numerator, 100, on)
    after = stands(figure(), numerator + more, 100, on)

    assert order.index(after) >= order.index(before)


def test_given_several_figures_when_one_is_behind_then_the_clause_is() -> None:
    assert worst([Standing.REACHED, Standing.BEHIND, Standing.WAITING]) is Standing.BEHIND
    assert worst([Standing.WAITING, Standing.REACHED]) is Standing.REACHED
    assert worst([]) is Standing.NONE


@given(st.lists(st.sampled_from([Standing.WAITING, Standing.BY_PAPERS, Standing.NONE, Standing.NOTHING_YET])))
def test_given_tasks_all_said_to_be_done_when_no_number_shows_it_then_the_clause_is_not_reached(
    figures: list[Standing],
) -> None:
    assert with_tasks(figures, total=2, done=2, late=0) is Standing.REPORTED
    assert with_tasks([*figures, Standing.REACHED], total=2, done=2, late=0) is Standing.REACHED
    assert with_tasks([*figures, Standing.UNDER_WAY], total=2, done=2, late=0) is Standing.UNDER_WAY
    assert with_tasks(figures, total=2, done=1, late=0) is Standing.UNDER_WAY
    assert with_tasks(figures, total=2, done=1, late=1) is Standing.BEHIND


def test_given_a_campaign_just_issued_when_nothing_is_done_yet_then_nothing_lags() -> None:
    """Its text may begin long before it was issued; the way is counted from when units could act."""
    issued = START + timedelta(days=60)
    end = START + timedelta(days=120)

    def at(day: int) -> Standing:
        days = Days(START, end, issued + timedelta(days=day), issued_on=issued)
        return standing_of(figure(), State.MEASURED, 0, 21, days)

    assert [at(day) for day in (0, 7)] == [Standing.UNDER_WAY, Standing.UNDER_WAY]
    assert at(8) is Standing.BEHIND
    assert Days(START, end, issued, issued_on=issued).passed < Fraction(1, 30)


def test_given_all_standings_when_grouped_then_each_is_in_one_group_and_has_a_name_while_it_runs_and_after() -> None:
    assert sorted(one for kinds in GROUPS.values() for one in kinds) == sorted(Standing)
    assert set(STANDING_NAMES) == set(ENDED_NAMES) == set(Standing)
    assert set(GROUP_NAMES) == set(GROUPS)
    assert "推进中" not in ENDED_NAMES.values()
