"""A brief, a circular and a summary of the demo town, printed as a leader gets them; their figures are found again."""

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Visit
from tests.servers import Running

CHIEF = "安监办主任"
ENOUGH, SAMPLED = 100, 25


def _printed(page: Page, folder: Path, name: str) -> PdfReader:
    """Print the page as it stands to A4."""
    target = folder / f"{name}.pdf"
    page.emulate_media(media="print")
    target.write_bytes(page.pdf(format="A4", prefer_css_page_size=True, tagged=True))
    page.emulate_media(media="screen")
    return PdfReader(io.BytesIO(target.read_bytes()))


def _links(printed: PdfReader) -> set[str]:
    found = set()
    for leaf in printed.pages:
        for one in leaf.get("/Annots", ()):
            action = one.get_object().get("/A")
            if action and "/URI" in action:
                found.add(str(action["/URI"]))
    return {one for one in found if "/figures/" in one}


def test_given_the_brief_a_circular_and_a_summary_when_printed_then_every_figure_in_them_is_found_again_by_its_link(
    town: Running, visit: Visit, shot: Callable[..., Path], tmp_path: Path
) -> None:
    page = visit()
    page.goto(f"{town.url}/log-in/")
    page.locator(".demo button", has_text=CHIEF).first.click()
    page.wait_for_url(f"{town.url}/")
    page.goto(f"{town.url}/campaigns/")
    page.locator("a.lists-t").first.click()
    page.get_by_role("link", name="动态和通报", exact=True).click()
    listed = page.url

    for name, words, least in (("brief", "工作动态（", 20), ("circular", "有关问题的通报", 1), ("summary", "", 40)):
        page.goto(listed)
        if name == "summary":
            page.select_option("select[name=kind]", name)
            page.get_by_role("button", name="按数据拟稿").click()
        else:
            page.get_by_role("link", name=re.compile(re.escape(words))).first.click()
        page.wait_for_selector(".official")
        shown = {one.get_attribute("href") or "": one.inner_text() for one in page.locator(".official a.fig").all()}
        shot(page, f"bulletin-{name}", full=True)
        printed = _printed(page, tmp_path, name)
        text = unicodedata.normalize("NFKC", "".join(leaf.extract_text() for leaf in printed.pages))
        links = _links(printed)

        assert len(shown) >= least
        assert {f"{town.url}{href}" for href in shown} == links
        title = unicodedata.normalize("NFKC", page.locator(".o-title").inner_text())
        assert re.sub(r"\s", "", title) in re.sub(r"\s", "", text)
        assert all(said in text for said in shown.values())
        notices = page.locator(".alert-line").all_inner_texts()
        assert not [said for said in notices if said in text]  # what the screen says is not of the document
        assert name != "summary" or len(printed.pages[-1].extract_text()) > ENOUGH  # no page for a line
        every = SAMPLED if name == "summary" else 1  # all of them are opened without a browser (test_bulletin_figures)
        for href, said in list(shown.items())[::every]:
            page.goto(f"{town.url}{href}")
            assert page.locator("#figure").inner_text() == said
            assert page.get_by_text("和稿子一致").count() == 1, (href, said)
