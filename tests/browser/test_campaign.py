"""From the plan to a running campaign in one sitting, and what a village does with it on its phone."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.servers import Running
from tests.source import ROOT

PLAN: Final = ROOT / "tests" / "campaigns" / "plans" / "plan-jincheng-2017.docx"
CHIEF, VILLAGE = "安监办主任", "西岗村 网格员"
PRESSES: Final = 12  # what a person fills in or presses, from the log-in to the campaign that runs
SECONDS_EACH: Final = 20  # that a person takes over one of them, reading included
SITTING: Final = 5 * 60  # seconds


class Person:
    """Somebody at a page; counts what they fill in and press."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done = 0

    def press(self, words: str) -> None:
        """Press a button or follow a link by its words; a count may stand behind them."""
        self.done += 1
        said = re.compile(rf"^{re.escape(words)}\s*\d*$")
        button = self.page.get_by_role("button", name=said)
        target = button if button.count() else self.page.get_by_role("link", name=said)
        target.first.click()

    def fill(self, label: str, value: str) -> None:
        """Fill a field by its label."""
        self.done += 1
        self.page.get_by_label(label).first.fill(value)

    def tick(self, name: str) -> None:
        """Tick a box by its name."""
        self.done += 1
        self.page.locator(f"input[name={name}]").check()


def _enter(town: Running, page: Page, door: str) -> None:
    page.goto(f"{town.url}/log-in/")
    page.locator(".demo button", has_text=door).first.click()
    page.wait_for_url(f"{town.url}/")


def test_given_the_plan_of_2017_when_the_office_uploads_it_then_it_runs_within_five_minutes_of_a_persons_time(
    own_town: Running, visit: Visit, shot: Callable[..., Path]
) -> None:
    page = visit()
    _enter(own_town, page, CHIEF)
    person, began = Person(page), time.monotonic()

    person.press("专项行动")
    person.press("上传方案")
    person.done += 1
    page.locator("input[name=file]").set_input_files(PLAN)
    person.press("上传并读")
    page.wait_for_url("**/check/", timeout=60_000)
    shot(page, "campaign-check")
    person.fill("开始", "2018-02-14")
    person.fill("结束", "2018-03-31")
    person.press("记下")
    expect(page.locator(".alert-line", has_text="结束日期")).to_have_count(0)
    person.press("其余都认可")
    expect(page.get_by_role("link", name="下发")).to_be_visible()
    person.press("下发")
    person.tick("office_takes")  # what the plan leaves to nobody
    person.press("下发")
    expect(page.locator(".plan-n")).to_contain_text("79")
    machine = time.monotonic() - began

    assert person.done <= PRESSES
    assert machine + person.done * SECONDS_EACH < SITTING
    address = page.url

    phone = visit(phone=True)
    _enter(own_town, phone, VILLAGE)
    phone.goto(address)
    phone.get_by_role("link", name="本单位的签收、子方案和任务").click()
    phone.get_by_role("button", name="签收").click()
    expect(phone.get_by_text("已签收。")).to_be_visible()
    phone.get_by_label("负责的机构").fill("西岗村专项行动领导小组")
    phone.get_by_label("分管负责人").fill("村主任")
    phone.locator("input[name=new_plan]").set_input_files(PLAN)
    expect(phone.locator(".thumbs .kept")).to_have_count(1)
    shot(phone, "campaign-unit")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("子方案已报，等安监办审。")).to_be_visible()

    page.reload()
    expect(page.get_by_text("进行中")).not_to_have_count(0)


def test_given_a_plan_page_when_each_number_is_pressed_then_as_many_rows_are_listed(
    town: Running, visit: Visit, shot: Callable[..., Path]
) -> None:
    page = visit()
    _enter(town, page, CHIEF)
    page.goto(f"{town.url}/campaigns/")
    page.locator(".lists-t").first.click()
    page.wait_for_selector(".plan-n")
    shot(page, "campaign-running")
    page.get_by_role("link", name="全文").click()
    figures = page.locator(".ind .fig a[href^='/hazards/?']")
    links = {(figures.nth(n).get_attribute("href") or "", figures.nth(n).inner_text()) for n in range(figures.count())}

    wrong = []
    for href, number in sorted(links):
        page.goto(f"{town.url}{href}")
        total = page.locator(".pager, .more, .empty-l").first.inner_text()
        if number.isdigit() and number not in total.replace(",", ""):
            wrong.append((href, number, total))

    assert len(links) > 10
    assert wrong == []
