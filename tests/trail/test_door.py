"""The writers' door of SQLite, on files and across processes."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler
from tools.writers import measure

from bihuan.config.sqlite.base import DatabaseWrapper
from bihuan.config.sqlite.door import Door, FairLock, door_of
from bihuan.trail.lockfile import LockFile
from tests.migrated import migrated_file

HOLDER = """
import sys
from pathlib import Path
from bihuan.trail.lockfile import LockFile
LockFile(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def wrapper(tmp_path: Path, db: None) -> Iterator[DatabaseWrapper]:
    handler = ConnectionHandler(
        {
            "default": {
                "ENGINE": "bihuan.config.sqlite",
                "NAME": str(tmp_path / "t.sqlite3"),
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"},
            }
        }
    )
    found = handler["default"]
    with closing(found), found.cursor() as cursor:
        cursor.execute("CREATE TABLE box (name text PRIMARY KEY)")
        yield found


def is_free(door: Door) -> bool:
    """Tell whether another process could write now."""
    probe = LockFile(Path(f"{door._writer.path}"))
    free = probe.acquire(wait=False)
    probe.close()
    return free


def test_given_a_queue_when_the_lock_is_handed_on_then_it_goes_in_the_order_of_asking() -> None:
    lock, order, started = FairLock(), list[int](), list[threading.Thread]()
    lock.acquire()

    def wait_turn(number: int) -> None:
        lock.acquire()
        order.append(number)
        lock.release()

    for number in range(20):
        started.append(threading.Thread(target=wait_turn, args=(number,)))
        started[-1].start()
        while len(lock._waiting) <= number:
            time.sleep(0)
    lock.release()
    for thread in started:
        thread.join()

    assert order == list(range(20))


def test_given_transactions_when_they_commit_roll_back_or_close_then_the_door_is_free_again(
    wrapper: DatabaseWrapper,
) -> None:
    door = door_of(str(wrapper.settings_dict["NAME"]))
    seen = []

    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    seen.append(is_free(door))
    wrapper.commit()
    wrapper.set_autocommit(True)
    seen.append(is_free(door))
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    wrapper.rollback()
    wrapper.set_autocommit(True)
    seen.append(is_free(door))
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    seen.append(is_free(door))
    wrapper.close()
    seen.append(is_free(door))

    assert seen == [False, True, True, False, True]


def test_given_reads_and_single_writes_outside_a_transaction_when_run_then_only_writes_pass_and_leave_at_once(
    wrapper: DatabaseWrapper,
) -> None:
    door = door_of(str(wrapper.settings_dict["NAME"]))
    passed: list[str] = []
    enter = door.enter

    def watched() -> bool:
        passed.append("in")
        return enter()

    door.enter = watched  # type: ignore[method-assign] # watched, not replaced
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT * FROM box")
        assert passed == []
        cursor.execute("INSERT INTO box VALUES (%s)", ["a"])
        cursor.executemany("UPDATE box SET name = %s", [("b",)])

    assert passed == ["in", "in"]
    assert is_free(door)


def test_given_the_door_is_held_by_another_process_when_it_is_killed_then_the_next_writer_goes_in(
    wrapper: DatabaseWrapper,
) -> None:
    door = door_of(str(wrapper.settings_dict["NAME"]))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(door._writer.path)],
        env=os.environ | {"PYTHONPATH": "src"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert not is_free(door)
        done = threading.Event()

        def write() -> None:
            door.enter()
            done.set()
            door.leave()

        writer = threading.Thread(target=write)
        writer.start()
        assert not done.wait(0.2)
        holder.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        assert done.wait(10)
        writer.join()


def test_given_a_thread_inside_when_its_second_connection_writes_then_it_does_not_wait_for_itself(
    tmp_path: Path,
) -> None:
    door = Door(str(tmp_path / "t.sqlite3"))

    first, second = door.enter(), door.enter()
    door.leave()

    assert (first, second) == (True, False)
    assert is_free(door)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a database that holds nothing yet; nobody has it open."""
    return migrated_file(tmp_path_factory.mktemp("migrated"))


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.parametrize(("processes", "threads"), [(4, 16), (8, 8)])
def test_given_64_writers_when_they_write_at_once_then_nobody_is_refused_and_nobody_waits_long(
    processes: int, threads: int, empty: Path, tmp_path: Path
) -> None:
    database = shutil.copy(empty, tmp_path)

    waits = measure(processes=processes, threads=threads, acts=15, database=Path(database))

    turns = 64_000 / waits.per_second  # ms that 64 fair turns took on this machine, busy with others or not
    assert waits.refused == ()
    assert waits.acts == 64 * 15
    assert waits.p95 <= max(300, 2.5 * turns)
    assert waits.worst <= max(600, 5 * turns)
