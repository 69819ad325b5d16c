"""Every kind of page that a role reaches by its links fits a narrow phone: nothing sticks out, no link is dead."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import Visit
from tests.servers import Running

NARROW: Final[ViewportSize] = {"width": 360, "height": 780}
ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
ACT: Final = re.compile(r"^/hazards/ID/[a-z_]+/$")  # one form serves all acts; a few of them are enough
ACTS: Final = 4
PAGES: Final = 70
NO_PAGE: Final = re.compile(r"/(log-out|export|files|template|back|scan|papers|workbook|pack|original)/|\.xlsx")
LINKS: Final = "all => all.map(one => one.getAttribute('href')).filter(href => href.startsWith('/'))"


def _walk(page: Page, town: Running) -> tuple[int, list[str]]:
    """Open one page of each kind that links lead to, nearest first; return how many, and what is wrong with them."""
    seen: set[str] = set()
    wrong, todo = [], ["/"]
    while todo and len(seen) < PAGES:
        path = todo.pop(0).partition("#")[0]
        kind = ID.sub("ID", path.partition("?")[0])
        is_enough = ACT.match(kind) and sum(bool(ACT.match(one)) for one in seen) >= ACTS
        if kind in seen or is_enough or NO_PAGE.search(path):
            continue
        seen.add(kind)
        answer = page.goto(town.url + path, wait_until="domcontentloaded")
        width = page.evaluate("document.documentElement.scrollWidth")
        if answer is None or answer.status != 200:
            wrong.append(f"{path} answered {answer.status if answer else 'nothing'}")
        elif width > NARROW["width"]:
            wrong.append(f"{path} is {width} px wide")
        todo += page.locator("a[href]").evaluate_all(LINKS)
    return len(seen), wrong


@pytest.mark.parametrize(
    ("post", "least"), [("安监办主任", 40), ("西岗村 网格员", 20), ("恒昌铝制品厂 主要负责人", 15), ("区安委办", 30)]
)
def test_given_a_narrow_phone_when_every_link_is_followed_then_each_page_answers_and_fits(
    town: Running, visit: Visit, post: str, least: int
) -> None:
    page = visit(phone=True)
    page.set_viewport_size(NARROW)
    page.goto(f"{town.url}/log-in/")
    page.get_by_role("button", name=post).first.click()
    page.wait_for_url(lambda address: "log-in" not in address)

    walked, wrong = _walk(page, town)

    assert not wrong, "\n".join(wrong)
    assert walked >= least
