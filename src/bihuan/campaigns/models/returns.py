"""Forms (报表), who owes them, and returns: one form of one unit and one period, with its versions."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from bihuan.campaigns.rules.returns.deadlines import deadline_of
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.life import ReturnState
from bihuan.campaigns.rules.returns.rhythm import Deadline, Rhythm
from bihuan.kernel.calendar import day_of
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter


def own_units(viewer: Any) -> list[Any]:
    """Return the units that a person speaks for in returns; a leader's post in the town itself is no filler's."""
    return [one for one in viewer.own_units if one != viewer.town_id]


class ReturnFormQuerySet(ScopedQuerySet["ReturnForm"]):
    """Forms in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep the forms of the towns that the viewer sees whole, and those that units owe which the viewer sees.

        Forms that are still being bound are seen by people of the town only.
        """
        if viewer.scope.everything:
            return self
        own = ReturnOwer.objects.open_to(viewer).filter(form_id=OuterRef("pk"))
        found = self.filter(scope_filter(viewer.scope, self.scope_columns) | Q(Exists(own)))
        return found if viewer.town_id is not None else found.exclude(state=FormState.BINDING)


class ReturnForm(models.Model):
    """A form: its layout, what each cell is bound to, how often it is owed and to whom.

    code: of a form of ours (F1…F8), "" for an uploaded one. grid: the layout as read (rules.returns.grid). bindings:
    by cell (rules.returns.binding). words: what a person said that names in its headings mean (rules.returns.names).
    deadline: that a superior set, {} the platform's own (rules.returns.deadlines).
    file_id: the uploaded workbook, which is filled; None for a form of ours.
    duty_no: which of the campaign's duties to report it was started for, by its place among them; None for none.
    cumulative_from: first day of the cumulative columns, None: the first of January. in_use_on: from when it is owed.
    succeeds: the form of whose workbook this is a newer edition. carried: of such a one, what a person said of headings
    that are gone, what the older one was bound to when this came, and, once it is used, which cells it has of the older
    one: by its own addresses, each with that in the older (rules.returns.succession).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    town_id = models.UUIDField()
    path = PathField()
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, null=True, related_name="return_forms")
    state = models.CharField(max_length=12, default=FormState.BINDING)
    code = models.CharField(max_length=8, default="", blank=True)
    title = models.CharField(max_length=120)
    to_whom = models.CharField(max_length=64, default="", blank=True)
    rhythm = models.CharField(max_length=12, default=Rhythm.WEEKLY)
    deadline = models.JSONField(default=dict)
    duty_no = models.PositiveSmallIntegerField(null=True)
    cumulative_from = models.DateField(null=True)
    grid = models.JSONField(default=dict)
    bindings = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    slots_count = models.PositiveIntegerField(default=0)
    file_id = models.UUIDField(null=True)
    file_name = models.CharField(max_length=120, default="")
    in_use_on = models.DateField(null=True)
    retired_on = models.DateField(null=True)
    succeeds = models.ForeignKey("campaigns.ReturnForm", models.PROTECT, null=True, related_name="successors")
    carried = models.JSONField(default=dict)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ReturnFormQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(FormState)), name="return_form_state_known"),
            models.CheckConstraint(condition=Q(rhythm__in=list(Rhythm)), name="return_form_rhythm_known"),
            models.CheckConstraint(
                condition=Q(state=FormState.BINDING) | Q(in_use_on__isnull=False), name="return_form_used_from"
            ),
            models.UniqueConstraint(
                fields=["succeeds"],
                condition=Q(succeeds__isnull=False) & ~Q(state=FormState.RETIRED),
                name="return_form_one_successor",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "state", "made_at"], name="return_form_town")]

    def __str__(self) -> str:
        return self.title


class ReturnOwerQuerySet(ScopedQuerySet["ReturnOwer"]):
    """Who owes what, in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep the units that the viewer sees whole, and the viewer's own."""
        if viewer.scope.everything:
            return self
        return self.filter(scope_filter(viewer.scope, self.scope_columns) | Q(unit_id__in=own_units(viewer)))

    def with_form(self) -> Self:
        """Bring what says when it falls due: the form without its layout, and when its campaign was closed."""
        found = self.select_related("form").defer("form__grid", "form__bindings")
        return found.annotate(campaign_closed_at=F("form__campaign__closed_at"))


class ReturnOwer(models.Model):
    """A unit that owes a form, from one day to another. kind: of the unit (town, village, department, office).

    starts_at: the instant from which it owes it, None where only the day was kept: what fell due earlier it never owed.
    campaign_closed_at: of the form's campaign, where it was brought along (`with_form`).
    """

    campaign_closed_at: datetime | None = None

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form = models.ForeignKey("campaigns.ReturnForm", models.PROTECT, related_name="owers")
    town_id = models.UUIDField()
    unit_id = models.UUIDField()
    path = PathField()
    name = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    starts_on = models.DateField()
    starts_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)

    objects = ReturnOwerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form", "unit_id"], condition=Q(ends_on=None), name="return_ower_once_at_a_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "path"], name="return_ower_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def schedule(self) -> tuple[Rhythm, Deadline]:
        """How often the form is owed, and by when."""
        return Rhythm(self.form.rhythm), deadline_of(self.form.deadline)

    @property
    def days_owed(self) -> tuple[date, date | None]:
        """The first and the last day on which a return can fall due for this unit; None for no last one.

        A form of a campaign is owed until the day on which that is closed.
        """
        form = self.form
        ends = [day - timedelta(days=1) for day in (form.retired_on, self.ends_on) if day is not None]
        if self.campaign_closed_at is not None:
            ends.append(day_of(self.campaign_closed_at))
        return max(form.in_use_on or self.starts_on, self.starts_on), min(ends, default=None)


class ReturnQuerySet(ScopedQuerySet["Return"]):
    """Returns in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep the returns of units that the viewer sees whole, and of the viewer's own units.

        Above the town nothing is seen before it is checked.
        """
        if viewer.scope.everything:
            return self
        found = self.filter(scope_filter(viewer.scope, self.scope_columns) | Q(unit_id__in=own_units(viewer)))
        done = (ReturnState.CHECKED, ReturnState.LOCKED)
        return found if viewer.town_id is not None else found.filter(state__in=done)


class Return(models.Model):
    """A form of one unit for one period.

    path: of the unit. edition: of the figures last sent, 0 before the first. typed: cells that a person wrote, by
    address: amount, reason, by whom. figures: what was sent last. first_sent_at: which tells whether it was on time.
    pack_sha256: of the workbook that was locked. receipt: the number that the superior's system gave last. receipts:
    all of them, each with who wrote it down and when.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    form = models.ForeignKey("campaigns.ReturnForm", models.PROTECT, related_name="returns")
    town_id = models.UUIDField()
    unit_id = models.UUIDField()
    path = PathField()
    unit_name = models.CharField(max_length=64)
    unit_kind = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=ReturnState.FILLING)
    edition = models.PositiveSmallIntegerField(default=0)
    typed = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    remark = models.CharField(max_length=400, default="", blank=True)
    returned_for = models.CharField(max_length=400, default="", blank=True)
    first_sent_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by_id = models.UUIDField(null=True)
    sent_by = models.CharField(max_length=64, default="", blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=64, default="", blank=True)
    locked_at = models.DateTimeField(null=True)
    pack_sha256 = models.CharField(max_length=64, default="", blank=True)
    receipt = models.CharField(max_length=80, default="", blank=True)
    receipts = models.JSONField(default=list)
    made_at = models.DateTimeField()

    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(ReturnState)), name="return_state_known"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="return_has_days"),
            models.CheckConstraint(
                condition=Q(edition=0, first_sent_at=None) | Q(edition__gt=0, first_sent_at__isnull=False),
                name="return_sent_has_time",
            ),
            models.UniqueConstraint(fields=["form", "unit_id", "since", "until"], name="return_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town_id", "until"], name="return_town"),
            models.Index(fields=["form", "until"], name="return_of_form"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} {self.until}"


class ReturnEdition(models.Model):
    """The figures of a return as they were sent, kept for ever; changes: against the edition before. lists: of a form
    that has lists, with the rows that they had (rules.returns.listed)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.ForeignKey("campaigns.Return", models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    lists = models.JSONField(default=list)
    remark = models.CharField(max_length=400, default="", blank=True)
    why = models.CharField(max_length=400, default="", blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "number"], name="return_edition_once")]

    def __str__(self) -> str:
        return f"第 {self.number} 版"
