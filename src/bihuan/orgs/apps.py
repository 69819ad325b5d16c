"""Registers the room."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """The room `orgs`."""

    name = "bihuan.orgs"
    label = "orgs"
