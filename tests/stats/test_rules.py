from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.measures import Delta, overdue_from
from bihuan.stats import rules

DAYS = st.dates(date(2016, 1, 1), date(2019, 12, 31))


@dataclass(frozen=True)
class Seen:
    kind: str = "hazard.reported"
    day: date = date(2018, 2, 14)
    path: str = "/32/04/13/101/203/"
    sector: str = "machinery"
    enterprise_id: UUID | None = None
    level: str = "general"
    source: str = "patrol"
    figures: dict[str, Any] = field(default_factory=dict)


@given(start=DAYS, end=DAYS)
def test_given_any_period_when_spanned_then_its_rows_cover_each_day_once(start: date, end: date) -> None:
    span = rules.span_between(start, end)

    covered: defaultdict[date, int] = defaultdict(int)
    for first, last in span.days:
        assert first is not None
        for offset in range((last - first).days + 1):
            covered[first + timedelta(days=offset)] += 1
    if span.months is not None:
        month, last_month = span.months
        assert month is not None
        while month <= last_month:
            following = (month + timedelta(days=32)).replace(day=1)
            for offset in range((following - month).days):
                covered[month + timedelta(days=offset)] += 1
            month = following

    wanted = {start + timedelta(days=offset): 1 for offset in range((end - start).days + 1)}
    assert dict(covered) == wanted


@given(amounts=st.lists(st.tuples(DAYS, st.integers(-3, 3)), max_size=30), until=DAYS)
def test_given_any_deltas_when_summed_until_a_day_then_months_and_days_agree_with_a_recount(
    amounts: list[tuple[date, int]], until: date
) -> None:
    cells = rules.fold((Seen(day=day), Delta("m", amount)) for day, amount in amounts)
    span = rules.span_until(until)
    assert span.months is not None

    total = 0
    for (key, _, _, grain, on), amount in cells.items():
        in_months = grain == rules.MONTH and on <= span.months[1]
        in_days = grain == rules.DAY and on.replace(day=1) == span.days[0][0] and on <= span.days[0][1]
        if key == "/32/04/13/101/" and (in_months or in_days):
            total += amount

    assert total == sum(amount for day, amount in amounts if day <= until)


def test_given_a_row_in_a_village_when_keyed_then_each_unit_and_sector_and_each_source_above_counts_it_once() -> None:
    keys = list(rules.keys_of(path="/32/04/13/101/203/", sector="machinery", enterprise_id=None, source="patrol"))

    assert len(keys) == len(set(keys)) == 14
    assert "/32/04/13/101/203/" in keys
    assert "/32/04/13/101/|sector:machinery" in keys
    assert "/32/04/13/101/203/|sector:machinery" in keys
    assert "/32/04/13/101/|source:patrol" in keys
    assert "/32/04/13/101/203/|source:patrol" not in keys


@given(deadline=DAYS, started=DAYS, lasted=st.integers(0, 90), asked=DAYS)
def test_given_a_clock_started_and_stopped_when_asked_as_of_any_day_then_overdue_is_what_a_person_would_say(
    deadline: date, started: date, lasted: int, asked: date
) -> None:
    stopped = started + timedelta(days=lasted)
    deltas = overdue_from("late", 1, deadline=deadline, known_on=started)
    deltas += overdue_from("late", -1, deadline=deadline, known_on=stopped)

    count = sum(delta.amount for delta in deltas if delta.day is not None and delta.day <= asked)

    assert count == int(started <= asked < stopped and asked > deadline)


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(1159, 1874, "61.8"), (0, 0, "—"), (702, 844, "83.2"), (1, 1, "100.0")]
)
def test_given_a_part_and_a_whole_when_rated_then_the_quotient_is_computed(part: int, whole: int, text: str) -> None:
    assert rules.rate_text(part, whole) == text


def test_given_the_first_month_of_all_when_spanned_until_a_day_then_no_month_comes_before_it() -> None:
    assert rules.span_until(date(1, 1, 9)) == rules.Span(months=None, days=((date(1, 1, 1), date(1, 1, 9)),))
