"""`bihuan determine`: an explained suggestion of a level, from the packaged criteria alone.

With TEXT it answers one person; without, it reads JSON lines on standard input (`cli/determine_lines.py`).
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper

from bihuan.cli.clock import today_here
from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules import (
    FEATURE_NAMES,
    SECTOR_NAMES,
    SECTOR_WORDS,
    TO_COME,
    Feature,
    Sector,
    feature_of,
    is_to_come,
)
from bihuan.standards.rules import sectors_of as sectors_meant
from bihuan.standards.rules.determine import Candidate, Case, Enterprise, Judge, Verdict, as_plain, candidates, reason

PROG = "bihuan determine"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期“{text}”要写成 2018-02-14 的样子") from None


def _feature(text: str) -> str:
    """Return a feature by its name where the word or code is one, else people's words as they are, as in JSON lines."""
    found = feature_of(text) or next((feature for feature in Feature if feature.value == text), None)
    return FEATURE_NAMES[found] if found is not None else text


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    made = argparse.ArgumentParser(prog=PROG, description="对照发现当日有效的判定标准，提示可能构成重大隐患的条款。")
    made.add_argument("text", metavar="TEXT", nargs="?", help="隐患描述；不写则从标准输入逐行读 JSON")
    made.add_argument("--on", type=_day, metavar="DATE", help="发现日期，如 2018-02-14；有 TEXT 时必填")
    made.add_argument("--sector", action="append", metavar="行业", help="所属行业，可多次")
    made.add_argument("--feature", type=_feature, action="append", metavar="特征", help="安全特征，可多次")
    made.add_argument("--town", metavar="镇", help="按这个镇的本地说法和标准；不写则只按随软件带的")
    made.add_argument("--json", action="store_true", dest="as_json", help="输出 JSON")
    return made


def run(argv: Sequence[str]) -> int:
    """Answer on standard output; 0 also when no clause is met, and when the reader has read enough (`| head`)."""
    try:
        done = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still kept goes nowhere at exit
        return 0
    return done


def _run(argv: Sequence[str]) -> int:
    asked = parser()
    given = asked.parse_args(argv)
    if given.text is not None and given.on is None:
        asked.error("请用 --on 写明发现日期，如 --on 2018-02-14")
    if given.on is not None and is_to_come(given.on, today=today_here()):
        asked.error(TO_COME.format(given.on.isoformat()))
    judge = _judge(asked, given.town)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the terminal's: machines read it
    if given.text is None:
        from bihuan.cli import determine_lines  # only now: one text needs no reading of lines

        return determine_lines.answer_lines(sys.stdin.buffer, sys.stdout, judge)
    sectors = [name for word in given.sector or () for name in _sectors(word, judge, asked)]
    for word in given.feature or ():
        if not judge.knows_of_place(word):
            sys.stderr.write(f"不认识特征“{word}”，判定没有用到它。请换个说法，如：有限空间、粉尘涉爆、液氨。\n")
    verdict = judge.determine(Case(given.text, given.on, Enterprise("", tuple(sectors), tuple(given.feature or ()))))
    if given.as_json:
        answer = {"text": given.text, "on": given.on.isoformat(), **as_plain(verdict, None)}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(verdict)) + "\n")
    return 0


def _judge(asked: argparse.ArgumentParser, town: str | None) -> Judge:
    if town is None:
        return read_judge()
    from bihuan.cli.determine_town import UnknownTown, judge_of_town  # only now: it needs the database

    try:
        return judge_of_town(town)
    except UnknownTown as unknown:
        asked.error(str(unknown))


def _sectors(text: str, judge: Judge, asked: argparse.ArgumentParser) -> list[str]:
    """Return a sector by its name, else people's words as they are where they say anything of a place, as in JSON."""
    found = sectors_meant(text) or frozenset(sector for sector in Sector if sector.value == text)
    if not found and not judge.knows_of_place(text):
        asked.error(f"不认识行业“{text}”，可用：{'、'.join(SECTOR_WORDS)}，或者照营业执照上的说法写")
    return sorted(SECTOR_NAMES[one] for one in found) or [text]


def _lines(verdict: Verdict) -> list[str]:
    """Return the level with its reason, then each clause with what speaks for and against it."""
    lines = [f"{verdict.stated}：{reason(verdict)}"]
    for place, one in enumerate(candidates(verdict), start=1):
        rule = one.met.rule
        lines.append(f"{place}. {rule.standard.cited_as}{rule.item.clause}（{rule.item.group}）：{rule.item.text}")
        lines += _sides(one)
    return lines


def _sides(one: Candidate) -> list[str]:
    sides = (("支持", one.speaks_for), ("不支持", one.speaks_against), ("还须", one.would_need))
    return [f"   {name}：{'；'.join(said)}" for name, said in sides if said]
