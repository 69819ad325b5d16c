"""A small town, and its people at the door."""

from collections.abc import Callable
from typing import Any
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
