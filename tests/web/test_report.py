"""The report form: short names, doubtful names, and a second press."""

from uuid import uuid4

import pytest
from django.urls import reverse

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.states import Source
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import Refusal
from tests.hazards.stage import NOON, Stage
from tests.web.conftest import Visit

NEW = {"description": "安全出口被纸箱堵住", "source": "department"}


def register(stage: Stage, name: str) -> None:
    entry = Entry(name=name, path=stage.town.units["东村"].path, lead_sector="machinery")
    enterprises.register(entry=entry, town_id=stage.town.town.id, actor=PLATFORM, now=NOON)


def test_given_a_short_name_that_only_one_enterprise_has_when_reported_then_it_is_taken(
    enter: Visit, stage: Stage
) -> None:
    new = {**NEW, "id": str(uuid4()), "place": "鑫达"}

    answer = enter("inspector").post(reverse("field:report"), new)

    assert answer.status_code == 303
    assert Hazard.objects.get(pk=new["id"]).enterprise_id == stage.firm.id


def test_given_a_short_name_that_two_have_when_reported_then_both_are_offered(enter: Visit, stage: Stage) -> None:
    register(stage, "示范镇鑫达铸造厂")

    answer = enter("inspector").post(reverse("field:report"), {**NEW, "id": str(uuid4()), "place": "鑫达"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不止一家" in page
    assert "示范镇鑫达铸造厂" in page
    assert stage.firm.name in page


def test_given_a_report_when_the_old_page_is_pressed_again_then_the_first_answer_comes_back(
    enter: Visit, stage: Stage
) -> None:
    client, new = enter("inspector"), {**NEW, "id": str(uuid4()), "place": stage.firm.name}

    first = client.post(reverse("field:report"), new)
    again = client.post(reverse("field:report"), new, follow=True)

    assert again.redirect_chain[0][0] == first["Location"]
    assert f"已登记，编号 {Hazard.objects.get().number}" in again.content.decode()


def test_given_a_village_worker_when_the_form_opens_then_only_their_sources_are_offered(
    enter: Visit, stage: Stage
) -> None:
    village, new = enter("village_east"), {**NEW, "id": str(uuid4()), "place": stage.firm.name}

    page = village.get(reverse("field:report")).content.decode()
    refused = village.post(reverse("field:report"), {**new, "source": "superior"})

    assert ("村（社区）巡查" in page, "举报" in page, "上级交办" in page, "领导带队" in page) == (
        True,
        True,
        False,
        False,
    )
    assert (refused.status_code, "上级交办的，请安监办从上级清单导入" in refused.content.decode()) == (422, True)
    assert Hazard.objects.count() == 0
    assert "部门检查" in enter("office").get(reverse("field:report")).content.decode()


def test_given_a_superiors_item_when_a_door_hands_it_over_then_it_needs_who_may_and_an_organ(stage: Stage) -> None:
    with pytest.raises(Refusal, match="由安监办按上级清单或文件登记"):
        stage.report("village_east", source=Source.SUPERIOR)
    with pytest.raises(Refusal, match="哪个单位交办"):
        stage.report("office", source=Source.SUPERIOR, superior_organ=" ")
    with pytest.raises(Refusal, match="由安监办按上级清单或文件登记"):
        stage.report("village_east", needs_superior=True)

    assert Hazard.objects.count() == 0
