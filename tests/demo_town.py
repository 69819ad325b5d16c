"""The demo town that the browser's tests copy: made once in a run, a minute of work, by whoever asks first."""

from pathlib import Path

from tests.first import made_first
from tests.servers import bihuan


def demo_town(folder: Path) -> Path:
    """Return the home of the demo town in a folder of this run; make it, or wait for whoever is at it."""
    return made_first(folder, "demo-town", lambda home: bihuan(home, "up", "--prepare-only", "--demo"))
