"""A stage on which returns are filled in."""

import pytest

from tests.campaigns.returns.stage import ReturnStage, make_return_stage


@pytest.fixture
def stage(db: None) -> ReturnStage:
    """A town with two firms."""
    return make_return_stage()
