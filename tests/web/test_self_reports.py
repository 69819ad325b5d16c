"""自查自改自报 through the door: the enterprise reports, the town sees who has not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bihuan.enterprises.rules.facts import Entry
from bihuan.enterprises.services import register_many
from bihuan.hazards.models import SelfReport
from bihuan.trail.models import Event
from tests.hazards.stage import Stage, picture
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
PAGE = "hazards:self_reports"
MONTH = {"month": "2017-12-01", "checks": "4", "found": "0", "fixed": "0"}


def test_given_an_enterprise_when_it_reports_zero_then_the_town_sees_it(enter: Visit, stage: Stage) -> None:
    silent = enter("office").get(reverse(PAGE)).content.decode()
    assert "未报 1 家" in silent
    assert reverse("hazards:self_report_for", args=[stage.firm.id]) in silent

    sent = enter("boss").post(reverse(PAGE), MONTH | {"is_zero": "on"})

    assert sent.status_code == 303
    assert SelfReport.objects.get().is_zero is True
    assert "零报告" in enter("boss").get(reverse(PAGE)).content.decode()
    assert "已报 1 家，未报 0 家" in enter("office").get(reverse(PAGE)).content.decode()
    assert "零报告" in enter("office").get(f"{reverse(PAGE)}?month=2017-12-01&show=reported").content.decode()


def test_given_a_zero_that_is_none_when_reported_then_the_form_says_so(enter: Visit) -> None:
    page = enter("boss").post(reverse(PAGE), MONTH | {"is_zero": "on", "found": "2"})

    assert page.status_code == 422
    assert "勾选了零报告，又填了查出 2 项" in page.content.decode()


def test_given_a_village_when_it_reports_for_an_enterprise_then_it_says_for_whom(enter: Visit, stage: Stage) -> None:
    address = reverse("hazards:self_report_for", args=[stage.firm.id])

    refused = enter("village_east").post(address, MONTH | {"is_zero": "on"})
    assert "请写明代谁办理" in refused.content.decode()
    acting = MONTH | {"is_zero": "on", "acting_for": "鑫达机械厂"}
    assert "请附企业签字或盖章的凭据" in enter("village_east").post(address, acting).content.decode()
    paper = SimpleUploadedFile("凭据.png", picture(7), "image/png")
    enter("village_east").post(address, acting | {"new_paper": paper})

    assert len(Event.objects.get(kind="self_report.reported").evidence) == 1
    assert SelfReport.objects.get().acting_for == "鑫达机械厂"
    assert enter("village_west").get(address).status_code == 404


def test_given_an_enterprise_when_the_desk_opens_then_last_months_report_waits(enter: Visit) -> None:
    assert "12月自查自改自报" in enter("safety").get(reverse("desk:workbench")).content.decode()


def test_given_a_number_nobody_counts_when_reported_then_the_form_says_so_and_nothing_is_kept(enter: Visit) -> None:
    boss = enter("boss")

    for checks in ("9" * 25, "10000"):
        page = boss.post(reverse(PAGE), MONTH | {"is_zero": "on", "checks": checks})
        assert (page.status_code, "数字最大填 9999" in page.content.decode()) == (422, True)

    assert SelfReport.objects.count() == 0


def test_given_more_enterprises_than_a_page_holds_when_the_town_looks_then_the_silent_ones_are_paged(
    enter: Visit, stage: Stage
) -> None:
    register_many(
        entries=[
            Entry(name=f"第{number:02}加工厂", path=stage.town.units["东村"].path, lead_sector="machinery")
            for number in range(24)
        ],
        town_id=stage.town.town.id,
        actor=stage.by("office"),
        now=stage.at,
    )
    office = enter("office")
    enter("boss").post(reverse(PAGE), MONTH | {"is_zero": "on"})

    pages = [office.get(f"{reverse(PAGE)}?size=20&page={page}").content.decode() for page in (1, 2)]

    assert [sum(f"第{number:02}加工厂" in page for number in range(24)) for page in pages] == [20, 4]
    assert "已报 1 家，未报 24 家" in pages[0]
    assert stage.firm.name not in pages[0] + pages[1]
