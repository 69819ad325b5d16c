"""Exclusive locks between processes that the system gives back when their holder dies, on every system alike."""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
    import time

    _RETRY_SECONDS = 0.005

    def _lock(file: int, *, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(_RETRY_SECONDS)
            else:
                return True

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(file: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class LockFile:
    """A lock named by a file; the file stays, only the lock on it comes and goes.

    One thread of a process uses it at a time; between processes the system decides, and frees it at a holder's death.
    """

    def __init__(self, path: Path) -> None:
        """Name the lock; the file is opened at first use, anew in a forked process (a shared one would lock nobody)."""
        self.path = path
        self._file: int | None = None
        self._process = 0

    def acquire(self, *, wait: bool = True) -> bool:
        """Take the lock; with wait=False return False at once when somebody else has it."""
        return _lock(self._opened(), wait=wait)

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            _unlock(self._file)

    def close(self) -> None:
        """Give the lock back and forget the file."""
        if self._file is not None and self._process == os.getpid():
            os.close(self._file)
        self._file = None

    def _opened(self) -> int:
        if self._file is None or self._process != os.getpid():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
            self._process = os.getpid()
        return self._file
