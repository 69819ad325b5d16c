"""A unit is not closed under its enterprises and open hazards."""

import pytest
from django.urls import reverse

from bihuan.hazards import queries as hazards
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


def test_given_a_unit_with_open_hazards_when_closed_then_the_form_says_how_many(
    enter: Visit, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = stage.town.units["建设办"]
    monkeypatch.setattr(hazards, "open_of_unit", lambda one: 3 if one == unit.id else 0)

    answer = enter("system_admin").post(
        reverse("orgs:close_unit", args=[unit.id]), {"reason": "撤并", "seen_version": 1}
    )

    assert answer.status_code == 422
    assert "还有 3 条没有办结的隐患" in answer.content.decode()
