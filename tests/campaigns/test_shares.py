"""No figure that is a share is ever more than the whole, or less than nothing: random histories, any day, any place."""

from datetime import date, timedelta
from typing import Final

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.supervision.figures import FIGURES
from bihuan.campaigns.rules.terms import Indicator, Kind, State, Where
from bihuan.hazards import services
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.same_kind import NewTask, Reply
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as statistics
from tests.hazards.stage import DAY, Stage, make_stage
from tests.web.living import Living

pytestmark = pytest.mark.django_db
PERIOD: Final = timedelta(days=6)


def shares() -> list[Indicator]:
    """Every declared figure that is a share and measured today."""
    known = queries.known_names()
    return [one for one in (*CATALOGUE, *FIGURES) if one.kind is Kind.RATE and one.state(known) is State.MEASURED]


def above(stage: Stage, since: date, on: date, where: Where, campaign_id: object = None) -> list[object]:
    """Return what is no share after all."""
    values = queries.values_of(PLATFORM, shares(), where, since=since, until=on, on=on, campaign_id=campaign_id)
    told = [(one.indicator.key, one.numerator, one.denominator) for one in values if one.numerator is not None]
    assert len(told) > 15
    return [one for one in told if not 0 <= (one[1] or 0) <= (one[2] or 0)]


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.one_database) for seed in (2, 3, 4, 5, 6))])
def test_given_a_random_town_when_any_days_are_asked_then_no_share_is_above_the_whole(seed: int) -> None:
    stage = make_stage()
    life = Living(stage, seed)
    life.live(10)
    town, first = stage.town, min(life.days)
    places = [Where(town.town.path), Where(town.units["东村"].path), Where(town.town.path, ("machinery",))]

    for where in places:
        on = first
        while on <= stage.day:
            assert above(stage, first, on, where) == [], (on, where)
            assert above(stage, on - PERIOD, on, where) == [], (on, where)
            on += timedelta(days=2)


def test_given_an_answer_to_an_earlier_transfer_when_a_period_is_told_then_its_rate_is_of_its_own_transfers() -> None:
    stage = make_stage()
    first, second = (_transferred(stage) for _ in range(2))
    stage.later(10)
    third = _transferred(stage)
    for row in (first, second, third):
        stage.do(row, Act.RECORD_REPLY, "office", text="已立案", files=stage.paper("office"))
    where = Where(stage.town.town.path)

    told = {
        since: queries.indicator_value(
            PLATFORM, "transfers.answered", where, since=since, until=stage.day, on=stage.day
        )
        for since in (stage.day, DAY)
    }

    assert {since: (one.numerator, one.denominator) for since, one in told.items()} == {stage.day: (1, 1), DAY: (3, 3)}
    lines = statistics.lines_behind(PLATFORM, "hazards.transfers_answered", Question(where.path, stage.day, stage.day))
    assert [line.args for line in lines] == [(str(third.pk),)]


def _transferred(stage: Stage) -> Hazard:
    paper = stage.paper("office")
    return stage.do(stage.confirmed(), Act.TRANSFER, "office", organ="区住建局", text="移送", files=paper)


def test_given_units_that_checked_more_firms_than_were_named_when_counted_then_no_more_than_named() -> None:
    stage = make_stage()
    town = stage.town
    units = ("东村", "西村")
    task = NewTask(
        town_id=town.town.id,
        title="连云港“12·9”爆炸",
        notice="苏安办电",
        category="fire",
        units=tuple(town.units[one].id for one in units),
        enterprises=(stage.firm.id,),
    )
    task_id = services.open_same_kind(task=task, actor=stage.by("office"), now=stage.at)
    for unit, who in zip(units, ("village_east", "village_west"), strict=True):
        reply = Reply(unit_id=town.units[unit].id, checked=3, found=0, fixed=0)
        services.reply_same_kind(task_id=task_id, reply=reply, actor=stage.by(who), now=stage.at)

    value = queries.indicator_value(
        PLATFORM, "alike.firms_checked", Where(town.town.path), since=DAY, until=stage.day, on=stage.day
    )

    assert (value.numerator, value.denominator, value.text) == (1, 1, "100.0%")
