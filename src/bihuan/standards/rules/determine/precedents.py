"""How like a text is to findings that were labelled before: the second look where no condition is met.

Conditions read what the lexicon knows; people always find another way to say it. Two things are known of every text,
whatever its words: how much the pairs of characters in it are those of major findings (its gravity, a logistic
regression that was learnt beforehand, `tools/learn_precedents.py`), and which labelled findings it resembles. Both are
sums over short runs of characters, so the answer is the same for the same words and can be shown: the example.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from math import exp, log, sqrt
from typing import Final

LONGEST: Final = 2  # characters of a run that weigh in gravity
LONGEST_ALIKE: Final = 3  # characters of a run that make two texts alike
_FIGURES: Final = re.compile(r"\d+(?:\.\d+)?")
KNOWN: Final = 0.2  # of the pairs of characters of a text; with fewer known it is no finding that we can read
COMMON: Final = 0.05  # a run that stands in a larger share of the examples tells none of them from another
FEW: Final = 30  # examples in which a run may always stand
MOST_ALIKE: Final = 150  # examples that are looked at, the most alike first
ONE_FIGURE: Final = "9"  # every number is the same to a comparison of wordings; conditions read what it says


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled finding in plain characters. criterion: what it meets, "" where it meets none."""

    text: str
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A criterion and its labelled finding that a text resembles most. how: 0 nothing in common, 1 the same."""

    criterion: str
    example: str
    how: float


def runs(text: str, longest: int) -> Mapping[str, float]:
    """Return the runs of 1 to `longest` characters with how much each weighs: 1 + ln of how often it stands there."""
    plain = _FIGURES.sub(ONE_FIGURE, text)
    counted = Counter(
        plain[start : start + size] for size in range(1, longest + 1) for start in range(len(plain) - size + 1)
    )
    return {run: 1.0 + log(times) for run, times in counted.items()}


def of_length_one(weights: Mapping[str, float]) -> Mapping[str, float]:
    """Return weights divided by their length, so that long texts weigh no more than short ones."""
    length = sqrt(sum(one * one for one in weights.values()))
    return {run: one / length for run, one in weights.items()} if length else {}


def rarity(texts: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """Return for each run how rare it is among texts (the inverse document frequency, smoothed)."""
    seen = Counter(run for one in texts for run in one)
    return {run: log((1 + len(texts)) / (1 + times)) + 1.0 for run, times in seen.items()}


class Gravity:
    """How probable it is that words are those of a major hazard, by what was learnt of each run of characters."""

    def __init__(self, bias: float, rare: Mapping[str, float], learnt: Mapping[str, float]) -> None:
        self._bias: Final = bias
        self._rare: Final = rare
        self._learnt: Final = learnt

    def knows(self, text: str) -> bool:
        """Tell whether enough of the pairs of characters in a text stand in any labelled finding."""
        pairs = [run for run in runs(text, LONGEST) if len(run) == LONGEST]
        return sum(run in self._rare for run in pairs) >= KNOWN * len(pairs)

    def __call__(self, text: str) -> float:
        """Return a probability; that of the labelled findings as a whole where nothing in the text is known."""
        known = {run: one * self._rare[run] for run, one in runs(text, LONGEST).items() if run in self._rare}
        return logistic(self._bias + sum(one * self._learnt[run] for run, one in of_length_one(known).items()))


def logistic(value: float) -> float:
    """Return the probability of a log-odds."""
    return 1.0 / (1.0 + exp(-value)) if value > -60 else 0.0


@dataclass(frozen=True, slots=True)
class _Index:
    """Where each run stands: by run, the numbers of examples with what it weighs in them."""

    rare: Mapping[str, float]
    where: Mapping[str, Sequence[tuple[int, float]]]


class Resemblance:
    """Labelled findings, indexed by their runs of characters when they are first asked for."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._examples: Final = tuple(one for one in examples if one.criterion)

    @cached_property
    def _index(self) -> _Index:
        counted = [runs(one.text, LONGEST_ALIKE) for one in self._examples]
        rare, where = rarity(counted), defaultdict[str, list[tuple[int, float]]](list)
        for number, one in enumerate(counted):
            for run, weight in of_length_one({run: by * rare[run] for run, by in one.items()}).items():
                where[run].append((number, weight))
        most = max(COMMON * len(self._examples), FEW)
        return _Index(rare, {run: places for run, places in where.items() if len(places) <= most})

    def __call__(self, text: str, can: Callable[[str], bool] = lambda _: True) -> Iterator[Nearest]:
        """Yield the criteria whose examples a text resembles, each with its closest one, the most alike first."""
        rare = self._index.rare
        known = {run: one * rare[run] for run, one in runs(text, LONGEST_ALIKE).items() if run in rare}
        sums: dict[int, float] = defaultdict(float)
        for run, weight in of_length_one(known).items():
            for number, by in self._index.where.get(run, ()):
                sums[number] += weight * by
        seen: set[str] = set()
        for number, how in nlargest(MOST_ALIKE, sums.items(), key=lambda one: (one[1], -one[0])):
            criterion = self._examples[number].criterion
            if criterion not in seen and can(criterion):
                seen.add(criterion)
                yield Nearest(criterion, self._examples[number].text, round(how, 4))


# Chosen on sentences that the conditions of their day had not met (docs/determination.md), never on the measuring half.
ENOUGH: Final = 0.80  # the least gravity that speaks for a major hazard
ENOUGH_DENIED: Final = 0.93  # the same where the text seems to say the contrary of a part of the clause
LIGHT: Final = 0.04  # below this the words are those of a general hazard, whatever condition they seem to meet
ONLY_THE_LETTER: Final = "条件的字眼都在，但整句更像一般隐患的说法，须由人对照条文判断"
LEAST_ALIKE: Final = 0.1  # below this the nearest finding is no example
NOT_THAT_DAY: Final = 0.5  # of the likeness to the nearest criterion of any day, what one of the day must reach
GRAVE: Final = 0.97  # gravity that speaks for a major hazard whatever the text leaves unsaid
ALIKE_UNSAID: Final = 0.4  # the least likeness where the text names nothing of what would be wrong, only the place
NEARLY_MET: Final = 0.2  # what a condition that is nearly met counts beside the likeness of words


@dataclass(frozen=True, slots=True)
class Precedent:
    """The labelled finding that a text is like. gravity: how probable it is that its words are of a major hazard."""

    criterion: str
    example: str
    how: float
    gravity: float


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of the clauses for the place and the day that are asked about, each by a criterion's id.

    exists: it is a clause that may be found so; lacks: the place is said not to have what the clause is about;
    applies: it is in force and concerns the place; preferred: no newer list is to be used in place of its own; near:
    its conditions are nearly met; denied: the text says the contrary of one of them; within: it names a quantity that
    keeps to the limit of the clause.
    """

    exists: Callable[[str], bool]
    lacks: Callable[[str], bool]
    applies: Callable[[str], bool]
    preferred: Callable[[str], bool]
    near: Callable[[str], bool]
    denied: Callable[[str], bool]
    within: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Precedents:
    """What is asked where no condition is met."""

    gravity: Gravity
    resemblance: Resemblance

    def find(self, texts: Iterable[str], place: Place) -> tuple[int, Precedent] | None:
        """Return the gravest of some texts, by its number, with the labelled finding that speaks for it."""
        weighed = [(self.gravity(text), -number, text) for number, text in enumerate(texts)]
        if not weighed:
            return None
        gravity, number, text = max(weighed)
        alike = self._best(text, place) if gravity >= ENOUGH else None
        if alike is None or place.within(alike.criterion):
            return None
        if gravity < ENOUGH_DENIED and place.denied(alike.criterion):
            return None
        return -number, Precedent(alike.criterion, alike.example, alike.how, round(gravity, 3))

    def _best(self, text: str, place: Place) -> Nearest | None:
        """Return the clause that applies and is likest, None where one that does not apply is far nearer."""
        found = list(self.resemblance(text, place.exists))
        if not found or place.lacks(found[0].criterion):
            return None
        ranked = sorted(found, key=lambda one: (-one.how - NEARLY_MET * _favoured(one.criterion, place), one.criterion))
        mine = next((one for one in ranked if place.applies(one.criterion)), None)
        if mine is None or mine.how < max(LEAST_ALIKE, NOT_THAT_DAY * found[0].how):
            return None
        return mine


def _favoured(criterion: str, place: Place) -> int:
    """Return how many reasons beside the words speak for a criterion."""
    return place.near(criterion) + place.preferred(criterion)
