"""The safety office teaches a word: what is proposed changes, and changes back when the word is withdrawn."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Visit
from tests.servers import Running

SIZES: Final[dict[str, ViewportSize]] = {
    "火子匣": {"width": 360, "height": 780},
    "亮子盒": {"width": 1440, "height": 900},
}
MAJOR, GENERAL = "建议按重大隐患核实", "建议按一般隐患"


def _enter(page: Page, town: Running, door: str) -> None:
    page.goto(f"{town.url}/log-in/")
    page.locator(".demo button", has_text=door).first.click()
    page.wait_for_url(f"{town.url}/")


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _expect_in_panel(page: Page, town: Running, words: str, says: str) -> None:
    """Type a finding into the form on which it is entered, and wait for what is proposed."""
    page.goto(f"{town.url}/field/report/")
    box = page.locator("[name=description]")
    box.fill("")
    box.press_sequentially(words)
    expect(page.locator(".advice")).to_contain_text(says)
    _fits(page)


@pytest.mark.parametrize("word", SIZES)
def test_given_a_word_of_the_town_when_taught_and_withdrawn_then_the_proposal_follows_both_times(
    word: str, visit: Visit, town: Running
) -> None:
    page = visit(phone=SIZES[word]["width"] < 800)
    page.set_viewport_size(SIZES[word])
    _enter(page, town, "安监办")
    sentence = f"木工砂光机吸尘支管{word}缺"
    _expect_in_panel(page, town, sentence, GENERAL)

    page.goto(f"{town.url}/standards/words/?q=火花探测")
    _fits(page)
    page.get_by_role("link", name="火花探测", exact=True).click()
    page.get_by_label("要加的说法").fill(word)
    page.get_by_label("为什么加").fill("本地木器厂都这么叫")
    page.get_by_label("拿一句话试试").fill(sentence)
    page.get_by_role("button", name="看会改变什么").click()
    effect = page.locator("#effect")
    expect(effect).to_contain_text(re.compile(f"不加时.*{GENERAL}.*加上后.*{MAJOR}", re.DOTALL))
    _fits(page)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#say")).to_contain_text("下一次提示就认得")
    _fits(page)
    _expect_in_panel(page, town, sentence, MAJOR)
    expect(page.locator(".advice")).to_contain_text(f"按本地说法：{word} = 火花探测")

    page.goto(f"{town.url}/standards/words/own/")
    _fits(page)
    page.locator("tr", has_text=word).get_by_role("button", name="停用").click()
    expect(page.locator("#say")).to_contain_text("已停用")
    _expect_in_panel(page, town, sentence, GENERAL)
