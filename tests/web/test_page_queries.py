"""How many queries the pages ask that everybody opens most; what lies in the town does not raise them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.hazards.models import Hazard
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

MOST = {
    "office": 30,
    "industry": 15,
    "superior": 12,  # one for the standards that wait for its approval
    "village_east": 12,
}  # beside the stamps of reference data (ADR 0009)
MOST_OF_HAZARD = {"office": 34, "superior": 39}


def _fill(stage: Stage) -> Hazard:
    """Leave something of each kind on the desk: to confirm, accept, press, check, re-inspect, steps of a listing."""
    stage.report()
    stage.assigned()
    stage.rectifying()
    stage.delegate(stage.rectified())
    stage.listed()
    return stage.closed()


def _asked(enter: Visit, who: str, address: str) -> list[str]:
    """Return the statements of a page, as of somebody who has opened it before."""
    client = enter(who)
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in seen.captured_queries if "standards_stamp" not in one["sql"]]


@pytest.mark.parametrize("who", sorted(MOST))
def test_given_a_full_desk_when_it_is_opened_then_nothing_is_asked_twice_and_twice_the_rows_ask_no_more(
    stage: Stage, enter: Visit, settings: Any, who: str
) -> None:
    _fill(stage)
    settings.BIHUAN_DEMO_DAY = "2018-03-20"
    once = _asked(enter, who, reverse("desk:workbench"))
    _fill(stage)
    again = _asked(enter, who, reverse("desk:workbench"))

    assert len(once) == len(again) <= MOST[who]
    assert len(set(once)) == len(once)


@pytest.mark.parametrize("who", sorted(MOST_OF_HAZARD))
def test_given_a_closed_hazard_when_its_page_is_opened_then_the_queries_stay_under_its_bound(
    stage: Stage, enter: Visit, who: str
) -> None:
    asked = _asked(enter, who, reverse("hazards:show", args=[_fill(stage).pk]))

    assert len(asked) <= MOST_OF_HAZARD[who]
