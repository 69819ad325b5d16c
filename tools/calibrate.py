"""Makes `samples.tsv` from the tuning half of the labelled descriptions, and `trust.yaml` from first meetings.

`python -m tools.calibrate FILE` asks about new sentences of the form of `own.txt`, before anything is learnt from them,
and keeps how each was answered in `first_met.txt`; words that were learnt from prove nothing. `python -m
tools.calibrate` makes the data anew; run it after the labels have changed or a batch was met. The half that is kept
apart stays unread.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tests.standards.scoring import CASES, Case, read_cases

from bihuan.standards.data import read_library
from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case as Asked
from bihuan.standards.rules.determine import Enterprise, Level, Step, fitted, rank
from bihuan.standards.rules.teaching import Labelled, answer_of, is_right

DATA: Final = Path(__file__).resolve().parent.parent / "src/bihuan/standards/data"
TUNING: Final = CASES / "tuning.yaml"
SAMPLES_HEAD: Final = "# Made by tools/calibrate.py: day, level, citations, industry, sectors, features, text."
FIRST_MET: Final = CASES / "first_met.txt"
LEVELS: Final = {"M": Level.MAJOR, "P": Level.OPEN, "G": Level.GENERAL}
TRUST_HEAD: Final = """# Made by tools/calibrate.py from first meetings: how sure an answer is, by level and rank.
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


def trust(met: Iterable[str]) -> Mapping[str, Sequence[Step]]:
    """Return, by level, how often answers of each rank were right, from the lines of `first_met.txt`."""
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for line in met:
        level, ranked, right, _ = line.split("|", 3)
        found[level].append((float(ranked), right == "1"))
    return {level: fitted(answers) for level, answers in sorted(found.items())}


def read_first_met() -> Sequence[str]:
    """Return the answers that were kept, without the remarks."""
    return [line for line in FIRST_MET.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def meet(lines: Iterable[str]) -> Iterator[str]:
    """Yield, for each labelled line of the form of `own.txt`, the answer that it gets, with the line."""
    clauses = {item.id: (item.standard_id, item.clause) for item in read_library().criteria}
    for line in lines:
        level, criteria, on, industry, sectors, features, text = line.split("|")
        place = Enterprise(industry, tuple(sectors.split(",")), tuple(features.split(",")))
        right = frozenset(clauses[one] for one in criteria.split("/") if level == "M")
        one = Labelled(Asked(text, date.fromisoformat(on), place), LEVELS[level], right)
        verdict = read_judge().determine(one.case)
        yield f"{verdict.stated}|{rank(verdict)}|{int(is_right(answer_of(read_judge(), one.case), one))}|{line}"


def labelled(case: Case) -> Labelled:
    """Return a description as the product keeps it."""
    known = case.enterprise
    place = Enterprise(known.get("industry", ""), tuple(known["sectors"]), tuple(known["features"]))
    right = frozenset((standard, clause or "") for standard, clause in case.right)
    return Labelled(Asked(case.text, case.found_on, place), Level(case.level), right)


def main(arguments: Sequence[str]) -> None:
    """Write both files; with a file of new sentences, first keep how they are answered."""
    for name in arguments:
        lines = [line for line in Path(name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
        met = "".join(f"{one}\n" for one in meet(lines))
        with FIRST_MET.open("a", encoding="utf-8") as kept:
            kept.write(met)
    cases = read_cases(TUNING)
    (DATA / "samples.tsv").write_text(samples(cases), encoding="utf-8")
    steps = trust(read_first_met())
    lines = [f"{level}: {[[one.rank, one.right, one.asked] for one in many]}" for level, many in steps.items()]
    (DATA / "trust.yaml").write_text(TRUST_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    told = ", ".join(f"{level} {len(many)}" for level, many in steps.items())
    sys.stdout.write(f"{len(cases)} sentences; steps: {told}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
