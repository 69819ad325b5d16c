"""The big screen in a real browser: opened by its code, read from afar, up while the server is away."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.servers import Running

REFRESH: Final = "htmx.ajax('GET', '/screen/', {target: '#wall', swap: 'outerHTML'})"
# The smallest text as it is seen, in units of 1920 to the width; and modules that do not hold what is in them.
SMALLEST: Final = """() => Math.min(...[...document.querySelectorAll('.w *')]
  .filter(one => !one.children.length && one.textContent.trim() && one.getBoundingClientRect().height)
  .map(one => parseFloat(getComputedStyle(one).fontSize) * (one.getCTM ? one.getCTM().a : 1))) * 1920 / innerWidth"""
PLACE: Final = """() => { const box = document.querySelector('.w').getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom].map(Math.round); }"""
FULL: Final = """() => [...document.querySelectorAll('.wm, .w-h h1, .w-areas span')]
  .filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .map(one => one.className || one.textContent)"""


def test_given_a_code_when_a_screen_is_opened_then_it_is_read_from_afar_and_stays_up_without_a_server(
    visit: Visit, town: Running, shot: Callable[..., Path]
) -> None:
    chief = visit()
    chief.goto(f"{town.url}/log-in/")
    chief.locator(".demo button", has_text="安监办主任").first.click()
    chief.wait_for_url(f"{town.url}/")
    chief.get_by_role("link", name="大屏").click()
    chief.get_by_label("屏的名字").fill("一楼大厅")
    chief.get_by_role("button", name="开通大屏").click()
    code = chief.locator(".pw code").inner_text()
    chief.goto(f"{town.url}/stats/")
    expect(chief.locator(".behind li").first).to_be_visible()  # the clauses came after the page
    shot(chief, "dashboard", full=False)

    wall = visit()
    wall.set_viewport_size({"width": 1920, "height": 1080})
    wall.goto(f"{town.url}/screen/")
    wall.get_by_label("大屏口令").fill(code.lower())
    wall.get_by_role("button", name="打开大屏").click()
    for width, height in ((1920, 1080), (3840, 2160)):
        wall.set_viewport_size({"width": width, "height": height})
        expect(wall.locator(".wm")).to_have_count(6)
        assert wall.evaluate(SMALLEST) >= 23.9
        assert wall.evaluate(FULL) == []
        assert wall.evaluate(PLACE) == [0, 0, width, height]
    wall.set_viewport_size({"width": 1920, "height": 1080})
    shot(wall, "screen")

    expect(wall.locator("#away")).to_be_hidden()
    wall.context.set_offline(True)
    wall.evaluate(f"{REFRESH}.catch(() => null)")
    expect(wall.locator("#away")).to_contain_text("连不上服务器")
    expect(wall.locator(".wm")).to_have_count(6)
    wall.context.set_offline(False)
    wall.evaluate(REFRESH)
    expect(wall.locator("#away")).to_be_hidden()
