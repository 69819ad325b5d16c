"""An inspector's phone: one question a screen, three big buttons, and a result that goes into the trail."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.servers import Running

LEAST_PX = 48
MOST = 80


def _enter(page: Page, town: Running, door: str) -> None:
    page.goto(f"{town.url}/log-in/")
    page.locator(".demo button", has_text=door).first.click()
    page.wait_for_url(f"{town.url}/")


def _fits(page: Page) -> None:
    for words in ("是", "不是", "不清楚"):
        button = page.get_by_role("button", name=words, exact=True)
        expect(button).to_be_in_viewport()
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= LEAST_PX
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _tap_unknown(page: Page) -> None:
    before = page.url
    page.get_by_role("button", name="不清楚", exact=True).tap()
    page.wait_for_url(lambda url: url != before)


def test_given_a_hazard_on_a_phone_when_questions_are_tapped_through_then_the_answers_go_into_its_trail(
    visit: Visit, town: Running
) -> None:
    page = visit(phone=True)
    _enter(page, town, "安监办")
    page.goto(f"{town.url}/hazards/")
    page.goto(town.url + (page.locator("a[href^='/hazards/0']").first.get_attribute("href") or ""))
    hazard = page.url

    page.get_by_role("link", name="一问一答判定").first.tap()
    page.wait_for_url("**/standards/ask/hazards/**")
    page.goto(page.url.partition("?")[0] + "?chosen=1&f=dust_explosive&f=confined_space")
    first = page.locator("#gq-q").inner_text()
    _fits(page)
    page.get_by_role("button", name="不清楚", exact=True).tap()
    expect(page.locator("#gq-q")).not_to_have_text(first)
    page.get_by_role("link", name="上一步").tap()
    expect(page.locator("#gq-q")).to_have_text(first)
    for _ in range(MOST):
        page.locator("#gq-q, .gq-r").first.wait_for()
        if page.locator(".gq-r").count():
            break
        _tap_unknown(page)
    expect(page.locator(".gq-r h2")).to_have_text("待定，由人判断")
    page.get_by_role("button", name="只记下").tap()

    page.wait_for_url(hazard)
    expect(page.locator("body")).to_contain_text("一问一答：待定")
