"""Written applications to start again what was stopped, and how each was answered (R3.28)."""

from typing import ClassVar

from django.db import models

from bihuan.kernel.ids import new_id


class Resumption(models.Model):
    """One application to resume (令16号 art. 18): what was done, who evaluated it, and the site review that answers it.

    due_on: the last day of the site review. agreed: None while open. sanction, sanction_organ: what was proposed, to
    whom, where governing is hopeless or refused (art. 23); that organ decides.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="resumptions")
    town_id = models.UUIDField()
    round_number = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    asked_by_id = models.UUIDField(null=True)
    acting_for = models.CharField(max_length=128, default="")
    done = models.TextField()
    evaluated_by = models.CharField(max_length=8)
    evaluator = models.CharField(max_length=128)
    conclusion = models.TextField()
    due_on = models.DateField()
    visited_on = models.DateField(null=True)
    visited_by = models.CharField(max_length=128, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, default="")
    organ = models.CharField(max_length=64, default="")
    number = models.CharField(max_length=64, default="")
    agreed = models.BooleanField(null=True)
    answer = models.TextField(default="")
    sanction = models.CharField(max_length=8, default="")
    sanction_organ = models.CharField(max_length=64, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hazard"], condition=models.Q(agreed__isnull=True), name="resumption_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hazard_id} resumption {self.agreed}"
