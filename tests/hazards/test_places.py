"""Public places and units: they lie where somebody answers for them, and that one rectifies without a paper."""

from typing import Any

import pytest

from bihuan.hazards import queries
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import FileRole, PlaceKind, Source
from bihuan.kernel.errors import Refusal
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

SAYS = {
    "village_east": Source.VILLAGE_PATROL,
    "office": Source.DEPARTMENT,
    "inspector": Source.DEPARTMENT,
    "leader": Source.LED,
    "chair": Source.LED,
    "group": Source.COVERT,
    "superior": Source.COVERT,
}


def public(stage: Stage, village: str = "东村", **more: Any) -> dict[str, Any]:
    """What a finding at a public place of a village says."""
    kind = {"enterprise_id": None, "place_kind": PlaceKind.PUBLIC_PLACE, "place_name": "文化广场"}
    return kind | {"path": stage.town.units[village].path} | more


def of_unit(stage: Stage, unit: str) -> dict[str, Any]:
    """What a finding at a unit says."""
    return {"enterprise_id": None, "place_kind": PlaceKind.UNIT, "place_unit_id": stage.town.units[unit].id}


def sees(stage: Stage, who: str, hazard: Hazard) -> bool:
    return Hazard.objects.visible_to(stage.by(who)).filter(pk=hazard.pk).exists()


def waits(stage: Stage, who: str, hazard: Hazard) -> bool:
    return hazard.pk in {row.subject_id for row in queries.waiting_for(stage.by(who), now=stage.at).rows}


@pytest.mark.parametrize("who", SAYS)
def test_given_a_role_that_covers_a_village_when_it_reports_a_public_place_then_that_village_answers_for_it(
    who: str, stage: Stage
) -> None:
    row = stage.report(who, **public(stage, source=SAYS[who]))

    east = stage.town.units["东村"]
    assert (row.path, row.party_unit_id, row.party_name) == (east.path, east.id, east.name)
    assert (sees(stage, "village_east", row), sees(stage, "village_west", row)) == (True, False)


def test_given_who_does_not_cover_a_village_when_they_report_there_then_it_is_refused(stage: Stage) -> None:
    for who, source in (("leader", Source.LED), ("village_east", Source.VILLAGE_PATROL)):
        with pytest.raises(Refusal, match="由管辖这里的"):
            stage.report(who, **public(stage, "西村", source=source))
    for who, source in (("agency", Source.EXPERT), ("safety", Source.SELF_CHECK), ("industry", Source.DEPARTMENT)):
        with pytest.raises(Refusal, match="由管辖这里的"):
            stage.report(who, **public(stage, source=source))

    assert stage.report("industry", **public(stage, sector="machinery")).sector == "machinery"


@pytest.mark.parametrize("where", ["安监办", "安委会", "督查组", "镇"])
def test_given_an_offices_own_path_when_a_public_place_is_reported_there_then_the_village_is_asked_for(
    where: str, stage: Stage
) -> None:
    with pytest.raises(Refusal, match="请选定所在的村") as said:
        stage.report("office", **public(stage, path=stage.town.units[where].path))

    assert said.value.field == "village"


def test_given_a_public_place_when_ordered_then_its_village_accepts_and_hands_in_without_paper_and_not_verifies(
    stage: Stage,
) -> None:
    row = stage.report("village_east", **public(stage, source=Source.VILLAGE_PATROL))
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    east = stage.town.units["东村"].id
    with pytest.raises(Refusal, match="不能复查自己的整改"):
        stage.order(row, delegate_unit_id=east)

    row = stage.order(row)
    assert (waits(stage, "village_east", row), waits(stage, "village_west", row)) == (True, False)
    row = stage.do(row, Act.ACCEPT, "village_east")
    row = stage.hand_in(row, who="village_east")
    refused(stage, row, Act.PASS, "village_east", "不能", text="合格")

    assert row.next_holder == "office"
    assert stage.do(row, Act.PASS, "office", text="现场核对合格").state == "closed"


def test_given_the_trades_department_when_the_order_names_it_then_it_rectifies_and_the_village_may_look_again(
    stage: Stage,
) -> None:
    row = stage.report("office", **public(stage, sector="construction"))
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    units = stage.town.units
    with pytest.raises(Refusal, match="整改单位选所在的村"):
        stage.order(row, party_unit_id=units["西村"].id)
    with pytest.raises(Refusal, match="整改单位选所在的村"):
        stage.order(row, party_unit_id=units["经发办"].id)

    row = stage.order(row, party_unit_id=units["建设办"].id, delegate_unit_id=units["东村"].id)

    assert row.party_name == units["建设办"].name
    assert (waits(stage, "construction", row), waits(stage, "village_east", row)) == (True, False)
    row = stage.hand_in(stage.do(row, Act.ACCEPT, "construction"), who="construction")
    assert stage.do(row, Act.PASS, "village_east", text="现场核对合格").state == "closed"


def test_given_a_department_as_the_place_when_reported_then_it_sees_accepts_and_hands_in_its_own(stage: Stage) -> None:
    row = stage.report("inspector", **of_unit(stage, "建设办"))

    unit = stage.town.units["建设办"]
    assert (row.path, row.sector, row.place_name, row.party_unit_id) == (unit.path, "construction", unit.name, unit.id)
    row = stage.order(stage.do(row, Act.CONFIRM, "office", level="general"))
    assert waits(stage, "construction", row)
    assert not sees(stage, "village_east", row)
    files = stage.proof("construction", FileRole.AFTER)
    row = stage.hand_in(stage.do(row, Act.ACCEPT, "construction"), who="construction", files=files)
    colleague = stage.colleague("建设办", "科员")
    refused(stage, row, Act.PASS, colleague, "整改单位不能复查自己的整改", text="合格")
    assert stage.do(row, Act.PASS, "office", text="合格").state == "closed"


@pytest.mark.parametrize("where", ["安监办", "安委会", "安全技术服务机构"])
def test_given_a_unit_that_nobody_would_see_it_at_when_reported_then_another_is_asked_for(
    where: str, stage: Stage
) -> None:
    with pytest.raises(Refusal, match="请选定单位"):
        stage.report("office", **of_unit(stage, where))
