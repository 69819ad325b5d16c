"""What stands beside a hazard's state: transfers, invalidations, changes of level."""

from typing import ClassVar

from django.db import models

from bihuan.kernel.ids import new_id
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet


class Transfer(models.Model):
    """A hazard handed to another body (安法2021 art. 69), and the reply that came; it is never closed by it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="transfers")
    town_id = models.UUIDField()
    organ = models.CharField(max_length=64)
    number = models.CharField(max_length=64, default="")
    reason = models.TextField()
    from_state = models.CharField(max_length=20)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=64)
    replied_on = models.DateField(null=True)
    reply = models.TextField(default="")
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField(default="")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hazard"], condition=models.Q(is_current=True), name="transfer_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hazard_id} → {self.organ}"


class Invalidation(models.Model):
    """A wrong entry made invalid by two people, with a reason (L10); nothing is deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="invalidations")
    town_id = models.UUIDField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    asked_by_id = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, default="")
    answered_by_id = models.UUIDField(null=True)
    approved = models.BooleanField(null=True)
    answer = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hazard"], condition=models.Q(approved__isnull=True), name="invalidation_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by_id__isnull=True) | ~models.Q(answered_by_id=models.F("asked_by_id")),
                name="invalidation_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hazard_id} invalid"


class LevelChange(models.Model):
    """A change of level with its criterion or reason (R3.3); lowering waits for a second approver (L8).

    criterion: standard and clause by which it is major from now on, or was until it was lowered.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="level_changes")
    town_id = models.UUIDField()
    old_level = models.CharField(max_length=8)
    new_level = models.CharField(max_length=8)
    criterion = models.CharField(max_length=160, default="")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    asked_by_id = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, default="")
    answered_by_id = models.UUIDField(null=True)
    approved = models.BooleanField(null=True)
    answer = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hazard"], condition=models.Q(approved__isnull=True), name="lowering_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by_id__isnull=True) | ~models.Q(answered_by_id=models.F("asked_by_id")),
                name="lowering_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.old_level} → {self.new_level}"


class LevelDecisionQuerySet(ScopedQuerySet["LevelDecision"]):
    """Decisions, seen as their hazards are."""

    scope_columns = ScopeColumns(
        town="town_id", path="hazard__path", sector="hazard__sector", enterprise="hazard__enterprise_id"
    )

    def last_on_each(self) -> "LevelDecisionQuerySet":
        """Keep the last decision on each hazard."""
        same_day = models.Q(decided_on=models.OuterRef("decided_on"), id__gt=models.OuterRef("id"))
        later = models.Q(decided_on__gt=models.OuterRef("decided_on")) | same_day
        of_it = LevelDecision.objects.filter(later, hazard_id=models.OuterRef("hazard_id"))
        return self.filter(~models.Exists(of_it))


class LevelDecision(models.Model):
    """What a person decided on a level beside what had been suggested to them; none is changed or deleted (L8).

    suggested_level: "" where the suggestion left it to the person. version: of the words and conditions it came from.
    item, suggested_item: the items by their id, for several may stand under one clause; "" in rows from before.
    because: why it was suggested, as `rules.suggested.kept_reasons` bounds it; empty in rows from before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="level_decisions")
    town_id = models.UUIDField()
    act = models.CharField(max_length=24)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=64)
    level = models.CharField(max_length=8)
    standard = models.CharField(max_length=48, default="")
    clause = models.CharField(max_length=32, default="")
    item = models.CharField(max_length=64, default="")
    suggested_level = models.CharField(max_length=8, default="")
    suggested_standard = models.CharField(max_length=48, default="")
    suggested_clause = models.CharField(max_length=32, default="")
    suggested_item = models.CharField(max_length=64, default="")
    version = models.CharField(max_length=16)
    because = models.JSONField(default=dict)

    objects = LevelDecisionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["town_id", "decided_on"], name="level_decision_day"),
            models.Index(fields=["town_id", "suggested_standard", "suggested_clause"], name="level_decision_clause"),
        ]

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.level}"
