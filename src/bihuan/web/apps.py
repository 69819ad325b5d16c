"""Registers the door."""

from django.apps import AppConfig

from bihuan.web.form_words import speak_plainly


class WebConfig(AppConfig):
    """The door `web`."""

    name = "bihuan.web"
    label = "web"

    def ready(self) -> None:
        """Give every form its words."""
        speak_plainly()
