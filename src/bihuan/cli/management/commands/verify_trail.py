"""Check the trail and say exactly what is wrong; exits 1 when anything is."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from bihuan.cli.database import DatabaseCommand
from bihuan.trail import queries
from bihuan.trail.rules import BadSeal, SealFile, read_seal


class Command(DatabaseCommand):
    """`bihuan verify_trail`."""

    help = "Recompute every chain of events and compare it with heads, seals and evidence files; exit 1 on any fault."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--seal", action="append", default=[], metavar="FILE", help="an exported seal kept elsewhere"
        )
        parser.add_argument(
            "--since", metavar="FILE", help="trust what this exported seal covers; check what came after"
        )
        parser.add_argument("--no-files", action="store_true", help="leave out the contents of evidence files")

    def handle(self, **options: Any) -> None:
        """Check, and list what was found."""
        verdict = queries.verify(
            since=_read(options["since"]) if options["since"] else None,
            seals=[_read(name) for name in options["seal"]],
            with_files=not options["no_files"],
        )
        looked = f"{verdict.events} events in {verdict.chains} chains, {verdict.files} files, {verdict.seals} seals"
        for finding in verdict.findings:
            self.stderr.write(str(finding))
        if not verdict.holds:
            raise CommandError(f"The trail does not hold: {len(verdict.findings)} faults in {looked}.")
        self.stdout.write(f"The trail holds: {looked}.")


def _read(name: str) -> SealFile:
    try:
        return read_seal(Path(name).read_text(encoding="utf-8"))
    except (OSError, BadSeal, UnicodeDecodeError) as error:
        raise CommandError(f"{name} is not a seal: {error}") from error
