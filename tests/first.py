"""What is made once in a run by whoever asks first while the others wait; workers are processes of their own."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def made_first(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return `folder`/`name`; the first who asks makes it (`make` is given the empty folder), the others wait."""
    place, done, failed = folder / name, folder / f"{name}.done", folder / f"{name}.failed"
    try:
        place.mkdir()
    except FileExistsError:
        while not done.exists():
            assert not failed.exists(), f"another process could not make “{name}”; it said why"
            time.sleep(0.2)
        return place
    outcome = failed
    try:
        make(place)
        outcome = done
    finally:
        outcome.touch()
    return place


def folder_of_run() -> Path | None:
    """Return the folder that all processes of a run of `make test` share; None where tests are run by hand."""
    told = os.environ.get("BIHUAN_TESTS_FOLDER")
    return Path(told) if told else None
