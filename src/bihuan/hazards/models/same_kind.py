"""举一反三: who else could have this (R3.21)."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models

from bihuan.hazards.rules.same_kind import Opened
from bihuan.kernel.calendar import ONE_DAY, end_of
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter


def pack_units(units: Iterable[UUID]) -> str:
    """Write the units asked into their column."""
    return " ".join(str(one) for one in dict.fromkeys(units))


class SameKindQuerySet(ScopedQuerySet["SameKindTask"]):
    """Same-kind tasks in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path", sector="sector")

    def seen_by(self, viewer: Any) -> Self:
        """Keep what lies in the viewer's scope, or asks a unit in which the viewer holds a post."""
        if viewer.scope.everything:
            return self
        asked = models.Q(pk__in=[])
        for unit_id in viewer.own_units:
            asked |= models.Q(units__contains=str(unit_id))
        if viewer.town_id is not None:
            asked &= models.Q(town_id=viewer.town_id)
        return self.filter(scope_filter(viewer.scope, self.scope_columns) | asked)

    def opened_in(self, which: Opened) -> Self:
        """Keep the tasks opened at a place in a period; within a town those that ask one of its units."""
        asked = reduce(or_, (models.Q(units__contains=str(one)) for one in which.units), models.Q())
        rows = self.filter(asked) if which.units else self.below(which.path)
        rows = rows.filter(opened_at__gte=end_of(which.since - ONE_DAY), opened_at__lt=end_of(which.until))
        if which.sectors:
            rows = rows.filter(sector__in=which.sectors)
        return rows if which.of_items is None else rows.filter(hazard__isnull=not which.of_items)


class SameKindTask(models.Model):
    """A call to check comparable places, from a superior's item or an accident notice.

    enterprises: ids of the places alike. units: ids of the villages and departments asked, separated by spaces, so that
    both databases find a unit's tasks by one word.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    path = PathField()
    sector = models.CharField(max_length=32, default="")
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, null=True, related_name="same_kind_tasks")
    title = models.CharField(max_length=160)
    notice = models.TextField(default="")
    category = models.CharField(max_length=24, default="")
    words = models.CharField(max_length=160, default="")
    features = models.JSONField(default=list)
    enterprises = models.JSONField(default=list)
    units = models.TextField(default="")
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    replies_count = models.PositiveSmallIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    fixed = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=True)

    objects = SameKindQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["town_id", "is_open", "due_on"], name="same_kind_town")]

    def __str__(self) -> str:
        return self.title

    @property
    def asked(self) -> list[UUID]:
        """The units asked."""
        return [UUID(one) for one in self.units.split()]


class SameKindReply(models.Model):
    """One unit's answer to a same-kind task: units checked, similar hazards found, rectified."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey("hazards.SameKindTask", models.PROTECT, related_name="replies")
    town_id = models.UUIDField()
    unit_id = models.UUIDField()
    unit_name = models.CharField(max_length=64)
    checked = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    fixed = models.PositiveIntegerField()
    note = models.TextField(default="")
    replied_at = models.DateTimeField()
    replied_by = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(fixed__lte=models.F("found")), name="reply_fixed_of_found"),
            models.UniqueConstraint(
                fields=["task", "unit_id"], condition=models.Q(is_current=True), name="reply_one_current_per_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} {self.checked}/{self.found}/{self.fixed}"
