"""A stage on which campaigns are run."""

import pytest

from tests.campaigns.stage import CampaignStage, make_campaign_stage


@pytest.fixture
def stage(db: None) -> CampaignStage:
    """A small town whose office can take a plan in."""
    return make_campaign_stage()
