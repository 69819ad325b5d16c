"""Reading a criteria file that somebody uploads: what it says, where it is wrong, and what is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bihuan.standards.data import read_library
from bihuan.standards.data.uploads import MOST_BYTES, BadUpload, decoded, loaded_of, read_text
from bihuan.standards.data.writing import adapted, as_yaml, packaged_book, template_text
from bihuan.standards.rules import faults
from bihuan.standards.rules.loading import Around, upload_problems
from tests.standards.local import STANDARD, TOWN, around, book, read, text

# Nothing but its identity, a clause that stands for two items: not to be loaded as they are.
NOT_ADAPTED = {"fire-2025", "general-2008", "fire-2006"}


def problems(made: Any) -> tuple[str, ...]:
    with pytest.raises(BadUpload) as refused:
        read(made)
    return refused.value.problems


def test_given_a_sound_file_when_read_then_all_of_it_is_there() -> None:
    loaded = read(book())

    assert loaded.standard.id == STANDARD
    assert loaded.area == "/32/04/13/101/"
    assert [item.clause for item in loaded.criteria] == ["一(一)", "一(二)"]
    assert loaded.criteria[0].cues == ("彩钢板仓库里给电三轮充电", "库房里拉线给三轮车充电")
    assert (loaded.conditions, loaded.asks, loaded.failing_counts) == ({}, {}, True)


def test_given_the_template_when_read_as_it_is_then_it_can_be_loaded_with_conditions_and_questions() -> None:
    loaded = read(template_text("320413101-"))

    assert [item.clause for item in loaded.criteria] == ["一(一)", "一(二)", "二"]
    assert list(loaded.conditions) == ["320413101-gas-2027-02"]
    assert loaded.asks["320413101-gas-2027-01"] == ("后厨用瓶装燃气吗？", "燃气报警没装或关掉了吗？")
    assert loaded.criteria[2].open_ended


@pytest.mark.parametrize("standard_id", [one.id for one in read_library().standards if one.id not in NOT_ADAPTED])
def test_given_a_packaged_standard_when_given_as_an_example_then_it_can_be_loaded_again(standard_id: str) -> None:
    packaged = packaged_book(standard_id)
    assert packaged is not None

    loaded = read(as_yaml(adapted(packaged, "320413101-"), is_example=True))

    wanted = [item["text"] for item in packaged["criteria"]]
    assert [item.text for item in loaded.criteria] == wanted
    assert len(loaded.conditions) == len(wanted)


def test_given_the_same_standard_as_json_with_tabs_when_read_then_it_says_the_same() -> None:
    as_json = json.dumps(book(), ensure_ascii=False, indent="\t")

    one, other = read(as_json), read(book())

    assert (one.digest, one.criteria, one.standard) == (other.digest, other.criteria, other.standard)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_given_a_file_as_windows_or_others_write_it_when_decoded_then_it_is_the_same_text(encoding: str) -> None:
    assert decoded(text().encode(encoding)) == text()


def test_given_a_clause_that_looks_like_a_number_or_a_day_when_read_then_it_stays_as_written() -> None:
    made = (
        text()
        .replace("clause: 一(一)", "clause: 1.10")
        .replace("effective_on: '2018-01-05'", "effective_on: 2018-01-05")
    )

    loaded = read(made)

    assert loaded.criteria[0].clause == "1.10"
    assert loaded.standard.effective_on is not None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda made: made["criteria"][1].update(text=""), "第2条 320413101-shop-2018-02：“text”是空的"),
        (lambda made: made["standard"].update(supersedes="general-2008"), "通用的定义，没有别的条款时才用，不能代替"),
        (lambda made: made["standard"].update(supersedes="320413101-none"), "没有上传过编号“320413101-none”的标准"),
        (lambda made: made["standard"].update(effective_on=None), "没有写施行日"),
        (lambda made: made["standard"].update(superseded_by="x"), "“superseded_by”请写 null"),
        (lambda made: made["criteria"][0].update(kind="comprehensive"), "有综合判定要素，但没有“procedure”"),
        (lambda made: made["criteria"][1].update(clause="一(一)"), "条号“一(一)”用了2次"),
        (lambda made: made["criteria"][1].update(conditions=["+地下"]), ""),
        (lambda made: made["criteria"][1].update(conditions=["!!地下"]), "判定条件“!!地下”读不懂"),
        (lambda made: made["criteria"][1].update(conditions=["充电车"]), "“充电车”不在词库里"),
        (lambda made: made["criteria"][1].update(conditions="地下"), "“conditions”要写成一列"),
        (lambda made: made["criteria"][1].update(ask="有吗？"), "“ask”要写成一列问题"),
        (lambda made: made["criteria"][1].update(ask=["问" * 31]), "有31个字，最多30个字"),
        (lambda made: made.update(procedure={"rules": []}), "“procedure”只用于消防标准的综合判定"),
        (lambda made: made.update(preferred_successor={"id": "x"}), "“preferred_successor”这一节不能上传"),
        (lambda made: made.update(failing_counts="也许"), "“failing_counts”只能写 true 或 false"),
        (lambda made: made.update(criteria=[], official_counts={}), "一条也没有"),
        (lambda made: made["criteria"][0]["applies_to"].update(features=["粉尘涉炸"]), "是不是“粉尘涉爆”"),
    ],
)
def test_given_a_fault_when_read_then_the_sentence_says_line_item_and_what_to_do(
    change: Callable[[dict[str, Any]], Any], says: str
) -> None:
    made = book()
    change(made)

    if not says:
        assert read(made).conditions
        return
    found = problems(made)
    sentence = next((one for one in found if says in one), "")
    assert sentence.startswith("第"), found
    assert "行，" in sentence.split("：")[0]
    assert "。" in sentence


def test_given_a_fault_when_read_then_the_line_is_the_one_in_the_file() -> None:
    made = "confidence: sure".join(text().rsplit("confidence: verified", 1))
    line = next(number for number, one in enumerate(made.splitlines(), start=1) if "sure" in one)

    assert problems(made)[0].startswith(f"第{line}行，")


def test_given_the_id_of_a_packaged_standard_or_of_another_area_when_read_then_it_is_refused() -> None:
    assert "随软件发布" in problems(book(id="gongmao-2017"))[0]
    assert "编号要以“320413101-”开头" in problems(book(id="320413102-shop"))[0]


def test_given_many_faults_when_read_then_all_are_told_in_the_order_of_the_file() -> None:
    made = book()
    for item in made["criteria"]:
        item["text"] = ""
    made["standard"]["issuer"] = ""

    lines = [int(one.split("行")[0].removeprefix("第")) for one in problems(made)]

    assert len(lines) == 3
    assert lines == sorted(lines)


BOMB = "a: &a [x, x, x]\n" + "\n".join(
    f"{name}: &{name} [*{before}, *{before}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("hostile", "says"),
    [
        (BOMB, "不能用 & 和 *"),
        ("a: *nobody", "不能用 & 和 *"),
        ("standard: !!python/object/apply:os.system ['id']", "不能用“!”开头的标签"),
        ("standard: !x {}", "不能用“!”开头的标签"),
        ("[" * 5000, "读不懂"),
        ("[" * 50 + "]" * 50, "层数太深"),
        ("".join("  " * depth + "a:\n" for depth in range(40)) + "  " * 40 + "b", "层数太深"),
        ("- x\n" * 50_000, "内容太多"),
        ("a: 1\n---\na: 2\n", "只能有一个标准"),
        ("a: 1\na: 2\n", "写了两次"),
        ("? [a]\n: b\n", "冒号前面要写名称"),
        ("a: 'x", "读不懂"),
        ("a: \x00", "不能显示的字符"),
        ('a: "\\0"', "第1行：有不能显示的字符"),
        ('{"a": 1,\n "b": "\\ud800"}', "读不懂"),
        ('{"\\u0001": 1}', "不能显示的字符"),
        ("", "没有内容"),
        ("只有一句话", "没有内容"),
        ("- 一", "没有内容"),
        ("{", "读不懂"),
        ("a: b: c", "读不懂"),
        ("x" * (MOST_BYTES + 1), "最大512千字节"),
    ],
)
def test_given_a_hostile_or_broken_text_when_read_then_it_is_refused_with_a_sentence(hostile: str, says: str) -> None:
    with pytest.raises(BadUpload) as refused:
        read_text(hostile)

    assert says in refused.value.say


def test_given_bytes_that_are_no_text_or_too_many_when_decoded_then_they_are_refused() -> None:
    for content, says in ((b"PK\x03\x04\xff\xfe\x00\xff", "不是文本"), (b"x" * (MOST_BYTES + 1), "最大512千字节")):
        with pytest.raises(BadUpload) as refused:
            decoded(content)
        assert says in refused.value.say


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ab:-?[]{},&*!|>'\"%@`# \n\t{}一、。~", max_size=80))
@example("standard:\n  id: x\ncriteria: 1\n")
def test_given_any_text_when_read_then_it_is_a_book_or_a_refusal_never_an_error(text: str) -> None:
    try:
        found = upload_problems(read_text(text).book, around())
    except BadUpload as refused:
        told = refused.problems
    else:
        told = tuple(one.say for one in found)

    assert told
    assert all(told)


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5))
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def _places(part: Any, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [where] * bool(where) + [place for key, value in inner for place in _places(value, (*where, key))]


WHOLE = read_text(template_text("320413101-")).book
PLACES = _places(WHOLE)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(PLACES), ANYTHING)
def test_given_anything_at_any_place_of_a_file_when_looked_at_then_faults_are_told_or_it_can_be_loaded(
    where: tuple[Any, ...], odd: Any
) -> None:
    made = json.loads(json.dumps(WHOLE))
    part = made
    for key in where[:-1]:
        part = part[key]
    part[where[-1]] = odd
    known: Around = around()

    found = upload_problems(made, known)

    assert all(one.say.endswith("。") or "？" in one.say for one in found)
    assert isinstance(faults(made), list)
    if not found:
        assert loaded_of(made, area=TOWN).digest
