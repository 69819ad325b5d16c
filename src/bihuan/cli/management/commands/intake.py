"""Read a superior's list and print what is understood, with every doubt (needs no database, writes nothing)."""

import sys
from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from bihuan.cli import intake


class Command(BaseCommand):
    """The same as `bihuan intake`, for those who come by Django's way."""

    help = "Read a superior's list and print what is understood, with every doubt; nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take everything as it is; `cli.intake` reads it."""
        parser.add_argument("rest", nargs=REMAINDER)

    def handle(self, **options: Any) -> None:
        """Hand over."""
        sys.exit(intake.run(options["rest"]))
