"""The catalogue is whole: each clause of the rules' section 13 has its figures, each figure one way to be had."""

import re
from datetime import date

import pytest

from bihuan.campaigns.rules import terms
from bihuan.campaigns.rules.catalogue import BY_KEY, CATALOGUE, CLAUSES, ROOMS, rooms_of, tally
from bihuan.campaigns.rules.spans import Days, days_of
from bihuan.campaigns.rules.terms import Kind, Span, State
from bihuan.stats import queries as stats

# As section 13 of the rules numbers them: every sentence of the plan of 2017 that orders something, long ones split.
SECTION_13 = (
    "0-1a 0-1b 一-1a 一-1b 一-1c 一-1d 一-1e 一-1f 二-1a 二-1b 二-1c 二-1d 二-1e 二-1f 二-1g 二-1h 二-1i 二-1j 二-1k "
    "三(一)-1a 三(一)-1b 三(一)-1c 三(一)-1d 三(一)-2a 三(一)-2b 三(一)-2c 三(一)-2d 三(一)-3a 三(一)-3b 三(一)-3c "
    "三(二)-1a 三(二)-1b 三(二)-1c 三(二)-1d 三(二)-2a 三(二)-2b 三(二)-2c 三(二)-2d 三(二)-2e 三(二)-3a 三(二)-3b "
    "三(三)-1a 三(三)-1b 三(三)-1c 三(三)-1d 三(三)-1e 三(三)-1f 三(三)-1g "
    "三(四)-1a 三(四)-1b 三(四)-1c 三(四)-1d 三(四)-1e 三(四)-1f 三(四)-2 "
    "三(四)-3a 三(四)-3b 三(四)-3c 三(四)-3d 三(四)-3e 三(四)-3f 三(四)-3g "
    "四(一)-1a 四(一)-1b 四(一)-1c 四(一)-1d 四(一)-2a 四(一)-2b "
    "四(二)-1a 四(二)-1b 四(二)-1c 四(二)-1d 四(二)-2 四(二)-3a 四(二)-3b 四(三)-1a 四(三)-1b 四(三)-1c 四(三)-1d"
)
# The plan's own absolutes (* in section 13); all other targets are proposals.
ABSOLUTES = {
    "accidents.decline",
    "deaths.decline",
    "accidents.gravest",
    "majors.listed",
    "hazards.arranged",
    "resumption.plans",
    "resumption.signed",
    "resumption.body_valid",
    "resumption.opinions",
    "resumption.after_receipt",
    "resumption.before_receipt",
    "resumption.illegal_stopped",
    "accountability.concluded",
}


def test_given_section_13_when_compared_then_every_clause_has_its_figures_in_order() -> None:
    assert tuple(SECTION_13.split()) == CLAUSES
    assert len(CLAUSES) == 79


def test_given_the_catalogue_when_read_then_keys_are_unique_and_figures_are_whole() -> None:
    assert len(BY_KEY) == len(CATALOGUE) == 126
    for one in CATALOGUE:
        assert re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", one.key)
        assert one.title
        assert one.source or one.why_not
        wants_whole = one.kind in {Kind.RATE, Kind.TIMES, Kind.DECLINE, Kind.MEAN}
        has_whole = one.denominator is not None
        assert one.why_not or (one.numerator is not None and (has_whole == wants_whole or one.kind is Kind.YES_NO))
        assert all(term.meaning and term.parts for term in one.terms())
    assert {one.key for one in CATALOGUE if one.target is not None and one.target.own} == ABSOLUTES


def test_given_each_figure_when_looked_up_then_it_is_measured_or_waits_for_a_named_room_or_says_why_not() -> None:
    known = frozenset(stats.measures()) | frozenset(stats.asked_figures())
    for one in CATALOGUE:
        state = one.state(known)
        assert (state is State.UNMEASURABLE) == bool(one.why_not)
        assert (state is State.WAITING) == bool(one.missing(known) and not one.why_not)
        assert set(rooms_of(one.missing(known))) <= ROOMS.keys(), f"{one.key} waits for no room that we know"


def test_given_the_registry_when_names_are_read_then_none_is_registered_twice() -> None:
    assert frozenset(stats.measures()) & frozenset(stats.asked_figures()) == frozenset()
    assert all(asked.name == name for name, asked in stats.asked_figures().items())


def test_given_todays_rooms_when_tallied_then_the_summary_says_so() -> None:
    found = tally(frozenset(stats.measures()) | frozenset(stats.asked_figures()))

    assert found.figures == {State.MEASURED: 56, State.WAITING: 69, State.UNMEASURABLE: 1}
    assert sum(found.clauses.values()) + found.partly == 79
    assert found.clauses == {State.MEASURED: 33, State.WAITING: 40, State.UNMEASURABLE: 0}


def test_given_a_room_that_is_added_when_it_registers_then_its_figures_are_measured_without_the_catalogue() -> None:
    known = frozenset({"accidents.count", "accidents.deaths"})

    assert BY_KEY["accidents.decline"].state(known) is State.MEASURED
    assert BY_KEY["accidents.gravest"].state(known) is State.WAITING


@pytest.mark.parametrize(
    ("kind", "numerator", "denominator", "text"),
    [
        (Kind.RATE, 1159, 1874, "61.8%"),
        (Kind.RATE, 0, 0, "—"),
        (Kind.COUNT, 7, None, "7"),
        (Kind.YES_NO, 1, None, "是"),
        (Kind.YES_NO, 0, None, "否"),
        (Kind.TIMES, 3, 4, "0.75"),
        (Kind.TIMES, 3, 0, "—"),
        (Kind.DECLINE, 3, 4, "25.0%"),
        (Kind.DECLINE, 5, 4, "-25.0%"),
        (Kind.MEAN, 17, 2, "8.5"),
        (Kind.MEAN, 17, 0, "—"),
    ],
)
def test_given_two_numbers_when_said_then_the_quotient_is_computed(
    kind: Kind, numerator: int, denominator: int | None, text: str
) -> None:
    assert terms.said(kind, numerator, denominator) == text


@pytest.mark.parametrize(
    ("span", "on", "days"),
    [
        (Span.ASKED, date(2018, 2, 14), Days(date(2017, 12, 18), date(2018, 2, 14))),
        (Span.ASKED, date(2018, 5, 1), Days(date(2017, 12, 18), date(2018, 3, 31))),
        (Span.LAST_YEAR, date(2018, 2, 14), Days(date(2016, 12, 18), date(2017, 2, 14))),
        (Span.THIS_MONTH, date(2018, 2, 14), Days(date(2018, 2, 1), date(2018, 2, 14))),
        (Span.THIS_MONTH, date(2017, 12, 20), Days(date(2017, 12, 18), date(2017, 12, 20))),
        (Span.LAST_MONTH, date(2018, 3, 14), Days(date(2018, 2, 1), date(2018, 2, 28))),
    ],
)
def test_given_a_span_when_seen_from_a_day_then_its_days_are_these(span: Span, on: date, days: Days) -> None:
    assert days_of(span, since=date(2017, 12, 18), until=date(2018, 3, 31), on=on) == days
