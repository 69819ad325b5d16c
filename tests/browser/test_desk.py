"""An office's desk: search by keyboard, filters in the address, rows picked together."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_field import _enter
from tests.servers import Running


def test_given_the_desk_when_ctrl_k_is_pressed_then_a_search_answers_under_the_field(
    visit: Visit, town: Running
) -> None:
    page = visit()
    _enter(page, town, "安监办主任")

    page.keyboard.press("Control+k")
    page.keyboard.type("恒昌")

    expect(page.locator("#found a").first).to_contain_text("恒昌")
    page.keyboard.press("Escape")
    expect(page.locator("#found a")).to_have_count(0)


def test_given_the_list_when_narrowed_then_the_address_carries_it_and_the_way_back_works(
    visit: Visit, town: Running
) -> None:
    page = visit()
    _enter(page, town, "安监办主任")
    page.goto(f"{town.url}/hazards/")

    page.locator(".filters input[name=q]").fill("配电箱")
    page.locator(".filters input[name=q]").press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q="))
    expect(page.locator("tbody tr").first).to_contain_text("配电箱")
    page.locator("summary", has_text="级别").click()
    page.locator(".menu-b a", has_text="一般").first.click()

    expect(page).to_have_url(re.compile(r"level=general"))
    expect(page.locator(".tag.set")).to_contain_text("级别：一般")


def test_given_rows_when_picked_then_the_bar_counts_them_and_asks_before_anything_is_done(
    visit: Visit, town: Running
) -> None:
    page = visit()
    _enter(page, town, "安监办主任")
    page.goto(f"{town.url}/hazards/?late=overdue")
    bar = page.get_by_role("toolbar", name="批量办理")
    expect(bar).to_be_hidden()

    page.locator("tbody input[name=ids]").nth(0).check()
    page.locator("tbody input[name=ids]").nth(1).check()
    expect(bar).to_contain_text("已选 2 项")
    bar.get_by_role("button", name="催办").click()

    expect(page.locator("h1")).to_contain_text("成批催办：2 项")
    expect(page.get_by_role("button", name="催办 2 项")).to_be_visible()


def test_given_a_page_without_scripts_when_the_list_is_used_then_everything_still_works(
    visit: Visit, town: Running
) -> None:
    page = visit(java_script_enabled=False)
    page.goto(f"{town.url}/log-in/")
    page.locator(".demo button", has_text="安监办主任").first.click()
    page.goto(f"{town.url}/hazards/?late=overdue")

    page.locator("tbody input[name=ids]").nth(0).check()
    page.get_by_role("button", name="催办").click()

    expect(page.locator("h1")).to_contain_text("成批催办：1 项")
