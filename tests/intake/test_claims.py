"""What the list claims: status, level, yes and no, money (R3.33, R0.4)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.intake.rules.claims import Claim, read_level, read_status, read_yes_no
from bihuan.intake.rules.money import read_money
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
        ("否", None),
        ("/", None),
    ],
)
def test_given_a_fine_in_any_unit_when_read_then_it_is_yuan(cell: str | int, yuan: int | None) -> None:
    assert read_money(cell).yuan == yuan


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
    ],
)
def test_given_columns_that_claim_together_when_read_then_the_row_has_one_claim(
    status: str, done: str, closed: str, closed_on: str, claim: Claim
) -> None:
    found = read_rows(HEAD, [1, "甲厂", "2018-01-05", "无护栏", status, done, closed, closed_on])

    assert [item.claim for item in found.items] == [claim]
