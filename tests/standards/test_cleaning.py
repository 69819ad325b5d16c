"""Words that markup, spaces and line ends break, and hazards that they part."""

import time
from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise
from bihuan.standards.rules.determine.cleaning import pieces


@pytest.mark.parametrize(
    "text",
    [
        "砂光机没装火花 探测",
        "砂光机没装火花　探测",
        "砂光机没装<b>火花</b>探测",
        "砂光机没装&lt;b&gt;火花&lt;/b&gt;探测",
        "砂光机没装<span style='color:red'>火花</span>探测",
        "砂光机没装**火花**探测",
        "砂光机没装火花\n探测",
        "砂光机没装火花<br/>探测",
        "砂 光 机 没 装 火 花 探 测",
        "砂光机没装火 花 探 测",
        "砂光机没装火\u200b花\xad探\u2060测",
    ],
)
def test_given_a_word_that_is_broken_when_cleaned_then_it_is_one_word(text: str) -> None:
    assert read_judge().plain(text) == "砂光机没装火花探测"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("安全阀失 效", "安全阀失效"),
        ("灭火器过期 通道堵塞", "灭火器过期,通道堵塞"),
        ("坑内有积水 池边护栏坏", "坑内有积水,池边护栏坏"),
        ("消防栓没水 泵房门坏", "消防栓没水,泵房门坏"),
        ("泄爆口没有 隔爆阀也没有", "泄爆口没有,隔爆阀也没有"),
        ("压力<30kpa,没报警>", "压力<30kpa,没报警>"),
    ],
)
def test_given_a_space_when_cleaned_then_it_parts_what_is_no_word(text: str, plain: str) -> None:
    assert read_judge().plain(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "灭火器过期\n门锁坏了",
        "灭火器过期\r\n门锁坏了",
        "灭火器过期<br>门锁坏了",
        "<ul><li>灭火器过期</li><li>门锁坏了</li></ul>",
        "1.灭火器过期\n2.门锁坏了",
        "灭火器过期；门锁坏了",
    ],
)
def test_given_two_hazards_when_cleaned_then_what_parts_them_still_does(text: str) -> None:
    assert [one.text for one in pieces(read_judge().plain(text)) if one.text] == ["灭火器过期", "门锁坏了"]


def test_given_a_word_of_a_town_when_it_is_broken_then_it_is_one_word_too() -> None:
    taught = read_judge().with_words({"火花探测": ["星探宝盒"]}, {})

    assert read_judge().plain("没装星探 宝盒") == "没装星探,宝盒"
    assert taught.plain("没装星探 宝盒") == "没装星探宝盒"


def test_given_the_same_words_again_and_again_when_cleaned_then_they_are_said_twice() -> None:
    assert read_judge().plain("砂光机没装火花探测," * 300) == "砂光机没装火花探测,砂光机没装火花探测,"
    assert "1000000000" in read_judge().plain("库里有1000000000公斤" + "药" * 300)


@pytest.mark.parametrize("text", ["没" * 4000, "未发现" * 1300, "检查" * 2000, "没有火花探测，砂光机" * 400])
def test_given_words_that_never_end_when_judged_then_it_is_soon_done(text: str) -> None:
    case = Case(text, date(2018, 1, 9), Enterprise("木门", ("工贸",)))
    read_judge().determine(case)  # what is looked up once is not counted
    began = time.process_time()

    read_judge().determine(case)

    assert time.process_time() - began < 0.3
