"""A small town, and its people at the door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from bihuan.orgs import services
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

    def log_in(key: str) -> Client:
        users = get_user_model().objects.filter(pk=town.users[key])
        users.update(password_changed_at=timezone.now())
        client = Client()
        client.force_login(users.get(), backend="django.contrib.auth.backends.ModelBackend")
        services.note_session(user_id=town.users[key], session_key=client.session.session_key or "")
        return client

    return log_in
