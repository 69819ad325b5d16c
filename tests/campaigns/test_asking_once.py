"""A plan page asks each room for its rows once, however many of its figures the plan names."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign
from tests.campaigns.stage import CampaignStage, make_campaign_stage
from tests.hazards.stage import DAY

pytestmark = pytest.mark.django_db
MOST = 57  # queries of a page, whatever its day
ONCE = (
    "hazards_samekindtask",
    "hazards_selfreport",
    "enterprises_enterprise",
    "intake_importrun",
    "stats_cube",
    "campaigns_task",
    "campaigns_taskreport",
    "campaigns_meeting",
    "campaigns_problem",
    "campaigns_decision",
    "campaigns_study",
    "campaigns_ledvisit",
    "campaigns_unitstep",
)


def _tables(statements: list[str]) -> Counter[str]:
    """Count statements by the table that each begins to read."""
    return Counter(found[1] for one in statements if (found := re.search(r'\bFROM "?(\w+)"?', one)))


def _reads_trail_for_places(statement: str) -> bool:
    """Tell whether last events are looked up, which grows with the hazards of a town."""
    return 'MAX("trail_event"."seq")' in statement and "GROUP BY" in statement


def _running(stage: CampaignStage) -> Campaign:
    """Issue the plan of 2017, whose text does not say on which day it begins."""
    row = stage.read()
    days = {"starts_on": date(2017, 12, 18), "ends_on": date(2018, 3, 31)}
    services.mend_facts(campaign_id=row.pk, seen_version=row.version, facts=days, actor=stage.by(), now=stage.now)
    row.refresh_from_db()
    return stage.issued(row)


def test_given_the_plan_of_2017_when_its_page_is_asked_then_each_room_reads_its_rows_once() -> None:
    stage: CampaignStage = make_campaign_stage()
    row = _running(stage)
    queries.plan_of(stage.by(), row.pk, on=DAY, today=DAY)

    with CaptureQueriesContext(connection) as caught:
        page = queries.plan_of(stage.by(), row.pk, on=DAY, today=DAY, section="三(二)")
    tables = _tables([one["sql"] for one in caught])

    keys = {figure.key for line in page.clauses for figure in line.figures}
    assert {"alike.items_completed", "alike.found", "superior.accepted_in_time", "self_reports.firms"} <= keys
    assert {name: tables[name] for name in ONCE} == dict.fromkeys(ONCE, 1) | {
        "stats_cube": 7
    }  # here, by unit, the key fields of both, grounds, trend (2)
    assert not any(_reads_trail_for_places(one["sql"]) for one in caught)
    assert len(caught) <= MOST, len(caught)


def test_given_a_past_day_and_units_when_asked_then_no_more_is_asked() -> None:
    stage: CampaignStage = make_campaign_stage()
    row = _running(stage)
    asked = {"today": DAY, "section": queries.WHOLE}
    counts = []

    for on in (DAY, DAY - timedelta(days=20), date(2018, 4, 9)):  # the last one after its end
        with CaptureQueriesContext(connection) as caught:
            queries.plan_of(stage.by("chief"), row.pk, on=on, **asked)
        counts.append(len(caught))

    assert max(counts) <= MOST, counts
