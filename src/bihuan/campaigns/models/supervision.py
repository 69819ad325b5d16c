"""Supervision rounds (督查) and the problems they found: of the unit and of enterprises apart (R9.9)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from bihuan.campaigns.rules.supervision.states import FindingSide, FindingState, Method, RoundState
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter

TOLD = (RoundState.FED_BACK, RoundState.CLOSED)
IS_TOLD = (Q(method=Method.OPEN) | Q(state__in=TOLD)) & ~Q(state=RoundState.CANCELLED)


class RoundQuerySet(ScopedQuerySet["SupervisionRound"]):
    """Rounds in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep the rounds of the towns that the viewer sees whole; a unit sees its own: an open one once it is planned,
        a covert one when its problems are fed back, and not before."""
        if viewer.scope.everything:
            return self
        own = Q(part__unit_id__in=viewer.own_units) & IS_TOLD
        return self.filter(scope_filter(viewer.scope, self.scope_columns) | own)

    def told(self) -> Self:
        """Keep the rounds of which their units may know: what is told to anybody beside those who hold them."""
        return self.filter(IS_TOLD)


class SupervisionRound(models.Model):
    """One round of one unit. path: of the town. firms: enterprises visited, by id and name as they were. number: of the
    feedback paper, 0 before. correct_by: the last day for the unit to correct."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="rounds")
    town_id = models.UUIDField()
    path = PathField()
    part = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, related_name="rounds")
    state = models.CharField(max_length=12, default=RoundState.PLANNED)
    method = models.CharField(max_length=8)
    subject = models.CharField(max_length=160, default="", blank=True)
    planned_on = models.DateField()
    held_on = models.DateField(null=True)
    leader = models.CharField(max_length=64, default="", blank=True)
    members = models.CharField(max_length=200, default="", blank=True)
    note = models.CharField(max_length=2000, default="", blank=True)
    firms = models.JSONField(default=list)
    files = models.JSONField(default=list)
    number = models.PositiveIntegerField(default=0)
    correct_by = models.DateField(null=True)
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=64)
    held_at = models.DateTimeField(null=True)
    fed_back_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=200, default="", blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(RoundState)), name="round_state_known"),
            models.CheckConstraint(condition=Q(method__in=list(Method)), name="round_method_known"),
            models.CheckConstraint(
                condition=Q(state__in=[RoundState.PLANNED, RoundState.CANCELLED])
                | Q(held_on__isnull=False, held_at__isnull=False),
                name="round_held_has_day",
            ),
            models.CheckConstraint(
                condition=Q(fed_back_at=None) | Q(correct_by__isnull=False, correct_by__gte=F("held_on")),
                name="round_fed_back_has_deadline",
                violation_error_message="反馈要写整改期限，期限不能早于督查的日期。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "state", "planned_on"], name="round_campaign"),
            models.Index(fields=["town_id", "state", "planned_on"], name="round_town"),
        ]

    def __str__(self) -> str:
        return f"{self.planned_on} {self.subject}"


class Finding(models.Model):
    """A problem that a round found. side: the unit's own, or an enterprise's.

    hazard_id: what a person entered it as, None for a unit's and for what was not entered. answered_on: the day of the
    answer that stands. why: for which it was sent back, or set aside.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    round = models.ForeignKey("campaigns.SupervisionRound", models.PROTECT, related_name="findings")
    town_id = models.UUIDField()
    side = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=FindingState.NOTED)
    text = models.CharField(max_length=400)
    enterprise_id = models.UUIDField(null=True)
    firm_name = models.CharField(max_length=120, default="", blank=True)
    hazard_id = models.UUIDField(null=True)
    hazard_number = models.CharField(max_length=40, default="", blank=True)
    due_on = models.DateField(null=True)
    answer = models.CharField(max_length=400, default="", blank=True)
    answer_files = models.JSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=64, default="", blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=64, default="", blank=True)
    why = models.CharField(max_length=200, default="", blank=True)
    files = models.JSONField(default=list)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(FindingState)), name="finding_state_known"),
            models.CheckConstraint(
                condition=Q(side=FindingSide.FIRM) | Q(side=FindingSide.UNIT, enterprise_id=None, hazard_id=None),
                name="finding_of_unit_is_no_hazard",
                violation_error_message="单位的问题和企业的问题要分开记。",
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.ENTERED) | Q(hazard_id__isnull=False), name="finding_entered_has_hazard"
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.CONFIRMED)
                | Q(confirmed_at__isnull=False, answered_on__isnull=False, due_on__isnull=False),
                name="finding_confirmed_was_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "side", "state"], name="finding_round"),
            models.Index(fields=["town_id", "state", "due_on"], name="finding_town"),
        ]

    def __str__(self) -> str:
        return self.text
