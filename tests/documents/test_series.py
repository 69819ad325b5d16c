"""Gapless under concurrency, on the database under test: threads take numbers, some give up, none is lost."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bihuan.documents import services
from bihuan.kernel.ids import new_id
from tests.documents.own_file import database_for_threads

THREADS = 8
TAKES = st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=12)


def take(town: UUID, series: str, count: int, *, keep: bool) -> list[int]:
    """Take numbers in a transaction of its own; give them back unless `keep`."""
    with transaction.atomic():
        taken = list(services.take_numbers(town_id=town, series=series, year=2018, count=count))
        if not keep:
            transaction.set_rollback(True)
    return taken if keep else []


class TestSeries(TestCase):
    """Properties of one series."""

    @settings(suppress_health_check=list(HealthCheck))
    @given(TAKES)
    def test_given_any_acts_when_some_are_rolled_back_then_the_kept_numbers_have_no_gap(
        self, acts: list[tuple[int, bool]]
    ) -> None:
        town = new_id()

        kept = [number for count, keep in acts for number in take(town, "hazard", count, keep=keep)]

        assert kept == list(range(1, len(kept) + 1))


@pytest.mark.django_db(transaction=True)
def test_given_threads_at_once_when_they_take_numbers_then_none_is_twice_and_none_is_missing(tmp_path: Path) -> None:
    town = new_id()
    chance = random.Random(20180214)
    acts = [(chance.randint(1, 5), chance.random() > 0.3) for _ in range(60)]

    def act(one: tuple[int, bool]) -> list[int]:
        try:
            return take(town, "case:金", one[0], keep=one[1])
        finally:
            connection.close()

    with database_for_threads(tmp_path), ThreadPoolExecutor(THREADS) as pool:
        kept = sorted(number for numbers in pool.map(act, acts) for number in numbers)

    assert kept == list(range(1, sum(count for count, keep in acts if keep) + 1))


@pytest.mark.django_db(transaction=True)
def test_given_a_new_series_when_many_threads_begin_it_at_once_then_it_begins_once(tmp_path: Path) -> None:
    town = new_id()

    def act(_: int) -> list[int]:
        try:
            return take(town, "paper:金:安委督办", 1, keep=True)
        finally:
            connection.close()

    with database_for_threads(tmp_path), ThreadPoolExecutor(THREADS) as pool:
        kept = sorted(number for numbers in pool.map(act, range(THREADS * 2)) for number in numbers)

    assert kept == list(range(1, THREADS * 2 + 1))


def test_given_no_transaction_when_a_number_is_wanted_then_it_is_refused(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        services.take_numbers(town_id=new_id(), series="hazard", year=2018, count=1)
