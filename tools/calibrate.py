"""Makes the data that rest on the tuning half of the labelled descriptions: `samples.tsv` and `trust.yaml`.

Run it after the labels, or much of the words, have changed: `python -m tools.calibrate`. It reads the tuning half and
nothing else; the half that is kept apart stays unread.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.standards.scoring import CASES, Case, read_cases

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case as Asked
from bihuan.standards.rules.determine import Enterprise, Judge, Level, Step, fitted, rank
from bihuan.standards.rules.teaching import Labelled, answer_of, is_right

DATA: Final = Path(__file__).resolve().parent.parent / "src/bihuan/standards/data"
TUNING: Final = CASES / "tuning.yaml"
SAMPLES_HEAD: Final = "# Made by tools/calibrate.py: day, level, citations, industry, sectors, features, text."
TRUST_HEAD: Final = """# Made by tools/calibrate.py from the tuning half: how sure an answer is, by level and rank.
# level: [[rank from which the step counts, right, asked], …]
"""


def samples(cases: Iterable[Case]) -> str:
    """Return the labelled sentences, one a line."""
    return "\n".join([SAMPLES_HEAD, *map(_line, cases)]) + "\n"


def _line(case: Case) -> str:
    known = case.enterprise
    cited = [f"{standard} {clause or ''}".strip() for standard, clause in case.right]
    cells = [case.found_on.isoformat(), case.level, _many(cited), known.get("industry", "")]
    cells += [_many(known.get("sectors", ())), _many(known.get("features", ())), case.text]
    if any("\t" in cell or "\n" in cell for cell in cells):
        raise ValueError(f"{case.id}: a tab or a line break would break the table")
    return "\t".join(cells)


def _many(words: Sequence[str]) -> str:
    if any(";" in one for one in words):
        raise ValueError(f"a semicolon in {words}")
    return ";".join(words)


def trust(judge: Judge, cases: Iterable[Labelled]) -> Mapping[str, Sequence[Step]]:
    """Return, by level, how often answers of each rank are right."""
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for one in cases:
        verdict = judge.determine(one.case)
        found[verdict.level].append((rank(verdict), is_right(answer_of(judge, one.case), one)))
    return {str(level): fitted(answers) for level, answers in sorted(found.items())}


def labelled(case: Case) -> Labelled:
    """Return a description as the product keeps it."""
    known = case.enterprise
    place = Enterprise(known.get("industry", ""), tuple(known["sectors"]), tuple(known["features"]))
    right = frozenset((standard, clause or "") for standard, clause in case.right)
    return Labelled(Asked(case.text, case.found_on, place), Level(case.level), right)


def main() -> None:
    """Write both files."""
    cases = read_cases(TUNING)
    (DATA / "samples.tsv").write_text(samples(cases), encoding="utf-8")
    steps = trust(read_judge(), map(labelled, cases))
    lines = [f"{level}: {[[one.rank, one.right, one.asked] for one in many]}" for level, many in steps.items()]
    (DATA / "trust.yaml").write_text(TRUST_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    told = ", ".join(f"{level} {len(many)}" for level, many in steps.items())
    sys.stdout.write(f"{len(cases)} sentences; steps: {told}\n")


if __name__ == "__main__":
    main()
