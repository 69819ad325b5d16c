"""What holds for any text: no crash, places inside the text, the same answer twice, no day that is not there."""

import re
import string
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan
from tests.campaigns.scoring import golds, reading_of

pytestmark = pytest.mark.property

PIECES: Final = (
    *"一、 (一) （二） 1. 2． (1) ① 第一条 第二章 一是 二要 【县公安局】 附件1 附件 1.1".split(),
    *"各村 各部门和单位 县应急局、县公安局 主要负责人 由镇安办牵头 会同 责任单位：甲局、乙局 （甲局负责）".split(),
    *(
        "要 必须 应当 不得 严禁 开展排查 落实责任 制定方案 对隐患 将总结报县安委办 每月25日前 3月底前 2018年2月30日"
    ).split(),
    *(
        "即日起至12月底 2014-08-20 春节前 三个工作日内 二〇一四年八月 《通知》（安委〔2014〕1号） "
        "成立领导小组 镇长任组长"
    ).split(),
    *"。 ； ， ： 、 “ ” （ ） 《 》 〔 ] \t \n \u3000 ⼭ \x00 \ud83d\ude00".split(" "),
)
CHAOS: Final = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=60).map("".join)
WIDE: Final = {ord(one): ord(one) + 0xFEE0 for one in string.digits + "()[].,;:!?"}


def _read(text: str) -> dict[str, Any]:
    return read_plan(read_text(text)).as_json()


def _places(value: Any) -> list[dict[str, int]]:
    """Return every place in a reading."""
    if isinstance(value, list):
        return [place for one in value for place in _places(one)]
    if not isinstance(value, dict):
        return []
    if set(value) == {"paragraph", "start", "end"}:
        return [value]
    return [place for one in value.values() for place in _places(one)]


def _days(value: Any) -> list[str]:
    return re.findall(r"\d{4}-\d\d-\d\d", str(value))


@given(CHAOS)
def test_given_any_text_when_read_then_every_place_lies_inside_it_and_the_answer_is_the_same_twice(text: str) -> None:
    said = _read(text)

    paragraphs = said["paragraphs"]
    for place in _places({key: value for key, value in said.items() if key != "paragraphs"}):
        assert 0 <= place["start"] <= place["end"] <= len(paragraphs[place["paragraph"]])
    for clause in said["clauses"]:
        place = clause["place"]
        assert clause["text"] == paragraphs[place["paragraph"]][place["start"] : place["end"]]
        assert len(clause["parties"]) == len(clause["party_places"])
    assert len({clause["id"] for clause in said["clauses"]}) == len(said["clauses"])
    assert said == _read(text)


@given(st.lists(st.sampled_from([one for one in PIECES if not re.search(r"\d", one)]), max_size=40).map("".join))
def test_given_a_text_without_figures_when_read_then_it_has_no_day(text: str) -> None:
    without = re.sub(r"[一二三四五六七八九十〇]+(?=[年月日])", "某", text)

    said = _read(without)

    assert [clause["deadline"] for clause in said["clauses"] if clause["deadline"]] == []
    assert (said["issue_date"], said["period"]["start"], said["period"]["end"]) == (None, None, None)


@pytest.mark.parametrize("name", [name for name, _ in golds()])
def test_given_a_plan_when_its_figures_and_brackets_change_width_then_the_reading_is_the_same(name: str) -> None:
    said = reading_of(dict(golds([name]))[name]["file"])
    plain = "\n".join(said["paragraphs"])

    narrow, wide = _read(plain), _read(plain.translate(WIDE))

    for key in ("issue_date", "doc_number", "period"):
        assert narrow[key] == wide[key]
    for key in ("section", "place", "deadline", "parties_implied", "party_places", "deadline_place"):
        assert [one[key] for one in narrow["clauses"]] == [one[key] for one in wide["clauses"]]


NUMBERS: Final = (
    ("一、", "（一）", "1．", "（1）"),
    ("一、", "(一)", "1.", "(1)"),
    ("一.", "【一】", "1、", "1)"),
    ("第一章 ", "一、", "（一）", "1."),
    ("第一部分 ", "〔一〕", "⑴", "①"),
    ("1．", "1.1 ", "1.1.1 ", "1.1.1.1 "),
)


@pytest.mark.parametrize("numbers", NUMBERS)
def test_given_any_style_of_numbers_when_read_then_levels_and_clauses_are_the_same(numbers: tuple[str, ...]) -> None:
    first, second, third, fourth = numbers
    text = (
        f"某镇某行动工作方案\n{first}工作任务\n{second}压实责任。各村要签订责任书。\n{third}明确分工\n"
        f"{fourth}健全机制。镇安办应当每月召开例会。\n"
    )

    said = _read(text)

    tree = said["headings"][0]
    assert [tree["level"], tree["children"][0]["level"], tree["children"][0]["children"][0]["level"]] == [1, 2, 3]
    assert [one["text"] for one in tree["children"]] == ["压实责任"]
    assert [(one["text"], one["parties"], one["frequency"]) for one in said["clauses"]] == [
        ("各村要签订责任书。", ["各村"], None),
        ("镇安办应当每月召开例会。", ["镇安办"], "每月"),
    ]
