"""The page that proves a figure of hazards: its rows, its number, and who may open it."""

from typing import Any

import pytest
from django.urls import reverse

from bihuan.trail.models import Event
from tests.hazards.stage import Stage, make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None, settings: Any) -> Stage:
    """A town whose doors' clock stands on its day."""
    made = make_stage()
    settings.BIHUAN_DEMO_DAY = made.day.isoformat()
    return made


def opened(stage: Stage, who: str, **asked: str) -> Any:
    return stage.town.client(who).get(reverse("hazards:counted"), asked)


def test_given_a_past_day_when_a_stock_is_opened_then_it_lists_what_stood_then(stage: Stage, settings: Any) -> None:
    row = stage.closed()
    before = stage.day
    stage.later(3)
    settings.BIHUAN_DEMO_DAY = stage.day.isoformat()
    stage.reopened(row)
    asked = {"measure": "hazards.rectified", "path": stage.town.town.path}

    then = opened(stage, "office", until=before.isoformat(), **asked).content.decode()
    now = opened(stage, "office", until=stage.day.isoformat(), **asked).content.decode()

    assert '已整改 <span class="n">1</span> 项' in then
    assert row.description in then
    assert "已销号" in then
    assert '已整改 <span class="n">0</span> 项' in now
    assert "没有一项算在这个数里" in now


def test_given_a_figure_that_was_kept_when_opened_then_it_lists_what_was_known_at_that_place_of_the_trail(
    stage: Stage,
) -> None:
    row = stage.closed()
    known = Event.objects.filter(subject_id=row.pk).latest("seq").seq
    stage.reopened(row)
    asked = {"measure": "hazards.rectified", "path": stage.town.town.path, "until": stage.day.isoformat()}

    kept = opened(stage, "office", upto=str(known), **asked).content.decode()
    now = opened(stage, "office", **asked).content.decode()

    assert '已整改 <span class="n">1</span> 项' in kept
    assert "数字定下来那一刻" in kept
    assert '已整改 <span class="n">0</span> 项' in now
    assert opened(stage, "office", upto="-1", **asked).status_code == 200
    assert opened(stage, "village_east", upto=str(known), **asked).status_code == 404


def test_given_money_when_opened_then_it_is_told_in_yuan(stage: Stage) -> None:
    stage.closed()
    asked = {"measure": "hazards.money", "path": stage.town.town.path, "since": "2018-01-01", "until": "2018-01-31"}

    shown = opened(stage, "office", **asked).content.decode()

    assert '治理资金 <span class="n">300.00</span> 元' in shown


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"measure": "no.such", "until": "2018-01-15"},
        {"measure": "hazards.open", "until": "yesterday"},
        {"measure": "hazards.put_right", "since": "2018-01-16", "until": "2018-01-15"},
    ],
)
def test_given_no_figure_when_opened_then_it_is_not_found(asked: dict[str, str], stage: Stage) -> None:
    assert opened(stage, "office", path=stage.town.town.path, **asked).status_code == 404


def test_given_who_does_not_see_the_place_when_opened_then_it_is_not_found(stage: Stage) -> None:
    asked = {"measure": "hazards.open", "until": stage.day.isoformat()}

    assert opened(stage, "village_east", path=stage.town.town.path, **asked).status_code == 404
    assert opened(stage, "construction", path=stage.town.town.path, **asked).status_code == 404
    assert opened(stage, "village_east", path=stage.town.units["东村"].path, **asked).status_code == 200
