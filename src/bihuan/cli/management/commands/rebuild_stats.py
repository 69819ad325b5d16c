"""`bihuan rebuild_stats`: fold the whole trail into the statistics again."""

from typing import Any

from bihuan.cli.database import DatabaseCommand
from bihuan.stats import services


class Command(DatabaseCommand):
    """Empties the cube and folds every event into it; a stopped run goes on where it was."""

    help = "Rebuild the statistics from the trail. Stop the web and work processes first; a stopped run goes on."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run and say how many events were folded."""
        self.stdout.write(f"{services.rebuild()} events folded")
