"""The towns that are measured: made once through the product's own services, kept in bench-results/."""

import shutil
import sqlite3
import sys
import time
from pathlib import Path

from tests.servers import bihuan
from tests.source import ROOT

KEPT = ROOT / "bench-results"
MADE = "made-in"  # file in a finished town: how many seconds it took


def town_of(size: int) -> Path:
    """Return the home of a county with `size` hazards, making it first if it is not kept; a kept one is migrated."""
    home = KEPT / f"hazards-{size}"
    if (home / MADE).exists():
        bihuan(home, "up", "--prepare-only")  # migrates, and makes a cube of older code anew
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    print(f"Making {size:,} hazards in {home.relative_to(ROOT)} …", flush=True)
    bihuan(home, "up", "--prepare-only")
    bihuan(home, "demo_town")  # the small town that stands in every demo; the others are timed
    began = time.monotonic()
    bihuan(home, "demo_town", "--scale", str(size))
    seconds = time.monotonic() - began
    with sqlite3.connect(home / "bihuan.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (home / MADE).write_text(f"{seconds:.0f}", encoding="ascii")
    return home


def is_kept(size: int) -> bool:
    """Tell whether a county of this size need not be made."""
    return (KEPT / f"hazards-{size}" / MADE).exists()


def made_in(size: int) -> int:
    """Return the seconds that making a county took."""
    return int((KEPT / f"hazards-{size}" / MADE).read_text(encoding="ascii"))


def working_copy(size: int, to: Path) -> Path:
    """Copy a county, so that acts leave the kept one as it is."""
    return Path(shutil.copytree(town_of(size), to))


if __name__ == "__main__":
    for given in sys.argv[1:]:
        print(town_of(int(given)))
