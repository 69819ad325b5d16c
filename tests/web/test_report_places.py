"""The report form for what is no enterprise: a public place of a village, or a unit."""

import re

import pytest
from django.urls import reverse

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.kernel.ids import new_id
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db

PLACE = {"kind": "public_place", "place": "文化广场", "description": "健身器材松动"}
WHO = {
    "village_east": "village_patrol",
    "office": "department",
    "inspector": "department",
    "leader": "led",
    "chair": "led",
    "group": "covert",
    "industry": "department",
}


def options(page: str, name: str) -> list[str]:
    """The options of a select, but the empty one."""
    shown = re.search(rf'<select name="{name}".*?</select>', page, re.S)
    return re.findall(r'value="([^"]+)"', shown[0])[0:] if shown else []


@pytest.mark.parametrize("who", WHO)
def test_given_a_role_that_covers_a_village_when_it_reports_a_public_place_then_the_village_sees_it(
    who: str, enter: Visit, stage: Stage
) -> None:
    address, east = reverse("field:report"), str(stage.town.units["东村"].id)
    client = enter(who)
    page = client.get(address).content.decode()
    preset = f'value="{east}" selected' in page
    said = PLACE | {"id": str(new_id()), "source": WHO[who]}

    if not preset:
        missing = client.post(address, said)
        assert (missing.status_code, "请选在哪个村" in missing.content.decode()) == (422, True)
    answer = client.post(address, said | {"village": east})

    assert (preset, answer.status_code) == (who in {"village_east", "leader"}, 303)
    shown = [enter(one).get(answer["Location"]).status_code for one in ("village_east", "village_west", who)]
    assert shown == [200, 404, 200]


def test_given_roles_with_no_village_when_they_say_a_public_place_then_they_are_told_who_reports_it(
    enter: Visit, stage: Stage
) -> None:
    address, said = reverse("field:report"), PLACE | {"id": str(new_id())}

    agency = enter("agency").post(address, said | {"source": "expert"})

    assert (agency.status_code, "只管指定的企业" in agency.content.decode()) == (422, True)
    assert options(enter("village_east").get(address).content.decode(), "village") == [str(stage.town.units["东村"].id)]
    assert Hazard.objects.count() == 0


def test_given_a_unit_when_chosen_then_its_own_people_have_it_and_no_name_is_asked_for(
    enter: Visit, stage: Stage
) -> None:
    unit = stage.town.units["建设办"]
    said = {"id": str(new_id()), "kind": "unit", "description": "档案室插座老化", "source": "department"}
    client = enter("inspector")

    assert "请选是哪个单位" in client.post(reverse("field:report"), said).content.decode()
    answer = client.post(reverse("field:report"), said | {"unit": str(unit.id)})

    assert answer.status_code == 303
    assert [enter(one).get(answer["Location"]).status_code for one in ("construction", "village_east")] == [200, 404]
    assert Hazard.objects.get().party_unit_id == unit.id


def test_given_a_public_place_when_ordered_on_the_form_then_the_village_is_preset_and_takes_it_without_paper(
    enter: Visit, stage: Stage
) -> None:
    east = stage.town.units["东村"]
    said = PLACE | {"id": str(new_id()), "village": str(east.id), "source": "village_patrol"}
    enter("village_east").post(reverse("field:report"), said)
    row = stage.do(Hazard.objects.get(), Act.CONFIRM, "office", level="general")

    order = enter("office").get(reverse("hazards:act", args=[row.pk, "assign"])).content.decode()

    assert options(order, "party_unit_id") == [str(east.id)]
    assert f'<option value="{east.id}" selected>' in order
    stage.order(row, party_unit_id=east.id)
    form = enter("village_east").get(reverse("hazards:act", args=[row.pk, "accept"])).content.decode()
    assert "acting_for" not in form
    firm = stage.confirmed()
    assert "party_unit_id" not in enter("office").get(reverse("hazards:act", args=[firm.pk, "assign"])).content.decode()
