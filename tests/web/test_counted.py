"""Behind a sum of measures, and behind what lies in none of some units, stand exactly its rows, of any past day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from bihuan.kernel.actor import PLATFORM
from bihuan.stats import queries as stats
from bihuan.stats.rules import Here, Summand, summands_of
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.living import At, Living, lived

OPEN, LATE, MAJOR = Summand("hazards.open"), Summand("hazards.overdue"), Summand("hazards.open", "major")


@pytest.fixture(params=[1, pytest.param(5, marks=pytest.mark.one_database)])
def life(db: None, request: pytest.FixtureRequest) -> Living:
    """A town that has lived for some weeks."""
    cache.clear()
    return lived(request.param)


@pytest.fixture
def stage(life: Living) -> Stage:
    """Return the stage of that town, for its people at the door."""
    return life.stage


def _days(life: Living) -> list[date]:
    days = sorted(life.days)
    return [days[0] - timedelta(days=1), days[0], days[3], days[5] + timedelta(days=1), days[-2], days[-1]]


def _total(on: date, here: Here, *summands: Summand) -> int:
    return sum(one.amount for one in stats.rows_of_sum(PLATFORM, summands, here, since=on, until=on))


def test_given_measures_added_up_and_taken_away_when_rows_are_asked_then_they_come_to_the_recount(life: Living) -> None:
    town = life.stage.town.town.path
    for on in _days(life):
        here, at = Here(town), At(town)
        open_ones, late, major = (
            life.stock(at, "hazards.open", on),
            life.stock(at, "hazards.overdue", on),
            life.stock(at, "hazards.open", on, "major"),
        )
        assert _total(on, here, OPEN) == open_ones
        assert _total(on, here, OPEN, Summand("hazards.overdue", sign=-1)) == open_ones - late
        assert _total(on, here, LATE, MAJOR) == late + major
    said = "hazards.open,-hazards.overdue,hazards.open@major"
    assert ",".join(map(str, summands_of(said))) == said


def test_given_units_or_sectors_left_out_when_rows_are_asked_then_the_rest_is_listed(life: Living) -> None:
    town, units = life.stage.town.town.path, life.stage.town.units
    for on in _days(life):
        whole = life.stock(At(town), "hazards.open", on)
        east = life.stock(At(units["东村"].path), "hazards.open", on)
        machines = life.stock(At(town, ("machinery",)), "hazards.open", on)

        assert _total(on, Here(town, but=(units["东村"].path,)), OPEN) == whole - east
        assert _total(on, Here(town, but_sectors=("machinery",)), OPEN) == whole - machines
        assert _total(on, Here(town, ("machinery", "light_industry")), OPEN) == machines + life.stock(
            At(town, ("light_industry",)), "hazards.open", on
        )


def test_given_the_page_of_a_sum_when_asked_by_whom_then_only_who_sees_the_place_finds_it(
    life: Living, enter: Visit, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = life.stage.day.isoformat()
    on, town, east = sorted(life.days)[4], life.stage.town.town.path, life.stage.town.units["东村"].path
    asked = {"measure": "hazards.open,-hazards.overdue", "until": on.isoformat()}

    def answer(who: str, **more: str) -> int:
        return enter(who).get(reverse("hazards:counted"), asked | more).status_code

    assert {who: answer(who, path=town) for who in ("chief", "village_east", "industry", "boss")} == {
        "chief": 200, "village_east": 404, "industry": 404, "boss": 404,
    }  # fmt: skip
    assert {who: answer(who, path=east) for who in ("village_east", "village_west")} == {
        "village_east": 200, "village_west": 404,
    }  # fmt: skip
    assert answer("industry", path=town, sector="machinery") == 200
    assert answer("chief", path=town, measure="hazards.open,hazards.nothing") == 404
    page = enter("chief").get(reverse("hazards:counted"), asked | {"path": town}).content.decode()
    at = At(town)
    left = life.stock(at, "hazards.open", on) - life.stock(at, "hazards.overdue", on)
    assert f'未销号隐患减整改逾期 <span class="n">{left}</span>' in page
