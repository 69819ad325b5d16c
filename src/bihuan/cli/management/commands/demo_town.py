"""Make the invented town (product, section 6): a living example, never the beginning of a real one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.core.management.base import CommandError

from bihuan.cli.demo.cast import Plan, make_cast
from bihuan.orgs import queries as orgs


class Command(BaseCommand):
    """`bihuan demo_town`."""

    help = "Make the invented town with its people and enterprises, drawn from a seed through the services."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--if-empty", action="store_true", help="say nothing and do nothing when a town is there")
        parser.add_argument("--seed", type=int, default=Plan().seed, help="the same seed gives the same town")

    def handle(self, **options: Any) -> None:
        """Make the town, unless a real one is there."""
        if orgs.all_towns():
            if options["if_empty"]:
                return
            raise CommandError("There is a town already. An invented one goes only into an empty database.")
        self.stdout.write("Making the demo town …")
        cast = make_cast(Plan(seed=options["seed"]))
        self.stdout.write(f"Made {cast.town.name}: {len(cast.units)} units, {len(cast.firms)} enterprises.")
