"""What orgs stores. Private to the room."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from bihuan.kernel.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Finds users by account name."""


class User(AbstractBaseUser):
    """A person who can log in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64)

    USERNAME_FIELD = "account"
    objects = UserManager()
