"""How sure an answer is: the share of answers of its kind that were right on labelled descriptions.

What telling computes ranks answers; here a rank becomes a share. The steps are data, made by `tools/calibrate.py` from
the tuning half (docs/determination.md says what that half does not prove).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

LEAST_IN_STEP: Final = 10  # answers that a step rests on; fewer are counted with their neighbours


@dataclass(frozen=True, slots=True)
class Step:
    """Answers of one level from a rank on. right: how many of those asked were right."""

    rank: float
    right: int
    asked: int

    @property
    def share(self) -> float:
        """The share that was right, as if one more had been right and one more wrong: few cases prove little."""
        return round((self.right + 1) / (self.asked + 2), 3)

    def with_next(self, other: "Step") -> "Step":
        """Count the next step in."""
        return Step(self.rank, self.right + other.right, self.asked + other.asked)


@dataclass(frozen=True, slots=True)
class Trust:
    """The steps of each level, by rising rank."""

    steps: Mapping[str, Sequence[Step]] = field(default_factory=dict)

    def of(self, level: str, rank: float) -> float:
        """Return how sure an answer of this level and rank is; the rank itself where nothing is known of it."""
        known = self.steps.get(level, ())
        below = [one for one in known if one.rank <= rank]
        if below:
            return below[-1].share
        return min(rank, known[0].share) if known else rank


def fitted(answers: Iterable[tuple[float, bool]]) -> Sequence[Step]:
    """Return rising steps for answers of one level, each a rank and whether right (pooled adjacent violators)."""
    found: list[Step] = []
    for rank, many in groupby(sorted(answers), key=lambda one: one[0]):
        right = [one for _, one in many]
        found.append(Step(rank, sum(right), len(right)))
        while len(found) > 1 and _belongs(found[-2], found[-1]):
            last = found.pop()
            found[-1] = found[-1].with_next(last)
    while len(found) > 1 and _belongs(found[-2], found[-1]):
        last = found.pop()
        found[-1] = found[-1].with_next(last)
    return found


def _belongs(one: Step, after: Step) -> bool:
    """Tell whether two steps are one: too few answers to stand alone, or not rising."""
    return one.asked < LEAST_IN_STEP or after.asked < LEAST_IN_STEP or after.share <= one.share


def lowered(share: float, *, followed: int, decided: int) -> float:
    """Return a share lowered to what people of a town made of such suggestions; never raised (L8).

    followed: of the decisions beside the same clause, how many agreed. Few decisions weigh little: the share counts as
    much as PRIOR of them.
    """
    seen = (followed + share * PRIOR) / (decided + PRIOR)
    return round(min(share, seen), 3)


PRIOR: Final = 20  # one decision against 95 % leaves 90 %, ten leave 63 %
