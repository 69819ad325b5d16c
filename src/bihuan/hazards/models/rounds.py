"""The work on a hazard: rounds, proof, extensions, re-inspections. An earlier round is never touched (L9)."""

from typing import ClassVar

from django.db import models

from bihuan.kernel.ids import new_id


class Round(models.Model):
    """One attempt at fixing a hazard: its own deadline, arrangements, hand-in and result.

    opened_by: the act that began it. duty, measures, funds, time, plan: the five arrangements (R3.8, R3.9).
    completed_on: the rectifier's claim; handed_in_at: the server's instant. acting_for: 代办.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="rounds", db_index=False)
    town_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    opened_by = models.CharField(max_length=32)
    opened_on = models.DateField()
    deadline = models.DateField(null=True)
    duty = models.TextField(default="")
    measures = models.TextField(default="")
    funds = models.TextField(default="")
    time = models.TextField(default="")
    plan = models.TextField(default="")
    interim = models.TextField(default="")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=64, default="")
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.CharField(max_length=64, default="")
    handed_in_by_id = models.UUIDField(null=True)
    acting_for = models.CharField(max_length=128, default="")
    done = models.TextField(default="")
    completed_on = models.DateField(null=True)
    money_fen = models.BigIntegerField(default=0)
    late = models.BooleanField(default=False)
    result = models.CharField(max_length=16, default="")
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["hazard", "number"], name="round_number_once")]

    def __str__(self) -> str:
        return f"{self.hazard_id} round {self.number}"


class HazardFile(models.Model):
    """One file as proof of one hazard: what it shows, in which round, and which before it answers (pair)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="files", db_index=False)
    town_id = models.UUIDField()
    evidence_id = models.UUIDField()
    is_photo = models.BooleanField()
    role = models.CharField(max_length=16)
    pair = models.CharField(max_length=64, default="")
    round_number = models.PositiveSmallIntegerField(default=0)
    act = models.CharField(max_length=32)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["hazard", "added_at"], name="file_hazard"),
            models.Index(fields=["town_id", "evidence_id"], name="file_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.evidence_id}"


class Extension(models.Model):
    """A request for more time beside the state (L6): asked before expiry, with reason and interim measures."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="extensions")
    town_id = models.UUIDField()
    round_number = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    asked_by_id = models.UUIDField(null=True)
    acting_for = models.CharField(max_length=128, default="")
    old_deadline = models.DateField()
    new_deadline = models.DateField()
    reason = models.TextField()
    interim = models.TextField()
    answer_due = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, default="")
    granted = models.BooleanField(null=True)
    answer = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(new_deadline__gt=models.F("old_deadline")), name="extension_moves_later"
            ),
            models.UniqueConstraint(
                fields=["hazard"], condition=models.Q(granted__isnull=True), name="extension_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.old_deadline} → {self.new_deadline}"


class Reinspection(models.Model):
    """One re-inspection (复查), acceptance (验收) or sample (抽查): who, when, opinion, on site, passed or not.

    signed_by, sign_refused: the other side's signature under the opinion, or that it was refused (R3.16).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="reinspections")
    town_id = models.UUIDField()
    round_number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=32)
    at = models.DateTimeField()
    verifier = models.CharField(max_length=64)
    verifier_id = models.UUIDField(null=True)
    verifier_unit = models.CharField(max_length=64, default="")
    companions = models.JSONField(default=list)
    on_site = models.BooleanField()
    passed = models.BooleanField()
    opinion = models.TextField()
    acting_for = models.CharField(max_length=128, default="")
    signed_by = models.CharField(max_length=64, null=True)  # a default would remake the table, and lose its triggers
    sign_refused = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.kind} {self.passed}"
