"""The bell: what this person was told, newest first."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from bihuan.trail import queries, services
from bihuan.trail.rules import NoticeLine
from bihuan.web.htmx import StaffRequest, go, page_or_part

SHOWN = 100


@require_GET
def notices(request: StaffRequest) -> HttpResponse:
    """List the newest notices; each leads through `open_notice`, which marks it read."""
    told = queries.notices_for(request.actor, SHOWN)
    rows = [
        {
            "told_at": one.told_at,
            "say": one.say,
            "read": one.read_at is not None,
            "href": reverse("desk:notice", args=[one.id]),
        }
        for one in told
    ]
    unread = queries.unread_count(request.actor)
    return page_or_part(request, "desk/notices.html", notices=rows, unread=unread)


@require_GET
def open_notice(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """Go to what a notice is about. Looking at one's own bell is no act, so a link may do it."""
    services.mark_read([notice_id], actor=request.actor, now=request.now)
    told = next((one for one in queries.notices_for(request.actor, SHOWN) if one.id == notice_id), None)
    return go(request, _address(told) if told else "desk:notices")


@require_POST
def read_all(request: StaffRequest) -> HttpResponse:
    """Mark everything as read."""
    services.mark_read(actor=request.actor, now=request.now)
    return go(request, "desk:notices")


def _address(told: NoticeLine) -> str:
    try:
        return reverse(told.url_name, args=told.url_args)
    except NoReverseMatch:  # the page behind an old notice may be gone
        return reverse("desk:notices")
