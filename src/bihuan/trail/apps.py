"""The trail: what happened, its proof, who is told."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Registers the room."""

    name = "bihuan.trail"
    label = "trail"
