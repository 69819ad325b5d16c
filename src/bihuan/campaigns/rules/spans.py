"""Which days a term looks at, seen from the period that is asked; the day of the question bounds them all."""

from datetime import date, timedelta
from typing import NamedTuple

from bihuan.campaigns.rules.terms import Span

FEBRUARY, LEAP_DAY = 2, 29


class Days(NamedTuple):
    """A period, both days inclusive; `until` before `since` is a period that has not begun."""

    since: date
    until: date


def days_of(span: Span, *, since: date, until: date, on: date) -> Days:
    """Return the days of a term. since, until: the period asked. on: the day as of which it is asked."""
    last = min(until, on)
    if span is Span.LAST_YEAR:
        return Days(_year_before(since), _year_before(last))
    if span is Span.THIS_MONTH:
        return Days(max(last.replace(day=1), since), last)
    if span is Span.LAST_MONTH:
        end = last.replace(day=1) - timedelta(days=1)
        return Days(end.replace(day=1), end)
    return Days(since, last)


def before(days: Days) -> Days:
    """Return all the days before a period: a stock at their end is how it stood when the period began."""
    return Days(date.min, days.since - timedelta(days=1) if days.since > date.min else date.min)


def _year_before(day: date) -> date:
    if (day.month, day.day) == (FEBRUARY, LEAP_DAY):
        day -= timedelta(days=1)
    return day.replace(year=day.year - 1)
