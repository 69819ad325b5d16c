"""Set-up that all tests share: profiles, databases that keep their trail, files in temporary places."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from hypothesis import HealthCheck, is_hypothesis_test, settings

os.environ.setdefault("BIHUAN_TESTING", "1")

settings.register_profile("test", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("again", settings.get_profile("test"), max_examples=10)  # the others are tried on SQLite
ON_SQLITE = product.DATABASES["default"]["ENGINE"] == "bihuan.config.sqlite"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test" if ON_SQLITE else "again"))

if ON_SQLITE:  # pytest-django knows only Django's own name
    product.DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"

LOT = 20_000  # objects that are new before they are looked through for garbage, as in the product (config/wsgi.py)
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare `--database-only`: what `make test` runs a second time, on PostgreSQL."""
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database, no browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what holds over many values, for `make soak`; leave out what a second database would only repeat.

    The longest begin first: one that began last would leave the other worker without work.
    """
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.property)
    items.sort(key=lambda item: item.get_closest_marker("one_database") is None)
    if not config.getoption("--database-only"):
        return
    keep = [item for item in items if _touches_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(keep)])
    items[:] = keep


def pytest_collection_finish() -> None:
    """Set apart what was loaded: code and tens of thousands of tests, walked for garbage again and again, are slow."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(LOT, 10, 10)


def _touches_the_database(item: pytest.Item) -> bool:
    if any(item.get_closest_marker(name) for name in ("browser", "slow", "one_database")):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture(scope="session", autouse=True)
def _quick_and_tidy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Evidence files go to a temporary place; passwords are hashed quickly (argon2 takes its time on purpose)."""
    from django.test import override_settings

    home: Path = tmp_path_factory.mktemp("home")
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(HOME=home, MEDIA_ROOT=home / "files", PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest) -> None:
    """Set the test database up as pytest-django does, but migrate it once in a run."""
    from tests.migrated import migrated_once

    with migrated_once():
        request.getfixturevalue("django_db_setup")


@pytest.fixture(scope="session", autouse=True)
def _flushing_lifts_triggers() -> Iterator[None]:
    """Tests with real commits empty every table afterwards, which the trail's triggers refuse; lift them just then."""
    from django.db import connection

    ops: Any = connection.ops
    flush = ops.execute_sql_flush

    def without_triggers(statements: list[str]) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = replica")
                flush(statements)
                cursor.execute("SET session_replication_role = origin")
                return
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            flush(statements)
            for _, create in triggers:
                cursor.execute(create)

    ops.execute_sql_flush = without_triggers
    yield
    ops.execute_sql_flush = flush
