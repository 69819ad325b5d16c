"""The units that a campaign is issued to, and what each has set up."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from bihuan.campaigns.rules.drafting import PlanState
from bihuan.campaigns.rules.life import units_of_actor
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter


class CampaignUnitQuerySet(ScopedQuerySet["CampaignUnit"]):
    """Participating units in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep the units that the viewer sees whole, and the viewer's own."""
        if viewer.scope.everything:
            return self
        return self.filter(scope_filter(viewer.scope, self.scope_columns) | Q(unit_id__in=units_of_actor(viewer)))


class CampaignUnit(models.Model):
    """A unit's part in a campaign: receipt, its own body, leader in charge and sub-plan (R9.2, R9.3).

    body, leader: as the unit names them. plan_on: the day on the sub-plan. plan_note: why it was returned.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="units")
    town_id = models.UUIDField()
    unit_id = models.UUIDField()
    path = PathField()
    name = models.CharField(max_length=64)
    side = models.CharField(max_length=12)
    sort_no = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=64, default="")
    body = models.CharField(max_length=80, default="", blank=True)
    leader = models.CharField(max_length=80, default="", blank=True)
    contact = models.CharField(max_length=80, default="", blank=True)
    set_up_at = models.DateTimeField(null=True)
    plan_state = models.CharField(max_length=12, default=PlanState.MISSING)
    plan_due_on = models.DateField()
    plan_on = models.DateField(null=True)
    plan_file_id = models.UUIDField(null=True)
    plan_handed_in_at = models.DateTimeField(null=True)
    plan_first_at = models.DateTimeField(null=True)
    plan_accepted_at = models.DateTimeField(null=True)
    plan_reviewed_by = models.CharField(max_length=64, default="")
    plan_note = models.CharField(max_length=400, default="", blank=True)

    objects = CampaignUnitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "unit_id"], name="campaign_unit_once"),
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="campaign_unit_side_known"),
            models.CheckConstraint(condition=Q(plan_state__in=list(PlanState)), name="campaign_unit_plan_known"),
            models.CheckConstraint(
                condition=~Q(plan_state=PlanState.ACCEPTED)
                | Q(plan_file_id__isnull=False, plan_accepted_at__isnull=False),
                name="campaign_unit_plan_is_there",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "unit_id"], name="campaign_unit_of")]

    def __str__(self) -> str:
        return self.name
