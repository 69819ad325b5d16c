"""Every frozen figure of hazards opens the rows that it counted at the hour of closing, whatever happens after it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, ClauseFigure, FrozenPlace
from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.lines import FigureLine, PlanView, RowsLink
from bihuan.hazards import queries as hazards
from bihuan.hazards.models import Hazard
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.stats import queries as stats
from bihuan.stats.rules import Here, summands_of
from bihuan.web.hazards.filters import read
from tests.campaigns.stage import CampaignStage
from tests.hazards.stage import Stage, make_stage
from tests.web.living import Living

pytestmark = pytest.mark.django_db
OF_HAZARDS = [one for one in CATALOGUE if one.names() and one.names() <= stats.measures().keys()]


@pytest.fixture
def life(db: None) -> Living:
    """A town that has lived for some weeks."""
    made = Living(make_stage(), 7)
    made.live(8)
    return made


def closed(stage: Stage) -> Campaign:
    """Return a campaign that measures all figures of hazards, closed this instant."""
    row = CampaignStage(stage.town).issued()
    clause = row.clauses.in_text()[0]
    for place, one in enumerate(OF_HAZARDS):
        ClauseFigure.objects.update_or_create(
            campaign=row, clause=clause, key=one.key, defaults={"place": place, "dropped": False}
        )
    Campaign.objects.filter(pk=row.pk).update(state="running", ends_on=date(2018, 3, 31))
    services.close_campaign(
        campaign_id=row.pk, seen_version=row.version, summary="查了", actor=stage.by("chief"), now=stage.at
    )
    row.refresh_from_db()
    return row


def page(stage: Stage, row: Campaign, of: str) -> PlanView:
    assert row.closed_at is not None
    return queries.page_of(
        stage.by("chief"), row.pk, on=day_of(row.closed_at), today=stage.day, of=of, section=queries.WHOLE
    )


def come_to(links: Sequence[RowsLink]) -> int:
    """Follow the addresses as the page does; return what their rows come to."""
    found = 0
    for one in links:
        assert one.page == "hazards:counted", one
        query = dict(one.query)
        until = date.fromisoformat(query["until"])
        here = Here(query["path"], tuple(filter(None, query.get("sector", "").split(","))))
        since = date.fromisoformat(query.get("since", query["until"]))
        asked = summands_of(query["measure"])
        rows = stats.rows_of_sum(PLATFORM, asked, here, since=since, until=until, upto=int(query["upto"]))
        assert sum(row.amount for row in rows) == one.amount, one
        found += one.sign * one.amount
    return found


def figures(stage: Stage, row: Campaign, of: str) -> dict[str, FigureLine]:
    keys = {one.key for one in OF_HAZARDS}
    return {one.key: one for line in page(stage, row, of).clauses for one in line.figures if one.key in keys}


def test_given_a_closed_campaign_when_hazards_go_on_then_each_frozen_figure_opens_just_what_it_counted(
    life: Living,
) -> None:
    stage = life.stage
    row = closed(stage)
    life.live(6)  # on that very day too
    places = [one.key for one in page(stage, row, "").places]
    told = 0

    for of in places:
        for key, one in figures(stage, row, of).items():
            for amount, links in ((one.numerator, one.numerator_rows), (one.denominator, one.denominator_rows)):
                if amount is not None:
                    assert come_to(links) == amount, (of, key)
                    told += bool(amount)

    assert len(places) >= 4
    assert told > 40


def test_given_figures_kept_without_rows_when_opened_then_they_lead_to_them_all_the_same(life: Living) -> None:
    row = closed(life.stage)
    for kept in FrozenPlace.objects.all():
        for clause in kept.content["clauses"]:
            for one in clause["figures"]:
                one.update(numerator_rows=[], denominator_rows=[])
        kept.save()

    told = [come_to(one.numerator_rows) for one in figures(life.stage, row, queries.WHOLE).values() if one.numerator]

    assert len(told) > 5
    assert all(told)


def test_given_a_place_in_the_trail_when_asked_of_more_than_one_town_then_there_is_nothing(life: Living) -> None:
    with pytest.raises(NotFound):
        stats.rows_of_sum(
            PLATFORM,
            summands_of("hazards.open"),
            Here("/32/04/13/"),
            since=life.stage.day,
            until=life.stage.day,
            upto=5,
        )


def test_given_hazards_older_than_a_campaign_when_it_is_closed_then_every_page_says_one_number_of_what_is_open(
    life: Living,
) -> None:
    stage, days = life.stage, sorted(life.days)
    row = closed(stage)
    Campaign.objects.filter(pk=row.pk).update(state="running", closed_at=None, starts_on=days[4])
    open_ones = Hazard.objects.exclude(state__in=("closed", "transferred", "invalid"))
    assert open_ones.filter(found_on__lt=days[4]).exists()

    view = queries.plan_of(stage.by("chief"), row.pk, on=stage.day, today=stage.day, section=queries.WHOLE)
    left = queries.handover_of(stage.by("chief"), row.pk, today=stage.day)

    told = {one.key: one for line in view.clauses for one in line.figures}
    closed_ones, late = told["hazards.closed"], told["hazards.overdue"]
    assert closed_ones.denominator is not None
    assert closed_ones.numerator is not None
    assert closed_ones.denominator - closed_ones.numerator == late.denominator == left.hazards_open == open_ones.count()
    assert hazards.listing(
        stage.by("chief"), read(QueryDict(urlencode(left.hazards_query))), today=stage.day
    ).total == (left.hazards_open)
    mine = open_ones.filter(path__startswith=stage.town.units["东村"].path)
    assert 0 < mine.count() < open_ones.count()
    village = queries.handover_of(stage.by("village_east"), row.pk, today=stage.day)
    assert village.hazards_open == mine.count()
    assert {one[0] for one in village.hazards} == set(mine.values_list("number", flat=True))
    seen = hazards.listing(stage.by("village_east"), read(QueryDict(urlencode(village.hazards_query))), today=stage.day)
    assert seen.total == village.hazards_open
