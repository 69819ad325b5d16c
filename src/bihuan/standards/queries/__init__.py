"""What standards answers: the calendar, dated parameters, criteria by clause and day.

All of it is read on every request and changes rarely: it is kept in the process, and one small query per call asks
whether its stamp is still the same (see Stamp).
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db.models import Q

from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.in_force import Dated
from bihuan.standards import rules
from bihuan.standards.data import held_in_part, noticed_years
from bihuan.standards.data.adjacent import read_adjacent
from bihuan.standards.data.guiding import questions_version, read_questions
from bihuan.standards.data.judging import book_with, fire_with, judge_of, judging_version
from bihuan.standards.models import HolidayDay, HolidayYear, ParameterOverride
from bihuan.standards.queries import words
from bihuan.standards.queries.shelves import (
    CRITERIA,
    LOADED,
    STAMPS,
    Shelf,
    criterion,
    libraries,
    library,
    library_for,
    packaged,
    shelf_at,
    standard,
    whole_library,
)
from bihuan.standards.queries.stamps import draw
from bihuan.standards.rules import (
    CalendarVersion,
    CalendarYear,
    Criterion,
    DayKind,
    Feature,
    ParameterEntry,
    ParameterValue,
    Sector,
    SpecialDay,
    Value,
)
from bihuan.standards.rules.advice import Advice, advice_of, unable
from bihuan.standards.rules.determine import FAILURES, Case, Enterprise, Judge, adjacent_to
from bihuan.standards.rules.guiding import Paper, QuestionBook, paper_of, with_asks
from bihuan.standards.rules.loading import version_beside
from bihuan.standards.rules.teaching import Lesson, said_in, taught, version_with
from bihuan.trail import queries as trail
from bihuan.trail.rules import EventLine

__all__ = [
    "CRITERIA",
    "LOADED",
    "criterion",
    "held_in_part",
    "libraries",
    "library",
    "library_for",
    "packaged",
    "standard",
    "whole_library",
]
logger = logging.getLogger(__name__)
NOTHING_KNOWN: Final = Enterprise()
CALENDAR: Final = "calendar"
ASKED: Final = "level.asked"  # the kind of event that keeps the answers of guided questions


def town_stamp(town_id: UUID) -> str:
    """Return the scope of the stamp of a town's own values."""
    return f"town:{town_id.hex}"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a process keeps of a town: the tokens it was read under, years, calendar and the town's own values."""

    tokens: tuple[object, ...]
    years: Mapping[int, CalendarYear]
    calendar: WorkCalendar
    own: Mapping[str, tuple[Dated[Value], ...]]


_kept_towns: dict[UUID | None, _Kept] = {}
MOST_TOWNS_KEPT: Final = 256
MOST_JUDGES: Final = 16  # towns with standards of their own whose compiled judge a process keeps


def _kept(town_id: UUID | None) -> _Kept:
    return _kept_of([town_id])[town_id]


def _kept_of(town_ids: Iterable[UUID | None]) -> dict[UUID | None, _Kept]:
    """Return what is kept of these towns, read anew where a stamp has changed; one query where none has."""
    asked = list(dict.fromkeys(town_ids))
    drawn = draw([CALENDAR, *(town_stamp(one) for one in asked if one)])
    found: dict[UUID | None, _Kept] = {}
    for one in asked:
        tokens = (drawn.get(CALENDAR), drawn.get(town_stamp(one)) if one else None)
        kept = _kept_towns.get(one)
        found[one] = kept if kept is not None and kept.tokens == tokens else _read_town(one, tokens)
    return found


def _read_town(town_id: UUID | None, tokens: tuple[object, ...]) -> _Kept:
    years = _read_years(town_id)
    kept = _Kept(tokens, years, rules.work_calendar(years.values()), _read_own(town_id))
    if len(_kept_towns) >= MOST_TOWNS_KEPT:
        _kept_towns.clear()
    _kept_towns[town_id] = kept
    return kept


def _read_years(town_id: UUID | None) -> dict[int, CalendarYear]:
    """Return every year from the first to the last known: a town's own, else the national row, else the seed."""
    years = {year: rules.provisional_year(year) for year in range(rules.FIRST_YEAR, rules.LAST_YEAR + 1)}
    years |= noticed_years()
    versions = HolidayYear.objects.filter(Q(town_id__isnull=True) | Q(town_id=town_id)).order_by("version")
    rows = list({(row.town_id, row.year): row for row in versions}.values())
    days: dict[UUID, list[SpecialDay]] = {}
    for row in HolidayDay.objects.filter(holiday_year__in=[row.pk for row in rows]).order_by("day"):
        days.setdefault(row.holiday_year_id, []).append(SpecialDay(row.day, DayKind(row.kind), row.name))
    for year in sorted(rows, key=lambda row: row.town_id is not None):
        years[year.year] = CalendarYear(
            year=year.year,
            days=tuple(days.get(year.pk, ())),
            source=year.source,
            provisional=year.provisional,
            own=year.town_id is not None,
        )
    return years


def _read_own(town_id: UUID | None) -> dict[str, tuple[Dated[Value], ...]]:
    own: dict[str, tuple[Dated[Value], ...]] = {}
    if town_id is None:
        return own
    for row in ParameterOverride.objects.filter(town_id=town_id).order_by("valid_from", "set_at", "id"):
        value = rules.read_value(rules.parameter(row.name), row.value)
        own[row.name] = (*own.get(row.name, ()), Dated(value, row.valid_from, row.valid_to, row.source))
    return own


def work_calendar(town_id: UUID | None) -> WorkCalendar:
    """Return the calendar that holds in a town; None for the national one."""
    return _kept(town_id).calendar


def calendar_year(town_id: UUID | None, year: int) -> CalendarYear:
    """Return one year of a town's calendar with its source; a year beyond all tables is provisional."""
    return _kept(town_id).years.get(year) or rules.provisional_year(year)


def calendar_years(town_id: UUID | None) -> Mapping[int, CalendarYear]:
    """Return all years of a town's calendar that are known."""
    return _kept(town_id).years


def days_moved(town_id: UUID | None, *, year: int, days: Iterable[SpecialDay]) -> list[tuple[date, bool]]:
    """Return the days that a notice would change, each with whether it would be a working day."""
    laid = rules.lay_holidays(CalendarYear(year, tuple(days), ""), calendar_years(town_id))
    after = rules.work_calendar(new for _, new in laid)
    moved = [day for old, new in laid for day in rules.moved_days(old, new)]
    return [(day, after.is_working_day(day)) for day in moved]


def festival_on(name: str, year: int) -> date | None:
    """Return the day of a festival (春节, 除夕, 元旦, 清明, 五一, 端午, 中秋, 国庆) in a year, or None if not known."""
    return rules.festival_on(name, year)


def parameter(name: str, *, town_id: UUID | None, on: date) -> Value:
    """Return a parameter's value for a town on a day. Raises UnknownParameter."""
    return parameters([name], town_id=town_id, on=on)[name]


def parameters(names: Iterable[str], *, town_id: UUID | None, on: date) -> dict[str, Value]:
    """Return several parameters' values in one query."""
    own = _kept(town_id).own
    return {name: rules.effective(rules.parameter(name), own.get(name, ()), on=on).value for name in names}


def numbers(names: Iterable[str], *, town_id: UUID | None, on: date) -> dict[str, int]:
    """Return several whole-number parameters; like `parameters`, but typed for arithmetic."""
    found = parameters(names, town_id=town_id, on=on)
    return {name: int(value) for name, value in found.items() if isinstance(value, int | Decimal)}


def numbers_by_day(names: Collection[str], *, town_id: UUID | None, days: Iterable[date]) -> dict[date, dict[str, int]]:
    """Return whole-number parameters as they were on each of several days, in one query."""
    kept = _kept(town_id)
    return {on: {name: _number(name, kept, on) for name in names} for on in days}


def grounds(
    names: Collection[str], *, town_ids: Iterable[UUID | None], on: date
) -> dict[UUID | None, tuple[dict[str, int], WorkCalendar]]:
    """Return whole-number parameters and the calendar of several towns in one query."""
    return {
        town_id: ({name: _number(name, kept, on) for name in names}, kept.calendar)
        for town_id, kept in _kept_of(town_ids).items()
    }


def _number(name: str, kept: _Kept, on: date) -> int:
    value = rules.effective(rules.parameter(name), kept.own.get(name, ()), on=on).value
    if not isinstance(value, int | Decimal):
        raise TypeError(f"{name} is no number")
    return int(value)


def parameters_shown(town_id: UUID | None, *, on: date) -> list[ParameterValue]:
    """Return every parameter with its value on a day and its source, in the order of the table."""
    own = _kept(town_id).own
    return [rules.effective(declared, own.get(declared.name, ()), on=on) for declared in rules.PARAMETERS]


def parameter_history(name: str, *, town_id: UUID | None) -> list[ParameterEntry]:
    """Return a town's own values of a parameter and the packaged ones, the latest set first."""
    declared = rules.parameter(name)
    rows = ParameterOverride.objects.filter(town_id=town_id, name=name).order_by("-set_at", "-id") if town_id else ()
    own = [
        ParameterEntry(
            ParameterValue(
                declared, rules.read_value(declared, row.value), row.source, row.valid_from, row.valid_to, own=True
            ),
            row.set_at,
            row.set_by,
        )
        for row in rows
    ]
    packaged = [
        ParameterEntry(ParameterValue(declared, entry.value, entry.source, entry.valid_from, entry.valid_to))
        for entry in reversed(declared.values)
    ]
    return own + packaged


def calendar_history(town_id: UUID | None, year: int) -> list[CalendarVersion]:
    """Return the versions of a year that hold or held in a town, the latest first, without their days."""
    rows = HolidayYear.objects.filter(Q(town_id__isnull=True) | Q(town_id=town_id), year=year)
    return [
        CalendarVersion(
            CalendarYear(row.year, (), row.source, row.provisional, own=row.town_id is not None),
            row.version,
            row.set_at,
            row.set_by,
        )
        for row in sorted(rows, key=lambda row: (row.town_id is not None, row.version), reverse=True)
    ]


def criteria_in_force(
    on: date,
    sectors: Collection[Sector] | None = None,
    features: Collection[Feature] | None = None,
    *,
    path: str = "",
) -> Sequence[Criterion]:
    """Return the items in force at a path on a day that can concern such a place, special standards first."""
    return rules.in_force_items(library(path), on=on, sectors=sectors, features=features)


def advise(text: str, on: date, enterprise: Enterprise = NOTHING_KNOWN, *, path: str = "") -> Advice:
    """Return what the words of a finding propose, by all that was in force on the day it was found; a person decides.

    enterprise: what is known of the place, in people's words. path: where it was found; the own words that hold there
    are known. The judge is compiled once per library (about 0.3 s). One query while no stamp has changed.
    """
    return _advised_or_unable(*_known_at(path), text, on, enterprise)


def advise_with(
    lessons: Iterable[Lesson], text: str, on: date, enterprise: Enterprise = NOTHING_KNOWN, *, path: str = ""
) -> Advice:
    """Return what `advise` would answer if these words were known too."""
    known, own = _known_at(path)
    return _advised_or_unable(known, own.union(lessons), text, on, enterprise)


def judge_at(path: str) -> Judge:
    """Return the judge that knows the own words holding at a path; the packaged words alone for ""."""
    return _taught(*_known_at(path))


def own_lessons(path: str) -> frozenset[Lesson]:
    """Return the own words that hold at a path."""
    return _known_at(path)[1]


def _known_at(path: str) -> tuple[Shelf, frozenset[Lesson]]:
    drawn = draw([*STAMPS, *words.stamps_at(path)])
    return shelf_at(path, drawn), words.lessons_at(path, drawn)


def _advised_or_unable(known: Shelf, lessons: frozenset[Lesson], text: str, on: date, enterprise: Enterprise) -> Advice:
    """Return the advice, or that there is none this time: the pages of a hazard never fail with its suggestion.

    Every suggestion on a page is asked here. What failed is logged with its trace, not with the words of the finding.
    """
    try:
        return _advised(known, lessons, text, on, enterprise)
    except FAILURES:  # whatever the judge stumbles over, the page needs it for a hint only
        logger.exception("no suggestion for a finding of %s with %d characters", on, len(text))
        return unable(version_with(version_beside(judging_version(), known.loaded), lessons))


@lru_cache(maxsize=256)
def _advised(known: Shelf, lessons: frozenset[Lesson], text: str, on: date, enterprise: Enterprise) -> Advice:
    """Keep the last answers: a form asks when it is shown, for its choices, and when it is sent."""
    judge = _taught(known, lessons)
    used = said_in(judge, lessons, f"{text};{enterprise.words}") if lessons else ()
    version = version_with(version_beside(judging_version(), known.loaded), lessons)
    return advice_of(judge.determine(Case(text, on, enterprise)), version=version, own_words=tuple(used))


@lru_cache(maxsize=64)
def _taught(known: Shelf, lessons: frozenset[Lesson]) -> Judge:
    return taught(_judge(known), lessons)


@lru_cache(maxsize=MOST_JUDGES)
def _judge(known: Shelf) -> Judge:
    if not known.loaded:
        return judge_of(known.library)
    return judge_of(known.library, book_with(known.loaded), fire_with(known.loaded))


def guided_paper(on: date, sectors: Collection[Sector], features: Collection[Feature], *, path: str = "") -> Paper:
    """Return the guided questions of a place on a day. path: where it lies."""
    known = shelf_at(path, draw(STAMPS))
    return paper_of(_questions(known), known.library, on=on, sectors=sectors, features=features)


def adjacent_says(text: str, enterprise: Enterprise, on: date) -> list[str]:
    """Return which standards that are not held a finding may belong to, each in a sentence."""
    found = adjacent_to(read_adjacent(), text, enterprise.words, on=on)
    return list(dict.fromkeys(one.says for one in found))


def asking_version(path: str) -> str:
    """Return what names the questions that are asked at a path."""
    return version_beside(questions_version(), shelf_at(path, draw(STAMPS)).loaded)


@lru_cache(maxsize=MOST_JUDGES)
def _questions(known: Shelf) -> QuestionBook:
    written = {item: asks for one in known.loaded for item, asks in one.asks.items()}
    counted = {one.standard.id: one.procedure for one in known.loaded if one.procedure is not None}
    return with_asks(read_questions(), written, counted)


def features_asked(on: date, sectors: Collection[Sector], *, path: str = "") -> Sequence[Feature]:
    """Return the features that decide which clauses concern a place of these sectors, its own lists' before others'."""
    items = sorted(criteria_in_force(on, sectors, path=path), key=lambda one: bool(one.sectors & rules.CROSS_CUTTING))
    return list(dict.fromkeys(feature for one in items for feature in sorted(one.features)))


def interviews_about(subject_id: UUID) -> list[EventLine]:
    """Return the kept answers about a hazard or an enterprise that the caller has guarded, the latest first."""
    return list(reversed(trail.events_of([subject_id], kinds=[ASKED])))
