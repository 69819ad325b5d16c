"""Found a real town: its place in the tree, three administrators, and what an Excel workbook says of its people."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.core.management import BaseCommand, call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from bihuan.cli.clock import door_now
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.sheet import COLUMNS as ENTERPRISE_COLUMNS
from bihuan.enterprises.services.importing import RowsLeft
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs import queries, services
from bihuan.orgs.rules import TownRef
from bihuan.orgs.rules.sheet import Column, check_workbook
from bihuan.standards.rules import SECTOR_NAMES

ADMINS: Final = {"system": Role.SYSTEM_ADMIN, "security": Role.SECURITY_ADMIN, "audit": Role.AUDIT_ADMIN}
TOWN_QUESTIONS: Final = (
    ("code", "镇的行政区划代码（12 位，到乡镇段，末三位 000）"),
    ("name", "镇（街道）全称"),
    ("county", "所在县（区）全称"),
    ("city", "所在市全称"),
    ("province", "所在省全称"),
)
ENTERPRISE_SHEET: Final = "企业名单"
SECTORS: Final[dict[str, str]] = {name: str(code) for code, name in SECTOR_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Answers:
    """All that the founding of a town needs to know. workbook, enterprises: files, or None."""

    town: Mapping[str, str]
    administrators: Mapping[str, Mapping[str, str]]
    workbook: Path | None = None
    enterprises: Path | None = None


@dataclass
class Founded:
    """What was made, for the last lines."""

    town: TownRef
    passwords: list[services.FirstPassword] = field(default_factory=list)
    firms: int = 0


class Command(BaseCommand):
    """`bihuan init`."""

    help = "Found a real town: ask for it and its three administrators, import units, posts, people and enterprises."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--template", type=Path, metavar="FILE.xlsx", help="write the workbook to fill in, and stop"
        )
        parser.add_argument("--answers", type=Path, metavar="FILE.json", help="take the answers from a file")
        parser.add_argument("--workbook", type=Path, metavar="FILE.xlsx", help="units, posts, people to import")
        parser.add_argument("--enterprises", type=Path, metavar="FILE.xlsx", help="enterprises to import")
        parser.add_argument(
            "--check", action="store_true", help="say what would be made and what is wrong; write nothing"
        )

    def handle(self, **options: Any) -> None:
        """Write the template, or found the town: all or nothing."""
        if options["template"]:
            self._write_template(options["template"])
            return
        answers = self._answers(options)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("up", prepare_only=True, stdout=self.stdout)
        try:
            with transaction.atomic():
                founded = found(answers, now=door_now())
                if options["check"]:
                    transaction.set_rollback(True)
        except services.SheetHasProblems as refusal:
            lines = [_line(p.sheet, p.row, p.column, p.title, p.value, p.say) for p in refusal.problems]
            raise CommandError("\n".join([refusal.say, *lines])) from refusal
        except RowsLeft as refusal:
            lines = [_line(ENTERPRISE_SHEET, p.row, p.column, p.title, p.value, p.say) for p in refusal.problems]
            raise CommandError("\n".join([refusal.say, *lines])) from refusal
        except Refusal as refusal:
            raise CommandError(f"{refusal.say}\n什么都没有写入。") from refusal
        self._say(founded, is_check=options["check"])

    def _write_template(self, file: Path) -> None:
        columns = [Column(c.key, c.titles, c.hint, c.width, is_needed=c.is_needed) for c in ENTERPRISE_COLUMNS]
        content = queries.template(list(SECTOR_NAMES.values()), more=[(ENTERPRISE_SHEET, columns)])
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(f"模板写不到 {file}：{error.strerror}。请换一个位置。") from error
        self.stdout.write(f"模板已写到 {file}。填好后运行 bihuan init --workbook {file}")

    def _answers(self, options: Mapping[str, Any]) -> Answers:
        said = _read_json(options["answers"]) if options["answers"] else self._ask()
        town, admins = said.get("town"), said.get("administrators")
        if not isinstance(town, dict) or not isinstance(admins, dict):
            raise CommandError("回答文件要有 town 和 administrators 两部分。样子见 docs/running.md。")
        return Answers(
            town=town,
            administrators=admins,
            workbook=options["workbook"] or _path(said.get("workbook")),
            enterprises=options["enterprises"] or _path(said.get("enterprises")),
        )

    def _ask(self) -> dict[str, Any]:
        if not sys.stdin.isatty():
            raise CommandError("没有终端可以问答。请用 --answers 文件.json 给出回答，样子见 docs/running.md。")
        self.stdout.write("建一个镇。每个问题答完按回车。\n")
        town = {key: self._question(question) for key, question in TOWN_QUESTIONS}
        self.stdout.write("\n三个管理员，由三个人分别担任。\n")
        admins = {
            key: {
                "name": self._question(f"{ROLE_NAMES[role]}的姓名"),
                "account": self._question(f"{ROLE_NAMES[role]}的登录账号"),
            }
            for key, role in ADMINS.items()
        }
        return {"town": town, "administrators": admins}

    def _question(self, question: str, ask: Callable[[str], str] = input) -> str:
        while True:
            answer = ask(f"{question}：").strip()
            if answer:
                return answer
            self.stdout.write("这一项不能空着。")

    def _say(self, founded: Founded, *, is_check: bool) -> None:
        if is_check:
            people = len(founded.passwords)
            self.stdout.write(
                f"检查通过：可以建{founded.town.name}，{people} 个账号，{founded.firms} 家企业。什么都没有写入。"
            )
            return
        self.stdout.write(f"\n{founded.town.name}建好了，从空的开始。登记企业 {founded.firms} 家。")
        self.stdout.write("初始密码只显示这一次，请逐人当面交给本人；第一次登录必须改掉：\n")
        for one in founded.passwords:
            self.stdout.write(f"  {one.user.name}\t账号 {one.user.account}\t初始密码 {one.password}")


def found(answers: Answers, *, now: datetime) -> Founded:
    """Found the town and bring in its workbook and its enterprises, in the caller's transaction."""
    admins = {
        role: services.NewAdmin(
            name=str(answers.administrators.get(key, {}).get("name", "")),
            account=str(answers.administrators.get(key, {}).get("account", "")),
            phone=str(answers.administrators.get(key, {}).get("phone", "")),
        )
        for key, role in ADMINS.items()
    }
    place = {
        key: str(answers.town.get(key, "")) for key in ("code", "name", "short_name", "county", "city", "province")
    }
    new = services.NewTown(
        code=place["code"],
        name=place["name"],
        short_name=place["short_name"],
        county_name=place["county"],
        city_name=place["city"],
        province_name=place["province"],
    )
    ref, told = services.found_town(town=new, administrators=admins, actor=PLATFORM, now=now)
    founded = Founded(ref, list(told))
    content = _content(answers.workbook) if answers.workbook else None
    if content is not None:
        sheets = services.read_workbook(content)
        plan = check_workbook(sheets, queries.sheet_known(ref.id, sectors=SECTORS))
        founded.passwords += services.import_plan(town_id=ref.id, plan=plan, actor=PLATFORM, now=now)
    listed = _content(answers.enterprises) if answers.enterprises else content
    if listed is not None and (answers.enterprises or _has_enterprises(services.read_workbook(listed))):
        firms = enterprises.import_workbook(content=listed, town_id=ref.id, actor=PLATFORM, now=now)
        founded.firms = len(firms)
    return founded


def _has_enterprises(sheets: Mapping[str, list[list[Any]]]) -> bool:
    """Tell whether the sheet of enterprises of our template has rows below its titles and hints."""
    return any(any(filter(None, line)) for line in sheets.get(ENTERPRISE_SHEET, [])[2:])


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} 读不出来：{error.strerror}。请核对文件位置。") from error


def _read_json(file: Path) -> dict[str, Any]:
    try:
        said = json.loads(_content(file).decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CommandError(f"{file} 不是完好的 JSON：{error}。") from error
    if not isinstance(said, dict):
        raise CommandError(f"{file} 里应是一个对象。样子见 docs/running.md。")
    return said


def _path(text: Any) -> Path | None:
    return Path(text) if isinstance(text, str) and text else None


def _line(sheet: str, row: int, column: str, title: str, value: str, say: str) -> str:
    where = f"表“{sheet}”第 {row} 行" if sheet else "文件"
    cell = f"{column} 列（{title}）" if column else title
    return f"  {where}{cell}{f'“{value}”' if value else ''}：{say}"
