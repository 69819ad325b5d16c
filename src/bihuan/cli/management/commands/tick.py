"""One look at the schedule and at dead workers, for machines that run it from cron instead of `bihuan work`."""

from typing import Any

from bihuan.cli.clock import door_now
from bihuan.cli.database import DatabaseCommand
from bihuan.trail import services


class Command(DatabaseCommand):
    """`bihuan tick`."""

    help = "Hand what is due to the workers, and take up again what a killed worker left."

    def handle(self, **options: Any) -> None:
        """Look once."""
        swept = services.sweep(now=door_now())
        taken = services.tick(now=door_now())
        self.stdout.write(f"due: {', '.join(taken) or 'nothing'}; taken up again: {swept}")
