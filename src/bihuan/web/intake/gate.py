"""The gate of the import's pages: who takes lists in is asked first, and what was sent is read with care."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpResponse

from bihuan.intake.rules.rights import must_take_in
from bihuan.web.htmx import StaffRequest

P = ParamSpec("P")
View = Callable[Concatenate[StaffRequest, P], HttpResponse]


def takes_in(view: View[P]) -> View[P]:
    """Let only those through who take lists in; raise NotAllowed for anybody else."""

    @wraps(view)
    def gated(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        must_take_in(request.actor)
        return view(request, *args, **kwargs)

    return gated


def identity(text: str) -> UUID | None:
    """Return an id that was sent, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
