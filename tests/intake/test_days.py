"""Dates and deadlines in all the forms of R3.32."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.intake.rules.days import Anchor, read_day
from bihuan.intake.rules.deadlines import read_deadline
from tests.intake.reading import CLOCK, FOUND

SAME = FOUND.day.isoformat()
DEADLINES = {
    "2018.2.9": "2018-02-09",
    "2018/2/9": "2018-02-09",
    "2018-02-09": "2018-02-09",
    "2018年2月9日": "2018-02-09",
    "２０１８．２．９": "2018-02-09",
    "二〇一八年二月九日": "2018-02-09",
    "二月九日": "2018-02-09",
    "2018 年 2 月 9 日前": "2018-02-09",
    "20180209": "2018-02-09",
    "18.2.9": "2018-02-09",
    "2/9/2018": "2018-02-09",
    "43140": "2018-02-09",
    "2.9": "2018-02-09",
    "2/9": "2018-02-09",
    "2月9号": "2018-02-09",
    "2月15日前完成": "2018-02-15",
    "2.5-2.7": "2018-02-07",
    "2月5日-7日": "2018-02-07",
    "2018.2.5至2018.2.7": "2018-02-07",
    "2月底前": "2018-02-28",
    "2月底": "2018-02-28",
    "二月底前": "2018-02-28",
    "2018年3月底前": "2018-03-31",
    "月底前": "2018-01-31",
    "下月底": "2018-02-28",
    "3月上旬": "2018-03-10",
    "3月中旬": "2018-03-20",
    "3月下旬": "2018-03-31",
    "2018/3/上旬": "2018-03-10",
    "2018.3.中旬": "2018-03-20",
    "3-下旬": "2018-03-31",
    "元宵节前": "2018-03-01",
    "正月十五前": "2018-03-01",
    "年底前": "2018-12-31",
    "一季度末": "2018-03-31",
    "2018年2月": "2018-02-28",
    "2月": "2018-02-28",
    "立即": SAME,
    "立行立改": SAME,
    "即查即改": SAME,
    "当场整改": SAME,
    "立即整改，最迟2月9日": "2018-02-09",
    "3日内": "2018-01-22",
    "三日内": "2018-01-22",
    "限7日": "2018-01-26",
    "15天": "2018-02-03",
    "一周内": "2018-01-26",
    "两周内": "2018-02-02",
    "半个月内": "2018-02-03",
    "1个月内": "2018-02-19",
    "24小时内": "2018-01-20",
    "5个工作日内": "2018-01-26",
    "春节前": "2018-02-15",
    "2018年春节前": "2018-02-15",
    "年前": "2018-02-15",
    "节前": "2018-02-15",
    "五一前": "2018-04-30",
    "国庆前": "2018-09-30",
    "元旦前": "2018-12-31",
    "1月15日前": "2018-01-15",
    "25日前": "2018-01-25",
}
WITHOUT_DAY = {
    "长期坚持": "no_deadline",
    "持续": "no_deadline",
    "节后": "resumption",
    "复工前": "resumption",
    "春节后复工前": "resumption",
    "已整改": "claim_in_deadline",
    "厂长出差": "unclear",
    "两会前": "unclear",
}
IMPOSSIBLE = (
    "1899-12-31",
    "2999-1-1",
    "2018.2.30",
    "2018年13月45日前2月31日",
    date(1899, 12, 31),
    datetime(2999, 1, 1),  # noqa: DTZ001 -- Excel gives naive ones
)


@pytest.mark.parametrize("text", DEADLINES)
def test_given_a_deadline_in_words_when_read_then_it_is_that_day(text: str) -> None:
    reading = read_deadline(text, FOUND, CLOCK)

    assert reading.day is not None
    assert reading.day.isoformat() == DEADLINES[text]
    assert reading.problem == ""


@pytest.mark.parametrize("text", WITHOUT_DAY)
def test_given_words_without_a_day_when_read_then_the_deadline_waits_for_a_person(text: str) -> None:
    reading = read_deadline(text, FOUND, CLOCK)

    assert (reading.day, reading.doubt) == (None, WITHOUT_DAY[text])


@pytest.mark.parametrize("cell", IMPOSSIBLE)
def test_given_an_impossible_day_when_read_then_it_is_a_problem_with_a_sentence(cell: date | str) -> None:
    for reading in (read_deadline(cell, FOUND, CLOCK), read_day(cell, FOUND)):
        assert reading.day is None
        assert reading.problem.endswith("请核对后改成正确的日期")


def test_given_words_that_need_a_first_day_when_there_is_none_then_it_says_so() -> None:
    vague = Anchor(date(2018, 1, 31), exact=False)

    assert read_deadline("3日内", vague, CLOCK).doubt == "no_base_day"
    assert read_deadline("立行立改", vague, CLOCK).doubt == "no_base_day"


def test_given_the_spring_festival_when_read_then_the_last_working_day_is_offered_too() -> None:
    reading = read_deadline("春节前", FOUND, CLOCK)

    assert reading.options == (date(2018, 2, 14), date(2018, 2, 15))


def test_given_a_number_that_lost_its_nought_when_read_then_both_days_are_offered() -> None:
    reading = read_day(2.1, FOUND)

    assert (reading.doubt, reading.options) == ("cut_number", (date(2018, 2, 1), date(2018, 2, 10)))


def test_given_a_day_without_year_when_the_year_turns_then_repairs_look_forward_and_findings_back() -> None:
    found = date(2017, 12, 25)

    assert read_day("1.31", Anchor(found)).day == date(2018, 1, 31)
    assert read_day("12.20", Anchor(date(2018, 1, 30), forward=False)).day == date(2017, 12, 20)


days = st.dates(date(2000, 1, 1), date(2027, 12, 31))
FORMS = (
    "{y}.{m}.{d}",
    "{y}/{m}/{d}",
    "{y}-{m:02}-{d:02}",
    "{y}年{m}月{d}日",
    "{y}年{m}月{d}日前",
    "{y}{m:02}{d:02}",
    " {y} . {m} . {d} ",
)


@pytest.mark.property
@given(day=days, form=st.sampled_from(FORMS), around=days)
def test_given_any_whole_day_in_any_form_when_read_then_it_is_that_day_whatever_the_anchor(
    day: date, form: str, around: date
) -> None:
    text = form.format(y=day.year, m=day.month, d=day.day)
    anchor = Anchor(around.replace(year=2018, day=1))

    assert read_day(text, anchor).day == day
    assert read_deadline(text, anchor, CLOCK).day == day


@pytest.mark.property
@given(found=days, after=st.integers(min_value=0, max_value=300))
def test_given_a_day_without_year_after_the_finding_when_read_then_the_year_is_right(found: date, after: int) -> None:
    day = found + timedelta(days=after)

    reading = read_day(f"{day.month}月{day.day}日", Anchor(found))

    assert reading.day == day


@pytest.mark.property
@given(day=days)
def test_given_an_excel_serial_when_read_then_it_is_that_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days

    assert read_day(float(serial), FOUND).day == read_day(str(serial), FOUND).day == day


@pytest.mark.property
@given(text=st.text(max_size=40))
def test_given_any_text_when_read_then_it_is_a_day_a_doubt_or_a_problem_and_never_an_error(text: str) -> None:
    for reading in (read_day(text, FOUND), read_deadline(text, FOUND, CLOCK)):
        assert reading.day is None or 2000 <= reading.day.year <= 2028


@pytest.mark.property
@given(text=st.text(alphabet="0123456789年月日号.-/前内底上中下旬春节元旦立即周天个工作日一二三十至 ", max_size=16))
def test_given_any_mixture_of_date_words_when_read_then_nothing_breaks(text: str) -> None:
    for reading in (read_day(text, FOUND), read_deadline(text, FOUND, CLOCK)):
        assert reading.day is None or not reading.problem
