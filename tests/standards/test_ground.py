from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from bihuan.kernel.actor import PLATFORM
from bihuan.standards import queries, services
from bihuan.standards.rules import DayKind, SpecialDay

TOWN = UUID("01900000-0000-7000-8000-000000000001")
NOON = datetime(2018, 2, 14, 4, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("loaded", [False, True])
def test_given_2018_when_the_calendar_is_asked_then_the_spring_festival_is_as_in_the_notice(loaded: bool) -> None:  # noqa: FBT001 -- a test parameter
    if loaded:
        services.load_reference_data()

    calendar = queries.work_calendar(TOWN)

    assert [day for day in range(8, 28) if not calendar.is_working_day(date(2018, 2, day))] == [10, *range(15, 22), 25]
    assert queries.festival_on("春节", 2018) == date(2018, 2, 16)
    assert queries.festival_on("除夕", 2018) == date(2018, 2, 15)


def test_given_a_towns_own_value_when_asked_by_day_then_it_holds_from_its_day_on() -> None:
    services.set_parameter(
        town_id=TOWN,
        name="review_days",
        value="7",
        valid_from=date(2018, 3, 1),
        source="镇政办发〔2018〕3号",
        actor=PLATFORM,
        now=NOON,
    )

    assert queries.parameter("review_days", town_id=TOWN, on=date(2018, 2, 28)) == 10
    assert queries.parameter("review_days", town_id=TOWN, on=date(2018, 3, 1)) == 7
    assert queries.parameter("review_days", town_id=None, on=date(2018, 3, 1)) == 10


def test_given_the_data_loaded_twice_when_asked_then_the_second_time_changes_nothing() -> None:
    assert services.load_reference_data(now=NOON) is True
    assert services.load_reference_data(now=NOON) is False
    assert queries.criterion("gongmao-2017", "一(一)1", date(2018, 1, 5)).id == "gongmao-2017-dust-01"


def test_given_a_provisional_year_when_its_notice_is_imported_then_the_changed_days_are_named() -> None:
    assert queries.work_calendar(TOWN).is_provisional(date(2027, 5, 1))
    days = [
        SpecialDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦"),
        SpecialDay(date(2027, 1, 3), DayKind.WORKDAY, "元旦"),
    ]

    moved = services.import_holidays(year=2027, days=days, source="国办发明电", actor=PLATFORM, now=NOON)

    assert date(2027, 1, 3) in moved
    assert date(2027, 1, 1) not in moved
    assert not queries.work_calendar(TOWN).is_provisional(date(2027, 5, 1))
