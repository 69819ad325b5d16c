"""Every figure that is measured today: numerator and denominator from a built history, now and as of its first day."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from bihuan.campaigns import queries
from bihuan.campaigns.queries import Value
from bihuan.campaigns.rules.catalogue import BY_KEY, CATALOGUE
from bihuan.campaigns.rules.terms import Kind, State, Where, said
from bihuan.hazards import queries as hazards
from bihuan.hazards.rules.states import PlaceKind
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as stats
from bihuan.stats import services as stats_services
from bihuan.stats.rules import Here, summands_of
from bihuan.web.hazards.filters import read
from tests.campaigns.history import live
from tests.campaigns.supervised import FIGURES as OF_SUPERVISION
from tests.campaigns.test_own_figures import EXPECTED as OF_CAMPAIGNS
from tests.hazards.stage import DAY, Stage, make_stage
from tests.intake.stage import ListStage, make_list_stage
from tests.intake.test_lists import ROW
from tests.kept import made_once

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2017, 10, 1), date(2018, 3, 31)
Pair = tuple[int | None, int | None]

# key: (numerator, denominator) at the end of the first day and twelve days later, as `tests.campaigns.history` plays.
EXPECTED: Final[dict[str, tuple[Pair, Pair]]] = {
    "alike.firms_checked": ((0, 2), (1, 2)),
    "alike.units_answered": ((0, 2), (1, 2)),
    "majors.closed": ((0, 1), (0, 2)),
    "leaders.listed": ((1, 2), (1, 2)),
    "firms.one_lead": ((2, 3), (2, 2)),  # the hotel that nobody led was closed
    "hazards.on_time": ((1, 3), (2, 4)),
    "self_reports.firms": ((1, 3), (1, 2)),
    "hazards.self_found": ((1, 6), (1, 7)),  # one was handed to another body
    "hazards.graded_in_time": ((5, 6), (5, 7)),  # one graded late, one not yet
    "majors.cited": ((1, 1), (2, 2)),
    "majors.listed": ((1, 1), (1, 2)),
    "majors.listed_in_time": ((1, 1), (1, 1)),
    "superior.accepted_in_time": ((0, 0), (0, 0)),
    "alike.items_completed": ((0, 1), (1, 1)),
    "alike.found": ((0, None), (3, None)),
    "superior.closed": ((0, 1), (1, 1)),
    "superior.recognised": ((0, 0), (1, 1)),
    "hazards.arranged": ((4, 4), (4, 4)),
    "hazards.reviewed": ((1, 3), (2, 3)),
    "hazards.overdue": ((0, 5), (1, 5)),
    "hazards.repeat_of_closed": ((0, 1), (1, 2)),
    "hazards.days_to_close": ((5, 1), (17, 2)),
    "majors.criterion_valid": ((1, 1), (1, 2)),
    "fields.rectified": ((0, 0), (0, 0)),  # all hazards here are of other fields; one that is not: below
    "transfers.answered": ((0, 1), (1, 1)),
    "areas.led": ((1, 2), (1, 2)),
    "hazards.closed": ((1, 6), (2, 7)),
    "hazards.repeat_of_found": ((0, 6), (1, 7)),
    "returns.on_time": ((0, 0), (0, 0)),  # nobody owes a form here; see tests/campaigns/returns
}


@pytest.fixture
def stage(db: None) -> Stage:
    return _lived()


@made_once
def _lived() -> Stage:
    made = make_stage()
    live(made)
    return made


def _values(stage: Stage, on: date, *, path: str = "", sectors: tuple[str, ...] = ()) -> dict[str, Value]:
    where = Where(path or stage.town.town.path, sectors)
    values = queries.indicator_values(PLATFORM, list(EXPECTED), where, since=SINCE, until=UNTIL, on=on, today=stage.day)
    return {one.indicator.key: one for one in values}


def _pairs(values: dict[str, Value]) -> dict[str, Pair]:
    return {key: (one.numerator, one.denominator) for key, one in values.items()}


def test_given_the_catalogue_when_measured_then_each_measured_figure_is_expected_here() -> None:
    measured = {one.key for one in CATALOGUE if one.state(queries.known_names()) is State.MEASURED}

    assert measured == set(EXPECTED) | set(OF_CAMPAIGNS) | set(OF_SUPERVISION)


def test_given_a_history_when_each_figure_is_asked_then_it_is_as_built_now_and_on_the_first_day(stage: Stage) -> None:
    assert _pairs(_values(stage, DAY)) == {key: first for key, (first, _) in EXPECTED.items()}
    assert _pairs(_values(stage, stage.day)) == {key: last for key, (_, last) in EXPECTED.items()}

    stats_services.rebuild()

    assert _pairs(_values(stage, stage.day)) == {key: last for key, (_, last) in EXPECTED.items()}


def test_given_what_is_said_when_a_rate_has_no_denominator_then_a_dash_stands(stage: Stage) -> None:
    values = _values(stage, DAY)

    assert (values["superior.recognised"].text, values["majors.closed"].text) == ("—", "0.0%")
    assert (values["hazards.days_to_close"].text, values["alike.found"].text) == ("5.0 天", "0")


def test_given_villages_when_added_up_then_they_are_the_town_for_every_figure_that_adds_up(stage: Stage) -> None:
    alone = {name for name, one in stats.asked_figures().items() if not one.adds_up}
    keys = [key for key in EXPECTED if not BY_KEY[key].names() & alone]
    for on in (DAY, DAY + timedelta(days=5), stage.day):
        town = _values(stage, on)
        parts = [_values(stage, on, path=stage.town.units[name].path) for name in ("东村", "西村")]
        for key in keys:
            assert town[key].numerator == sum(part[key].numerator or 0 for part in parts), key
            assert (town[key].denominator or 0) == sum(part[key].denominator or 0 for part in parts), key
    assert len(keys) == 22


def test_given_sectors_when_added_up_then_they_are_the_town_where_a_figure_knows_sectors(stage: Stage) -> None:
    town = _values(stage, stage.day)
    sectors = [_values(stage, stage.day, sectors=(one,)) for one in ("machinery", "light_industry", "fire_crowded")]

    without = {key for key, one in sectors[0].items() if one.numerator is None and not BY_KEY[key].sectors}
    assert without == {"leaders.listed", "areas.led", "superior.accepted_in_time", "returns.on_time"}
    assert {sectors[0][key].text for key in without} == {"—"}
    assert all("不分行业" in sectors[0][key].why for key in without)
    assert "不管这些领域" in sectors[0]["fields.rectified"].why
    for key in EXPECTED.keys() - without - {key for key in EXPECTED if key.startswith("alike.")}:
        assert town[key].numerator == sum(part[key].numerator or 0 for part in sectors), key


def test_given_addresses_when_opened_then_the_lists_show_what_was_counted(stage: Stage) -> None:
    values = _values(stage, stage.day)
    rows = [row for one in values.values() for row in (*one.numerator_rows, *one.denominator_rows)]
    listed = [row for row in rows if row.page == "hazards:list"]

    for row in listed:
        found = hazards.listing(PLATFORM, read(QueryDict(urlencode(row.query))), today=stage.day)
        assert found.total == row.amount, row
    assert len(listed) > 20


@pytest.mark.parametrize("sectors", [(), ("machinery",), ("machinery", "light_industry")])
def test_given_any_day_when_addresses_are_opened_then_every_term_lists_exactly_what_it_counts(
    stage: Stage, sectors: tuple[str, ...]
) -> None:
    opened = 0
    for on in (DAY, stage.day - timedelta(days=1), stage.day):
        for one in _values(stage, on, sectors=sectors).values():
            terms = zip(one.indicator.terms(), (one.numerator, one.denominator), strict=False)
            listed = (one.numerator_rows, one.denominator_rows)
            for (term, amount), rows in zip(terms, listed, strict=False):
                if amount:  # a term of a room, too: enterprises, posts, villages, 举一反三
                    (row,) = rows
                    opened += row.page in {"hazards:counted", "stats:counted"}
                    found = _total(row, stage.day)
                    assert row.amount == amount, (on, sectors, one.indicator.key)
                    assert found in {amount, None}, (on, sectors, one.indicator.key, term.meaning)
                    assert found is not None or on == stage.day
    assert opened > 20


def _total(row: queries.Rows, today: date) -> int | None:
    """How much the page of an address lists; None of lists of today that other tests open."""
    query = row.query
    if row.page not in {"hazards:list", "hazards:counted", "stats:counted"}:
        return None
    if row.page == "hazards:list":
        return hazards.listing(PLATFORM, read(QueryDict(urlencode(query))), today=today).total
    since, until = (date.fromisoformat(query.get(name, query["until"])) for name in ("since", "until"))
    sectors = tuple(filter(None, query.get("sector", "").split(",")))
    if row.page == "stats:counted":
        asked = Question(query["path"], since, until, sectors)
        return sum(one.amount for one in stats.lines_behind(PLATFORM, query["figure"], asked))
    here = Here(query["path"], sectors)
    behind = stats.rows_of_sum(PLATFORM, summands_of(query["measure"]), here, since=since, until=until)
    return sum(one.amount for one in behind)


def test_given_a_figure_whose_room_is_not_there_when_asked_then_it_waits_by_name_and_gives_no_number(
    stage: Stage,
) -> None:
    keys = ["accidents.decline", "campaign.firms_covered", "awareness.itself"]
    where = Where(stage.town.town.path)

    waiting, partly, never = queries.indicator_values(PLATFORM, keys, where, since=SINCE, until=UNTIL, on=DAY)

    assert (waiting.state, waiting.waits, waiting.numerator, waiting.text) == (
        State.WAITING,
        ("accidents",),
        None,
        "—",
    )
    assert (partly.state, partly.waits, partly.denominator) == (State.WAITING, ("inspections",), None)
    assert (never.state, never.why, never.numerator) == (
        State.UNMEASURABLE,
        "意识本身没有数据。只看替代指标：负责人受训率。",
        None,
    )


def test_given_a_village_when_it_asks_then_its_own_is_told_and_the_town_is_not(stage: Stage) -> None:
    village = stage.by("village_east")
    own, town = Where(stage.town.units["东村"].path), Where(stage.town.town.path)

    told = queries.indicator_value(village, "hazards.closed", own, since=SINCE, until=UNTIL, on=stage.day)

    assert (told.numerator, told.denominator) == (2, 7)
    for key in ("fields.rectified", "areas.led", "accidents.decline"):
        with pytest.raises(NotFound):
            queries.indicator_value(village, key, town, since=SINCE, until=UNTIL, on=stage.day)
    with pytest.raises(NotFound):
        queries.indicator_value(village, "no.such", own, since=SINCE, until=UNTIL, on=stage.day)


def test_given_hazards_of_the_key_fields_when_asked_then_only_they_count_and_their_rows_open(stage: Stage) -> None:
    east = stage.town.units["东村"].path
    for sector, name in (("fire_crowded", "东风饭店"), ("machinery", "无名作坊")):
        at = {"enterprise_id": None, "place_kind": PlaceKind.PUBLIC_PLACE, "place_name": name, "path": east}
        stage.report(**at, sector=sector, party_name="经营者")

    def asked(sectors: tuple[str, ...] = ()) -> Value:
        where = Where(stage.town.town.path, sectors)
        return queries.indicator_value(
            PLATFORM, "fields.rectified", where, since=SINCE, until=UNTIL, on=stage.day, today=stage.day
        )

    assert (asked().numerator, asked().denominator) == (0, 1)
    assert (asked(("fire_crowded", "machinery")).denominator, asked(("machinery",)).denominator) == (1, None)
    assert "不管这些领域" in asked(("machinery",)).why
    [rows] = asked().denominator_rows
    assert rows.amount == 1
    assert "machinery" not in str(rows.query)


def test_given_a_department_when_it_asks_then_its_sectors_are_told(stage: Stage) -> None:
    industry = stage.by("industry")
    where = Where(stage.town.town.path, ("light_industry", "machinery"))

    told = queries.indicator_value(industry, "hazards.closed", where, since=SINCE, until=UNTIL, on=stage.day)

    assert (told.numerator, told.denominator) == (2, 7)
    with pytest.raises(NotFound):
        queries.indicator_value(
            industry, "hazards.closed", Where(where.path, ("construction",)), since=SINCE, until=UNTIL, on=stage.day
        )


def test_given_a_period_that_has_not_begun_when_asked_then_nothing_is_counted(stage: Stage) -> None:
    where = Where(stage.town.town.path)
    value = queries.indicator_value(
        PLATFORM, "hazards.closed", where, since=date(2019, 1, 1), until=date(2019, 3, 31), on=stage.day
    )

    assert (value.numerator, value.denominator, value.text) == (0, 0, "—")


def test_given_two_periods_when_the_same_figures_are_asked_then_each_counts_in_its_own_range(stage: Stage) -> None:
    """What was closed before a campaign began is not its own; what is open is, however old."""
    town, last = Where(stage.town.town.path), stage.day
    keys = [
        "hazards.closed",
        "majors.closed",
        "hazards.on_time",
        "hazards.arranged",
        "superior.closed",
        "hazards.overdue",
    ]

    def asked(since: date) -> list[Value]:
        return queries.indicator_values(PLATFORM, keys, town, since=since, until=UNTIL, on=last, today=last)

    assert [(one.numerator, one.denominator) for one in asked(SINCE)] == [
        (2, 7), (0, 2), (2, 4), (4, 4), (1, 1), (1, 5)
    ]  # fmt: skip
    later = asked(last)  # one of the two was closed on the first day
    assert [(one.numerator, one.denominator) for one in later] == [
        (1, 6), (0, 2), (1, 3), (3, 3), (1, 1), (1, 5)
    ]  # fmt: skip
    for one in later:
        for amount, rows in ((one.numerator, one.numerator_rows), (one.denominator, one.denominator_rows)):
            assert [_total(row, last) for row in rows] == [amount] * bool(amount), one.indicator.key
    assert "开始时没有销号的" in BY_KEY["hazards.closed"].terms()[1].meaning


def test_given_one_or_all_hazard_figures_when_asked_then_the_cube_is_read_once(stage: Stage) -> None:
    where = Where(stage.town.town.path)
    in_cube = [key for key in EXPECTED if BY_KEY[key].names() <= stats.measures().keys()]
    counts = []
    for keys in (in_cube[:1], in_cube):
        with CaptureQueriesContext(connection) as caught:
            queries.indicator_values(PLATFORM, keys, where, since=SINCE, until=UNTIL, on=stage.day)
        counts.append(len(caught))

    assert counts == [3, 4]  # the cube once for all fields, once for the key fields; the town and what broke open once
    assert len(in_cube) == 18


def test_given_many_places_when_asked_together_then_each_is_as_alone_and_the_cube_is_read_once(stage: Stage) -> None:
    found = [BY_KEY[key] for key in EXPECTED]
    town = stage.town.town.path
    places = {
        "镇": Where(town),
        "东村": Where(stage.town.units["东村"].path),
        "机械": Where(town, ("machinery",)),
    }
    asked = {"since": SINCE, "until": UNTIL, "on": stage.day, "today": stage.day}

    together = queries.values_by_place(PLATFORM, found, places, **asked)
    with CaptureQueriesContext(connection) as caught:
        in_cube = [one for one in found if one.names() <= stats.measures().keys() and not one.sectors]
        queries.values_by_place(PLATFORM, in_cube, places, **asked)

    assert together == {label: queries.values_of(PLATFORM, found, where, **asked) for label, where in places.items()}
    assert sum("stats_cube" in one["sql"] for one in caught.captured_queries) == 1
    assert len(caught) == 3  # and once which town it is, and what broke open again
    with pytest.raises(NotFound):
        queries.values_by_place(stage.by("village_east"), found, places, **asked)


def test_given_a_superiors_list_when_entered_in_time_then_its_indicator_says_so() -> None:
    lists: ListStage = make_list_stage()
    lists.commit(lists.rows([*ROW, "2月底前", "未整改"]))
    where = Where(lists.town.town.path)

    day = lists.now.date()
    value = queries.indicator_value(
        PLATFORM, "superior.accepted_in_time", where, since=SINCE, until=UNTIL, on=day, today=day
    )

    assert (value.numerator, value.denominator, value.text) == (1, 1, "100.0%")
    assert [_total(row, day) for row in (*value.numerator_rows, *value.denominator_rows)] == [1, 1]


def test_given_figures_that_rooms_answer_when_their_rows_are_opened_then_the_room_names_just_these() -> None:
    exact = {"enterprises:list", "hazards:list"}  # lists with a filter for just what is counted
    for one in stats.asked_figures().values():
        assert one.dated or one.lister is not None, one.name
        assert one.dated or one.page in {"", *exact}, one.name


def test_given_a_hazard_closed_twice_when_its_closings_are_counted_then_their_number_is_of_times() -> None:
    assert stats.measures()["hazards.closed"].unit == "次"
    assert said(Kind.MEAN, 13978, 994, "天") == "14.1 天"
