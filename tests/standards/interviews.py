"""Answering guided questions in tests: a place that is sound but for what a clause says."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bihuan.standards.data import read_library
from bihuan.standards.data.guiding import read_questions
from bihuan.standards.rules import Criterion, Feature, Sector, Standard
from bihuan.standards.rules.guiding import (
    Answers,
    Ask,
    Asked,
    Measured,
    Not,
    Paper,
    Reply,
    Result,
    Said,
    Term,
    next_ask,
    paper_of,
    result_of,
    value,
)

MOST: int = 400
NUMBERS = tuple(Decimal(one) for one in (0, 25, 1000))


@dataclass(frozen=True)
class Interview:
    """What was asked and answered, in order, and what it came to."""

    paper: Paper
    given: Answers
    result: Result


def interview(paper: Paper, reply: Callable[[Ask, Answers], Reply], *, about: Sequence[str] = ()) -> Interview:
    """Put questions until none is left."""
    given: dict[str, Reply] = {}
    while (ask := next_ask(paper, given, about=about)) is not None:
        assert ask.name not in given, f"{ask.name} was asked twice"
        assert len(given) < MOST
        given[ask.name] = reply(ask, given)
    return Interview(paper, given, result_of(paper, given))


def replies_to(ask: Ask) -> tuple[Reply, ...]:
    """Return what may be answered, without "not known"."""
    return NUMBERS if ask.unit else (Said.NO, Said.YES)


def sound(paper: Paper) -> Callable[[Ask, Answers], Reply]:
    """Return the answers of a place at which nothing is wrong."""

    def reply(ask: Ask, given: Answers) -> Reply:
        def wrong(one: Reply) -> tuple[int, int]:
            values = [value(item.term, paper.answers({**given, ask.name: one})) for item in paper.items]
            return values.count(True), -values.count(False)

        return min(replies_to(ask), key=wrong)

    return reply


def meeting(term: Term) -> dict[str, Reply]:
    """Return answers that meet a term."""
    return _so(term, holds=True)


def _so(term: Term, *, holds: bool) -> dict[str, Reply]:
    if isinstance(term, Asked):
        return {term.name: Said.YES if holds else Said.NO}
    if isinstance(term, Measured):
        step = 1 if term.more == holds else -1
        return {term.name: term.limit + step}
    if isinstance(term, Not):
        return _so(term.term, holds=not holds)
    found: dict[str, Reply] = {}
    wanted = term.number if holds else len(term.terms) - term.number + 1
    for one in term.terms[:wanted]:
        found |= _so(one, holds=holds)
    return found


def a_day_of(standard: Standard) -> date:
    """Return a day on which a version is in force and preferred."""
    if standard.effective_on is not None:
        return standard.effective_on + timedelta(days=1)
    assert standard.effective_until is not None
    return standard.effective_until


def paper_for(criterion: Criterion, *, on: date) -> Paper:
    """Return the paper of a place that the criterion can concern, and of which nothing else is known."""
    return paper_on(on, {min(criterion.sectors)}, sorted(criterion.features)[:1])


def paper_on(on: date, sectors: Collection[Sector], features: Collection[Feature]) -> Paper:
    """Return the paper of a place on a day."""
    return paper_of(read_questions(), read_library(), on=on, sectors=sectors, features=features)
