"""Tasks: what a unit is to show by what it hands in, where no figure shows it (R9.4)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bihuan.campaigns.rules.drafting import TaskState
from bihuan.kernel.ids import new_id


class RegularDuty(models.Model):
    """A duty to report that comes again with every period (每周、每月) until the campaign ends (R9.4, R9.7).

    duty: what, to whom, how often (`rules.reported.Duty`). units: ids of the `CampaignUnit` that owe it. first_on: from
    when the first period runs. last_on: when its stage or its own period ends, None where it goes on to the campaign's
    end. made_to: the last day for which its tasks were written, None while there is none; the
    next ones are written when their period begins, up to the end that the campaign has then. form: of the returns by
    which it is reported, None where it is reported as a task. changed_at: when it last went to other units.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="regular_duties")
    town_id = models.UUIDField()
    clause = models.ForeignKey("campaigns.Clause", models.PROTECT, null=True, related_name="regular_duties")
    duty = models.JSONField()
    form = models.ForeignKey("campaigns.ReturnForm", models.PROTECT, null=True, related_name="regular_duties")
    units = models.JSONField(default=list)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    made_to = models.DateField(null=True)
    changed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign"], name="regular_duty_campaign")]

    def __str__(self) -> str:
        return str(self.duty.get("what", ""))


class StandingTasks(models.Manager["Task"]):
    """Tasks that somebody is to do or has done: what was withdrawn is nobody's."""

    def get_queryset(self) -> "models.QuerySet[Task]":
        """Return them."""
        return super().get_queryset().filter(withdrawn_at=None)


class Task(models.Model):
    """One task of one lead unit. helpers: ids of units that help. clause: what it was made from, None for any other.

    opens_on: of a report that is owed by period, from when it can be reported; None for any other. duty: the regular
    duty of which it is one period, None for any other. form: of the returns by which it is reported, None where it is
    reported here; then the unit is reminded of its return and not of this.
    state, percent, note: as last reported. done_at: when it was reported done, None otherwise. withdrawn_at: when its
    order went to other units while it was not done, None otherwise; its row and reports stay (`every`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="tasks")
    town_id = models.UUIDField()
    clause = models.ForeignKey("campaigns.Clause", models.PROTECT, null=True, related_name="tasks")
    unit = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, related_name="tasks")
    duty = models.ForeignKey("campaigns.RegularDuty", models.PROTECT, null=True, related_name="tasks")
    helpers = models.JSONField(default=list)
    form = models.ForeignKey("campaigns.ReturnForm", models.PROTECT, null=True, related_name="tasks")
    title = models.CharField(max_length=200)
    opens_on = models.DateField(null=True)
    due_on = models.DateField()
    first_due_on = models.DateField()
    state = models.CharField(max_length=12, default=TaskState.NOT_STARTED)
    percent = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=400, default="", blank=True)
    made_at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = StandingTasks()
    every = models.Manager["Task"]()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(TaskState)), name="task_state_known"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent"),
            models.CheckConstraint(
                condition=Q(state=TaskState.DONE, done_at__isnull=False) | (~Q(state=TaskState.DONE) & Q(done_at=None)),
                name="task_done_has_time",
            ),
            models.UniqueConstraint(
                fields=["clause", "unit"],
                condition=Q(clause__isnull=False, opens_on=None, withdrawn_at=None),
                name="task_once_per_clause_and_unit",
            ),
            models.UniqueConstraint(
                fields=["duty", "unit", "first_due_on"],
                condition=Q(withdrawn_at=None),
                name="task_once_per_period_and_unit",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(state=TaskState.DONE), name="task_done_is_not_withdrawn"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "clause"], name="task_clause"),
            models.Index(fields=["unit", "state", "due_on"], name="task_unit"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskReport(models.Model):
    """What a unit reported of a task, kept for ever; the evidence hangs at its event."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey("campaigns.Task", models.PROTECT, related_name="reports")
    state = models.CharField(max_length=12)
    percent = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=400)
    files = models.JSONField(default=list)
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "reported_at"], name="task_report")]

    def __str__(self) -> str:
        return f"{self.percent}% {self.note}"
