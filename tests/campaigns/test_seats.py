"""Seats of the leading group: whom they may mean, and one that means several is not filled by one name (R9.2)."""

from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, GroupSeat
from bihuan.campaigns.rules.seats import Post, fits, is_for_many
from bihuan.kernel.errors import Refusal
from tests.campaigns.stage import SHORT, CampaignStage

PLAN = SHORT.replace(
    "一、工作任务",
    "成立专项行动领导小组，由镇安委会主任任组长，镇安委会副主任任副组长，镇安委会成员为成员。\n一、工作任务",
)


@pytest.mark.parametrize(
    ("title", "named", "many"),
    [
        ("成员", "镇安委会成员", True),
        ("成员", "各村主任", True),
        ("成员", "有关部门主要负责人", True),
        ("成员", "经发办主任（孔某）", False),
        ("成员", "派出所所长", False),
        ("副组长", "镇安委会副主任", False),
        ("组长", "镇安委会", False),
    ],
)
def test_given_a_seat_when_it_means_several_then_it_is_known(
    title: str,
    named: str,
    many: bool,  # noqa: FBT001 -- a table
) -> None:
    assert is_for_many(title, named) is many


def test_given_a_seat_when_offered_then_the_posts_that_it_may_mean_come_first() -> None:
    assert [post for post in Post if fits("组长", "镇安委会", post)] == [Post.CHAIR]
    assert [post for post in Post if fits("副组长", "镇安委会副主任", post)] == [Post.LEADER]
    assert [post for post in Post if fits("成员", "镇安委会成员", post)] == [Post.HEAD]


def _seats(row: Campaign) -> dict[str, GroupSeat]:
    return {one.title: one for one in GroupSeat.objects.filter(campaign=row, ended_at=None)}


def test_given_members_when_one_is_named_then_it_is_refused_and_all_of_them_fill_a_seat_each(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))
    seat = _seats(row)["成员"]
    who = {"campaign_id": row.pk, "seat_id": seat.pk, "actor": stage.by(), "now": stage.now}

    with pytest.raises(Refusal, match="不止一位"):
        services.fill_seat(holder="张某", **who)
    with pytest.raises(Refusal, match="不止一位"):
        services.fill_members(holders=["张某", " "], **who)
    services.fill_members(posts=[stage.town.posts["industry"]], holders=["张某", "李某"], **who)

    view = queries.group_of(stage.by(), row.pk, today=stage.now.date())
    assert [(one.title, one.filled) for one in view.seats if one.title == "成员"] == [("成员", True)] * 3
    seat.refresh_from_db()
    assert seat.ended_at == stage.now


def test_given_the_head_and_members_when_their_pages_open_then_the_likely_posts_are_chosen(
    stage: CampaignStage, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = stage.now.date().isoformat()
    row = stage.issued(stage.read_text(PLAN))
    client = stage.town.client("office")
    seats = _seats(row)

    head = client.get(reverse("campaigns:fill_seat", args=[row.pk, seats["组长"].pk])).content.decode()
    members = client.get(reverse("campaigns:fill_seat", args=[row.pk, seats["成员"].pk])).content.decode()

    assert f'value="{stage.town.posts["chair"]}" selected' in head
    assert f'value="{stage.town.posts["industry"]}"' in members
    assert members.count("checked") >= 2
    said = {"posts": [str(stage.town.posts["industry"]), str(stage.town.posts["village_east"])], "holders": ""}
    assert client.post(reverse("campaigns:fill_seat", args=[row.pk, seats["成员"].pk]), said).status_code == 303
