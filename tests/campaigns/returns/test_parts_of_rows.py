"""A superior's form: measures down with 其中 rows, sectors across, a column of codes, a note above a column."""

import io
from functools import cache

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from bihuan.campaigns.readers.filling import filled_workbook
from bihuan.campaigns.readers.forms import read_form
from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.suggest import fitting_names, suggest, total_parts
from bihuan.standards.rules import Sector
from bihuan.stats.rules import NO_SECTOR

_THIN = Side(style="thin")
MEASURES = (
    "一、排查发现（本年累计）",
    "其中：企业自查发现",
    "其中：重大隐患",
    "二、截至本月末未整改",
    "其中：重大隐患",
    "已挂牌督办",
    "三、本月整改到位",
    "四、本年整改到位",
    "五、整改率（%）",
    "六、本月销号数",
    "七、上月末未整改",
)
ACROSS = ("危化品", "冶金有色建材", "机械", "轻工、纺织", "小计", "建筑施工", "交通运输", "消防", "其它行业", "总计")
FIRST_ROW, LAST_ROW, FIRST_SINGLE = 5, 15, 8


@cache
def form() -> bytes:
    """Return the workbook: codes in B, five columns under 工矿商贸 in C to G, the rest in H to L."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for address, text in {"A1": "隐患排查治理情况统计表", "J2": "报告期：    年   月", "C3": "工矿商贸"}.items():
        sheet[address] = text
    for column, text in enumerate(("指标", "代码"), start=1):
        sheet.cell(3, column, text)
        sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    for column, text in enumerate(ACROSS, start=3):
        sheet.cell(4 if column < FIRST_SINGLE else 3, column, text)
    for column in range(FIRST_SINGLE, FIRST_SINGLE + 5):
        sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    for area in ("A1:L1", "C3:G3"):
        sheet.merge_cells(area)
    for row, text in enumerate(MEASURES, start=FIRST_ROW):
        sheet.cell(row, 1, text)
        sheet.cell(row, 2, f"{row - FIRST_ROW + 1:02d}")
    sheet["C15"] = 37
    for cell in (cell for line in sheet.iter_rows(3, LAST_ROW, 1, 12) for cell in line):
        cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@cache
def cells() -> tuple[Slot, ...]:
    """Return the cells of the form that want a number."""
    return tuple(read_form(form(), "表.xlsx").slots())


@cache
def found() -> dict[str, Binding]:
    """Return what is suggested for the form."""
    return suggest(cells())


def said(address: str) -> tuple[str, str, PeriodKind]:
    """Return what a cell is bound to: measure, level, days."""
    one = found()[address]
    return one.name, one.level, one.period


def test_given_cells_that_the_superior_wrote_in_when_filled_then_they_stay_and_are_bound_to_nothing() -> None:
    grid = read_form(form(), "表.xlsx")

    content = filled_workbook(form(), grid, {slot.address: slot for slot in cells()}, {})

    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    codes = [sheet.cell(row, 2).value for row in range(FIRST_ROW, LAST_ROW + 1)]
    assert codes == [f"{number:02d}" for number in range(1, len(MEASURES) + 1)]
    assert sheet["C15"].value == 37
    assert not {slot.address for slot in cells() if slot.column == 2 or slot.address == "C15"}


def test_given_a_part_of_a_row_when_suggested_then_it_counts_the_same_of_the_same_days_as_its_head() -> None:
    assert said("C6") == ("hazards.self_found", "", PeriodKind.CUMULATIVE)
    assert said("C7") == ("hazards.found_fact", "major", PeriodKind.CUMULATIVE)
    assert said("C9") == ("hazards.unrectified", "major", PeriodKind.AS_OF)
    assert said("C10") == ("hazards.listed", "", PeriodKind.AS_OF)


def test_given_what_is_left_at_the_end_when_suggested_then_it_is_how_it_stands_and_no_difference() -> None:
    assert found()["C8"].source is Source.MEASURE
    assert said("C8") == ("hazards.unrectified", "", PeriodKind.AS_OF)
    assert "D15" not in found()  # 上月末: days of which no figure is asked


def test_given_what_was_done_in_the_month_when_suggested_then_it_is_the_acts_in_doubt_and_the_other_is_offered() -> (
    None
):
    by_address = {slot.address: slot for slot in cells()}

    assert (said("C11"), said("C14")) == (
        ("hazards.put_right", "", PeriodKind.THIS),
        ("hazards.closed", "", PeriodKind.THIS),
    )
    assert not found()["C11"].sure
    assert fitting_names(by_address["C11"])[:2] == ["hazards.put_right", "hazards.rectified"]
    assert fitting_names(by_address["C14"])[:2] == ["hazards.closed", "hazards.in.closed"]
    assert (said("C12"), found()["C13"].cells) == (("hazards.rectified", "", PeriodKind.CUMULATIVE), ("C12", "C5"))


def test_given_a_note_above_a_column_when_read_then_it_is_no_heading() -> None:
    assert {slot.column_heads for slot in cells() if slot.column == 10} == {("消防",)}
    assert said("J5") == ("hazards.found_fact", "", PeriodKind.CUMULATIVE)


def test_given_sectors_across_when_suggested_then_each_falls_in_one_column_and_the_total_is_checked() -> None:
    columns = [found()[f"{letter}5"].sectors for letter in "CDEFHIJK"]

    counted = [sector for one in columns for sector in one]
    assert sorted(counted) == sorted({NO_SECTOR, *map(str, Sector)})
    assert set(found()["I5"].sectors) == {"road_transport", "water_transport"}
    parts = dict(total_parts(cells(), found()))
    assert parts["L5"] == ("C5", "D5", "E5", "F5", "H5", "I5", "J5", "K5")
    assert all(found()[f"L{row}"].cells == tuple(f"{one}{row}" for one in "CDEFHIJK") for row in range(5, 9))


def test_given_a_rate_beside_figures_of_other_days_when_suggested_then_nothing_is_taken_for_it() -> None:
    heads = ("本年累计发现", "本月已整改", "整改率")
    row = [
        Slot(f"{letter}3", 0, 3, at, ("机械",), (head,))
        for at, (letter, head) in enumerate(zip("BCD", heads, strict=True), 2)
    ]

    assert "D3" not in suggest(row)


def test_given_days_before_when_a_heading_says_them_then_no_figure_of_these_days_is_taken() -> None:
    heads = ("年初存量", "上月末未整改", "较上周新增发现", "企业自查自纠隐患")
    row = [
        Slot(f"{letter}3", 0, 3, at, (), (head,))
        for at, (letter, head) in enumerate(zip("BCDE", heads, strict=True), 2)
    ]

    assert {address: one.name for address, one in suggest(row).items()} == {"E3": "hazards.self_found"}


def test_given_a_rate_of_the_week_beside_one_so_far_when_suggested_then_each_has_the_figures_of_its_own_days() -> None:
    heads = ("本周发现", "本周整改", "本周整改率", "累计发现", "累计整改", "累计整改率")
    row = [
        Slot(f"{letter}3", 0, 3, at, (), (head,))
        for at, (letter, head) in enumerate(zip("BCDEFG", heads, strict=True), 2)
    ]

    rates = {address: one.cells for address, one in suggest(row).items() if one.source is Source.RATE}
    assert rates == {"D3": ("C3", "B3"), "G3": ("F3", "E3")}
