"""The desk's pages through the door."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail import queries as notices
from bihuan.trail import services as trail
from bihuan.trail.rules import Telling
from tests.town import SmallTown
from tests.web.conftest import Visit

NOW = datetime(2018, 1, 10, 9, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize("key", ["chief", "village_east", "superior", "industry", "chair", "system_admin"])
def test_given_any_post_when_the_desk_is_opened_then_it_says_what_waits(visit: Visit, key: str) -> None:
    page = visit(key).get(reverse("desk:workbench"))

    assert page.status_code == 200
    assert 'id="todos"' in page.content.decode()


def test_given_the_desk_when_htmx_asks_then_the_part_equals_what_the_page_holds(visit: Visit) -> None:
    client = visit("chief")

    whole = client.get(reverse("desk:workbench")).content.decode()
    part = client.get(reverse("desk:workbench"), headers={"HX-Request": "true"}).content.decode()

    assert part.strip() in whole
    assert part.strip().startswith("<section")


def test_given_words_when_searched_then_the_page_and_the_field_answer_alike(visit: Visit) -> None:
    client = visit("chief")

    whole = client.get(reverse("desk:find"), {"q": "没有这家"}).content.decode()
    part = client.get(reverse("desk:find"), {"q": "没有这家"}, headers={"HX-Request": "true"}).content.decode()

    assert "没有找到“没有这家”" in part
    assert part.strip() in whole


def test_given_a_notice_when_opened_then_it_is_read_and_leads_to_its_page(visit: Visit, town: SmallTown) -> None:
    with transaction.atomic():
        telling = Telling("有一项要您复查", "test.told", posts=(town.posts["chief"],), url_name="desk:find")
        trail.tell([telling], now=NOW)
    client = visit("chief")
    listed = client.get(reverse("desk:notices")).content.decode()
    href = listed.split('class="what"><a href="')[1].split('"')[0]

    led = client.get(href)

    assert "1 条没看" in listed
    assert (led.status_code, led["Location"]) == (303, reverse("desk:find"))
    assert "都看过了" in client.get(reverse("desk:notices")).content.decode()


def test_given_more_notices_than_one_page_when_paged_then_the_unread_come_first_and_the_oldest_leads_to_its_object(
    visit: Visit, town: SmallTown
) -> None:
    with transaction.atomic():
        for minute in range(130):
            telling = Telling(f"第 {minute} 条消息", "test.told", posts=(town.posts["chief"],), url_name="desk:find")
            trail.tell([telling], now=NOW + timedelta(minutes=minute))
    chief = town.actor("chief")
    oldest, *_, newest = reversed(notices.notices_for(chief, 200))
    trail.mark_read([newest.id], actor=chief, now=NOW)
    client, address = visit("chief"), reverse("desk:notices")

    first = client.get(address)
    last = client.get(address, {"size": "50", "page": "3"})
    led = client.get(reverse("desk:notice", args=[oldest.id]))

    assert "129 条没看" in first.content.decode()
    assert [one["say"] for one in first.context["notices"]] == [f"第 {at} 条消息" for at in range(128, 108, -1)]
    assert (first.context["pager"].total, first.context["pager"].next) == (130, 2)
    assert [one["say"] for one in last.context["notices"]][-2:] == ["第 0 条消息", "第 129 条消息"]
    assert (led.status_code, led["Location"]) == (303, reverse("desk:find"))
    assert "128 条没看" in client.get(address).content.decode()


@pytest.mark.parametrize("told", [1, 3])
def test_given_any_number_of_notices_when_listed_then_the_queries_are_the_same(
    visit: Visit, town: SmallTown, told: int, django_assert_num_queries: Any
) -> None:
    with transaction.atomic():
        telling = Telling("消息", "test.told", posts=(town.posts["chief"],), url_name="desk:find")
        trail.tell([telling] * told, now=NOW)
    chief = town.actor("chief")

    with django_assert_num_queries(2):
        assert len(notices.notices_page(chief).lines) == told
    assert notices.notice_for(town.actor("office"), notices.notices_for(chief)[0].id) is None


def test_given_a_missing_page_when_asked_for_then_it_says_so_in_chinese(visit: Visit) -> None:
    page = visit("chief").get("/nowhere/")

    assert page.status_code == 404
    assert "没有找到" in page.content.decode()


def test_given_the_name_of_a_page_when_searched_then_only_those_of_ones_own_navigation_answer(visit: Visit) -> None:
    found = visit("chief").get(reverse("desk:find"), {"q": "重大"}).content.decode()
    hidden = visit("security_admin").get(reverse("desk:find"), {"q": "重大"}).content.decode()

    assert 'href="/hazards/major/"' in found.split("found-page")[1]
    assert "没有找到“重大”" in hidden
