"""Five superiors' forms, bound by what is suggested and filled for two periods; every number recounted from rows."""

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from bihuan.campaigns.models import Return
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.returns.binding import Source
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import State
from bihuan.kernel.actor import PLATFORM
from bihuan.stats import queries as stats
from tests.campaigns.returns.gold import SECTORS
from tests.campaigns.returns.stage import LISTED_EVER, RECTIFIED, ReturnStage

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2018, 1, 1)


def play_january(stage: ReturnStage) -> None:
    """The first period: findings of both levels in both villages, one closed, one listed, money spent."""
    loop = stage.loop
    loop.closed()
    loop.confirmed(enterprise_id=stage.west_firm)
    stage.on(date(2018, 1, 17))
    loop.listed()
    loop.rectified(found_on=date(2018, 1, 11))


def play_later(stage: ReturnStage) -> None:
    """The second period: one comes back, one more is found and one is found to be none."""
    loop = stage.loop
    row = loop.rectified()
    loop.do(row, Act.FAIL, "office", text="还在漏", deadline=date(2018, 2, 20))
    loop.rectified()
    loop.confirmed(enterprise_id=stage.west_firm)


def expected_weekly(stage: ReturnStage, since: date, until: date) -> dict[str, str]:
    """What the county's weekly must say, from rows."""
    cells: dict[str, int | str] = {}
    for column, first in (("D", since), ("E", NEW_YEAR)):
        for row, level in ((7, "general"), (8, "major")):
            cells[f"{column}{row}"] = stage.found(first, until, level=level)
            cells[f"{column}{row + 3}"] = stage.stood(RECTIFIED, first, until, level=level)
        cells[f"{column}9"] = int(cells[f"{column}7"]) + int(cells[f"{column}8"])
        cells[f"{column}12"] = int(cells[f"{column}10"]) + int(cells[f"{column}11"])
        cells[f"{column}13"] = stage.rose(LISTED_EVER, first, until, column="listing_state")
        cells[f"{column}14"] = f"{stage.money(first, until) / 1_000_000:g}"
        cells |= {f"{column}{row}": 0 for row in (5, 6, 15, 16, 17)}
    return {address: str(value) for address, value in cells.items()}


def expected_monthly(stage: ReturnStage, since: date, until: date) -> dict[str, str]:
    """What the city's monthly must say, from rows: so far this year, by sector and level."""
    cells: dict[str, Any] = {}
    for row, sector in enumerate(SECTORS, start=6):
        of = {"sectors": (sector,)}
        for found, done, level in (("C", "D", "general"), ("F", "G", "major")):
            cells[f"{found}{row}"] = stage.found(NEW_YEAR, until, level=level, **of)
            cells[f"{done}{row}"] = stage.stood(RECTIFIED, NEW_YEAR, until, level=level, **of)
        cells[f"L{row}"] = stage.rose(LISTED_EVER, NEW_YEAR, until, column="listing_state", **of)
        cells[f"M{row}"] = stage.money(NEW_YEAR, until, **of) / 1_000_000
    for column in "CDFGLM":
        cells[f"{column}5"] = sum(cells[f"{column}{row}"] for row in range(6, 11))
    for row in range(5, 11):
        cells[f"I{row}"] = cells[f"C{row}"] + cells[f"F{row}"]
        cells[f"J{row}"] = cells[f"D{row}"] + cells[f"G{row}"]
        for part, whole, rate in (("D", "C", "E"), ("G", "F", "H"), ("J", "I", "K")):
            cells[f"{rate}{row}"] = share(cells[f"{part}{row}"], cells[f"{whole}{row}"])
    return {address: value if isinstance(value, str) else f"{value:g}" for address, value in cells.items()}


def expected_villages(stage: ReturnStage, since: date, until: date) -> dict[str, str]:
    """What the village table must say, from rows."""
    cells: dict[str, Any] = {}
    for row, name in ((6, "东村"), (7, "西村")):
        of = {"path": stage.loop.town.units[name].path}
        cells[f"C{row}"] = stage.found(since, until, **of)
        cells[f"D{row}"] = stage.found(since, until, level="major", **of)
        cells[f"E{row}"] = stage.stood(RECTIFIED, since, until, **of)
        cells[f"F{row}"] = stage.found(NEW_YEAR, until, **of)
        cells[f"G{row}"] = stage.stood(RECTIFIED, NEW_YEAR, until, **of)
    for column in "CDEFG":
        cells[f"{column}8"] = cells[f"{column}6"] + cells[f"{column}7"]
    for row in (6, 7, 8):
        cells[f"H{row}"] = cells[f"F{row}"] - cells[f"G{row}"]
        cells[f"I{row}"] = share(cells[f"G{row}"], cells[f"F{row}"])
    return {address: str(value) for address, value in cells.items()}


def expected_pairs(stage: ReturnStage, since: date, until: date) -> dict[str, str]:
    """What the district's weekly must say, from rows: 其中 columns by level, the total first."""
    cells: dict[str, Any] = {}
    for row, name in ((7, "东村"), (8, "西村")):
        of = {"path": stage.loop.town.units[name].path}
        for column, level in (("B", ""), ("C", "major")):
            cells[f"{column}{row}"] = stage.found(since, until, level=level, **of)
            cells[f"{chr(ord(column) + 2)}{row}"] = stage.found(NEW_YEAR, until, level=level, **of)
            cells[f"{chr(ord(column) + 4)}{row}"] = stage.stood(RECTIFIED, since, until, level=level, **of)
            cells[f"{chr(ord(column) + 6)}{row}"] = stage.stood(RECTIFIED, NEW_YEAR, until, level=level, **of)
        cells |= {f"L{row}": 0, f"M{row}": 0}
    for column in "BCDEFGHILM":
        cells[f"{column}6"] = cells[f"{column}7"] + cells[f"{column}8"]
    for row in (6, 7, 8):
        cells[f"J{row}"] = cells[f"D{row}"] - cells[f"H{row}"]
        cells[f"K{row}"] = share(cells[f"H{row}"], cells[f"D{row}"])
    return {address: str(value) for address, value in cells.items()}


def expected_across(stage: ReturnStage, since: date, until: date) -> dict[str, str]:
    """What the city's table must say, from rows: by village and sector, so far this year, with totals on both sides."""
    cells: dict[str, int] = {}
    for row, name in ((6, "东村"), (8, "西村")):
        path = stage.loop.town.units[name].path
        for first, sector in (("C", "machinery"), ("G", "light_industry")):
            for offset, level in ((0, "general"), (2, "major")):
                of: dict[str, Any] = {"path": path, "sectors": (sector,), "level": level}
                found, done = chr(ord(first) + offset), chr(ord(first) + offset + 1)
                cells[f"{found}{row}"] = stage.found(NEW_YEAR, until, **of)
                cells[f"{done}{row}"] = stage.stood(RECTIFIED, NEW_YEAR, until, **of)
        for column in "KLMN":
            cells[f"{column}{row}"] = cells[f"{chr(ord(column) - 8)}{row}"] + cells[f"{chr(ord(column) - 4)}{row}"]
    for column in "CDEFGHIJKLMN":
        cells[f"{column}7"], cells[f"{column}9"] = cells[f"{column}6"], cells[f"{column}8"]
        cells[f"{column}10"] = cells[f"{column}6"] + cells[f"{column}8"]
    return {address: str(value) for address, value in cells.items()}


def share(part: int, whole: int) -> str:
    """Say a rate as forms do."""
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0  # halves go up
    return f"{tenths // 10}.{tenths % 10}%" if whole else "—"


FORMS = {
    "county-weekly.xlsx": (
        expected_weekly,
        "weekly",
        (date(2018, 1, 12), date(2018, 1, 18)),
        (date(2018, 1, 19), date(2018, 1, 25)),
    ),
    "city-monthly.xlsx": (
        expected_monthly,
        "monthly",
        (NEW_YEAR, date(2018, 1, 31)),
        (date(2018, 2, 1), date(2018, 2, 28)),
    ),
    "district-pairs.xlsx": (
        expected_pairs,
        "weekly",
        (date(2018, 1, 12), date(2018, 1, 18)),
        (date(2018, 1, 19), date(2018, 1, 25)),
    ),
    "city-across.xlsx": (
        expected_across,
        "monthly",
        (NEW_YEAR, date(2018, 1, 31)),
        (date(2018, 2, 1), date(2018, 2, 28)),
    ),
    "villages.xlsx": (
        expected_villages,
        "weekly",
        (date(2018, 1, 12), date(2018, 1, 18)),
        (date(2018, 1, 19), date(2018, 1, 25)),
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_given_a_form_never_seen_when_two_periods_are_filled_then_every_cell_is_as_recounted_from_rows(
    name: str, stage: ReturnStage
) -> None:
    expected, rhythm, first, second = FORMS[name]
    form = stage.use(stage.upload(name, rhythm=rhythm))
    play_january(stage)

    stage.on(date.fromordinal(first[1].toordinal() + 1))
    one = stage.type_the_rest(stage.begin(form, *first))
    assert stage.texts(one) == expected(stage, *first)
    stage.do("send_return", one, remark="已核对")
    play_later(stage)
    stage.on(date.fromordinal(second[1].toordinal() + 1))
    other = stage.type_the_rest(stage.begin(form, *second))

    assert stage.texts(other) == expected(stage, *second)
    assert stage.texts(one) == expected(stage, *first)
    assert stage.texts(one) != stage.texts(other)


@pytest.mark.parametrize("name", FORMS)
def test_given_two_periods_when_each_cell_is_opened_later_then_its_rows_come_to_the_number_by_the_rule(
    name: str, stage: ReturnStage
) -> None:
    _, rhythm, first, second = FORMS[name]
    form = stage.use(stage.upload(name, rhythm=rhythm))
    play_january(stage)
    stage.on(date.fromordinal(first[1].toordinal() + 1))
    one = stage.begin(form, *first)
    play_later(stage)
    stage.on(date.fromordinal(second[1].toordinal() + 9))
    other = stage.begin(form, *second)

    looked = 0
    for row in (one, other):
        for cell in stage.see(row).cells.values():
            amount = cell.filled.amount
            if cell.binding.source is Source.MEASURE and amount is not None:
                scale = 1_000_000 if cell.binding.amount == "万元" else 1
                assert stage.proved(cell) == amount * scale, cell.slot.label
                assert cell.rule
                looked += bool(amount)
    assert looked >= 8


def test_given_old_ones_put_right_when_a_period_is_told_then_its_rate_is_of_what_it_found_and_acts_stand_apart(
    stage: ReturnStage,
) -> None:
    form = stage.use(stage.upload("villages.xlsx"))
    for found_on in (date(2018, 1, 3), date(2018, 1, 4)):
        stage.loop.assigned(found_on=found_on)
    for found_on in (date(2018, 1, 12), date(2018, 1, 13)):
        stage.loop.assigned(found_on=found_on)
    for _ in range(2):
        stage.loop.closed(found_on=date(2018, 1, 5))
    fresh = stage.loop.closed(found_on=date(2018, 1, 14))
    stage.on(date(2018, 1, 17))
    stage.loop.reopened(stage.loop.closed(found_on=date(2018, 1, 15)))
    stage.on(date(2018, 1, 19))
    stage.loop.reopened(fresh)
    stage.on(date(2018, 1, 20))
    row = stage.begin(form, date(2018, 1, 12), date(2018, 1, 18))

    view = stage.see(row)

    this, so_far = view.cells["E6"], view.cells["G6"]
    assert (view.cells["C6"].filled.text, this.filled.text) == ("4", "1")  # the fresh one stood closed that week
    assert (view.cells["F6"].filled.text, so_far.filled.text, view.cells["I6"].filled.text) == ("8", "3", "37.5%")
    assert [(title, one.amount) for title, one in this.apart] == [("完成整改", 4), ("反弹重开", 1)]
    assert (stage.proved(this), stage.proved(so_far)) == (1, 3)
    assert "这段时间发现的隐患" in this.rule
    [_, (_, reopened)] = this.apart
    query = dict(reopened.query)
    rows = stats.rows_behind(
        PLATFORM,
        query["measure"],
        path=query["path"],
        since=date.fromisoformat(query["since"]),
        until=date.fromisoformat(query["until"]),
    )
    assert sum(one.amount for one in rows) == 1


def test_given_a_filled_return_when_downloaded_then_the_layout_is_the_superiors_and_typed_cells_are_coloured(
    stage: ReturnStage,
) -> None:
    form = stage.use(stage.upload("county-weekly.xlsx"))
    play_january(stage)
    stage.on(date(2018, 1, 19))
    row = stage.type_the_rest(stage.begin(form, date(2018, 1, 12), date(2018, 1, 18)), amount="7")

    made = queries.workbook_of(stage.loop.by("office"), row.pk, today=stage.loop.day)

    again = queries.workbook_of(stage.loop.by("office"), row.pk, today=stage.loop.day)
    sheet: Any = load_workbook(io.BytesIO(made.content))["周报"]
    texts = stage.texts(row)
    assert made.content == again.content
    assert made.name == "全区冬季安全生产专项行动工作周报表_示范镇_2018年1月12日至1月18日（按今天所知）.xlsx"
    assert {str(one) for one in sheet.merged_cells.ranges} >= {"A1:F1", "D3:E3", "A7:A14"}
    assert (sheet["A3"].value, sheet["B7"].value, sheet["D4"].value) == ("类别", "3.发现一般隐患", "本周")
    assert {address: f"{sheet[address].value:g}" for address in texts} == texts
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert sheet["D5"].fill.fgColor.rgb.endswith("FFE9B8")
    assert sheet["D7"].fill.fill_type is None


def test_given_a_form_of_many_cells_when_counted_then_the_cube_is_asked_once_for_each_period(
    stage: ReturnStage,
) -> None:
    form = stage.use(stage.upload("city-monthly.xlsx", rhythm="monthly"))
    play_january(stage)
    stage.on(date(2018, 2, 1))
    row = stage.begin(form, NEW_YEAR, date(2018, 1, 31))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        stage.see(row)

    of_cube = [one for one in asked.captured_queries if "stats_cube" in one["sql"]]
    assert len(of_cube) == 2  # so far this year, and how the stocks stood before it
    assert len(asked) <= 18


def test_given_the_day_of_a_state_when_nothing_of_it_is_there_then_a_rate_is_a_dash(stage: ReturnStage) -> None:
    form = stage.use(stage.upload("villages.xlsx"))
    stage.on(date(2018, 1, 19))

    texts = stage.texts(stage.begin(form, date(2018, 1, 12), date(2018, 1, 18)))

    assert (texts["F8"], texts["I8"]) == ("0", "—")
    assert Return.objects.count() == 1
    assert State.CLOSED in RECTIFIED
