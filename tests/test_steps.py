"""The steps of `make test`: which files they load, and that no test is left out by loading fewer."""

import ast
import sys

import pytest
from tools import run_tests
from tools.run_tests import AFTER, BEFORE, COMPUTING, STEPS, WAITING, marked

from tests.source import ROOT

OF_A_STEP = ("slow", "alone")


def _written(text: str) -> set[str]:
    """Return the marks of a step that a file writes, as an attribute, or takes over from another file."""
    if not any(word in text for word in OF_A_STEP):
        return set()
    tree = ast.parse(text)
    words = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    words |= {one.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names}
    return words & set(OF_A_STEP)


def test_given_a_mark_of_a_step_when_written_anywhere_in_the_tests_then_the_step_loads_that_file() -> None:
    loaded = {word: marked(word) for word in OF_A_STEP}

    for file in sorted((ROOT / "tests").rglob("*.py")):
        for word in _written(file.read_text(encoding="utf-8")):
            assert file.relative_to(ROOT).as_posix() in loaded[word], (file, word)


def test_given_the_steps_when_looked_at_then_every_marked_file_is_in_its_own() -> None:
    assert marked("alone")
    assert set(marked("alone")) <= set(STEPS["alone on the machine"])
    assert set(marked("slow")) <= set(STEPS["processes"])


def test_given_the_steps_when_put_in_order_then_each_is_run_once_and_what_must_be_alone_is() -> None:
    assert sorted([*BEFORE, *WAITING, *COMPUTING, *AFTER]) == sorted(STEPS)
    assert AFTER == ("alone on the machine",)


def test_given_steps_of_both_kinds_when_run_then_each_tells_its_outcome_and_one_that_failed_fails_all(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    steps = {step: [sys.executable, "-c", f"print('{step} says')"] for step in STEPS}
    steps["processes"] = [sys.executable, "-c", "print('processes says'); raise SystemExit(1)"]
    steps["PostgreSQL"] = [sys.executable, "-c", "raise SystemExit(69)"]
    monkeypatch.setattr(run_tests, "STEPS", steps)
    monkeypatch.setattr(sys, "argv", ["run_tests.py"])

    code = run_tests.main()

    said = capfd.readouterr().out
    lines = said.partition("verdict after")[2].splitlines()[1:]
    told = {line.rpartition(" s of processor  ")[2]: line.split()[0] for line in lines}
    assert code == 1
    assert told == dict.fromkeys(STEPS, "passed") | {"processes": "FAILED", "PostgreSQL": "SKIPPED"}
    assert all(f"\n{step} says\n" in said for step in STEPS if step != "PostgreSQL")
    assert said.rindex("alone on the machine says") > said.index("processes says")
