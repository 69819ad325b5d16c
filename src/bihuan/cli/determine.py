"""`bihuan determine`: an explained suggestion of a level, from the packaged criteria alone.

With TEXT it answers one person; without, it reads JSON lines on standard input (`cli/determine_lines.py`).
"""

import argparse
import json
import sys
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from bihuan.standards.data import read_library
from bihuan.standards.rules import (
    FEATURE_NAMES,
    FEATURE_WORDS,
    SECTOR_NAMES,
    SECTOR_WORDS,
    Feature,
    Sector,
    Suggestion,
    feature_of,
    sectors_of,
    suggest,
)

PROG = "bihuan determine"
NONE_FOUND = "没有找到相近的重大隐患判定条款。这不等于一般隐患，请检查人员对照标准判断。"
A_PERSON_DECIDES = "以上只是提示。是否重大，由检查人员对照标准原件判断。"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期“{text}”要写成 2018-02-14 的样子") from None


def _sectors(text: str) -> frozenset[Sector]:
    found = sectors_of(text) or frozenset(sector for sector in Sector if sector.value == text)
    if not found:
        raise argparse.ArgumentTypeError(f"不认识行业“{text}”，可用：{'、'.join(SECTOR_WORDS)}")
    return found


def _feature(text: str) -> Feature:
    found = feature_of(text) or next((feature for feature in Feature if feature.value == text), None)
    if found is None:
        raise argparse.ArgumentTypeError(f"不认识安全特征“{text}”，可用：{'、'.join(FEATURE_WORDS)}")
    return found


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    made = argparse.ArgumentParser(prog=PROG, description="对照发现当日有效的判定标准，提示可能构成重大隐患的条款。")
    made.add_argument("text", metavar="TEXT", nargs="?", help="隐患描述；不写则从标准输入逐行读 JSON")
    made.add_argument("--on", type=_day, metavar="DATE", help="发现日期，如 2018-02-14；有 TEXT 时必填")
    made.add_argument("--sector", type=_sectors, action="append", metavar="行业", help="所属行业，可多次")
    made.add_argument("--feature", type=_feature, action="append", metavar="特征", help="安全特征，可多次")
    made.add_argument("--town", metavar="镇", help="逐行读 JSON 时，按这个镇的本地说法和标准；不写则只按随软件带的")
    made.add_argument("--json", action="store_true", dest="as_json", help="输出 JSON")
    return made


def run(argv: Sequence[str]) -> int:
    """Answer on standard output; 0 also when nothing was found."""
    asked = parser()
    given = asked.parse_args(argv)
    if given.text is None:
        return _answer_lines(asked, given.town)
    if given.town is not None:
        asked.error("--town 用在逐行读 JSON 时，不能同时写 TEXT")
    if given.on is None:
        asked.error("请用 --on 写明发现日期，如 --on 2018-02-14")
    sectors = frozenset().union(*given.sector) if given.sector else None
    found = suggest(read_library(), given.text, on=given.on, sectors=sectors, features=given.feature)
    if given.as_json:
        answer = _plain(given.text, given.on, sectors, given.feature, found)
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")
    return 0


def _answer_lines(asked: argparse.ArgumentParser, town: str | None) -> int:
    from bihuan.cli import determine_lines  # only now: a single text needs no judge

    if town is None:
        return determine_lines.answer_lines(sys.stdin.buffer, sys.stdout)
    from bihuan.cli.determine_town import UnknownTown, judge_of_town  # only now: it needs the database

    try:
        judge = judge_of_town(town)
    except UnknownTown as unknown:
        asked.error(str(unknown))
    return determine_lines.answer_lines(sys.stdin.buffer, sys.stdout, judge)


def _lines(found: Sequence[Suggestion]) -> list[str]:
    if not found:
        return [NONE_FOUND]
    lines: list[str] = []
    for place, one in enumerate(found, start=1):
        lines.append(f"{place}. {one.proposes}：{one.standard.cited_as}{one.criterion.clause}（{one.criterion.group}）")
        lines.append(f"   {one.criterion.text}")
        lines += [f"   理由：{reason}" for reason in one.reasons]
        lines += [f"   注意：{doubt}" for doubt in one.doubts]
    return [*lines, A_PERSON_DECIDES]


def _plain(
    text: str,
    on: date,
    sectors: Collection[Sector] | None,
    features: Collection[Feature] | None,
    found: Sequence[Suggestion],
) -> dict[str, Any]:
    return {
        "text": text,
        "on": on.isoformat(),
        "sectors": sorted(SECTOR_NAMES[sector] for sector in sectors or ()),
        "features": [FEATURE_NAMES[feature] for feature in features or ()],
        "suggestions": [
            {
                "standard_id": one.standard.id,
                "standard": one.standard.cited_as,
                "criterion_id": one.criterion.id,
                "clause": one.criterion.clause,
                "level": "major" if one.may_be_major else None,
                "suspected": one.suspected,
                "score": one.score,
                "reasons": list(one.reasons),
                "doubts": list(one.doubts),
            }
            for one in found
        ],
    }
