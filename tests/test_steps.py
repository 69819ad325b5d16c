"""The steps of `make test`: which files they load, and that no test is left out by loading fewer."""

import ast

from tools.run_tests import STEPS, marked

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
