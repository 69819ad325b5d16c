"""Limits of a store that names itself nowhere, denials of dialects, hazards that only a circled number parts."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level, confidence, reason

STORE = Enterprise("危化品仓储", ("危险化学品",), ("危化品储存",))
JOINER = Enterprise("木质家具制造", ("工贸",), ("木粉尘",))
PAPER = Enterprise("造纸", ("轻工",), ("有限空间", "污水处理"))
POLISHER = Enterprise("铝制品打磨", ("工贸", "粉尘涉爆"), ("铝粉",))


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("许可存放50吨，台账今天是62t", STORE, Level.MAJOR),
        ("核准存20吨，现场数了有35吨", STORE, Level.MAJOR),
        ("设计储量：500桶，实存：730桶", STORE, Level.MAJOR),
        ("额定库容100立方，堆了一百三十立方左右", STORE, Level.MAJOR),
        ("许可存放50吨，台账今天是42t", STORE, Level.GENERAL),
        ("额定库容100立方，堆了九十立方左右", STORE, Level.GENERAL),
        ("砂光机么装火花探测", JOINER, Level.MAJOR),
        ("砂光机火花探测么得", JOINER, Level.MAJOR),
        ("污水池清淤么办票", PAPER, Level.MAJOR),
        ("砂光机火花探测怎么装的没写清楚说明书", JOINER, Level.GENERAL),
        ("①电箱没盖②干式除尘没锁气卸灰③吸烟", POLISHER, Level.MAJOR),
        ("①电箱没盖②干式除尘锁气卸灰正常③吸烟", POLISHER, Level.GENERAL),
    ],
)
def test_given_plain_words_when_judged_then_they_are_understood(text: str, place: Enterprise, expected: Level) -> None:
    assert read_judge().determine(Case(text, date(2023, 6, 1), place)).level is expected


@pytest.mark.parametrize("text", ["饕餮魍魉蟾蜍鹌鹑", "hello world", "卍氿彳亍尜尜旮旯"])
def test_given_words_of_which_none_is_known_when_judged_then_a_person_is_asked_and_nothing_is_sure(text: str) -> None:
    verdict = read_judge().determine(Case(text, date(2023, 6, 1), JOINER))

    assert verdict.level is Level.OPEN
    assert confidence(verdict) < 0.1
    assert "没有读" in reason(verdict)


@pytest.mark.parametrize("text", ["灭火器过期", "电线拖地", "员工没戴安全帽", "地面湿滑"])
def test_given_an_ordinary_fault_when_judged_then_it_is_understood_and_general(text: str) -> None:
    assert read_judge().determine(Case(text, date(2023, 6, 1), JOINER)).level is Level.GENERAL
