"""The demo town that the browser's tests copy: made once in a run, a minute of work, by whoever asks first."""

import time
from pathlib import Path

from tests.servers import bihuan


def demo_town(folder: Path) -> Path:
    """Return the home of the demo town in a folder of this run; make it, or wait for whoever is at it."""
    home, done, failed = folder / "demo-town", folder / "demo-town.done", folder / "demo-town.failed"
    try:
        home.mkdir()
    except FileExistsError:
        while not done.exists():
            assert not failed.exists(), "another process could not make the demo town; it said why"
            time.sleep(0.2)
        return home
    outcome = failed
    try:
        bihuan(home, "up", "--prepare-only", "--demo")
        outcome = done
    finally:
        outcome.touch()
    return home
