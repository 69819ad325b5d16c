"""Password rules and separated administrators (R10.13)."""

from datetime import datetime, timedelta
from itertools import combinations

import pytest

from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.roles import Role
from bihuan.orgs.rules import ADMIN_ROLES, clashing_roles, faults_of
from bihuan.orgs.rules.passwords import is_expired
from bihuan.orgs.services.people import new_password

NOON = datetime(2018, 1, 10, 12, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("password", "is_admin", "faults"),
    [
        ("Abcdef12", False, 0),
        ("Abcdef1", False, 1),
        ("abcdef12", False, 1),
        ("abcdefgh", False, 1),
        ("Ab1", False, 1),
        ("abc", False, 2),
        ("安全生产Ab12", False, 0),
        ("Abcdef12345", True, 1),
        ("Abcdef123456", True, 0),
        ("Wang-2018-x", False, 1),
    ],
)
def test_given_a_password_when_checked_then_each_fault_is_told(password: str, is_admin: bool, faults: int) -> None:  # noqa: FBT001 -- a table of cases
    assert len(faults_of(password, account="wang", is_admin=is_admin, is_reused=False)) == faults


def test_given_a_password_of_late_when_chosen_again_then_it_is_refused() -> None:
    assert faults_of("Abcdef12", account="wang", is_admin=False, is_reused=True) == [
        "最近 5 次用过的密码不能再用，请换一个。"
    ]


def test_given_a_password_when_ninety_days_are_over_then_it_has_to_be_changed() -> None:
    assert not is_expired(NOON - timedelta(days=90), now=NOON)
    assert is_expired(NOON - timedelta(days=90, seconds=1), now=NOON)
    assert not is_expired(None, now=NOON)


def test_given_first_passwords_when_made_then_they_satisfy_the_rules_for_administrators() -> None:
    made = {new_password() for _ in range(50)}

    assert len(made) == 50
    assert [one for one in made if faults_of(one, account="wang", is_admin=True, is_reused=False)] == []


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(set(Role) - {Role.SYSTEM}), 2)))
def test_given_any_two_roles_when_one_is_an_administrators_then_they_clash(one: Role, other: Role) -> None:
    assert bool(clashing_roles([one, other])) == bool({one, other} & ADMIN_ROLES)
    assert clashing_roles([one, one]) == ""
