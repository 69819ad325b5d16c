"""Give an account a new first password, printed once: when no security administrator can do it any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from bihuan.cli.clock import door_now
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import Refusal
from bihuan.orgs import queries, services


class Command(BaseCommand):
    """`bihuan reset_password`."""

    help = "Give an account a new first password, to be changed at the next log-in; lifts its lock, ends its sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("account", metavar="ACCOUNT")

    def handle(self, **options: Any) -> None:
        """Reset, and tell the password once."""
        now = door_now()
        try:
            with transaction.atomic():
                user = queries.user_called(options["account"])
                if not user.is_active:
                    raise CommandError(f"账号“{user.account}”已经停用，什么都没有改。请由安全管理员先启用。")
                told = services.reset_password(user_id=user.id, actor=PLATFORM, now=now, real_now=timezone.now())
                services.unlock(user_id=user.id, actor=PLATFORM, now=now)
        except Refusal as refusal:
            raise CommandError(f"{refusal.say}什么都没有改。") from refusal
        self.stdout.write("初始密码只显示这一次，请当面交给本人；下次登录必须改掉：")
        self.stdout.write(f"  {told.user.name}\t账号 {told.user.account}\t初始密码 {told.password}")
