"""A level from question to trail, on phones 360 px wide: asked, raised with its clause, lowered by two (L8)."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.servers import Running

NARROW = {"width": 360, "height": 740}
FIRM = "恒昌铝制品厂"
INSPECTOR, CHIEF, VILLAGE = "安监办 检查员", "安监办主任", "西岗村 网格员"
WORDS = "抛光车间除尘器没装泄爆片"
DOCUMENT, CLAUSE = "安监总管四〔2017〕129号", "一(一)3"
SEEN = {"干式": "是", "泄爆": "不是", "隔爆": "不是", "惰性": "不是", "抑爆": "不是"}
MOST = 12


class Phone:
    """A person with a phone."""

    def __init__(self, visit: Visit, town: Running, door: str) -> None:
        self.town, self.page = town, visit(phone=True)
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type] # -- a literal of the two sides
        self.page.goto(f"{town.url}/log-in/")
        self.page.locator(".demo button", has_text=door).first.click()
        self.page.wait_for_url(f"{town.url}/")

    def opened(self, address: str) -> Page:
        """Open a page; nothing of it hangs over the edge."""
        self.page.goto(address)
        self.fits()
        return self.page

    def fits(self) -> None:
        """Fail where the page is wider than the phone."""
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.page.url

    def decides(self, hazard: str, act: str, words: str, *, file: Path | None = None) -> None:
        """Do an act by its form and see it done."""
        page = self.page if f"/{act}/" in self.page.url else self.opened(f"{hazard}{act}/")
        page.locator("#act-form [name=text]").fill(words)
        if file is not None:
            page.locator("#act-form input[name^=new_]").last.set_input_files(file)
            expect(page.locator(".thumbs .kept")).to_have_count(1)
        page.locator("#act-form .btn.main").tap()
        page.wait_for_url(hazard)


def _reported(phone: Phone, photo: Path) -> str:
    """Report the hazard, grade it 一般, and return its address."""
    page = phone.opened(f"{phone.town.url}/field/report/")
    page.locator("input[name=new_before]").last.set_input_files(photo)
    expect(page.locator(".thumbs .kept")).to_have_count(1)
    page.locator("#id_place").fill(FIRM)
    page.locator("#id_description").fill(WORDS)
    page.get_by_role("button", name="提交隐患").tap()
    page.wait_for_url(re.compile(r"/hazards/[0-9a-f-]{36}/$"))
    hazard = page.url
    page = phone.opened(f"{hazard}confirm/")
    _asks_only_what_the_clause_needs(page)
    page.locator("#act-form [name=level][value=general]").check(force=True)
    expect(page.locator("[name=criterion], [name=whole_judgement]").locator("visible=true")).to_have_count(0)
    phone.decides(hazard, "confirm", "先按一般登记")
    return hazard


def _asks_only_what_the_clause_needs(page: Page) -> None:
    """See the fields of fire and of a person's check with the clauses that need them, and with no other."""
    page.locator("#act-form [name=level][value=major]").check(force=True)
    more = page.locator("[name=checked], [name=fire_organ], [name=fire_number]").locator("visible=true")
    clauses: dict[str, list[str]] = {
        "": [],
        "gongmao-2017|gongmao-2017-dust-01": [],
        "general-2008|general-2008-01": ["checked"],
        "fire-2006|fire-2006-d-1": ["fire_organ", "fire_number"],
    }
    for clause, shown in clauses.items():
        page.locator("[name=criterion]").select_option(clause)
        assert more.evaluate_all("all => all.map(one => one.name)") == shown
    page.locator("[name=criterion]").select_option("")


def _answered(page: Page) -> None:
    """Answer what can be seen at this dust collector, until nothing more is asked."""
    for _ in range(MOST):
        page.locator("#gq-q, .gq-r").first.wait_for()
        if page.locator(".gq-r").count():
            return
        question, before = page.locator("#gq-q").inner_text(), page.url
        said = next((reply for words, reply in SEEN.items() if words in question), "不清楚")
        page.get_by_role("button", name=said, exact=True).tap()
        page.wait_for_url(lambda url, before=before: url != before)


def _photo(folder: Path, number: int) -> Path:
    file = folder / f"IMG_{number}.jpg"
    Image.effect_noise((320, 240), 30 + number * 20).convert("RGB").save(file)
    return file


def test_law_l8_given_answers_on_a_phone_when_raised_and_lowered_by_two_then_the_trail_tells_what_was_proposed(
    visit: Visit, town: Running, tmp_path: Path
) -> None:
    inspector, chief, village = (Phone(visit, town, door) for door in (INSPECTOR, CHIEF, VILLAGE))
    hazard = _reported(inspector, _photo(tmp_path, 1))

    page = inspector.opened(f"{town.url}/standards/ask/hazards/{hazard.rstrip('/').rpartition('/')[2]}/")
    _answered(page)
    expect(page.locator(".gq-r h2")).to_have_text("重大事故隐患")
    expect(page.locator(".gq-r article").first).to_contain_text(f"{DOCUMENT}） {CLAUSE}")
    inspector.fits()
    page.get_by_role("button", name="按这一条定为重大").tap()
    page.wait_for_url(re.compile(r"/raise_level/"))
    expect(page.locator("select[name=criterion]")).to_have_value(re.compile(r"^gongmao-2017\|gongmao-2017-dust-"))
    inspector.decides(hazard, "raise_level", "除尘器没有任何控爆措施")
    expect(page.locator("body")).to_contain_text("重大")

    expect(village.opened(f"{hazard}request_lowering/").locator("body")).to_contain_text("不归您办")
    inspector.decides(hazard, "request_lowering", "已装隔爆阀，附照片", file=_photo(tmp_path, 2))
    expect(inspector.opened(f"{hazard}approve_lowering/").locator("body")).to_contain_text("不归您办")
    chief.decides(hazard, "approve_lowering", "到现场看过，同意降级")

    trail = chief.opened(f"{town.url}/trail/{hazard.rstrip('/').rpartition('/')[2]}/").locator("#trail")
    told = trail.locator("tbody tr td:nth-child(3)").all_inner_texts()
    lowered, asked_to, raised, answered, first, *_ = told
    proposed = re.compile(rf"当时的提示：重大 {DOCUMENT} {re.escape(CLAUSE)}（提示版本 [0-9a-f]{{12}}）")
    assert lowered.startswith("批准降为一般隐患")
    assert asked_to.startswith("申请降为一般隐患")
    assert raised.startswith(f"由一般升为重大隐患，依据 {CLAUSE}")
    assert answered.startswith(f"一问一答：重大（{DOCUMENT} {CLAUSE}），答了5问")
    assert [bool(proposed.search(one)) for one in (lowered, raised, first)] == [True, True, True]
    trail.get_by_text("答过的").tap()
    expect(trail.locator("dl.gq-a")).to_contain_text("除尘器上有没有泄爆片或者泄爆口？")
