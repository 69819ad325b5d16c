"""Read a campaign's plan and print its clauses, parties, dates and goals (needs no database, writes nothing)."""

import sys
from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from bihuan.cli import read_plan


class Command(BaseCommand):
    """The same as `bihuan read_plan`, for those who come by Django's way."""

    help = "Read a campaign's plan and print its clauses, parties, dates and goals; nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take everything as it is; `cli.read_plan` reads it."""
        parser.add_argument("rest", nargs=REMAINDER)

    def handle(self, **options: Any) -> None:
        """Hand over."""
        sys.exit(read_plan.run(options["rest"]))
