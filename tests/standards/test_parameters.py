"""Dated parameters: the table itself, and how a value is read and chosen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.in_force import Dated
from bihuan.standards.rules import BY_NAME, PARAMETERS, BadValue, Parameter, Unit, default, effective, read_value

DAY = date(2018, 2, 14)
NUMBERS = [one for one in PARAMETERS if one.unit is not Unit.WORDS]


def test_given_the_table_when_read_then_names_and_titles_are_unique() -> None:
    assert len(BY_NAME) == len(PARAMETERS)
    assert len({one.title for one in PARAMETERS}) == len(PARAMETERS)


@pytest.mark.parametrize("one", PARAMETERS, ids=lambda one: one.name)
def test_given_a_parameter_when_any_day_is_asked_then_exactly_one_sourced_value_holds(one: Parameter) -> None:
    edges = {entry.valid_from for entry in one.values} | {entry.valid_to for entry in one.values}
    days = {DAY, date(2008, 1, 1), date(2035, 1, 1), *(edge for edge in edges if edge)}
    days |= {day + timedelta(days=1) for day in days}

    holding = {day: [entry for entry in one.values if entry.holds_on(day)] for day in days}

    assert all(len(entries) == 1 for entries in holding.values())
    assert all(entry.source for entry in one.values)
    assert one.rule


@pytest.mark.parametrize("one", NUMBERS, ids=lambda one: one.name)
def test_given_a_number_when_packaged_then_it_lies_within_its_own_bounds(one: Parameter) -> None:
    assert all(one.least <= entry.value <= one.most for entry in one.values if not isinstance(entry.value, str))


def test_given_the_law_on_reporting_to_workers_when_the_day_changes_then_the_duty_begins_in_2021() -> None:
    answers = [default("workers_report_required", on=day) for day in (DAY, date(2021, 8, 31), date(2021, 9, 1))]

    assert answers == [0, 0, 1]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "要填数字"),
        ("十天", "要填数字"),
        ("0", "可以填1到60天"),
        ("61", "可以填"),
        ("7.5", "整数"),
        ("NaN", "可以填"),
    ],
)
def test_given_a_wrong_value_when_typed_then_the_answer_says_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(BadValue, match=says) as refusal:
        read_value(BY_NAME["review_days"], typed)

    assert refusal.value.field == "value"


@given(st.integers(-10, 400))
def test_given_any_number_when_typed_then_it_is_taken_exactly_within_the_bounds(number: int) -> None:
    declared = BY_NAME["repeat_window_days"]
    try:
        taken = read_value(declared, f" {number} ")
    except BadValue:
        taken = None

    assert taken == (number if declared.least <= number <= declared.most else None)


ENTRIES = st.lists(
    st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 40)), st.integers(1, 30)), max_size=6
)


@given(ENTRIES, st.integers(-5, 90))
def test_given_any_own_values_when_a_day_is_asked_then_the_latest_begun_one_holds(
    entries: list[tuple[int, int | None, int]], offset: int
) -> None:
    own: list[Dated[int | Decimal | str]] = [
        Dated(
            value, DAY + timedelta(days=start), None if length is None else DAY + timedelta(days=start + length), "镇"
        )
        for start, length, value in sorted(entries, key=lambda entry: entry[0])
    ]
    day = DAY + timedelta(days=offset)

    answer = effective(BY_NAME["deadline_days_general"], own, on=day)

    covering = [entry for entry in own if entry.holds_on(day)]
    latest = max((entry.valid_from or date.min for entry in covering), default=None)
    assert answer.own == bool(covering)
    assert answer.value == ([entry.value for entry in covering if entry.valid_from == latest][-1] if covering else 15)
