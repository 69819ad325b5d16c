"""Serve the product: make the database ready, start the web workers and the job worker, stop both together."""

import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import BaseCommand, call_command, get_commands
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer as Server

from bihuan.orgs import queries as orgs
from bihuan.trail.startup import UnsafeDatabase, check_database

TARGET: Final = "bihuan.config.wsgi:application"
STOP_WITHIN: Final = 20  # seconds a job may still take when the product is stopped
RESTART_AFTER: Final = 3  # seconds


class Command(BaseCommand):
    """`bihuan up`."""

    help = "Make the database ready, then serve the product: web workers and job worker, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--host", default=settings.BIHUAN_HOST, help="address to listen on")
        parser.add_argument("--port", type=int, default=settings.BIHUAN_PORT, help="port to listen on")
        parser.add_argument("--workers", type=int, default=settings.BIHUAN_WORKERS, help="web processes")
        parser.add_argument("--demo", action="store_true", help="fill an empty database with the demo town")
        parser.add_argument("--prepare-only", action="store_true", help="make everything ready and stop there")

    def handle(self, **options: Any) -> None:
        """Prepare, then serve until stopped."""
        self._write_secret_key()
        self._prepare(demo=options["demo"])
        if options["prepare_only"]:
            return
        _refuse_a_taken_port(options["host"], options["port"])
        self._say_where(options["host"], options["port"])
        connections.close_all()
        worker = JobWorker()
        server = _server(host=options["host"], port=options["port"], workers=options["workers"])
        server.on_startup(worker.start)
        server.on_shutdown(worker.stop)
        try:
            server.serve()
        finally:
            worker.stop()

    def _write_secret_key(self) -> None:
        """Write a key at the first start; whoever can read it can forge sessions, so only the owner may."""
        if settings.SECRET_KEY != settings.BIHUAN_PLACEHOLDER_KEY:
            return
        file = Path(settings.HOME) / "secret.key"
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("x", encoding="ascii") as opened:
                file.chmod(0o600)
                opened.write(secrets.token_urlsafe(48))
        except FileExistsError:
            raise CommandError(f"{file} is there but empty or the placeholder. Remove it and start again.") from None
        settings.SECRET_KEY = file.read_text(encoding="ascii")
        self.stdout.write(f"Wrote a new secret key to {file}. Keep it; back it up with the database.")

    def _prepare(self, *, demo: bool) -> None:
        for folder in (settings.HOME, settings.HOME / "static", settings.HOME / "files"):
            Path(folder).mkdir(parents=True, exist_ok=True)
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {error}. Check BIHUAN_DATABASE.") from error
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the database up to date …")
            call_command("migrate", interactive=False, verbosity=0)
        try:
            check_database()
        except UnsafeDatabase as error:
            raise CommandError(str(error)) from error
        call_command("load_reference_data", stdout=self.stdout)
        if demo and "demo_town" in get_commands():
            call_command("demo_town", if_empty=True, stdout=self.stdout)
        self._shift_clock()

    def _shift_clock(self) -> None:
        """Let web workers and job worker see an invented town on its own day; a real town has no such day."""
        day = orgs.demo_day()
        if day is not None and not settings.BIHUAN_DEMO_DAY:
            os.environ["BIHUAN_DEMO_DAY"] = settings.BIHUAN_DEMO_DAY = day.isoformat()

    def _say_where(self, host: str, port: int) -> None:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 -- compared, not bound
        self.stdout.write(f"\nBihuan 闭环  http://{shown}:{port}/   (Ctrl-C stops it)\n")
        doors = orgs.demo_doors()
        if doors:
            self.stdout.write("演示账号 (the log-in page has them too):")
        for door in doors:
            self.stdout.write(f"  {door.account:<16} {door.password:<16} {door.label}")


class JobWorker:
    """The process that runs jobs and the clock; started again when it dies, stopped with the server."""

    def __init__(self) -> None:
        """Know nothing yet; `start` begins."""
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start the process and a thread that watches it."""
        if "work" in get_commands():
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
            if not self._stopping.is_set():
                sys.stderr.write(f"The job worker stopped by itself (exit code {code}); starting it again.\n")
                time.sleep(RESTART_AFTER)


def _refuse_a_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there the option means something else, and a port in its last seconds is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host} port {port}: {error.strerror}. Is Bihuan running already? Try --port 8001."
            ) from error


def _server(*, host: str, port: int, workers: int) -> Server:
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
