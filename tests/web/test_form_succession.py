"""A form in use is moved to a newer edition of its workbook, as a person presses it."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.models import ReturnForm
from tests.campaigns.returns.stage import ReturnStage, make_return_stage
from tests.campaigns.returns.tables import table, uploaded
from tests.web.test_returns import page, press

OLD = ("机械", "危险化学品", "轻工", "合计"), ("发现隐患", "已整改", "检查企业")
NEW = ("机械", "建筑施工", "危化品", "轻工", "合计"), ("发现隐患", "重大隐患", "已整改")


@pytest.fixture
def stage(db: None, settings: Any) -> ReturnStage:
    made = make_return_stage()
    settings.BIHUAN_DEMO_DAY = made.loop.day.isoformat()
    return made


def upload(client: Client, form: ReturnForm) -> str:
    file = SimpleUploadedFile("新表.xlsx", table(*NEW))
    return press(client, "upload_successor", form.pk, file=file, seen_version=form.version)


def test_given_a_newer_edition_when_a_person_compares_says_and_switches_then_few_presses_are_enough(
    stage: ReturnStage,
) -> None:
    office = stage.loop.town.client("office")
    form = stage.use(uploaded(stage, table(*OLD), rhythm="weekly"), "镇", "东村")
    assert reverse("campaigns:upload_successor", args=[form.pk]) in page(office, "return_form", form.pk)

    upload(office, form)  # 1

    row = ReturnForm.objects.get(succeeds=form)
    beside = unescape(page(office, "form_beside", row.pk))
    assert "沿用 6 格（5 格换了位置）" in beside
    assert '原来的行“<b>危险化学品</b>”<span class="mu">（3 格）</span>现在叫什么' in beside
    assert "还差：1 处名称" in beside
    assert reverse("campaigns:switch_form", args=[row.pk]) not in beside
    assert "轻工·检查企业（D5）" in beside.partition("没有了")[2]
    assert "新版式，待换用" in page(office, "return_forms")
    press(  # 2
        office, "say_heading", row.pk, sheet=0, axis="row", old="危险化学品", new="危化品", seen_version=row.version
    )
    row.refresh_from_db()
    beside = unescape(page(office, "form_beside", row.pk))
    assert "沿用 8 格" in beside
    assert "改了名的" not in beside
    assert '<option value="2018-01-19">1月12日至1月18日</option>' in beside
    old_version = ReturnForm.objects.get(pk=form.pk).version
    said = {"seen_version": row.version, "old_version": old_version, "first_due": "2018-01-26"}
    press(office, "switch_form", row.pk, **said)  # 3
    row.refresh_from_db()
    assert (row.state, row.in_use_on) == ("in_use", date(2018, 1, 26))
    assert "1月26日那期起用" in page(office, "return_form", row.pk)
    shown = page(office, "return_form", form.pk)
    assert "1月26日那期起换新" in shown
    assert reverse("campaigns:return_form", args=[row.pk]) in shown
    assert "沿用 8 格" in page(office, "form_beside", row.pk)


def test_given_others_and_a_form_that_succeeds_none_when_opened_then_they_are_told(stage: ReturnStage) -> None:
    office, east = (stage.loop.town.client(who) for who in ("office", "village_east"))
    form = stage.use(uploaded(stage, table(*OLD), rhythm="weekly"), "镇", "东村")
    upload(office, form)
    row = ReturnForm.objects.get(succeeds=form)

    answers = [
        east.get(reverse("campaigns:form_beside", args=[row.pk])).status_code,
        east.get(reverse("campaigns:upload_successor", args=[form.pk])).status_code,
        east.post(reverse("campaigns:switch_form", args=[row.pk]), {"seen_version": 1}).status_code,
        office.get(reverse("campaigns:form_beside", args=[form.pk])).status_code,
    ]
    again = office.post(
        reverse("campaigns:upload_successor", args=[form.pk]),
        {"file": SimpleUploadedFile("新表.xlsx", table(*NEW)), "seen_version": form.version},
    )

    assert answers == [403, 403, 404, 404]
    assert again.status_code == 422
    assert "已经上传过" in again.content.decode()
    assert reverse("campaigns:upload_successor", args=[form.pk]) not in page(east, "return_form", form.pk)
    row.refresh_from_db()
    assert row.state == "binding"
