"""What a run makes once: by the first who asks, complete for all others."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.first import made_first


@pytest.mark.django_db
def test_given_the_database_of_the_tests_when_asked_then_no_migration_is_missing() -> None:
    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_given_several_who_ask_when_it_is_made_then_once_and_nobody_gets_it_unfinished(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(place: Path) -> None:
        made.append(place)
        (place / "whole").touch()

    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda _: (made_first(tmp_path, "it", make) / "whole").exists(), range(8)))

    assert got == [True] * 8
    assert made == [tmp_path / "it"]


def test_given_a_first_who_failed_when_another_asks_then_it_does_not_wait_for_ever(tmp_path: Path) -> None:
    def fail(_: Path) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        made_first(tmp_path, "it", fail)
    with pytest.raises(AssertionError, match="could not make “it”"):
        made_first(tmp_path, "it", fail)
