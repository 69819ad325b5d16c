"""Numbers as people write them, and what is no number; no text makes the judge raise or take long."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level
from bihuan.standards.rules.determine.amounts import amounts
from bihuan.standards.rules.determine.numerals import number_of

COLD = Enterprise("水产品速冻", ("工贸",), ("液氨制冷",))
WINTER = date(2018, 1, 10)
SUMMER = date(2023, 8, 1)


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("一万三千", 13_000),
        ("两万五", 25_000),
        ("两万零五", 20_005),
        ("2万5千", 25_000),
        ("1.2万", 12_000),
        ("一点五万", 15_000),
        ("十二万", 120_000),
        ("1.2亿", 120_000_000),
        ("一亿两千万", 120_000_000),
        ("3千5", 3_500),
        ("零点零二五", 0.025),
        ("一百五", 150),
    ],
)
def test_given_a_number_in_any_writing_when_read_then_it_is_known(text: str, is_number: float) -> None:
    assert number_of(text) == is_number


@pytest.mark.parametrize("text", ["万", "点五", "一点", "9" * 13, "一" * 310, "人", "", "nan", "inf", "1e9"])
def test_given_what_nobody_writes_for_a_number_when_read_then_it_is_none(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("三百千克", 300, "公斤"),
        ("3千公斤", 3000, "公斤"),
        ("10千克", 10, "公斤"),
        ("200千帕", 200, "千帕"),
        ("二十万发", 20, "万发"),
        ("20万发", 20, "万发"),
    ],
)
def test_given_a_unit_that_begins_with_a_number_when_read_then_it_stays_the_unit(
    text: str, low: float, unit: str
) -> None:
    assert [(one.low, one.unit) for one in amounts(text)] == [(low, unit)]


@pytest.mark.parametrize("text", ["一" * 310 + "人", "9" * 310 + "人", "9" * 13 + "人", "万" * 20 + "公斤"])
def test_given_more_digits_than_any_number_has_when_read_then_there_is_no_quantity(text: str) -> None:
    assert amounts(text) == []


def test_given_a_number_beyond_reason_when_judged_then_it_says_nothing_of_how_many_work_there() -> None:
    found = read_judge().by_conditions.determine(Case("速冻机没隔间，" + "一" * 310 + "人", WINTER, COLD))

    assert found.level is Level.OPEN


ODD = st.lists(
    st.one_of(
        st.text("0123456789.", max_size=40),
        st.text("零一二两三五九十百千万亿点半几多余来", max_size=40),
        st.sampled_from(
            "人 名 个 公斤 千克 米 千帕 万发 % 成 分之 到 、 , ; 以上 超过 不足 核定 定员 离 速冻机 砂光机".split()
        ),
        st.sampled_from("2026-10-15 9月30日 13月40日 99999999年 2月30日 到期 有效期至 下月 上个月".split()),
        st.text("abcxyzMPk㎡①½٣", max_size=5),
    ),
    max_size=12,
).map("".join)


@pytest.mark.property
@settings(deadline=None)
@given(ODD)
def test_given_any_digits_units_and_letters_when_judged_then_it_answers(text: str) -> None:
    found = read_judge().determine(Case(text, SUMMER, COLD))

    assert found.level in set(Level)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 20_000,
        "9" * 4_000,
        "一" * 4_000,
        "九人" * 2_000,
        "9分" * 2_000,
        "千" * 4_000,
        "9.9" * 1_300,
        "离9米" * 1_300,
    ],
    ids=["long digits", "digits", "ones", "people", "parts", "thousands", "points", "metres"],
)
def test_given_thousands_of_digits_when_read_then_it_takes_a_moment(text: str) -> None:
    begun = time.process_time()
    amounts(text)

    assert time.process_time() - begun < 0.5
