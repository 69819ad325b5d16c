"""Where a request comes from."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest

ADDRESS_LENGTH: Final = 64
DEVICE_LENGTH: Final = 128


def address_of(request: HttpRequest) -> str:
    """Return the network address of the browser; behind our TLS proxy the one that the proxy added last."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_TLS else ""
    last: str = forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
    return last[:ADDRESS_LENGTH]


def device_of(request: HttpRequest) -> str:
    """Return what the browser says it is."""
    agent: str = request.META.get("HTTP_USER_AGENT", "")
    return agent[:DEVICE_LENGTH]
