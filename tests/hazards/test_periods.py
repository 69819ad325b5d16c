"""R3.6: the quarters and years that an enterprise owes statistics of, and the days they are due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.hazards.rules.periods import (
    Period,
    covered,
    owed_on,
    period_of,
    quarter_before,
    quarter_of,
    recent,
    table_refused,
)

DAYS = st.dates(date(2009, 1, 1), date(2060, 12, 31))
PERIODS = st.builds(Period, st.integers(min_value=2008, max_value=2100), st.integers(min_value=0, max_value=4))
DUE = {1: (4, 15), 2: (7, 15), 3: (10, 15), 4: (1, 15), 0: (1, 31)}


@given(day=DAYS)
def test_rule_r3_6_every_day_lies_in_one_quarter_and_the_quarters_meet(day: date) -> None:
    quarter = quarter_of(day)

    assert quarter.first <= day <= quarter.last
    assert quarter_before(quarter).last + timedelta(days=1) == quarter.first
    assert Period(day.year).first <= quarter.first
    assert quarter.last <= Period(day.year).last


@given(period=PERIODS)
def test_rule_r3_6_the_due_days_are_those_of_the_law_and_lie_after_the_end(period: Period) -> None:
    assert (period.due_on.month, period.due_on.day) == DUE[period.quarter]
    assert period.due_on > period.last
    assert period.due_on.year == period.year + (period.quarter in {0, 4})
    assert period_of(period.code) == period


@given(today=DAYS)
def test_rule_r3_6_what_is_owed_has_ended_and_the_next_one_has_not(today: date) -> None:
    owed = owed_on(today)

    assert all(one.last < today for one in owed)
    assert quarter_of(today).last >= today
    assert {one.quarter for one in owed} in ({1}, {2}, {3}, {4, 0})
    assert (Period(today.year - 1) in owed) == (today.month <= 3)
    assert set(owed) <= set(recent(today, quarters=4))


@given(today=DAYS, since=DAYS)
def test_given_when_it_was_registered_when_periods_are_asked_then_only_whole_ones_are_owed(
    today: date, since: date
) -> None:
    owed = covered(owed_on(today), since=since)

    assert all(since <= one.first for one in owed)
    assert set(owed_on(today)) - set(owed) == {one for one in owed_on(today) if one.first < since}
    assert covered(owed_on(today), since=None) == ()


@pytest.mark.parametrize("code", ["", "x", "2018q5", "2018q0", "18q1", "2018q1 ", "1899", "9999q1", "２０１８q1"])
def test_given_no_code_when_read_then_it_names_no_period(code: str) -> None:
    assert period_of(code) is None


def test_given_a_table_when_handed_in_then_it_is_over_signed_and_scanned() -> None:
    first = Period(2018, 1)

    def said(**more: object) -> str:
        facts = {"today": date(2018, 4, 1), "signed_by": "张三", "scans": 1} | more
        return table_refused(first, **facts)  # type: ignore[arg-type] # -- a test's short hand

    assert said() == ""
    assert said(today=date(2018, 3, 31)) == "2018年第一季度还没有结束，结束后打印、签字再交。"
    assert said(signed_by=" ") == "请写明签字的主要负责人。"
    assert said(scans=0) == "请附主要负责人签字的统计表（拍照或扫描件）。"
