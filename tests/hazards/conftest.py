"""The stage, as a fixture."""

import pytest

from tests.hazards.stage import Stage, make_stage


@pytest.fixture
def stage(db: None) -> Stage:
    """A small town with an enterprise."""
    return make_stage()
