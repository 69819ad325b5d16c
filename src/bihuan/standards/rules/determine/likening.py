"""Criteria that came without conditions, found by how much a text is like the ways in which inspectors say them.

Likeness points at a clause and never concludes: it cannot tell what the clause asks for from what it only mentions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bihuan.standards.rules.criteria import Criterion
from bihuan.standards.rules.determine.wordings import (
    FAILED,
    NOT,
    OBJECT_BONUS,
    Pairs,
    alike,
    pairs_of,
    share,
    weights,
    wording_of,
)

LEAST: Final = 0.35  # of a saying that must be found in the text for its clause to be named at all
ASKS: Final = 0.45  # from which a person is asked
MOST_OBJECTS: Final = 2
REACH: Final = 2  # characters between a denial and what it denies
ONLY_ALIKE: Final = "该条没有写判定条件，只按说法相近提示，须由人对照条文判断"
NOTHING_WRONG: Final = "描述里没有说缺什么、坏了什么"


@dataclass(frozen=True, slots=True)
class Like:
    """A criterion that a text is like. score: 0 to a little above 1. saying: the wording it is like.

    against: why it does not even ask a person, "" where it does.
    """

    item: Criterion
    score: float
    saying: str
    against: str = ""


@dataclass(frozen=True, slots=True)
class _Sayings:
    item: Criterion
    cues: Sequence[tuple[str, str, Pairs]]
    counters: Sequence[tuple[str, Pairs]]


class Likening:
    """The sayings of some criteria, ready to compare. among: whose wordings tell which pairs are rare."""

    def __init__(self, items: Sequence[Criterion], among: Iterable[Criterion]) -> None:
        self._sayings: Final = [_sayings(item) for item in items]
        self._weights: Final = weights(map(wording_of, among)) if items else {}
        self._by_pair: Final = self._index()

    def _index(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for number, one in enumerate(self._sayings):
            for _, _, pairs in one.cues:
                for pair in pairs:
                    found[pair].add(number)
        return {pair: sorted(numbers) for pair, numbers in found.items()}

    def found(self, text: str) -> Iterator[Like]:
        """Yield the criteria that a piece of a cleaned text is like, in the order in which they were given."""
        plain, pairs = alike(text), pairs_of(text)
        shared = Counter(number for pair in pairs for number in self._by_pair.get(pair, ()))
        for number in sorted(number for number, count in shared.items() if count > 1):
            like = self._like(self._sayings[number], text, plain, pairs)
            if like.score >= LEAST:
                yield like

    def _like(self, one: _Sayings, text: str, plain: str, pairs: Pairs) -> Like:
        score, saying, cue, wanted = max(
            (share(wanted, pairs, self._weights), saying, cue, wanted) for saying, cue, wanted in one.cues
        )
        named = sum(name in text for name in one.item.objects)
        score += OBJECT_BONUS * min(named, MOST_OBJECTS)
        return Like(one.item, score, saying, self._against(one, score, cue, wanted & pairs, plain, pairs))

    def _against(self, one: _Sayings, score: float, cue: str, met: Pairs, plain: str, pairs: Pairs) -> str:
        """Say why the text is not what the clause means, though it is like it."""
        other, counter = max(
            ((share(wanted, pairs, self._weights), counter) for counter, wanted in one.counters), default=(0.0, "")
        )
        if other >= max(score, ASKS):
            return f"也与“{counter}”相近，这种情形一般不算"
        if NOT in cue and NOT not in plain and not FAILED.search(plain):
            return NOTHING_WRONG
        if NOT not in cue and _denies(plain, met):
            return "描述里说没有这种情形"
        return "" if score >= ASKS else "说法只有一部分相近"


def _sayings(item: Criterion) -> _Sayings:
    """Return the sayings of a criterion; the clause itself is one, in its own words."""
    said = tuple(dict.fromkeys((*item.cues, item.text)))
    return _Sayings(
        item,
        [(one, alike(one), pairs_of(one)) for one in said],
        [(one, pairs_of(one)) for one in item.counter_cues],
    )


def _denies(plain: str, met: Pairs) -> bool:
    """Tell whether a denial stands right before something that the clause speaks of."""
    places = [place for place, sign in enumerate(plain) if sign == NOT]
    return any(plain[place + gap : place + gap + 2] in met for place in places for gap in range(1, REACH + 1))
