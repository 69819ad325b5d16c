"""The main pages against the rules of accessibility (WCAG 2 A and AA, best practice), on a desk and on a phone."""

from typing import Any

import pytest

from tests.browser.conftest import Visit
from tests.servers import Running
from tests.source import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "best-practice"]
PAGES = [
    "/",
    "/hazards/",
    "/hazards/major/",
    "/hazards/same-kind/",
    "/hazards/help/",
    "/stats/",
    "/notices/",
    "/find/?q=x",
]


@pytest.mark.skipif(not AXE.exists(), reason="axe-core comes with npm ci")
@pytest.mark.parametrize(("door", "phone"), [("安监办主任", False), ("网格员", True), ("企业", True)])
def test_given_a_post_when_its_pages_are_checked_then_no_rule_of_accessibility_is_broken(
    visit: Visit, town: Running, door: str, *, phone: bool
) -> None:
    page = visit(phone=phone, bypass_csp=True)
    page.goto(f"{town.url}/log-in/")
    page.locator(".demo button", has_text="主要负责人" if door == "企业" else door).first.click()
    page.wait_for_url(f"{town.url}/")
    page.goto(f"{town.url}/hazards/?tab=all")
    first = page.locator(".h-what a").first.get_attribute("href") if page.locator(".h-what a").count() else "/"
    broken = []

    for address in [*PAGES, str(first), "/field/report/"]:
        answer = page.goto(f"{town.url}{address}")
        if answer is None or answer.status != 200:  # a page that this post does not have
            continue
        page.add_script_tag(path=AXE)
        found: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        broken += [f"{address}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found["violations"]]

    assert broken == []
