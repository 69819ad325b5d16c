"""Grounds, ranking, drafts and edited texts: plain decisions over values (R9.10, R9.11)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.campaigns.rules.supervision.drafting import Charge, Said, Sources, UnitSaid, draft
from bihuan.campaigns.rules.supervision.figures import FIGURES, FLOWS
from bihuan.campaigns.rules.supervision.grounds import (
    POST,
    GroundKind,
    Late,
    Limits,
    Listed,
    Month,
    UnitFacts,
    grounds_of,
    is_below,
    rank_said,
    ranking,
)
from bihuan.campaigns.rules.supervision.naming import name_of
from bihuan.campaigns.rules.supervision.states import BulletinKind
from bihuan.campaigns.rules.supervision.text import (
    Block,
    BlockKind,
    Figure,
    Ref,
    as_lines,
    block_of,
    figure_of,
    from_lines,
    heading_number,
    typed_numbers,
    used,
    without_section,
)

ON = date(2018, 1, 31)
LIMITS = Limits(rate_points=10, late_returns=2, led_months=2, small=5)
TOWN = (80, 100)
EAST = Listed("东村", "/1/")


def kinds(facts: UnitFacts, town: tuple[int, int] = TOWN) -> list[GroundKind]:
    return [one.kind for one in grounds_of(facts, town=town, on=ON, limits=LIMITS)]


def unit(**more: Any) -> UnitFacts:
    return UnitFacts(name="东村", group="village", place=EAST, **more)


def test_given_a_sub_plan_when_missing_then_it_is_a_ground_from_the_day_after_its_last() -> None:
    due = date(2018, 1, 30)

    assert kinds(unit(has_plan=False, plan_due_on=due)) == [GroundKind.NO_PLAN]
    assert kinds(unit(has_plan=False, plan_due_on=ON)) == []
    assert kinds(unit(has_plan=True, plan_due_on=due)) == []
    (ground,) = grounds_of(unit(has_plan=False, plan_due_on=due), town=TOWN, on=ON, limits=LIMITS)
    assert ground.text == "子方案应于2018年1月30日前报送，逾期 1 天没有报"


def test_given_a_sub_plan_sent_back_when_a_week_is_over_and_it_did_not_come_again_then_it_is_a_ground() -> None:
    due, back = date(2018, 1, 10), date(2018, 1, 23)

    assert kinds(unit(plan_due_on=due, plan_returned_on=back)) == [GroundKind.PLAN_RETURNED]
    assert kinds(unit(plan_due_on=due, plan_returned_on=date(2018, 1, 24))) == []  # a week to mend it
    assert kinds(unit(plan_due_on=ON, plan_returned_on=back)) == []
    assert kinds(unit(plan_due_on=due)) == []
    (ground,) = grounds_of(unit(plan_due_on=due, plan_returned_on=back), town=TOWN, on=ON, limits=LIMITS)
    assert ground.text == "子方案2018年1月23日退回修改，8 天没有重报"


def test_given_units_when_ranked_then_a_circular_can_say_the_place_among_the_like_and_none_where_few() -> None:
    rates = {"甲": (9, 10), "乙": (5, 10), "丙": (5, 10), "丁": (0, 0)}
    units = [UnitFacts(name, "village", counted=of, rectified=done) for name, (done, of) in rates.items()]
    like = ranking(units, town=TOWN, on=ON, limits=LIMITS)["village"]
    by_name = {one.facts.name: one for one in like}

    said = rank_said(by_name["丙"], like)

    assert "".join(one if isinstance(one, str) else one.text for one in said) == (
        "隐患整改率 50.0%，在有隐患的 3 个村（社区）中列第 2 位"
    )
    assert rank_said(by_name["丁"], like) == ()
    assert rank_said(by_name["甲"], [by_name["甲"], by_name["乙"]]) == ()


def test_given_returns_when_the_last_two_in_a_row_of_one_form_were_late_then_it_is_a_ground() -> None:
    def due(late: str, form: str = "周报") -> list[Late]:
        return [Late(form, date(2018, 1, 5 + 7 * n), is_late=one == "x") for n, one in enumerate(late)]

    assert kinds(unit(returns=due("xx"))) == [GroundKind.LATE_RETURNS]
    assert kinds(unit(returns=due("-xx"))) == [GroundKind.LATE_RETURNS]
    assert kinds(unit(returns=due("xx-"))) == []
    assert kinds(unit(returns=due("x-x"))) == []
    assert kinds(unit(returns=[*due("x"), *due("x", form="月报")])) == []  # one each of two forms
    (ground,) = grounds_of(unit(returns=due("xxx")), town=TOWN, on=ON, limits=LIMITS)
    assert (len(ground.rows), ground.text) == (3, "“周报”连续迟报或者漏报 3 次")


def test_given_the_first_week_of_a_campaign_when_rates_are_compared_then_a_low_one_is_no_ground_yet() -> None:
    def on_day(number: int) -> list[GroundKind]:
        place = replace(EAST, since=ON - timedelta(days=number))
        return kinds(UnitFacts(name="东村", group="village", place=place, counted=10, rectified=0))

    assert on_day(3) == on_day(6) == []
    assert on_day(7) == [GroundKind.LOW_RATE]


def test_given_a_rate_when_not_below_the_towns_then_a_circular_does_not_tell_it_among_what_is_wrong() -> None:
    units = [UnitFacts(name, "village", counted=10, rectified=done) for name, done in (("甲", 9), ("乙", 8), ("丙", 7))]
    like = ranking(units, town=TOWN, on=ON, limits=LIMITS)["village"]

    assert {one.facts.name for one in like if is_below(one, TOWN)} == {"丙"}


def test_given_a_rate_when_ten_points_below_the_towns_then_it_is_a_ground_and_few_hazards_are_marked() -> None:
    assert kinds(unit(counted=10, rectified=7)) == [GroundKind.LOW_RATE]  # 70 % of 80 %
    assert kinds(unit(counted=1000, rectified=701)) == []
    assert kinds(unit(counted=0, rectified=0)) == []
    assert kinds(unit(counted=None, rectified=None)) == []
    assert kinds(unit(counted=1, rectified=0)) == kinds(unit(counted=2, rectified=1)) == []  # no rate of so few
    (few,) = grounds_of(unit(counted=3, rectified=1), town=TOWN, on=ON, limits=LIMITS)
    assert few.small
    assert "登记隐患少" in few.text
    assert [one.query["measure"] for one in few.rows] == [
        "hazards.counted,-hazards.in.closed:still",
        "hazards.rectified,-hazards.in.closed:still",
    ]


def test_given_overdue_hazards_when_major_or_from_above_then_each_is_a_ground_with_its_list() -> None:
    found = grounds_of(unit(overdue_major=1, superior_overdue=2), town=TOWN, on=ON, limits=LIMITS)

    assert [one.kind for one in found] == [GroundKind.OVERDUE_MAJOR, GroundKind.SUPERIOR_OVERDUE]
    assert dict(found[0].rows[0].query) == {
        "measure": "hazards.overdue", "level": "major", "path": "/1/", "until": "2018-01-31",
    }  # fmt: skip
    assert [one.text for one in found[1].numbers] == ["2"]


def test_given_led_inspections_when_short_in_the_last_two_whole_months_then_it_is_a_ground() -> None:
    def months(*done: int, last_over: bool = True) -> UnitFacts:
        found = [Month(date(2017, 10 + n, 1), 2, one, is_over=True) for n, one in enumerate(done)]
        if not last_over:
            found[-1] = Month(found[-1].first, 2, done[-1], is_over=False)
        return UnitFacts(name="副镇长", group=POST, months=found)

    assert kinds(months(1, 0)) == [GroundKind.LED_SHORT]
    assert kinds(months(2, 0)) == []
    assert kinds(months(0, 0, 2)) == []
    assert kinds(months(0)) == []
    assert kinds(months(0, 0, last_over=False)) == []  # a month that goes on is not short yet


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8),
    st.sampled_from(["village", "department"]),
)
def test_given_any_units_when_ranked_then_only_like_is_compared_and_nothing_over_zero(
    numbers: list[tuple[int, int]], other: str
) -> None:
    units = [
        UnitFacts(f"{n}", "village" if n % 2 else other, counted=max(pair), rectified=min(pair))
        for n, pair in enumerate(numbers)
    ]

    groups = ranking(units, town=TOWN, on=ON, limits=LIMITS)

    assert sorted(one.facts.name for rows in groups.values() for one in rows) == sorted(one.name for one in units)
    for group, rows in groups.items():
        assert {one.facts.group for one in rows} == {group}
        for one in rows:
            assert (one.place is None) == (not one.facts.counted)
            assert (one.rate == "—") == (not one.facts.counted)
        places = [one.place for one in rows if one.place is not None]
        assert places == sorted(places)
        ranked = [one for one in rows if one.facts.counted]
        for first, second in pairwise(ranked):
            left = (first.facts.rectified or 0) * (second.facts.counted or 0)
            right = (second.facts.rectified or 0) * (first.facts.counted or 0)
            assert left >= right
            assert (left == right) == (first.place == second.place)


# -- drafts
def said(name: str, amount: int | None, text: str = "") -> Said:
    shown = text or ("—" if amount is None else str(amount))
    return Said(Figure("", shown, name, "R9.7", "全镇", ON, ON, "value", name), amount)


def sources(**amounts: int | None) -> Sources:
    total = {one.key: said(one.key, amounts.get(one.key, 0)) for one in FIGURES}
    total["rate"] = said("rate", amounts.get("rectified", 0), "62.5%")
    now = {name: said(name, amounts.get(f"now_{name}", amounts.get(name, 0))) for name in FLOWS}
    return Sources("除隐患专项行动", "示政发〔2017〕48号", "示范镇安委会办公室", ON, ON, ON, now=now, total=total)


def words(kind: BulletinKind, given_sources: Sources) -> str:
    text = draft(kind, given_sources)
    shown = {one.key: one.text for one in text.figures}
    lines = as_lines(text.blocks)
    for key in sorted(shown, key=len, reverse=True):
        lines = lines.replace(f"[{key}]", shown[key])
    return lines


def test_given_no_hazards_when_a_brief_is_written_then_no_rate_and_no_major_is_spoken_of() -> None:
    text = words(BulletinKind.WEEKLY, sources())

    assert "全镇登记隐患0项。" in text
    assert "整改率" not in text
    assert "重大" not in text
    assert "督查" not in text
    assert "上周" not in text


def test_given_what_happened_when_a_brief_is_written_then_each_sentence_carries_its_figures() -> None:
    text = words(
        BulletinKind.WEEKLY,
        sources(
            counted=8, rectified=5, open=3, overdue=1, major=1, found=4, closed=2, rounds=2, covert=1, units=5, plans=3
        ),
    )

    assert (
        "登记隐患8项（专项行动开始时没有销号的和以后登记的，移送和不成立的不计），已整改5项，整改率62.5%；未销号3项，其中整改逾期1项。"
        in text
    )
    assert "开展督查2次，其中暗访1次。" in text
    assert "参加单位5个，子方案通过3份。" in text
    assert "约谈" not in text


def test_given_a_week_before_when_a_brief_is_written_then_it_is_compared_and_else_not() -> None:
    base = sources(counted=8, found=4)
    with_before = Sources(
        base.campaign, base.doc_number, base.issuer, ON, ON, ON,
        now=base.now, before={name: said(name, 9) for name in FLOWS}, total=base.total,
    )  # fmt: skip

    assert "本周发现隐患4项（上周9项）" in words(BulletinKind.WEEKLY, with_before)
    assert "上周" not in words(BulletinKind.WEEKLY, base)


def test_given_units_when_a_brief_is_written_then_a_table_has_them_and_a_dash_stands_over_zero() -> None:
    def figures(counted: int, overdue: int) -> dict[str, Said]:
        rate = said("rate", 0, "50.0%" if counted else "—")
        return {
            "counted": said("counted", counted, f"{counted}"),
            "rectified": said("rectified", 0),
            "rate": rate,
            "overdue": said("overdue", overdue, f"{overdue}"),
        }

    base = sources(counted=8)
    units = [UnitSaid("东村", "village", figures(2, 1)), UnitSaid("西村", "village", figures(0, 0))]
    made = draft(
        BulletinKind.WEEKLY,
        Sources(base.campaign, "", base.issuer, ON, ON, ON, now=base.now, total=base.total, units=units),
    )

    (table,) = [one for one in made.blocks if one.kind is BlockKind.TABLE]
    keys = {one.key: one.text for one in made.figures}
    cells = [
        ["".join(keys[run.key] if isinstance(run, Ref) else run for run in cell) for cell in row] for row in table.rows
    ]
    assert cells == [
        ["单位", "登记隐患", "已整改", "整改率", "整改逾期"],
        ["东村", "2", "0", "50.0%", "1"],
        ["西村", "0", "0", "—", "0"],
        ["合计", "8", "0", "62.5%", "0"],
    ]


def test_given_villages_and_departments_when_a_brief_is_written_then_each_table_adds_up_and_none_is_mixed() -> None:
    def figures(counted: int, overdue: int) -> dict[str, Said]:
        amounts = {"counted": counted, "rectified": 0, "rate": 0, "overdue": overdue}
        return {name: said(name, amount) for name, amount in amounts.items()}

    base = sources(counted=8, overdue=3)
    units = [
        UnitSaid("东村", "village", figures(5, 2)),
        UnitSaid("其他（未落到村的）", "village", figures(3, 1), is_rest=True),
        UnitSaid("经发办", "department", figures(8, 3)),
        UnitSaid("其他（没有牵头部门的）", "department", figures(0, 0), is_rest=True),
    ]

    made = draft(
        BulletinKind.WEEKLY,
        Sources(base.campaign, "", base.issuer, ON, ON, ON, now=base.now, total=base.total, units=units),
    )

    tables = [one for one in made.blocks if one.kind is BlockKind.TABLE]
    shown = {one.key: one.text for one in made.figures}
    names = [[row[0][0] for row in table.rows[1:]] for table in tables]
    assert names == [["东村", "其他（未落到村的）", "合计"], ["经发办", "合计"]]
    for table in tables:
        *parts, whole = [int(shown[row[1][0].key]) for row in table.rows[1:] if isinstance(row[1][0], Ref)]
        assert sum(parts) == whole == 8
    text = as_lines(made.blocks)
    (villages,) = [line for line in text.splitlines() if line.startswith("按隐患所在的村（社区）统计")]
    (departments,) = [line for line in text.splitlines() if line.startswith("同一批隐患按行业牵头部门统计")]
    assert ("东村" in villages, "经发办" in villages, "其他" in villages) == (True, False, False)
    assert ("东村" in departments, "经发办" in departments) == (False, True)


@given(
    st.dictionaries(st.sampled_from([one.key for one in FIGURES]), st.integers(0, 99)), st.sampled_from(BulletinKind)
)
def test_given_any_figures_when_a_text_is_written_then_every_number_in_it_is_a_figure_or_a_date(
    amounts: dict[str, int], kind: BulletinKind
) -> None:
    base = sources(**amounts)
    charged = Charge("东村", [["重大隐患 ", said("overdue", 3).figure, " 项逾期"]], "重视不够")
    made = draft(
        kind,
        Sources(
            base.campaign, base.doc_number, base.issuer, ON, ON, ON, now=base.now, total=base.total, charges=[charged]
        ),
    )

    loose = typed_numbers(made.blocks, [])
    assert set(loose) <= {"2018", "1", "31", "2017", "48"}  # of dates and of the document
    assert [one.key for one in made.figures] == used(made.blocks)
    assert tuple(block_of(one.as_json()) for one in made.blocks) == made.blocks
    assert tuple(figure_of(one.as_json()) for one in made.figures) == made.figures
    back, say = from_lines(as_lines(made.blocks), before=made.blocks, figures=[one.key for one in made.figures])
    assert (say, back) == ("", made.blocks)


def test_given_an_edited_text_when_a_number_is_typed_then_it_is_told_apart_and_a_stray_figure_refused() -> None:
    before = (Block(BlockKind.PARAGRAPH, ("发现隐患 ", Ref("f1"), " 项，1月31日。")),)

    after, say = from_lines("发现隐患 [f1] 项，1月31日。\n下周检查 12 家。", before=before, figures=["f1"])
    assert say == ""
    assert typed_numbers(after, before) == ["12"]
    assert typed_numbers(before, before) == []
    assert "f9" in from_lines("发现 [f9] 项", before=before, figures=["f1"])[1]
    assert "表" in from_lines("[表2]", before=before, figures=["f1"])[1]
    assert from_lines(" \n", before=before, figures=["f1"])[1] == "稿子是空的。"


def test_given_a_unit_that_leaves_when_its_section_goes_then_the_others_move_up() -> None:
    blocks = [
        Block(BlockKind.HEADING, ("一、存在的问题",)),
        Block(BlockKind.SUBHEADING, ("（一）东村",)),
        Block(BlockKind.PARAGRAPH, ("重大隐患 ", Ref("f1"), " 项。")),
        Block(BlockKind.SUBHEADING, ("（二）西村",)),
        Block(BlockKind.PARAGRAPH, ("子方案没有报。",)),
        Block(BlockKind.HEADING, ("二、有关要求",)),
    ]

    left = without_section(blocks, "东村")

    assert as_lines(left).splitlines() == ["# 一、存在的问题", "## （一）西村", "子方案没有报。", "# 二、有关要求"]
    assert used(left) == []
    assert [heading_number(n, below=True) for n in (1, 10, 11)] == ["（一）", "（十）", "（十一）"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("示范镇集中开展除隐患防事故保安全专项行动工作实施方案", "示范镇除隐患防事故保安全专项行动"),
        ("关于做好春节期间安全生产工作的紧急通知", "春节期间安全生产工作"),
        ("关于印发《临江区燃气安全专项整治方案》的通知", "临江区燃气安全专项整治"),
        ("河口乡校园及周边安全综合治理工作安排", "河口乡校园及周边安全综合治理"),
        ("关于开展冬季安全检查的通知", "冬季安全检查"),
        ("百日攻坚行动方案", "百日攻坚行动"),
        ("除隐患专项行动", "除隐患专项行动"),
        ("方案", "方案"),
    ],
)
def test_given_the_title_of_a_plan_when_the_campaign_is_spoken_of_then_it_is_no_plan(title: str, name: str) -> None:
    assert name_of(title) == name
