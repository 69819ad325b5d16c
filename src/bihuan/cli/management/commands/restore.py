"""Restore an archive of `bihuan backup`, then prove the trail."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, call_command
from django.core.management.base import CommandError

from bihuan.trail import services


class Command(BaseCommand):
    """`bihuan restore FILE`."""

    help = "Bring a backup into an empty HOME (stop the product first), then verify the trail."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="the archive to read")
        parser.add_argument("--replace", action="store_true", help="move what is there aside instead of refusing")

    def handle(self, **options: Any) -> None:
        """Restore, bring the tables up to date, verify."""
        try:
            services.restore(options["file"], replace=options["replace"])
        except (services.CannotRestore, services.CannotBackUp) as refused:
            raise CommandError(str(refused)) from refused
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"Restored {options['file']}.")
        call_command("verify_trail", stdout=self.stdout, stderr=self.stderr)
