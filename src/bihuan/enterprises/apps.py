"""Registers the room."""

from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    """The room `enterprises`."""

    name = "bihuan.enterprises"
    label = "enterprises"
