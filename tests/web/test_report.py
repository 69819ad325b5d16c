"""The report form: short names, doubtful names, and a second press."""

from uuid import uuid4

from django.urls import reverse

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards.models import Hazard
from bihuan.kernel.actor import PLATFORM
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
