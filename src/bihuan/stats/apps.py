"""Registers the room."""

from django.apps import AppConfig


class StatsConfig(AppConfig):
    """The room `stats`."""

    name = "bihuan.stats"
    label = "stats"
