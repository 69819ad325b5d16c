"""A thing that only says where another one is; a distance that is no installation's; papers of another kind."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level

PAINTER = Enterprise("汽车零部件喷涂", ("机械",), ("喷漆",))
STEEL = Enterprise("炼钢", ("冶金",), ("高温熔融金属", "煤气"))
FEED = Enterprise("饲料加工", ("工贸",), ("粉尘涉爆", "粮食粉尘"))
CHEMIST = Enterprise("精细化工", ("危险化学品",), ("重点监管工艺", "重大危险源"))
PAPER = Enterprise("造纸", ("轻工",), ("有限空间", "污水处理"))
JOINER = Enterprise("木质家具制造", ("工贸",), ("木粉尘",))


def level(text: str, on: date, place: Enterprise) -> Level:
    return read_judge().determine(Case(text, on, place)).level


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("喷漆房隔壁的仓库没有通风", PAINTER, Level.GENERAL),
        ("喷漆房旁边的五金库没装可燃气体报警", PAINTER, Level.GENERAL),
        ("喷漆房外面的走廊没有通风", PAINTER, Level.GENERAL),
        ("喷漆房没装可燃气体报警", PAINTER, Level.MAJOR),
        ("喷漆房旁边的调漆间没装可燃气体报警", PAINTER, Level.MAJOR),
        ("办公楼离煤气区1公里，没有CO报警", STEEL, Level.GENERAL),
        ("煤气区旁边的休息室没有CO报警", STEEL, Level.MAJOR),
        ("粉碎机前装了永磁筒，打包秤前没有磁选", FEED, Level.GENERAL),
        ("提升机进料口没有磁选，粉碎机前面装了永磁筒", FEED, Level.GENERAL),
        ("粉碎机进料口没有磁选", FEED, Level.MAJOR),
    ],
)
def test_given_a_landmark_when_judged_then_the_fault_is_of_the_other_place(
    text: str, place: Enterprise, expected: Level
) -> None:
    assert level(text, date(2023, 6, 1), place) is expected


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("厂门离村子才一百来米", date(2026, 10, 15), Level.GENERAL),
        ("门卫室离居民房只有二十米", date(2018, 1, 15), Level.GENERAL),
        ("甲醇储罐离居民房太近", date(2018, 1, 15), Level.MAJOR),
        ("外部安全防护距离不足", date(2026, 10, 15), Level.MAJOR),
        ("硝酸铵仓库离村子才一百来米，存了几百吨", date(2026, 10, 15), Level.OPEN),
    ],
)
def test_given_a_distance_when_judged_then_it_is_that_of_an_installation_or_of_no_clause(
    text: str, on: date, expected: Level
) -> None:
    assert level(text, on, CHEMIST) is expected


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("未建立隐患排查治理台账", PAPER, Level.GENERAL),
        ("未建立隐患排查治理台账", JOINER, Level.GENERAL),
        ("有限空间没有建立台账", PAPER, Level.OPEN),
        ("未建立隐患排查治理制度", CHEMIST, Level.MAJOR),
        ("粉尘爆炸危险场所设在多层厂房内", JOINER, Level.OPEN),
        ("粉尘爆炸危险场所设在多层框架结构厂房内", JOINER, Level.GENERAL),
        ("粉尘爆炸危险场所设在三层砖混厂房内", JOINER, Level.MAJOR),
    ],
)
def test_given_words_that_tell_half_of_a_clause_when_judged_then_they_are_not_the_whole(
    text: str, place: Enterprise, expected: Level
) -> None:
    assert level(text, date(2018, 1, 15), place) is expected
