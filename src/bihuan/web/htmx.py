"""One view, one context, two sizes: a whole page, or the part that htmx asked for."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.errors import Refusal
from bihuan.standards import queries as standards
from bihuan.web.links import with_changes
from bihuan.web.parts import Pager
from bihuan.web.sizes import keep_size


class StaffRequest(HttpRequest):
    """A request of somebody who has logged in, as the people middleware completes it."""

    actor: Actor
    now: datetime
    htmx: HtmxDetails


def wants_part(request: HttpRequest) -> bool:
    """Tell whether htmx asked for a part; a boosted or a restored page is a whole one."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return bool(htmx) and not (htmx.boosted or htmx.history_restore_request) if htmx else False


def page_or_part(request: HttpRequest, page: str, *, part: str = "", status: int = 200, **context: Any) -> HttpResponse:
    """Render `page`, or only `part` when htmx asks; the part must equal what the page includes.

    status: 422 for a refused form (htmx is told to swap it). A list asked for beyond its end (context `pager`) sends
    on to its last page.
    """
    pager = context.get("pager")
    if isinstance(pager, Pager) and pager.number > pager.last_page and request.method == "GET":
        return go(request, with_changes(request, page=pager.last_page))
    template = part if part and wants_part(request) else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    if isinstance(pager, Pager):
        keep_size(request, response)
    return response


def go(request: HttpRequest, to: Any, *args: object, **kwargs: object) -> HttpResponse:
    """Send the browser to another page after an act, also when htmx made the request."""
    address = resolve_url(to, *args, **kwargs)
    if wants_part(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return HttpResponseRedirect(address, status=303)


def refuse_into(form: forms.BaseForm, refusal: Refusal) -> None:
    """Put a refusal beside the field it names, or on top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.say)


def calendar_of(request: HttpRequest) -> WorkCalendar:
    """Return the calendar of the viewer's town, read once per request."""
    known: WorkCalendar | None = getattr(request, "work_calendar", None)
    if known is None:
        actor: Actor | None = getattr(request, "actor", None)
        known = standards.work_calendar(actor.town_id if actor else None)
        request.work_calendar = known  # type: ignore[attr-defined] # -- kept on the request for the next chip
    return known
