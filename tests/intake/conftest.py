"""A town that takes lists in."""

import pytest

from tests.intake.stage import ListStage, make_list_stage


@pytest.fixture
def stage(db: None) -> ListStage:
    """A small town with a few of the enterprises that the ledgers name."""
    return make_list_stage()
