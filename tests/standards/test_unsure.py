"""What was not found out asks a person; what is promised is not there; files of words are read quickly and the same."""

from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from bihuan.standards.data.judging import read_judge
from bihuan.standards.data.lines import read_lines
from bihuan.standards.rules.determine import Case, Enterprise, Level

DUST = Enterprise("家具", ("工贸",), ("木粉尘",))
SPRAY = Enterprise("衣柜厂", ("家具",), ("喷漆",))
FIREWORKS = Enterprise("花炮厂", ("烟花爆竹",), ())
DYES = Enterprise("印染厂", ("纺织",), ("保险粉",))
BATTERIES = Enterprise("充电宝", ("电子",), ("锂电池仓",))
SITE = Enterprise("住宅", ("建筑",), ("吊篮",))
CHEMICALS = Enterprise("化工", ("危险化学品",), ("重点监管工艺",))


@pytest.mark.parametrize(
    ("text", "on", "place", "level"),
    [
        ("喷漆房没可燃气报警，用的水性还是油性漆没问到", date(2025, 10, 22), SPRAY, Level.OPEN),
        ("工房里五个人，定员牌磨得一个字看不到", date(2026, 2, 13), FIREWORKS, Level.OPEN),
        ("除尘器没泄爆片，抑爆装置下礼拜到货", date(2024, 3, 1), DUST, Level.MAJOR),
        ("砂光机吸尘管火花探测计划安装，还没到货", date(2024, 3, 1), DUST, Level.MAJOR),
        ("火花探测装好了，备件订了下周到", date(2024, 3, 1), DUST, Level.GENERAL),
        ("办公室就隔在砂光区里头", date(2024, 3, 1), DUST, Level.MAJOR),
        ("牌子写二十公斤，过秤五十三", date(2018, 3, 1), FIREWORKS, Level.MAJOR),
        ("批一百吨单子上一百四", date(2018, 3, 1), FIREWORKS, Level.MAJOR),
        ("批一百吨单子上九十四", date(2018, 3, 1), FIREWORKS, Level.GENERAL),
        ("双氧水一间、保险粉一间，各自独立", date(2024, 3, 1), DYES, Level.GENERAL),
        ("鼓包的电芯跟好电芯放一个架子上", date(2024, 4, 17), BATTERIES, Level.MAJOR),
        ("吊篮安全锁失灵还站着俩人刷墙", date(2025, 4, 23), SITE, Level.MAJOR),
        ("联锁跨接办了审批", date(2026, 10, 12), CHEMICALS, Level.GENERAL),
        ("联锁给跨掉了，没办审批", date(2026, 10, 12), CHEMICALS, Level.MAJOR),
    ],
)
def test_given_such_words_when_judged_then_the_level_is_what_they_say(
    text: str, on: date, place: Enterprise, level: Level
) -> None:
    assert read_judge().determine(Case(text, on, place)).level is level


def slowly(text: str) -> Any:
    return yaml.safe_load(text)


@pytest.mark.parametrize("name", ["concepts/dust.yaml", "concepts/chemicals.yaml", "names.yaml", "sounds.yaml"])
def test_given_a_file_of_words_when_read_quickly_then_it_is_what_yaml_reads(name: str) -> None:
    text = files("bihuan.standards.data").joinpath("words", *name.split("/")).read_text(encoding="utf-8")

    assert read_lines(text, slowly) == slowly(text)


@pytest.mark.parametrize(
    "text", ["a: [b, 1, yes, '2', c d]\ne: no\n", "a: [b,\n  c]\n", "# only this\n", "a: 1.5\nb: [x, ~, on]\n"]
)
def test_given_what_is_more_than_words_when_read_quickly_then_yaml_reads_it(text: str) -> None:
    assert read_lines(text, slowly) == (slowly(text) or {})


def test_given_a_fault_that_is_only_wondered_about_when_judged_then_a_person_is_asked() -> None:
    place = Enterprise("机械加工", ("工贸",), ("喷漆",))

    wondered = read_judge().determine(Case("喷漆房的风机铭牌看不清，不知道是不是防爆的", date(2021, 9, 1), place))
    said = read_judge().determine(Case("喷漆房的风机不是防爆的", date(2021, 9, 1), place))

    assert (wondered.level, said.level) == (Level.OPEN, Level.MAJOR)
