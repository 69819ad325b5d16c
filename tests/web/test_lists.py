"""Superior's lists through the door: the wizard from upload to the books, and the lists afterwards."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards.models import Hazard
from bihuan.intake import services
from bihuan.intake.models import ImportDoubt, ImportFirm, ImportRow, ImportRun, SuperiorItem, SuperiorList
from bihuan.kernel.actor import PLATFORM
from tests.hazards.stage import NOON
from tests.intake.reading import WORKBOOKS
from tests.intake.stage import HEAD, workbook
from tests.town import SmallTown
from tests.web.conftest import Visit

ROW = [1, "2018-01-08", "区安委办", "坛安办〔2018〕4号", "东方木业有限公司", "东村", "皮带轮无防护罩", "一般", "春节前"]


def upload(client: Client, name: str, content: bytes, **fields: str) -> Any:
    """Send a file through the first step."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("intake:upload"), {"file": file, "organ": "", "source": "superior", **fields})


def read(client: Client, name: str, content: bytes) -> ImportRun:
    """Upload a file and let it be read, as the worker does."""
    upload(client, name, content)
    run = ImportRun.objects.latest("started_at", "id")
    services.understand_run(run_id=run.pk, job_id=None, now=NOON)
    return ImportRun.objects.get(pk=run.pk)


def address(name: str, *args: object) -> str:
    return reverse(f"intake:{name}", args=args)


def test_given_the_office_when_it_takes_the_ledger_from_upload_to_the_books_then_every_page_answers(
    visit: Visit,
) -> None:
    client = visit("office")
    content = (WORKBOOKS / "must_pass" / "ledger-town-monthly.xlsx").read_bytes()

    sent = upload(client, "台账.xlsx", content, organ="镇安委办", source="department")
    run = ImportRun.objects.get()
    waiting = client.get(address("check", run.pk)).content.decode()
    services.understand_run(run_id=run.pk, job_id=None, now=NOON)
    checked = client.get(address("check", run.pk)).content.decode()
    rows = client.get(address("rows", run.pk)).content.decode()

    assert (sent.status_code, sent["Location"]) == (303, address("check", run.pk))
    assert "读“台账.xlsx”" in waiting
    assert "金城镇安全生产检查台账（2018年1月）" in checked
    assert "成批的疑问" in checked
    assert "整改/到位时间" in rows
    assert Hazard.objects.count() == 0


def test_given_a_small_list_when_answered_tried_and_entered_then_the_list_page_shows_its_items(visit: Visit) -> None:
    client = visit("office")
    run = read(client, "清单.xlsx", workbook([HEAD, [*ROW, "未整改"]]))
    batch = ImportDoubt.objects.get(run=run, code="deadline_festival").batch

    answered = client.post(
        address("answer", run.pk), {"batch": batch, "value": "2018-02-14"}, headers={"HX-Request": "true"}
    )
    tried = client.get(address("trial", run.pk)).content.decode()
    version = ImportRun.objects.get(pk=run.pk).version
    entered = client.post(address("enter", run.pk), {"seen_version": version})
    row = SuperiorList.objects.get()
    shown = client.get(address("show", row.pk)).content.decode()

    assert answered.status_code == 200
    assert 'id="check"' in answered.content.decode()
    assert "入账 1 项" in tried
    assert "东方木业有限公司" in tried
    assert (entered.status_code, entered["Location"]) == (303, address("show", row.pk))
    assert "皮带轮无防护罩" in shown
    assert ">未整改" in shown
    assert SuperiorItem.objects.get().claimed_deadline == date(2018, 2, 14)
    assert client.get(address("check", run.pk))["Location"] == address("show", row.pk)


def test_given_a_bad_cell_when_mended_in_place_then_the_page_says_what_is_left(visit: Visit) -> None:
    client = visit("office")
    run = read(client, "清单.xlsx", workbook([HEAD, [*ROW[:8], "1899-12-31", "未整改"]]))
    place = ImportRow.objects.get(run=run).place

    page = client.get(address("check", run.pk)).content.decode()
    wrong = client.post(address("mend", run.pk), {f"cell:{place}:deadline": "2月30日"}, headers={"HX-Request": "true"})
    right = client.post(address("mend", run.pk), {f"cell:{place}:deadline": "2月20日"}, headers={"HX-Request": "true"})

    assert "第 2 行 I 列“整改期限”：年份 1899 不对" in page
    assert (wrong.status_code, right.status_code) == (422, 200)
    assert 'value="2月30日"' in wrong.content.decode()
    assert "要改的行" not in right.content.decode()


def test_given_a_day_typed_for_a_doubt_when_unreadable_then_it_is_said_and_when_readable_taken(visit: Visit) -> None:
    client = visit("office")
    head = ["序号", "企业名称", "检查日期", "隐患描述", "整改情况", "完成时间"]
    run = read(client, "清单.xlsx", workbook([head, [1, "甲厂", "2018-01-05", "无护栏", "已整改", "2.20"]]))
    batch = ImportDoubt.objects.get(run=run, code="after_today").batch

    wrong = client.post(address("answer", run.pk), {"batch": batch, "typed": "不知道"}, headers={"HX-Request": "true"})
    client.post(address("answer", run.pk), {"batch": batch, "typed": "1月9日"}, headers={"HX-Request": "true"})

    assert "请写成“2018年2月9日”的样子" in wrong.content.decode()
    assert ImportDoubt.objects.get(run=run, code="after_today").answer == "2018-01-09"


def test_given_a_file_that_is_none_when_uploaded_then_the_sentence_stands_beside_the_field(visit: Visit) -> None:
    client = visit("office")

    answer = upload(client, "图.xlsx", b"\x00\x01\x02 nothing")
    empty = client.post(reverse("intake:upload"), {"organ": "", "source": "superior"})

    assert answer.status_code == empty.status_code == 422
    assert "看不出类型的文件，不能当清单读" in answer.content.decode()
    assert "请选一个文件。" in empty.content.decode()


def test_given_a_broken_workbook_when_read_then_the_page_says_why_and_offers_another(visit: Visit) -> None:
    client = visit("office")
    from bihuan.kernel.errors import Refusal

    upload(client, "坏.docx", (WORKBOOKS / "must_fail" / "no-table.docx").read_bytes())
    run = ImportRun.objects.get()
    with pytest.raises(Refusal):
        services.understand_run(run_id=run.pk, job_id=None, now=NOON)
    page = client.get(address("check", run.pk)).content.decode()
    dropped = client.post(address("drop", run.pk), {"seen_version": ImportRun.objects.get().version})

    assert "“坏.docx”里没有表格" in page
    assert "换一个文件" in page
    assert dropped["Location"] == address("lists")


def test_given_columns_chosen_when_read_again_then_the_draft_waits_for_the_reading(visit: Visit) -> None:
    client = visit("office")
    head = ["序号", "企业名称", "毛病", "整改情况"]
    run = read(client, "清单.xlsx", workbook([head, [1, "甲厂", "缺护栏", "未整改"]]))

    answer = client.post(
        address("reread", run.pk),
        {
            "seen_version": run.version,
            "title": "问题清单",
            "organ": "区安委办",
            "was:毛病": "",
            "column:毛病": "description",
        },
    )
    services.understand_run(run_id=run.pk, job_id=None, now=NOON)

    assert answer["Location"] == address("check", run.pk)
    run = ImportRun.objects.get(pk=run.pk)
    assert (run.title, run.organ) == ("问题清单", "区安委办")
    assert ImportRow.objects.get(run=run).item["values"]["description"] == "缺护栏"


@pytest.mark.one_database  # a door, not a question to the database
@pytest.mark.parametrize("who", ["village_east", "industry", "chair", "superior"])
def test_given_somebody_else_when_they_open_a_draft_or_upload_then_it_is_refused(
    visit: Visit, town: SmallTown, who: str
) -> None:
    run = read(visit("office"), "清单.xlsx", workbook([HEAD, [*ROW, "未整改"]]))
    client = visit(who)

    statuses = [
        client.post(address("enter", run.pk), {"seen_version": run.version}).status_code,
        client.post(address("answer", run.pk), {"batch": "x", "value": "y"}).status_code,
        client.post(address("mend", run.pk), {"cell:x:deadline": "2018-02-30"}).status_code,
        client.post(address("reread", run.pk), {}).status_code,
        client.post(address("firm", run.pk), {"key": "x", "choice": "no id"}).status_code,
        upload(client, "清单.xlsx", workbook([HEAD])).status_code,
        client.get(address("check", run.pk)).status_code,
        client.get(address("upload")).status_code,
    ]

    assert set(statuses) == {403}
    assert (Hazard.objects.count(), ImportRun.objects.count()) == (0, 1)
    assert ImportRun.objects.get().state == "read"


def test_given_a_list_when_exported_then_it_is_a_workbook_and_a_village_gets_none(visit: Visit) -> None:
    client = visit("office")
    run = read(client, "清单.xlsx", workbook([HEAD, [*ROW, "未整改"]]))
    client.post(address("enter", run.pk), {"seen_version": run.version})
    row = SuperiorList.objects.get()

    back = client.get(address("back", row.pk))

    assert (back.status_code, back.content[:2]) == (200, b"PK")
    assert client.get(reverse("trail:subject", args=[row.pk])).status_code == 200
    assert visit("village_west").get(address("back", row.pk)).status_code == 404
    assert visit("village_west").get(address("show", row.pk)).status_code == 404
    assert visit("village_east").get(address("show", row.pk)).status_code == 200


def test_given_a_list_when_the_desk_shows_it_then_every_count_opens_as_many_items(visit: Visit) -> None:
    client = visit("office")
    run = read(client, "清单.xlsx", workbook([HEAD, [*ROW, "未整改"], [2, *ROW[1:], "未整改"]]))
    client.post(address("enter", run.pk), {"seen_version": run.version})
    card = client.get(reverse("desk:workbench")).content.decode().split("上级交办清单</h2>")[1].split("</section>")[0]

    links = re.findall(r'<a href="([^"]+only=[^"]+)">(?:缺 )?\D*(\d+)', card)

    assert {href.partition("only=")[2] for href, _ in links} >= {"unanswered", "reported,confirmed"}
    for href, count in links:
        assert client.get(href).content.decode().split("<tbody>")[-1].count("<tr") == int(count), href


@pytest.mark.parametrize("page", ["lists", "show"])
def test_given_one_or_three_rows_when_a_page_is_opened_then_the_queries_are_the_same(visit: Visit, page: str) -> None:
    client = visit("office")
    counts: list[int] = []
    for rows in (1, 3):
        lines = [[n, *ROW[1:6], f"隐患{n}", "一般", "2月底前", "未整改"] for n in range(rows)]
        lines = [[*line[:3], f"坛安办〔2018〕{rows}号", *line[4:]] for line in lines]
        run = read(client, "清单.xlsx", workbook([HEAD, *lines]))
        client.post(address("enter", run.pk), {"seen_version": run.version})
        row = SuperiorList.objects.latest("created_at", "id")
        args = (row.pk,) if page == "show" else ()
        client.get(address(page, *args))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(page, *args)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_given_ids_and_numbers_that_are_none_when_sent_then_it_is_refused_and_nothing_breaks(visit: Visit) -> None:
    client = visit("office")
    run = read(client, "清单.xlsx", workbook([HEAD, [*ROW, "未整改"]]))
    version = run.version
    long = "9" * 5_000
    key = ImportFirm.objects.get(run=run).key

    firm = client.post(address("firm", run.pk), {"key": key, "choice": "bad"}, headers={"HX-Request": "true"})
    mend = client.post(address("mend", run.pk), {"place": long, "aside": "1", f"cell:{long[:40]}:deadline": "2月底前"})
    rows = client.get(address("rows", run.pk), {"only": long})
    stale = client.post(address("enter", run.pk), {"seen_version": long})
    client.post(address("enter", run.pk), {"seen_version": ImportRun.objects.get(pk=run.pk).version})
    row = SuperiorList.objects.get()
    offers = client.post(address("deadlines", row.pk), {"item": "bad", "take": "1"}, follow=True)

    assert version == 2
    assert (firm.status_code, rows.status_code, stale.status_code, mend.status_code) == (422, 200, 422, 303)
    assert "没有找到这家企业" in firm.content.decode()
    assert "没有找到要定期限的项" in offers.content.decode()


def test_given_inexact_names_when_all_are_confirmed_by_one_press_then_the_page_has_nothing_open(
    visit: Visit, town: SmallTown
) -> None:
    entry = Entry(name="示范镇东方木业有限公司", path=town.units["东村"].path, lead_sector="light_industry")
    enterprises.register_many(entries=[entry], town_id=town.town.id, actor=PLATFORM, now=NOON)
    client = visit("office")
    run = read(client, "清单.xlsx", workbook([HEAD, [*ROW[:4], "某某镇东方木业有限公司", *ROW[5:], "未整改"]]))
    key = ImportFirm.objects.get(run=run).key

    before = client.get(address("check", run.pk)).content.decode()
    after = client.post(address("firm", run.pk), {"all": "1", "key": key}, headers={"HX-Request": "true"})

    assert before.count("全部照此") == 1
    assert "1 家没定" in before
    assert after.status_code == 200
    assert "全部照此" not in after.content.decode()


@pytest.mark.parametrize(("who", "status"), [("office", 200), ("chief", 200), ("industry", 403), ("chair", 403)])
def test_given_the_pages_of_lists_when_opened_then_the_button_and_the_upload_page_agree(
    visit: Visit, who: str, status: int
) -> None:
    client = visit("office")
    run = read(client, "清单.xlsx", workbook([HEAD, [*ROW, "未整改"]]))
    client.post(address("enter", run.pk), {"seen_version": run.version})
    pages = (address("lists"), address("show", SuperiorList.objects.get().pk))
    viewer = visit(who)

    buttons = [f'href="{address("upload")}"' in viewer.get(page).content.decode() for page in pages]

    assert buttons == [status == 200] * 2
    assert viewer.get(address("upload")).status_code == status
