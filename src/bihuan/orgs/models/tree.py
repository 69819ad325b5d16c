"""Units, posts, who holds them and which roles they bring."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from bihuan.kernel.ids import new_id
from bihuan.kernel.paths import path_upper_bound
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs.models.dated import DatedQuerySet, days_in_order
from bihuan.orgs.models.people import User
from bihuan.orgs.rules import POST_KIND_NAMES, SIGHT_NAMES, UNIT_KIND_NAMES, PostKind, Sight, UnitKind
from bihuan.trail.fields import PathField


class UnitQuerySet(models.QuerySet["Unit"]):
    """Speaks of units."""

    def below(self, path: str) -> Self:
        """Keep the unit at this path and all below it."""
        return self.filter(path__gte=path, path__lt=path_upper_bound(path))

    def open(self) -> Self:
        """Keep the units that have not been closed or merged."""
        return self.filter(closed_on=None)


class Unit(models.Model):
    """A node of the tree province → city → county → town → village, department, office, committee, agency.

    town_id: the town's own id on the town and everything below it, None above. code: 12 digits for areas, else "".
    A closed or merged unit stays, with its code (R10.3).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField(null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=16, choices=list(UNIT_KIND_NAMES.items()))
    name = models.CharField(max_length=64)
    short_name = models.CharField(max_length=32)
    path = PathField(unique=True)
    code = models.CharField(max_length=12, default="", blank=True)
    sort_no = models.PositiveIntegerField(default=0)
    demo_on = models.DateField(null=True, help_text="the day on which an invented town is seen; None is a real town")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_units")
    version = models.PositiveIntegerField(default=1)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=list(UnitKind)), name="unit_kind_known", violation_error_message="单位类别不对。"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["province", "city", "county"], town_id=None)
                | Q(kind__in=["village", "grid", "town"], town_id__isnull=False)
                | Q(kind__in=["department", "office", "committee", "leading_group", "agency"]),
                name="unit_belongs_to_town",
                violation_error_message="镇以下的单位要归属一个镇。",
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(closed_on=None),
                name="unit_name_once_below_parent",
                violation_error_message="同一上级下面已经有这个名称的单位。",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "kind"], name="unit_town_kind")]

    def __str__(self) -> str:
        return f"{self.name} {self.path}"


class Post(models.Model):
    """A post (岗位): duties, rows and roles belong to it, persons only hold it.

    unit: where it sits; for an enterprise's post the village of the enterprise. sight: which rows it sees.
    opened_on: None where it was not written down, then not before its unit.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=64)
    kind = models.CharField(max_length=24, choices=list(POST_KIND_NAMES.items()))
    sight = models.CharField(max_length=16, choices=list(SIGHT_NAMES.items()))
    enterprise_id = models.UUIDField(null=True)
    enterprise_name = models.CharField(max_length=128, default="", blank=True)
    sort_no = models.PositiveIntegerField(default=0)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(PostKind)), name="post_kind_known"),
            models.CheckConstraint(condition=Q(sight__in=list(Sight)), name="post_sight_known"),
            models.CheckConstraint(
                condition=Q(kind="enterprise", enterprise_id__isnull=False)
                | (~Q(kind="enterprise") & Q(enterprise_id=None)),
                name="post_of_enterprise_names_it",
                violation_error_message="企业岗要指明是哪家企业，其他岗位不能挂在企业名下。",
            ),
            models.UniqueConstraint(
                fields=["unit", "title"],
                condition=Q(closed_on=None, enterprise_id=None),
                name="post_title_once_in_unit",
                violation_error_message="这个单位已经有同名岗位。",
            ),
            models.UniqueConstraint(
                fields=["enterprise_id", "title"],
                condition=Q(closed_on=None, enterprise_id__isnull=False),
                name="post_title_once_in_enterprise",
                violation_error_message="这家企业已经有同名岗位。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town_id", "kind"], name="post_town_kind"),
            models.Index(fields=["enterprise_id"], name="post_enterprise"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.unit_id})"


class HoldingQuerySet(DatedQuerySet["Holding"]):
    """Holdings of posts; one that was left on the very day it began was held on none."""

    def on(self, day: date) -> Self:
        """Keep the holdings of this day."""
        return super().on(day).filter(of_no_day=False)


class Holding(models.Model):
    """Who holds a post from when to when; a post has at most one open holding, a person may hold several posts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    user = models.ForeignKey(User, models.PROTECT, related_name="holdings")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    is_main = models.BooleanField(default=True, help_text="the post under which this person's acts are written down")
    of_no_day = models.BooleanField(default=False, help_text="left on the day it began, so it holds on no day")

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            days_in_order("holding_days_in_order"),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(to_on=None),
                name="post_held_by_one",
                violation_error_message="这个岗位已经有人。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "from_on"], name="holding_user"),
            models.Index(fields=["post", "from_on"], name="holding_post"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.post_id}"


class RoleGrant(models.Model):
    """A role given to a post. With neither path, sectors nor enterprise: over all that the post answers for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32, choices=list(ROLE_NAMES.items()))
    path = PathField(default="", blank=True)
    sectors = models.CharField(max_length=512, default="", blank=True, help_text="sector codes joined by a comma")
    enterprise_id = models.UUIDField(null=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            days_in_order("grant_days_in_order"),
            models.CheckConstraint(
                condition=Q(role__in=[r for r in Role if r is not Role.SYSTEM]),
                name="grant_role_known",
                violation_error_message="没有这个角色。",
            ),
            models.UniqueConstraint(
                fields=["post", "role", "path", "sectors"],
                condition=Q(to_on=None, enterprise_id=None),
                name="grant_once",
                violation_error_message="这个岗位已经有这个角色。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} @ {self.post_id}"
