"""Cross-checks of a return (R9.8): what is typed as its kind, what stands beside it, totals, and as it is typed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.checks import doubts_of
from bihuan.campaigns.rules.returns.computing import Filled, fill
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.suggest import suggest
from bihuan.hazards.rules.acts import Act
from bihuan.kernel.errors import Refusal
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted, begun
from tests.campaigns.returns.tables import table, uploaded

COMMONEST = ("发现隐患数", "其中：重大", "已整改", "整改率（%）", "未整改")


def slots_of(rows: tuple[str, ...], columns: tuple[str, ...]) -> list[Slot]:
    """Lay cells out as a form has them: B3 is the first."""
    return [
        Slot(f"{chr(66 + right)}{3 + down}", 0, 3 + down, 2 + right, (row,), (column,))
        for down, row in enumerate(rows)
        for right, column in enumerate(columns)
    ]


def said(rows: tuple[str, ...], columns: tuple[str, ...], numbers: dict[str, str], **more: Any) -> list[str]:
    """Fill a form that is bound as it is suggested; return the cells that each doubt names, and what it begins with."""
    slots = slots_of(rows, columns)
    bindings = suggest(slots)
    figures = {address: Filled(Decimal(number)) for address, number in numbers.items()}
    found = doubts_of(slots, bindings, fill(bindings, figures), **more)
    return [f"{' '.join(doubt.cells)} {doubt.say.partition('：')[0]}" for doubt in found]


def test_given_the_commonest_form_when_suggested_then_what_is_left_is_the_stock_and_the_rate_is_like_for_like() -> None:
    found = suggest(slots_of(("机械", "轻工", "合计"), COMMONEST))

    left = found["F3"]
    assert (left.source, left.name, left.period, left.sectors) == (
        Source.MEASURE,
        "hazards.unrectified",
        PeriodKind.AS_OF,
        ("machinery",),
    )
    assert found["E3"] == Binding(Source.RATE, cells=("D3", "B3"))
    assert found["F5"] == Binding(Source.SUM, cells=("F3", "F4"))


@pytest.mark.parametrize(
    ("columns", "binding"),
    [
        (("累计发现隐患", "累计已整改", "未整改"), Source.DIFFERENCE),
        (("本周发现隐患", "本周已整改", "本周未整改"), Source.DIFFERENCE),
        (("本周发现隐患", "本周已整改", "未整改"), Source.MEASURE),
        (("发现隐患", "已整改", "截至目前未整改"), Source.MEASURE),
    ],
)
def test_given_what_stands_beside_it_when_what_is_left_is_suggested_then_it_is_less_of_the_same_days_or_the_stock(
    columns: tuple[str, ...], binding: Source
) -> None:
    assert suggest(slots_of(("机械",), columns))["D3"].source is binding


@pytest.mark.django_db
def test_given_old_ones_put_right_when_the_commonest_form_is_filled_then_nothing_is_below_nought_or_above_the_whole(
    stage: ReturnStage,
) -> None:
    form = stage.use(uploaded(stage, table(("机械", "轻工", "合计"), COMMONEST), rhythm="weekly"))
    for found_on in (date(2018, 1, 2), date(2018, 1, 3), date(2018, 1, 4)):
        stage.loop.assigned(found_on=found_on)
    stage.on(date(2018, 1, 16))
    for found_on in (date(2018, 1, 5), date(2018, 1, 6), date(2018, 1, 13)):
        stage.loop.closed(found_on=found_on)
    stage.on(FRIDAY)
    row = stage.begin(form, *FIRST)

    texts = stage.texts(row)

    assert {cell: texts[cell] for cell in ("B3", "D3", "E3", "F3", "F5")} == {
        "B3": "1",
        "D3": "1",
        "E3": "100.0%",
        "F3": "3",
        "F5": "3",
    }
    assert stage.proved(stage.see(row).cells["F3"]) == 3
    assert stage.see(row).doubts == []
    assert stage.do("send_return", row).state == "submitted"


@pytest.mark.parametrize("when", ["本周", "累计", "截至目前"])
def test_given_more_rectified_than_found_when_checked_then_it_is_asked_about_in_every_period(when: str) -> None:
    columns = (f"{when}发现隐患", f"{when}已整改", f"{when}整改率")

    assert said(("机械",), columns, {"B3": "3", "C3": "4"}) == [
        "D3 比率不能超过 100%",
        "C3 B3 已整改不能多于发现的",
    ]
    assert said(("机械",), columns, {"B3": "4", "C3": "4"}) == []


def test_given_another_place_in_the_same_row_when_checked_then_it_is_not_compared() -> None:
    columns = ("机械累计发现隐患", "机械累计已整改", "轻工累计发现隐患", "轻工累计已整改")

    assert said(("隐患",), columns, {"B3": "5", "C3": "5", "D3": "1", "E3": "1"}) == []
    assert said(("隐患",), columns, {"B3": "5", "C3": "1", "D3": "1", "E3": "2"}) == ["E3 D3 已整改不能多于发现的"]


def test_given_this_week_and_so_far_when_the_week_has_more_then_it_is_asked_about_unless_so_far_begins_later() -> None:
    columns = ("本周立案（起）", "累计立案（起）")
    numbers = {"B3": "5", "C3": "3", "B4": "1", "C4": "1"}

    assert said(("机械", "轻工"), columns, numbers) == ["B3 C3 本期不能多于累计"]
    assert said(("机械", "轻工"), columns, numbers, covers=False) == []


def test_given_totals_when_they_are_not_the_sum_of_their_rows_or_columns_then_both_are_asked_about() -> None:
    rows, columns = ("机械", "轻工", "合计"), ("一般隐患发现", "重大隐患发现", "合计")
    numbers = {"B3": "12", "B4": "0", "C3": "1", "C4": "2", "B5": "1", "D3": "14"}

    found = said(rows, columns, numbers)

    assert [one for one in found if "合计" in one] == [
        "D3 合计应等于各格相加",
        "B5 合计应等于各格相加",
        "D5 合计应等于各格相加",
    ]
    assert said(rows, columns, {name: number for name, number in numbers.items() if name not in {"B5", "D3"}}) == []


def test_given_a_difference_below_nought_when_checked_then_it_is_asked_about() -> None:
    slots = slots_of(("机械",), ("发现隐患", "完成整改次数", "余下"))
    bindings = suggest(slots) | {"D3": Binding(Source.DIFFERENCE, cells=("B3", "C3"))}
    filled = fill(bindings, {"B3": Filled(Decimal(9)), "C3": Filled(Decimal(19))})

    [doubt] = doubts_of(slots, bindings, filled)

    assert (doubt.cells, doubt.say) == (("D3",), "不会少于 0：机械·余下（D3） -10。")
    assert filled["D3"] == replace(filled["D3"], amount=Decimal(-10))


def test_given_old_numbers_of_the_wrong_kind_when_checked_then_they_are_asked_about() -> None:
    found = said(("机械",), ("发现隐患（项）", "已整改（项）", "整改率（%）"), {"B3": "12.5", "C3": "2", "D3": "300"})

    assert found == ["B3 数的是“项”，应是整数", "D3 比率不能超过 100%"]


@pytest.mark.parametrize(
    ("cell", "text", "say"),
    [
        ("D4", "12.5", r"检查组·个·本期（D4）：数的是“个”，请写整数"),
        ("D8", "12.5", r"发现隐患·项·本期（D8）：数的是“项”，请写整数"),
        ("D12", "300", r"整改率·%·本期（D12）：比率不能超过 100%，请写 0 到 100"),
        ("D12", "95%%", None),
        ("D12", "九成", r"整改率·%·本期（D12）：请写数字"),
        ("D20", "2.55", None),
    ],
)
@pytest.mark.django_db
def test_given_a_number_of_the_wrong_kind_when_typed_then_a_sentence_refuses_it(
    cell: str, text: str, say: str | None, stage: ReturnStage
) -> None:
    row = begun(stage, "镇", "office")
    typed: dict[str, Any] = {"cells": {cell: text.replace("%%", "%")}, "reason": "台账"}

    if say is not None:
        with pytest.raises(Refusal, match=say):
            stage.do("type_cells", row, **typed)
        return
    stage.do("type_cells", row, **typed)

    assert stage.texts(row)[cell] == {"D12": "95.0%", "D20": "2.55"}[cell]


@pytest.mark.django_db
def test_given_what_is_being_typed_when_it_does_not_fit_then_the_page_says_so_and_nothing_is_kept(
    stage: ReturnStage, settings: Any
) -> None:
    row = begun(stage)
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()
    village = stage.loop.town.client("village_east")
    address = reverse("campaigns:try_return", args=[row.pk])

    page = village.get(reverse("campaigns:return", args=[row.pk])).content.decode()
    wrong = village.post(address, {"cell-D4": "12.5", "cell-D16": "3", "cell-E16": "2"}).content.decode()
    right = village.post(address, {"cell-D4": "12", "cell-D16": "", "cell-Z9": "1"}).content.decode()

    assert f'hx-post="{address}"' in page
    assert '<section id="doubts"' in page
    assert "（D4）：数的是“个”，请写整数" in wrong
    assert "本期不能多于累计：执法惩戒·立案·起·本期（D16） 3，执法惩戒·立案·起·累计（E16） 2。" in wrong
    assert "对不上的 2 处" in wrong
    assert "正在填的数都对得上" in right
    row.refresh_from_db()
    assert row.typed == {}
    assert stage.loop.town.client("village_west").post(address, {"cell-D4": "1"}).status_code == 404


@pytest.mark.django_db
def test_given_forms_bound_by_suggestion_when_nothing_is_typed_then_no_check_fails(stage: ReturnStage) -> None:
    form = stage.use(uploaded(stage, table(("机械", "轻工", "其他", "合计"), (*COMMONEST, "累计发现", "累计已销号"))))
    stage.loop.listed()
    stage.loop.closed(found_on=date(2018, 1, 13))
    stage.loop.rectified(found_on=date(2018, 1, 12))
    stage.loop.confirmed(enterprise_id=stage.west_firm, found_on=date(2018, 1, 14))
    stage.on(FRIDAY)

    row = stage.begin(form, *FIRST)

    assert stage.see(row).doubts == []
    assert bindings_of(form)["F3"].name == "hazards.unrectified"


@pytest.mark.django_db
def test_given_an_old_major_hazard_listed_this_week_when_the_weekly_is_filled_then_listed_is_of_what_was_found(
    stage: ReturnStage,
) -> None:
    loop = stage.loop
    stage.on(date(2018, 1, 11))
    row = loop.major()
    stage.on(date(2018, 1, 16))
    row = loop.do(row, Act.PROPOSE_LISTING, "office", text="提请挂牌")
    loop.do(row, Act.LIST, "chair", **loop.order_given())
    form = adopted(stage, "镇")
    stage.on(FRIDAY)

    view = stage.see(stage.begin(form, *FIRST))

    told = {"·".join(cell.slot.row_heads): cell.filled.text for cell in view.cells.values() if cell.slot.column == 4}
    listed = next(text for label, text in told.items() if "重大隐患挂牌督办" in label)
    major = next(text for label, text in told.items() if "其中:重大隐患" in label)
    assert (major, listed) == ("0", "0")
    assert [one for one in view.doubts if "挂牌督办" in one.say] == []


def test_given_more_listed_this_week_than_major_when_typed_then_it_is_asked_about() -> None:
    slots = slots_of(("全镇",), ("本周发现重大隐患（项）", "本周重大隐患挂牌督办（项）"))
    bindings = suggest(slots) | {"C3": Binding(Source.MEASURE, name="hazards.found_listed")}
    filled = fill(bindings, {"B3": Filled(Decimal(1)), "C3": Filled(Decimal(2))})

    assert [one.say.partition("：")[0] for one in doubts_of(slots, bindings, filled)] == ["挂牌督办的不能多于重大隐患"]
