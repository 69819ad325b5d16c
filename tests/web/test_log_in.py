"""Log-in, lock-out, passwords and sessions (R10.13), through the real pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bihuan.hazards.rules.acts import Act
from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import queries, services
from bihuan.orgs.models import Unit
from bihuan.standards import services as standards
from bihuan.trail.models import Event
from tests.hazards.stage import make_stage
from tests.town import FOUNDED, SmallTown, make_town

pytestmark = pytest.mark.django_db
GOOD = "Jincheng-2018"
NEXT = "Another-2019x"
LOG_IN = "/log-in/"


@pytest.fixture
def town() -> SmallTown:
    return make_town()


def _person(town: SmallTown, account: str = "wang", *, must_change: bool = False) -> Any:
    new = services.NewUser(account, "王某", town.town.id, password=GOOD, must_change_password=must_change)
    made = services.create_users(users=[new], actor=PLATFORM, now=timezone.now())[0].user
    services.hand_over_post(post_id=town.posts["office"], to_user_id=made.id, actor=PLATFORM, now=FOUNDED)
    return made


def _log_in(client: Client, account: str = "wang", password: str = GOOD, **more: str) -> Any:
    return client.post(LOG_IN, {"account": account, "password": password, **more})


def test_given_a_stranger_when_a_page_is_asked_for_then_the_log_in_page_remembers_it(client: Client) -> None:
    response = client.get(reverse("people:users") + "?q=x")

    assert response.status_code == 302
    assert response["Location"] == f"{LOG_IN}?next=/users/%3Fq%3Dx"


def test_given_a_stranger_when_json_is_asked_for_then_401_with_a_sentence(client: Client) -> None:
    response = client.get(reverse("people:users"), headers={"accept": "application/json"})

    assert (response.status_code, response.json()["code"]) == (401, "people.log_in")


def test_given_the_right_password_when_logging_in_then_the_page_asked_for_opens(
    client: Client, town: SmallTown
) -> None:
    user = _person(town)

    response = _log_in(client, next="/password/")

    assert (response.status_code, response["Location"]) == (302, "/password/")
    page = client.get("/password/")
    assert page.wsgi_request.actor.user_id == user.id  # type: ignore[attr-defined]  # put there by the middleware
    assert page.wsgi_request.actor.post_id == town.posts["office"]  # type: ignore[attr-defined]  # the same


def test_given_a_foreign_next_when_logging_in_then_it_is_ignored(client: Client, town: SmallTown) -> None:
    _person(town)

    assert _log_in(client, next="https://evil.example/")["Location"] == "/"


def test_given_an_unknown_account_when_tried_then_the_answer_is_that_of_a_wrong_password(
    client: Client, town: SmallTown
) -> None:
    _person(town)

    wrong = [_log_in(client, password="Wrong-2018x") for _ in range(6)]
    unknown = [_log_in(client, account="nobody", password="Wrong-2018x") for _ in range(6)]

    assert [r.status_code for r in wrong] == [r.status_code for r in unknown] == [422] * 4 + [429] * 2
    for one, other in zip(wrong, unknown, strict=True):
        assert _said(one) == _said(other)


def _said(response: Any) -> list[str]:
    return [str(error) for error in response.context["form"].non_field_errors()]


def test_given_five_failures_when_the_right_password_comes_then_locked_for_half_an_hour(
    client: Client, town: SmallTown
) -> None:
    user = _person(town)
    for _ in range(5):
        _log_in(client, password="Wrong-2018x")

    refused = _log_in(client)

    assert refused.status_code == 429
    assert queries.locked_accounts(["wang"], real_now=timezone.now()) == {"wang"}
    later = timezone.now() + timedelta(minutes=31)
    assert queries.locked_accounts(["wang"], real_now=later) == frozenset()
    services.unlock(user_id=user.id, actor=town.actor("security_admin"), now=FOUNDED)
    assert _log_in(client).status_code == 302


def test_given_a_first_password_when_logged_in_then_nothing_opens_until_it_is_changed(
    client: Client, town: SmallTown
) -> None:
    _person(town, must_change=True)
    _log_in(client)

    before = client.get("/")
    changed = client.post("/password/", {"old": GOOD, "new": NEXT, "again": NEXT})
    after = client.get("/password/")

    assert (before.status_code, before["Location"]) == (302, "/password/")
    assert (changed.status_code, changed["Location"]) == (302, "/")
    assert after.context["must"] is False


def test_given_an_idle_session_when_used_again_then_it_has_ended(client: Client, town: SmallTown) -> None:
    _person(town)
    _log_in(client)
    session = client.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=31)).isoformat()
    session.save()

    response = client.get("/password/", follow=True)

    assert response.redirect_chain[0][0].startswith(LOG_IN)
    assert "离开太久" in response.content.decode()


def test_given_a_session_when_it_began_then_it_ends_after_twelve_hours_whatever_is_done(
    client: Client, town: SmallTown
) -> None:
    _person(town)
    _log_in(client)

    until = client.session.get_expiry_date()
    client.get("/password/")

    assert timedelta(hours=11) < until - timezone.now() <= timedelta(hours=12)
    assert client.session.get_expiry_date() == until


def test_given_an_administrator_when_logged_in_elsewhere_then_the_first_session_ends(town: SmallTown) -> None:
    admin = town.users["security_admin"]
    told = services.reset_password(
        user_id=admin, actor=town.actor("security_admin"), now=FOUNDED, real_now=timezone.now()
    )
    first, second = Client(), Client()
    for client in (first, second):
        client.post(LOG_IN, {"account": told.user.account, "password": told.password})

    gone = first.get("/password/", follow=True)
    here = second.get("/password/")

    assert "在别处登录" in gone.content.decode()
    assert here.status_code == 200


def test_given_an_officer_when_logged_in_twice_then_both_sessions_live(town: SmallTown) -> None:
    _person(town)
    first, second = Client(), Client()
    for client in (first, second):
        _log_in(client)

    assert [client.get("/password/").status_code for client in (first, second)] == [200, 200]


def test_given_a_disabled_account_when_used_then_it_is_as_unknown(client: Client, town: SmallTown) -> None:
    user = _person(town)
    _log_in(client)
    services.set_active(
        user_id=user.id, is_active=False, reason="调离", actor=town.actor("security_admin"), now=FOUNDED
    )

    assert client.get("/password/").status_code == 302
    assert _log_in(client).status_code == 422


def test_given_a_log_out_when_pressed_then_the_session_is_gone(client: Client, town: SmallTown) -> None:
    _person(town)
    _log_in(client)

    client.post("/log-out/")

    assert client.get("/password/").status_code == 302


def test_given_no_town_when_the_log_in_page_opens_then_it_says_how_to_begin(client: Client) -> None:
    page = client.get(LOG_IN)

    assert page.status_code == 200
    assert "bihuan init" in page.content.decode()


def test_given_a_real_town_when_the_log_in_page_opens_then_no_account_is_named(client: Client, town: SmallTown) -> None:
    _person(town)

    page = client.get(LOG_IN).content.decode()

    assert "wang" not in page
    assert "演示账号" not in page


def test_given_a_real_town_when_a_demo_door_is_tried_then_it_does_not_open(client: Client, town: SmallTown) -> None:
    user = _person(town)

    response = client.post(reverse("people:demo_log_in"), {"user": str(user.id)})

    assert response.status_code == 404
    assert client.get("/password/").status_code == 302


def test_given_a_password_change_when_done_then_the_trail_tells_without_the_password(
    client: Client, town: SmallTown
) -> None:
    user = _person(town)
    _log_in(client)

    client.post("/password/", {"old": GOOD, "new": NEXT, "again": NEXT})

    event = Event.objects.filter(kind="user.password_changed").get()
    assert event.subject_id == user.id
    assert NEXT not in str([event.before, event.after, event.say])


def test_given_a_stricter_parameter_when_failures_come_then_it_locks_sooner(client: Client, town: SmallTown) -> None:
    _person(town)
    standards.set_parameter(
        name="lock_failures",
        value="3",
        source="镇委〔2018〕1号",
        valid_from=FOUNDED.date(),
        town_id=town.town.id,
        actor=town.actor("system_admin"),
        now=FOUNDED,
    )

    answers = [_log_in(client, password="Wrong-2018x").status_code for _ in range(4)]

    assert answers == [422, 422, 429, 429]


def test_given_an_invented_town_when_the_log_in_page_shows_its_ring_then_found_less_closed_is_what_is_open(
    client: Client,
) -> None:
    stage = make_stage()
    Unit.objects.filter(pk=stage.town.town.id).update(demo_on=stage.day)
    stage.closed()
    stage.do(stage.do(stage.assigned(), Act.REQUEST_INVALID, "office", text="重复"), Act.APPROVE_INVALID, "chief")
    stage.assigned()

    ring = client.get(LOG_IN).context["loop"]

    assert (ring["found"], ring["closed"], ring["open"]) == (2, 1, 1)
