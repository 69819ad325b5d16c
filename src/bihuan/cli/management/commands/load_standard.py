"""Preview a file of a local standard, load it for a town or a county, or approve one on the superior's paper."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from bihuan.cli.areas import area_called
from bihuan.cli.clock import door_now
from bihuan.cli.database import DatabaseCommand
from bihuan.enterprises import queries as enterprises
from bihuan.hazards import queries as hazards
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.standards.data.uploads import MOST_BYTES, BadUpload, Written, decoded
from bihuan.standards.data.workbooks import cells
from bihuan.standards.data.workbooks.reading import read_workbook
from bihuan.standards.data.writing import plain_yaml
from bihuan.standards.queries import loading as queries
from bihuan.standards.rules import CHANGE_NAMES, ChangeKind
from bihuan.standards.rules.loading import LOAD_NAMES, Area, LoadKind, Preview, Touched, effects
from bihuan.standards.services import loading as services

STDIN = "-"


class Command(DatabaseCommand):
    """`bihuan load_standard FILE`: says what would change; with --confirm it is done, all of it or nothing."""

    help = "Preview a file of a local standard, or load it for a town or a county."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "file", metavar="FILE", nargs="?", default="", help="YAML, JSON or .xlsx; - reads text from standard input"
        )
        parser.add_argument("--for", dest="area", metavar="CODE_OR_NAME", default="", help="town or county")
        step = parser.add_mutually_exclusive_group()
        step.add_argument("--preview", action="store_true", help="say what would change; write nothing (the default)")
        step.add_argument("--confirm", action="store_true", help="load it")
        step.add_argument(
            "--approve", metavar="ID", default="", help="let a text that waits take the place of a packaged standard"
        )
        parser.add_argument("--paper", metavar="NUMBER", default="", help="the superior's paper; needed to approve")
        parser.add_argument(
            "--unmatched", action="store_true", help="mean to replace a list of which no clause has a counterpart"
        )
        parser.add_argument("--why", metavar="WORDS", default="", help="the document it rests on; needed to confirm")
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")

    def handle(self, **options: Any) -> None:
        """Look at the file or load it."""
        if options["approve"]:
            self.stdout.write(_approved(options["approve"], options["paper"], unmatched=options["unmatched"]))
            return
        if not options["file"]:
            raise CommandError("请写明文件，或者用 --approve 写明等批准的标准的编号。")
        unit = area_called(options["area"])
        area, now = Area(unit.path, unit.id, unit.name, unit.town_id), door_now()
        try:
            file = _file(options["file"])
            preview = queries.preview_of(file, area=area.path, today=day_of(now))
            said = _said(preview, area)
            if options["confirm"]:
                services.load_standard(
                    text=file if isinstance(file, str) else plain_yaml(file.book),
                    area=area,
                    why=options["why"],
                    seen_version=preview.revision,
                    unmatched=options["unmatched"],
                    file_name=Path(options["file"]).name,
                    actor=PLATFORM,
                    now=now,
                )
        except BadUpload as bad:
            raise CommandError("\n".join((*bad.problems, "什么都没有写入。"))) from None
        except Refusal as refusal:
            raise CommandError(f"{refusal.say}什么都没有写入。") from None
        is_loaded = bool(options["confirm"]) and preview.kind is not LoadKind.SAME
        self.stdout.write(
            _as_json(preview, area, said, is_loaded=is_loaded)
            if options["as_json"]
            else "\n".join((*said, *_lines(preview), "已装入。" if is_loaded else "没有写入。"))
        )


def _approved(standard_id: str, paper: str, *, unmatched: bool) -> str:
    """Approve on the paper of who stands above the area, for where nobody of them is on the platform."""
    now = door_now()
    try:
        preview = queries.waiting_preview(PLATFORM, standard_id, today=day_of(now))
        services.approve_standard(
            standard_id=standard_id,
            seen_version=preview.revision,
            why=paper,
            unmatched=unmatched,
            actor=PLATFORM,
            now=now,
        )
    except BadUpload as bad:
        raise CommandError("\n".join((*bad.problems, "什么都没有写入。"))) from None
    except Refusal as refusal:
        raise CommandError(f"{refusal.say}什么都没有写入。") from None
    return "\n".join((*effects(preview, None), f"已凭{paper}批准。"))


def _file(name: str) -> str | Written:
    """Return the file's text, or what its workbook says. Raises BadUpload, CommandError."""
    if name == STDIN:
        return decoded(sys.stdin.buffer.read(MOST_BYTES + 1))
    try:
        with Path(name).open("rb") as file:
            content = file.read(cells.MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"打不开文件 {name}：{error.strerror}。请核对路径，什么都没有写入。") from None
    return read_workbook(content) if cells.is_workbook(content) else decoded(content)


def _said(preview: Preview, area: Area) -> tuple[str, ...]:
    standard, before = preview.loaded.standard, preview.before
    found = hazards.basis_touched(
        PLATFORM,
        path=area.path,
        standard_id=before.standard.id if before else "",
        clauses=preview.touched,
        since=standard.effective_on,
        until=standard.effective_until,
    )
    some, every = enterprises.concerned(PLATFORM, path=area.path, items=preview.loaded.criteria)
    touched = Touched(found.citing, found.reworded, found.undecided, some, every)
    head = f"{LOAD_NAMES[preview.kind]}：{standard.cited_as}，适用于{area.name}，{len(preview.loaded.criteria)}条。"
    return (head, *effects(preview, touched))


def _lines(preview: Preview) -> list[str]:
    """Return what becomes of each item that does not stay the same."""
    lines = []
    for one in preview.lines:
        change, item = one.change, one.change.later or one.change.earlier
        if change.kind is not ChangeKind.SAME and item is not None:
            also = f"（也改了{'、'.join(one.also)}）" if one.also else ""
            lines.append(f"{CHANGE_NAMES[change.kind]} {item.clause} {item.text}{also}")
    return lines


def _as_json(preview: Preview, area: Area, said: tuple[str, ...], *, is_loaded: bool) -> str:
    answer = {
        "kind": preview.kind.value,
        "standard": preview.loaded.standard.id,
        "for": area.path,
        "loaded": is_loaded,
        "effective_on": str(preview.loaded.standard.effective_on),
        "counts": {kind.value: count for kind, count in preview.counts.items() if count},
        "says": list(said),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)
