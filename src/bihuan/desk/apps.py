"""Registers the room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The room `desk`."""

    name = "bihuan.desk"
    label = "desk"
