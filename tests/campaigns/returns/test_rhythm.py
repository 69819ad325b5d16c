"""When returns are owed, of which days they speak; and the table of a return's life, exhaustively."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bihuan.campaigns.rules.returns.builtin import BUILT_IN, laid_out
from bihuan.campaigns.rules.returns.deadlines import deadline_read
from bihuan.campaigns.rules.returns.life import (
    ACT_NAMES,
    STATE_NAMES,
    STEPS,
    Hand,
    ReturnAct,
    ReturnState,
    must,
    open_acts,
    step_for,
)
from bihuan.campaigns.rules.returns.rhythm import (
    Rhythm,
    cumulative_since,
    current,
    due_on,
    due_words,
    period_words,
    periods,
    sent_from,
)
from bihuan.kernel.calendar import SHANGHAI, day_of, end_of
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.standards.rules import SECTOR_NAMES

DAYS = st.dates(date(2012, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("rhythm", "day", "since", "until", "hour"),
    [
        (Rhythm.DAILY, date(2018, 2, 15), date(2018, 2, 14), date(2018, 2, 14), (15, 16)),
        (Rhythm.WEEKLY, date(2018, 1, 19), date(2018, 1, 12), date(2018, 1, 18), (19, 12)),
        (Rhythm.TEN_DAYS, date(2018, 1, 10), date(2018, 1, 1), date(2018, 1, 10), (11, 0)),
        (Rhythm.TEN_DAYS, date(2018, 1, 20), date(2018, 1, 11), date(2018, 1, 20), (21, 0)),
        (Rhythm.TEN_DAYS, date(2018, 1, 31), date(2018, 1, 21), date(2018, 1, 31), (1, 0)),
        (Rhythm.TEN_DAYS, date(2018, 2, 28), date(2018, 2, 21), date(2018, 2, 28), (1, 0)),
        (Rhythm.TEN_DAYS, date(2020, 2, 29), date(2020, 2, 21), date(2020, 2, 29), (1, 0)),
        (Rhythm.TEN_DAYS, date(2018, 4, 30), date(2018, 4, 21), date(2018, 4, 30), (1, 0)),
        (Rhythm.MONTHLY, date(2018, 2, 2), date(2018, 1, 1), date(2018, 1, 31), (3, 0)),
        (Rhythm.QUARTERLY, date(2018, 1, 2), date(2017, 10, 1), date(2017, 12, 31), (3, 0)),
    ],
)
def test_given_a_rhythm_when_a_return_is_owed_then_its_days_and_hour_are_those_of_the_rule(
    rhythm: Rhythm, day: date, since: date, until: date, hour: tuple[int, int]
) -> None:
    found = due_on(rhythm, day)

    assert found is not None
    assert (found.since, found.until) == (since, until)
    assert (found.due_at.day, found.due_at.hour) == hour
    assert found.due_at.tzinfo is SHANGHAI


@pytest.mark.parametrize("rhythm", [one for one in Rhythm if one is not Rhythm.SPECIAL])
@given(first=DAYS)
def test_given_a_year_when_periods_follow_each_other_then_no_day_is_left_out_and_none_comes_twice(
    rhythm: Rhythm, first: date
) -> None:
    found = list(periods(rhythm, first, first + timedelta(days=365)))

    assert all(one.until + timedelta(days=1) == other.since for one, other in pairwise(found))
    assert all(one.since <= one.until and one.due_at >= end_of(one.until) for one in found)
    if rhythm is not Rhythm.TEN_DAYS:  # owed by the last of its days (R9.7), when that is over; all others after it
        assert all(one.due_at > end_of(one.until) for one in found)
    upcoming = current(rhythm, first)
    assert upcoming is not None
    assert upcoming in found


def test_given_no_rhythm_when_asked_then_nothing_is_owed_by_itself() -> None:
    assert list(periods(Rhythm.SPECIAL, date(2018, 1, 1), date(2018, 12, 31))) == []


def test_given_a_start_when_cumulative_days_are_asked_then_without_one_it_is_the_first_of_january() -> None:
    assert cumulative_since(date(2017, 12, 18), date(2018, 1, 18)) == date(2017, 12, 18)
    assert cumulative_since(None, date(2018, 1, 18)) == date(2018, 1, 1)
    assert cumulative_since(date(2018, 2, 1), date(2018, 1, 18)) == date(2018, 1, 1)


def test_given_the_end_of_a_day_when_said_then_it_is_24_oclock_of_that_day() -> None:
    assert due_words(datetime(2018, 3, 3, tzinfo=SHANGHAI)) == "3月2日 24:00"
    assert due_words(datetime(2018, 1, 19, 12, tzinfo=SHANGHAI)) == "1月19日 12:00"


def test_given_periods_when_said_then_a_whole_month_is_one() -> None:
    assert period_words(date(2018, 1, 1), date(2018, 1, 31)) == "2018年1月"
    assert period_words(date(2017, 12, 29), date(2018, 1, 4)) == "2017年12月29日至2018年1月4日"
    assert period_words(date(2018, 1, 5), date(2018, 1, 5)) == "2018年1月5日"
    assert period_words(date(2018, 1, 1), date(2018, 1, 10)) == "2018年1月上旬"
    assert period_words(date(2020, 2, 21), date(2020, 2, 29)) == "2020年2月下旬"
    assert period_words(date(2020, 2, 21), date(2020, 2, 28)) == "2020年2月21日至2月28日"


@given(day=DAYS)
def test_given_any_day_when_a_ten_day_return_is_asked_then_it_falls_due_when_its_calendar_days_are_over(
    day: date,
) -> None:
    found = current(Rhythm.TEN_DAYS, day)

    assert found is not None
    assert found.since <= day <= found.until
    assert found.due_at == end_of(found.until)
    assert (found.since.day, found.until.day) in {(1, 10), (11, 20), (21, monthrange(day.year, day.month)[1])}
    assert sent_from(Rhythm.TEN_DAYS, found.until, found.due_at) == found.until  # before it is due
    weekly = current(Rhythm.WEEKLY, day)
    assert weekly is not None
    assert sent_from(Rhythm.WEEKLY, weekly.until, weekly.due_at) == weekly.until + timedelta(days=1)


def test_given_a_superiors_words_when_they_say_every_ten_days_then_its_days_are_the_calendars() -> None:
    [whole, by_hour, by_days] = [
        deadline_read(text, today=date(2018, 1, 1)) for text in ("每旬末", "每旬末16:00", "每月10日、20日、月底")
    ]

    assert whole is not None
    assert by_hour is not None
    assert by_days is not None
    last = due_on(Rhythm.TEN_DAYS, date(2018, 2, 28), whole.deadline)
    assert last == due_on(Rhythm.TEN_DAYS, date(2018, 2, 28))
    for read in (by_hour, by_days):  # before the hour its last day is not over, and dates name no 旬
        period = due_on(Rhythm.TEN_DAYS, date(2018, 2, 28), read.deadline)
        assert period is not None
        assert (period.since, period.until) == (date(2018, 2, 20), date(2018, 2, 27))


@pytest.mark.parametrize(("act", "state", "hand", "is_own"), list(product(ReturnAct, ReturnState, Hand, (False, True))))
def test_given_a_state_and_a_hand_when_acting_then_it_is_what_the_table_says(
    act: ReturnAct,
    state: ReturnState,
    hand: Hand,
    is_own: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    listed = [step for step in STEPS if step.act is act and state in step.frm and step.by is hand]
    barred = bool(listed) and listed[0].other and is_own

    assert (act in open_acts(state, {hand}, is_own=is_own)) is (bool(listed) and not barred)
    if listed and not barred:
        assert must(act, state, {hand}, is_own=is_own) is (listed[0].to or state)
        return
    with pytest.raises(Refusal) as refused:
        must(act, state, {hand}, is_own=is_own)
    ever = any(step.act is act and step.by is hand for step in STEPS)
    assert isinstance(refused.value, NotAllowed) is (not ever or barred)
    if ever and not barred:
        assert STATE_NAMES[state] in refused.value.say
        assert ACT_NAMES[act] in refused.value.say


def test_given_the_table_when_read_then_each_pair_occurs_once_and_every_state_has_a_way_out() -> None:
    pairs = [(step.act, state, step.by) for step in STEPS for state in step.frm]

    assert len(pairs) == len(set(pairs))
    assert {step.act for step in STEPS} == set(ReturnAct)
    assert {state for step in STEPS for state in step.frm if step.to not in {None, state}} == set(ReturnState)
    assert step_for(ReturnAct.CORRECT, ReturnState.FILLING) is None


@pytest.mark.parametrize("form", BUILT_IN, ids=lambda form: form.code)
def test_given_a_form_of_ours_when_laid_out_then_exactly_its_cells_want_a_number_and_all_are_bound(
    form: object,
) -> None:
    names = {str(code): name for code, name in SECTOR_NAMES.items()}
    grid, bindings = laid_out(form, names)  # type: ignore[arg-type] # -- of the table

    slots = {slot.address for slot in grid.slots()}
    assert slots == set(bindings)
    assert all(set(binding.cells) <= slots for binding in bindings.values())


@given(data=st.data())
def test_given_things_at_any_instant_when_periods_are_added_up_then_each_is_in_exactly_one_and_known_when_it_is_due(
    data: st.DataObject,
) -> None:
    rhythm = data.draw(st.sampled_from([one for one in Rhythm if one is not Rhythm.SPECIAL]))
    first = data.draw(DAYS)
    found = list(periods(rhythm, first, first + timedelta(days=200)))
    assume(found)
    start, end = found[0].since, found[-1].until
    seconds = st.integers(0, int((end_of(end) - end_of(start - timedelta(days=1))).total_seconds()) - 1)
    moments = [
        end_of(start - timedelta(days=1)) + timedelta(seconds=one)
        for one in data.draw(st.lists(seconds, min_size=1, max_size=30))
    ]

    counts = [sum(one.since <= day_of(moment) <= one.until for moment in moments) for one in found]

    assert sum(counts) == sum(start <= day_of(moment) <= end for moment in moments) == len(moments)
    for moment in moments:  # whatever comes between the hour of one and midnight is in the next
        within = [one for one in found if one.since <= day_of(moment) <= one.until]
        assert len(within) == 1
        assert moment < within[0].due_at
