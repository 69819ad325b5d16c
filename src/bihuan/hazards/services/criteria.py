"""The criterion of a major hazard, in the words and the version of the library (R3.2, R0.1)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Criterion, Given
from bihuan.hazards.rules.states import Level
from bihuan.standards import queries as standards
from bihuan.standards.rules import Library
from bihuan.standards.rules.concluding import is_fire, why_person
from bihuan.standards.rules.criteria import UnknownCriterion

NAMES_CRITERION: Final = frozenset({Act.CONFIRM, Act.RAISE_LEVEL})
VERSION_LENGTH: Final = 48


def with_real_criteria(
    rows: Sequence[Hazard], givens: Sequence[Given], act: Act, *, today: date
) -> tuple[list[Given], dict[UUID, str]]:
    """Take words and version of each criterion from the library, by the day on which the hazard was found.

    What is in force on the day of the act will do too, for a condition that is still there. Returns the givens, and
    the hazards whose criterion is unknown or was in force on neither day, each with its sentence.
    """
    if act not in NAMES_CRITERION or not any(given.criterion for given in givens):
        return list(givens), {}
    known = standards.libraries(row.path for row in rows)
    refused: dict[UUID, str] = {}
    real: list[Given] = []
    for row, given in zip(rows, givens, strict=True):
        try:
            real.append(_real(known[row.path], given, found_on=row.found_on, days=(row.found_on, today)))
        except UnknownCriterion as unknown:
            refused[row.pk] = unknown.say
            real.append(given)
    return real, refused


def _real(library: Library, given: Given, *, found_on: date, days: Sequence[date]) -> Given:
    named = given.criterion
    if named is None or given.level == Level.GENERAL or not named.standard or not named.clause:
        return given
    first, *others = days
    try:
        found = library.criterion(named.standard, named.clause, on=first)
    except UnknownCriterion:
        if not others:
            raise
        return _real(library, given, found_on=found_on, days=others)
    standard = library.standard(found.standard_id)
    version = (standard.document_number or str(standard.effective_on or ""))[:VERSION_LENGTH]
    real = Criterion(
        found.standard_id,
        found.clause,
        version,
        found.text,
        later=not standard.holds_on(found_on),
        by_fire=is_fire(standard),
        by_person=why_person(found, standard, on=first),
        item=found.id,
    )
    return replace(given, criterion=real)
