"""Several hazards in one cell (R3.31)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.intake.rules.numbering import split

WASTE = ("危废间未上锁", "地面有油污", "无警示标识")
SPLIT = {
    "1.危废间未上锁；2.地面有油污；3.无警示标识": WASTE,
    "1.1.危废间未上锁；2.地面有油污；3.无警示标识；2.基坑临边无防护栏杆": (*WASTE, "基坑临边无防护栏杆"),
    "1.液化气瓶间无报警器；2.1.危废间未上锁；2.地面有油污；3.无警示标识": ("液化气瓶间无报警器", *WASTE),
    "1.甲处混放；2.乙处超期；3.1.危废间未上锁；2.地面有油污；3.无警示标识": ("甲处混放", "乙处超期", *WASTE),
    "1、未上锁2、有油污": ("未上锁", "有油污"),
    "1．未上锁\n2．有油污": ("未上锁", "有油污"),
    "（1）未上锁（2）有油污": ("未上锁", "有油污"),
    "①未上锁②有油污。": ("未上锁", "有油污"),
    "一、未上锁\n二、有油污": ("未上锁", "有油污"),
    "一是未上锁；二是有油污。": ("未上锁", "有油污"),
    "1 未上锁\n2 有油污": ("未上锁", "有油污"),
    "1.1 未上锁\n1.2 有油污\n2.1 无标识": ("未上锁", "有油污", "无标识"),
    "1.3台设备未接地；2.5名员工未持证": ("3台设备未接地", "5名员工未持证"),
    "1.车间：(1)未接地；(2)无罩；2.仓库：(1)混放；(2)超量": ("车间：未接地", "车间：无罩", "仓库：混放", "仓库：超量"),
    "检查发现：1.未上锁；2.有油污": ("未上锁", "有油污"),
    "二车间：1.未接地；2.无防护罩": ("二车间：未接地", "二车间：无防护罩"),
    "1.灭火器2具过期；2.配电箱3、4号未锁": ("灭火器2具过期", "配电箱3、4号未锁"),
    "1.未上锁": ("未上锁",),
}
WHOLE = (
    "灭火器压力不足,3具过期",
    "1.5米以下临边无防护",
    "配电箱距地1.5米；2.5米处无护栏",
    "安全出口1、2被堵",
    "1号车间无灭火器；2号车间无灭火器",
    "3.灭火器；4.通道",
    "污水池未设置有限空间警示标志，作业未审批",
    "2018.1.5检查发现2.3米处无护栏",
    "",
)


@pytest.mark.parametrize("text", SPLIT)
def test_given_numbered_hazards_when_split_then_each_is_alone_without_its_numbers(text: str) -> None:
    assert split(text).texts == SPLIT[text]


@pytest.mark.parametrize("text", WHOLE)
def test_given_figures_that_are_no_numbering_when_split_then_the_text_stays_whole(text: str) -> None:
    assert split(text).texts == (text,)


leaf = st.text(alphabet="配电箱未接地灭火器过期通道堵塞安全帽防护栏杆缺失", min_size=2, max_size=10)
styles = st.sampled_from(("{n}.", "{n}、", "（{n}）", "({n})", "{n}．"))
outer_items = st.lists(st.one_of(leaf, st.lists(leaf, min_size=2, max_size=4)), min_size=2, max_size=6)


@pytest.mark.property
@given(
    items=st.lists(leaf, min_size=2, max_size=9), style=styles, between=st.sampled_from(("；", "\n", ";", "。", " "))
)
def test_given_any_numbered_list_when_split_then_it_gives_its_items(items: list[str], style: str, between: str) -> None:
    text = between.join(style.format(n=number) + item for number, item in enumerate(items, start=1))

    assert list(split(text).texts) == items


@pytest.mark.property
@given(items=outer_items)
def test_given_lists_inside_a_list_when_split_then_every_leaf_is_found_in_order(items: list[str | list[str]]) -> None:
    leaves = [one for item in items for one in (item if isinstance(item, list) else [item])]
    inner = [
        "；".join(f"{n}.{one}" for n, one in enumerate(item, 1)) if isinstance(item, list) else item for item in items
    ]
    text = "；".join(f"{number}.{item}" for number, item in enumerate(inner, start=1))

    assert list(split(text).texts) == leaves


@pytest.mark.property
@given(text=st.text(alphabet="1234567890.、()（）①②一二三是；;。\n 甲乙丙：", max_size=60))
def test_given_any_text_when_split_then_nothing_breaks_and_something_is_left(text: str) -> None:
    parts = split(text).texts

    assert len(parts) >= 1
    assert all(parts) or parts == (text.strip(),)
