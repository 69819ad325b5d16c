"""Registers the room."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """The room `standards`."""

    name = "bihuan.standards"
    label = "standards"
