"""Superiors' forms with sections and sub-totals: a total of all counts the whole place, whatever stands above it."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bihuan.campaigns.rules.returns.binding import Binding, Source
from bihuan.campaigns.rules.returns.checks import doubts_of
from bihuan.campaigns.rules.returns.computing import Filled, fill
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.suggest import suggest, total_parts
from tests.campaigns.returns.stage import FIRST, ReturnStage
from tests.campaigns.returns.tables import table, uploaded
from tests.campaigns.returns.test_properties import asked
from tests.campaigns.returns.test_suggesting import UNITS

COLUMNS: Final = ("排查隐患（项）", "其中重大", "已整改", "整改率", "整改逾期")
VILLAGES, SECTORS = ("东村", "西村"), ("危险化学品", "机械", "其他行业")


def bound(rows: tuple[str | tuple[str, ...], ...], columns: tuple[str, ...] = COLUMNS) -> list[dict[str, Binding]]:
    """Return what each row is bound to by suggestion, by the letter of the column; rows begin at 3."""
    slots = slots_of(rows, columns)
    found = suggest(slots, UNITS)
    return [
        {slot.address[0]: found[slot.address] for slot in slots if slot.row == row and slot.address in found}
        for row in range(3, 3 + len(rows))
    ]


def slots_of(rows: tuple[str | tuple[str, ...], ...], columns: tuple[str, ...]) -> list[Slot]:
    """Lay cells out, headings of rows merged or not."""
    return [
        Slot(f"{chr(66 + right)}{3 + down}", 0, 3 + down, 2 + right, (row,) if isinstance(row, str) else row, (column,))
        for down, row in enumerate(rows)
        for right, column in enumerate(columns)
    ]


def said(one: Binding | None) -> tuple[str, ...] | str | None:
    """Return how a cell is bound in short: the cells that it adds up, or the name of what it counts of the whole."""
    if one is None:
        return None
    return one.cells if one.source is Source.SUM else f"{one.name}{one.unit_id}{','.join(one.sectors)}"


ALL: Final = "hazards.found_fact"


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (
            ("全镇合计", "一、村（社区）", *VILLAGES, "二、行业", *SECTORS),
            {3: ALL, 4: ("B5", "B6"), 7: ("B8", "B9", "B10")},
        ),
        (
            ("合计", "一、村（社区）", *VILLAGES, "二、行业", *SECTORS),
            {3: ALL, 4: ("B5", "B6"), 7: ("B8", "B9", "B10")},
        ),
        (
            ("村（社区）小计", *VILLAGES, "行业小计", *SECTORS, "合计"),
            {3: ("B4", "B5"), 6: ("B7", "B8", "B9"), 10: ALL},
        ),
        (
            (*VILLAGES, "村（社区）小计", *SECTORS, "行业小计", "合计"),
            {5: ("B3", "B4"), 9: ("B6", "B7", "B8"), 10: ALL},
        ),
        ((*VILLAGES, "小计", "经济发展办", "建设办", "小计", "总计"), {5: ("B3", "B4"), 8: ("B6", "B7"), 9: ALL}),
        (("村（社区）", *VILLAGES, "行业领域", *SECTORS, "合计"), {3: ("B4", "B5"), 6: ("B7", "B8", "B9"), 10: ALL}),
        (
            (
                ("村（社区）", "东村"),
                ("村（社区）", "西村"),
                ("村（社区）", "小计"),
                ("行业", "机械"),
                ("行业", "小计"),
                ("合计",),
            ),
            {5: ("B3", "B4"), 7: ("B6",), 8: ALL},
        ),
        # Nobody can tell: not all of either are there, or a sub-total that stands between two.
        (("东村", "机械", "合计"), {5: None}),
        (("小计", "东村", "西村", "机械", "小计"), {3: None, 7: None}),
        (("机械", "轻工", "合计"), {5: ("B3", "B4")}),
    ],
)
def test_given_sections_and_subtotals_when_suggested_then_each_adds_up_its_own_and_the_total_is_counted(
    rows: tuple[str | tuple[str, ...], ...], wanted: dict[int, tuple[str, ...] | str | None]
) -> None:
    found = bound(rows)

    assert {row: said(found[row - 3].get("B")) for row in wanted} == wanted


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        (
            (*VILLAGES, "村（社区）小计", *SECTORS, "行业小计", "合计"),
            {2: ("B3", "C3"), 6: ("E3", "F3", "G3"), 7: ALL},
        ),
        (
            ("合计", *VILLAGES, "小计", *SECTORS, "小计"),
            {0: ALL, 3: ("C3", "D3"), 7: ("F3", "G3", "H3")},
        ),
        (
            (
                ("村（社区）", "东村"),
                ("村（社区）", "西村"),
                ("村（社区）", "小计"),
                ("行业", "机械"),
                ("行业", "小计"),
                ("合计",),
            ),
            {2: ("B3", "C3"), 4: ("E3",), 5: ALL},
        ),
        ((*VILLAGES, "合计"), {2: ALL}),
        (("东村", "机械", "合计"), {2: None}),  # nobody can tell: a village's is in its sector as well
        (("机械", "轻工", "合计"), {2: ("B3", "C3")}),
        (("一般", "重大", "合计"), {2: ("B3", "C3")}),  # what is counted, not where
        (("一般", "重大", "小计", "东村", "西村", "合计"), {2: ("B3", "C3"), 5: ("E3", "F3")}),
    ],
)
def test_given_columns_with_sections_when_suggested_then_each_total_adds_up_its_own_as_totals_of_rows_do(
    columns: tuple[str | tuple[str, ...], ...], wanted: dict[int, tuple[str, ...] | str | None]
) -> None:
    heads = [(one,) if isinstance(one, str) else one for one in columns]
    slots = [Slot(f"{chr(66 + at)}3", 0, 3, 2 + at, ("排查隐患（项）",), one) for at, one in enumerate(heads)]
    found = suggest(slots, UNITS)
    parts = dict(total_parts(slots, found))

    assert {at: said(found.get(slots[at].address)) for at in wanted} == wanted
    summed = {slots[at].address: cells for at, cells in wanted.items() if isinstance(cells, tuple)}
    assert {address: parts[address] for address in summed} == summed  # and the cross-check adds up the same


def test_given_a_total_of_two_classifications_when_it_is_not_what_one_comes_to_then_that_is_said() -> None:
    rows = ("全镇合计", "一、村（社区）", *VILLAGES, "二、行业", *SECTORS)
    slots = slots_of(rows, ("排查隐患（项）",))
    bindings = suggest(slots, UNITS)
    numbers = {"B3": 9, "B5": 4, "B6": 5, "B8": 1, "B9": 2, "B10": 3}

    filled = fill(bindings, {cell: Filled(Decimal(number)) for cell, number in numbers.items()})

    assert [one.say for one in doubts_of(slots, bindings, filled)] == [
        "合计应等于各格相加：全镇合计·排查隐患（项）（B3） 9，B8、B9、B10加起来是 6。"
    ]


def test_given_what_is_typed_in_two_classifications_when_suggested_then_their_total_is_asked() -> None:
    found = bound((*VILLAGES, *SECTORS, "合计"), ("立案（起）",))

    assert [one.get("B") and one["B"].source for one in found] == [Source.TYPED] * 5 + [None]


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw a table: villages, sectors or both, with heads of sections or sub-totals, the total first or last."""
    sections = draw(st.sampled_from([("村",), ("村", "行业"), ("行业", "村")]))
    way = draw(st.sampled_from(["head", "before", "after", "plain after", "none"]))
    rows: list[str] = []
    for number, name in zip(("一", "二"), sections, strict=False):
        shown, leaves = ("村（社区）", VILLAGES) if name == "村" else ("行业", SECTORS)
        rows += [f"{number}、{shown}"] if way == "head" else [f"{shown}小计"] if way == "before" else []
        rows += draw(st.permutations(leaves))
        rows += [f"{shown}小计"] if way == "after" else ["小计"] if way == "plain after" else []
    total = draw(st.sampled_from(["合计", "总计", "全镇合计"]))
    return (total, *rows) if draw(st.booleans()) else (*rows, total)


_NUMBERS = count(1)
SECOND: Final = (date(2018, 1, 19), date(2018, 1, 25))


@pytest.fixture
def told(stage: ReturnStage) -> ReturnStage:
    """A town with hazards found in two weeks, of both villages, put right or not, some major."""
    loop = stage.loop
    stage.on(date(2018, 1, 16))
    loop.closed(found_on=date(2018, 1, 13))
    loop.listed()
    loop.confirmed(enterprise_id=stage.west_firm, found_on=date(2018, 1, 14))
    stage.on(date(2018, 1, 22))
    loop.rectified(found_on=date(2018, 1, 20))
    loop.confirmed(enterprise_id=stage.west_firm, found_on=date(2018, 1, 21))
    stage.on(date(2018, 1, 26))
    return stage


@pytest.mark.django_db
# The town lives on from one table to the next, so a failing one cannot be made smaller.
@settings(
    max_examples=min(max(settings().max_examples // 4, 6), 30),
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(rows=tables())
def test_given_any_sections_and_subtotals_when_filled_for_two_periods_then_every_total_is_as_recounted(
    told: ReturnStage, rows: tuple[str, ...]
) -> None:
    columns = ("排查隐患（项）", "其中重大", "已整改")
    form = told.use(uploaded(told, table(rows, columns, title=f"统计表 {next(_NUMBERS)}"), rhythm="special"))
    for since, until in (FIRST, SECOND):
        view = told.see(asked(told, form, "镇", since, until))
        row = 3 + rows.index(next(one for one in rows if one in {"合计", "总计", "全镇合计"}))
        town = told.loop.town.town.path
        wanted = [told.found(since, until, path=town), told.found(since, until, path=town, level="major")]
        assert [view.cells[f"{column}{row}"].filled.amount for column in "BC"] == wanted, rows
        for number, name in enumerate(rows, start=3):
            if "小计" in name or "、" in name:
                assert view.cells[f"B{number}"].filled.amount == wanted[0], (rows, name)
