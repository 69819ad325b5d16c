"""An enterprise is not closed over its open hazards without a word, and what stays open there is not lost."""

import pytest
from django.urls import reverse

from bihuan.desk import queries as desk
from bihuan.enterprises import queries as enterprises
from bihuan.enterprises import services
from bihuan.enterprises.rules.facts import State
from bihuan.hazards import services as hazards
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import PlaceKind, Source
from bihuan.hazards.rules.states import State as HazardState
from bihuan.kernel.errors import Refusal
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db


def _state(stage: Stage) -> State:
    return enterprises.firms([stage.firm.id])[stage.firm.id].state


def _close(stage: Stage) -> None:
    firm = enterprises.firms([stage.firm.id])[stage.firm.id]
    services.close(
        enterprise_id=firm.id, seen_version=firm.version, reason="搬离", actor=stage.by("office"), now=stage.at
    )


def test_given_open_hazards_when_closed_then_the_page_says_how_many_and_goes_on_only_knowingly(
    enter: Visit, stage: Stage
) -> None:
    stage.confirmed()
    stage.report()
    client, address = enter("office"), reverse("enterprises:close", args=[stage.firm.id])
    said = {"reason": "搬离", "seen_version": stage.firm.version}

    shown = client.get(address).content.decode()
    refused = client.post(address, said)

    assert f'<a href="/hazards/?enterprise={stage.firm.id}">2 项未销号隐患</a>' in shown
    assert (refused.status_code, "还有 2 项隐患没有销号" in refused.content.decode()) == (422, True)
    assert _state(stage) is State.ACTIVE

    assert client.post(address, said | {"is_known": "on"}).status_code == 303
    assert _state(stage) is State.CLOSED


def test_given_an_open_major_hazard_when_closed_then_it_is_refused_also_knowingly(enter: Visit, stage: Stage) -> None:
    stage.major()
    client, address = enter("office"), reverse("enterprises:close", args=[stage.firm.id])

    answer = client.post(address, {"reason": "搬离", "seen_version": stage.firm.version, "is_known": "on"})

    assert (answer.status_code, "1 项重大隐患没有销号，不能注销" in answer.content.decode()) == (422, True)
    assert _state(stage) is State.ACTIVE


def test_given_nothing_open_when_closed_then_nothing_more_is_asked(enter: Visit, stage: Stage) -> None:
    client, address = enter("office"), reverse("enterprises:close", args=[stage.firm.id])

    shown = client.get(address).content.decode()

    assert ("未销号隐患</a>" in shown, "is_known" in shown) == (False, False)
    assert client.post(address, {"reason": "搬离", "seen_version": stage.firm.version}).status_code == 303
    assert _state(stage) is State.CLOSED


def test_given_open_hazards_of_a_closed_firm_when_the_office_looks_then_they_are_a_gap_that_opens_just_these(
    enter: Visit, stage: Stage
) -> None:
    there = [stage.confirmed(), stage.report()]
    elsewhere = stage.report(
        enterprise_id=None, place_kind=PlaceKind.PUBLIC_PLACE, place_name="老戏台", path=stage.town.units["东村"].path
    )
    client = enter("office")
    before = [row.what for row in desk.waiting(stage.by("office"), now=stage.at).standing]
    _close(stage)

    (gap,) = [row for row in desk.waiting(stage.by("office"), now=stage.at).standing if row.what == "gap.closed_firms"]
    listed = client.get(f"{reverse(gap.url_name)}?{gap.query}").content.decode()

    assert "gap.closed_firms" not in before
    assert gap.title == "2 项未销号隐患在已注销的企业"
    assert gap.title in client.get(reverse("desk:workbench")).content.decode()
    assert [one.number in listed for one in (*there, elsewhere)] == [True, True, False]
    assert "gap.closed_firms" not in [row.what for row in desk.waiting(stage.by("industry"), now=stage.at).rows]


def test_given_a_closed_firm_when_a_hazard_is_reported_there_then_it_is_refused_in_words_but_for_a_superiors(
    stage: Stage,
) -> None:
    _close(stage)

    for who, more in (("office", {}), ("safety", {"source": Source.SELF_CHECK})):
        with pytest.raises(Refusal) as refused:
            stage.report(who, **more)
        assert refused.value.say.startswith(f"{stage.firm.name}已经注销，不能再登记它的隐患。")
    assert Hazard.objects.count() == 0

    assert stage.superior_item().enterprise_id == stage.firm.id


def test_given_a_hazard_of_a_closed_firm_when_it_is_worked_on_then_its_way_to_the_end_stays_open(stage: Stage) -> None:
    hazard = stage.assigned()
    _close(stage)

    assert stage.do(hazard, Act.ACCEPT, "safety").state == HazardState.RECTIFYING


def test_given_an_open_major_hazard_when_any_door_closes_then_the_service_refuses_and_nothing_has_changed(
    stage: Stage,
) -> None:
    stage.major()

    with pytest.raises(Refusal, match="1 项重大隐患没有销号，不能注销"):
        hazards.close_enterprise(
            enterprise_id=stage.firm.id,
            seen_version=stage.firm.version,
            reason="搬离",
            is_known=True,
            actor=stage.by("office"),
            now=stage.at,
        )

    assert _state(stage) is State.ACTIVE
