"""Ends of validity that are told by a date, held against the day of the finding."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level
from bihuan.standards.rules.determine.dating import OVER, RUNNING, as_of

AUTUMN = date(2026, 10, 15)
WINTER = date(2018, 1, 15)
WORKS = Enterprise("五金加工", ("工贸",))


@pytest.mark.parametrize(
    ("text", "on", "said"),
    [
        ("叉车司机证2026年11月到期", AUTUMN, RUNNING),
        ("焊工证2028.3.1到期", AUTUMN, RUNNING),
        ("焊工证2026.3.1到期", AUTUMN, OVER),
        ("电工证有效期至2026年10月14日", AUTUMN, OVER),
        ("电工证有效期至2026年10月15日", AUTUMN, RUNNING),
        ("电工证2026年10月到期", AUTUMN, RUNNING),
        ("许可证有效期到2017年12月31日", WINTER, OVER),
        ("许可证12月31日到期", WINTER, OVER),
        ("许可证12月31日到期", AUTUMN, RUNNING),
        ("焊工证1月到期", date(2026, 12, 20), RUNNING),
        ("焊工证9月到期", AUTUMN, OVER),
        ("焊工证有效期到上个月", AUTUMN, OVER),
        ("焊工证有效期到下个月", AUTUMN, RUNNING),
        ("焊工证去年12月到期", AUTUMN, OVER),
        ("焊工证明年3月到期", AUTUMN, RUNNING),
        ("下次检验日期2017年11月", WINTER, OVER),
        ("下次检验日期2018年11月", WINTER, RUNNING),
        ("焊工证26年9月到期", AUTUMN, OVER),
    ],
)
def test_given_an_end_by_its_date_when_read_on_a_day_then_it_is_over_or_not(text: str, on: date, said: str) -> None:
    assert said in as_of(text, on)


@pytest.mark.parametrize(
    "text",
    [
        "2026年2月30日到期",
        "13月到期",
        "整改期限到2026年9月30日",
        "合同期限到2026年9月30日",
        "9999年99月到期",
        "0000年到期",
        "有效",
        "到期",
    ],
)
def test_given_no_such_day_or_another_kind_of_term_when_read_then_the_words_stay(text: str) -> None:
    assert as_of(text, AUTUMN) == text


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("焊工操作证有效期到2026年8月31日，人还在焊", Level.MAJOR),
        ("焊工证上个月到期，人还在焊", Level.MAJOR),
        ("焊工证8月20日到期，人还在焊", Level.MAJOR),
        ("焊工操作证有效期到2027年8月31日，人还在焊", Level.GENERAL),
        ("焊工证2026年11月到期", Level.GENERAL),
        ("焊工证2027.8.1到期", Level.GENERAL),
        ("焊工证下个月到期，人还在焊", Level.GENERAL),
    ],
)
def test_given_a_certificate_with_its_last_day_when_judged_then_the_day_of_the_finding_decides(
    text: str, level: Level
) -> None:
    assert read_judge().determine(Case(text, AUTUMN, WORKS)).level is level
