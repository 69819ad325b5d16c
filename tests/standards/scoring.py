"""Scores answers of `bihuan determine`, or of anything that answers alike, on labelled descriptions.

A file holds single descriptions (`cases`), a hit and a near miss of each criterion (`pairs`), or the same words on days
of several versions (`conditions`); each is read as a row of cases.

Run `python -m tests.standards.scoring tests/standards/cases/tuning.yaml --ask` to get the JSON lines to ask with, and
the same with the file of the answers in place of `--ask` to get the report.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bihuan.standards.data import read_library
from tests.books import read_book

CASES = Path(__file__).parent / "cases"
MAJOR, GENERAL, PENDING = "重大", "一般", "待定"
LEVELS = (MAJOR, GENERAL, PENDING)
NO_ANSWER = "无回答"
# What the criteria state and another determines is major (README.md): read so in both halves, for the half that only
# measures is not opened to write labels anew.
STATED = {"closest_equivalent", "fire_transfer", "fire_count"}

Citation = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled description; `right` holds every citation that is accepted, the best one first."""

    id: str
    found_on: date
    enterprise: Mapping[str, Any]
    text: str
    level: str
    right: tuple[Citation, ...]
    reason: str
    cause: str

    def accepts(self, cited: Citation | None) -> bool:
        """Tell whether a citation is right; a standard whose clauses are not known accepts any clause of it."""
        if not self.right:
            return cited is None
        return cited is not None and any(cited == one or (one[1] is None and cited[0] == one[0]) for one in self.right)

    def question(self) -> dict[str, Any]:
        """Return the description as the command reads it, without its label."""
        return {
            "id": self.id,
            "found_on": self.found_on.isoformat(),
            "enterprise": dict(self.enterprise),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Score:
    """What a set of answers is worth. A rate over nothing is None."""

    cases: int
    recall: float | None
    precision: float | None
    clause_first: float | None
    level_right: float | None
    confusion: Mapping[str, Mapping[tuple[str, str], int]]
    wrong_level: tuple[tuple[Case, str], ...]
    wrong_clause: tuple[tuple[Case, Citation | None], ...]


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read a file of labelled descriptions of any of the three shapes."""
    book = read_book(path)
    singles = [_case(item) for item in book.get("cases", ())]
    pairs = [case for pair in book.get("pairs", ()) for case in _pair(pair)]
    conditions = [case for item in book.get("conditions", ()) for case in _condition(item)]
    return (*singles, *pairs, *conditions)


def _case(item: Mapping[str, Any]) -> Case:
    first = [(item["standard"], item["clause"])] if item["standard"] else []
    also = [(one["standard"], one["clause"]) for one in item.get("also", ())]
    return Case(
        id=item["id"],
        found_on=date.fromisoformat(item["found_on"]),
        enterprise=item["enterprise"],
        text=item["text"],
        level=MAJOR if item["cause"] in STATED else item["level"],
        right=(*first, *also),
        reason=item["reason"],
        cause=item["cause"],
    )


def _pair(pair: Mapping[str, Any]) -> tuple[Case, Case]:
    """Read a hit and its near miss: `<criterion>/hit` and `<criterion>/miss`."""
    item = next(item for item in read_library().criteria if item.id == pair["criterion"])
    on, place = date.fromisoformat(pair["found_on"]), pair["enterprise"]
    right = ((item.standard_id, item.clause),) if pair["level"] != GENERAL else ()
    hit = Case(f"{item.id}/hit", on, place, pair["hit"], pair["level"], right, item.text, "hit")
    other = pair.get("miss_enterprise", place)
    return hit, Case(f"{item.id}/miss", on, other, pair["miss"], GENERAL, (), pair["different"], "near_miss")


def _condition(item: Mapping[str, Any]) -> list[Case]:
    """Read the same words on each day: `<condition>/<day>`."""
    return [
        Case(
            id=f"{item['id']}/{day}",
            found_on=date.fromisoformat(day),
            enterprise=item["enterprise"],
            text=item["text"],
            level=label["level"],
            right=((label["standard"], label["clause"]),) if label["standard"] else (),
            reason=item["changed"],
            cause="version",
        )
        for day, label in item["days"].items()
    ]


def read_answers(lines: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Read JSON lines of the command; blank lines are passed over."""
    answers = (json.loads(line) for line in lines if line.strip())
    return {answer["id"]: answer for answer in answers}


def first_citation(answer: Mapping[str, Any]) -> Citation | None:
    """Return what an answer cites first: its first candidate, or its criterion where it lists none."""
    candidates: Sequence[Mapping[str, Any]] = answer.get("candidates") or ()
    first = candidates[0] if candidates else answer.get("criterion")
    return (first["standard"], first.get("clause") or None) if first else None


def score(cases: Sequence[Case], answers: Mapping[str, Mapping[str, Any]]) -> Score:
    """Compare answers with the labels; a case without an answer counts as missed.

    recall: of the descriptions labelled major, how many were called so. precision: of those called major, how many are
    labelled so. clause_first: of those labelled major, for how many the first citation is right. confusion: by cause,
    how often a label got an answer.
    """
    levels = {case.id: answers[case.id]["level"] if case.id in answers else NO_ANSWER for case in cases}
    cited = {case.id: first_citation(answers.get(case.id, {})) for case in cases}
    major = [case for case in cases if case.level == MAJOR]
    called = [case for case in cases if levels[case.id] == MAJOR]
    confusion: dict[str, Counter[tuple[str, str]]] = {}
    for case in cases:
        confusion.setdefault(case.cause, Counter())[case.level, levels[case.id]] += 1
    return Score(
        cases=len(cases),
        recall=_rate(sum(levels[case.id] == MAJOR for case in major), len(major)),
        precision=_rate(sum(case.level == MAJOR for case in called), len(called)),
        clause_first=_rate(sum(case.accepts(cited[case.id]) for case in major), len(major)),
        level_right=_rate(sum(case.level == levels[case.id] for case in cases), len(cases)),
        confusion=confusion,
        wrong_level=tuple((case, levels[case.id]) for case in cases if case.level != levels[case.id]),
        wrong_clause=tuple((case, cited[case.id]) for case in major if not case.accepts(cited[case.id])),
    )


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def report(result: Score) -> str:
    """Write a score as text: the figures, the confusion by cause, and every wrong answer with its label's reason."""
    lines = [f"{result.cases} cases"]
    lines += [
        f"{name}: {'—' if rate is None else f'{rate:.3f}'}"
        for name, rate in (
            ("recall of 重大", result.recall),
            ("precision of 重大", result.precision),
            ("clause first", result.clause_first),
            ("level right", result.level_right),
        )
    ]
    lines.append("\nby cause (label → answer)")
    for cause in sorted(result.confusion):
        counts = result.confusion[cause]
        pairs = ", ".join(f"{label}→{given} {counts[label, given]}" for label, given in sorted(counts))
        lines.append(f"  {cause}: {pairs}")
    lines.append("\nwrong level")
    lines += [
        f"  {case.id} {case.level}→{given} [{case.cause}] {case.text} ({case.reason})"
        for case, given in result.wrong_level
    ]
    lines.append("\nwrong clause")
    lines += [
        f"  {case.id} {_words(case.right[0])}, not {_words(cited)}: {case.text}" for case, cited in result.wrong_clause
    ]
    return "\n".join(lines)


def _words(cited: Citation | None) -> str:
    return "nothing" if cited is None else f"{cited[0]} {cited[1] or '?'}"


def main(arguments: Sequence[str]) -> str:
    """Answer the command line: the questions of a file (`--ask`), or the report on a file of answers."""
    cases = read_cases(Path(arguments[0]))
    if arguments[1] == "--ask":
        return "\n".join(json.dumps(case.question(), ensure_ascii=False) for case in cases)
    with Path(arguments[1]).open(encoding="utf-8") as answers:
        return report(score(cases, read_answers(answers)))


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]) + "\n")
