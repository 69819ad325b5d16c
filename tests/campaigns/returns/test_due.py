"""What fell due is counted from its hour on, and every figure of returns lists exactly the rows that it counts."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.indicators import indicator_value, values_by_place
from bihuan.campaigns.queries.returns import Of
from bihuan.campaigns.queries.returns.due import fell_due
from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.terms import Where
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import SHANGHAI, day_of, end_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Kept, Question
from bihuan.stats import queries as stats
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2018, 1, 1)
NAMES = {"campaigns.returns_due": Of.DUE, "campaigns.returns_on_time": Of.ON_TIME}


def at(day: int, hour: int) -> datetime:
    return datetime(2018, 1, day, hour, tzinfo=SHANGHAI)


def play(stage: ReturnStage) -> None:
    """Three units owe a weekly form: one sends on time, one late, one never."""
    form = adopted(stage, "镇", "东村", "西村")
    stage.on(FRIDAY)
    stage.sent(stage.begin(form, *FIRST, unit="东村", who="village_east"), "village_east")
    stage.on(FRIDAY, 13)
    stage.sent(stage.begin(form, *FIRST, unit="西村", who="village_west"), "village_west")


def told(stage: ReturnStage, until: date, moment: datetime | None = None, unit: str = "镇") -> tuple[int, ...]:
    asked = Question(stage.loop.town.units[unit].path, NEW_YEAR, until, kept=Kept(moment))
    found = stats.answers(PLATFORM, list(NAMES), asked)
    return tuple(one.amount for one in found.values() if one is not None)


def test_given_the_day_on_which_a_return_is_due_when_counted_before_its_hour_then_nobody_is_late(
    stage: ReturnStage,
) -> None:
    play(stage)

    assert told(stage, FRIDAY, at(19, 8)) == (0, 0)
    assert told(stage, FRIDAY, at(19, 12)) == (3, 1)
    assert told(stage, FRIDAY, at(26, 8)) == told(stage, FRIDAY) == (3, 1)
    town = stage.loop.town.town.path
    assert queries.due_by_unit(Question(town, NEW_YEAR, FRIDAY, kept=Kept(at(19, 8)))) == {}
    assert len(queries.due_by_unit(Question(town, NEW_YEAR, FRIDAY, kept=Kept(at(19, 12))))) == 3
    where, days = Where(town), {"since": NEW_YEAR, "until": FRIDAY, "on": FRIDAY, "today": FRIDAY}
    shown = [BY_KEY["returns.on_time"]]
    [early] = values_by_place(PLATFORM, shown, {"": where}, **days, kept=Kept(at(19, 8)))[""]
    assert (early.numerator, early.denominator) == (0, 0)


def test_given_a_figure_of_returns_when_its_address_is_followed_then_exactly_its_rows_are_there_on_any_day(
    stage: ReturnStage,
) -> None:
    play(stage)
    stage.on(date(2018, 1, 26), 18)
    office, today = stage.loop.by("office"), stage.loop.day

    for until in (FIRST[1], FRIDAY, date(2018, 1, 25), today):
        value = indicator_value(
            office,
            "returns.on_time",
            Where(stage.loop.town.town.path),
            since=NEW_YEAR,
            until=until,
            on=until,
            today=today,
        )
        for amount, listed in (
            (value.numerator, value.numerator_rows),
            (value.denominator, value.denominator_rows),
        ):
            assert len(listed) == int(bool(amount)), until
            for one in listed:
                query = one.query
                asked = Question(query["path"], date.fromisoformat(query["since"]), date.fromisoformat(query["until"]))
                rows = queries.due_for(office, asked, Of(query["of"]), form_id=None, unit_id=None)
                assert (one.page, len(rows)) == ("campaigns:due_returns", amount)


def test_given_a_row_when_it_is_told_of_a_past_day_then_it_had_not_come_yet(stage: ReturnStage) -> None:
    form = adopted(stage, "西村")
    stage.on(date(2018, 1, 22))
    stage.sent(stage.begin(form, *FIRST, unit="西村", who="village_west"), "village_west")
    town = stage.loop.town.town.path

    [then] = fell_due(Question(town, NEW_YEAR, FRIDAY))
    [now] = fell_due(Question(town, NEW_YEAR, date(2018, 1, 22)))

    assert (then.sent_at, then.is_late) == (None, True)
    assert (now.sent_at is not None and day_of(now.sent_at), now.is_late) == (date(2018, 1, 22), True)


def test_given_a_village_when_it_asks_for_the_rows_of_the_town_then_there_are_none(stage: ReturnStage) -> None:
    play(stage)
    east, town = stage.loop.by("village_east"), stage.loop.town

    with pytest.raises(NotFound):
        queries.due_for(east, Question(town.town.path, NEW_YEAR, FRIDAY), Of.DUE, form_id=None, unit_id=None)

    mine = queries.due_for(
        east, Question(town.units["东村"].path, NEW_YEAR, FRIDAY), Of.DUE, form_id=None, unit_id=None
    )
    assert {one.unit_name for one in mine} == {"东村"}
    assert len(queries.opened_of(east, mine)) == 1


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(until=st.dates(date(2018, 1, 8), date(2018, 2, 20)), hour=st.integers(0, 23))
def test_given_any_instant_when_asked_then_due_is_what_came_in_time_and_what_did_not(
    until: date, hour: int, stage: ReturnStage
) -> None:
    if not stage.diary:
        play(stage)
    moment = end_of(until) - timedelta(hours=24 - hour)
    asked = Question(stage.loop.town.town.path, NEW_YEAR, until, kept=Kept(moment))

    rows = fell_due(asked)

    amounts = {of: sum(one.is_one_of(of) for one in rows) for of in Of}
    assert amounts[Of.DUE] == amounts[Of.ON_TIME] + amounts[Of.LATE] == len(rows)
    assert all(one.due_at <= moment for one in rows)
    assert told(stage, until, moment) == (amounts[Of.DUE], amounts[Of.ON_TIME])
