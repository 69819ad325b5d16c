"""Around the loop: monthly self-reports, saved views, keys of acts from outside."""

from typing import Any, ClassVar

from django.db import models

from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet


class SelfReportQuerySet(ScopedQuerySet[Any]):
    """Self-reports and signed tables in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path", sector="sector", enterprise="enterprise_id")


class EnterpriseReturn(models.Model):
    """What an enterprise hands in for a period, kept in its scope; a later one of a period replaces an earlier."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    path = PathField()
    sector = models.CharField(max_length=32, default="")
    enterprise_id = models.UUIDField()
    acting_for = models.CharField(max_length=128, default="")
    is_current = models.BooleanField(default=True)

    objects = SelfReportQuerySet.as_manager()

    class Meta:
        abstract = True


class SelfReport(EnterpriseReturn):
    """An enterprise's month of self-checks, zero included and said (零报告, R3.4). A later one replaces an earlier."""

    month = models.DateField(help_text="first day of the month reported")
    checks = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    fixed = models.PositiveIntegerField()
    is_zero = models.BooleanField()
    principal_led = models.BooleanField(default=False)
    note = models.TextField(default="")
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town_id", "enterprise_id", "month"],
                condition=models.Q(is_current=True),
                name="self_report_one_current",
            ),
            models.CheckConstraint(condition=models.Q(fixed__lte=models.F("found")), name="self_report_fixed_of_found"),
            models.CheckConstraint(
                condition=models.Q(is_zero=False) | models.Q(found=0), name="self_report_zero_is_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.month}"


class SignedTable(EnterpriseReturn):
    """Statistics of a quarter or year with the principal's signature (R3.6). A later one replaces an earlier.

    period: as `rules.periods` codes it. figures: what the table said that day. scan_id: the signed paper.
    """

    period = models.CharField(max_length=6)
    figures = models.JSONField(default=dict)
    signed_by = models.CharField(max_length=64)
    scan_id = models.UUIDField()
    handed_in_at = models.DateTimeField()
    handed_in_by = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town_id", "enterprise_id", "period"],
                condition=models.Q(is_current=True),
                name="signed_table_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.period}"


class SavedView(models.Model):
    """A list a person looks at often: a name and the address of its filters. Private to its owner."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user_id = models.UUIDField()
    name = models.CharField(max_length=32)
    address = models.CharField(max_length=1000)
    saved_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user_id", "name"], name="saved_view_user")]

    def __str__(self) -> str:
        return self.name


class ActKey(models.Model):
    """The key of an act that came from outside, and the first answer: the second arrival gets the same (design, 2)."""

    key = models.UUIDField(primary_key=True)
    actor_id = models.UUIDField(null=True)
    act = models.CharField(max_length=48)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act} {self.key}"
