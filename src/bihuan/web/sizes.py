"""How many rows a page of a list has: as the address says, else as this person chose last, else as fits the screen."""

from typing import Final

from django.http import HttpRequest, HttpResponse

from bihuan.kernel.actor import Actor
from bihuan.web.parts import PAGE_SIZES

YEAR_S: Final = 365 * 24 * 3600
TALL: Final = "tall"  # a cookie of the screen's own (frontend/frame.js): twice the usual rows fit on it
ON_TALL: Final = PAGE_SIZES[1]


def page_size(request: HttpRequest, least: int = PAGE_SIZES[0]) -> int:
    """Return how many rows to show; only the sizes on offer count. least: what this page shows on any screen."""
    asked = _size(request.GET.get("size", "")) or _size(request.COOKIES.get(_cookie(request), ""))
    return asked or max(least, ON_TALL if is_tall(request) else 0)


def is_tall(request: HttpRequest) -> bool:
    """Tell whether the page was asked for on a screen of twice the usual height."""
    return TALL in request.COOKIES


def keep_size(request: HttpRequest, response: HttpResponse) -> None:
    """Keep the size in the address for this person's next list; people who share a computer keep their own."""
    asked = _size(request.GET.get("size", ""))
    if asked:
        response.set_cookie(_cookie(request), str(asked), max_age=YEAR_S, samesite="Lax", httponly=True)


def _size(raw: str) -> int:
    return int(raw) if raw in {str(size) for size in PAGE_SIZES} else 0


def _cookie(request: HttpRequest) -> str:
    actor: Actor | None = getattr(request, "actor", None)
    return f"rows-{actor.user_id.hex[-12:]}" if actor is not None and actor.user_id is not None else "rows"
