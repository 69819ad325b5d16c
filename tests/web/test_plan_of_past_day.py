"""The plan page of a past day says which of its figures are as known today."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from tests.campaigns.running import at, issued
from tests.campaigns.stage import make_campaign_stage


def test_given_a_past_day_when_the_plan_page_is_asked_then_it_says_what_is_as_known_today(
    db: None, settings: Any
) -> None:
    stage, now = make_campaign_stage(), at(12, 27)
    settings.BIHUAN_DEMO_DAY = now.date().isoformat()
    page, office = reverse("campaigns:show", args=[issued(stage).row.pk]), stage.town.client("office")

    today = office.get(page).content.decode()
    past = office.get(page, {"on": (now.date() - timedelta(days=3)).isoformat()}).content.decode()

    assert "按今天所知" not in today
    assert "按今天所知" in past
