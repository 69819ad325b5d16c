"""`bihuan read_plan FILE`: print what is understood of a campaign's plan, without writing anything."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bihuan.campaigns.readers import SUFFIXES, read_file, read_pasted
from bihuan.campaigns.rules import Clause, Line, Reading, read_plan
from bihuan.kernel.errors import Refusal

PROG = "bihuan read_plan"
REFUSED = 2
PASTED = "-"


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    made = argparse.ArgumentParser(
        prog=PROG, description="读一份专项行动方案，说出看懂了什么，每一条指明在原文的位置；不写入任何数据。"
    )
    made.add_argument("file", metavar="FILE", help=f"{'、'.join(SUFFIXES)}；写 - 则读粘贴进来的文字")
    made.add_argument("--json", action="store_true", dest="as_json", help="输出 JSON")
    return made


def run(argv: Sequence[str]) -> int:
    """Answer on standard output: 0 when the file was read, 2 when it was refused (the sentence goes to stderr)."""
    given = parser().parse_args(argv)
    try:
        reading = read_plan(_lines(given.file))
    except Refusal as refusal:
        sys.stderr.write(refusal.say + "\n")
        return REFUSED
    if given.as_json:
        sys.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_summary(reading)) + "\n")
    return 0


def _lines(file: str) -> list[Line]:
    if file == PASTED:
        return read_pasted(sys.stdin.buffer.read())
    path = Path(file)
    if not path.is_file():
        raise Refusal("campaigns.no_file", f"没有找到文件“{file}”。请核对路径。")
    try:
        return read_file(path)
    except PermissionError as error:
        raise Refusal("campaigns.no_file", f"没有权限读文件“{file}”。请换一个能读的位置。") from error


def _summary(reading: Reading) -> list[str]:
    said = reading.as_json()
    period = said["period"]
    when = f"{period['start'] or period['start_text'] or '未写明'} 至 {period['end'] or period['end_text'] or '未写明'}"
    lines = [
        f"标题：{said['title'] or '没有找到'}",
        f"文号：{said['doc_number'] or '没有写'}",
        f"发文单位：{said['issuing_body'] or '没有写'}",
        f"发文日期：{said['issue_date'] or '没有写'}",
        f"起止时间：{when}",
        *(f"依据：{one['title']} {one['number'] or ''}".rstrip() for one in said["basis"]),
        f"目标 {len(reading.goals)} 条，部署要求 {len(reading.clauses)} 条：",
    ]
    return lines + [_clause_line(clause) for clause in reading.clauses]


def _clause_line(clause: Clause) -> str:
    who = "、".join(party.name for party in clause.parties) or "未写明"
    implied = "（承上句）" if clause.parties_implied else ""
    due = f"；{clause.due.text}" if clause.due else ""
    return f"  {clause.id} {clause.gist}｜{who}{implied}{due}"
