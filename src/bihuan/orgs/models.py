"""What orgs stores. Private to the room."""

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from bihuan.kernel.ids import new_id
from bihuan.kernel.paths import path_upper_bound
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs.rules import COVER_NAMES, POST_KIND_NAMES, SIGHT_NAMES, UNIT_KIND_NAMES, PostKind, Sight, UnitKind

PATH_LENGTH = 96


class UserManager(BaseUserManager["User"]):
    """Finds users by account name."""


class User(AbstractBaseUser):
    """A person who can log in. What he may do and see comes from the posts he holds, never from this row.

    is_active: a disabled account keeps its history and cannot log in. session_key: of the one session that an
    administrator may have. must_change_password: first log-in, or after a reset.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField(null=True, db_index=True, help_text="None for people above towns")
    account = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64)
    phone = models.CharField(max_length=32, default="", blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True, help_text="on the real clock")
    session_key = models.CharField(max_length=40, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "account"
    objects = UserManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(account=""), name="user_has_account", violation_error_message="账号不能空着。"
            ),
        ]


class OldPassword(models.Model):
    """A password hash that was in use, so that it is not used again soon (R10.13)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="old_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-set_at"], name="old_password_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"


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
    path = models.CharField(max_length=PATH_LENGTH, unique=True)
    code = models.CharField(max_length=12, default="", blank=True)
    sort_no = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False, help_text="an invented town: the log-in page offers its accounts")
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


Dated = TypeVar("Dated", bound=models.Model)


class DatedQuerySet(models.QuerySet[Dated]):
    """Speaks of rows that hold from one day to another, both inclusive."""

    def on(self, day: date) -> Self:
        """Keep the rows that hold on this day."""
        return self.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)


def _days_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
        name=name,
        violation_error_message="止日不能早于起日。",
    )


class Post(models.Model):
    """A post (岗位): duties, rows and roles belong to it, persons only hold it.

    unit: where it sits; for an enterprise's post the village of the enterprise. sight: which rows it sees.
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


class Holding(models.Model):
    """Who holds a post from when to when; a post has at most one open holding, a person may hold several posts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    user = models.ForeignKey(User, models.PROTECT, related_name="holdings")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    is_main = models.BooleanField(default=True, help_text="the post under which this person's acts are written down")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            _days_in_order("holding_days_in_order"),
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
    path = models.CharField(max_length=PATH_LENGTH, default="", blank=True)
    sectors = models.CharField(max_length=512, default="", blank=True, help_text="sector codes joined by a comma")
    enterprise_id = models.UUIDField(null=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            _days_in_order("grant_days_in_order"),
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
            _days_in_order("duty_list_days_in_order"),
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
            _days_in_order("sector_days_in_order"),
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
    path = models.CharField(max_length=PATH_LENGTH, default="", blank=True)
    enterprise_id = models.UUIDField(null=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            _days_in_order("leader_days_in_order"),
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
            _days_in_order("cover_days_in_order"),
            models.UniqueConstraint(
                fields=["post", "enterprise_id", "why"], condition=Q(to_on=None), name="cover_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["enterprise_id"], name="cover_enterprise")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} under {self.post_id}"


class DemoAccount(models.Model):
    """An account of an invented town that the log-in page offers by post. A real town has none.

    password: in plain text on purpose; it opens nothing but invented data.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, models.CASCADE, related_name="demo")
    town_id = models.UUIDField()
    password = models.CharField(max_length=64)
    label = models.CharField(max_length=64)
    say = models.CharField(max_length=128)
    device = models.CharField(max_length=8, default="desktop")
    note = models.CharField(max_length=64, default="", blank=True)
    sort_no = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.label
