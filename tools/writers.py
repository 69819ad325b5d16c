"""Many writers at once on one SQLite file: how long each waits, and whether any is refused. For test and bench."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Waits:
    """What the writers met. p50, p95, worst: milliseconds from before the transaction until after its commit."""

    writers: int
    acts: int
    p50: float
    p95: float
    worst: float
    per_second: float
    refused: tuple[str, ...]


def measure(*, processes: int = 4, threads: int = 16, acts: int = 20, database: Path | None = None) -> Waits:
    """Let `processes` x `threads` writers record `acts` events each, in transactions of their own, as fast as they can.

    database: a migrated file to write into; None makes one in a temporary place.
    """
    with tempfile.TemporaryDirectory() as home:
        file = database or migrated(Path(home))
        environment = _environment(Path(home), file)
        waits, refused, seconds = _hammer(processes, threads, acts, environment)
    waits.sort()
    return Waits(
        writers=processes * threads,
        acts=len(waits),
        p50=waits[len(waits) // 2],
        p95=waits[len(waits) * 95 // 100],
        worst=waits[-1],
        per_second=len(waits) / seconds,
        refused=tuple(refused),
    )


def migrated(home: Path) -> Path:
    """Make a database that holds nothing yet in a folder, and return its file."""
    file = home / "bihuan.sqlite3"
    _run(["migrate", "--verbosity", "0"], _environment(home, file))
    return file


def _environment(home: Path, file: Path) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "BIHUAN_HOME": str(home),
        "BIHUAN_DATABASE": f"sqlite:///{file}",
        "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
    }


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "bihuan.cli.main", *command], env=environment, check=True)


def _hammer(
    processes: int, threads: int, acts: int, environment: dict[str, str]
) -> tuple[list[float], list[str], float]:
    command = [sys.executable, "-m", "tools.writers", str(threads), str(acts)]
    started = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    for process in started:
        assert process.stdout is not None
        process.stdout.readline()  # it is ready
    begin = time.perf_counter()
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [json.loads(process.communicate()[0]) for process in started]
    seconds = time.perf_counter() - begin
    waits = [wait for answer in answers for wait in answer["waits"]]
    return waits, [one for answer in answers for one in answer["refused"]], seconds


def _write(number: int, acts: int, waits: list[float], refused: list[str], start: threading.Barrier) -> None:
    from django.db import DatabaseError, connection, transaction

    from bihuan.kernel.actor import PLATFORM
    from bihuan.trail.news import News
    from bihuan.trail.services import record

    town = UUID(int=number % 4)
    connection.ensure_connection()
    start.wait()
    for _ in range(acts):
        begin = time.perf_counter()
        try:
            with transaction.atomic():
                record(
                    [News(kind="test.written", say="写了", subject_type="test", subject_id=town, town_id=town)],
                    actor=PLATFORM,
                    now=datetime.now(UTC),
                )
        except DatabaseError as error:
            refused.append(str(error))
        waits.append((time.perf_counter() - begin) * 1000)
    connection.close()


def _child(threads: int, acts: int) -> None:
    import django

    django.setup()
    from bihuan.trail.services import followers

    followers()  # imports what follows events, which no act should be charged with
    start = threading.Barrier(threads + 1)
    waits: list[float] = []
    refused: list[str] = []
    writers = [threading.Thread(target=_write, args=(number, acts, waits, refused, start)) for number in range(threads)]
    for writer in writers:
        writer.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    start.wait()
    for writer in writers:
        writer.join()
    sys.stdout.write(json.dumps({"waits": waits, "refused": refused}))


if __name__ == "__main__":
    _child(int(sys.argv[1]), int(sys.argv[2]))
