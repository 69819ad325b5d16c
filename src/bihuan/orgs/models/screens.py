"""Big screens: devices that show figures of one place and nothing else."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bihuan.kernel.ids import new_id
from bihuan.orgs.models.tree import Unit
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet


class ScreenQuerySet(ScopedQuerySet["Screen"]):
    """Speaks of screens."""

    scope_columns = ScopeColumns(town="town_id", path="path")


class Screen(models.Model):
    """A named device and the place whose figures it shows. code_hash: of the code told once, never the code.

    A revoked screen stays; its code opens nothing any more. seen_at is no news: it is not on the trail.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    town_id = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="screens")
    path = PathField()
    name = models.CharField(max_length=40)
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=64, default="", blank=True)

    objects = ScreenQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name=""), name="screen_has_name", violation_error_message="请给这块屏起个名字。"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["path"], name="screen_path")]

    def __str__(self) -> str:
        return self.name
