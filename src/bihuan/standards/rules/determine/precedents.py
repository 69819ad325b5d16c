"""How like a text is to findings that were labelled before: the second look where no condition is met.

Conditions read what the lexicon knows; people always find another way to say it. Two things are known of every text,
whatever its words: how much the pairs of characters in it are those of major findings (its gravity, a logistic
regression that was learnt beforehand, `tools/learn_precedents.py`), and which labelled findings it resembles. Both are
sums over short runs of characters, so the answer is the same for the same words and can be shown: the example.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import accumulate
from math import exp, log, sqrt
from typing import Final, NamedTuple

LONGEST: Final = 2  # characters of a run that weigh in gravity
LONGEST_ALIKE: Final = 3  # characters of a run that make two texts alike
_FIGURES: Final = re.compile(r"\d+(?:\.\d+)?")
KNOWN: Final = 0.25  # of the pairs of characters of a text; with fewer known it is no finding that we can read
COMMON: Final = 0.05  # a run that stands in a larger share of the examples tells none of them from another
FEW: Final = 30  # examples in which a run may always stand
MOST_ALIKE: Final = 150  # examples that are looked at, the most alike first
ONE_FIGURE: Final = "9"  # every number is the same to a comparison of wordings; conditions read what it says


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled finding in plain characters. criterion: what it meets, "" where it meets none.

    length: that of the list of what its runs weigh among all examples (`lengths_of`), 0 where it was not told.
    """

    text: str
    criterion: str = ""
    length: float = 0.0


@dataclass(frozen=True, slots=True)
class Nearest:
    """A criterion and its labelled finding that a text resembles most. how: 0 nothing in common, 1 the same."""

    criterion: str
    example: str
    how: float


def _plain(text: str) -> str:
    """Return a text in which every number is the same."""
    return _FIGURES.sub(ONE_FIGURE, text)


def runs(text: str, longest: int) -> Mapping[str, float]:
    """Return the runs of 1 to `longest` characters with how much each weighs: 1 + ln of how often it stands there."""
    plain = _plain(text)
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


class Resemblance:
    """Labelled findings. Where a run of characters stands in them is looked for when it is first asked for."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._examples: Final = tuple(one for one in examples if one.criterion)
        plain = [_plain(one.text) for one in self._examples]
        self._all: Final = "\n".join(plain)
        self._ends: Final = [*accumulate(len(one) + 1 for one in plain)]
        self._most: Final = max(COMMON * len(plain), FEW)
        self._known: Final[dict[str, _Run]] = {}

    def _run(self, run: str) -> "_Run":
        """Return how rare a run is and where it stands; kept, for the next text has it too."""
        if (known := self._known.get(run)) is not None:
            return known
        counted = Counter(self._numbers(run))
        rare = log((1 + len(self._examples)) / (1 + len(counted))) + 1.0
        where = [(number, (1.0 + log(times)) * rare / self._lengths[number]) for number, times in counted.items()]
        made = self._known[run] = _Run(rare if counted else 0.0, where if len(counted) <= self._most else ())
        return made

    def _numbers(self, run: str) -> Iterator[int]:
        """Yield the number of an example for each time that a run stands in it."""
        found = self._all.find(run)
        while found >= 0:
            yield bisect_right(self._ends, found)
            found = self._all.find(run, found + 1)

    @cached_property
    def _lengths(self) -> Sequence[float]:
        """How long each example is: as told with it, else counted from all of them."""
        if all(one.length for one in self._examples):
            return [one.length for one in self._examples]
        return lengths_of([one.text for one in self._examples])

    def __call__(self, text: str, can: Callable[[str], bool] = lambda _: True) -> Iterator[Nearest]:
        """Yield the criteria whose examples a text resembles, each with its closest one, the most alike first."""
        found = {run: (one, self._run(run)) for run, one in runs(text, LONGEST_ALIKE).items()}
        known = {run: one * where.rare for run, (one, where) in found.items() if where.rare}
        sums: dict[int, float] = defaultdict(float)
        for run, weight in of_length_one(known).items():
            for number, by in found[run][1].where:
                sums[number] += weight * by
        seen: set[str] = set()
        for number, how in nlargest(MOST_ALIKE, sums.items(), key=lambda one: (one[1], -one[0])):
            criterion = self._examples[number].criterion
            if criterion not in seen and can(criterion):
                seen.add(criterion)
                yield Nearest(criterion, self._examples[number].text, round(how, 4))


class _Run(NamedTuple):
    """How rare a run is among the examples (0 where it stands in none), and the numbers of those in which it stands
    with what it weighs there; () where it stands in too many of them to tell one from another.
    """

    rare: float
    where: Sequence[tuple[int, float]]


def lengths_of(texts: Sequence[str]) -> Sequence[float]:
    """Return how long each of some examples is as a list of what its runs weigh."""
    counted = [runs(one, LONGEST_ALIKE) for one in texts]
    rare = rarity(counted)
    return [sqrt(sum((by * rare[run]) ** 2 for run, by in one.items())) for one in counted]


# Chosen on sentences that the conditions of their day had not met (docs/determination.md), never on the measuring half.
ENOUGH: Final = 0.80  # the least gravity that speaks for a major hazard
ENOUGH_DENIED: Final = 0.93  # the same where the text seems to say the contrary of a part of the clause
LIGHT: Final = 0.01  # below this the words are those of a general hazard, whatever condition they seem to meet
WEIGHTY: Final = 0.2  # from here on a finding at a place whose own list is not held is for a person
ONLY_THE_LETTER: Final = "条件的字眼都在，但整句更像一般隐患的说法，须由人对照条文判断"
NOT_KNOWN: Final = "文中说没有的是“{}”，看不出是不是条文要求的东西"
LEAST_ALIKE: Final = 0.1  # below this the nearest finding is no example
NOT_THAT_DAY: Final = 0.5  # of the likeness to the nearest criterion of any day, what one of the day must reach
GRAVE: Final = 0.95  # gravity that speaks for a major hazard whatever the text leaves unsaid
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
