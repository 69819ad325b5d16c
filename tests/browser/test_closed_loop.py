"""The promise of the product, in a real browser: a superior's list comes in, and its rows go out with proof.

One general and one major row of the ledger are followed to 销号 through every role that the law asks for. The pictures
of the user guide are taken here (BIHUAN_SHOTS=1).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.servers import Running
from tests.source import ROOT

LEDGER = ROOT / "tests" / "workbooks" / "must_pass" / "ledger-superior-list.xlsx"
OFFICE, CHAIR, VILLAGE, SUPERIOR = "安监办主任", "安委会主任", "西岗村 网格员", "区安委办 督导岗"
BOSS, SAFETY = "恒昌铝制品厂 主要负责人", "恒昌铝制品厂 安全员"
PHONES = {VILLAGE, BOSS, SAFETY}
FIVE = {
    "duty": "主要负责人牵头",
    "measures": "更换到期容器",
    "funds": "自筹 2 万元",
    "time": "2月28日前",
    "plan": "停用并挂牌",
}
# fmt: off
SIX = {
    "goals": "消除超期使用", "methods": "停用、检验、更换", "plan_funds": "2 万元", "organ_persons": "设备科长",
    "time_limits": "2月28日前完成", "emergency": "停用期间断气上锁，处置方案已演练",
}
# fmt: on


@dataclass
class Loop:
    """The people of the loop, each in a window of their own, and one hazard that goes from hand to hand."""

    visit: Visit
    town: Running
    shot: Callable[..., Path]
    photos: list[Path]
    windows: dict[str, Page] = field(default_factory=dict)
    used: int = 0

    def by(self, door: str) -> Page:
        """Return the window of whoever came in by this door."""
        if door not in self.windows:
            page = self.visit(phone=door in PHONES)
            page.goto(f"{self.town.url}/log-in/")
            page.locator(".demo button", has_text=door).first.click()
            page.wait_for_url(f"{self.town.url}/")
            self.windows[door] = page
        return self.windows[door]

    def do(self, door: str, hazard: str, act: str, *, picture: str = "", **given: str) -> Page:
        """Do one act by its form: fields by name; `before`, `after`, `site`, `paper`, `document` bring a file."""
        page = self.by(door)
        page.goto(f"{hazard}{act}/")
        for name, value in given.items():
            fill(page, name, value)
        if picture:
            self.shot(page, picture)
        page.locator("#act-form .btn.main").click()
        page.wait_for_url(hazard)
        return page

    def with_photo(self, door: str, hazard: str, act: str, slot: str, *, picture: str = "", **given: str) -> Page:
        """Do one act that brings a photo, each photo another one."""
        page = self.by(door)
        page.goto(f"{hazard}{act}/")
        for name, value in given.items():
            fill(page, name, value)
        page.locator(f"input[name=new_{slot}]").last.set_input_files(self.photos[self.used])
        self.used += 1
        expect(page.locator(".thumbs .kept")).to_have_count(1)
        if picture:
            self.shot(page, picture)
        page.locator("#act-form .btn.main").click()
        page.wait_for_url(hazard)
        return page

    def find(self, words: str) -> str:
        """Return the address of the one new hazard of the list with these words."""
        page = self.by(OFFICE)
        page.goto(f"{self.town.url}/hazards/?tab=reported&q={words}")
        page.locator("tbody tr a[href*='/hazards/']").first.click()
        page.wait_for_url(re.compile(r"/hazards/[0-9a-f-]{36}/$"))
        return page.url

    def state(self, hazard: str) -> str:
        """Return the state that the office's page shows."""
        page = self.by(OFFICE)
        page.goto(hazard)
        return page.locator(".rail .now-st").first.inner_text()


def fill(page: Page, name: str, value: str) -> None:
    """Fill a field whatever it is; a choice is named by its value or by the beginning of its words."""
    box = page.locator(f"#act-form [name={name}]")
    folded = page.locator(f"#act-form details:has([name={name}])")
    if folded.count() and not folded.first.evaluate("one => one.open"):
        folded.first.locator("summary").click()
    kind = box.first.evaluate("one => one.type")
    if kind == "radio":
        page.locator(f"#act-form [name={name}][value={value}]").check(force=True)
    elif kind == "checkbox":
        box.first.check(force=True)
    elif kind.startswith("select"):
        found = box.first.locator("option[value]:not([value=''])", has_text=value).first.get_attribute("value")
        box.first.select_option(value=found)
    else:
        box.first.fill(value)


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Photos as a phone takes them, no two alike."""
    made = []
    for number in range(12):
        file = tmp_path / f"IMG_{number:04}.jpg"
        Image.effect_noise((480, 360), 20 + number * 9).convert("RGB").save(file)
        made.append(file)
    return made


@pytest.fixture
def loop(visit: Visit, own_town: Running, shot: Callable[..., Path], photos: list[Path]) -> Loop:
    """A fresh town with the superior's list taken in through the wizard."""
    made = Loop(visit, own_town, shot, photos)
    take_in(made)
    return made


def take_in(loop: Loop) -> None:
    """Upload, look at what was understood, try, enter."""
    page = loop.by(OFFICE)
    page.goto(f"{loop.town.url}/intake/upload/")
    page.locator("input[type=file]").set_input_files(LEDGER)
    page.get_by_role("button", name="上传并读").click()
    expect(page.locator("#check .sheet")).to_be_visible(timeout=60_000)
    loop.shot(page, "import-check")
    page.get_by_role("button", name="全部照此").click()
    expect(page.get_by_role("button", name="全部照此")).to_have_count(0)
    page.locator("a.btn.main", has_text="试算").click()
    loop.shot(page, "import-trial")
    page.get_by_role("button", name=re.compile("入账")).click()
    expect(page.locator("#say")).to_contain_text("已入账：新增 62 项")
    loop.shot(page, "list-entered")


def test_given_a_general_row_when_everybody_does_their_part_then_the_superior_closes_it(loop: Loop) -> None:
    hazard = loop.find("应急预案未备案、未演练 恒昌铝")

    loop.do(OFFICE, hazard, "confirm", level="general", category="应急管理", picture="hazard-confirm")
    loop.do(OFFICE, hazard, "assign", deadline="2018-02-28", supervisor_post_id="工业监管岗", **FIVE)
    loop.do(SAFETY, hazard, "accept")
    loop.with_photo(SAFETY, hazard, "hand_in", "after", text="预案已备案，组织演练一次", picture="phone-hand-in")
    loop.do(OFFICE, hazard, "pass", text="现场核对，已备案并演练")
    answer_same_kind(loop, hazard)
    loop.do(OFFICE, hazard, "submit_superior")
    assert loop.state(hazard) == "待上级认可"
    loop.do(SUPERIOR, hazard, "superior_accept", text="材料齐全，予以认可", picture="superior-accept")

    assert loop.state(hazard) == "已销号"
    loop.shot(loop.by(OFFICE), "hazard-closed", full=True)


def test_given_a_major_row_when_listed_governed_accepted_and_delisted_then_the_superior_closes_it(loop: Loop) -> None:
    hazard = loop.find("压力容器超期未检仍在使用 恒昌铝")
    seen = {"text": "现场核查合格", "on_site": "yes", "companions": "张工 市检测机构"}

    loop.do(OFFICE, hazard, "confirm", level="major", criterion="检验", category="特种设备", text="超期 8 个月仍在使用")
    loop.do(CHAIR, hazard, "countersign")
    loop.do(OFFICE, hazard, "propose_listing", text="提请镇安委会挂牌督办")
    loop.do(
        OFFICE, hazard, "assign", deadline="2018-03-10", deadline_kind="按治理方案", interim="停用并断气上锁", **FIVE
    )
    order = {"order_unit": "所", "demands": "停用容器，限期检验", "enterprise_person": "厂长"}
    order |= {"supervisor": "安监办主任", "leader": "分管安全副镇长"}
    loop.do(CHAIR, hazard, "list", picture="listing-order", **order)
    loop.do(SAFETY, hazard, "accept")
    loop.do(BOSS, hazard, "hand_in_plan", picture="phone-plan", **SIX)
    loop.with_photo(SAFETY, hazard, "hand_in", "after", text="已检验合格，换发使用登记")
    loop.do(BOSS, hazard, "apply_acceptance", evaluation="检验报告合格")
    loop.with_photo(OFFICE, hazard, "accept_listing", "site", picture="listing-acceptance", **seen)
    loop.do(CHAIR, hazard, "delist", text="验收合格，予以摘牌")
    loop.with_photo(OFFICE, hazard, "pass", "site", **seen)
    answer_same_kind(loop, hazard)
    loop.do(OFFICE, hazard, "submit_superior")
    loop.do(SUPERIOR, hazard, "superior_accept", text="同意销号")

    assert loop.state(hazard) == "已销号"
    loop.shot(loop.by(OFFICE), "major-closed", full=True)


def answer_same_kind(loop: Loop, hazard: str) -> None:
    """A village answers the item's 举一反三."""
    page = loop.by(OFFICE)
    page.goto(hazard)
    address = page.locator("main a[href*='/hazards/same-kind/']").first.get_attribute("href")
    village = loop.by(VILLAGE)
    village.goto(f"{loop.town.url}{address}")
    for name, value in {"checked": "6", "found": "1", "fixed": "1"}.items():
        village.locator(f"form [name={name}]").fill(value)
    loop.shot(village, "phone-same-kind")
    village.locator("form .btn.main").last.click()
    expect(village.locator("main")).to_contain_text("西岗村")
