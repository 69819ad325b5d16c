"""The two things that serve: granian with its web processes, and the process that runs jobs."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any, Final

from django.conf import settings
from django.utils.module_loading import import_string
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

TARGET: Final = "bihuan.config.wsgi:application"
STOP_WITHIN: Final = 20  # seconds a job or a page may still take when the product is stopped
RESTART_AFTER: Final = 3  # seconds


class Server(MPServer):
    """granian, whose web processes begin afresh and leave signals to their parent.

    Afresh: a forked one would inherit half of what our thread is doing. Signals: a terminal and some service managers
    signal every process of a group; a web process that is then told once more by its parent may hang (its handler
    waits for a lock that the interrupted code holds), so each makes a group of its own.
    """

    def __init__(self, **options: Any) -> None:
        """Take the options of granian."""
        multiprocessing.set_start_method("spawn", force=True)
        super().__init__(**options)

    def _spawn_workers(self, *words: Any, **options: Any) -> None:
        if sys.platform == "win32":
            super()._spawn_workers(*words, **options)  # type: ignore[no-untyped-call] # granian does not say
            return
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # children inherit it, until they are set up
        try:
            super()._spawn_workers(*words, **options)  # type: ignore[no-untyped-call] # granian does not say
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def application(_target: str) -> Any:
    """Return the WSGI application, in a web process that has just begun."""
    if sys.platform != "win32":
        os.setpgid(0, 0)
        threading.Thread(target=_leave_with, args=(os.getppid(),), name="parent-watch", daemon=True).start()
    return import_string(settings.WSGI_APPLICATION)


def _leave_with(parent: int) -> None:
    """End this web process when its parent was killed the hard way; it would keep the port."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


class JobWorker:
    """The process that runs jobs and the clock; started again when it dies, stopped with the server."""

    def __init__(self) -> None:
        """Know nothing yet; `start` begins."""
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start the process and a thread that watches it."""
        self._begin()
        threading.Thread(target=self._watch, name="job-worker", daemon=True).start()

    def stop(self) -> None:
        """Ask the process to finish its job and go; after `STOP_WITHIN` seconds end it (a job is idempotent)."""
        self._stopping.set()
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()

    def _begin(self) -> subprocess.Popen[bytes]:
        beside = [] if sys.platform == "win32" else ["--beside", str(os.getpid())]
        command = [sys.executable, "-m", "bihuan.cli.main", "work", *beside]
        self._process = subprocess.Popen(command)  # noqa: S603 -- our own words
        return self._process

    def _watch(self) -> None:
        process = self._process
        while process is not None:
            code = process.wait()
            if self._stopping.wait(RESTART_AFTER):  # Ctrl-C reaches the job worker, too, and often first
                return
            sys.stderr.write(f"The job worker stopped by itself (exit code {code}); starting it again.\n")
            process = self._begin()


def web_server(*, host: str, port: int, workers: int) -> Server:
    """Return the server, not yet serving."""
    return Server(
        target=TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=settings.BIHUAN_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
    )
