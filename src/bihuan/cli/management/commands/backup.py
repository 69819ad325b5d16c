"""Back up database and files into one archive, while the product runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from bihuan.cli.clock import door_now
from bihuan.cli.database import DatabaseCommand
from bihuan.trail import services


class Command(DatabaseCommand):
    """`bihuan backup FILE`."""

    help = "Write database, evidence files, seals and key into one archive (.tar, or .tar.gz to compress)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="the archive to write")

    def handle(self, **options: Any) -> None:
        """Back up."""
        try:
            count = services.back_up(options["file"], now=door_now())
        except services.CannotBackUp as refused:
            raise CommandError(str(refused)) from refused
        megabytes = options["file"].stat().st_size / 1_000_000
        self.stdout.write(f"Backed up {count} files into {options['file']} ({megabytes:.1f} MB). Keep it elsewhere.")
