"""Two things that must not lie together, and an inspection that ran out: neither is made of one word."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level

DYER = Enterprise("印染", ("纺织",))
STORE = Enterprise("危化品仓储", ("危险化学品",), ("危化品储存",))
CRANES = Enterprise("钢结构厂", ("特种设备",), ("起重机",))


def level(text: str, on: date, place: Enterprise) -> Level:
    return read_judge().determine(Case(text, on, place)).level


@pytest.mark.parametrize("on", [date(2018, 1, 15), date(2024, 3, 1)])
@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("双氧水单独一间，通风良好", DYER, Level.GENERAL),
        ("双氧水单独放一间", DYER, Level.GENERAL),
        ("雕白粉单独一间，门锁坏", DYER, Level.GENERAL),
        ("双氧水和保险粉放一间", DYER, Level.MAJOR),
        ("雕白粉跟双氧水堆在一起", DYER, Level.MAJOR),
        ("盐酸单独一间，地面有裂缝", STORE, Level.GENERAL),
        ("双氧水专库隔壁的灯坏了", STORE, Level.GENERAL),
        ("双氧水桶跟甲醇桶挨着放一个库", STORE, Level.MAJOR),
        ("禁忌物料混放", STORE, Level.MAJOR),
    ],
)
def test_given_one_chemical_or_two_when_judged_then_only_two_lie_together(
    text: str, on: date, place: Enterprise, expected: Level
) -> None:
    assert level(text, on, place) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行车年检过期两个月没报检", Level.GENERAL),
        ("起重机年检到期未报检", Level.GENERAL),
        ("行车超期没送检", Level.GENERAL),
        ("行车首检没做就投用了", Level.MAJOR),
        ("新装的行车没报检就用上了", Level.MAJOR),
        ("车间行车没有夹轨器", Level.GENERAL),
        ("门式起重机夹轨器没有，露天跑", Level.MAJOR),
    ],
)
def test_given_a_crane_when_judged_then_an_inspection_that_ran_out_is_no_missing_first_one(
    text: str, expected: Level
) -> None:
    assert level(text, date(2025, 5, 1), CRANES) is expected
