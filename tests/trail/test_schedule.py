from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail.rules.schedule import MOST_MISSED, UnknownRhythm, due_slots

RHYTHMS = ["every 5 minutes", "hourly", "daily 07:30", "weekly 1 08:00", "monthly 3 00:05"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        ("every 5 minutes", "2018-02-14T09:10"),
        ("hourly", "2018-02-14T09:00"),
        ("daily 07:30", "2018-02-14T07:30"),
        ("daily 23:30", "2018-02-13T23:30"),
        ("weekly 1 08:00", "2018-02-12T08:00"),
        ("monthly 3 00:05", "2018-02-03T00:05"),
        ("monthly 20 00:05", "2018-01-20T00:05"),
    ],
)
def test_given_a_rhythm_that_never_ran_when_asked_then_only_the_newest_turn_is_due(rhythm: str, expected: str) -> None:
    assert due_slots(rhythm, last=None, now=at("2018-02-14T09:14:59")) == [at(expected)]


def test_given_a_turn_exactly_now_when_asked_then_it_is_due() -> None:
    assert due_slots("daily 07:30", last=at("2018-02-13T07:30"), now=at("2018-02-14T07:30")) == [at("2018-02-14T07:30")]


def test_given_three_days_of_downtime_when_asked_then_each_missed_day_is_due_but_only_the_last_hour() -> None:
    days = due_slots("daily 07:30", last=at("2018-02-11T07:30"), now=at("2018-02-14T09:00"))
    hours = due_slots("hourly", last=at("2018-02-11T07:00"), now=at("2018-02-14T09:00"))

    assert days == [at("2018-02-12T07:30"), at("2018-02-13T07:30"), at("2018-02-14T07:30")]
    assert hours == [at("2018-02-14T09:00")]


def test_given_years_of_downtime_when_asked_then_the_catch_up_is_bounded_and_newest() -> None:
    due = due_slots("daily 07:30", last=at("2010-01-01T07:30"), now=at("2018-02-14T09:00"))

    assert len(due) == MOST_MISSED
    assert due[-1] == at("2018-02-14T07:30")


@pytest.mark.parametrize("rhythm", ["sometimes", "daily 25:00", "daily 7:00", "weekly 8 07:00", "monthly 31 07:00", ""])
def test_given_an_unknown_rhythm_when_asked_then_it_is_named(rhythm: str) -> None:
    with pytest.raises(UnknownRhythm, match=repr(rhythm)):
        due_slots(rhythm, last=None, now=at("2018-02-14T09:00"))


@given(
    rhythm=st.sampled_from(RHYTHMS),
    start=st.datetimes(datetime(2017, 1, 1), datetime(2020, 1, 1)),  # noqa: DTZ001 -- the zone is put on below
    steps=st.lists(st.integers(1, 60 * 24 * 9), max_size=12),
)
def test_given_ticks_at_any_time_when_they_follow_each_other_then_no_turn_comes_twice_or_ahead(
    rhythm: str, start: datetime, steps: list[int]
) -> None:
    now = start.replace(tzinfo=SHANGHAI)
    taken: list[datetime] = []

    for minutes in steps:
        now += timedelta(minutes=minutes)
        due = due_slots(rhythm, last=taken[-1] if taken else None, now=now)
        assert all(slot <= now for slot in due)
        taken += due

    assert taken == sorted(set(taken))
    assert due_slots(rhythm, last=taken[-1] if taken else now, now=now) == []
