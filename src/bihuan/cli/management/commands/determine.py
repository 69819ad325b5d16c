"""Suggest, with reasons, which criterion a hazard's words may meet on a day (needs no database but for --town)."""

from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from bihuan.cli import determine


class Command(BaseCommand):
    """The same as `bihuan determine`, for those who come by Django's way."""

    help = "Suggest which major-hazard criterion a hazard's words may meet on a day; a person decides."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take everything as it is; `cli.determine` reads it."""
        parser.add_argument("rest", nargs=REMAINDER)

    def handle(self, **options: Any) -> None:
        """Hand over."""
        determine.run(options["rest"])
