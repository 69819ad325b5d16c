"""What a leader is told first: his own villages on the dashboard, what he owes in person on his desk (R1.6)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign
from bihuan.desk import queries as desk
from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import services as orgs
from tests.campaigns.stage import CampaignStage
from tests.hazards.stage import DAY, Stage
from tests.web.conftest import Visit

DASHBOARD = "/stats/"
FEBRUARY = date(2018, 2, 14)


@pytest.fixture
def row(stage: Stage) -> Campaign:
    """A campaign that runs, and a hazard that is late in 东村 and one in 西村."""
    cache.clear()
    stage.later(-6)
    stage.assigned(days=3)
    stage.assigned(days=3, enterprise_id=None, place_kind="public_place", place_name="广场", path=_path(stage, "西村"))
    stage.later(6)
    return CampaignStage(stage.town).issued()


def _path(stage: Stage, unit: str) -> str:
    return stage.town.units[unit].path


def _lead(stage: Stage, row: Campaign, post: str, *, on: date = DAY) -> None:
    services.register_led_visit(
        campaign_id=row.pk,
        on=on,
        post_id=stage.town.posts[post],
        firms=[stage.firm.id],
        companions="安监办 王某",
        record_no="检001",
        nothing_found=True,
        actor=stage.by("office"),
        now=stage.at,
    )


def _link(stage: Stage, post: str, *units: str) -> None:
    town, paths = stage.town.town, [_path(stage, one) for one in units]
    orgs.attach_leader(town_id=town.id, post_id=stage.town.posts[post], paths=paths, actor=PLATFORM, now=stage.at)
    stage.known.clear()


def test_given_a_leader_who_sees_the_town_when_the_dashboard_is_opened_then_his_own_villages_come_first(
    row: Campaign, stage: Stage, enter: Visit
) -> None:
    _link(stage, "chair", "西村")

    page = enter("chair").get(DASHBOARD)

    assert page.context["answer"] == "您挂钩的西村整改逾期 1 项"  # at no enterprise
    told = {one.name: one.amount for one in page.context["besides"]}
    assert told == {"全镇整改逾期": "2 项", "全镇重大隐患未销号": "0 项", "您带队检查": "1月应 1 次，已 0 次"}
    assert page.context["tables"][0].title == "您挂钩的村（社区）"
    assert [(line.name, line.late) for line in page.context["tables"][0].rows] == [("西村", 1)]
    listed = enter("chair").get(next(one.href for one in page.context["besides"] if one.href))
    assert listed.context["pager"].total == 2
    before = enter("chair").get(DASHBOARD, {"on": (DAY - timedelta(days=10)).isoformat()})
    assert before.context["answer"] == "全镇没有整改逾期"  # he was linked to none then
    assert "您带队检查" not in {one.name for one in before.context["besides"]}


def test_given_leaders_linked_or_not_when_asked_then_only_the_linked_are_told_of_villages(
    row: Campaign, stage: Stage, enter: Visit
) -> None:
    assert enter("leader").get(DASHBOARD).context["answer"].startswith("您挂钩的东村整改逾期 1 项，最多的是")
    assert enter("chair").get(DASHBOARD).context["answer"].startswith("全镇整改逾期 2 项，最多的是")


def test_given_what_a_leader_owes_when_he_goes_out_then_his_desk_says_how_many_of_how_many_and_then_that_it_is_enough(
    row: Campaign, stage: Stage, enter: Visit, settings: Any
) -> None:
    page = enter("leader").get(reverse("desk:workbench"))

    (todo,) = [one for one in page.context["todos"] if one["title"] == "带队检查"]
    assert todo["reason"] == "1月应 1 次，已 0 次，还差 1 次"
    assert enter("leader").get(todo["href"]).status_code == 200
    tile = page.context["tiles"][0]
    assert (tile.name, tile.value, tile.note) == ("1月带队检查", "0 / 1", "还差 1 次")
    assert enter("leader").get(tile.href).status_code == 200

    _lead(stage, row, "leader")
    page = enter("leader").get(reverse("desk:workbench"))
    assert not [one for one in page.context["todos"] if one["title"] == "带队检查"]
    assert (page.context["tiles"][0].value, page.context["tiles"][0].note) == ("1 / 1", "够了")
    assert "带队检查" not in enter("office").get(reverse("desk:workbench")).context["tiles"][0].name


def test_given_a_month_with_a_holiday_when_asked_then_one_more_is_due_and_visits_of_others_do_not_count(
    row: Campaign, stage: Stage
) -> None:
    _lead(stage, row, "chair")
    leader, chair, office = stage.by("leader"), stage.by("chair"), stage.by("office")

    found = [queries.led_owed(one, today=DAY) for one in (leader, chair)]
    holiday = queries.led_owed(leader, today=FEBRUARY)

    assert [(one.due, one.done, one.until) for one in found if one] == [
        (1, 0, date(2018, 1, 31)),
        (1, 1, date(2018, 1, 31)),
    ]
    assert holiday is not None
    assert (holiday.due, holiday.done, holiday.until) == (2, 0, date(2018, 2, 28))
    assert queries.led_owed(office, today=DAY) is None
    assert queries.led_owed(leader, today=date(2017, 12, 1)) is None  # before it began
    Campaign.objects.filter(pk=row.pk).update(state="archived")
    assert queries.led_owed(leader, today=DAY) is None


def test_given_a_person_on_two_leaders_posts_when_asked_then_it_is_one_leader(row: Campaign, stage: Stage) -> None:
    orgs.hand_over_post(
        post_id=stage.town.posts["leader"],
        to_user_id=stage.town.users["chair"],
        reason="兼任",
        actor=PLATFORM,
        now=stage.at,
    )
    stage.known.clear()
    for post in ("leader", "chair"):
        _lead(stage, row, post)

    owed = queries.led_owed(stage.by("chair"), today=DAY)

    assert owed is not None
    assert (owed.due, owed.done) == (1, 1)  # the same enterprise on the same day
    waits = desk.waiting(stage.by("chair"), now=stage.at)
    assert "campaign.led_visit" not in waits.by_what
