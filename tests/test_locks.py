"""The lock files pin every dependency with hashes and name no place to get it from."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
LOCKS = sorted(file.name for file in REQUIREMENTS.glob("*.lock"))


def _pins(name: str) -> dict[str, str]:
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_given_a_lock_file_when_read_then_each_pin_has_hashes_and_nothing_names_a_host(name: str) -> None:
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")

    pins = [line for line in text.splitlines() if line and not line.startswith(" ")]

    assert [line for line in pins if not re.fullmatch(r"[a-z0-9.-]+==\S+( ; [^\\]+)? \\", line)] == []
    assert text.count(" \\\n    --hash=sha256:") >= len(pins)
    assert re.findall(r"https?:|file:|--index|--find-links|@ ", text) == []


def test_given_both_locks_when_compared_then_tests_run_on_the_versions_that_are_served() -> None:
    runtime, dev = _pins("runtime.lock"), _pins("dev.lock")

    assert {name: dev.get(name) for name in runtime} == runtime


def test_given_the_wanted_packages_when_compared_with_the_locks_then_every_one_is_pinned_and_says_why() -> None:
    for name in ("runtime", "build", "assets", "dev"):
        lines = (REQUIREMENTS / f"{name}.in").read_text(encoding="utf-8").splitlines()
        wanted = [line for line in lines if line and not line.startswith(("#", "-r"))]
        names = [re.split(r"[\[~>=< ]", line)[0].lower().replace("_", "-") for line in wanted]

        assert sorted(set(names) - set(_pins(f"{name}.lock"))) == []
        assert [line for line in wanted if "#" not in line and name != "assets"] == []
