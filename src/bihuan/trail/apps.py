"""The trail: what happened, its proof, who is told."""

from django.apps import AppConfig
from django.core import checks


class TrailConfig(AppConfig):
    """Registers the room."""

    name = "bihuan.trail"
    label = "trail"

    def ready(self) -> None:
        """Let Django's checks look at the database's safety."""
        from bihuan.trail.startup import system_check

        checks.register(system_check, checks.Tags.database)
