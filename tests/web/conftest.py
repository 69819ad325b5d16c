"""A small town, and its people at the door."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from bihuan.orgs import services
from bihuan.standards import services as standards
from tests.hazards.stage import DAY, Stage, make_stage
from tests.kept import made_once
from tests.town import SmallTown, make_town

Visit = Callable[[str], Client]

# What a second database is asked through the door. A view reads no table (`pyproject.toml` forbids it the models): the
# queries and services that it calls are tested on both by their own rooms, and what else pages say is asked of one.
# These are the walks over all pages, the long ways through them, lists that sort and narrow, counts of queries and of
# rows, and what happens at once.
ON_BOTH: Final = {
    "test_asked_wrongly.py",
    "test_campaign_closing.py",
    "test_campaigns.py",
    "test_comparing_criteria.py",
    "test_counted_hazards.py",
    "test_counts.py",
    "test_dashboards.py",
    "test_desk.py",
    "test_empty_scope.py",
    "test_every_address.py",
    "test_every_figure.py",
    "test_evidence.py",
    "test_hazard_list.py",
    "test_last_page.py",
    "test_lists.py",
    "test_log_in.py",
    "test_loop.py",
    "test_numbers.py",
    "test_one_press.py",
    "test_one_word.py",
    "test_orgs_imports.py",
    "test_orgs_pages.py",
    "test_page_queries.py",
    "test_pressed.py",
    "test_returns.py",
    "test_screen.py",
    "test_sizes.py",
    "test_supervision.py",
    "test_trail.py",
}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even load for the second database what asks it nothing."""
    is_left = collection_path.name.startswith("test_") and collection_path.name not in ON_BOTH
    return True if is_left and config.getoption("--database-only") else None


@pytest.fixture
def town(db: None) -> SmallTown:
    """A small town on 2018-01-10."""
    return make_town()


@pytest.fixture
def visit(town: SmallTown, settings: Any) -> Visit:
    """Return a browser in which the person on a post has logged in; the doors' clock stands on the town's day."""
    settings.BIHUAN_DEMO_DAY = "2018-01-10"
    return lambda key: _log_in(town.users[key])


@pytest.fixture
def stage(db: None) -> Stage:
    """A small town with an enterprise and its people, on 2018-01-15."""
    return _furnished_stage()


@made_once
def _furnished_stage() -> Stage:
    standards.load_reference_data()
    return make_stage()


@pytest.fixture
def enter(stage: Stage, settings: Any) -> Visit:
    """Return a browser for a person of the stage, by post or as "boss" and "safety" of the enterprise."""
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()
    return lambda key: _log_in((stage.town.users | stage.people)[key])


def _log_in(user_id: UUID) -> Client:
    users = get_user_model().objects.filter(pk=user_id)
    users.update(password_changed_at=timezone.now())
    client = Client()
    client.force_login(users.get(), backend="django.contrib.auth.backends.ModelBackend")
    services.note_session(user_id=user_id, session_key=client.session.session_key or "")
    return client
