"""A unit is not closed under its enterprises and open hazards."""

import pytest
from django.urls import reverse

from bihuan.hazards import services
from bihuan.hazards.models import Hazard
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.orgs import queries
from tests.hazards.stage import Stage
from tests.web.conftest import Visit


def test_given_a_village_with_enterprises_when_closed_then_the_form_says_how_many_to_move_and_asks_into_what(
    enter: Visit, stage: Stage
) -> None:
    unit = stage.town.units["东村"]
    client, address = enter("system_admin"), reverse("orgs:close_unit", args=[unit.id])

    shown = client.get(address).content.decode()
    answer = client.post(
        address, {"reason": "撤并", "seen_version": 1, "merged_into_id": str(stage.town.units["西村"].id)}
    )

    assert "西村村民委员会" in shown
    assert answer.status_code == 422
    assert "家在册企业，不能撤销" in answer.content.decode()
    assert unit.id in {one.id for one in queries.units_below(stage.town.town.path)}


def test_given_a_unit_that_ordered_open_hazards_when_closed_then_the_form_says_how_many_until_they_end(
    enter: Visit, stage: Stage
) -> None:
    unit = stage.town.units["经发办"]
    hazard = stage.order(stage.confirmed(), supervising_unit_id=unit.id)
    client, address = enter("system_admin"), reverse("orgs:close_unit", args=[unit.id])
    said = {"reason": "撤并", "seen_version": 1}

    answer = client.post(address, said).content.decode()
    with pytest.raises(Refusal, match="还有 1 条没有办结的隐患"):
        services.close_unit(unit_id=unit.id, actor=stage.by("system_admin"), now=stage.at, **said)  # no door's matter
    with pytest.raises(NotAllowed):
        services.close_unit(unit_id=unit.id, actor=stage.by("village_east"), now=stage.at, **said)
    Hazard.objects.filter(pk=hazard.pk).update(supervising_unit_id=None)
    afterwards = client.post(address, said).content.decode()

    assert "还有 1 条没有办结的隐患" in answer
    assert "没有办结的隐患" not in afterwards
