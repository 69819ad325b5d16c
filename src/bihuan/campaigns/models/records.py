"""What is registered while a campaign runs: meetings, decisions, key problems, led inspections, studies."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from bihuan.campaigns.rules.registers import Chair, StudyKind
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter


class RecordQuerySet(ScopedQuerySet[Any]):
    """Records in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep the records of the units that the viewer sees whole, and of the viewer's own."""
        if viewer.scope.everything:
            return self
        return self.filter(scope_filter(viewer.scope, self.scope_columns) | Q(part__unit_id__in=viewer.own_units))

    def standing(self) -> Self:
        """Leave out what was taken back."""
        return self.filter(taken_back_at=None)


class Record(models.Model):
    """A record of a campaign. part: the unit whose record it is, None for the town's own. on: the day of the fact.

    taken_back_at: when it was found to be wrong, with the reason; figures of the days between keep it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="%(class)ss")
    town_id = models.UUIDField()
    part = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, null=True, related_name="%(class)ss")
    path = PathField()
    on = models.DateField()
    files = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_why = models.CharField(max_length=200, default="", blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.on} {self.pk}"


class Meeting(Record):
    """A scheduling meeting (调度会, R9.6). part: who held it. attendees: ids of `CampaignUnit`; others: more people."""

    title = models.CharField(max_length=120)
    place = models.CharField(max_length=80, default="", blank=True)
    host = models.CharField(max_length=64)
    chair = models.CharField(max_length=12)
    attendees = models.JSONField(default=list)
    others = models.CharField(max_length=200, default="", blank=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(chair__in=list(Chair)), name="meeting_chair_known")]
        indexes: ClassVar = [models.Index(fields=["campaign", "on"], name="meeting_campaign")]


class FollowedUp(Record):
    """What one unit (`part`) has to finish by a day. done_at: when it was reported done, result: with what."""

    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=64, default="", blank=True)
    result = models.CharField(max_length=400, default="", blank=True)
    result_files = models.JSONField(default=list)

    class Meta:
        abstract = True


class Decision(FollowedUp):
    """What a meeting decided on an issue, who does it and by when (R9.6)."""

    meeting = models.ForeignKey("campaigns.Meeting", models.PROTECT, related_name="decisions")
    issue = models.CharField(max_length=200, default="", blank=True)
    text = models.CharField(max_length=400)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(part__isnull=False),
                name="decision_has_owner",
                violation_error_message="议定事项要有承办单位。",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "done_at", "due_on"], name="decision_campaign"),
            models.Index(fields=["part", "done_at", "due_on"], name="decision_of"),
        ]


class Problem(FollowedUp):
    """A key problem (重点问题, R1.8): what, raised by whom, settled at which meeting, decision, owner, due, result."""

    problem = models.CharField(max_length=400)
    raised_by = models.CharField(max_length=64)
    meeting = models.ForeignKey("campaigns.Meeting", models.PROTECT, null=True, related_name="problems")
    decision = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(part__isnull=False),
                name="problem_has_owner",
                violation_error_message="重点问题要有责任单位。",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "done_at", "due_on"], name="problem_campaign"),
            models.Index(fields=["part", "done_at", "due_on"], name="problem_of"),
        ]


class LedVisit(Record):
    """An inspection that a leader led (R1.6), registered simply; post_id: the leader's post. part: always None."""

    post_id = models.UUIDField()
    leader = models.CharField(max_length=80)
    companions = models.CharField(max_length=200)
    record_no = models.CharField(max_length=64, default="", blank=True)
    findings = models.CharField(max_length=400, default="", blank=True)
    nothing_found = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(nothing_found=True) & Q(findings="")) | (Q(nothing_found=False) & ~Q(findings="")),
                name="led_visit_says_what_was_found",
                violation_error_message="带队检查要写发现的问题，或者勾选“未发现问题”。",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "on"], name="led_visit_campaign")]


class LedFirm(models.Model):
    """An enterprise that was visited; once for each leader, enterprise and day (R1.7)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    visit = models.ForeignKey("campaigns.LedVisit", models.PROTECT, related_name="firms")
    post_id = models.UUIDField()
    enterprise_id = models.UUIDField()
    name = models.CharField(max_length=128)
    path = PathField()
    on = models.DateField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post_id", "enterprise_id", "on"],
                condition=Q(counts=True),
                name="led_visit_once_a_day",
                violation_error_message="这位领导当天已经登记过对这家企业的检查。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Study(Record):
    """A relay, a warning lesson or a training (传达学习、警示教育、培训). led_by: who held it.

    unit_head: the head of the unit took part. persons: how many in all.
    """

    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    led_by = models.CharField(max_length=12)
    unit_head = models.BooleanField()
    persons = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(StudyKind)), name="study_kind_known"),
            models.CheckConstraint(condition=Q(led_by__in=list(Chair)), name="study_led_by_known"),
            models.CheckConstraint(
                condition=Q(persons__gt=0), name="study_has_persons", violation_error_message="请填参加人数。"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "on"], name="study_campaign")]


class StudyFirm(models.Model):
    """An enterprise whose principal took part."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    study = models.ForeignKey("campaigns.Study", models.PROTECT, related_name="firms")
    enterprise_id = models.UUIDField()
    name = models.CharField(max_length=128)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["study", "enterprise_id"], name="study_firm_once")]

    def __str__(self) -> str:
        return self.name
