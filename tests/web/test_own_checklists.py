"""Pages of own checklists: written from nothing or from another list without a script, looked at, saved, retired."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.standards.models import OwnChecklist
from bihuan.standards.rules import Feature
from bihuan.standards.rules.loading import Area
from bihuan.standards.rules.sectors import EVERY_SECTOR
from bihuan.standards.services.checklists import save_list
from tests.hazards.stage import Stage
from tests.standards.own_lists import WOOD
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
LISTS, NEW = reverse("standards:checklists"), reverse("standards:new_list")
ID = "320413101-list-1"
ONE = reverse("standards:checklist", args=[ID])
EDIT = reverse("standards:edit_list", args=[ID])
RETIRE = reverse("standards:retire_list", args=[ID])
WRITES = ["office", "chief", "superior"]
READS = ["inspector", "village_east", "industry", "leader", "group", "boss", "system_admin"]


def save(stage: Stage, **facts: Any) -> None:
    town = stage.town.town
    given = {"draft": WOOD, "area": Area(town.path, town.id, town.name, town.id), "valid_from": stage.day}
    save_list(actor=stage.by("office"), now=stage.at, why="木器厂多", **(given | facts))


def fields(page: str) -> dict[str, list[str]]:
    """Return what a browser would send of the form on the page, without its buttons."""
    form = re.search(r'<form method="post" class="list-edit">(.*?)</form>', page, re.DOTALL)
    assert form is not None
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form[1]):
        facts = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if facts.get("type") == "checkbox" and "checked" not in tag:
            continue
        sent.setdefault(facts.get("name", ""), []).append(facts.get("value", "on" if "checkbox" in tag else ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form[1], re.DOTALL):
        sent.setdefault(name, []).append(unescape(text))
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def press(client: Client, address: str, page: str, act: str, **more: Any) -> Any:
    return client.post(
        address, fields(page) | {name.replace("__", "-"): value for name, value in more.items()} | {"act": act}
    )


@pytest.mark.parametrize("key", WRITES)
def test_given_who_writes_when_a_packaged_list_is_adapted_and_saved_then_the_town_has_it(
    key: str, enter: Visit, stage: Stage
) -> None:
    client, address = enter(key), f"{NEW}?copy=dust"
    page = client.get(address).content.decode()
    assert "改自“粉尘涉爆企业检查表”" in page

    page = press(client, address, page, "drop:2").content.decode()
    page = press(client, address, page, "up:3", title="本镇粉尘表").content.decode()
    looked = press(client, address, page, "look")
    page = looked.content.decode()
    assert (looked.status_code, OwnChecklist.objects.count()) == (200, 0)
    assert "去掉 1 项" in page.replace("不再列入", "去掉")
    assert "换了位置" in page
    assert "适用的企业" in page
    unsaid = press(client, address, page, "save", why="")
    assert (unsaid.status_code, "写明为什么" in unsaid.content.decode()) == (422, True)
    saved = press(client, address, unsaid.content.decode(), "save", why="本镇没有正压吹送")

    row = OwnChecklist.objects.get()
    assert saved.status_code == 303
    assert [item["from"] for item in row.book["items"]][:2] == ["dust-03", "dust-01"]
    assert row.book["origin"][:2] == ["dust", "粉尘涉爆企业检查表"]
    assert "本镇粉尘表" in enter("village_east" if key != "superior" else "inspector").get(LISTS).content.decode()


def test_given_an_empty_page_when_an_item_is_written_with_a_basis_found_by_words_then_it_is_kept(
    enter: Visit,
) -> None:
    client = enter("office")
    page = client.get(NEW).content.decode()

    page = press(client, NEW, page, "enter", item__1__q="安全出口").content.decode()
    code = re.search(r'value="pick:1:(law\|[^"]+)"', page)
    assert code is not None
    page = press(client, NEW, page, f"pick:1:{unescape(code[1])}").content.decode()
    page = press(client, NEW, page, "find:1", item__1__q="生产安全法 2099").content.decode()
    assert "没有找到" in page
    page = press(client, NEW, page, "find:1", item__1__q="国务院令第393号").content.decode()
    assert "先写明是第几条" in press(client, NEW, page, "cite:1:law|construction-2003|").content.decode()
    cited = {"item__1__article": "第二十八条"}
    page = press(client, NEW, page, "cite:1:law|construction-2003|", **cited).content.decode()
    page = press(client, NEW, page, "type:1", item__1__typed="镇安委〔2018〕3号|第二条").content.decode()
    page = press(client, NEW, page, "unpick:1:law|construction-2003|第二十八条").content.decode()
    head = {"title": "出租屋表", "sectors": ["all"], "why": "出租屋多"}
    page = press(client, NEW, page, "look", item__1__look_at="出口", item__1__how="推一推", **head).content.decode()
    press(client, NEW, page, "save")

    book = OwnChecklist.objects.get().book
    assert [item["basis"] for item in book["items"]] == [[unescape(code[1]), "typed|镇安委〔2018〕3号／第二条|"]]
    assert len(book["sectors"]) == 23


def test_given_a_law_with_versions_when_its_article_is_picked_then_each_day_cites_its_own(enter: Visit) -> None:
    client = enter("office")
    page = press(client, NEW, client.get(NEW).content.decode(), "find:1", item__1__q="特种作业").content.decode()

    picks = [unescape(one) for one in re.findall(r'value="pick:1:(law[^"]+)"', page)]

    assert "law|work-safety-2021|第三十条~law|work-safety-2014|第二十七条" in picks
    assert "《中华人民共和国安全生产法（2014年修正）》第二十七条" in page


def test_given_what_is_wrong_when_looked_at_then_each_place_is_named_and_what_was_written_stays(enter: Visit) -> None:
    client = enter("office")

    answer = press(client, NEW, client.get(NEW).content.decode(), "look", title="只有名称")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#item-1"' in page
    assert "第1项没有依据" in page
    assert 'value="只有名称"' in page


def test_given_a_preview_when_something_else_is_saved_then_it_is_shown_again_first(enter: Visit, stage: Stage) -> None:
    save(stage)
    client = enter("chief")
    page = press(client, EDIT, client.get(EDIT).content.decode(), "look", title="新名").content.decode()

    again = press(client, EDIT, page, "save", title="又一个名", why="x")

    assert "和上次预览时不一样" in again.content.decode()
    assert OwnChecklist.objects.count() == 1


def test_given_a_new_version_when_a_day_before_is_opened_then_the_earlier_text_is_there(
    enter: Visit, stage: Stage
) -> None:
    save(stage)
    client = enter("office")
    later = {"title": "打磨（二）", "valid_from": "2018-02-01", "why": "x"}
    page = press(client, EDIT, client.get(EDIT).content.decode(), "look", **later).content.decode()
    press(client, EDIT, page, "save")

    assert "打磨（二）" not in client.get(ONE, {"on": "2018-01-31"}).content.decode()
    assert "打磨（二）" in client.get(ONE, {"on": "2018-02-01"}).content.decode()
    assert "第 1 版" in enter("boss").get(ONE, {"revision": "1", "on": "2018-02-01"}).content.decode()
    assert "以后改变的" in client.get(LISTS).content.decode()
    assert client.get(ONE, {"on": "2017-01-01"}).status_code == 404


def test_given_a_basis_that_is_not_in_force_from_the_first_day_when_written_then_its_successor_is_named_and_taken(
    enter: Visit, stage: Stage
) -> None:
    save(stage)
    client = enter("office")
    later = {"valid_from": "2021-10-01", "why": "法改了"}
    page = press(client, EDIT, client.get(EDIT).content.decode(), "look", **later).content.decode()

    ended = "用到2021-08-31为止，现行的是《中华人民共和国安全生产法（2021年修正）》第四十一条。"
    preview = page[page.index('id="preview"') :].partition("</section>")[0]
    assert "1 条依据在 2021-10-01 不能照写着的引用" in preview
    assert re.search(f'<a href="#item-1">第 1 项</a> 《[^》]+》第三十八条：{ended}', preview)
    code = "pick:1:law|work-safety-2021|第四十一条"
    assert f'value="{code}"' in page[page.index('id="item-1"') :]

    taken = press(client, EDIT, page, code).content.decode()
    assert ended not in taken
    press(client, EDIT, press(client, EDIT, taken, "look").content.decode(), "save")
    day = client.get(ONE, {"on": "2021-10-01"}).content.decode()
    assert "第四十一条" in day
    assert "接替" not in day


def test_given_a_list_whose_basis_was_followed_when_used_then_what_is_in_force_that_day_is_cited(
    enter: Visit, stage: Stage
) -> None:
    save(stage)

    page = enter("inspector").get(ONE, {"on": "2026-10-15"}).content.decode()

    assert re.search(r"第四十一条（接替《[^》]+》第三十八条）", page)
    assert re.search(r"第十一条\(三\)（接替《[^》]+》一\(一\)3）", page)
    assert "写进文书前先对照原文" in page
    assert "不施行" not in page


def test_given_a_list_when_retired_then_it_is_offered_no_more_and_still_read(enter: Visit, stage: Stage) -> None:
    save(stage)
    client = enter("chief")

    refused = client.post(RETIRE, {"since": "2018-01-01", "why": "x", "seen": 1})
    client.post(RETIRE, {"since": stage.day.isoformat(), "why": "并入区里的", "seen": 1})

    assert "不能早于今天" in refused.content.decode()
    assert WOOD.title not in enter("inspector").get(LISTS).content.decode()
    assert "停用：并入区里的" in enter("inspector").get(ONE).content.decode()
    assert "改一版恢复使用" in client.get(ONE).content.decode()


@pytest.mark.parametrize("key", READS)
def test_given_who_only_reads_when_it_would_write_then_it_is_refused(key: str, enter: Visit, stage: Stage) -> None:
    save(stage)
    client = enter(key)

    assert "编写检查表" not in client.get(LISTS).content.decode()
    assert WOOD.title in client.get(ONE).content.decode()
    assert [client.get(one).status_code for one in (NEW, EDIT)] == [403, 403]
    assert client.post(RETIRE, {"since": stage.day.isoformat(), "why": "x", "seen": 1}).status_code == 403


def test_given_an_enterprise_with_the_feature_when_its_lists_are_opened_then_the_own_list_is_among_them(
    enter: Visit, stage: Stage
) -> None:
    everywhere = replace(WOOD, features=frozenset(), sectors=EVERY_SECTOR)
    save(stage, draft=replace(everywhere, title="别的特征的", features=frozenset({Feature.LIQUOR})))
    save(stage, draft=everywhere)

    page = enter("inspector").get(LISTS, {"firm": str(stage.firm.id)}).content.decode()

    assert ("木器厂打磨工位" in page, "别的特征的" in page) == (True, False)


def test_given_a_workbook_when_put_in_then_it_is_shown_to_be_looked_at_and_nothing_is_saved(
    enter: Visit, stage: Stage
) -> None:
    save(stage)
    client = enter("office")
    taken = client.get(reverse("standards:list_sheet", args=[ID]))
    page = client.get(EDIT).content.decode()
    sent = fields(page) | {"title": "改了一半的名称", "act": "sheet"}

    filled = client.post(EDIT, sent | {"sheet": SimpleUploadedFile("a.xlsx", taken.content)})
    broken = client.post(EDIT, sent | {"sheet": SimpleUploadedFile("a.xlsx", taken.content[:700])})
    none = client.post(EDIT, sent)

    assert [one.status_code for one in (filled, broken, none)] == [200, 422, 422]
    assert f"已按 Excel 填入 {len(WOOD.items)} 项，还没有保存" in filled.content.decode()
    assert fields(filled.content.decode())["title"] == [WOOD.title]
    assert "另存为 .xlsx" in broken.content.decode()
    assert fields(broken.content.decode())["title"] == ["改了一半的名称"]
    assert "请先选一个 Excel 文件" in none.content.decode()
    assert OwnChecklist.objects.count() == 1


def test_given_the_template_when_put_into_a_new_list_then_it_can_be_looked_at_and_saved(
    enter: Visit, stage: Stage
) -> None:
    client = enter("office")
    taken = client.get(reverse("standards:list_template")).content
    sent = fields(client.get(NEW).content.decode()) | {"act": "sheet", "sheet": SimpleUploadedFile("a.xlsx", taken)}

    filled = client.post(NEW, sent).content.decode()
    looked = press(client, NEW, filled, "look", why="试用").content.decode()
    press(client, NEW, looked, "save")

    assert OwnChecklist.objects.get().book["items"][0]["look_at"] == "安全出口"
