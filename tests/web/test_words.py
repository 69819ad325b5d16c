"""Dates, deadlines and amounts as people write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from bihuan.kernel.calendar import SHANGHAI, WorkCalendar
from bihuan.web.words import (
    Chip,
    before_holiday,
    day_words,
    due_chip,
    holiday_words,
    moment_words,
    money_words,
    period_words,
)

TODAY = date(2018, 2, 14)
SPRING = WorkCalendar(
    holidays=frozenset(date(2018, 2, day) for day in range(15, 22)),
    workdays=frozenset({date(2018, 2, 11), date(2018, 2, 24)}),
)


def test_given_this_years_day_when_written_then_the_year_is_left_out() -> None:
    assert day_words(date(2018, 2, 9), today=TODAY) == "2月9日"
    assert day_words(date(2017, 12, 18), today=TODAY) == "2017年12月18日"
    assert day_words(date(2017, 12, 18)) == "2017年12月18日"


def test_given_an_instant_when_written_then_it_is_in_local_time() -> None:
    assert moment_words(datetime(2018, 2, 9, 14, 32, tzinfo=SHANGHAI), today=TODAY) == "2月9日 14:32"


def test_given_a_period_when_written_then_a_long_dash_joins_it() -> None:
    assert period_words(date(2018, 2, 1), date(2018, 3, 31), today=TODAY) == "2月1日—3月31日"


@pytest.mark.parametrize(
    ("value", "name", "before", "chip"),
    [
        (date(2018, 2, 9), "", None, Chip("逾期 5 天", "over", "2月9日 星期五")),
        (date(2018, 2, 11), "复查", None, Chip("复查逾期 3 天", "over", "2月11日 星期日")),
        (date(2018, 2, 14), "", None, Chip("今天到期", "soon", "2月14日 星期三")),
        (datetime(2018, 2, 14, 17, 0, tzinfo=SHANGHAI), "", None, Chip("今天 17:00", "soon", "2月14日 星期三 17:00")),
        (date(2018, 2, 15), "", None, Chip("剩 1 天", "soon", "2月15日 星期四")),
        (date(2018, 2, 19), "", date(2018, 2, 14), Chip("节前须办", "soon", "2月19日 星期一")),
        (date(2018, 2, 19), "验收", None, Chip("验收剩 5 天", "", "2月19日 星期一")),
    ],
)
def test_given_a_deadline_when_drawn_then_the_chip_says_how_long(
    value: date, name: str, before: date | None, chip: Chip
) -> None:
    assert due_chip(value, today=TODAY, name=name, before=before) == chip


def test_given_an_amount_when_written_then_ten_thousands_are_wan() -> None:
    assert [money_words(Decimal(one)) for one in ("3600", "168000", "1234567.5")] == [
        "3,600 元",
        "16.8 万元",
        "123.46 万元",
    ]
    assert money_words(None) == "—"


def test_given_a_deadline_in_a_holiday_when_asked_then_the_last_working_day_before_is_named() -> None:
    assert before_holiday(SPRING, date(2018, 2, 19)) == TODAY
    assert before_holiday(SPRING, date(2018, 2, 22)) is None
    assert before_holiday(SPRING, date(2018, 2, 4)) is None  # a plain Sunday


def test_given_a_holiday_at_hand_when_said_then_it_names_when_work_goes_on() -> None:
    assert holiday_words(SPRING, TODAY) == "明天起放假，2月22日上班"
    assert holiday_words(SPRING, date(2018, 2, 12)) == "2月15日起放假，2月22日上班"
    assert holiday_words(SPRING, date(2018, 2, 20)) == "今天放假，2月22日上班"
    assert holiday_words(SPRING, date(2018, 2, 5)) == ""
