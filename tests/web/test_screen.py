"""The big screen: a code opens one place's figures, nothing else; they are the dashboard's, under fixed queries."""

import itertools
import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.hazards.models import Hazard
from bihuan.orgs import services
from bihuan.orgs.models import Screen
from bihuan.web.screen.limits import ASKS, TRIES
from tests.campaigns.stage import CampaignStage
from tests.hazards.stage import DAY, Stage
from tests.web.addresses import addresses
from tests.web.conftest import Visit
from tests.web.test_every_address import PUBLIC, _ask

SCREEN: Final = "/screen/"
HTMX: Final = {"HTTP_HX_REQUEST": "true"}
OpenScreen = Callable[..., Client]


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


@pytest.fixture
def screen(stage: Stage, settings: Any) -> OpenScreen:
    """Return a device on which the code of a screen of some unit was typed."""
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()

    def opened(unit: str = "镇") -> Client:
        made = services.open_screen(
            name="大厅", unit_id=stage.town.units[unit].id, actor=stage.by("chief"), now=stage.at
        )
        client = Client()
        assert client.post(reverse("screen:enter"), {"code": made.code.lower()}).status_code == 302
        return client

    return opened


def _fill(stage: Stage) -> Hazard:
    stage.later(-8)
    stage.rectifying(days=5)  # overdue by now
    stage.superior_item()
    stage.later(8)
    stage.report()
    stage.delisted()
    stage.listed()
    return stage.closed()


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_given_no_code_or_a_wrong_one_when_the_screen_is_asked_then_it_shows_where_to_type_it(db: None) -> None:
    client = Client()

    asked = client.get(SCREEN)
    wrong = client.post(reverse("screen:enter"), {"code": "ABCD-ABCD-ABCD-ABCD-ABCD"})
    client.cookies["bihuan_screen"] = "nonsense"
    kept = client.get(SCREEN)

    assert (asked.status_code, wrong.status_code, kept.status_code) == (200, 422, 403)
    assert "口令不对" in _text(wrong)
    assert "未销号" not in _text(asked) + _text(wrong) + _text(kept)
    assert kept.cookies["bihuan_screen"].value == ""


def test_given_a_code_when_typed_then_the_device_keeps_it_for_no_other_address(screen: OpenScreen) -> None:
    kept = screen().cookies["bihuan_screen"]

    assert (kept["path"], kept["httponly"], kept["samesite"]) == (SCREEN, True, "Strict")


def test_given_a_screen_when_any_other_address_is_asked_then_it_is_a_stranger_there(screen: OpenScreen) -> None:
    client, stranger = screen(), Client()
    client.cookies["bihuan_screen"]["path"] = "/"  # as if a device sent it everywhere
    opened = []

    for address, method in itertools.product(addresses(), ("GET", "POST")):
        if address.name not in PUBLIC:
            answers = [_ask(one, method, address.filled())[:2] for one in (client, stranger)]
            opened += [str(address)] if answers[0] != answers[1] or answers[0][0] == 200 else []

    assert opened == []


def test_given_a_screen_when_shown_then_no_person_no_enterprise_and_no_row_is_named(
    screen: OpenScreen, stage: Stage
) -> None:
    hazard = _fill(stage)
    client = screen()

    page = client.get(SCREEN).content.decode()

    people = {stage.by(key).name for key in stage.town.users} | {stage.by("boss").name}
    for secret in (*people, stage.firm.name, hazard.number, hazard.description, str(hazard.pk)):
        assert secret not in page, secret
    assert set(re.findall(r'href="(/[^"]*)"', page)) == set(re.findall(r'href="(/static/[^"]*)"', page))
    assert "待接入" in page


@pytest.mark.parametrize(("unit", "who"), [("镇", "chief"), ("东村", "village_east")])
def test_given_a_place_when_its_screen_and_its_dashboard_are_opened_then_they_say_the_same(
    screen: OpenScreen, stage: Stage, enter: Visit, unit: str, who: str
) -> None:
    _fill(stage)
    wall = screen(unit).get(SCREEN).context["wall"]
    board = enter(who).get(reverse("stats:dashboard")).context

    tiles = {one.name: (one.value, one.note) for one in [*board["tiles"], *board["superior"]]}
    compared = {one.name: (one.week, one.week_before) for one in board["compared"]}
    lines = {line.name: line.value for line in wall.superior.lines}
    assert int(wall.late.lines[0].value) == tiles["未销号隐患"][0] > 0
    assert int(wall.late.big) == tiles["整改逾期"][0] > 0
    assert int(wall.majors.big) == tiles["重大隐患未销号"][0] > 0
    assert wall.majors.beside[1] == f"挂过牌 {tiles['挂牌率'][1]}"
    assert wall.bars.title == (
        f"本周发现 {compared['发现'][0]}，销号 {compared['新销号'][0]}；"
        f"上周发现 {board['flows'].weekly('hazards.found_fact')[-2]}，"
        f"销号 {board['flows'].weekly('hazards.closed')[-2]}"
    )
    assert (wall.superior.big, lines["已提交整改"], lines["逾期"]) == tuple(
        str(tiles[name][0]) for name in ("上级已认可", "交办已整改", "交办逾期")
    )
    if unit == "镇":
        by_village = next(one for one in board["tables"] if one.title == "按村（社区）")
        told = {row.name: (row.cells[1].value, row.cells[2].value) for row in by_village.rows}
        assert {one.name: (one.open, one.late) for one in wall.areas if one.open} == told


def test_given_hazards_in_no_village_when_the_screen_shows_then_villages_and_that_line_add_up_to_the_town(
    stage: Stage, screen: OpenScreen
) -> None:
    _fill(stage)
    at = {"enterprise_id": None, "place_kind": "public_place", "path": stage.town.town.path, "place_name": "镇郊路口"}
    before = screen().get(SCREEN).context["wall"]
    stage.report("office", source="superior", source_type="list_item", sector="road_transport", **at)

    device = screen()
    wall = device.get(SCREEN).context["wall"]
    shown = device.get(SCREEN).content.decode()

    assert before.rest == ""
    assert wall.rest == "另有未落到村的：未销号 1 项，整改逾期 0 项"
    assert wall.rest in shown
    assert sum(area.open for area in wall.areas) + 1 == int(wall.late.lines[0].value)


def test_given_a_campaign_when_the_screen_shows_then_its_clauses_stand_as_on_the_plan_page(
    screen: OpenScreen, stage: Stage, enter: Visit
) -> None:
    row = CampaignStage(stage.town).issued()
    for unit, who in (("镇", "chief"), ("东村", "village_east")):
        wall = screen(unit).get(SCREEN).context["wall"]
        plan = enter(who).get(reverse("campaigns:show", args=[row.pk])).context["view"]

        counts = {str(key): value for key, value in plan.counts.items()}
        assert wall.title == f"{'示范镇' if unit == '镇' else unit} {row.title}"
        assert (int(wall.clauses.big), wall.clauses.beside[0]) == (
            counts.get("behind", 0),
            f"条落后，共 {row.clauses_count} 条",
        )
        assert {line.name: int(line.value) for line in wall.clauses.lines}["推进中"] == counts.get("under_way", 0)
        assert int(wall.clauses.big) + sum(int(line.value) for line in wall.clauses.lines) == row.clauses_count
        assert (wall.day, wall.left) == (27, 16)


def test_given_twice_the_rows_when_the_screen_refreshes_then_it_asks_as_many_queries(
    screen: OpenScreen, stage: Stage
) -> None:
    CampaignStage(stage.town).issued()
    _fill(stage)
    client = screen()
    client.get(SCREEN)
    stage.report()

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(SCREEN, **HTMX).status_code == 200
        return [one["sql"] for one in seen.captured_queries if "standards_stamp" not in one["sql"]]

    once = asked()
    _fill(stage)
    again = asked()

    assert len(once) == len(again) <= 28  # two for what broke open again since the campaign began
    assert len(asked()) <= 4  # nothing has happened since: device, when it was seen, head of the chain


def test_given_two_screens_of_a_town_and_one_of_a_village_when_something_happens_then_each_refresh_shows_it(
    screen: OpenScreen, stage: Stage
) -> None:
    town, other, village = screen(), screen(), screen("西村")

    def open_at(client: Client) -> str:
        found = re.search(r"未销号 ?(\d+)", _text(client.get(SCREEN, **HTMX)))
        assert found is not None
        return found[1]

    before = [open_at(one) for one in (town, other, village)]
    stage.assigned()

    assert before == ["0", "0", "0"]
    assert [open_at(one) for one in (town, other, village)] == ["1", "1", "0"]
    stage.assigned()
    assert [open_at(one) for one in (village, other, town)] == ["0", "2", "2"]


def test_given_a_refresh_when_htmx_asks_then_only_the_figures_come_with_their_time(screen: OpenScreen) -> None:
    part = screen().get(SCREEN, **HTMX).content.decode()

    assert part.lstrip().startswith("<main")
    assert 'hx-trigger="every 60s"' in part
    assert re.search(r"\d\d:\d\d:\d\d 刷新", part)


def test_given_a_revoked_screen_when_it_refreshes_then_the_figures_go(
    screen: OpenScreen, enter: Visit, stage: Stage
) -> None:
    client = screen()
    assert client.get(SCREEN).status_code == 200
    row = Screen.objects.get()

    done = enter("security_admin").post(reverse("orgs:revoke_screen", args=[row.pk]), {"seen_version": row.version})
    answer = client.get(SCREEN, **HTMX)

    assert (done.status_code, answer.status_code) == (303, 403)
    assert "已经停用" in _text(answer)
    assert row.seen_at is not None


def test_given_many_wrong_codes_when_one_more_is_tried_then_even_the_right_one_must_wait(stage: Stage) -> None:
    made = services.open_screen(name="大厅", unit_id=stage.town.town.id, actor=stage.by("chief"), now=stage.at)
    client = Client()
    enter = reverse("screen:enter")

    tried = [client.post(enter, {"code": "X"}).status_code for _ in range(TRIES)]
    late = client.post(enter, {"code": made.code})

    assert (set(tried), late.status_code) == ({422}, 429)
    assert "bihuan_screen" not in late.cookies


def test_given_a_device_that_asks_too_often_when_it_goes_on_then_it_is_told_to_wait(screen: OpenScreen) -> None:
    client = screen()

    answers = [client.get(SCREEN, **HTMX) for _ in range(ASKS + 1)]

    assert {one.status_code for one in answers[:-1]} == {200}
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "60")


def test_given_the_chief_when_a_screen_is_opened_on_its_page_then_the_code_is_shown_once_and_works(
    enter: Visit, stage: Stage
) -> None:
    chief = enter("chief")
    told = chief.post(reverse("orgs:open_screen"), {"name": "一楼大厅", "unit": str(stage.town.units["东村"].id)})
    code = re.findall(r"<code>([\w-]+)</code>", told.content.decode())[0]
    again = chief.get(reverse("orgs:screens")).content.decode()

    device = Client()
    assert told["Cache-Control"] == "no-store"
    assert code not in again
    assert "还没有用过" in again
    assert device.post(reverse("screen:enter"), {"code": code}).status_code == 302
    assert "东村" in _text(device.get(SCREEN))
    assert enter("office").get(reverse("orgs:screens")).status_code == 403
    assert chief.post(reverse("orgs:open_screen"), {"name": "", "unit": "x"}).status_code == 422
