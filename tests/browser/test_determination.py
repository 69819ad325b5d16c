"""The level of a hazard, on a phone 360 px wide: what is proposed while it is written."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.servers import Running

NARROW = {"width": 360, "height": 740}
FIRM = "恒昌铝制品厂"
MAJOR = "抛光车间除尘器没装泄爆片；灭火器压力不足"
NEAR = "除尘器泄爆片装了但漆掉了"
PLAIN = "车间地面有积水，通道堆放纸箱"
MOST_FOLDED = 420  # px of the panel for several hazards in a line
ONE_LINE = 48
PATIENCE_MS = 15_000


def _enter(page: Page, town: Running, door: str) -> Page:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type] # -- a literal of the two sides
    page.goto(f"{town.url}/log-in/")
    page.locator(".demo button", has_text=door).first.click()
    page.wait_for_url(f"{town.url}/")
    return page


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _write(page: Page, words: str, says: str) -> str:
    """Write the hazard anew and return what the panel says, once it says this."""
    page.locator("#id_description").fill(words)
    expect(page.locator("#advice .advice-h b")).to_have_text(says, timeout=PATIENCE_MS)
    expect(page.locator("#advice .advice")).to_have_count(1)
    _fits(page)
    return page.locator("#advice").inner_text()


def test_given_a_hazard_when_it_is_written_on_a_phone_then_the_panel_argues_for_and_against_and_each_is_judged(
    visit: Visit, town: Running
) -> None:
    page = _enter(visit(phone=True), town, "安监办 检查员")
    page.goto(f"{town.url}/field/report/")
    page.locator("#id_place").fill(FIRM)

    plain = _write(page, PLAIN, "建议按一般隐患")
    assert "没有条款成立，按一般隐患" in plain
    _write(page, MAJOR, "建议按重大隐患核实")
    folded = page.locator("#advice").evaluate("one => one.offsetHeight")
    assert folded < MOST_FOLDED
    taps = page.locator("#advice summary, .to-ask a").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(taps) >= 44
    rows = page.locator("#advice .each summary").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert max(rows) <= ONE_LINE, "a part of the text takes more than its line"
    for summary in page.locator("#advice summary").all():
        summary.click()
    major = page.locator("#advice").inner_text()
    assert "安监总管四〔2017〕129号 一(一)3" in major
    assert "“泄爆片”没有" in major
    assert "才符合这一条" in major
    expect(page.locator("#advice .each li")).to_have_count(2)
    expect(page.locator("#advice .each li").nth(0)).to_contain_text("建议按重大隐患核实")
    expect(page.locator("#advice .each li").nth(1)).to_contain_text("建议按一般隐患")
    near = _write(page, NEAR, "建议按一般隐患")
    assert re.search("最接近的是.*差在", near)
