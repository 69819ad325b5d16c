"""Enterprises in a real browser: doubles shown while typing, and pages that fit a phone."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Visit
from tests.servers import Running

THUMB = 44  # pixels
NARROW: ViewportSize = {"width": 360, "height": 740}


def _enter(page: Page, town: Running, post: str) -> None:
    page.goto(f"{town.url}/log-in/")
    page.get_by_role("button", name=post).first.click()
    page.wait_for_url(lambda address: "log-in" not in address)


def test_given_a_known_name_when_typed_then_the_double_shows_before_the_form_is_sent(
    own_town: Running, visit: Visit
) -> None:
    page = visit()
    _enter(page, own_town, "安监办主任")
    page.goto(f"{own_town.url}/enterprises/new/")

    page.get_by_label("企业名称").fill("恒昌铝制品有限公司")
    page.get_by_label("统一社会信用代码").fill("9139")

    expect(page.locator("#doubles")).to_contain_text("示范镇恒昌铝制品厂")
    page.get_by_label("所属村（社区）").select_option(label="东村")
    page.get_by_label("牵头行业").select_option(label="机械")
    page.get_by_label("统一社会信用代码").fill("")
    page.locator("#doubles").get_by_role("checkbox").check()
    page.get_by_role("button", name="登记企业").click()
    expect(page.get_by_role("heading", name="恒昌铝制品有限公司")).to_be_visible()


@pytest.mark.parametrize("place", ["/enterprises/", "/enterprises/new/", "/enterprises/mine/"])
def test_given_a_narrow_phone_when_pages_open_then_nothing_sticks_out(town: Running, visit: Visit, place: str) -> None:
    page = visit(phone=True)
    page.set_viewport_size(NARROW)
    _enter(page, town, "恒昌铝制品厂 主要负责人" if place.endswith("mine/") else "西岗村 网格员")

    page.goto(f"{town.url}{place}")

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("place", ["/hazards/", "/enterprises/", "/enterprises/mine/"])
def test_given_a_narrow_phone_when_a_page_opens_then_its_links_are_as_high_as_a_thumb(
    town: Running, visit: Visit, place: str
) -> None:
    page = visit(phone=True)
    page.set_viewport_size(NARROW)
    _enter(page, town, "恒昌铝制品厂 主要负责人" if place.endswith("mine/") else "安监办主任")

    page.goto(f"{town.url}{place}")
    links = page.locator(".pager a, .crumb a, .card > header .end a, .blk h3 a, .blk a[href^='tel:']")
    shown = "all => all.filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height)"
    heights = links.evaluate_all(shown)

    assert heights
    assert min(heights) >= THUMB
