"""Listing orders (挂牌督办) and what is recorded along them (R3.22–R3.30)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bihuan.hazards.rules.states import ListingState
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet


class ListingQuerySet(ScopedQuerySet["Listing"]):
    """Listing orders in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path", sector="sector", enterprise="enterprise_id")


class Listing(models.Model):
    """A listing order with its own states (R3.24a) and the fields of R3.25; L4 looks at the main one only.

    external: listed by a body that does not use the platform; organ, number, date and scan as the paper says.
    goals … emergency: the six parts of the governance plan (令16号 art. 15, R3.8).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="listings")
    town_id = models.UUIDField()
    path = PathField()
    sector = models.CharField(max_length=32, default="")
    enterprise_id = models.UUIDField(null=True)
    state = models.CharField(max_length=24)
    level = models.CharField(max_length=12)
    is_main = models.BooleanField(default=True)
    external = models.BooleanField(default=False)
    round_number = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=64, default="")
    organ = models.CharField(max_length=64, default="")
    organ_unit_id = models.UUIDField(null=True)
    supervising_unit_id = models.UUIDField(null=True)
    supervising_unit = models.CharField(max_length=64, default="")
    closing_organ = models.CharField(max_length=64, default="")
    content = models.TextField(default="")
    basis = models.TextField(default="")
    demands = models.TextField(default="")
    deadline = models.DateField(null=True)
    enterprise_person = models.CharField(max_length=64, default="")
    supervisor = models.CharField(max_length=64, default="")
    leader = models.CharField(max_length=64, default="")
    stop_production = models.BooleanField(default=False)
    proposed_on = models.DateField(null=True)
    proposed_by = models.CharField(max_length=64, default="")
    proposed_by_id = models.UUIDField(null=True)
    listed_on = models.DateField(null=True)
    listed_by = models.CharField(max_length=64, default="")
    scan_id = models.UUIDField(null=True)
    published_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    plan_on = models.DateField(null=True)
    goals = models.TextField(default="")
    methods = models.TextField(default="")
    funds = models.TextField(default="")
    organ_persons = models.TextField(default="")
    time_limits = models.TextField(default="")
    emergency = models.TextField(default="")
    progress_percent = models.PositiveSmallIntegerField(default=0)
    progress_on = models.DateField(null=True)
    applied_on = models.DateField(null=True)
    acceptance_due = models.DateField(null=True)
    evaluation = models.TextField(default="")
    accepted_on = models.DateField(null=True)
    delisted_on = models.DateField(null=True)
    delisting_number = models.CharField(max_length=64, default="")
    delisting_note = models.TextField(default="")
    delisting_published_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_reason = models.TextField(default="")
    licence_proposal_id = models.UUIDField(null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hazard"], condition=Q(is_main=True), name="listing_one_main"),
            models.CheckConstraint(
                condition=Q(state__in=[str(one) for one in ListingState]), name="listing_state_known"
            ),
            models.CheckConstraint(
                condition=Q(is_main=False) | ~Q(state=ListingState.WITHDRAWN.value),
                name="listing_withdrawn_is_not_main",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "state", "listed_on"], name="listing_town")]

    def __str__(self) -> str:
        return f"{self.number or self.id} {self.state}"


class LicenceProposal(models.Model):
    """A proposal to suspend the safety licence of a listed unit, and what its issuing organ decided (R3.29).

    licence: its label as it was. suspended: None while the organ has not answered.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    listing = models.ForeignKey("hazards.Listing", models.PROTECT, related_name="licence_proposals")
    town_id = models.UUIDField()
    licence = models.CharField(max_length=128)
    organ = models.CharField(max_length=64)
    number = models.CharField(max_length=64, default="")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    asked_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, default="")
    answered_on = models.DateField(null=True)
    suspended = models.BooleanField(null=True)
    answer = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["listing"], condition=Q(suspended__isnull=True), name="licence_proposal_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.licence}"


class ListingRecord(models.Model):
    """Something recorded along a listing: weekly progress, publication, filing upwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    listing = models.ForeignKey("hazards.Listing", models.PROTECT, related_name="records")
    town_id = models.UUIDField()
    act = models.CharField(max_length=32)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    percent = models.PositiveSmallIntegerField(null=True)
    money_fen = models.BigIntegerField(default=0)
    note = models.TextField(default="")
    acting_for = models.CharField(max_length=128, default="")

    def __str__(self) -> str:
        return f"{self.listing_id} {self.act}"
