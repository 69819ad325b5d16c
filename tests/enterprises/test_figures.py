"""How many enterprises there were and who answered for them, reckoned back from the rows."""

from datetime import timedelta

import pytest

from bihuan.enterprises import queries, services
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.indicators import Question
from bihuan.orgs import services as orgs
from bihuan.stats import queries as stats
from tests.enterprises.test_queries import firm
from tests.town import DAY, NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def town() -> SmallTown:
    return make_town()


def _asked(town: SmallTown, *, days: int = 0, path: str = "", sectors: tuple[str, ...] = ()) -> tuple[int, int]:
    asked = Question(path or town.town.path, DAY, DAY + timedelta(days=days), sectors)
    found = [stats.answer(PLATFORM, name, asked) for name in ("enterprises.one_lead", "enterprises.active")]
    first, second = (one.amount if one is not None else -1 for one in found)
    return first, second


def test_given_moves_merges_and_closings_when_asked_of_a_day_before_then_it_is_as_it_was(town: SmallTown) -> None:
    mover, loser, winner = firm(town, "甲机械厂"), firm(town, "乙木业", sector="light_industry"), firm(town, "丙木业厂")
    gone = firm(town, "丁旅馆", "西村", "fire_crowded")
    who = town.actor("office")
    services.move(
        enterprise_id=mover.id,
        seen_version=1,
        path=town.units["西村"].path,
        lead_sector="fire_crowded",
        reason="搬",
        actor=who,
        now=LATER,
    )
    services.merge(
        loser_id=loser.id,
        winner_id=winner.id,
        seen_version=1,
        winner_seen_version=1,
        reason="同一家",
        actor=who,
        now=LATER,
    )
    services.close(enterprise_id=gone.id, seen_version=1, reason="关门", actor=who, now=LATER)
    services.reopen(enterprise_id=gone.id, seen_version=2, reason="又开", actor=who, now=LATER + timedelta(days=1))
    east, west = town.units["东村"].path, town.units["西村"].path

    assert [_asked(town, days=days) for days in (0, 2, 3, 4)] == [(3, 4), (3, 4), (1, 2), (1, 3)]
    assert [_asked(town, days=0, path=path) for path in (east, west)] == [(3, 3), (0, 1)]
    assert [_asked(town, days=4, path=path) for path in (east, west)] == [(1, 1), (0, 2)]
    assert [_asked(town, days=days, sectors=("fire_crowded",)) for days in (0, 4)] == [(0, 1), (0, 2)]
    ids = {mover.id, loser.id, winner.id, gone.id}
    among = queries.active_among(ids, town_ids=[town.town.id], on=DAY + timedelta(days=3))
    assert among == {mover.id, winner.id}


def test_given_a_sector_when_its_lead_department_is_named_then_its_enterprises_have_one_from_that_day(
    town: SmallTown,
) -> None:
    firm(town, "丁旅馆", "西村", "fire_crowded")
    orgs.name_department(
        town_id=town.town.id, sector="fire_crowded", lead_unit_id=town.units["经发办"].id, actor=PLATFORM, now=LATER
    )

    assert [_asked(town, days=days) for days in (2, 3)] == [(0, 1), (1, 1)]


def test_given_enterprises_when_asked_before_they_were_registered_then_there_are_none(town: SmallTown) -> None:
    firm(town, "甲机械厂")

    assert _asked(town, days=-1) == (0, 0)
    assert _asked(town) == (1, 1)
