"""The list of hazards through the door: what it shows, narrows, exports and costs."""

import re
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.filters import Filters, Tab
from bihuan.hazards.rules.states import RUNNING_STATES, Holder, State
from bihuan.kernel.calendar import SHANGHAI
from bihuan.web.hazards.tab_counts import counts_for
from tests.hazards.stage import Stage
from tests.town import SmallTown
from tests.web.conftest import Visit

TODAY = date(2018, 1, 10)
NOW = datetime(2018, 1, 10, 9, 20, tzinfo=SHANGHAI)
LIST = "hazards:list"


def keep_rows(town: SmallTown, count: int, *, first: int = 1, **columns: object) -> list[Hazard]:
    """Keep rows as a list shows them; their life is not looked at here."""
    rows = [
        Hazard(
            **{
                "town_id": town.town.id,
                "year": 2018,
                "serial": serial,
                "number": f"2018-{serial:04d}",
                "path": town.units["东村"].path,
                "sector": "machinery",
                "place_kind": "public_place",
                "place_name": "村口",
                "description": f"灭火器过期 {serial}",
                "source": "village_patrol",
                "found_on": TODAY - timedelta(days=serial),
                "found_by": "网格员",
                "reported_at": NOW,
                "changed_at": NOW,
                "state": State.RECTIFYING,
                "level": "general",
                "next_holder": Holder.UNIT,
                "next_act": "hand_in",
                "clock_kind": "rectify",
                "deadline": TODAY - timedelta(days=1),
                "first_deadline": TODAY - timedelta(days=1),
                "clock_on": TODAY - timedelta(days=1),
            }
            | columns
        )
        for serial in range(first, first + count)
    ]
    for row in rows:
        row.is_running, row.is_major = row.state in RUNNING_STATES, row.level == "major"
    return Hazard.objects.bulk_create(rows)


@pytest.fixture
def client(visit: Visit) -> Client:
    return visit("chief")


def test_given_hazards_when_listed_then_each_row_says_chip_next_and_department(client: Client, town: SmallTown) -> None:
    keep_rows(town, 1)

    page = client.get(reverse(LIST)).content.decode()

    assert "逾期 1 天" in page
    assert "<b>责任单位</b> 提交整改" in page
    assert "经发办" in page.split("<tbody>")[1]
    assert "东村" in page.split("<tbody>")[1]


def test_given_no_hazard_when_listed_then_one_sentence_and_one_button(client: Client) -> None:
    assert "还没有隐患" in client.get(reverse(LIST)).content.decode()
    assert "没有符合这些条件" in client.get(reverse(LIST), {"late": "overdue"}).content.decode()


def test_given_filters_when_listed_then_the_part_equals_what_the_page_holds(client: Client, town: SmallTown) -> None:
    keep_rows(town, 3)
    asked = {"late": "overdue", "source": "village_patrol", "sort": "-number"}

    whole = client.get(reverse(LIST), asked).content.decode()
    part = client.get(reverse(LIST), asked, headers={"HX-Request": "true"}).content.decode()

    bare = [text.split('name="csrfmiddlewaretoken" value="') for text in (whole, part)]
    whole, part = ("".join(piece[64:] if n else piece for n, piece in enumerate(pieces)) for pieces in bare)
    assert part.strip() in whole


@pytest.mark.parametrize("address", [LIST, "desk:workbench"])
def test_given_one_or_three_rows_when_opened_then_the_number_of_queries_is_the_same(
    client: Client, town: SmallTown, address: str
) -> None:
    keep_rows(town, 1)
    client.get(reverse(address))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(address))
    keep_rows(town, 2, first=2)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(address))

    assert len(one) == len(three)


def test_given_filters_when_exported_then_the_sheet_holds_exactly_those_rows(client: Client, town: SmallTown) -> None:
    keep_rows(town, 3)
    Hazard.objects.filter(serial=2).update(description="=1+1")
    Hazard.objects.filter(serial=3).update(source="tip")

    answer = client.get(reverse("hazards:export"), {"source": "village_patrol", "sort": "number"})

    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content)))["隐患"]  # type: ignore[attr-defined] # -- streamed
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)]
    assert rows == [["编号", "隐患", "级别"], ["2018-0001", "灭火器过期 1", "一般"], ["2018-0002", "=1+1", "一般"]]


def test_given_chosen_columns_when_the_list_is_opened_again_then_they_are_remembered(
    client: Client, town: SmallTown
) -> None:
    keep_rows(town, 1)

    client.get(reverse(LIST), {"col": ["level", "part"]})
    page = client.get(reverse(LIST)).content.decode()

    assert page.split("<thead>")[1].split("</thead>")[0].count("<th") == 5  # tick, number, what, level, part


def test_given_a_strangers_village_when_the_list_is_opened_then_no_row_is_seen(visit: Visit, town: SmallTown) -> None:
    keep_rows(town, 1)

    assert "灭火器过期" in visit("village_east").get(reverse(LIST)).content.decode()
    assert "灭火器过期" not in visit("village_west").get(reverse(LIST)).content.decode()


def test_given_nonsense_in_the_address_when_listed_then_it_lets_all_through(client: Client, town: SmallTown) -> None:
    keep_rows(town, 1)

    page = client.get(reverse(LIST), {"tab": "x", "page": "-1", "size": "9", "enterprise": "y", "found_from": "z"})

    assert page.status_code == 200
    assert "灭火器过期" in page.content.decode()


def test_given_a_county_when_it_lists_then_cubes_and_rows_count_the_same(enter: Visit, stage: Stage) -> None:
    stage.closed()
    stage.rectified()
    stage.listed()
    county, town = stage.by("superior"), stage.by("office")

    for filters in (Filters(), Filters(level="major"), Filters(source="department"), Filters(sector="machinery")):
        by_cubes, total = counts_for(county, filters, today=stage.day)
        by_rows, known = counts_for(town, filters, today=stage.day)
        assert {tab: by_cubes[tab] for tab in by_rows} == by_rows
        assert total == known == by_rows[Tab.OPEN]
    words = Filters(words="鑫达")
    assert counts_for(county, words, today=stage.day)[0][Tab.OPEN] == 2


def test_given_a_county_when_it_lists_then_each_row_names_the_department_of_its_town(
    enter: Visit, stage: Stage
) -> None:
    stage.closed()
    address = f"{reverse(LIST)}?tab=all"

    above, own = (enter(key).get(address).content.decode() for key in ("superior", "office"))

    named = re.search(r'<td class="h-department cut">([^<]+)</td>', own)
    assert named is not None
    assert named[0] in above


@pytest.mark.parametrize(
    "query", ["", "?tab=all", "?tab=closed&sort=-number", "?level=major", "?tab=all&q=2018-0001", "?q=鑫达"]
)
def test_given_a_county_when_it_asks_in_any_way_then_the_list_answers(enter: Visit, stage: Stage, query: str) -> None:
    stage.closed()
    stage.listed()

    page = enter("superior").get(reverse(LIST) + query)

    assert page.status_code == 200
    assert "鑫达机械厂" in page.content.decode()


BULK = "hazards:bulk"


def test_given_more_rows_than_a_page_when_all_are_pressed_then_every_one_of_them_is(
    client: Client, town: SmallTown
) -> None:
    keep_rows(town, 1_050)
    back = reverse(LIST)

    page = client.post(reverse(BULK), {"act": "remind", "all": "1", "back": back}).content.decode()
    picked = re.findall(r'name="ids" value="([^"]+)"', page)
    done = client.post(reverse(BULK), {"act": "remind", "ids": picked, "confirm": "1", "text": "请抓紧", "back": back})

    assert "成批催办：1050 项" in page
    assert "共 1050 项，列出最急的 100 项" in page
    assert (len(picked), page.count("<tr>"), done.status_code) == (1_050, 100, 303)
    assert Hazard.objects.filter(reminders=1).count() == 1_050


@pytest.mark.parametrize("act", ["remind", "papers"])
def test_given_more_rows_than_fit_when_all_are_pressed_then_the_true_number_is_said_and_nothing_is_done(
    act: str, client: Client, town: SmallTown
) -> None:
    keep_rows(town, 2_001)
    asked = {"act": act, "all": "1", "back": reverse(LIST)}

    answer = client.post(reverse(BULK), asked, follow=True)

    assert "选了 2001 项，一次最多办 2000 项，所以一项也没有办。" in answer.content.decode()
    assert not Hazard.objects.filter(reminders=1).exists()


def test_given_more_rows_than_fit_in_one_act_when_all_are_exported_then_none_is_left_out(
    client: Client, town: SmallTown
) -> None:
    keep_rows(town, 2_001)

    sent = client.post(reverse(BULK), {"act": "export", "all": "1", "back": reverse(LIST)})

    sheet = load_workbook(BytesIO(b"".join(sent.streaming_content)), read_only=True).active
    assert sum(1 for _ in sheet.iter_rows(min_row=2)) == 2_001
