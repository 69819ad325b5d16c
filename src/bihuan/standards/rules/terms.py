"""Terms over answers: and, or, not, at least n, with an answer of three values (yes, no, not known)."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Said(StrEnum):
    """What a person answered to a yes-no question; UNKNOWN answers any question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


Reply = Said | Decimal
Answers = Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class Asked:
    """Holds when the question is answered yes."""

    name: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Holds when the number answered lies beyond a limit. more: above it, else below it; the limit itself is within."""

    name: str
    more: bool
    limit: Decimal


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its term does not."""

    term: "Term"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds when at least so many of its terms hold: all of them is "and", one of them is "or"."""

    number: int
    terms: tuple["Term", ...]


Term = Asked | Measured | Not | AtLeast


def both(*terms: Term) -> Term:
    """Return the term that holds when all of these do."""
    return terms[0] if len(terms) == 1 else AtLeast(len(terms), terms)


def either(*terms: Term) -> Term:
    """Return the term that holds when one of these does."""
    return terms[0] if len(terms) == 1 else AtLeast(1, terms)


def value(term: Term, answers: Answers) -> bool | None:
    """Return whether a term holds; None while the answers leave it open."""
    match term:
        case Asked():
            return {Said.YES: True, Said.NO: False}.get(_said(answers.get(term.name)))
        case Measured():
            return _beyond(term, answers.get(term.name))
        case Not():
            inner = value(term.term, answers)
            return None if inner is None else not inner
    values = [value(one, answers) for one in term.terms]
    if values.count(True) >= term.number:
        return True
    return None if values.count(True) + values.count(None) >= term.number else False


def _said(reply: Reply | None) -> Said:
    return reply if isinstance(reply, Said) else Said.UNKNOWN


def _beyond(term: Measured, reply: Reply | None) -> bool | None:
    if not isinstance(reply, Decimal):
        return None
    return reply > term.limit if term.more else reply < term.limit


def names(term: Term) -> Iterator[str]:
    """Yield the questions that a term asks, in its order, one as often as it stands there."""
    if isinstance(term, Asked | Measured):
        yield term.name
    elif isinstance(term, Not):
        yield from names(term.term)
    else:
        for one in term.terms:
            yield from names(one)


def open_names(term: Term, answers: Answers, gates: Container[str] = ()) -> list[str]:
    """Return the unanswered questions that may be put next to decide this term.

    "and" is asked from left to right: how a thing is makes no sense before it is known to be there. gates: questions
    whether a thing is there; when such an answer is not known, nothing further is asked about it.
    """
    return list(dict.fromkeys(_open(term, answers, gates, every=False)))


def left_names(term: Term, answers: Answers, gates: Container[str] = ()) -> list[str]:
    """Return every unanswered question that this term may still come to ask."""
    return list(dict.fromkeys(_open(term, answers, gates, every=True)))


def _open(term: Term, answers: Answers, gates: Container[str], *, every: bool) -> Iterator[str]:
    if value(term, answers) is not None:
        return
    if isinstance(term, Asked | Measured):
        if term.name not in answers:
            yield term.name
    elif isinstance(term, Not):
        yield from _open(term.term, answers, gates, every=every)
    elif term.number < len(term.terms):
        for one in term.terms:
            yield from _open(one, answers, gates, every=every)
    elif not any(
        isinstance(one, Asked) and one.name in gates and one.name in answers for one in _unsettled(term, answers)
    ):
        found = [list(_open(one, answers, gates, every=every)) for one in term.terms]
        yield from [name for one in found for name in one] if every else next((one for one in found if one), [])


def _unsettled(term: AtLeast, answers: Answers) -> Iterator[Term]:
    return (one for one in term.terms if value(one, answers) is None)


def grounds(term: Term, answers: Answers) -> tuple[str, ...]:
    """Return the questions whose answers make a term what it is; where it is open, those answered "not known"."""
    return tuple(dict.fromkeys(_grounds(term, answers)))


def _grounds(term: Term, answers: Answers) -> Iterator[str]:
    if isinstance(term, Asked | Measured):
        if term.name in answers:
            yield term.name
    elif isinstance(term, Not):
        yield from _grounds(term.term, answers)
    else:
        wanted = value(term, answers)
        for one in term.terms:
            if value(one, answers) is wanted:
                yield from _grounds(one, answers)
