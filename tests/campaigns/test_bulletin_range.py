"""Bulletins speak of the campaign's own hazards, as its plan page does: not of what was over before it began."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from docx import Document

from bihuan.campaigns import queries
from bihuan.campaigns.models import BulletinText, Campaign
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.queries.figures import grounds_on
from bihuan.campaigns.rules.supervision.grounds import Ground, Limits, UnitFacts, grounds_of
from bihuan.campaigns.rules.supervision.text import figure_of
from bihuan.campaigns.rules.terms import Where
from bihuan.campaigns.services import supervision
from bihuan.kernel.actor import PLATFORM
from bihuan.stats import queries as stats
from bihuan.stats.rules import Here, summands_of
from tests.campaigns.stage import CampaignStage
from tests.campaigns.supervised import Supervised
from tests.hazards.stage import make_stage
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db: None) -> Supervised:
    return _lived()


@made_once
def _lived() -> Supervised:
    """Two hazards were closed before the campaign began, one of which broke open in it; three are of its days."""
    stage = make_stage()
    stage.closed()
    again = stage.closed()
    stage.assigned()
    stage.later(3)
    campaign = CampaignStage(stage.town, stage.at)
    row = campaign.issued()
    Campaign.objects.filter(pk=row.pk).update(starts_on=stage.day, ends_on=stage.day + timedelta(days=60))
    row.refresh_from_db()
    stage.reopened(again)
    stage.closed()
    stage.later(3)
    return Supervised(campaign, row, stage.at, stage.firm.id)


def test_given_hazards_closed_before_the_campaign_when_a_brief_is_written_then_it_counts_as_the_plan_page_does(
    run: Supervised,
) -> None:
    until = run.now.date()

    made = supervision.draft_brief(kind="weekly", until=until, **run.said("office"))

    view = asking.bulletin_for(run.by("chief"), run.row.pk, made)
    texts = {one.name: one.text for one in view.figures.values() if one.place == "全镇"}
    assert (texts["counted"], texts["rectified"], texts["rate"], texts["open"]) == ("3", "1", "33.3%", "2")
    where = Where(run.row.path)
    [plan] = queries.indicator_values(
        PLATFORM, ["hazards.closed"], where, since=run.row.starts_on or until, until=until, on=until
    )
    assert (plan.numerator, plan.denominator) == (1, 3)
    for key, one in view.figures.items():
        again = asking.figure_for(run.by("chief"), run.row.pk, made, key, today=until)
        assert again.again == one.text, one.title
    assert "专项行动开始时没有销号的和以后登记的" in view.lines
    _, annex = asking.annex_for(run.by("chief"), run.row.pk, made)
    said = "".join(one.text for one in Document(io.BytesIO(annex)).paragraphs)
    assert "2018年1月18日开始时没有销号的，以及以后登记的和反弹重开的" in said


def test_given_hazards_closed_before_the_campaign_when_units_are_compared_then_their_rates_leave_them_out(
    run: Supervised,
) -> None:
    found = grounds_on(run.row, run.now.date())

    assert found.town == (1, 3)
    [east] = [one for one in found.groups["village"] if one.facts.name == "东村"]
    assert (east.facts.rectified, east.facts.counted, east.rate) == (1, 3, "33.3%")
    low = replace(found.limits, rate_points=0)
    [ground] = [one for one in _grounds(east.facts, found.town, run, low) if one.kind == "low_rate"]
    for row, amount in zip(ground.rows, (3, 1), strict=True):
        here, query = Here(row.query["path"]), row.query
        rows = stats.rows_of_sum(
            PLATFORM,
            summands_of(query["measure"]),
            here,
            since=run.row.starts_on or run.now.date(),
            until=run.now.date(),
        )
        assert query["since"] == "2018-01-18"
        assert sum(one.amount for one in rows) == amount


def _grounds(facts: UnitFacts, town: tuple[int, int], run: Supervised, limits: Limits) -> tuple[Ground, ...]:
    later = run.now.date() + timedelta(days=7)  # in the first week of a campaign no rate is a ground
    return grounds_of(facts, town=town, on=later, limits=limits)


def test_given_a_brief_of_before_the_range_when_a_figure_is_counted_again_then_it_is_counted_as_it_was_written(
    run: Supervised,
) -> None:
    until = run.now.date()
    made = supervision.draft_brief(kind="weekly", until=until, **run.said("office"))
    text = BulletinText.objects.get(bulletin_id=made)
    [kept] = [one for one in text.figures if one["name"] == "counted" and one["place"] == "全镇"]
    kept |= {"meaning": "登记隐患：登记的隐患，除去已移送和不成立", "text": "4"}
    assert figure_of(kept).text == "4"
    text.save()

    view = asking.figure_for(run.by("chief"), run.row.pk, made, kept["key"], today=until)

    assert view.again == "4"
    assert sum(part.amount or 0 for part in view.parts) == 4
