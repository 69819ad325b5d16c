"""Pages of uploaded standards: preview, load, withdraw and restore, by role; what a file would touch is counted."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Criterion
from bihuan.standards.data.uploads import read_text
from bihuan.standards.models import LoadedStandard
from bihuan.standards.rules.loading import Area
from bihuan.standards.services import loading
from tests.hazards.stage import Stage
from tests.standards.local import STANDARD, TOWN, read, text
from tests.town import make_town
from tests.web.conftest import Visit
from tests.web.test_every_address import log_in

pytestmark = pytest.mark.django_db
LIST, LOAD, TEMPLATE = reverse("standards:local"), reverse("standards:load"), reverse("standards:template")
ONE = reverse("standards:local_one", args=[STANDARD])
PAGE = reverse("standards:standard", args=[STANDARD])
EXPORT = reverse("standards:export", args=[STANDARD])
CHECKS = ["office", "chief", "superior"]
DECIDES = ["chief"]
READS = [
    "system_admin",
    "inspector",
    "village_east",
    "industry",
    "leader",
    "group",
    "security_admin",
    "audit_admin",
    "boss",
]


def sent(stage: Stage, act: str = "look", **more: Any) -> dict[str, Any]:
    return {"text": text(), "area": TOWN, "why": "示范镇安委〔2018〕1号", "act": act} | more


def load(stage: Stage, made: str = "") -> None:
    town = stage.town.town
    area = Area(TOWN, town.id, town.name, town.id)
    loading.load_standard(text=made or text(), area=area, why="x", actor=stage.by("chief"), now=stage.at)


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("key", DECIDES)
def test_given_who_decides_when_a_file_is_looked_at_and_confirmed_then_it_is_loaded_once(
    key: str, enter: Visit, stage: Stage
) -> None:
    client = enter(key)
    file = SimpleUploadedFile("仓储.yaml", text().encode())

    looked = client.post(LOAD, sent(stage, text="", file=file))
    page = looked.content.decode()
    assert (looked.status_code, LoadedStandard.objects.count()) == (200, 0)
    assert "新标准" in page
    assert "彩钢板仓库里给电动三轮车充电。" in page
    saved = client.post(LOAD, sent(stage, "save", seen=seen(page), file_name="仓储.yaml"), follow=True)

    assert "已装入" in saved.content.decode()
    row = LoadedStandard.objects.get()
    assert (row.standard_id, row.file_name, row.why) == (STANDARD, "仓储.yaml", "示范镇安委〔2018〕1号")
    assert row.book == read_text(text()).book


def test_given_the_countys_office_when_it_loads_then_the_whole_county_has_it(enter: Visit, stage: Stage) -> None:
    made = text(prefix="320413-")

    enter("superior").post(LOAD, sent(stage, "save", seen=0, area="/32/04/13/", text=made))

    assert LoadedStandard.objects.get().path == "/32/04/13/"
    assert "金城区" in enter("village_east").get(LIST).content.decode()


def test_given_the_safety_office_when_it_looks_then_it_may_preview_and_not_confirm(enter: Visit, stage: Stage) -> None:
    client = enter("office")

    page = client.post(LOAD, sent(stage)).content.decode()
    saved = client.post(LOAD, sent(stage, "save", seen=0))

    assert "确认装入" not in page
    assert "由安监办主任" in page
    assert (saved.status_code, LoadedStandard.objects.count()) == (422, 0)


@pytest.mark.parametrize("key", READS)
def test_given_anybody_else_when_they_come_then_they_read_what_applies_and_load_nothing(
    key: str, enter: Visit, stage: Stage
) -> None:
    load(stage)
    client = enter(key)

    assert [client.get(page).status_code for page in (LIST, ONE, PAGE, EXPORT)] == [200] * 4
    assert [client.get(page).status_code for page in (LOAD, TEMPLATE)] == [403] * 2
    assert client.post(LOAD, sent(stage, "save", seen=1, text=text(title="x"))).status_code == 403
    assert client.post(ONE, {"since": "2018-01-20", "why": "x", "seen": 1}).status_code == 403
    assert LoadedStandard.objects.values_list("withdrawn_from", "revision").get() == (None, 1)


@pytest.mark.parametrize("key", ["chief", "office", "village_east"])
def test_given_the_next_town_when_it_asks_for_it_then_there_is_nothing(key: str, stage: Stage, settings: Any) -> None:
    settings.BIHUAN_DEMO_DAY = stage.day.isoformat()
    load(stage)
    client = log_in(make_town(code="320413102000", name="邻镇"), key)

    assert [client.get(page).status_code for page in (ONE, EXPORT)] == [404, 404]
    assert client.get(PAGE).status_code in {404, 422}
    assert client.post(ONE, {"since": "2018-01-20", "why": "x", "seen": 1}).status_code == 404
    assert "示范镇仓储" not in client.get(LIST).content.decode()
    assert "示范镇仓储" not in client.get(reverse("standards:list"), {"q": "彩钢板"}).content.decode()
    asked = client.get(reverse("hazards:judged"), {"clause": f"{STANDARD}|一(一)"}).content.decode()
    assert "示范镇安委〔2018〕1号" not in asked


@pytest.mark.parametrize("page", [LIST, LOAD, TEMPLATE, ONE, EXPORT])
def test_given_a_stranger_when_they_come_then_they_must_log_in(page: str) -> None:
    assert Client().get(page).status_code == 302
    assert Client().post(page).status_code in {302, 405}


def test_given_a_file_with_faults_when_looked_at_then_each_is_told_by_line_and_the_text_stays_to_be_mended(
    enter: Visit, stage: Stage
) -> None:
    wrong = text().replace("text: 仓库安全出口被锁死。", "text: ''")

    answer = enter("chief").post(LOAD, sent(stage, text="", file=SimpleUploadedFile("a.yaml", wrong.encode())))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert re.search(r"第\d+行，第2条 320413101-shop-2018-02：“text”是空的", page)
    assert "彩钢板仓库里给电动三轮车充电" in page.split("<textarea", 1)[1]
    assert "这一行是：<code>text: &#x27;&#x27;</code>" in page
    assert "确认装入" not in page


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"text": ""}, "请选一个文件"),
        ({"text": "a: &a [*a]"}, "不能用 &amp; 和 *"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04\xff\xfe\x00\xff")}, "文件打不开"),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff\xfe\x00\xff")}, "不是文本"),
        ({"text": "The exit of the warehouse is locked."}, "没有内容"),
        ({"text": "隐患" * 200_000}, "最大512千字节"),
        ({"file": SimpleUploadedFile("a.yaml", b"x" * 600_000)}, "最大512千字节"),
        ({"area": "/32/04/13/"}, "/32/04/13/"),
        ({"text": "<script>alert(1)</script>: [1"}, "读不懂"),
    ],
)
def test_given_an_odd_upload_when_sent_then_it_is_answered_with_a_sentence(
    more: dict[str, Any], says: str, enter: Visit, stage: Stage
) -> None:
    answer = enter("chief").post(LOAD, sent(stage, **more))

    assert (answer.status_code, LoadedStandard.objects.count()) == (422, 0)
    assert says in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_given_open_hazards_on_the_standard_when_a_correction_is_looked_at_then_what_keeps_its_basis_is_counted(
    enter: Visit, stage: Stage
) -> None:
    load(stage)
    hazard = stage.report(description="东侧彩钢板仓库内给电动三轮车充电")
    stage.do(hazard, Act.CONFIRM, "office", level="major", criterion=Criterion(STANDARD, "一(一)"), text="充电")
    stage.report()
    made = text().replace("彩钢板仓库里给电动三轮车充电。", "彩钢板仓库里给电动车充电。")

    page = enter("chief").post(LOAD, sent(stage, text=made)).content.decode()
    blind = enter("system_admin").post(LOAD, sent(stage, text=made))

    assert "更正" in page
    assert "<del>三轮</del>" in page
    assert "没销号的隐患里有1条依据" in page
    assert "其中1条引用的条款有改动" in page
    assert "复查也按原来的依据" in page
    assert "还没有核实定级的隐患1条" in page
    assert "适用的企业1家（在册1家）" in page
    assert blind.status_code == 403


def test_given_somebody_corrected_it_meanwhile_when_an_older_preview_is_confirmed_then_it_is_refused(
    enter: Visit, stage: Stage
) -> None:
    client = enter("chief")
    page = client.post(LOAD, sent(stage)).content.decode()
    load(stage)

    answer = client.post(LOAD, sent(stage, "save", seen=seen(page), text=text(title="另一个")))

    assert answer.status_code == 422
    assert "请重新预览" in answer.content.decode()
    assert LoadedStandard.objects.count() == 1


def test_given_no_reason_when_confirmed_then_the_field_says_so_and_nothing_is_lost(enter: Visit, stage: Stage) -> None:
    answer = enter("chief").post(LOAD, sent(stage, "save", seen=0, why=""))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "请写明依据" in page
    assert "确认装入" in page
    assert "彩钢板仓库里给电动三轮车充电" in page.split("<textarea", 1)[1]


def test_given_a_loaded_standard_when_withdrawn_and_restored_then_the_page_tells_it(enter: Visit, stage: Stage) -> None:
    load(stage)
    client = enter("chief")

    withdrawn = client.post(ONE, {"since": "2018-01-20", "why": "区里的已包含", "seen": 1}, follow=True)
    assert "2018-01-20 起停用" in withdrawn.content.decode()
    refused = client.post(ONE, {"why": "", "seen": 2})
    restored = client.post(ONE, {"why": "推迟", "seen": 2}, follow=True)

    assert refused.status_code == 422
    page = restored.content.decode()
    assert "视同没有停用过" in page
    assert "装入示范镇的判定标准" in page
    assert "区里的已包含" in page


@pytest.mark.parametrize(
    "more", [{"since": "2018-01-01"}, {"since": ""}, {"since": "明天"}, {"why": " "}, {"seen": 9}, {"seen": "x"}]
)
def test_given_an_odd_withdrawal_when_sent_then_it_is_refused_and_nothing_changes(
    more: dict[str, Any], enter: Visit, stage: Stage
) -> None:
    load(stage)

    answer = enter("chief").post(ONE, {"since": "2018-01-20", "why": "x", "seen": 1} | more)

    assert answer.status_code == 422
    assert LoadedStandard.objects.get().withdrawn_from is None


@pytest.mark.parametrize("key", CHECKS)
def test_given_who_may_check_when_they_download_then_the_files_can_be_read_for_their_area(
    key: str, enter: Visit, stage: Stage
) -> None:
    load(stage)
    client = enter(key)
    own = "/32/04/13/" if key == "superior" else TOWN

    template = client.get(TEMPLATE)
    example = client.get(reverse("standards:export", args=["gongmao-2017"]), {"own": "1"})

    assert "attachment" in template["Content-Disposition"]
    assert len(read(template.content.decode(), area=own).criteria) == 3
    assert len(read(example.content.decode(), area=own).criteria) == 59
    assert read(client.get(EXPORT).content.decode()).digest == read(text()).digest


def test_given_a_local_standard_when_the_library_is_used_then_it_is_found_marked_and_read(
    enter: Visit, stage: Stage
) -> None:
    load(stage)
    client = enter("village_east")

    found = client.get(reverse("standards:list"), {"q": "彩钢板"}).content.decode()
    advised = client.get(reverse("standards:list"), {"q": "彩钢板仓库里给电动三轮车充电"}).content.decode()
    page = client.get(PAGE).content.decode()
    compared = client.get(
        reverse("standards:compare"), {"before": "2018-01-04", "after": "2018-01-15"}
    ).content.decode()

    assert '<span class="tag">本地</span>' in found
    assert "没有写判定条件" in advised
    assert ("适用范围" in page, "示范镇" in page) == (True, True)
    assert "彩钢板仓库里给电动三轮车充电" in compared


def test_given_one_or_many_standards_when_listed_then_the_queries_are_the_same(enter: Visit, stage: Stage) -> None:
    client = enter("chief")

    def asked() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    load(stage)
    one = asked()
    for number in range(3):
        load(stage, text(id=f"320413101-more-{number}"))

    assert asked() == one
