"""kill -9 in the middle of entering a list leaves nothing or all (issue, point 6)."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.intake.killed import ROWS
from tests.migrated import migrated_file

pytestmark = pytest.mark.slow
NOTHING = {"lists": 0, "items": 0, "hazards": 0, "tasks": 0, "events": 0, "state": "read", "numbers": 0, "sound": True}
ALL = NOTHING | dict.fromkeys(("items", "hazards", "tasks", "events", "numbers"), ROWS) | {"lists": 1, "state": "done"}
TURNS = (0.0, 0.2, 0.6, 1.2, 2.0, 3.5)  # seconds after it has begun


def step(home: Path, name: str) -> subprocess.Popen[str]:
    env = os.environ | {
        "BIHUAN_HOME": str(home),
        "BIHUAN_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    env.pop("BIHUAN_DATABASE")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.intake.killed", name], stdout=subprocess.PIPE, text=True, env=env
    )


def told(home: Path) -> dict[str, Any]:
    out, _ = step(home, "count").communicate(timeout=120)
    counts: dict[str, Any] = json.loads(out)
    return counts


def test_given_an_import_that_is_killed_at_any_moment_when_looked_at_then_nothing_or_all_is_there(
    tmp_path: Path,
) -> None:
    migrated_file(tmp_path)
    step(tmp_path, "prepare").communicate(timeout=300)
    seen = []

    for seconds in TURNS:
        entering = step(tmp_path, "enter")
        assert entering.stdout is not None
        assert entering.stdout.readline() == "begins\n"
        time.sleep(seconds)
        entering.send_signal(signal.SIGKILL)
        entering.wait(timeout=60)
        entering.stdout.close()
        seen.append(told(tmp_path))
        if seen[-1]["state"] == "done":
            break

    assert seen[0] == NOTHING
    assert [one for one in seen if one not in (NOTHING, ALL)] == []
    if seen[-1] == NOTHING:
        step(tmp_path, "enter").communicate(timeout=120)
    assert told(tmp_path) == ALL
