"""The security administrator's pages: users, roles, first passwords."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bihuan.orgs import queries
from tests.town import DAY, NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Any) -> SmallTown:
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()
    return make_town()


def test_given_the_security_administrator_when_users_are_listed_then_nobody_else_may(town: SmallTown) -> None:
    listed = town.client("security_admin").get(reverse("people:users"), {"q": "副镇长"})

    assert listed.status_code == 200
    assert [row.user.id for row in listed.context["rows"]] == [town.users["leader"]]
    for key in ("system_admin", "audit_admin", "chief", "village_east"):
        assert town.client(key).get(reverse("people:users")).status_code == 403
        assert town.client(key).get(reverse("people:new_user")).status_code == 403


def test_given_a_new_user_when_opened_then_the_first_password_shows_once_and_works(town: SmallTown) -> None:
    admin = town.client("security_admin")

    made = admin.post(reverse("people:new_user"), {"name": "钱某", "account": "qian"})
    password = made.context["first_password"]
    again = admin.get(reverse("people:user", args=[made.context["row"].user.id]))

    assert password in made.content.decode()
    assert password not in again.content.decode()
    entered = Client().post("/log-in/", {"account": "qian", "password": password})
    assert entered.status_code == 302


def test_given_a_role_when_granted_and_withdrawn_then_the_post_has_it_in_between(town: SmallTown) -> None:
    admin, user = town.client("security_admin"), town.users["office"]
    posted = {"post": str(town.posts["office"]), "role": "safety_chief"}

    admin.post(reverse("people:grant_role", args=[user]), posted)
    between = town.actor("office")
    admin.post(reverse("people:withdraw_role", args=[user]), {**posted, "reason": "误授"})

    assert "safety_chief" in between.role_names
    assert "safety_chief" not in town.actor("office").role_names


def test_given_an_admin_role_when_granted_to_a_business_post_then_it_is_refused(town: SmallTown) -> None:
    response = town.client("security_admin").post(
        reverse("people:grant_role", args=[town.users["office"]]),
        {"post": str(town.posts["office"]), "role": "audit_admin"},
    )

    assert response.status_code == 422
    assert "audit_admin" not in town.actor("office").role_names
    assert town.actor("office").scope.paths == (town.town.path,)


def test_given_a_list_of_users_when_longer_then_the_queries_stay_the_same(
    town: SmallTown, django_assert_max_num_queries: Any
) -> None:
    viewer = town.actor("security_admin")
    with django_assert_max_num_queries(6):
        rows, total = queries.user_rows(viewer, on=DAY, real_now=timezone.now())

    assert total == len(rows)
    assert NOON.date() == DAY


def test_given_a_certificate_when_written_down_and_taken_off_then_the_register_says_so(town: SmallTown) -> None:
    admin, user = town.client("security_admin"), town.users["inspector"]
    address = reverse("people:set_certificate", args=[user])

    admin.post(address, {"certificate": " 苏D 041300001 "})
    page = admin.get(reverse("people:user", args=[user])).content.decode()

    assert queries.certificates_of([user]) == {user: "苏D041300001"}
    assert 'value="苏D041300001"' in page
    assert town.client("system_admin").post(address, {"certificate": "1"}).status_code == 403
    admin.post(address, {"certificate": ""})
    assert queries.certificates_of([user]) == {}
