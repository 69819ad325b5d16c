"""Who is told of a campaign: the posts of the units that take part."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bihuan.campaigns.models import Campaign, CampaignUnit
from bihuan.campaigns.services.loading import SUBJECT
from bihuan.kernel.calendar import day_of
from bihuan.orgs import queries as orgs
from bihuan.trail import services as trail
from bihuan.trail.rules import Telling

PAGE: Final = "campaigns:show"


def tell_units(row: Campaign, units: Sequence[CampaignUnit], *, say: str, now: datetime, page: str = PAGE) -> None:
    """Tell every post of these units, leading to a page of the campaign, by default its plan."""
    posts = [one.id for one in orgs.posts_of_units([unit.unit_id for unit in units], day_of(now))]
    telling = Telling(
        say=say,
        kind="campaign",
        posts=tuple(posts),
        town_id=row.town_id,
        subject_type=SUBJECT,
        subject_id=row.pk,
        url_name=page,
        url_args=(str(row.pk),),
    )
    trail.tell([telling], now=now)
