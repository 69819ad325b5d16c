"""The two things that serve: granian with its web processes, and the process that runs jobs."""

import signal
import subprocess
import sys
import threading
from typing import Any, Final

from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

TARGET: Final = "bihuan.config.wsgi:application"
STOP_WITHIN: Final = 20  # seconds a job or a page may still take when the product is stopped
RESTART_AFTER: Final = 3  # seconds


class Server(MPServer):
    """granian, whose web processes leave Ctrl-C to their parent.

    A terminal sends it to all of them; a web process that gets it twice (once more from its parent) would hang.
    """

    def _spawn_workers(self, *words: Any, **options: Any) -> None:
        if sys.platform == "win32":
            super()._spawn_workers(*words, **options)  # type: ignore[no-untyped-call] # granian does not say
            return
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # children inherit it
        try:
            super()._spawn_workers(*words, **options)  # type: ignore[no-untyped-call] # granian does not say
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


class JobWorker:
    """The process that runs jobs and the clock; started again when it dies, stopped with the server."""

    def __init__(self) -> None:
        """Know nothing yet; `start` begins."""
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start the process and a thread that watches it."""
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

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen([sys.executable, "-m", "bihuan.cli.main", "work"])
            code = self._process.wait()
            if not self._stopping.wait(RESTART_AFTER):  # Ctrl-C reaches the worker, too, and often first
                sys.stderr.write(f"The job worker stopped by itself (exit code {code}); starting it again.\n")


def web_server(*, host: str, port: int, workers: int) -> Server:
    """Return the server, not yet serving."""
    return Server(
        TARGET,
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
