"""Make the invented town (product, section 6): a living example, never the beginning of a real one."""

from argparse import ArgumentParser
from datetime import date, datetime
from random import Random
from typing import Any, Final

from django.core.management.base import CommandError

from bihuan.cli.database import DatabaseCommand
from bihuan.cli.demo.campaign import play_campaign
from bihuan.cli.demo.cast import Plan, make_cast
from bihuan.cli.demo.commons import play_commons
from bihuan.cli.demo.county import add_towns
from bihuan.cli.demo.licences import play_licences
from bihuan.cli.demo.returns import play_returns
from bihuan.cli.demo.season import FIRST_DAY, Season
from bihuan.cli.demo.stops import play_stops
from bihuan.cli.demo.superior import play_lists
from bihuan.cli.demo.supervision import play_supervision
from bihuan.cli.demo.troupe import troupe_of
from bihuan.kernel.calendar import SHANGHAI
from bihuan.orgs import queries as orgs
from bihuan.trail import services as trail

HAZARDS: Final = 1_260


class Command(DatabaseCommand):
    """`bihuan demo_town`."""

    help = (
        "Make the invented town with its people, enterprises and hazards, drawn from a seed and played through the"
        " services; --scale N adds towns of its county with N hazards in all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--if-empty", action="store_true", help="say nothing and do nothing when a town is there")
        parser.add_argument("--scale", type=int, default=0, help="add towns of the county with so many hazards in all")
        parser.add_argument("--seed", type=int, default=Plan().seed, help="the same seed gives the same town")

    def handle(self, **options: Any) -> None:
        """Make the town, unless a real one is there; then the towns of its county that were asked for."""
        towns = orgs.all_towns()
        if not towns:
            self._make(options["seed"])
        elif options["scale"] and orgs.demo_day() is None:
            raise CommandError("The town here is a real one. Invented towns go only beside an invented one.")
        elif not options["scale"] and not options["if_empty"]:
            raise CommandError("There is a town already. An invented one goes only into an empty database.")
        if options["scale"]:
            add_towns(options["scale"], seed=options["seed"], say=self.stdout.write)
        trail.learn_sizes()

    def _make(self, seed: int) -> None:
        self.stdout.write("Making the demo town …")
        cast = make_cast(Plan(seed=seed))
        self.stdout.write(f"Made {cast.town.name}: {len(cast.units)} units, {len(cast.firms)} enterprises.")
        season = Season(troupe_of(cast.town.id, day=FIRST_DAY), Random(seed))  # noqa: S311 -- a drawn town, no secret
        acts = season.play(season.lives(HAZARDS))
        play_lists(season)
        play_stops(season, seed)
        play_commons(season, seed)
        play_licences(season, seed)
        campaign_id = play_campaign(season)
        play_returns(season, campaign_id)
        play_supervision(season, campaign_id)
        season.report_month(date(2018, 1, 1), at=datetime(2018, 2, 4, 16, tzinfo=SHANGHAI))
        season.read_bells()
        self.stdout.write(f"Played {HAZARDS} hazards in {acts} acts.")
