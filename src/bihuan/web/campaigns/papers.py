"""Files of a campaign, each through its owner's query."""

from uuid import UUID

from django.http import FileResponse
from django.views.decorators.http import require_GET

from bihuan.campaigns import queries
from bihuan.web.evidence import sent
from bihuan.web.htmx import StaffRequest


@require_GET
def original(request: StaffRequest, campaign_id: UUID) -> FileResponse:
    """Send the plan as it came."""
    return sent(queries.original_of(request.actor, campaign_id))


@require_GET
def package(request: StaffRequest, campaign_id: UUID) -> FileResponse:
    """Send the archive package of a campaign."""
    name, stream = queries.archive_of(request.actor, campaign_id)
    response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def plan_file(request: StaffRequest, campaign_id: UUID, unit_id: UUID) -> FileResponse:
    """Send a unit's sub-plan."""
    return sent(queries.sub_plan_of(request.actor, campaign_id, unit_id))


@require_GET
def proof(request: StaffRequest, campaign_id: UUID, task_id: UUID, file_id: UUID) -> FileResponse:
    """Send a piece of evidence of a task."""
    return sent(queries.proof_of(request.actor, campaign_id, task_id, file_id))
