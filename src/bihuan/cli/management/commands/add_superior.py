"""Seat a person of the county, the city or the province: office, post and account above the towns."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.management import BaseCommand
from django.core.management.base import CommandError
from django.db import transaction

from bihuan.cli.clock import door_now
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import Refusal
from bihuan.orgs import services

QUESTIONS: Final = (
    ("area", "所在县（区）、市或省的行政区划代码或全称"),
    ("office", "单位全称，比如 某区安全生产委员会办公室"),
    ("title", "岗位名称，比如 督导岗"),
    ("name", "姓名"),
    ("account", "登录账号"),
)


class Command(BaseCommand):
    """`bihuan add_superior`."""

    help = "Seat a person above the towns: office, post and account; the first password is printed once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options; what is not given is asked for."""
        parser.add_argument("--area", metavar="CODE_OR_NAME", help="county, city or province that has towns here")
        parser.add_argument("--office", metavar="NAME", help="full name of the office; used again when it is there")
        parser.add_argument("--short", metavar="NAME", default="", help="short name of the office")
        parser.add_argument("--title", metavar="TITLE", help="the post; one that is vacant is filled")
        parser.add_argument("--takes-over", action="store_true", help="the person takes a held post from its holder")
        parser.add_argument("--name", metavar="NAME", help="the person")
        parser.add_argument("--account", metavar="ACCOUNT", help="name for the log-in")
        parser.add_argument("--phone", metavar="NUMBER", default="")
        parser.add_argument("--check", action="store_true", help="say what would be made or is wrong; write nothing")

    def handle(self, **options: Any) -> None:
        """Seat the person, all or nothing, and tell the first password once."""
        said = self._answers(options)
        new = services.NewSuperior(
            **said, office_short=options["short"], phone=options["phone"], takes_over=options["takes_over"]
        )
        try:
            with transaction.atomic():
                area, told = services.seat_superior(new=new, actor=PLATFORM, now=door_now())
                if options["check"]:
                    transaction.set_rollback(True)
        except Refusal as refusal:
            raise CommandError(f"{refusal.say}什么都没有写入。") from refusal
        seat = f"{area.name}{new.office.strip().removeprefix(area.name)} {new.title.strip()} {told.user.name}"
        if options["check"]:
            self.stdout.write(f"检查通过：可以安排{seat}。什么都没有写入。")
            return
        self.stdout.write(f"已安排{seat}，看得到{area.name}下面的各镇。")
        self.stdout.write("初始密码只显示这一次，请当面交给本人；第一次登录必须改掉：")
        self.stdout.write(f"  {told.user.name}\t账号 {told.user.account}\t初始密码 {told.password}")

    def _answers(self, options: Mapping[str, Any], ask: Callable[[str], str] = input) -> dict[str, str]:
        """Return what was given, and what is asked for where there is a terminal."""
        lacking = [key for key, _ in QUESTIONS if not (options[key] or "").strip()]
        if lacking and not sys.stdin.isatty():
            raise CommandError(f"还缺 {'、'.join(f'--{key}' for key in lacking)}。请补上再运行，什么都没有写入。")
        said = {key: options[key] or "" for key, _ in QUESTIONS}
        for key, question in QUESTIONS:
            while not said[key].strip():
                said[key] = ask(f"{question}：")
        return said
