"""What own words change: the same cases judged without and with them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bihuan.standards.rules.determine import Case, Judge, Level
from bihuan.standards.rules.teaching.lessons import Lesson, said_in, taught


class Turn(StrEnum):
    """How an answer changes."""

    BETTER = "better"
    WORSE = "worse"
    FIRMER = "firmer"  # right by likeness before, read by a condition now
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A case with what people hold to be right. right: the citations accepted; none where no clause was named.

    key: of the decision, "" for a sentence that comes with the product.
    """

    case: Case
    level: Level
    right: frozenset[tuple[str, str]] = frozenset()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is proposed: the level and the clause that it rests on. by_likeness: no condition read it."""

    level: Level
    standard: str = ""
    clause: str = ""
    by_likeness: bool = False


@dataclass(frozen=True, slots=True)
class Turned:
    """A case whose answer changes."""

    of: Labelled
    before: Answer
    after: Answer
    turn: Turn


@dataclass(frozen=True, slots=True)
class Effect:
    """What own words change in a set of cases. cases: how many were looked at; using: how many use the words."""

    cases: int
    using: int
    turned: tuple[Turned, ...] = field(default=())

    def count(self, turn: Turn) -> int:
        """Return how many answers change this way."""
        return sum(one.turn is turn for one in self.turned)

    @property
    def better(self) -> int:
        """How many answers become right."""
        return self.count(Turn.BETTER)

    @property
    def worse(self) -> int:
        """How many answers were right and are not any more."""
        return self.count(Turn.WORSE)


_ORDER: Final = (Turn.WORSE, Turn.BETTER, Turn.FIRMER, Turn.OTHER)


def effect_of(judge: Judge, lessons: Collection[Lesson], cases: Sequence[Labelled]) -> Effect:
    """Return what these words change for a judge that does not know them yet; what changes for the worse comes first.

    Only a case that uses one of the words can change, so only those are judged. A right answer that rested on likeness
    and is now read by a condition is a change too.
    """
    using = [one for one in cases if said_in(judge, lessons, f"{one.case.text};{one.case.enterprise.words}")]
    after = taught(judge, lessons)
    turned = [found for one in using if (found := _turned(one, judge, after)) is not None]
    return Effect(len(cases), len(using), tuple(sorted(turned, key=lambda one: _ORDER.index(one.turn))))


def _turned(one: Labelled, before: Judge, after: Judge) -> Turned | None:
    was, now = answer_of(before, one.case), answer_of(after, one.case)
    if was == now:
        return None
    turn = _TURNS[is_right(was, one), is_right(now, one)]
    return None if turn is Turn.FIRMER and now.by_likeness else Turned(one, was, now, turn)


_TURNS: Final = {
    (True, False): Turn.WORSE,
    (False, True): Turn.BETTER,
    (True, True): Turn.FIRMER,
    (False, False): Turn.OTHER,
}


def answer_of(judge: Judge, case: Case) -> Answer:
    """Return what a judge proposes."""
    verdict = judge.determine(case)
    deciding = verdict.deciding
    if deciding is None or deciding.prompt:
        return Answer(verdict.stated)
    alike = deciding.precedent is not None
    return Answer(verdict.stated, deciding.rule.standard.id, deciding.by_count or deciding.rule.item.clause, alike)


def is_right(given: Answer, one: Labelled) -> bool:
    """Tell whether an answer is what people hold to be right: the level, and for a major hazard the clause."""
    if given.level is not one.level:
        return False
    return given.level is not Level.MAJOR or not one.right or (given.standard, given.clause) in one.right
