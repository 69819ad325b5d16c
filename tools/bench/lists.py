"""A superior's list of 10,000 rows from end to end, beside reading it and writing the same rows bare."""

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.bench import rows, towns
from tools.bench.acts import inside
from tools.bench.viewers import OFFICE


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds: taking the list in, and its bare equivalents."""

    size: int
    keep: float
    understand: float
    commit: float
    read: float
    written: float
    tables: dict[str, int]

    @property
    def ratio(self) -> float:
        """Return how many times the bare work the product needs."""
        return (self.keep + self.understand + self.commit) / (self.read + self.written)


def measure(size: int, *, count: int = 10_000) -> Taken:
    """Take a list in twice: once timed, once with its rows noted; then write those bare into a third copy."""
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        return measure_in(towns.working_copy(size, Path(folder) / "timed"), account=OFFICE, count=count)


def measure_in(timed: Path, *, account: str, count: int) -> Taken:
    """Do it in a copy that may be spoilt; further copies are made beside it."""
    file = timed.parent / "list.xlsx"
    inside(timed, "ledger", account, str(count), str(file))
    noted, bare = (Path(shutil.copytree(timed, timed.parent / name)) for name in ("noted", "bare"))
    took = inside(timed, "take_in", account, str(file))
    read = inside(timed, "read_only", str(file))
    connection = rows.open_database(noted / "bihuan.sqlite3")
    rows.watch(connection)
    inside(noted, "take_in", account, str(file))
    written, _ = rows.written_since(connection, 0)
    connection.close()
    connection = rows.open_database(bare / "bihuan.sqlite3")
    began = time.perf_counter()
    rows.write_bare(connection, written)
    seconds = time.perf_counter() - began
    connection.close()
    keep, understand, commit = (float(str(took[part])) for part in ("keep", "understand", "commit"))
    tables = rows.count_by_table(written)
    return Taken(count, keep, understand, commit, float(str(read["seconds"])), seconds, tables)
