"""Standards sent as workbooks, compared with national ones, and put in their place by two, on the pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bihuan.standards.data.uploads import read_text
from bihuan.standards.data.workbooks.writing import workbook_of
from bihuan.standards.data.writing import as_yaml, packaged_book
from bihuan.standards.models import LoadedStandard
from bihuan.standards.services import loading
from bihuan.trail import queries as trail_queries
from tests.hazards.stage import Stage
from tests.standards.local import STANDARD, book, text
from tests.web.conftest import Visit
from tests.web.test_local_standards import EXPORT, LIST, LOAD, READS, TEMPLATE, load, seen, sent

pytestmark = pytest.mark.django_db


def test_given_a_workbook_when_looked_at_and_confirmed_then_it_is_loaded_as_the_text_would_be(
    enter: Visit, stage: Stage
) -> None:
    client = enter("chief")
    made = workbook_of(read_text(text()).book)

    looked = client.post(LOAD, sent(stage, "save", text="", file=SimpleUploadedFile("仓储.xlsx", made)))
    page = looked.content.decode()
    assert (looked.status_code, LoadedStandard.objects.count()) == (200, 0)  # a workbook is looked at first
    assert "新标准" in page
    box = looked.context["form"]["text"].value()
    client.post(LOAD, sent(stage, "save", seen=seen(page), text=box, file_name="仓储.xlsx"))

    row = LoadedStandard.objects.get()
    assert (row.file_name, row.book) == ("仓储.xlsx", read_text(text()).book)


def test_given_a_workbook_with_faults_when_looked_at_then_cells_are_named_and_nothing_is_lost(
    enter: Visit, stage: Stage
) -> None:
    made = workbook_of(book(effective_on=None, sector="没有这一行"))
    client = enter("office")

    faulty = client.post(LOAD, sent(stage, text="", file=SimpleUploadedFile("仓储.xlsx", made)))
    broken = client.post(LOAD, sent(stage, text="# 我写的", file=SimpleUploadedFile("坏.xlsx", made[:800])))

    assert (faulty.status_code, broken.status_code) == (422, 422)
    page = faulty.content.decode()
    assert "“标准”表第7行B列，标准：没有写施行日" in page
    assert "“标准”表第10行B列，标准：不认识行业“没有这一行”" in page
    assert "effective_on" not in page.partition("<form")[0]
    assert "彩钢板仓库里给电动三轮车充电。" in faulty.context["form"]["text"].value()
    assert broken.context["form"]["text"].value() == "# 我写的"
    assert "另存为 .xlsx" in broken.content.decode()


@pytest.mark.parametrize("address", [f"{TEMPLATE}?as=xlsx", f"{EXPORT}?as=xlsx"])
def test_given_who_may_check_when_they_take_a_workbook_away_then_it_can_be_sent_back_as_it_is(
    address: str, enter: Visit, stage: Stage
) -> None:
    load(stage)
    client = enter("office")

    taken = client.get(address)
    looked = client.post(LOAD, sent(stage, text="", file=SimpleUploadedFile("a.xlsx", taken.content)))

    assert taken["Content-Type"].endswith("spreadsheetml.sheet")
    assert taken["Content-Disposition"].endswith(".xlsx") or "xlsx" in taken["Content-Disposition"]
    assert looked.status_code == 200


NATIONAL = {"id": STANDARD, "supersedes": "gongmao-2017", "effective_on": "2018-01-15"}
ANSWER = reverse("standards:answer", args=[STANDARD])


def test_given_the_successor_of_a_packaged_list_when_proposed_and_approved_on_the_pages_then_two_people_stand_for_it(
    enter: Visit, stage: Stage
) -> None:
    office, chief = enter("office"), enter("superior")
    looked = office.post(LOAD, sent(stage, text=text(**NATIONAL))).content.decode()
    assert "代替全国标准的新版" in looked
    assert "先等上级批准" in looked
    assert "不再列入 59 条" in re.sub(r"\s+", " ", looked)

    unsaid = office.post(LOAD, sent(stage, "save", seen=0, text=text(**NATIONAL)))
    assert (unsaid.status_code, LoadedStandard.objects.count()) == (422, 0)
    ticked = r'name="unmatched"[^>]*>[^<]*</label><p class="red sm" role="alert">上传的文件和它代替的'
    assert re.search(ticked, unsaid.content.decode())
    office.post(LOAD, sent(stage, "save", seen=0, text=text(**NATIONAL), unmatched="on"))
    waits = office.get(LIST).content.decode()
    own, other = office.get(ANSWER).content.decode(), chief.get(ANSWER).content.decode()
    alone = office.post(ANSWER, {"act": "approve", "seen": 1})
    ticked = {"act": "approve", "seen": 1, "why": "对照原件看过", "unmatched": "on"}
    untold = chief.post(ANSWER, ticked | {"unmatched": ""})
    approved = chief.post(ANSWER, ticked, follow=True)

    assert "等上级批准的" in waits
    assert ("批准代替" in own, "收回" in own, "批准代替" in other) == (False, True, True)
    assert (alone.status_code, untold.status_code, approved.status_code) == (422, 422, 200)
    assert ('name="unmatched"' in own, 'name="unmatched"' in other) == (False, True)
    page = approved.content.decode()
    assert "从施行日起代替全国的标准" in page
    assert "从那一天起恢复使用" in page
    row = LoadedStandard.objects.get()
    assert (row.loaded_by == row.approved_by, row.waits) == (False, False)
    assert chief.get(ANSWER).status_code == 404


def test_given_a_successor_that_reaches_back_when_looked_at_then_it_is_refused_at_once_with_the_reason(
    enter: Visit, stage: Stage
) -> None:
    looked = enter("office").post(LOAD, sent(stage, text=text(**NATIONAL | {"effective_on": "2018-01-01"})))

    page = looked.content.decode()
    assert looked.status_code == 422
    assert "代替全国的标准不能从2018-01-01算起" in page
    assert "提请代替</button>" not in page


@pytest.mark.parametrize("key", READS)
def test_given_anybody_else_when_something_waits_then_they_neither_read_nor_answer_it(
    key: str, enter: Visit, stage: Stage
) -> None:
    enter("office").post(LOAD, sent(stage, "save", seen=0, text=text(**NATIONAL), unmatched="on"))
    client = enter(key)

    page, listed = client.get(ANSWER), client.get(LIST).content.decode()
    answers = [client.post(ANSWER, {"act": act, "seen": 1, "why": "x"}).status_code for act in ("approve", "refuse")]

    assert (page.status_code, "等上级批准的" in listed) == (404, False)
    assert answers == [404, 404]
    assert LoadedStandard.objects.get().waits


def test_given_items_like_national_ones_when_confirmed_then_a_person_says_that_they_were_compared(
    enter: Visit, stage: Stage
) -> None:
    made = book()
    national = packaged_book("gongmao-2017")
    assert national is not None
    made["criteria"][0] |= {key: national["criteria"][0][key] for key in ("text", "applies_to", "cues", "objects")}
    client, like = enter("chief"), as_yaml(made)
    looked = client.post(LOAD, sent(stage, text=like)).content.decode()

    refused = client.post(LOAD, sent(stage, "save", seen=0, text=like))
    saved = client.post(LOAD, sent(stage, "save", seen=0, text=like, compared="on"))

    assert "相近的 1 条" in looked
    assert "更严" not in looked
    assert (refused.status_code, saved.status_code) == (422, 303)
    assert "请逐条核对两边的说法" in refused.content.decode()
    assert trail_queries.events_of([loading.loaded_subject(STANDARD)])[0].figures["compared"] == 1
