"""A form of ours added by its button belongs to the campaign that runs: its 累计 are the campaign's, and say so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.models import Campaign, ReturnForm
from bihuan.campaigns.services import returns as services
from tests.campaigns.running import at, issued
from tests.campaigns.stage import CampaignStage, make_campaign_stage

NOW = at(12, 21)


@pytest.fixture
def stage(db: None, settings: Any) -> CampaignStage:
    """A town on a day of its campaign."""
    settings.BIHUAN_DEMO_DAY = NOW.date().isoformat()
    return make_campaign_stage()


def press(client: Client, name: str, *args: object, **said: object) -> str:
    answer = client.post(reverse(f"campaigns:{name}", args=args), said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_given_one_campaign_when_a_form_is_added_by_its_button_then_it_is_of_that_campaign(
    stage: CampaignStage,
) -> None:
    row, office = issued(stage).row, stage.town.client("office")

    for code in ("F1", "F4", "F8"):
        shown = press(office, "adopt_form", code=code)
        made = ReturnForm.objects.get(code=code)
        assert (made.campaign_id, made.cumulative_from) == (row.pk, row.starts_on), code
        assert f"属于“{row.title}”" in shown
        assert f"{row.starts_on:%-m}月{row.starts_on.day}日" in shown
    press(office, "adopt_form", code="F2")

    assert ReturnForm.objects.get(code="F2").campaign_id is None


def test_given_two_campaigns_when_a_form_is_added_then_the_page_asks_of_which_it_is(stage: CampaignStage) -> None:
    row, office = issued(stage).row, stage.town.client("office")
    other = Campaign.objects.get(pk=row.pk)
    other.pk, other.title = Campaign._meta.pk.get_default(), "另一个行动"
    other.save(force_insert=True)

    listed = office.get(reverse("campaigns:return_forms")).content.decode()
    refused = press(office, "adopt_form", code="F8")

    assert "属于哪个专项行动</option>" in listed
    assert "请选这张表属于哪一个" in refused
    assert not ReturnForm.objects.exists()
    press(office, "adopt_form", code="F8", campaign=str(other.pk))
    press(office, "adopt_form", code="F1", campaign="none")
    assert [one.campaign_id for one in ReturnForm.objects.order_by("-code")] == [other.pk, None]


def test_given_a_form_in_use_without_a_campaign_when_it_is_given_one_then_what_is_so_far_runs_from_its_first_day(
    stage: CampaignStage,
) -> None:
    row, office = issued(stage).row, stage.town.client("office")
    actor = stage.town.actor("office", NOW.date())
    form_id = services.adopt_form(code="F8", actor=actor, now=NOW)
    units = [stage.town.units["镇"].id]
    services.use_form(form_id=form_id, seen_version=1, unit_ids=units, actor=actor, now=at(12, 18))
    before = office.get(reverse("campaigns:return_form", args=[form_id])).content.decode()

    press(office, "use_form", form_id, mend="1", title="大检查清单", seen_version="2", campaign=str(row.pk))

    assert "累计从当年 1 月 1 日算起" in before
    made = ReturnForm.objects.get()
    assert (made.campaign_id, made.cumulative_from, made.state) == (row.pk, row.starts_on, "in_use")
    made_of = services.begin_return(
        form_id=form_id,
        unit_id=units[0],
        since=at(12, 11).date(),
        until=at(12, 20).date(),
        actor=actor,
        now=NOW,
    )
    shown = office.get(reverse("campaigns:return", args=[made_of]) + "?cell=D5").content.decode()
    first = f"累计从{row.starts_on.year}年{row.starts_on.month}月{row.starts_on.day}日算起"
    head, _, rail = shown.partition('id="cell"')
    assert f"· {first}" in head
    assert first in rail
