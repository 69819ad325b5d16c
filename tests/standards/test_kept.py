"""What a process keeps is read again as soon as another process has changed it, and never survives a rollback."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.actor import PLATFORM
from bihuan.standards import queries, services
from bihuan.standards.queries import shelves
from bihuan.standards.rules import DayKind, SpecialDay
from tests.standards.test_ground import NOON, TOWN

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 1)


def set_review_days(value: str) -> None:
    services.set_parameter(
        town_id=TOWN, name="review_days", value=value, valid_from=DAY, source="镇规定", actor=PLATFORM, now=NOON
    )


def import_2027() -> None:
    days = [SpecialDay(date(2027, 3, 1), DayKind.HOLIDAY, "试")]
    services.import_holidays(year=2027, days=days, source="国办发明电", actor=PLATFORM, now=NOON)


def as_other_process(change: Callable[[], None]) -> None:
    """Run a change and put back what this process had kept before, as if it had happened elsewhere."""
    towns, library = dict(queries._kept_towns), dict(shelves._kept_library)
    change()
    queries._kept_towns.clear()
    queries._kept_towns.update(towns)
    shelves._kept_library.clear()
    shelves._kept_library.update(library)


def test_given_kept_values_when_asked_again_then_one_small_query_is_enough() -> None:
    queries.parameters(["review_days"], town_id=TOWN, on=DAY)

    with CaptureQueriesContext(
        connection,
    ) as seen:
        queries.parameters(["review_days", "repeat_window_days"], town_id=TOWN, on=DAY)
        queries.work_calendar(TOWN)
        queries.library()

    assert len(seen) == 3


def test_given_another_process_when_it_sets_a_parameter_then_the_new_value_is_read() -> None:
    assert queries.parameter("review_days", town_id=TOWN, on=DAY) == 10

    as_other_process(lambda: set_review_days("7"))

    assert queries.parameter("review_days", town_id=TOWN, on=DAY) == 7


def test_given_another_process_when_it_imports_a_notice_then_every_towns_calendar_is_read_again() -> None:
    assert queries.work_calendar(TOWN).is_working_day(date(2027, 3, 1))

    as_other_process(import_2027)

    assert not queries.work_calendar(TOWN).is_working_day(date(2027, 3, 1))


def test_given_another_process_when_it_loads_the_criteria_then_they_come_from_the_database() -> None:
    packaged = queries.library()

    as_other_process(services.load_reference_data)

    loaded = queries.library()
    assert loaded is not packaged
    assert loaded.standards == packaged.standards
    assert loaded.criteria == packaged.criteria


def test_given_a_change_that_is_rolled_back_when_asked_then_the_old_value_holds_again() -> None:
    with transaction.atomic():
        set_review_days("7")
        inside = queries.parameter("review_days", town_id=TOWN, on=DAY)
        transaction.set_rollback(True)

    assert inside == 7
    assert queries.parameter("review_days", town_id=TOWN, on=DAY) == 10
