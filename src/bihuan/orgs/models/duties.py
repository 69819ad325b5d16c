"""Who answers for what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bihuan.kernel.ids import new_id
from bihuan.orgs.models.dated import DatedQuerySet, days_in_order
from bihuan.orgs.models.tree import Post, Unit
from bihuan.orgs.rules import COVER_NAMES
from bihuan.trail.fields import PathField


class DutyList(models.Model):
    """The safety duty list (责任清单) of a post (R1.1). items: one duty per line."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="duty_lists")
    items = models.TextField()
    basis = models.CharField(max_length=200, default="", blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            days_in_order("duty_list_days_in_order"),
            models.UniqueConstraint(fields=["post"], condition=Q(to_on=None), name="duty_list_one_in_force"),
        ]

    def __str__(self) -> str:
        return f"duties of {self.post_id}"


class DutyField(models.Model):
    """A field of duty (分管领域) of a town's leadership and the post that has it (R1.1)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    name = models.CharField(max_length=64)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="fields")
    sort_no = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town_id", "name"], name="field_once_in_town", violation_error_message="已经有这个领域。"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SectorDepartment(models.Model):
    """Which department answers for a sector in a town (R1.2): one lead, any number of supporting ones."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    sector = models.CharField(max_length=32)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sectors")
    is_lead = models.BooleanField()
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            days_in_order("sector_days_in_order"),
            models.UniqueConstraint(
                fields=["town_id", "sector"],
                condition=Q(is_lead=True, to_on=None),
                name="sector_one_lead",
                violation_error_message="一个行业只能有一个牵头部门。",
            ),
            models.UniqueConstraint(
                fields=["town_id", "sector", "unit"], condition=Q(to_on=None), name="sector_department_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector} → {self.unit_id}"


class AreaLeader(models.Model):
    """The leader attached (挂钩) to an area or to one enterprise, exactly one at a time (R8.1)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="areas")
    path = PathField(default="", blank=True)
    enterprise_id = models.UUIDField(null=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            days_in_order("leader_days_in_order"),
            models.CheckConstraint(
                condition=(Q(path="") & Q(enterprise_id__isnull=False)) | (~Q(path="") & Q(enterprise_id=None)),
                name="leader_of_area_or_enterprise",
            ),
            models.UniqueConstraint(
                fields=["town_id", "path"],
                condition=Q(to_on=None, enterprise_id=None),
                name="area_one_leader",
                violation_error_message="这个村已经有挂钩领导。",
            ),
            models.UniqueConstraint(
                fields=["town_id", "enterprise_id"],
                condition=Q(to_on=None, enterprise_id__isnull=False),
                name="enterprise_one_leader",
                violation_error_message="这家企业已经有挂钩领导。",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "path"], name="leader_town_path")]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.path or self.enterprise_id}"


class EnterprisePost(models.Model):
    """An enterprise put under a post one by one: its inspector, its service agency, the officer stationed there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="covers")
    enterprise_id = models.UUIDField()
    why = models.CharField(max_length=16, choices=list(COVER_NAMES.items()))
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            days_in_order("cover_days_in_order"),
            models.UniqueConstraint(
                fields=["post", "enterprise_id", "why"], condition=Q(to_on=None), name="cover_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["enterprise_id"], name="cover_enterprise")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} under {self.post_id}"
