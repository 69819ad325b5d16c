"""Every figure of a brief, a summary and a circular opens exactly the rows that were counted on its day."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.models import Bulletin, Campaign
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.services import supervision
from tests.campaigns.stage import CampaignStage
from tests.campaigns.supervised import Supervised
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.living import At, Living, lived

PART = re.compile(r'<dd><a href="([^"]+)">看这 (\d+) 条</a>')
COUNTED = re.compile(r'<h1>[^<]*<span class="n">(\d+)</span>')


@pytest.fixture(params=[1, pytest.param(5, marks=pytest.mark.one_database)])
def life(db: None, request: pytest.FixtureRequest) -> Living:
    """A town that has lived for some weeks."""
    cache.clear()
    return lived(request.param)


@pytest.fixture
def stage(life: Living) -> Stage:
    """Return the stage of that town, for its people at the door."""
    return life.stage


def _run(life: Living) -> Supervised:
    """The same town, with a campaign that has gone on for as long."""
    first = life.stage.day - timedelta(days=30)
    run = CampaignStage(life.stage.town, life.stage.at)
    row = run.issued()
    Campaign.objects.filter(pk=row.pk).update(starts_on=first, ends_on=life.stage.day + timedelta(days=30))
    row.refresh_from_db()
    return Supervised(run, row, life.stage.at, life.stage.firm.id)


def _opened(client: Client, href: str) -> int:
    """How many the page behind an address says that it lists; a list of today counts its own total."""
    answer = client.get(unescape(href))
    assert answer.status_code == 200, href
    found = COUNTED.search(answer.content.decode())
    return int(found[1]) if found else int(answer.context["total"])


@pytest.mark.one_database  # on both: tests/campaigns/test_bulletins.py asks for each again
def test_given_a_brief_of_a_past_day_when_every_figure_is_opened_then_its_rows_are_those_counted_then(
    life: Living, enter: Visit, settings: Any
) -> None:
    run, day = _run(life), life.stage.day
    settings.BIHUAN_DEMO_DAY = day.isoformat()
    until = sorted(life.days)[-2]
    assert until < day
    client, opened = enter("chief"), 0
    for kind in ("weekly", "summary"):
        one = Bulletin.objects.get(pk=supervision.draft_brief(kind=kind, until=until, **run.said("office")))
        view = asking.bulletin_for(run.by("chief"), run.row.pk, one.pk)
        for key, figure in view.figures.items():
            answer = client.get(reverse("campaigns:bulletin_figure", args=(run.row.pk, one.pk, key)))
            page = answer.content.decode()
            assert "和稿子一致" in page, (kind, figure)
            for href, amount in PART.findall(page):
                assert _opened(client, href) == int(amount), (kind, figure.name, figure.place, href)
                opened += 1
            told = [part.amount for part in answer.context["view"].parts if part.amount]
            assert len(PART.findall(page)) == len(told), (kind, figure.name, figure.place)  # none is left without
        at = At(life.stage.town.town.path)
        lines = {figure.name: figure.text for figure in view.figures.values() if figure.place == "全镇"}
        assert lines["counted"] == str(life.stock(at, "hazards.counted", until))
        assert lines["overdue"] == str(life.stock(at, "hazards.overdue", until))
    assert opened > 30


def test_given_a_circular_when_its_figures_are_opened_then_each_shows_the_rows_of_its_ground(
    life: Living, enter: Visit, settings: Any
) -> None:
    run = _run(life)
    settings.BIHUAN_DEMO_DAY = life.stage.day.isoformat()
    found = asking.candidates_for(run.by("office"), run.row.pk, on=life.stage.day).candidates
    named = {one.facts.part_id: "" for one in found if one.facts.part_id is not None}
    made = supervision.draft_circular(kind="criticism", units=named, **run.said("office"))
    view = asking.bulletin_for(run.by("chief"), run.row.pk, made)

    pages = [
        enter("chief").get(reverse("campaigns:bulletin_figure", args=(run.row.pk, made, key))) for key in view.figures
    ]

    assert pages
    for page in pages:
        assert "和稿子一致" in page.content.decode()
        assert page.context["parts"], page.context["figure"]
        for part, href in page.context["parts"]:
            assert href or part.note
