"""Learn from the labelled descriptions what `rules.determine.precedents` weighs, and write it down as data.

Run `python -m tools.learn_precedents` after descriptions were added (never from the half that only measures); the same
descriptions give the same files. Logistic regression with a penalty on the squares of the weights, by stochastic steps
that become smaller (AdaGrad), in plain Python: some seconds, no library to lock for it.
"""

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt
from typing import Final

from tests.standards.scoring import CASES, MAJOR, read_cases

from bihuan.standards.data import read_library
from bihuan.standards.data.judging import read_judge
from bihuan.standards.data.learnt import EXAMPLES, GRAVITY
from bihuan.standards.rules.determine import Case, Enterprise
from bihuan.standards.rules.determine.precedents import LONGEST, logistic, of_length_one, rarity, runs

ROUNDS: Final = 12
STEP: Final = 0.5
PENALTY: Final = 1 / 8  # of the squares of the weights, against the loss summed over all descriptions

# A person decides on what meets the law that stands where there was no list; its words are those of a major hazard.

Row = tuple[Mapping[str, float], bool]


def learn(rows: Sequence[Row]) -> tuple[float, dict[str, float]]:
    """Return the bias and the weight of each run, as though half of the findings were major: the labelled ones show
    what is hard to say, not how often it is found.
    """
    order = random.Random(20180101)  # noqa: S311 -- the same every time, nothing secret
    bias, learnt = 0.0, dict.fromkeys((run for one, _ in rows for run in one), 0.0)
    before_bias, before = 1.0, dict.fromkeys(learnt, 1.0)
    shrink = PENALTY / len(rows)
    numbers = list(range(len(rows)))
    for _ in range(ROUNDS):
        order.shuffle(numbers)
        for number in numbers:
            seen, major = rows[number]
            wrong = logistic(bias + sum(learnt[run] * by for run, by in seen.items())) - major
            before_bias += wrong * wrong
            bias -= STEP * wrong / sqrt(before_bias)
            for run, by in seen.items():
                slope = wrong * by + shrink * learnt[run]
                before[run] += slope * slope
                learnt[run] -= STEP * 4 * slope / sqrt(before[run])
    return bias - _too_many(rows), learnt


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


def main() -> None:
    """Write what is weighed: one file of runs, one of examples."""
    found = labelled()
    rare = rarity([runs(one.text, LONGEST) for one in found])
    bias, learnt = learn(rows_of(found, rare))
    lines = [f"{bias:.4f}", *(f"{run}\t{rare[run]:.3f}\t{learnt[run]:.3f}" for run in sorted(learnt))]
    GRAVITY.write_text("\n".join(lines) + "\n", encoding="utf-8")
    examples = sorted({f"{one.criterion}\t{one.text}" for one in found if one.is_major and "\n" not in one.text})
    EXAMPLES.write_text("\n".join(examples) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(found)} descriptions, {len(learnt)} runs, {len(examples)} examples\n")


if __name__ == "__main__":
    main()
