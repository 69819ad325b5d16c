"""What a suggested level costs: on one core, and with ten times the criteria."""

import json
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tests.source import ROOT
from tests.standards.scoring import CASES, read_cases

from bihuan.standards.data import read_library
from bihuan.standards.data.judging import judge_of, read_conditions
from bihuan.standards.rules import Library
from bihuan.standards.rules.determine import Case, ConditionBook, Enterprise, Judge, as_plain

TIMES = 10


@dataclass(frozen=True, slots=True)
class Determined:
    """Rates in answers a second of one core; milliseconds of one answer; seconds from the command to its answer."""

    cases: int
    per_second: float
    p95_ms: float
    tenfold: float
    start_s: float
    megabytes: float


def cases() -> list[Case]:
    """Return the labelled descriptions of the tuning half as they are asked."""
    found = []
    for one in read_cases(CASES / "tuning.yaml"):
        place = one.enterprise
        enterprise = Enterprise(place["industry"], tuple(place["sectors"]), tuple(place["features"]))
        found.append(Case(one.text, one.found_on, enterprise))
    return found


def tenfold() -> Judge:
    """Return a judge over ten times the criteria, each copy with conditions of its own."""
    library, book = read_library(), read_conditions()
    items = [replace(item, id=f"{item.id}~{copy}") for copy in range(TIMES) for item in library.criteria]
    of = {item.id: book.of[item.id.partition("~")[0]] for item in items}
    return judge_of(Library(library.standards, tuple(items)), ConditionBook(of, book.missing_only))


def measure() -> Determined:
    """Measure in this process, by the time of the processor."""
    asked = cases()
    tracemalloc.start()
    judge = judge_of(read_library())
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    wide = tenfold()
    took = _each(asked, lambda case: as_plain(judge.determine(case), 1))
    wider = _each(asked, lambda case: as_plain(wide.determine(case), 1))
    return Determined(
        cases=len(asked),
        per_second=len(took) / sum(took),
        p95_ms=1000 * sorted(took)[int(0.95 * len(took))],
        tenfold=sum(wider) / sum(took),
        start_s=_start(asked[0]),
        megabytes=megabytes,
    )


def _each(asked: Sequence[Case], answer: Callable[[Case], object]) -> list[float]:
    answer(asked[0])  # what is made once is not counted
    took = []
    for case in asked:
        began = time.process_time()
        answer(case)
        took.append(time.process_time() - began)
    return took


def _start(case: Case) -> float:
    line = json.dumps({"id": 1, "found_on": case.on.isoformat(), "text": case.text})
    began = time.perf_counter()
    command = [sys.executable, "-m", "bihuan.cli.main", "determine"]
    subprocess.run(command, input=line.encode(), cwd=ROOT / "src", capture_output=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    print(measure())
