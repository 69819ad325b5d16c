"""Exclusive locks between processes that the system gives back when their holder dies, on every system alike."""

import os
import sys
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
    import time

    _RETRY_SECONDS: Final = 0.005

    def _lock(file: int, at: int, *, wait: bool) -> bool:
        while True:
            os.lseek(file, at, os.SEEK_SET)
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(_RETRY_SECONDS)
            else:
                return True

    def _unlock(file: int, at: int) -> None:
        os.lseek(file, at, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

    def _lock_whole(file: int, *, wait: bool) -> bool:
        return _lock(file, 0, wait=wait)

    def _unlock_whole(file: int) -> None:
        _unlock(file, 0)
else:
    import fcntl

    def _lock(file: int, at: int, *, wait: bool) -> bool:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB, 1, at, os.SEEK_SET)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _unlock(file: int, at: int) -> None:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, at, os.SEEK_SET)

    def _lock_whole(file: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock_whole(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class _File:
    """A file that is opened at first use, anew in a forked process (a shared one would lock nobody)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None
        self._process = 0

    def opened(self) -> int:
        if self._file is None or self._process != os.getpid():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
            self._file = os.open(self.path, flags, 0o644)
            self._process = os.getpid()
        return self._file

    def close(self) -> None:
        if self._file is not None and self._process == os.getpid():
            os.close(self._file)
        self._file = None


class LockFile:
    """A lock named by a file; the file stays, only the lock on it comes and goes.

    One thread of a process uses it at a time; between processes the system decides, and frees it at a holder's death.
    """

    def __init__(self, path: Path) -> None:
        """Name the lock."""
        self.path = path
        self._file = _File(path)

    def acquire(self, *, wait: bool = True) -> bool:
        """Take the lock; with wait=False return False at once when somebody else has it."""
        return _lock_whole(self._file.opened(), wait=wait)

    def release(self) -> None:
        """Give the lock back."""
        _unlock_whole(self._file.opened())

    def close(self) -> None:
        """Give the lock back and forget the file."""
        self._file.close()


_SLOTS: Final = 1_000_000  # places in the queue before they are used again
_FIRST_SLOT: Final = 16
_COUNTER: Final = _FIRST_SLOT + _SLOTS


class FileQueue:
    """A queue of processes, first come, first served; who dies leaves it.

    Each process takes the next number, locks the byte of its number, and waits for the byte of the number before. A
    process that dies frees its byte, so the one behind may come up beside the one in front: a LockFile behind the queue
    keeps them apart. One thread of a process uses it at a time.
    """

    def __init__(self, path: Path) -> None:
        """Name the queue."""
        self.path = path
        self._file = _File(path)
        self._mine = 0

    def wait_turn(self) -> None:
        """Queue up and come back when everybody before has left."""
        file = self._file.opened()
        _lock(file, _COUNTER, wait=True)
        try:
            os.lseek(file, 0, os.SEEK_SET)
            self._mine = int.from_bytes(os.read(file, 8), "big") + 1
            _lock(file, _slot(self._mine), wait=True)
            os.lseek(file, 0, os.SEEK_SET)
            os.write(file, self._mine.to_bytes(8, "big"))
        finally:
            _unlock(file, _COUNTER)
        before = _slot(self._mine - 1)
        _lock(file, before, wait=True)
        _unlock(file, before)

    def leave(self) -> None:
        """Let the next one come up."""
        _unlock(self._file.opened(), _slot(self._mine))


def _slot(number: int) -> int:
    return _FIRST_SLOT + number % _SLOTS
