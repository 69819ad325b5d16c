"""How many failures lock an account, and for how long: a parameter of the only town, else the platform's (R10.13).

The same numbers for every account, so that they tell nobody to which town an account belongs or whether it exists.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from bihuan.kernel.calendar import day_of
from bihuan.orgs import queries
from bihuan.orgs.rules.passwords import LockRule
from bihuan.standards import queries as standards
from bihuan.web.clock import real_now


def lock_rule() -> LockRule:
    """Return the numbers in force."""
    names = ("lock_failures", "lock_minutes")
    numbers = standards.numbers(names, town_id=queries.only_town_id(), on=day_of(real_now()))
    return LockRule(failures=numbers["lock_failures"], minutes=numbers["lock_minutes"])


def failure_limit(_: HttpRequest | None, __: Any) -> int:
    """Tell django-axes after how many failures an account is locked."""
    return lock_rule().failures


def cool_off(_: HttpRequest | None) -> timedelta:
    """Tell django-axes for how long."""
    return timedelta(minutes=lock_rule().minutes)
