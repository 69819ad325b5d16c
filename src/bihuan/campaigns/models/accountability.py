"""Interviews (约谈) and the register of accountability (问责), with sealed packs of evidence (R9.11 to R9.13)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from bihuan.campaigns.rules.supervision.accountability import CaseForm
from bihuan.campaigns.rules.supervision.life import FOR_CASES
from bihuan.campaigns.rules.supervision.states import CaseState, InterviewState
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter


class InterviewQuerySet(ScopedQuerySet["Interview"]):
    """Interviews in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep the interviews of the towns that the viewer sees whole, and of the viewer's own unit."""
        if viewer.scope.everything:
            return self
        return self.filter(scope_filter(viewer.scope, self.scope_columns) | Q(part__unit_id__in=viewer.own_units))


class Interview(models.Model):
    """A formal talk with a unit. who: the post talked to. meets_at: when it is called for. look_again_on: the day on
    which its undertakings are looked at; every change of it is an event. received_at: when the unit signed for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="interviews")
    town_id = models.UUIDField()
    path = PathField()
    part = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, related_name="interviews")
    state = models.CharField(max_length=12, default=InterviewState.NOTICED)
    who = models.CharField(max_length=64)
    convener = models.CharField(max_length=64)
    reason = models.CharField(max_length=400)
    grounds = models.JSONField(default=list)
    place = models.CharField(max_length=80, default="", blank=True)
    meets_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)
    minutes = models.CharField(max_length=4000, default="", blank=True)
    minutes_files = models.JSONField(default=list)
    undertakings = models.CharField(max_length=1000, default="", blank=True)
    held_on = models.DateField(null=True)
    held_at = models.DateTimeField(null=True)
    look_again_on = models.DateField(null=True)
    result = models.CharField(max_length=400, default="", blank=True)
    followed_up_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField()
    noticed_by = models.CharField(max_length=64)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=64, default="", blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(InterviewState)), name="interview_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[InterviewState.HELD, InterviewState.FOLLOWED_UP])
                | Q(held_on__isnull=False, look_again_on__isnull=False),
                name="interview_held_is_followed_up",
                violation_error_message="约谈以后要定回访的日期。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "state"], name="interview_campaign"),
            models.Index(fields=["town_id", "state", "look_again_on"], name="interview_town"),
        ]

    def __str__(self) -> str:
        return self.who


class CaseQuerySet(ScopedQuerySet["AccountabilityCase"]):
    """Cases in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep the cases of the viewer's own town for those who keep the register; nobody else sees any."""
        if viewer.scope.everything:
            return self
        if not viewer.has_role(*FOR_CASES):
            return self.none()
        return self.filter(scope_filter(viewer.scope, self.scope_columns), town_id=viewer.town_id)


class AccountabilityCase(models.Model):
    """A case that the town handed over to the competent organ, and what that organ decided (R9.12).

    who: a unit or a post; part: the unit. failings, situation: rules.supervision.accountability. form, organ,
    doc_number, decided_on: of the organ's decision, never of the platform. accident_on: None for cases handed over
    before it was asked for.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="cases")
    town_id = models.UUIDField()
    path = PathField()
    part = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, null=True, related_name="cases")
    state = models.CharField(max_length=12, default=CaseState.HANDED_OVER)
    who = models.CharField(max_length=80)
    failings = models.JSONField(default=list)
    grounds = models.CharField(max_length=1000)
    by_accident = models.BooleanField(default=False)
    accident = models.CharField(max_length=200, default="", blank=True)
    accident_on = models.DateField(null=True)
    report = models.CharField(max_length=120, default="", blank=True)
    situation = models.CharField(max_length=16, default="", blank=True)
    lighter = models.CharField(max_length=200, default="", blank=True)
    handed_to = models.CharField(max_length=80)
    handed_over_on = models.DateField()
    files = models.JSONField(default=list)
    form = models.CharField(max_length=16, default="", blank=True)
    organ = models.CharField(max_length=80, default="", blank=True)
    doc_number = models.CharField(max_length=64, default="", blank=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_files = models.JSONField(default=list)
    result = models.CharField(max_length=400, default="", blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(CaseState)), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(by_accident=False) | (~Q(accident="") & ~Q(report="")),
                name="case_by_accident_has_report",
                violation_error_message="以事故为由问责，要有认定责任事故的调查报告。",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.HANDED_OVER)
                | (Q(decided_on__isnull=False, decided_at__isnull=False) & ~Q(doc_number="") & ~Q(organ="")),
                name="case_decided_by_document",
                violation_error_message="追责的决定要写机关、文号和日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.DECIDED) | Q(form__in=list(CaseForm)), name="case_decided_has_form"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "state"], name="case_campaign")]

    def __str__(self) -> str:
        return self.who


class SealedPack(models.Model):
    """A sealed pack of evidence. of_kind, of_id: a case or a circular. on: the day of its figures.

    contents: its texts, and its files by id and hash; the zip is made of them again, byte for byte, and its SHA-256 is
    in the trail. job_id: while a job seals a large one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="packs")
    town_id = models.UUIDField()
    of_kind = models.CharField(max_length=12)
    of_id = models.UUIDField()
    on = models.DateField()
    contents = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    files_count = models.PositiveIntegerField(default=0)
    job_id = models.UUIDField(null=True)
    sealed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sealed_at=None) | ~Q(sha256=""), name="pack_sealed_has_hash"),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "of_id", "asked_at"], name="pack_of")]

    def __str__(self) -> str:
        return self.sha256
