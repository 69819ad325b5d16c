"""Run everything that `make test` promises, in order, and close with one verdict.

Usage: .venv/bin/python tools/run_tests.py [--only STEP …]
Every step runs even when an earlier one failed, so that one run tells all; the exit code is not 0 if any failed.
The demo town that the browser's tests need is made beside the first steps, which leave a processor idle.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "-p", "no:cacheprovider"]
NOT_AVAILABLE = 69


def marked(word: str) -> list[str]:
    """Return the test files in which a mark is written: all others need not be loaded to find what bears it."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files if f"pytest.mark.{word}" in file.read_text("utf-8")]


STEPS: dict[str, list[str]] = {
    "system packages": [PYTHON, "tools/system_packages.py"],
    "check": [PYTHON, "tools/check.py", "--no-tests"],
    "SQLite": [*PYTEST, "-n", "2", "--dist", "worksteal", "-m", "not slow and not browser"],
    # In workers of their own: an open Chromium leaves an event loop running, beside which Django refuses its database.
    "browser": [*PYTEST, "-n", "2", "--dist", "worksteal", "tests/browser"],
    "processes": [*PYTEST, "-n", "2", "--dist", "worksteal", "-m", "slow and not alone", *marked("slow")],
    "alone on the machine": [*PYTEST, "-m", "alone", *marked("alone")],
    "PostgreSQL": [
        PYTHON, "tools/postgres_for_tests.py", "--", *PYTEST, "-n", "2", "--dist", "worksteal", "--database-only",
    ],
}  # fmt: skip


def main() -> int:
    """Run the steps, print a table of verdicts, return 0 only when all passed."""
    chosen = _chosen()
    home = Path(tempfile.mkdtemp(prefix="bihuan-tests-"))
    environment = os.environ | {
        "BIHUAN_TESTING": "1",
        "BIHUAN_HOME": str(home),
        "BIHUAN_TESTS_FOLDER": str(home),
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or each of some hundred processes compiles all code again
    verdicts: list[tuple[str, str, float, float]] = []
    beside = _begin_demo_town(home, environment) if "browser" in chosen else None
    try:
        for name in chosen:
            print(f"\n==== {name} ====", flush=True)
            began, busy = time.monotonic(), _processor_seconds()
            code = subprocess.run(STEPS[name], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
            took = time.monotonic() - began, _processor_seconds() - busy
            verdicts.append((name, _verdict(code.returncode), *took))
    finally:
        if beside:
            beside.wait()
        shutil.rmtree(home, ignore_errors=True)
    print("\n==== verdict ====")
    for name, verdict, seconds, processor in verdicts:
        print(f"{verdict:<10} {seconds:6.0f} s  {processor:6.0f} s of processor  {name}")
    return 1 if any(verdict == "FAILED" for _, verdict, *_ in verdicts) else 0


def _processor_seconds() -> float:
    """Return what the processes that have ended took, all cores together; 0 where the system does not count it."""
    times = os.times()
    return times.children_user + times.children_system


def _begin_demo_town(folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    command = [PYTHON, "-m", "tests.demo_town", str(folder)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)


def _chosen() -> list[str]:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(STEPS), default=list(STEPS))
    return list(parser.parse_args().only)


def _verdict(code: int) -> str:
    if code == NOT_AVAILABLE:
        return "SKIPPED"
    return "passed" if code == 0 else "FAILED"


if __name__ == "__main__":
    sys.exit(main())
