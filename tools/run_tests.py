"""Run everything that `make test` promises, on both cores, and close with one verdict.

Usage: .venv/bin/python tools/run_tests.py [--only STEP …]
Every step runs even when an earlier one failed, so that one run tells all; the exit code is not 0 if any failed.
Steps that compute go one after another and give way to those that wait for a browser or a process: these go beside
them and are shown when one of the others has ended. What measures waiting comes last, the machine to itself.
"""

import argparse
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "-p", "no:cacheprovider"]
TWO = ["-n", "2", "--dist", "worksteal"]
NOT_AVAILABLE = 69
NICER: Final = 10  # than what runs beside it and must answer in time


def marked(word: str) -> list[str]:
    """Return the test files in which a mark is written: all others need not be loaded to find what bears it."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files if f"pytest.mark.{word}" in file.read_text("utf-8")]


STEPS: dict[str, list[str]] = {
    "system packages": [PYTHON, "tools/system_packages.py"],
    # In workers of their own: an open Chromium leaves an event loop running, beside which Django refuses its database.
    "browser": [*PYTEST, *TWO, "tests/browser"],
    "processes": [*PYTEST, *TWO, "-m", "slow and not alone", *marked("slow")],
    "check": [PYTHON, "tools/check.py", "--no-tests"],
    "SQLite": [*PYTEST, *TWO, "-m", "not slow and not browser"],
    "PostgreSQL": [PYTHON, "tools/postgres_for_tests.py", "--", *PYTEST, *TWO, "--database-only"],
    "alone on the machine": [*PYTEST, "-m", "alone", *marked("alone")],
}
BEFORE: Final = ("system packages",)
WAITING: Final = ("browser", "processes")
COMPUTING: Final = ("check", "SQLite", "PostgreSQL")
AFTER: Final = ("alone on the machine",)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step went. seconds: from begin to end; processor: of all its processes, None where nobody counts them."""

    step: str
    code: int
    seconds: float
    processor: float | None
    said: str = ""

    @property
    def verdict(self) -> str:
        """The word for it."""
        if self.code == NOT_AVAILABLE:
            return "SKIPPED"
        return "passed" if self.code == 0 else "FAILED"


def main() -> int:
    """Run the steps, print a table of verdicts, return 0 only when all passed."""
    chosen, began = _chosen(), time.monotonic()
    home = Path(tempfile.mkdtemp(prefix="bihuan-tests-"))
    environment = os.environ | {
        "BIHUAN_TESTING": "1",
        "BIHUAN_HOME": str(home),
        "BIHUAN_TESTS_FOLDER": str(home),
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or each of some hundred processes compiles all code again
    try:
        outcomes = {one.step: one for one in _all(chosen, environment)}
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"\n==== verdict after {time.monotonic() - began:.0f} s ====")
    for one in (outcomes[step] for step in chosen):
        processor = "     ?" if one.processor is None else f"{one.processor:6.0f}"
        print(f"{one.verdict:<10} {one.seconds:6.0f} s  {processor} s of processor  {one.step}")
    return 1 if any(one.verdict == "FAILED" for one in outcomes.values()) else 0


def _all(chosen: list[str], environment: dict[str, str]) -> Iterator[Outcome]:
    """Run the steps, those that wait beside those that compute; yield each as it is shown."""
    waiting, computing = ([step for step in chosen if step in lane] for lane in (WAITING, COMPUTING))
    for step in [step for step in chosen if step in BEFORE]:
        yield _shown(step, environment)
    told: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    beside = threading.Thread(target=_wait, args=(waiting, environment, told), daemon=True)
    beside.start()
    for step in computing:
        yield _shown(step, environment, nicer=NICER)
        yield from _told(told)
    beside.join()
    yield from _told(told)
    for step in [step for step in chosen if step in AFTER]:
        yield _shown(step, environment)


def _wait(steps: list[str], environment: dict[str, str], told: "queue.SimpleQueue[Outcome]") -> None:
    for step in steps:
        told.put(_kept(step, environment))


def _told(told: "queue.SimpleQueue[Outcome]") -> Iterator[Outcome]:
    while not told.empty():
        one = told.get()
        _title(one.step)
        print(one.said, flush=True)
        yield one


def _title(step: str) -> None:
    print(f"\n==== {step} ====", flush=True)


def _shown(step: str, environment: dict[str, str], *, nicer: int = 0) -> Outcome:
    """Run a step whose words are shown as they come."""
    _title(step)
    return _run(step, environment, None, nicer)


def _kept(step: str, environment: dict[str, str]) -> Outcome:
    """Run a step whose words are kept until they can be shown together."""
    with tempfile.TemporaryFile() as words:
        done = _run(step, environment, words, 0)
        words.seek(0)
        return Outcome(done.step, done.code, done.seconds, done.processor, words.read().decode("utf-8", "replace"))


def _run(step: str, environment: dict[str, str], words: IO[bytes] | None, nicer: int) -> Outcome:
    began = time.monotonic()
    command = [*(["nice", "-n", str(nicer)] if nicer and shutil.which("nice") else []), *STEPS[step]]
    error = None if words is None else subprocess.STDOUT
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=words, stderr=error)
    code, processor = _waited(process)
    return Outcome(step, code, time.monotonic() - began, processor)


def _waited(process: "subprocess.Popen[bytes]") -> tuple[int, float | None]:
    """Wait for a process; return its code, and the processor seconds of all that it waited for itself."""
    if sys.platform == "win32":
        return process.wait(), None
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime


def _chosen() -> list[str]:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(STEPS), default=list(STEPS))
    only = parser.parse_args().only
    return [step for step in STEPS if step in only]


if __name__ == "__main__":
    sys.exit(main())
