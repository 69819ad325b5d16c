"""Addresses of this page with some filters changed and all others kept."""

from typing import Any

from django.http import HttpRequest


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
