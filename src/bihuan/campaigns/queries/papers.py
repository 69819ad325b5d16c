"""Files of a campaign: the plan as it came, and the sub-plans of its units."""

from uuid import UUID

from bihuan.campaigns.models import CampaignUnit
from bihuan.campaigns.queries.finding import row_for
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail import queries as trail
from bihuan.trail.queries import OpenedFile

ORIGINAL = "original"


def original_of(viewer: Actor, campaign_id: UUID) -> OpenedFile:
    """Open the file that a campaign was read from. Raises NotFound."""
    row = row_for(viewer, campaign_id)
    if row.file_id is None:
        raise NotFound("campaigns.no_file", "这个专项行动没有原件。")
    return trail.open_file(row.file_id, ORIGINAL)


def sub_plan_of(viewer: Actor, campaign_id: UUID, unit_id: UUID) -> OpenedFile:
    """Open the sub-plan that a unit handed in last. Raises NotFound."""
    row = row_for(viewer, campaign_id)
    unit = CampaignUnit.objects.open_to(viewer).filter(campaign=row, pk=unit_id).first()
    if unit is None or unit.plan_file_id is None:
        raise NotFound("campaigns.no_plan", "没有找到这份子方案，或者它不在您的管辖范围内。")
    return trail.open_file(unit.plan_file_id, ORIGINAL)
