"""Somebody who holds posts in two units sees what both owe, and for which of them each thing is."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from bihuan.campaigns import queries
from bihuan.hazards import queries as hazards
from bihuan.hazards import services as hazard_services
from bihuan.hazards.rules.same_kind import NewTask
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.roles import Role
from bihuan.orgs import services as orgs
from bihuan.orgs.rules import PostKind
from tests.campaigns.stage import CampaignStage, make_campaign_stage
from tests.town import FOUNDED


@pytest.fixture
def stage(db: None, settings: Any) -> CampaignStage:
    """东村's head is acting head of 西村 as well; the doors' clock stands on the day of the campaign."""
    made = make_campaign_stage()
    west = orgs.NewPost(made.town.units["西村"].id, "代主任", PostKind.UNIT_HEAD, roles=(Role.VILLAGE,))
    post = orgs.create_posts(posts=[west], actor=PLATFORM, now=FOUNDED)[0]
    orgs.hold_post(post_id=post.id, user_id=made.town.users["village_east"], actor=PLATFORM, now=FOUNDED)
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def test_given_two_villages_of_one_head_when_a_campaign_runs_then_both_parts_are_signed_and_each_task_names_its_unit(
    stage: CampaignStage,
) -> None:
    row = stage.issued()
    both, plan = stage.town.client("village_east"), reverse("campaigns:show", args=(row.pk,))

    for unit in ("东村", "西村"):
        page = both.get(plan).content.decode()
        part = stage.part(row, unit)
        assert f"{unit}签收</button>" in page
        assert reverse("campaigns:unit", args=(row.pk, part.pk)) in page
        both.post(reverse("campaigns:receive", args=(row.pk, part.pk)), {"seen_version": part.version})

    page = both.get(plan).content.decode()
    assert "签收</button>" not in page
    assert [f"{unit}的签收、子方案和任务" in page for unit in ("东村", "西村")] == [True, True]
    waits = [
        one for one in queries.waiting_for(stage.by("village_east"), now=stage.now).rows if one.what == "campaign.task"
    ]
    assert sorted(one.reason.partition("在")[0] for one in waits) == ["东村", "西村"]
    alone = queries.waiting_for(stage.by("industry"), now=stage.now).rows
    assert not any("经发办在" in one.reason for one in alone)


def test_given_two_villages_of_one_head_when_both_are_asked_for_the_same_elsewhere_then_each_is_answered_apart(
    stage: CampaignStage,
) -> None:
    units = {name: stage.town.units[name].id for name in ("东村", "西村")}
    task_id = _asked(stage, tuple(units.values()))
    both, address = stage.town.client("village_east"), reverse("hazards:same_kind", args=[task_id])
    answer = {"checked": "3", "found": "0", "fixed": "0"}

    waits = [
        one
        for one in hazards.waiting_for(stage.by("village_east"), now=stage.now).rows
        if one.what == "same_kind.reply"
    ]
    offered = both.get(address).content.decode()
    for unit_id in units.values():
        both.post(address, answer | {"unit": str(unit_id)})
    unsaid = both.post(address, answer)
    again = both.post(address, answer | {"unit": str(units["东村"]), "checked": "9"})
    seen = re.search(r'name="seen" value="([^"]+)"', again.content.decode())
    assert seen is not None
    right = both.post(address, answer | {"unit": str(units["东村"]), "checked": "9", "seen": seen[1]})

    assert [one.reason.partition("：")[0] for one in waits] == ["东村", "西村"]
    assert [f'<option value="{one}">' in offered for one in units.values()] == [True, True]
    assert (unsaid.status_code, again.status_code, right.status_code) == (422, 422, 303)
    assert "东村已经由village_east答复：查了 3 家" in again.content.decode()
    view = hazards.same_kind_for(stage.by(), task_id, today=stage.now.date() + timedelta(days=1))
    assert [one.checked for one in view.replies] == [9, 3]


def _asked(stage: CampaignStage, units: tuple[UUID, ...]) -> UUID:
    task = NewTask(town_id=stage.town.town.id, title="粉尘爆炸举一反三", words="除尘", units=units)
    return hazard_services.open_same_kind(task=task, actor=stage.by(), now=stage.now)
