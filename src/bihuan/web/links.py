"""Addresses of this page with some filters changed and all others kept."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest


def with_each(request: HttpRequest, name: str, values: Sequence[str]) -> list[str]:
    """Return this page's address with each of these values of one filter, on its first page."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(name, None)
    kept = query.urlencode()
    before = f"{request.path}?{kept}&" if kept else f"{request.path}?"
    return [before + urlencode({name: value}) for value in values]


def with_changes(request: HttpRequest, **changes: Any) -> str:
    """Return this page's address with these query values; None or "" removes one. The page goes back to the first."""
    query = request.GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        elif isinstance(value, list | tuple):
            query.setlist(name, [str(one) for one in value])
        else:
            query[name] = str(value)
    tail = query.urlencode()
    return f"{request.path}?{tail}" if tail else request.path
