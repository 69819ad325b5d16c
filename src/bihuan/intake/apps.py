"""Registers the room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The room `intake`."""

    name = "bihuan.intake"
    label = "intake"
