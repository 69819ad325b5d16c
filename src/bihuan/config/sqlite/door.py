"""The one door for writers of a SQLite file: fair between threads, shared between processes (design, section 7).

SQLite lets one writer in and leaves the others to poll with growing naps, so that under load the unlucky wait for
seconds or give up. Here they queue. The door is a courtesy, not the safety: SQLite's own lock still keeps two writers
apart if one comes past it.
"""

import os
import threading
from collections import deque
from pathlib import Path
from typing import Final

from bihuan.trail.lockfile import FileQueue, LockFile

IN_ONE_TURN: Final = 4  # acts of one process before the others have theirs


class FairLock:
    """A lock that is handed on in the order of asking."""

    def __init__(self) -> None:
        """Begin unlocked."""
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False

    def acquire(self) -> None:
        """Wait for the turn."""
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()  # released by whoever hands on; `_held` stays true in between

    def release(self) -> None:
        """Hand on to the next in the queue."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False

    @property
    def has_waiting(self) -> bool:
        """Tell whether somebody waits; true stays true until the holder releases."""
        return bool(self._waiting)


class Door:
    """The door of one database file.

    Threads of this process queue first; their first in line then queues between processes. A process whose turn it is
    lets a few of its own threads through before it hands on: waking another process costs more than the write itself.
    """

    def __init__(self, database: str) -> None:
        """Lay the lock files beside the database."""
        self._process = os.getpid()
        self._threads = FairLock()
        self._queue = FileQueue(Path(f"{database}-queue"))
        self._writer = LockFile(Path(f"{database}-writer"))
        self._owner = 0
        self._in_turn = False
        self._served = 0

    def enter(self) -> bool:
        """Wait for the turn to write; False when this thread already is inside, through another connection."""
        if self._owner == threading.get_ident():
            return False
        self._threads.acquire()
        try:
            if not self._in_turn:
                self._queue.wait_turn()
                self._writer.acquire()
                self._in_turn, self._served = True, 0
            self._owner = threading.get_ident()
        finally:
            if not self._owner:
                self._threads.release()
        return True

    def leave(self) -> None:
        """Let the next writer in."""
        self._owner = 0
        self._served += 1
        if self._served >= IN_ONE_TURN or not self._threads.has_waiting:
            self._in_turn = False
            self._writer.release()
            self._queue.leave()
        self._threads.release()

    @property
    def is_ours(self) -> bool:
        """Tell whether this door was made in this process; a forked child makes its own."""
        return self._process == os.getpid()


_DOORS: Final[dict[str, Door]] = {}
_MAKING: Final = threading.Lock()


def door_of(database: str) -> Door:
    """Return this process's door of a database file."""
    path = str(Path(database).absolute())
    door = _DOORS.get(path)
    if door is not None and door.is_ours:
        return door
    with _MAKING:
        door = _DOORS.get(path)
        if door is None or not door.is_ours:
            door = _DOORS[path] = Door(path)
        return door
