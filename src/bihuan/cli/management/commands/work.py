"""Run jobs and the clock: what `bihuan up` starts beside the web, and what production runs apart."""

import os
import signal
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any, Final

from django.db import close_old_connections

from bihuan.cli.clock import door_now
from bihuan.cli.database import DatabaseCommand
from bihuan.trail import services

LOOK_EVERY: Final = 1.0  # seconds between looks at an empty queue
TICK_EVERY: Final = 20.0  # seconds between looks at the schedule and at dead workers


class Command(DatabaseCommand):
    """`bihuan work`."""

    help = "Run jobs and scheduled work until stopped; a job that a killed worker left is taken up again."
    requires_system_checks = ()  # they would load every page; the tests run them

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--once", action="store_true", help="run what is ready, then stop")
        parser.add_argument("--beside", type=int, default=0, metavar="PID", help="stop when this parent is gone")

    def handle(self, **options: Any) -> None:
        """Work until asked to stop; a running job is finished first."""
        stopping = Stopping(parent=options["beside"])
        if threading.current_thread() is threading.main_thread():
            _stop_on_signals(stopping)
        with services.living_worker() as worker_id, services.clock_of_jobs(door_now):
            if options["once"]:
                self._look()
                while services.run_next(worker_id, now=door_now()):
                    pass
                return
            self._loop(worker_id, stopping)

    def _loop(self, worker_id: str, stopping: "Stopping") -> None:
        looked = -TICK_EVERY
        while not stopping.is_due():
            close_old_connections()
            if time.monotonic() - looked >= TICK_EVERY:
                looked = time.monotonic()
                self._look()
            if not services.run_next(worker_id, now=door_now()):
                stopping.rest(LOOK_EVERY)

    def _look(self) -> None:
        services.sweep(now=door_now())
        services.tick(now=door_now())


class Stopping:
    """Whether to stop: asked by a signal, or left alone by the parent (`bihuan up` killed the hard way).

    A plain flag: a lock taken by a signal handler while the same thread holds it would hang.
    """

    def __init__(self, *, parent: int) -> None:
        """parent: process to live beside, 0 for none."""
        self.asked = False
        self._parent = parent

    def is_due(self) -> bool:
        """Tell whether to stop now."""
        return self.asked or (self._parent != 0 and os.getppid() != self._parent)

    def rest(self, seconds: float) -> None:
        """Wait, but not longer than until stopping is due."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.is_due():
            time.sleep(0.1)


def _stop_on_signals(stopping: Stopping) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.asked = True

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, stop)
