"""`bihuan reset_password`: the way back in when no security administrator is left who could open it."""

import io
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import queries, services
from bihuan.orgs.models import User
from bihuan.trail.models import Event
from tests.town import DAY, NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Any) -> SmallTown:
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()
    return make_town()


def _reset(account: str) -> str:
    out = io.StringIO()
    call_command("reset_password", account, stdout=out)
    return out.getvalue()


def test_given_a_locked_security_administrator_when_reset_then_the_printed_password_opens_and_must_be_changed(
    town: SmallTown,
) -> None:
    user = User.objects.get(pk=town.users["security_admin"])
    AccessAttempt.objects.create(
        username=user.account, failures_since_start=5, attempt_time=timezone.now() - timedelta(minutes=1)
    )
    before = Event.objects.count()

    said = _reset(user.account)

    password = said.split("初始密码 ")[1].split()[0]
    client = Client()
    entered = client.post("/log-in/", {"account": user.account, "password": password})
    assert entered.status_code == 302
    assert client.get("/users/")["Location"] == "/password/"
    events = list(Event.objects.order_by("id").filter(kind__startswith="user."))[-2:]
    assert [event.kind for event in events] == ["user.password_reset", "user.unlocked"]
    assert Event.objects.count() == before + 2
    assert not any(password in str([e.before, e.after, e.say]) for e in events)


def test_given_an_account_that_is_not_there_or_is_disabled_when_reset_then_it_says_so_and_changes_nothing(
    town: SmallTown,
) -> None:
    user = User.objects.get(pk=town.users["office"])
    services.set_active(user_id=user.pk, is_active=False, reason="调离", actor=PLATFORM, now=NOON)

    with pytest.raises(CommandError, match="没有账号“nobody”"):
        _reset("nobody")
    with pytest.raises(CommandError, match="已经停用"):
        _reset(user.account)

    assert User.objects.get(pk=user.pk).password == user.password
    assert not queries.users([user.pk])[user.pk].is_active
