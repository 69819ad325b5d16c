"""One press, one record: the same form sent twice leads to what the first sending made.

Django masks its token anew for every page, so the hidden token of a form names the page it was filled on. With the
person, the address and what was filled in it makes the key of the form. The act claims the key in the transaction of
its record (`trail.services.record`); here the first answer is kept, and given again to whoever comes with the same key.
Who goes back and fills in something else has filled another form.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from bihuan.kernel.actor import Actor, Sending
from bihuan.kernel.errors import Refusal
from bihuan.kernel.ids import new_id
from bihuan.trail import queries, services
from bihuan.web.htmx import go
from bihuan.web.refusals import refusal_page

TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
AGAIN: Final = "已经提交。同一张表按了不止一次，只记一次。"
LOST: Final = Refusal("once.lost", "这张表已经提交过，没有再记一次。请回到列表看结果。")
TURNS: Final = 60  # of waiting for the first answer, which comes within a moment of its commit
TURN_S: Final = 0.05

View = Callable[..., HttpResponse]


class OnceMiddleware:
    """Gives the first answer to every later arrival of the same form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep where a form led; answer one that lost against its double as its double was answered."""
        response = self.get_response(request)
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None or actor.sending is None:
            return response
        found = queries.sent_form(actor.sending.key)
        if found is not None and found.arrival != actor.sending.arrival:
            return _first_answer(request, actor.sending.key) or response
        if found is not None:
            _keep(actor.sending, response)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer a form that has been sent before; name any other for its act."""
        actor: Actor | None = getattr(request, "actor", None)
        if request.method != "POST" or actor is None or actor.user_id is None or not request.POST.get(TOKEN):
            return None
        key = _key(request, actor)
        answer = _first_answer(request, key)
        if answer is None:
            request.actor = replace(actor, sending=Sending(key, new_id()))  # type: ignore[attr-defined] # -- ours
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a form that met the row of its double; leave everything else to be logged and mended."""
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None or actor.sending is None:
            return None
        found = queries.sent_form(actor.sending.key)
        lost = found is not None and found.arrival != actor.sending.arrival
        return _first_answer(request, actor.sending.key) if lost else None


def _key(request: HttpRequest, actor: Actor) -> str:
    """Return the key of a form as it was filled by this person on this page."""
    told = sha256(f"{actor.user_id}\n{request.get_full_path()}\n".encode())
    for name, values in request.POST.lists():
        told.update(f"{name}\n{values!r}\n".encode())
    for name, files in request.FILES.lists():
        for file in files:
            told.update(f"{name}\n{file.name}\n".encode())
            for chunk in file.chunks():
                told.update(chunk)
            file.seek(0)
    return told.hexdigest()


def _keep(sending: Sending, response: HttpResponse) -> None:
    """Keep where a form led; one whose answer leads nowhere is let go."""
    leads = response.headers.get("Location", "") or response.headers.get("HX-Redirect", "")
    if leads:
        services.note_answer(sending, leads)
    else:
        services.release(sending)


def _first_answer(request: HttpRequest, key: str) -> HttpResponse | None:
    """Lead to where the first arrival was led, as soon as that is known; None where nothing has come of it."""
    for _ in range(TURNS):
        found = queries.sent_form(key)
        if found is None:
            return None
        if found.answer:
            _say_once(request)
            return go(request, found.answer)
        time.sleep(TURN_S)
    return refusal_page(request, LOST)


def _say_once(request: HttpRequest) -> None:
    """Say that it was done once, instead of what the second try would have said."""
    list(messages.get_messages(request))
    messages.info(request, AGAIN)
