"""What was so on a past day: the steps of a unit, the moves of a deadline, papers, seats of the leading group."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bihuan.campaigns.rules.drafting import PlanState
from bihuan.campaigns.rules.registers import PaperKind
from bihuan.kernel.ids import new_id


class UnitStep(models.Model):
    """How a unit's part stood after a change of it; the last one of a day is how it stood on that day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    received = models.BooleanField()
    body = models.BooleanField()
    leader = models.BooleanField()
    plan_state = models.CharField(max_length=12, default=PlanState.MISSING)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "at"], name="unit_step")]

    def __str__(self) -> str:
        return f"{self.plan_state} {self.at}"


class TaskMove(models.Model):
    """A deadline of a task that moved with the campaign's end (R9.14)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey("campaigns.Task", models.PROTECT, related_name="moves")
    at = models.DateTimeField()
    from_on = models.DateField()
    to_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "at"], name="task_move")]

    def __str__(self) -> str:
        return f"{self.from_on} → {self.to_on}"


class ClauseChange(models.Model):
    """What a person changed of an order of an issued plan: who does it, by when, and why.

    parties: as the page names them; units: ids of those meant; on: None for no day. duties: of each regular duty that
    went over with it, by its id, the units (`CampaignUnit`) that owed it until then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clause = models.ForeignKey("campaigns.Clause", models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    why = models.CharField(max_length=400)
    from_parties = models.JSONField(default=list)
    to_parties = models.JSONField(default=list)
    from_units = models.JSONField(default=list)
    to_units = models.JSONField(default=list)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    duties = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["clause", "at"], name="clause_change")]

    def __str__(self) -> str:
        return self.why


class ClauseMove(models.Model):
    """A deadline of an order that moved with the campaign's end (R9.14), at issue, when it had passed, or by a person
    (`ClauseChange`). from_on: None where it had none of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clause = models.ForeignKey("campaigns.Clause", models.PROTECT, related_name="moves")
    at = models.DateTimeField()
    from_on = models.DateField(null=True)
    to_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["clause", "at"], name="clause_move")]

    def __str__(self) -> str:
        return f"{self.from_on} → {self.to_on}"


class TaskHelp(models.Model):
    """What a helping unit did for a task."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey("campaigns.Task", models.PROTECT, related_name="helps")
    unit = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, related_name="helps")
    note = models.CharField(max_length=400)
    files = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "at"], name="task_help")]

    def __str__(self) -> str:
        return self.note


class CampaignExtension(models.Model):
    """The document by which a campaign ends later (R9.14)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="extensions")
    doc_number = models.CharField(max_length=64)
    reason = models.CharField(max_length=400)
    old_on = models.DateField()
    new_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(new_on__gt=F("old_on")),
                name="campaign_extension_is_later",
                violation_error_message="延期后的结束日期要晚于原来的。",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "at"], name="campaign_extension")]

    def __str__(self) -> str:
        return f"{self.doc_number}: {self.old_on} → {self.new_on}"


class EndCorrection(models.Model):
    """A correction of what was written of an extension (R9.14). The extension has what is right; from_on, old_number:
    what it had until then; to_on: the end that was written instead."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    extension = models.ForeignKey("campaigns.CampaignExtension", models.PROTECT, related_name="corrections")
    from_on = models.DateField()
    to_on = models.DateField()
    old_number = models.CharField(max_length=64)
    why = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["extension", "at"], name="end_correction")]

    def __str__(self) -> str:
        return f"{self.from_on} → {self.to_on}"


class CampaignPaper(models.Model):
    """A document attached to a campaign: one it is based on, or one that extends it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=160)
    number = models.CharField(max_length=64, default="", blank=True)
    file_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(PaperKind)), name="campaign_paper_kind_known")
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "kind", "at"], name="campaign_paper")]

    def __str__(self) -> str:
        return self.title


class GroupSeat(models.Model):
    """A seat of the leading group (R9.2). named: as the plan names it. A change ends it and makes another.

    post_id: of orgs, whose holder of the day fills the seat. holder: a person named outright. Neither: nobody yet.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="seats")
    title = models.CharField(max_length=24)
    named = models.CharField(max_length=120, default="", blank=True)
    holder = models.CharField(max_length=64, default="", blank=True)
    post_id = models.UUIDField(null=True)
    sort_no = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "made_at"], name="group_seat")]

    def __str__(self) -> str:
        return f"{self.title} {self.holder or self.named}"
