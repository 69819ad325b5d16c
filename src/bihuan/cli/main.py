"""The command `bihuan`: runs a management command; `-` and `_` in its name mean the same."""

import ast
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

COMMANDS: Final = Path(__file__).resolve().parent / "management" / "commands"
HEAD: Final = "Bihuan 闭环: the closed loop for township work-safety campaigns.\n\nbihuan COMMAND [--help]\n"
LOT: Final = 200_000  # objects made before garbage is looked for: the criteria stay, and walking them slows the start
FOOT: Final = "Django's own commands (migrate, createcachetable, shell …) work as well."


def main() -> None:
    """Run `bihuan COMMAND …`; without a command, or with --help, list the commands at once, without Django."""
    argv = list(sys.argv)
    if len(argv) < 2 or argv[1] in {"-h", "--help", "help"}:
        print(overview())
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    argv[1] = argv[1].replace("-", "_")
    if argv[1] == "determine":
        _determine(argv[2:])
    if argv[1] == "intake":
        _intake(argv[2:])
    if argv[1] == "read_plan":
        _read_plan(argv[2:])
    _run(argv)


def overview() -> str:
    """Return the list of our commands, each with the first line of its module."""
    names = sorted(file for file in COMMANDS.glob("*.py") if not file.stem.startswith("_"))
    width = max((len(file.stem) for file in names), default=0)
    lines = [f"  {file.stem:<{width}}  {_first_line(file)}" for file in names]
    return "\n".join([HEAD, *lines, "", FOOT])


def _first_line(file: Path) -> str:
    """Read a module's first line of documentation without importing it (importing would start Django)."""
    doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return doc.partition("\n")[0]


def _determine(argv: Sequence[str]) -> None:
    gc.set_threshold(LOT, 10, 10)
    from bihuan.cli import determine  # only now: the other commands need no criteria

    sys.exit(determine.run(argv))  # and this one needs neither settings nor database


def _intake(argv: Sequence[str]) -> None:
    from bihuan.cli import intake  # only now: the other commands read no lists

    sys.exit(intake.run(argv))  # and this one needs neither settings nor database


def _read_plan(argv: Sequence[str]) -> None:
    from bihuan.cli import read_plan  # only now: the other commands read no plans

    sys.exit(read_plan.run(argv))  # and this one needs neither settings nor database


def _run(argv: Sequence[str]) -> None:
    from django.core.management import execute_from_command_line  # only now: `bihuan --help` answers without Django

    execute_from_command_line(list(argv))


if __name__ == "__main__":
    main()
