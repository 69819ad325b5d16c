"""The lines of every table of the dashboard add up to its sum, of any day, and every number opens exactly its rows."""

import re
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from bihuan.hazards.rules.states import PlaceKind
from tests.hazards.stage import Stage
from tests.kept import made_once
from tests.soaking import some
from tests.web.conftest import Visit
from tests.web.living import Living, lived

VIEWERS: Final = ("chief", "superior", "village_east", "leader", "industry", "boss")
WHOLE: Final = {"按村（社区）", "按镇", "按行业", "按来源", "按级别"}


@pytest.fixture(params=[1, *(pytest.param(seed, marks=pytest.mark.one_database) for seed in (4, 7))])
def life(db: None, request: pytest.FixtureRequest) -> Living:
    """A town that has lived for some weeks, with hazards in no village and of no sector."""
    cache.clear()
    return _with_some_of_none(request.param)


@made_once
def _with_some_of_none(seed: int) -> Living:
    made = lived(seed, 4)
    _of_none(made.stage)
    made.live(5)
    return made


@pytest.fixture
def stage(life: Living) -> Stage:
    """Return the stage of that town, for its people at the door."""
    return life.stage


@pytest.fixture
def enter(enter: Visit, life: Living, settings: Any) -> Visit:
    """Let people come in on the last day of that life."""
    settings.BIHUAN_DEMO_DAY = life.stage.day.isoformat()
    return enter


def _of_none(stage: Stage) -> None:
    """Find some at a department, which lies in no village, and some in the open, which are of no sector."""
    units = stage.town.units
    at_unit: dict[str, Any] = {"enterprise_id": None, "place_kind": PlaceKind.UNIT}
    outside: dict[str, Any] = {"enterprise_id": None, "place_kind": PlaceKind.PUBLIC_PLACE, "place_name": "文化广场"}
    for _ in range(2):
        stage.report("office", **at_unit, place_unit_id=units["经发办"].id)
        stage.report("office", **outside, path=units["东村"].path)
    stage.confirmed(**outside, path=units["西村"].path)


def _values(table: Any) -> list[list[int]]:
    return [[cell.value for cell in row.cells] for row in table.rows]


def _days(life: Living) -> list[date]:
    days = sorted(life.days)
    return [days[1], days[4] + timedelta(days=1), days[-2], days[-1]]


def _opened_on(life: Living, seed: int) -> list[date]:
    """Return the days whose numbers are opened one by one by some viewer: all of the first life, one of each other."""
    days = _days(life)[1:]
    return days if seed == 1 and connection.vendor == "sqlite" else days[1:2]


def test_given_a_random_life_when_tables_are_asked_of_any_day_then_their_lines_add_up_to_the_sum(
    life: Living, enter: Visit
) -> None:
    names = set()
    for who in VIEWERS:
        client = enter(who)
        for on in _days(life):
            page = client.get(reverse("stats:dashboard"), {"on": on.isoformat()}).context
            whole = [cell.value for cell in page["whole"].cells]
            for table in page["tables"]:
                sums = [sum(column) for column in zip(*_values(table), strict=True)]
                names |= {row.name for row in table.rows}
                assert table.title not in WHOLE or sums == whole, (who, on, table.title)
    assert {"其他（不属于以上各行）", "未定行业", "未定级"} <= names


def _total(client: Client, href: str) -> int:
    page = client.get(href)
    assert page.status_code == 200, href
    if "rows" in page.context and "since" in page.context:
        return int(page.context["total"])
    return int(page.context["pager"].total)


@pytest.mark.one_database  # on both: tests/hazards/test_counted.py asks for the rows
@pytest.mark.property
def test_given_a_random_life_when_a_number_of_any_day_is_opened_then_its_rows_come_to_it(
    life: Living, enter: Visit, request: pytest.FixtureRequest
) -> None:
    days = _opened_on(life, request.node.callspec.params["life"])
    for number, who in enumerate(VIEWERS):
        client = enter(who)
        for on in some(days, of=len(days), begin=number):
            page = client.get(reverse("stats:dashboard"), {"on": on.isoformat()}).context
            opened: dict[str, int] = {part.href: part.value for part in page["stack"].parts}
            opened |= {one.href: one.value for one in page["tiles"] if one.unit == "项"}
            rows = [page["whole"], *(row for table in page["tables"] for row in table.rows)]
            opened |= {cell.href: cell.value for row in rows for cell in row.cells if cell.value}
            for line in page["compared"]:
                values = (line.week, line.week_before, line.month, line.month_before)
                opened |= dict(zip(line.hrefs, values, strict=True))
            opened |= {href: amount for _, amounts in page["trend"].behind for amount, href in amounts}
            assert "" not in opened, (who, on)
            told = {href: _total(client, href) for href in opened}
            assert told == opened, (who, on)


def test_given_a_past_day_when_its_figures_are_shown_then_none_but_zero_stands_without_a_link(
    life: Living, enter: Visit
) -> None:
    page = enter("chief").get(reverse("stats:dashboard"), {"on": _days(life)[2].isoformat()}).content.decode()

    bare = re.findall(r'<td class="r n">([1-9]\d*)</td>', page)
    assert not bare
    assert page.count("/hazards/counted/") > 30


def test_given_what_others_see_when_all_that_one_sees_is_asked_then_nothing_else_is_told(
    life: Living, enter: Visit
) -> None:
    asked = {"seen": "1", "measure": "hazards.all", "until": life.stage.day.isoformat()}
    west = life.stage.town.units["西村"].path

    page = enter("village_east").get(reverse("hazards:counted"), asked | {"path": west})

    assert page.status_code == 200
    assert page.context["total"] == "0"
