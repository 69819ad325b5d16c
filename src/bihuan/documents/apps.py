"""Registers the room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The room `documents`."""

    name = "bihuan.documents"
    label = "documents"
