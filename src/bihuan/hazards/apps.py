"""Registers the room."""

from django.apps import AppConfig


class HazardsConfig(AppConfig):
    """The room `hazards`."""

    name = "bihuan.hazards"
    label = "hazards"
