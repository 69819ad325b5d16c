"""The first step: choose the file."""

from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bihuan.intake import queries, services
from bihuan.kernel.errors import Refusal
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.intake.drawing import steps
from bihuan.web.intake.forms import UploadForm
from bihuan.web.intake.gate import takes_in


@require_http_methods(["GET", "POST"])
@takes_in
def upload(request: StaffRequest) -> HttpResponse:
    """Take a file in; a job reads it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            run_id = services.start_import(
                name=file.name or "",
                content=cast("IO[bytes]", file.file),
                organ=form.cleaned_data["organ"],
                source=form.cleaned_data["source"],
                actor=request.actor,
                now=request.now,
            )
            return go(request, "intake:check", run_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    return page_or_part(
        request,
        "intake/upload.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        steps=steps(1),
        runs=queries.runs_of(request.actor),
    )
