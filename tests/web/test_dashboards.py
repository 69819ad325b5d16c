"""Each role's dashboard: what is behind by its own parts, and the clauses that are behind, as the plan page says."""

import re
from datetime import timedelta
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.campaigns import queries as campaigns
from bihuan.campaigns.rules.standing import GROUP_NAMES, GROUPS
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.kernel.actor import PLATFORM
from bihuan.web.stats.answers import NOTHING_SEEN
from tests.campaigns.stage import CampaignStage
from tests.hazards.stage import DAY, Stage
from tests.web.conftest import Visit

DASHBOARD: Final = "/stats/"
TABLES: Final = {
    "chief": ["按村（社区）", "按行业", "按来源"],
    "superior": ["按镇", "按行业", "按来源"],
    "leader": ["您挂钩的村（社区）", "按行业", "按来源", "按企业", "按级别"],
    "village_east": ["按行业", "按企业", "按级别"],
    "industry": ["按行业", "按企业", "按级别"],
    "boss": ["按级别"],
}
MOST: Final = {"chief": 17, "superior": 15, "leader": 18, "village_east": 17, "industry": 17, "boss": 10}


@pytest.fixture
def busy(stage: Stage, settings: Any) -> Stage:
    """Two enterprises in a village, one late."""
    cache.clear()
    entry = Entry(name="示范镇东村木器厂", path=stage.town.units["东村"].path, lead_sector="light_industry")
    other = enterprises.register(entry=entry, town_id=stage.town.town.id, actor=PLATFORM, now=stage.at)
    stage.later(-6)
    stage.assigned(days=3, enterprise_id=other.id)
    stage.later(6)
    stage.report()
    stage.closed()
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()
    return stage


@pytest.mark.parametrize("who", sorted(TABLES))
def test_given_a_role_when_its_dashboard_is_opened_then_it_says_what_is_late_and_where(
    who: str, busy: Stage, enter: Visit
) -> None:
    page = enter(who).get(DASHBOARD)

    titles = [one.title for one in page.context["tables"]]
    assert set(titles) <= set(TABLES[who])
    assert titles[0] in TABLES[who][:3]
    worst = {"chief": "东村 1 项", "superior": "示范镇 1 项", "industry": "轻工 1 项"}
    whose = {"chief": "全镇", "superior": "各镇", "industry": "您主管的化工、轻工、机械", "leader": "您挂钩的东村"}
    if who == "boss":
        assert page.context["answer"] == "本企业没有整改逾期"
    else:
        late = f"整改逾期 1 项，最多的是{worst.get(who, '东村木器厂 1 项')}"
        assert page.context["answer"] == whose.get(who, "东村") + late


@pytest.mark.parametrize("who", ["chief", "village_east", "industry"])
def test_given_a_campaign_when_its_clauses_are_asked_of_any_day_then_they_stand_as_on_the_plan_page(
    who: str, busy: Stage, enter: Visit
) -> None:
    row = CampaignStage(busy.town).issued()
    client = enter(who)

    for on in (DAY, DAY - timedelta(days=4), DAY - timedelta(days=20)):
        board = client.get(reverse("stats:campaigns"), {"on": on.isoformat()}).context["boards"][0]
        view = campaigns.plan_of(busy.by(who), row.pk, on=on, today=DAY)
        grouped = {GROUP_NAMES[group]: sum(view.counts[kind] for kind in kinds) for group, kinds in GROUPS.items()}
        assert {part.name: part.value for part in board.stack.parts} == {k: n for k, n in grouped.items() if n}
        for part in board.stack.parts:  # each count opens just what it counts
            assert client.get(part.href).content.decode().count('class="src"><i>') == part.value, part.name
        assert len(board.late) + board.more == view.counts["behind"] + view.counts["due_today"]
        assert client.get(board.href).context["view"].place == view.place
        assert all(client.get(one.href).status_code == 200 for one in board.late)
    before = client.get(reverse("stats:campaigns"), {"on": "2017-12-19"})
    assert before.context["boards"] == []


def test_given_the_dashboard_when_opened_then_the_clauses_are_fetched_for_the_same_day(
    busy: Stage, enter: Visit
) -> None:
    on = (DAY - timedelta(days=4)).isoformat()

    page = enter("chief").get(DASHBOARD, {"on": on}).content.decode()

    assert f'hx-get="/stats/campaigns/?on={on}" hx-trigger="load"' in page
    assert re.search(r"<th>每周</th>", page)  # the table behind the chart


@pytest.mark.parametrize("who", sorted(MOST))
def test_given_twice_the_rows_when_the_dashboard_is_opened_then_it_asks_as_many_queries(
    who: str, busy: Stage, enter: Visit
) -> None:
    client = enter(who)

    def asked() -> list[str]:
        client.get(DASHBOARD)
        with CaptureQueriesContext(connection) as seen:
            client.get(DASHBOARD)
        return [one["sql"] for one in seen.captured_queries if "standards_stamp" not in one["sql"]]

    once = asked()
    busy.rectified()
    busy.listed()
    again = asked()

    assert len(once) == len(again) <= MOST[who]


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin"])
def test_given_who_sees_no_hazards_when_the_dashboard_is_opened_then_it_does_not_say_that_there_are_none(
    who: str, busy: Stage, enter: Visit
) -> None:
    page = enter(who).get(DASHBOARD)

    assert (page.status_code, page.context["answer"], page.context["besides"]) == (200, NOTHING_SEEN, [])
