"""Photos that a phone sends before its form: taken at once, so that nothing is lost with the form."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bihuan.kernel.errors import Refusal
from bihuan.trail import queries as trail
from bihuan.web.evidence import keep_one, sent
from bihuan.web.htmx import StaffRequest


@require_POST
@login_required
def upload(request: StaffRequest) -> HttpResponse:
    """Keep one file and answer with its id; a refusal answers 422 with its sentence."""
    try:
        kept = keep_one(request)
    except Refusal as refusal:
        return JsonResponse({"say": refusal.say, "code": refusal.code}, status=422)
    thumb = reverse("field:draft", args=[kept.id, "thumb"])
    return JsonResponse({"id": str(kept.id), "thumb": thumb, "doubts": list(kept.doubts)})


@require_GET
@login_required
def draft(request: StaffRequest, file_id: UUID, variant: str) -> FileResponse:
    """Show a file to who uploaded it, while its form is still open."""
    trail.file_for_uploader(request.actor, file_id)
    return sent(trail.open_file(file_id, variant))
