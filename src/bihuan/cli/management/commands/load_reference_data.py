"""Load the criteria, parameters and holidays that come with the product; says nothing when nothing is new."""

from typing import Any

from django.utils import timezone

from bihuan.cli.database import DatabaseCommand
from bihuan.standards import services


class Command(DatabaseCommand):
    """`bihuan load_reference_data`; `bihuan up` runs it at every start."""

    help = "Load the criteria, parameters and holidays that come with the product."

    def handle(self, **options: Any) -> None:
        """Load what is new."""
        if services.load_reference_data(now=timezone.now()):
            self.stdout.write("Loaded the criteria and the holidays that come with the product.")
