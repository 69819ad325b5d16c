"""The head of the safety office uploads the town's own standard, and an inspector meets its clause in a hazard."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.servers import Running
from tests.standards.local import text

WORDS = "后厨没装燃气报警器，灶台旁放着两个气瓶"
TITLE = "餐饮场所燃气安全重大隐患判定标准"


def _enter(page: Page, town: Running, door: str) -> None:
    page.goto(f"{town.url}/log-in/")
    page.locator(".demo button", has_text=door).first.click()
    page.wait_for_url(f"{town.url}/")


def test_given_a_file_with_a_fault_when_mended_looked_at_and_confirmed_then_its_clause_is_proposed_in_a_hazard(
    visit: Visit, own_town: Running, tmp_path: Path
) -> None:
    page = visit()
    _enter(page, own_town, "安监办主任")
    page.goto(f"{own_town.url}/standards/local/")
    with page.expect_download() as download:
        page.get_by_role("link", name="文本模板").click()
    made = Path(download.value.path()).read_text(encoding="utf-8")
    made = made.replace("2026-12-20", "2017-12-20").replace("2027-01-01", "2018-01-01")
    file = tmp_path / "本地.yaml"
    file.write_text(made.replace("features: []", "features: [没有这个]", 1), encoding="utf-8")

    page.get_by_role("link", name="上传标准文件").click()
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("alert")).to_contain_text("不认识特征“没有这个”")
    page.locator("#id_text").fill(made)
    page.get_by_role("button", name="预览").click()
    expect(page.locator("#preview")).to_contain_text("2018-01-01起发现的隐患用它判定")
    expect(page.locator("#preview .changes li")).to_have_count(3)
    page.locator("#id_why").fill("示范镇安委〔2018〕5号")
    page.get_by_role("button", name="确认装入").click()
    expect(page.locator("body")).to_contain_text("已装入")
    expect(page.locator("h1")).to_have_text(TITLE)

    phone = visit(phone=True)
    _enter(phone, own_town, "安监办")
    phone.goto(f"{own_town.url}/field/report/")
    phone.locator("#id_description").press_sequentially(WORDS)
    expect(phone.locator("#advice")).to_contain_text("一(一)", timeout=15_000)
    expect(phone.locator("#advice")).to_contain_text("没有写判定条件")
    expect(phone.locator("#advice")).to_contain_text("由人")

    page.goto(f"{own_town.url}/hazards/?tab=reported")
    page.goto(own_town.url + (page.locator("a[href^='/hazards/0']").first.get_attribute("href") or "") + "confirm/")
    expect(page.locator("select[name=criterion] optgroup", has=page.locator("option"))).not_to_have_count(0)
    labels = page.locator("select[name=criterion] optgroup").evaluate_all("all => all.map(one => one.label)")
    assert any(TITLE in one for one in labels), labels


def test_given_a_new_national_list_when_the_office_proposes_and_the_county_approves_then_it_holds_from_its_day(
    visit: Visit, town: Running
) -> None:
    standard, begins = "390101199-yanhua-2018", "2018-03-01"
    facts = {"title": "烟花爆竹重大隐患判定标准（新版）", "document_number": "应急管理部令第99号"}
    made = text(
        prefix="390101199-", id=standard, supersedes="yanhua-2017", sector="烟花爆竹", effective_on=begins, **facts
    )
    office, county = visit(), visit()
    _enter(office, town, "安监办主任")
    _enter(county, town, "区安委办 督导岗")

    office.goto(f"{town.url}/standards/local/load/")
    office.locator("#id_text").fill(made)
    office.get_by_role("button", name="预览").click()
    expect(office.locator("#preview .amber")).to_contain_text("20条里有20条在上传的文件里没有对应的条目")
    office.locator("#id_why").fill("应急管理部令第99号")
    office.get_by_role("button", name="提请代替").click()
    expect(office.locator("p[role=alert]", has_text="没有一条对得上").first).to_be_visible()
    office.get_by_label("原来的条目全部换了").check()
    office.get_by_role("button", name="提请代替").click()
    expect(office.locator("body")).to_contain_text("批准以前不起作用")
    expect(office.get_by_role("button", name="批准代替")).to_have_count(0)

    county.reload()
    county.get_by_role("link", name="看过批准").click()
    county.get_by_label("原来的条目全部换了").check()
    county.get_by_role("button", name="批准代替").click()
    expect(county.locator("body")).to_contain_text("已批准，从施行日起代替全国的标准")

    for day, number in (("2018-02-28", "安监总管三〔2017〕121号（附件之二）"), (begins, "应急管理部令第99号")):
        office.goto(f"{town.url}/standards/?on={day}&sector=fireworks")
        held = office.locator("select[name=standard] option").all_inner_texts()
        assert [number in one for one in held if "烟花爆竹" in one] == [True], (day, held)
