"""What the list claims: status, level, yes and no, money (R3.33, R0.4)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.intake.rules.claims import Claim, LevelReading, read_closed, read_level, read_status, read_yes_no
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.money import MoneyReading, read_money
from tests.intake.reading import read_rows

STATUS: dict[str | float, Claim] = {
    **dict.fromkeys(
        ("已整改", "已完成", "整改到位", "√", "是", "100%", "整改完毕", "已整改未销号", "3/3", 1.0), Claim.RECTIFIED
    ),
    **dict.fromkeys(("已整改，未销号", "2.8已整改到位", "整改完成待复查", "✓"), Claim.RECTIFIED),
    **dict.fromkeys(("已销号", "已闭环", "已整改，已销号", "已办结"), Claim.CLOSED),
    **dict.fromkeys(
        ("整改中", "正在整改", "基本完成", "部分完成", "50%", 0.5, 50, "2/3", "已整改2条，1条未整改"), Claim.IN_PROGRESS
    ),
    **dict.fromkeys(
        ("未整改", "未完成", "×", "否", "", "0", "0%", 0.0, "待整改", "尚未开始", "/", "未到位"), Claim.OPEN
    ),
}


@pytest.mark.parametrize("cell", STATUS)
def test_given_a_status_in_any_words_when_read_then_it_is_that_claim(cell: str | float) -> None:
    reading = read_status(cell)

    assert (reading.claim, reading.unclear) == (STATUS[cell], False)


def test_given_unknown_words_when_read_then_the_claim_is_open_and_doubted() -> None:
    reading = read_status("厂长出差")

    assert (reading.claim, reading.unclear) == (Claim.OPEN, True)


@pytest.mark.parametrize(
    ("text", "level", "remark"),
    [
        ("一般", "general", ""),
        ("一般隐患", "general", ""),
        ("重大", "major", ""),
        ("重大事故隐患", "major", ""),
        ("较大", None, "较大"),
        ("重点", None, "重点"),
        ("轻微", None, "轻微"),
        ("", None, ""),
        ("/", None, ""),
    ],
)
def test_given_a_level_when_read_then_only_the_two_legal_grades_are_levels(
    text: str, level: str | None, remark: str
) -> None:
    reading = read_level(text)

    assert (reading.level, reading.remark) == (level, remark)


@pytest.mark.parametrize(
    ("text", "asks_major"),
    [("一般（重大）", False), ("一般/重大", False), ("重大（一般）", False), ("是/否", True), ("是，一般", True)],
)
def test_given_both_grades_in_one_cell_when_read_then_it_is_neither(text: str, asks_major: bool) -> None:  # noqa: FBT001 -- a table
    assert read_level(text, asks_major=asks_major) == LevelReading(level=None, remark=text, both=True)


@pytest.mark.parametrize(
    ("text", "level"), [("一般（非重大）", "general"), ("一般，不属于重大", "general"), ("重大（不是一般）", "major")]
)
def test_given_a_grade_that_says_which_it_is_not_when_read_then_it_is_the_other(text: str, level: str) -> None:
    assert read_level(text) == LevelReading(level=level)


def test_given_both_grades_in_one_cell_when_a_row_is_read_then_it_is_doubted_and_has_no_level() -> None:
    found = read_rows(["序号", "企业名称", "隐患描述", "隐患级别"], [1, "甲厂", "无护栏", "一般/重大"])

    assert [(item.level, item.texts[Field.LEVEL]) for item in found.items] == [(None, "一般/重大")]
    assert [(doubt.code, doubt.column) for doubt in found.doubts] == [("level_both", "D")]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("是", True),
        ("√", True),
        ("已立案", True),
        ("否", False),
        ("未约谈", False),
        ("×", False),
        ("", None),
        ("待定", None),
    ],
)
def test_given_a_yes_or_no_when_read_then_it_is_that_answer(text: str, answer: bool | None) -> None:  # noqa: FBT001 -- a table
    assert read_yes_no(text) is answer


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("20000元", 20000),
        ("0.5万", 5000),
        ("2万元", 20000),
        ("1.5万元+2000元", 17000),
        ("￥3,000", 3000),
        ("伍仟元", 5000),
        ("二万元", 20000),
        (5000, 5000),
        ("罚款5000元", 5000),
        ("单位2万、个人0.5万", 25000),
        ("1、单位2万元；2、个人5000元", 25000),
        ("单位2万元，个人五千元", 25000),
        ("2万5千元", 25000),
        ("20000元（贰万元）", 20000),
        ("2.5万元（单位2万元、个人0.5万元）", 25000),
        ("2018年2月9日罚款2000元", 2000),
        ("2018.2.9罚款2000元", 2000),
        ("2000元（苏常金安监罚〔2018〕3号）", 2000),
        ("（2）2000", 2000),
        ("依据第94条罚款2万元", 20000),
        ("否", None),
        ("/", None),
    ],
)
def test_given_a_fine_in_any_unit_when_read_then_it_is_yuan(cell: str | int, yuan: int | None) -> None:
    assert read_money(cell).yuan == yuan


@pytest.mark.parametrize(
    "cell",
    [
        *("1.2.3", "1e3", "-5", "5000-10000元", "2000、3000", "1万5", "两三千元", "2000元/人", "对2人各罚5000元"),
        *(
            "罚款2万元，已缴1万元",
            "由5000元改为3000元",
            "10万元以下",
            "50,00",
            "常应急罚〔2021〕12号",
            "警告",
            "9" * 40,
        ),
        *(-3, 1e20, 1_000_000_001, float("nan")),
    ],
)
def test_given_an_amount_that_could_be_read_in_two_ways_when_read_then_it_is_unclear(cell: str | float) -> None:
    assert read_money(cell) == read_money(cell, factor=Decimal(10_000)) == MoneyReading(yuan=None, unclear=True)


def test_given_an_amount_in_tens_of_thousands_that_nobody_means_when_read_then_it_is_unclear() -> None:
    assert read_money(100_001, factor=Decimal(10_000)) == MoneyReading(yuan=None, unclear=True)


def test_given_a_fine_that_is_unclear_when_a_row_is_read_then_it_is_doubted_and_its_words_stay() -> None:
    found = read_rows(["序号", "企业名称", "隐患描述", "罚款金额"], [1, "甲厂", "无护栏", "1.2.3"])

    assert [(item.values.get(Field.FINE), item.texts[Field.FINE]) for item in found.items] == [(None, "1.2.3")]
    assert [(doubt.code, doubt.column) for doubt in found.doubts] == [("fine_unclear", "D")]


@pytest.mark.property
@given(fen=st.integers(min_value=0, max_value=10**10))
def test_given_any_amount_when_written_in_either_unit_then_both_say_the_same(fen: int) -> None:
    yuan = Decimal(fen) / 100

    assert (
        read_money(f"{yuan}元").yuan == read_money(f"{yuan}", factor=Decimal(1)).yuan == yuan.quantize(Decimal("0.01"))
    )
    assert read_money(f"{yuan / 10000}万元").yuan == yuan.quantize(Decimal("0.01"))


@pytest.mark.property
@given(text=st.text(max_size=60))
def test_given_any_text_when_read_as_claim_then_there_is_always_one(text: str) -> None:
    assert read_status(text).claim in set(Claim)
    assert read_level(text).level in {None, "general", "major"}
    money = read_money(text)
    assert money.yuan is None or money.yuan >= 0


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *dict.fromkeys(("是", "√", "已销号", "销号", "已闭环", "验收合格", "已完成", "是（已复查）"), True).items(),
        *dict.fromkeys(("复查通过", "已整改并销号", "1"), True).items(),
        *dict.fromkeys(("否", "×", "/", "未销号", "已整改完毕，未销号", "已整改待复查", "尚未闭环"), False).items(),
        *dict.fromkeys(
            ("已整改，待上级验收", "没有销号", "申请销号", "销号中", "是，待验收", "验收不合格"), False
        ).items(),
        *dict.fromkeys(("", "已整改", "已约谈", "有人看过"), None).items(),
    ],
)
def test_given_a_closing_column_when_read_then_only_what_says_closed_is(text: str, answer: bool | None) -> None:  # noqa: FBT001 -- a table
    assert read_closed(text) is answer


def test_given_a_closing_column_in_words_that_say_neither_when_read_then_it_is_doubted() -> None:
    found = read_rows(HEAD, [1, "甲厂", "2018-01-05", "无护栏", "√", "", "再说", ""])

    assert [(item.claim, item.values[Field.CLOSED]) for item in found.items] == [(Claim.RECTIFIED, None)]
    assert [(doubt.code, doubt.column) for doubt in found.doubts] == [("closed_unclear", "G")]


HEAD = ["序号", "企业名称", "检查日期", "隐患描述", "整改情况", "完成时间", "是否销号", "销号时间"]


@pytest.mark.parametrize(
    ("status", "done", "closed", "closed_on", "claim"),
    [
        ("", "", "", "", Claim.OPEN),
        ("√", "1.27", "是", "", Claim.CLOSED),
        ("", "1.27", "", "", Claim.RECTIFIED),
        ("", "已整改到位", "", "", Claim.RECTIFIED),
        ("", "", "", "2018.2.1", Claim.CLOSED),
        ("未整改", "1.27", "是", "", Claim.OPEN),
        ("整改中", "", "否", "", Claim.IN_PROGRESS),
        ("", "", "未销号", "", Claim.OPEN),
        ("", "2018.5.1", "", "", Claim.OPEN),
        ("", "", "已整改完毕，未销号", "", Claim.RECTIFIED),
        ("", "", "已整改待复查", "", Claim.RECTIFIED),
        ("", "", "已整改，待上级验收", "", Claim.RECTIFIED),
        ("", "", "2018.2.9已整改，未销号", "", Claim.RECTIFIED),
        ("未整改", "", "已整改待复查", "", Claim.OPEN),
        ("", "", "2018.2.9", "", Claim.CLOSED),
        ("", "", "", "已整改待复查", Claim.RECTIFIED),
        ("", "", "", "已验收合格", Claim.CLOSED),
    ],
)
def test_given_columns_that_claim_together_when_read_then_the_row_has_one_claim(
    status: str, done: str, closed: str, closed_on: str, claim: Claim
) -> None:
    found = read_rows(HEAD, [1, "甲厂", "2018-01-05", "无护栏", status, done, closed, closed_on])

    assert [item.claim for item in found.items] == [claim]
