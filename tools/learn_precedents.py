"""Learn from the labelled descriptions what `rules.determine.precedents` weighs, and write it down as data.

Run `python -m tools.learn_precedents` after descriptions were added (never from the half that only measures); the same
descriptions give the same files. Logistic regression with a penalty on the squares of the weights, solved to its one
minimum by dual coordinate descent (Yu, Huang and Lin 2011), in plain Python: half a minute, no library to lock for it.
A minimum does not depend on the order of the descriptions, so that a few more of them move the weights little.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final

from tests.standards.scoring import CASES, MAJOR, read_cases

from bihuan.standards.data import read_library
from bihuan.standards.data.judging import read_judge
from bihuan.standards.data.learnt import EXAMPLES, GRAVITY
from bihuan.standards.rules.determine import Case, Enterprise
from bihuan.standards.rules.determine.precedents import LONGEST, lengths_of, of_length_one, rarity, runs

SURE: Final = 64.0  # of the loss summed over all descriptions against half the squares of the weights
LEAST_OFTEN: Final = 2  # descriptions in which a run stands that weighs; what stands in one tells only of that one
MOST_ROUNDS: Final = 30
NEAR_ENOUGH: Final = 0.001  # of SURE; where no description pulls otherwise than before by more, it is the minimum
INNER: Final = 20  # steps of Newton's for one description

# A person decides on what meets the law that stands where there was no list; its words are those of a major hazard.

Row = tuple[Mapping[str, float], bool]


def learn(rows: Sequence[Row]) -> tuple[float, dict[str, float]]:
    """Return the bias and the weight of each run, as though half of the findings were major: the labelled ones show
    what is hard to say, not how often it is found.
    """
    learnt = dict.fromkeys((run for one, _ in rows for run in one), 0.0)
    learnt[_BIAS] = 0.0
    known = [({**seen, _BIAS: 1.0}, 1.0 if major else -1.0) for seen, major in rows]
    squares = [sum(by * by for by in seen.values()) for seen, _ in known]
    pulls = [_LEAST_PULL] * len(rows)  # how hard each description pulls, between 0 and SURE
    for (seen, sign), pull in zip(known, pulls, strict=True):
        _pull(learnt, seen, sign * pull)
    order, numbers = random.Random(20180101), list(range(len(rows)))  # noqa: S311 -- the same every time, nothing secret
    for _ in range(MOST_ROUNDS):
        farthest = 0.0
        order.shuffle(numbers)  # like ones stand together in the files, which makes the way long and no other end
        for number in numbers:
            seen, sign = known[number]
            along = sign * sum(learnt[run] * by for run, by in seen.items())
            pull = _best_pull(pulls[number], squares[number], along)
            farthest = max(farthest, abs(pull - pulls[number]))
            _pull(learnt, seen, sign * (pull - pulls[number]))
            pulls[number] = pull
        if farthest < NEAR_ENOUGH * SURE:
            break
    return learnt.pop(_BIAS) - _too_many(rows), learnt


_BIAS: Final = ""  # stands in every description
_LEAST_PULL: Final = 1e-8
_LEVEL: Final = 1e-3


def _pull(learnt: dict[str, float], seen: Mapping[str, float], by: float) -> None:
    for run, weight in seen.items():
        learnt[run] += by * weight


def _best_pull(pull: float, square: float, along: float) -> float:
    """Return where one description pulls best while the others stay.

    It is where `square·(z - pull) + along + log(z / (SURE - z))` is zero, which rises from minus to plus infinity.
    """
    low, high, best = 0.0, SURE, min(max(pull, _LEAST_PULL), SURE - _LEAST_PULL)
    for _ in range(INNER):
        slope = square * (best - pull) + along + log(best / (SURE - best))
        low, high = (low, best) if slope > 0 else (best, high)
        step = best - slope / (square + SURE / (best * (SURE - best)))
        best = step if low < step < high else (low + high) / 2
        if abs(slope) < _LEVEL:
            break
    return best


def _too_many(rows: Sequence[Row]) -> float:
    """Return by how much (log-odds) the labelled findings are major more often than every other one."""
    major = sum(one for _, one in rows)
    return log(major / (len(rows) - major))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A description to learn from, in plain characters. criterion: what it meets where it is major, else ""."""

    text: str
    criterion: str

    @property
    def is_major(self) -> bool:
        """Whether it is labelled a major hazard."""
        return bool(self.criterion)


def labelled() -> list[Labelled]:
    """Return all that may be learnt from, in the order of the files."""
    found = [(case, criterion) for case, criterion in (*_cases(), *_own()) if criterion or not _is_by_the_day(case)]
    return [Labelled(read_judge().plain(case.text), criterion) for case, criterion in found]


def _is_by_the_day(case: Case) -> bool:
    """Tell whether a general finding is general by its day or place alone: its words are those of a major one."""
    return read_judge().by_conditions.determine(case).elsewhere is not None


def _cases() -> Iterator[tuple[Case, str]]:
    items = {(item.standard_id, item.clause): item.id for item in read_library().criteria}
    for name in ("tuning.yaml", "hits.yaml"):
        for case in read_cases(CASES / name):
            standard, clause = case.right[0] if case.right else ("", None)
            known = case.enterprise
            place = Enterprise(known["industry"], tuple(known["sectors"]), tuple(known["features"]))
            is_major = case.level == MAJOR
            if not is_major or (standard, clause) in items:  # elements that count together are no example of one
                yield Case(case.text, case.found_on, place), items[standard, clause or ""] if is_major else ""


def _own() -> Iterator[tuple[Case, str]]:
    for line in (CASES / "own.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            level, criteria, on, industry, sectors, features, text = line.split("|")
            place = Enterprise(industry, tuple(sectors.split(",")), tuple(features.split(",")))
            yield Case(text, date.fromisoformat(on), place), criteria.split("/")[0] if level == "M" else ""


def rows_of(found: Sequence[Labelled], rare: Mapping[str, float]) -> list[Row]:
    """Return descriptions as their runs, each as long as the other, with their labels."""
    counted = (runs(one.text, LONGEST) for one in found)
    known = ({run: by * rare[run] for run, by in one.items() if run in rare} for one in counted)
    return [(of_length_one(one), labels.is_major) for one, labels in zip(known, found, strict=True)]


def known_runs(found: Sequence[Labelled]) -> Mapping[str, float]:
    """Return how rare each run is that stands in enough of the descriptions to weigh."""
    counted = [runs(one.text, LONGEST) for one in found]
    often = Counter(run for one in counted for run in one)
    return {run: by for run, by in rarity(counted).items() if often[run] >= LEAST_OFTEN}


def examples_of(found: Sequence[Labelled]) -> list[str]:
    """Return the major ones as lines: the criterion, how long it is among all of them, and the words."""
    known = sorted({(one.criterion, one.text) for one in found if one.is_major and "\n" not in one.text})
    lengths = lengths_of([text for _, text in known])
    return [f"{item}\t{length:.3f}\t{text}" for (item, text), length in zip(known, lengths, strict=True)]


def main() -> None:
    """Write what is weighed: one file of runs, one of examples."""
    found = labelled()
    rare = known_runs(found)
    bias, learnt = learn(rows_of(found, rare))
    lines = [f"{bias:.4f}", *(f"{run}\t{rare[run]:.3f}\t{learnt[run]:.3f}" for run in sorted(learnt))]
    GRAVITY.write_text("\n".join(lines) + "\n", encoding="utf-8")
    examples = examples_of(found)
    EXAMPLES.write_text("\n".join(examples) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(found)} descriptions, {len(learnt)} runs, {len(examples)} examples\n")


if __name__ == "__main__":
    main()
