"""What happened to an object, as far as the viewer may see it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from bihuan.kernel.errors import NotFound
from bihuan.trail import queries
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Pager, page_number
from bihuan.web.sizes import page_size
from bihuan.web.trail.proposed import with_proposals


@require_GET
def subject(request: StaffRequest, subject_id: UUID) -> HttpResponse:
    """Show the trail of one object, newest first. What never was and what is another's is not found."""
    size = page_size(request, 50)
    found = queries.trail_of(request.actor, [subject_id], page=page_number(request.GET), size=size)
    if not found.total:
        raise NotFound
    pager = Pager(found.number, size, len(found.lines), found.total, unit="条")
    back = request.GET.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = ""
    return page_or_part(
        request,
        "trail/subject.html",
        part="trail/_lines.html",
        lines=with_proposals(found.lines),
        pager=pager,
        back=back,
    )
