"""Registers the door."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """The door `cli`."""

    name = "bihuan.cli"
    label = "cli"
