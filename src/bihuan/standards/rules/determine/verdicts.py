"""What is asked of the judge and what it answers: a case, the clauses held against it, the verdict."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from bihuan.standards.rules.criteria import Criterion, Library, Standard
from bihuan.standards.rules.determine.adjacent import Adjacent
from bihuan.standards.rules.determine.conditions import Condition, Status
from bihuan.standards.rules.determine.facts import Enterprise, Facts
from bihuan.standards.rules.determine.precedents import Precedent
from bihuan.standards.rules.determine.saying import Reading
from bihuan.standards.rules.determine.trusting import Trust
from bihuan.standards.rules.determine.weighing import Weighed

OWN_LIST: Final = 5.0  # what the list of the enterprise's own sector counts more than one that binds every sector


class Level(StrEnum):
    """What is proposed. A person decides."""

    GENERAL = "一般"
    MAJOR = "重大"
    OPEN = "待定"


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked: the words of a finding, the day it was found, and the place in people's words."""

    text: str
    on: date
    enterprise: Enterprise = field(default_factory=Enterprise)


@dataclass(frozen=True, slots=True)
class Rule:
    """A criterion with its conditions, ready to weigh. failed_counts: a device that fails is as one that is missing."""

    item: Criterion
    standard: Standard
    conditions: tuple[Condition, ...]
    failed_counts: bool = True
    telling: frozenset[str] = frozenset()  # concepts that no other criterion of the standard asks for
    names: Mapping[str, str] = field(default_factory=dict)  # what people call a concept, where not by its name


@dataclass(frozen=True, slots=True)
class Met:
    """A rule held against a piece of the text. prompt: the standard is not in force; its items only hint."""

    rule: Rule
    weighed: Weighed
    reading: Reading
    status: Status
    why_open: str = ""
    prompt: bool = False
    confirmed: str = ""
    own_list: bool = False
    alike: str = ""  # the saying that the text is like, of a clause without conditions
    lowered: bool = False  # all that it needs is said, and something else keeps it from counting: why_open
    precedent: Precedent | None = None  # no condition is met, but a labelled finding that met the clause is like it
    by_count: str = ""  # the clause that counts it with others, where their number is reached
    is_whole: bool = False  # met as it is written, and asks only because another determines, or a list there was not
    told: Status = Status.NONE  # how far the words met it, before what the whole text and a count made of it

    @property
    def score(self) -> float:
        """How a clause ranks among those of one text, 0 to 1: how far it is met, then how much of the text it explains.

        The steps of _STEPS say how far; within a step the weight of the words counts, the list of the enterprise's own
        sector before others. No probability: `confidence` is.
        """
        if self.precedent is not None:
            return round(_ALIKE * (1.0 + self.precedent.gravity) / 2, 4)
        least, most = next(span for holds, span in _STEPS if holds(self))
        return round(least + (most - least) * self.weight / (self.weight + HALF_WAY), 4)

    @property
    def weight(self) -> float:
        """How much of the text it explains; the list of the enterprise's own sector counts more."""
        return max(0.0, self.weighed.weight) + OWN_LIST * self.own_list

    @property
    def order(self) -> tuple[float, float, int, str]:
        """Sort by score; of equal ones the clause for fewer sectors comes first."""
        return (-self.score, -self.weight, len(self.rule.item.sectors), self.rule.item.id)


HALF_WAY: Final = 20.0  # the weight of words that puts a clause in the middle of its step
_ALIKE: Final = 0.58  # a clause by likeness alone stands below any that is met as read, above whatever only came near
_STEPS: Final[Sequence[tuple[Callable[[Met], bool], tuple[float, float]]]] = (
    (lambda one: one.status is Status.HIT, (0.8, 1.0)),
    (lambda one: one.is_whole and one.status is Status.ASK, (0.6, 0.8)),
    (lambda one: one.status is Status.ASK and one.told is Status.HIT, (0.5, 0.6)),
    (lambda one: one.status is Status.ASK, (0.4, 0.5)),
    (lambda one: one.told >= Status.ASK, (0.2, 0.4)),
    (lambda one: True, (0.0, 0.2)),
)


def stated(level: Level, met: Met | None) -> Level:
    """Return what a clause states where a town may not conclude it: 重大 where all of it is met."""
    return Level.MAJOR if level is Level.OPEN and met is not None and met.is_whole else level


@dataclass(frozen=True, slots=True)
class Part:
    """One of several hazards of a text. met: the clause that it meets or comes nearest to, None where none is near."""

    reading: Reading
    level: Level
    met: Met | None

    @property
    def stated(self) -> Level:
        """What its words state by the criteria alone, whoever determines."""
        return stated(self.level, self.met)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. level: what a town may conclude. met: all that were met or nearly met, the deciding first."""

    case: Case
    level: Level
    met: tuple[Met, ...]
    readings: tuple[Reading, ...]
    facts: Facts
    in_force: tuple[Standard, ...]
    trust: Trust = field(default_factory=Trust)
    elsewhere: Rule | None = None  # a clause of another day or for other places that all of it meets
    adjacent: tuple[Adjacent, ...] = ()  # standards that it may belong to and that are not held
    parts: tuple[Part, ...] = ()  # each hazard of a text that tells of several
    understood: bool = True  # whether any of the words is known

    @property
    def stated(self) -> Level:
        """What the words state by the criteria alone, whoever determines: a suspected major hazard of fire is 重大."""
        return stated(self.level, self.deciding)

    @property
    def deciding(self) -> Met | None:
        """The clause that the level rests on, None for 一般."""
        wanted = {Level.MAJOR: Status.HIT, Level.OPEN: Status.ASK}.get(self.level)
        return next((one for one in self.met if one.status == wanted), None)


@dataclass(frozen=True, slots=True)
class ConditionBook:
    """The conditions of every criterion. missing_only: standards that say "not there" and do not count failing."""

    of: Mapping[str, Sequence[Condition]]
    missing_only: frozenset[str] = frozenset()
    unknown: tuple[Criterion, ...] = ()  # clauses that exist, of which only the topic is known
    names: Mapping[str, str] = field(default_factory=dict)  # of concepts whose name is not people's word for them
    alike: frozenset[str] = frozenset()  # criteria without conditions, found by how people say them; they only ask


def conditions_left(rule: Rule, reading: Reading) -> Sequence[Condition]:
    """Return the conditions of a clause without those that speak of a machine that is gone by what it would lack."""
    if not reading.gone:
        return rule.conditions
    of_gone = [one for one in rule.conditions if not one.concepts.isdisjoint(reading.gone)]
    lacking = {name for one in of_gone for wrong in one.wrongs for name in wrong}
    return [
        one for one in rule.conditions if one in of_gone or not any(lacking.intersection(wrong) for wrong in one.wrongs)
    ]


def telling_of(library: Library, book: ConditionBook) -> Mapping[str, frozenset[str]]:
    """Return, by criterion, the concepts that it alone of its standard asks for."""
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    items = [item for item in (*library.criteria, *book.unknown) if item.id in book.of]
    for item in items:
        for condition in book.of[item.id]:
            for concept in condition.concepts:
                users[item.standard_id, concept].add(item.id)
    mine: dict[str, set[str]] = {item.id: set() for item in items}
    for (_, concept), ids in users.items():
        if len(ids) == 1:
            mine[next(iter(ids))].add(concept)
    return {item_id: frozenset(concepts) for item_id, concepts in mine.items()}
