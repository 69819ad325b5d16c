"""Serve the product: make the database ready, start the web workers and the job worker, stop both together."""

import os
import secrets
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from bihuan.cli.serving import JobWorker, application, web_server
from bihuan.orgs import queries as orgs
from bihuan.stats import services as stats
from bihuan.trail.startup import UnsafeDatabase, check_database


class Command(BaseCommand):
    """`bihuan up`."""

    help = "Make the database ready, then serve the product: web workers and job worker, until Ctrl-C."
    requires_system_checks = ()  # they would load every page; the tests run them

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
        server = web_server(host=options["host"], port=options["port"], workers=options["workers"])
        server.on_shutdown(worker.stop)
        worker.start()
        try:
            server.serve(target_loader=application)
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
        if stats.is_outdated():  # before anybody acts: the live follower would count what is folded here once more
            folded = stats.rebuild()
            if folded:
                self.stdout.write(
                    f"Added up the statistics anew from {folded} events: this version counts them otherwise."
                )
        call_command("load_reference_data", stdout=self.stdout)
        if demo:
            self._make_demo()
        self._shift_clock()

    def _make_demo(self) -> None:
        """Make the demo town where nothing is; a half-made one (interrupted, failed) is refused, not served."""
        begun = settings.HOME / "demo.unfinished"
        if begun.exists():
            raise CommandError(
                f"The demo town in {settings.HOME} was not finished. It holds invented data only:"
                " remove the folder (or empty the database) and start again."
            )
        begun.touch()
        call_command("demo_town", if_empty=True, stdout=self.stdout)
        begun.unlink()

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
