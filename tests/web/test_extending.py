"""Extend a campaign on screen: a far day is asked about again, and a wrong extension is put right."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.campaigns.running import Running, issued
from tests.campaigns.stage import make_campaign_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(settings: Any) -> Running:
    settings.BIHUAN_DEMO_DAY = "2017-12-28"
    return issued(make_campaign_stage())


def post(run: Running, name: str, **said: Any) -> tuple[int, str]:
    run.row.refresh_from_db()
    told = {
        "seen_version": str(run.row.version),
        "doc_number": "示安委〔2018〕3号",
        "reason": "写错",
        "without_file": "on",
    } | said
    answer = run.stage.town.client("chief").post(reverse(f"campaigns:{name}", args=(run.row.pk,)), told)
    return answer.status_code, answer.content.decode()


def test_given_an_extension_when_its_day_is_far_then_the_page_asks_again_and_it_can_be_corrected(run: Running) -> None:
    number, page = post(run, "extend", ends_on="2018-03-31", doc_number="随便写")
    assert (number, "不像文号" in page, "日期没有写错" in page) == (422, True, False)
    number, page = post(run, "extend", ends_on="2099-03-31")
    assert (number, "晚了一年以上" in page, 'name="is_sure"' in page) == (422, True, True)
    assert post(run, "extend", ends_on="2099-02-30")[0] == 422
    assert post(run, "extend", ends_on="2099-03-31", is_sure="on")[0] == 303

    group = reverse("campaigns:group", args=(run.row.pk,))
    address = reverse("campaigns:correct_extension", args=(run.row.pk,))
    chief, office = run.stage.town.client("chief"), run.stage.town.client("office")
    assert address in chief.get(group).content.decode()
    assert address not in office.get(group).content.decode()
    assert office.get(address).status_code == 403
    assert "2099-03-31" in chief.get(address).content.decode()
    assert post(run, "correct_extension", ends_on="2018-03-31")[0] == 303

    run.row.refresh_from_db()
    assert run.row.ends_on == date(2018, 3, 31)
    assert "更正过" in chief.get(group).content.decode()


def test_given_an_extension_without_its_file_when_sent_then_it_is_doubted_once_and_may_go_on(run: Running) -> None:
    before = run.row.ends_on
    number, page = post(run, "extend", ends_on="2018-03-31", without_file="")

    assert (number, "没有附延期文件的原件" in page, 'name="without_file"' in page) == (422, True, True)
    run.row.refresh_from_db()
    assert run.row.ends_on == before
    asked = run.stage.town.client("chief").get(reverse("campaigns:extend", args=(run.row.pk,))).content.decode()
    assert 'name="without_file"' not in asked  # asked about only where none came
    assert post(run, "extend", ends_on="2018-03-31")[0] == 303
    run.row.refresh_from_db()
    assert run.row.ends_on == date(2018, 3, 31)


def test_given_an_extension_with_its_file_when_sent_then_nothing_is_doubted(run: Running) -> None:
    paper = SimpleUploadedFile("延期通知.txt", "示安委〔2018〕3号".encode())

    assert post(run, "extend", ends_on="2018-03-31", without_file="", new_papers=paper)[0] == 303
