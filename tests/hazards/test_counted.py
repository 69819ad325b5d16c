"""The rows behind a figure come to the figure: every measure, any day, place and level, told by the trail alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bihuan.enterprises import services as enterprises
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.states import State
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import NotFound
from bihuan.kernel.measures import Nature
from bihuan.stats import queries as stats
from tests.campaigns.returns.stage import ReturnStage, make_return_stage
from tests.campaigns.returns.test_properties import STEPS, play

pytestmark = pytest.mark.django_db
MORE = ["reopen", "move"]


class Kept:
    """Holds the stage: a failing property would otherwise print every row of it."""

    def __init__(self, stage: ReturnStage) -> None:
        self.stage = stage


@pytest.fixture
def kept(db: None) -> Kept:
    """The stage, held."""
    return Kept(make_return_stage())


def more(stage: ReturnStage, step: str) -> None:
    """What takes a row out of what it was counted under."""
    loop = stage.loop
    if step == "move":
        firm = enterprises_row(stage)
        there = loop.town.units["西村"].path
        if firm.path != there:
            enterprises.move(
                enterprise_id=loop.firm.id,
                seen_version=firm.version,
                path=there,
                lead_sector="light_industry",
                reason="迁址",
                actor=loop.by("office"),
                now=loop.at,
            )
    elif step == "reopen":
        row = Hazard.objects.filter(state=State.CLOSED).order_by("pk").first()
        if row is not None:
            loop.reopened(row)


def enterprises_row(stage: ReturnStage) -> Any:
    """The enterprise of the loop as it now is."""
    from bihuan.enterprises.models import Enterprise

    return Enterprise.objects.get(pk=stage.loop.firm.id)


def told(
    stage: ReturnStage, name: str, path: str, sectors: tuple[str, ...], since: date, until: date
) -> dict[str, int]:
    """The figure by level, from the cube."""
    found = stats.figures(stats.place_of(PLATFORM, path, sectors), [name], since=since, until=until)
    return {"": found.total(name), **{level: found.of(name, level) for level in ("general", "major")}}


# The town lives on from one history to the next, so a failing one cannot be made smaller.
@settings(
    max_examples=min(max(settings().max_examples // 2, 3), 40),
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(
    history=st.lists(
        st.tuples(st.sampled_from(STEPS + MORE), st.integers(0, 9), st.sampled_from([0, 0, 1, 5])),
        min_size=2,
        max_size=7,
    ),
    back=st.integers(0, 12),
    length=st.integers(0, 15),
)
def test_given_random_histories_when_a_figure_is_opened_then_its_rows_come_to_it_on_any_day(
    kept: Kept, history: list[tuple[str, int, int]], back: int, length: int
) -> None:
    stage = kept.stage
    for step, found_back, days in history:
        more(stage, step) if step in MORE else play(stage, step, found_back)
        if days:
            stage.on(stage.loop.day + timedelta(days=days))
    until = stage.loop.day - timedelta(days=back)
    since = until - timedelta(days=length)
    places = [(stage.loop.town.units[name].path, ()) for name in ("镇", "东村", "西村")]
    places.append((stage.loop.town.town.path, ("machinery", "light_industry")))

    for name, measure in stats.measures().items():
        for path, sectors in places:
            wanted = told(stage, name, path, sectors, since, until)
            for level, amount in wanted.items() if not measure.plain else [("", wanted[""])]:
                rows = stats.rows_behind(
                    PLATFORM, name, path=path, sectors=sectors, level=level, since=since, until=until
                )
                assert sum(one.amount for one in rows) == amount, (name, path, sectors, level, since, until)
                assert len({one.subject_id for one in rows}) == len(rows)
                if measure.nature is Nature.STOCK:
                    assert all(one.amount == 1 for one in rows), name


def test_given_who_does_not_see_the_place_when_rows_are_asked_then_there_are_none(kept: Kept) -> None:
    loop = kept.stage.loop
    loop.closed()
    asked: dict[str, Any] = {"since": loop.day, "until": loop.day}

    with pytest.raises(NotFound):
        stats.rows_behind(loop.by("village_east"), "hazards.open", path=loop.town.town.path, **asked)
    with pytest.raises(NotFound):
        stats.rows_behind(loop.by("boss"), "hazards.open", path=loop.town.units["东村"].path, **asked)


def test_given_more_rows_when_a_figure_is_opened_then_the_queries_stay_the_same(kept: Kept) -> None:
    loop = kept.stage.loop

    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            stats.rows_behind(PLATFORM, name, path=loop.town.town.path, since=loop.day, until=loop.day)
        return len(caught)

    loop.closed()
    one = [asked(name) for name in ("hazards.rectified", "hazards.put_right")]
    loop.closed()
    loop.rectified()

    assert [asked(name) for name in ("hazards.rectified", "hazards.put_right")] == one == [3, 2]
