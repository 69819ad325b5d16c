"""The bell: what this person was told, the unread first, page by page."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from bihuan.trail import queries, services
from bihuan.trail.rules import NoticeLine
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.parts import Pager, page_number
from bihuan.web.sizes import page_size

UNREAD_COUNTED: Final = 10_000  # the badge stops at 100, the page says how many


@require_GET
def notices(request: StaffRequest) -> HttpResponse:
    """List a page of the notices; each leads through `open_notice`, which marks it read."""
    size = page_size(request)
    told = queries.notices_page(request.actor, page=page_number(request.GET), size=size)
    rows = [
        {
            "told_at": one.told_at,
            "say": one.say,
            "read": one.read_at is not None,
            "href": reverse("desk:notice", args=[one.id]),
        }
        for one in told.lines
    ]
    unread = queries.unread_count(request.actor, at_most=UNREAD_COUNTED)
    pager = Pager(told.number, size, len(rows), told.total, unit="条")
    return page_or_part(request, "desk/notices.html", notices=rows, unread=unread, pager=pager)


@require_GET
def open_notice(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """Go to what a notice is about. Looking at one's own bell is no act, so a link may do it."""
    services.mark_read([notice_id], actor=request.actor, now=request.now)
    told = queries.notice_for(request.actor, notice_id)
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
