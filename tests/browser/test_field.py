"""A village worker's phone: four taps to report, nothing lost without signal."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.servers import Running

WORDS = "东侧安全出口被纸箱堵住，门推不开"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photo as a phone takes it, without place."""
    file = tmp_path / "IMG_0001.jpg"
    Image.effect_noise((640, 400), 60).convert("RGB").save(file)
    return file


def _enter(page: Page, town: Running, door: str) -> None:
    page.goto(f"{town.url}/log-in/")
    page.locator(".demo button", has_text=door).first.click()
    page.wait_for_url(f"{town.url}/")


def _shoot(page: Page, picture: Path) -> None:
    with page.expect_file_chooser() as chosen:
        page.locator(".shoot-l").tap()
    chosen.value.set_files(picture)
    expect(page.locator(".thumbs .kept")).to_have_count(1)


def test_given_a_village_worker_when_four_taps_are_made_then_the_hazard_is_reported_with_its_photo(
    visit: Visit, town: Running, picture: Path
) -> None:
    page = visit(phone=True)
    _enter(page, town, "网格员")

    page.locator(".ph-nav a", has_text="报隐患").tap()  # 1
    _shoot(page, picture)  # 2
    page.locator("#id_place").fill("西岗村文化广场")
    page.get_by_label("公共场所", exact=True).tap()  # 3
    page.locator("#id_description").fill(WORDS)
    page.get_by_role("button", name="提交隐患").tap()  # 4

    expect(page.locator("h1")).to_have_text(WORDS)
    expect(page.locator("#evidence img.photo")).to_have_count(1)


def test_given_no_signal_when_submitted_then_words_and_photo_wait_and_go_with_the_next_press(
    visit: Visit, town: Running, picture: Path
) -> None:
    page = visit(phone=True)
    _enter(page, town, "网格员")
    page.goto(f"{town.url}/field/report/")
    page.locator("#id_place").fill("西岗村文化广场")
    page.get_by_label("公共场所", exact=True).tap()
    page.locator("#id_description").fill(WORDS)
    page.wait_for_load_state("networkidle")  # the names offered for the place have come
    page.context.set_offline(True)
    with page.expect_file_chooser() as chosen:
        page.locator(".shoot-l").tap()
    chosen.value.set_files(picture)

    page.get_by_role("button", name="提交隐患").tap()
    expect(page.locator("[data-told]")).to_contain_text("存在本机")
    page.context.set_offline(False)
    page.reload()

    expect(page.locator("#id_description")).to_have_value(WORDS)
    expect(page.locator(".thumbs .kept")).to_have_count(1)
    page.get_by_role("button", name="提交隐患").tap()
    expect(page.locator("h1")).to_have_text(WORDS)
    page.goto(f"{town.url}/field/report/")
    expect(page.locator("#id_description")).to_have_value("")
