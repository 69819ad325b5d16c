"""Turns a refusal that no form caught into a page (or, for htmx, a line) with its sentence."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal, Rejected
from bihuan.web.htmx import wants_part

# fmt: off
ANSWERS: Final[tuple[tuple[type[Refusal], int, str], ...]] = (
    (NotFound,   404, "没有找到"),
    (NotAllowed, 403, "这一步不归您办"),
    (Outdated,   409, "内容已经变了"),
    (Rejected,   422, "这一批没有办"),
    (Refusal,    422, "这一步没有办"),
)
# fmt: on


class RefusalMiddleware:
    """Answers refusals: 404, 403, 409 or 422, in Chinese, with what to do now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal; leave everything else to be logged and mended."""
        if isinstance(exception, Refusal):
            return refusal_page(request, exception)
        return None


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Render the refusal as a page, or as a line at the top of the page for htmx."""
    status, title = next((status, title) for kind, status, title in ANSWERS if isinstance(refusal, kind))
    refused = list(refusal.refused.items()) if isinstance(refusal, Rejected) else []
    context = {"title": title, "say": refusal.say, "refused": refused}
    if wants_part(request):
        response = render(request, "parts/_say.html", context, status=status)
        response["HX-Retarget"] = "#say"
        response["HX-Reswap"] = "innerHTML show:window:top"
        return response
    return render(request, "refused.html", context, status=status)
