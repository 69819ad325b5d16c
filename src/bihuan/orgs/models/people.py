"""Accounts."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from bihuan.kernel.ids import new_id


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
    certificate = models.CharField(
        max_length=32, null=True, blank=True, help_text="执法证号; None for who enforces nothing"
    )
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
