"""The calendar: festivals, the law's own days, notices, and years without one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.standards.data import noticed_years
from bihuan.standards.rules import (
    FIRST_YEAR,
    LAST_YEAR,
    CalendarYear,
    DayKind,
    Festival,
    SpecialDay,
    festival_on,
    moved_days,
    provisional_year,
    work_calendar,
)

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
SINCE_2008 = [year for year in noticed_years() if year >= 2008]


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("春节", 2018, date(2018, 2, 16)),
        ("除夕", 2018, date(2018, 2, 15)),
        ("元旦", 2018, date(2018, 1, 1)),
        ("清明", 2018, date(2018, 4, 5)),
        ("五一", 2018, date(2018, 5, 1)),
        ("劳动节", 2018, date(2018, 5, 1)),
        ("端午", 2018, date(2018, 6, 18)),
        ("中秋节", 2018, date(2018, 9, 24)),
        ("国庆", 2018, date(2018, 10, 1)),
        ("春节", 2035, date(2035, 2, 8)),
        ("春节", 2099, None),
        ("元宵", 2018, None),
    ],
)
def test_given_a_festival_when_its_day_is_asked_then_it_is_the_festival_itself(
    name: str, year: int, expected: date | None
) -> None:
    assert festival_on(name, year) == expected


@pytest.mark.parametrize("year", SINCE_2008)
def test_given_a_notice_when_compared_then_every_festival_of_our_table_is_a_day_off(year: int) -> None:
    calendar = work_calendar([noticed_years()[year]])

    working = [name for name in Festival if calendar.is_working_day(festival_on(name, year) or date.max)]

    assert working == []


@pytest.mark.parametrize("year", [year for year in SINCE_2008 if year < 2026])
def test_given_a_notice_when_compared_then_no_day_that_the_law_gives_is_missing(year: int) -> None:
    """A festival's own days are off, but for those that a notice may move within the 2008-2013 and later editions."""
    calendar = work_calendar([noticed_years()[year]])

    missing = [special.day for special in provisional_year(year).days if calendar.is_working_day(special.day)]

    assert missing == []


def test_given_2018_when_the_seed_is_read_then_the_spring_festival_is_as_announced() -> None:
    year = noticed_years()[2018]
    spring = [special for special in year.days if special.name == "春节"]

    assert [s.day for s in spring if s.kind is DayKind.HOLIDAY] == [date(2018, 2, day) for day in range(15, 22)]
    assert [s.day for s in spring if s.kind is DayKind.WORKDAY] == [date(2018, 2, 11), date(2018, 2, 24)]


@pytest.mark.parametrize(("year", "days"), [(2007, 10), (2010, 11), (2018, 11), (2025, 13), (2030, 13)])
def test_given_an_edition_of_the_law_when_a_year_has_no_notice_then_it_gives_that_many_days(
    year: int, days: int
) -> None:
    made = provisional_year(year)

    assert made.provisional
    # a festival that falls on another (中秋 on 国庆) gives its day once
    assert len(made.days) == days


@pytest.mark.parametrize("year", YEARS)
def test_given_a_year_without_notice_when_read_then_it_refuses_nothing_and_is_marked(year: int) -> None:
    calendar = work_calendar([provisional_year(year)])

    assert calendar.is_provisional(date(year, 7, 1))
    assert not calendar.is_working_day(date(year, 1, 1))
    assert calendar.add_working_days(date(year, 7, 1), 3) > date(year, 7, 3)


def test_given_a_year_beyond_the_table_when_made_provisional_then_the_fixed_festivals_still_stand() -> None:
    assert [s.day for s in provisional_year(2060).days] == [
        date(2060, 1, 1),
        date(2060, 5, 1),
        date(2060, 5, 2),
        date(2060, 10, 1),
        date(2060, 10, 2),
        date(2060, 10, 3),
    ]


@given(st.sampled_from(sorted(noticed_years())), st.integers(0, 365))
def test_given_a_notice_in_place_of_a_provisional_year_when_a_day_moves_then_it_is_named(
    year: int, offset: int
) -> None:
    old, new = provisional_year(year), noticed_years()[year]
    before, after = work_calendar([old]), work_calendar([new])
    day = date(year, 1, 1) + timedelta(days=offset)

    assert (day in moved_days(old, new)) == (before.is_working_day(day) != after.is_working_day(day))


def test_given_the_same_year_twice_when_compared_then_nothing_moves() -> None:
    year = noticed_years()[2018]
    renamed = CalendarYear(2018, tuple(SpecialDay(s.day, s.kind, "别名") for s in year.days), "别的来源")

    assert moved_days(year, renamed) == ()
