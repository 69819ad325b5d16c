"""Three superiors' forms, bound by what is suggested and filled for two periods; every number recounted from rows."""

import io
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from bihuan.campaigns.models import Return
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.returns.binding import Source
from bihuan.hazards import queries as hazards
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import State
from bihuan.kernel.actor import PLATFORM
from bihuan.web.hazards.filters import read
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
            cells[f"{column}{row + 3}"] = stage.rose(RECTIFIED, first, until, level=level)
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
            cells[f"{done}{row}"] = stage.rose(RECTIFIED, NEW_YEAR, until, level=level, **of)
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
        cells[f"E{row}"] = stage.rose(RECTIFIED, since, until, **of)
        cells[f"F{row}"] = stage.found(NEW_YEAR, until, **of)
        cells[f"G{row}"] = stage.rose(RECTIFIED, NEW_YEAR, until, **of)
    for column in "CDEFG":
        cells[f"{column}8"] = cells[f"{column}6"] + cells[f"{column}7"]
    for row in (6, 7, 8):
        cells[f"H{row}"] = cells[f"F{row}"] - cells[f"G{row}"]
        cells[f"I{row}"] = share(cells[f"G{row}"], cells[f"F{row}"])
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


def test_given_a_return_when_its_cells_are_opened_then_the_rows_behind_are_listed_with_the_rule(
    stage: ReturnStage,
) -> None:
    form = stage.use(stage.upload("villages.xlsx"))
    play_january(stage)
    stage.on(date(2018, 1, 19))
    view = stage.see(stage.begin(form, date(2018, 1, 12), date(2018, 1, 18)))

    counted = [cell for cell in view.cells.values() if cell.binding.source is Source.MEASURE and cell.filled.amount]
    for cell in counted:
        assert cell.rule
        assert cell.rows, cell.slot.label
        for row in cell.rows:
            found = hazards.listing(PLATFORM, read(QueryDict(urlencode(row.query))), today=stage.loop.day)
            assert found.total == row.amount
    assert len(counted) >= 5


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
    assert made.name == "全区冬季安全生产专项行动工作周报表_示范镇_2018年1月12日至1月18日.xlsx"
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
    assert len(asked) <= 14


def test_given_the_day_of_a_state_when_nothing_of_it_is_there_then_a_rate_is_a_dash(stage: ReturnStage) -> None:
    form = stage.use(stage.upload("villages.xlsx"))
    stage.on(date(2018, 1, 19))

    texts = stage.texts(stage.begin(form, date(2018, 1, 12), date(2018, 1, 18)))

    assert (texts["F8"], texts["I8"]) == ("0", "—")
    assert Return.objects.count() == 1
    assert State.CLOSED in RECTIFIED
