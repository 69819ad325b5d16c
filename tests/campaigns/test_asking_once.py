"""A plan page asks each room for its rows once, however many of its figures the plan names."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.campaigns import queries
from tests.campaigns.stage import CampaignStage, make_campaign_stage
from tests.hazards.stage import DAY

pytestmark = pytest.mark.django_db
ONCE = (
    "hazards_samekindtask",
    "hazards_selfreport",
    "enterprises_enterprise",
    "intake_importrun",
    "campaigns_task",
    "stats_cube",
)


def _tables(statements: list[str]) -> Counter[str]:
    """Count statements by the table that each begins to read."""
    return Counter(found[1] for one in statements if (found := re.search(r' FROM "(\w+)"', one)))


def test_given_the_plan_of_2017_when_its_page_is_asked_then_each_room_reads_its_rows_once() -> None:
    stage: CampaignStage = make_campaign_stage()
    row = stage.accepted(stage.read())
    queries.plan_of(stage.by(), row.pk, on=DAY, today=DAY)

    with CaptureQueriesContext(connection) as caught:
        page = queries.plan_of(stage.by(), row.pk, on=DAY, today=DAY, section="三(二)")
    tables = _tables([one["sql"] for one in caught])

    keys = {figure.key for line in page.clauses for figure in line.figures}
    assert {"alike.items_completed", "alike.found", "superior.accepted_in_time", "self_reports.firms"} <= keys
    assert {name: tables[name] for name in ONCE} == dict.fromkeys(ONCE, 1) | {"stats_cube": 3}
    assert len(caught) <= 56
