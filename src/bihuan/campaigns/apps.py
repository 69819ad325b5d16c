"""Registers the room."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """The room `campaigns`."""

    name = "bihuan.campaigns"
    label = "campaigns"
