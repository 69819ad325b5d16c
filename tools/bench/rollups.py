"""What keeping the roll-ups current costs an act: the same confirmations with the cube and without it, in turns."""

import itertools
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tests.servers import serve

from tools.bench import towns
from tools.bench.acts import PATHS, confirm, copy_of, inside, ready
from tools.bench.viewers import OFFICE

UNCOUNTED = {"DJANGO_SETTINGS_MODULE": "tools.bench.uncounted_settings", **PATHS}


@dataclass(frozen=True, slots=True)
class Cost:
    """The median of an act over HTTP in milliseconds, with roll-ups and without."""

    counted: float
    uncounted: float

    @property
    def share(self) -> float:
        """The part of an act that roll-ups take."""
        return 1 - self.uncounted / self.counted


def measure(size: int, *, count: int = 200) -> Cost:
    """Measure in two copies of a kept town, served side by side, act by act in turns."""
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        before = towns.working_copy(size, Path(folder) / "before")
        ids = cast("list[str]", inside(before, "report", OFFICE, str(count))["ids"])
        homes = [copy_of(before, name) for name in ("counted", "uncounted")]
        with serve(homes[0]) as counted, serve(homes[1], extra=UNCOUNTED) as uncounted:
            people = [ready(one, ids[0], OFFICE) for one in (counted, uncounted)]
            times: tuple[list[float], list[float]] = ([], [])
            for hazard, side in itertools.product(ids, (0, 1)):
                began = time.perf_counter()
                confirm(people[side][0], hazard, people[side][1])
                times[side].append((time.perf_counter() - began) * 1000)
    return Cost(statistics.median(times[0]), statistics.median(times[1]))
