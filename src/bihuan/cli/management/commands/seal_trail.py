"""Seal the trail now; the schedule does it daily."""

from typing import Any

from bihuan.cli.clock import door_now
from bihuan.cli.database import DatabaseCommand
from bihuan.kernel.actor import PLATFORM
from bihuan.trail import queries, services


class Command(DatabaseCommand):
    """`bihuan seal_trail`."""

    help = "Write down the heads of all chains; keep a copy of the exported file where nobody here can change it."

    def handle(self, **options: Any) -> None:
        """Seal, and say where the seal lies."""
        seal = services.seal_trail(actor=PLATFORM, now=door_now())
        if seal is None:
            self.stdout.write("Nothing has been recorded yet, so there is nothing to seal.")
            return
        self.stdout.write(
            f"Sealed {len(seal.heads)} chains: {queries.seal_folder() / seal.file}\nSHA-256 {seal.sha256}"
        )
