"""What standards stores. Private to the room."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.ids import new_id
from bihuan.kernel.paths import ancestors
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter


class Stamp(models.Model):
    """A random token per set of reference data; every change draws a new one, so that other processes read again.

    scope: "criteria", "calendar", "loaded" (uploaded standards), a town's own values ("town:<hex>"), the own words of a
    unit ("words:<hash>"). A token that is rolled back is never met again.
    digest: of the packaged files the rows were loaded from, where they were.
    """

    scope = models.CharField(max_length=48, primary_key=True)
    token = models.UUIDField(default=new_id)
    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.scope} {self.token}"


class StandardDocument(models.Model):
    """One version of a set of criteria, with the days it is in force (判定标准)."""

    id = models.CharField(max_length=48, primary_key=True)
    title = models.CharField(max_length=128)
    document_number = models.CharField(max_length=64)
    issuer = models.CharField(max_length=128)
    sector_word = models.CharField(max_length=32)
    issued_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    effective_until = models.DateField(null=True)
    supersedes = models.CharField(max_length=48, default="")
    superseded_by = models.CharField(max_length=48, default="")
    preferred_successor = models.CharField(max_length=48, default="")
    preferred_from = models.DateField(null=True)
    role = models.CharField(max_length=32, default="")
    confidence = models.CharField(max_length=16)
    source_note = models.TextField(default="")
    general_rules = models.JSONField(default=list)
    prompts = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(effective_until__gte=F("effective_on")),
                name="standard_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.id


class MajorHazardCriterion(models.Model):
    """One item of a standard."""

    id = models.CharField(max_length=64, primary_key=True)
    standard = models.ForeignKey("standards.StandardDocument", models.PROTECT, related_name="criteria")
    place = models.PositiveIntegerField(help_text="order of the clauses")
    clause = models.CharField(max_length=32)
    group = models.CharField(max_length=32)
    sectors = models.JSONField(default=list)
    features = models.JSONField(default=list)
    text = models.TextField()
    objects_named = models.JSONField(default=list)
    cues = models.JSONField(default=list)
    counter_cues = models.JSONField(default=list)
    confidence = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, default="")
    completeness = models.CharField(max_length=16, default="")
    refers_to = models.CharField(max_length=32, default="")
    open_ended = models.BooleanField(default=False)
    note = models.TextField(default="", help_text="our remark; no paper prints it")

    def __str__(self) -> str:
        return self.id


class ParameterOverride(models.Model):
    """A town's own value of a dated parameter; a later entry stands above an earlier one, none is deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    name = models.CharField(max_length=64)
    value = models.CharField(max_length=128)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=256)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="parameter_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "name", "valid_from"], name="parameter_town")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class HolidayYear(models.Model):
    """One version of a year of the calendar: national (no town), or a town's own, which stands above it there.

    The highest version holds; earlier ones stay on record.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField(null=True)
    year = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=256)
    provisional = models.BooleanField(default=False)
    set_at = models.DateTimeField(null=True)
    set_by = models.CharField(max_length=64, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town_id", "year", "version"], name="holiday_year_once"),
            models.UniqueConstraint(
                fields=["year", "version"], condition=Q(town_id__isnull=True), name="holiday_year_once_nationally"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} v{self.version}"


class HolidayDay(models.Model):
    """A day that does not follow the week."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    holiday_year = models.ForeignKey("standards.HolidayYear", models.PROTECT, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=32, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holiday_year", "day"], name="holiday_day_once"),
            models.CheckConstraint(condition=Q(kind__in=["holiday", "workday"]), name="holiday_day_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class OwnWordQuerySet(ScopedQuerySet["OwnWord"]):
    """Own words, seen by path; what a unit set holds for all below it, so those below may see it."""

    scope_columns = ScopeColumns(town="", path="path")

    def holding_at(self, path: str) -> "OwnWordQuerySet":
        """Keep the words that were set for a unit or for one above it."""
        return self.filter(path__in=ancestors(path))

    def seen_from(self, viewer: Actor, path: str) -> "OwnWordQuerySet":
        """Keep the viewer's rows, and those that hold where they are."""
        if viewer.scope.everything:
            return self
        return self.filter(scope_filter(viewer.scope, self.scope_columns) | Q(path__in=ancestors(path)))

    def standing(self) -> "OwnWordQuerySet":
        """Keep what has not been ended."""
        return self.filter(ended_at=None)


class OwnWord(models.Model):
    """A wording that a town (or a unit above it) added to a concept, a feature or a sector; none is deleted.

    refused: a proposal of its decisions that was turned down, kept so that it is not made again. learned: it was such a
    proposal. evidence: ids of the decisions that spoke for it. It ends once, by somebody; a new one is a new row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField(null=True)
    path = PathField()
    unit_name = models.CharField(max_length=128)
    kind = models.CharField(max_length=8)
    target = models.CharField(max_length=64)
    wording = models.CharField(max_length=32)
    why = models.CharField(max_length=256)
    learned = models.BooleanField(default=False)
    refused = models.BooleanField(default=False)
    evidence = models.JSONField(default=list)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)
    added_by_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, default="")
    ended_by_id = models.UUIDField(null=True)
    ended_why = models.CharField(max_length=256, default="")

    objects = OwnWordQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["path", "kind", "target", "wording"],
                condition=Q(ended_at__isnull=True),
                name="own_word_stands_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=["concept", "feature", "sector"]), name="own_word_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["path", "ended_at"], name="own_word_path")]

    def __str__(self) -> str:
        return f"{self.wording} {self.target}"


class LoadedQuerySet(ScopedQuerySet["LoadedStandard"]):
    """Uploaded standards, seen by path; what a unit loaded applies to all below it, so those below see it too."""

    scope_columns = ScopeColumns(town="", path="path")

    def seen_from(self, viewer: Actor) -> "LoadedQuerySet":
        """Keep the viewer's rows, and those that apply where they are or where they look after anything."""
        scope = viewer.scope
        places = {viewer.unit_path, *scope.paths, *(part.path for part in scope.sectors)}
        above = {one for place in places if place for one in ancestors(place)}
        return self.visible_to(viewer) | self.filter(path__in=above)

    def current(self) -> "LoadedQuerySet":
        """Keep the latest text of each standard that is in use."""
        return self.filter(replaced_at=None, waits=False)

    def waiting(self) -> "LoadedQuerySet":
        """Keep what waits for a second person."""
        return self.filter(replaced_at=None, waits=True)


class LoadedStandard(models.Model):
    """One text of a standard that a town (or a unit above it) uploaded; a correction is a new row, none is deleted.

    path: where it applies. book: the file as plain data. withdrawn_from: the first day without it; it can be lifted.
    version: counts what was done to the standard, for who looked at it before. waits: takes the place of a packaged
    standard and was not approved, so it applies nowhere; with replaced_at it was turned down or proposed anew.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    standard_id = models.CharField(max_length=48)
    revision = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    town_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=128)
    path = PathField()
    book = models.JSONField()
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=128, default="")
    why = models.CharField(max_length=256)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=64)
    loaded_by_id = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True)
    withdrawn_from = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=256, default="")
    withdrawn_by = models.CharField(max_length=64, default="")
    waits = models.BooleanField(default=False)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=64, default="")
    approved_by_id = models.UUIDField(null=True)

    objects = LoadedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standard_id", "revision"], name="loaded_standard_revision"),
            models.UniqueConstraint(
                fields=["standard_id"],
                condition=Q(replaced_at__isnull=True, waits=False),
                name="loaded_standard_current",
            ),
            models.UniqueConstraint(
                fields=["standard_id"],
                condition=Q(replaced_at__isnull=True, waits=True),
                name="loaded_standard_waiting",
            ),
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True)
                | Q(loaded_by_id__isnull=True)
                | ~Q(approved_by_id=F("loaded_by_id")),
                name="loaded_standard_by_two",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["path", "replaced_at"], name="loaded_standard_path")]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.revision}"


class OwnChecklistQuerySet(ScopedQuerySet["OwnChecklist"]):
    """Versions of own checklists, seen by path; what a unit made is for all below it, so those below see it too."""

    scope_columns = ScopeColumns(town="", path="path")

    def seen_from(self, viewer: Actor) -> "OwnChecklistQuerySet":
        """Keep the viewer's rows, and those for where they are or where they look after anything."""
        scope = viewer.scope
        places = {viewer.unit_path, *scope.paths, *(part.path for part in scope.sectors)}
        above = {one for place in places if place for one in ancestors(place)}
        return self.visible_to(viewer) | self.filter(path__in=above)


class OwnChecklist(models.Model):
    """One version of a checklist that a town (or a unit above it) made; none is ever changed or deleted.

    path: for whom it is. valid_from: the first day on which this version is used. retired: from that day on the list is
    not offered. book: the text (`rules.listing.book_of`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list_id = models.CharField(max_length=48)
    revision = models.PositiveIntegerField(default=1)
    town_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=128)
    path = PathField()
    valid_from = models.DateField()
    retired = models.BooleanField(default=False)
    book = models.JSONField()
    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=256)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    made_by_id = models.UUIDField(null=True)

    objects = OwnChecklistQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_id", "revision"], name="own_checklist_revision"),
        ]
        indexes: ClassVar = [models.Index(fields=["path", "list_id"], name="own_checklist_path")]

    def __str__(self) -> str:
        return f"{self.list_id} {self.revision}"
