"""Lists of a form of ours: computed like its numbers, kept by each edition as they were sent, one sheet for each."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from bihuan.campaigns import services as campaigns
from bihuan.campaigns.models import Return, ReturnEdition
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.returns.lines import ReturnView
from bihuan.campaigns.rules.returns.listed import LISTS, MOST_ROWS, ListRow, ListSheet, filled, listed_of
from tests.campaigns.returns.stage import ReturnStage, adopted
from tests.campaigns.stage import CampaignStage

pytestmark = pytest.mark.django_db
TEN, NEXT = (date(2018, 1, 11), date(2018, 1, 20)), (date(2018, 1, 21), date(2018, 1, 31))
TITLES = [
    "进展", "挂牌督办重大隐患", "未整改重大隐患", "停产停业整顿企业", "关闭取缔企业", "问题隐患整改", "领导督办",
    "追责问责清单", "联合惩戒黑名单",
]  # fmt: skip


def column(view: ReturnView, key: str, place: int) -> list[str]:
    """What stands in one column of a list."""
    [found] = [one for one in view.lists if one.key == key]
    return [row.cells[place] for row in found.rows]


def first_sent(stage: ReturnStage, *units: str) -> tuple[Return, dict[str, str]]:
    """The list set of the first ten days: one major hazard listed, one closed, one open; numbers by what they are."""
    form = adopted(stage, *(units or ("镇",)), code="F8")
    numbers = {
        "listed": stage.loop.listed().number,
        "closed": stage.loop.closed().number,
        "open": stage.loop.assigned().number,
    }
    stage.on(date(2018, 1, 20))
    row = stage.begin(form, *TEN)
    return stage.sent(row, remark="属实"), numbers


def test_given_a_list_set_when_sent_then_each_list_has_its_rows_or_says_who_will_know_them(stage: ReturnStage) -> None:
    row, numbers = first_sent(stage)

    view = stage.see(row)

    assert [one.title for one in view.lists] == TITLES
    assert column(view, "listed", 1) == [numbers["listed"]]
    assert column(view, "unrectified", 1) == [numbers["listed"]]
    assert sorted(column(view, "rectified", 1)) == sorted(numbers.values())
    assert dict(zip(column(view, "rectified", 1), column(view, "rectified", 8), strict=True)) == {
        numbers["listed"]: "整改中",
        numbers["closed"]: "已销号",
        numbers["open"]: "待整改",
    }
    assert column(view, "progress", 1) == ["东村", "西村", "合计"]
    assert column(view, "progress", 2) == ["3", "0", "3"]
    assert column(view, "progress", 4) == ["33.3%", "—", "33.3%"]
    assert {one.title: one.why for one in view.lists if one.why} == {
        "关闭取缔企业": "待接入：执法惩戒",
        "联合惩戒黑名单": "待接入：执法惩戒",
    }
    [listed] = [one for one in view.lists if one.key == "listed"]
    assert (listed.rows[0].page, len(listed.rows[0].args)) == ("hazards:show", 1)
    assert view.cells["D8"].filled.text == str(len(column(view, "listed", 1)))  # the number beside it counts the same


def test_given_hazards_that_lie_in_no_village_when_listed_then_they_have_a_row_and_all_come_to_the_number_beside_them(
    stage: ReturnStage,
) -> None:
    row, _ = first_sent(stage)
    town = stage.loop.town.town
    at = {"enterprise_id": None, "place_kind": "public_place", "path": town.path, "place_name": "镇郊路口"}
    stage.loop.report("office", source="superior", source_type="list_item", sector="road_transport", **at)
    view = stage.see(stage.do("send_back", row, "chief", reason="再核"))

    assert column(view, "progress", 1)[-2:] == ["其他（未落到村的）", "合计"]
    *parts, total = map(int, column(view, "progress", 2))
    assert sum(parts) == total
    assert view.cells["D5"].filled.text == str(total)


def test_given_a_list_set_that_was_sent_when_hazards_go_on_then_the_edition_still_lists_the_same_rows(
    stage: ReturnStage,
) -> None:
    row, numbers = first_sent(stage)
    before = stage.see(row).lists

    stage.loop.closed()
    again = stage.do("send_back", row, "chief", reason="再核")
    live = stage.see(again)
    assert live.lists_of == 0
    row = stage.do("send_return", row, remark="属实")

    assert stage.see(row).lists_of == 2
    first = queries.return_for(stage.loop.by("office"), row.pk, today=stage.loop.day, edition=1)
    assert first.lists == before
    assert sorted(column(first, "rectified", 1)) == sorted(numbers.values())
    kept = ReturnEdition.objects.get(of=row, number=1).lists
    assert [listed_of(one) for one in kept] == list(before)


def test_given_the_next_ten_days_when_listed_then_what_was_closed_before_them_is_no_longer_there(
    stage: ReturnStage,
) -> None:
    row, numbers = first_sent(stage)
    stage.on(date(2018, 1, 22))
    stage.loop.reopened(stage.loop.closed())
    stage.on(date(2018, 1, 31))

    view = stage.see(stage.begin(row.form, *NEXT))

    told = column(view, "rectified", 1)
    assert numbers["closed"] not in told
    assert {numbers["open"], numbers["listed"]} < set(told)
    assert len(told) == 3


def test_given_a_village_when_its_lists_are_asked_then_they_are_its_own(stage: ReturnStage) -> None:
    first_sent(stage, "镇", "东村", "西村")
    form = Return.objects.get().form

    east = stage.see(stage.begin(form, *TEN, unit="东村", who="village_east"), "village_east")
    west = stage.see(stage.begin(form, *TEN, unit="西村", who="village_west"), "village_west")

    assert len(column(east, "rectified", 1)) == 3
    assert column(west, "rectified", 1) == column(west, "listed", 1) == []
    assert column(west, "progress", 1) == ["西村"]
    assert [one.why for one in west.lists if one.key == "held"] == ["全镇的报表才列"]


def test_given_a_list_set_when_downloaded_then_each_list_is_a_sheet_with_the_rows_of_the_page(
    stage: ReturnStage,
) -> None:
    row, _ = first_sent(stage)
    view = stage.see(row)

    stage.loop.closed()
    made = queries.workbook_of(stage.loop.by("office"), row.pk, today=stage.loop.day)
    book = load_workbook(io.BytesIO(made.content))

    assert book.sheetnames == ["大检查清单汇总表", *TITLES]
    for one in view.lists:
        rows = [[cell or "" for cell in line] for line in book[one.title].iter_rows(min_row=3, values_only=True)]
        assert rows[0][: len(one.columns)] == list(one.columns)
        assert [line[: len(one.columns)] for line in rows[1 : 1 + len(one.rows)]] == [list(r.cells) for r in one.rows]
    assert book["进展"]["A2"].value.startswith("填报单位：示范镇")
    assert book["关闭取缔企业"]["A4"].value == "待接入：执法惩戒"
    again = queries.workbook_of(stage.loop.by("office"), row.pk, today=stage.loop.day)
    assert again.content == made.content


def test_given_led_inspections_when_the_return_of_visits_is_asked_then_each_firm_and_day_is_a_row(
    stage: ReturnStage,
) -> None:
    run = CampaignStage(stage.loop.town, stage.loop.at)
    row = run.issued()
    form = adopted(stage, code="F7")
    for leader in ("leader", "chair"):
        campaigns.register_led_visit(
            campaign_id=row.pk,
            post_id=stage.loop.town.posts[leader],
            on=stage.loop.day,
            firms=[stage.loop.firm.id],
            companions="安监办李某",
            record_no=f"检{leader}",
            findings="压力表过期",
            actor=stage.loop.by("office"),
            now=stage.loop.at,
        )
    stage.loop.listed()
    stage.loop.confirmed()
    stage.on(date(2018, 2, 1))

    view = stage.see(stage.begin(form, date(2018, 1, 1), date(2018, 1, 31)))

    [visits] = view.lists
    [one] = visits.rows
    told = dict(zip(visits.columns, one.cells, strict=True))
    assert (told["被检查单位"], told["行业"], told["检查日期"], told["检查次数"]) == (
        "示范镇鑫达机械厂", "机械", "2018-01-15", "2",
    )  # fmt: skip
    assert (told["一般隐患"], told["重大隐患"], told["其中挂牌"]) == ("1", "1", "1")
    assert {name for name in visits.columns if name in visits.waiting} == set(visits.waiting)
    assert all(told[name] == "" for name in visits.waiting)


def test_given_more_rows_than_a_list_holds_when_filled_then_what_lies_beyond_is_counted() -> None:
    sheet = ListSheet("x", "表", ("名称",))

    made = filled(sheet, [ListRow((str(number),)) for number in range(MOST_ROWS + 3)])

    assert (len(made.rows), made.beyond, made.rows[-1].cells) == (MOST_ROWS, 3, (str(MOST_ROWS), str(MOST_ROWS - 1)))
    assert listed_of(made.kept()) == made


def test_given_every_list_of_ours_when_declared_then_its_waiting_columns_are_among_its_columns() -> None:
    for sheets in LISTS.values():
        for one in sheets:
            assert one.waiting <= set(one.columns), one.title
            assert len(set(one.columns)) == len(one.columns), one.title
