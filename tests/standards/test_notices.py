"""A holiday notice is read as it is printed, and a year is written so that it reads back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.standards.data import noticed_years
from bihuan.standards.rules import (
    CalendarYear,
    DayKind,
    SpecialDay,
    lay_holidays,
    provisional_year,
    read_holiday_notice,
    work_calendar,
    write_holiday_notice,
)

NOTICE_2018 = """国务院办公厅关于2018年部分节假日安排的通知
各省、自治区、直辖市人民政府：
现将2018年元旦、春节等放假调休日期的具体安排通知如下。
一、元旦：1月1日放假，与周末连休。
二、春节：2月15日至21日放假调休，共7天。2月11日（星期日）、2月24日（星期六）上班。
三、清明节：4月5日至7日放假调休，共3天。4月8日（星期日）上班。
四、劳动节：4月29日至5月1日放假调休，共3天。4月28日（星期六）上班。
五、端午节：6月18日放假，与周末连休。
六、中秋节：9月24日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期六）、9月30日（星期日）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""


def test_given_the_notice_of_2018_when_read_then_it_agrees_with_the_seed_on_every_day() -> None:
    notice = read_holiday_notice(NOTICE_2018, year=2018)

    assert notice.problems == ()
    ours = work_calendar([CalendarYear(2018, notice.days, "通知")])
    seed = work_calendar([noticed_years()[2018]])
    days = [
        date(2018, 1, 1) + timedelta(days=offset) for offset in range(362)
    ]  # from 29 December on the next notice rules
    assert [day for day in days if ours.is_working_day(day) != seed.is_working_day(day)] == []


def test_given_a_notice_that_reaches_back_when_laid_then_the_year_before_takes_its_days() -> None:
    text = "元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。"
    notice = read_holiday_notice(text, year=2019)

    laid = lay_holidays(CalendarYear(2019, notice.days, "通知"), {2018: CalendarYear(2018, (), "旧")})

    assert [new.year for _, new in laid] == [2018, 2019]
    assert [(one.day, one.kind) for one in laid[0][1].days] == [
        (date(2018, 12, 29), DayKind.WORKDAY),
        (date(2018, 12, 30), DayKind.HOLIDAY),
        (date(2018, 12, 31), DayKind.HOLIDAY),
    ]
    assert laid[0][1].source == "旧"


@pytest.mark.parametrize("year", sorted(noticed_years()))
def test_given_any_seeded_year_when_written_then_it_reads_back_to_the_same_days(year: int) -> None:
    seed = noticed_years()[year]

    notice = read_holiday_notice(write_holiday_notice(seed), year=year)

    assert notice.problems == ()
    assert notice.days == seed.days


DAYS = st.dictionaries(
    st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    st.tuples(st.sampled_from(DayKind), st.sampled_from(["春节", "国庆节、中秋节", "其他"])),
    max_size=40,
)


@given(DAYS)
def test_given_any_days_when_written_then_they_read_back(days: dict[date, tuple[DayKind, str]]) -> None:
    lawful = {day: said for day, said in days.items() if said[0] is DayKind.HOLIDAY or day.weekday() >= 5}
    year = CalendarYear(2027, tuple(SpecialDay(day, *lawful[day]) for day in sorted(lawful)), "通知")

    notice = read_holiday_notice(write_holiday_notice(year), year=2027)

    assert notice.days == year.days
    assert bool(notice.problems) == (not lawful)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有读到放假或上班的日期"),
        ("春节：2月30日放假。", "第1行：“2月30日”不是有效的日期"),
        ("春节：2月15日至2日放假。", "起止日期不对"),
        ("春节：2月15日放假。2月12日上班。", "星期一，本来就上班"),
        ("春节：2月17日放假。2月17日上班。", "既写了放假又写了上班"),
        ("春节：2月15日至21日。", "没有写明放假还是上班"),
        ("2月15日至21日放假。", "没有节日名称和冒号"),
        ("春节：15日放假。", "不是有效的日期"),
    ],
)
def test_given_a_slip_when_read_then_the_answer_says_where_and_what_to_do(text: str, says: str) -> None:
    problems = read_holiday_notice(text, year=2018).problems

    assert len(problems) == 1
    assert says in problems[0]
    assert "请" in problems[0]


@given(st.text(max_size=300))
def test_given_any_text_when_read_then_nothing_breaks(text: str) -> None:
    notice = read_holiday_notice(text, year=2027)

    assert bool(notice.days) or bool(notice.problems)


def test_given_a_provisional_year_when_written_then_it_can_be_edited_from_there() -> None:
    assert (
        read_holiday_notice(write_holiday_notice(provisional_year(2030)), year=2030).days == provisional_year(2030).days
    )
