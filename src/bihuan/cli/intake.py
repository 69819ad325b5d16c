"""`bihuan intake FILE`: print what is understood of a superior's list, without writing anything."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from bihuan.intake.rows import understand
from bihuan.intake.rules.claims import CLAIM_NAMES
from bihuan.intake.rules.deadlines import Clock
from bihuan.intake.rules.fields import FIELD_NAMES, Field
from bihuan.intake.rules.frame import Frame
from bihuan.intake.rules.items import SheetReading, Understanding
from bihuan.intake.workbook import read_book
from bihuan.kernel.calendar import SHANGHAI, WorkCalendar
from bihuan.kernel.errors import Refusal
from bihuan.standards.data import noticed_years
from bihuan.standards.rules import festival_on, provisional_year, work_calendar

PROG = "bihuan intake"
AROUND = 2
REFUSED = 2
SHOWN = 20


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期“{text}”要写成 2018-02-14 的样子") from None


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    made = argparse.ArgumentParser(
        prog=PROG, description="读一份上级清单，说出看懂了什么、有哪些疑问；不写入任何数据。"
    )
    made.add_argument("file", type=Path, metavar="FILE", help=".xlsx、.xls、.csv，或含表格的 .docx")
    made.add_argument("--json", action="store_true", dest="as_json", help="输出 JSON")
    made.add_argument("--today", type=_day, metavar="DATE", help="按哪一天读（默认今天），晚于它的完成日期算疑问")
    made.add_argument("--year", type=int, metavar="YEAR", help="没写年份的日期算哪一年（默认看标题和同一行的日期）")
    made.add_argument("--header-row", type=int, metavar="N", help="表头在第几行（默认自己找），用于第一张表")
    made.add_argument("--no-split", action="store_false", dest="split_cells", help="一格写几条隐患时不拆")
    return made


def calendar_around(year: int) -> WorkCalendar:
    """Return the national calendar of the years around one, from the packaged notices and, beyond them, the law."""
    noticed = noticed_years()
    years = range(year - AROUND, year + AROUND + 1)
    return work_calendar([noticed.get(one) or provisional_year(one) for one in years])


def run(argv: Sequence[str]) -> int:
    """Answer on standard output: 0 when the file was read, 2 when it was refused (the sentence goes to stderr)."""
    given = parser().parse_args(argv)
    today: date = given.today or datetime.now(SHANGHAI).date()
    try:
        found = _understand(given, today)
    except Refusal as refusal:
        sys.stderr.write(refusal.say + "\n")
        return REFUSED
    if given.as_json:
        sys.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")
    return 0


def _understand(given: argparse.Namespace, today: date) -> Understanding:
    file: Path = given.file
    if not file.is_file():
        raise Refusal("intake.no_file", f"没有找到文件“{file}”。请核对路径。")
    book = read_book(file)
    frame = Frame(
        today=today,
        clock=Clock(festival_on, calendar_around(given.year or today.year)),
        year=given.year,
        header_rows={book.sheets[0].name: given.header_row} if given.header_row and book.sheets else {},
        split_cells=given.split_cells,
    )
    return understand(book, frame)


def _lines(found: Understanding) -> list[str]:
    lines: list[str] = []
    for sheet in found.sheets:
        lines += _sheet_lines(sheet)
    claims = Counter(item.claim for item in found.items)
    rows = len({(item.sheet, item.source_row) for item in found.items})
    lines.append(f"读到 {rows} 行，{len(found.items)} 项隐患；清单所称：")
    lines.append("  " + "，".join(f"{CLAIM_NAMES[claim][2:]} {count}" for claim, count in sorted(claims.items())))
    problems = [problem.say for item in found.items for problem in item.problems]
    lines += [f"要改的 {len(problems)} 处："] * bool(problems) + [f"  {say}" for say in problems[:SHOWN]]
    lines += [f"疑问 {len(found.doubts)} 处："] * bool(found.doubts)
    lines += [f"  {doubt.say}" for doubt in found.doubts[:SHOWN]]
    left = len(found.doubts) - SHOWN
    return [*lines, f"  其余 {left} 处，加 --json 看全部"] if left > 0 else lines


def _sheet_lines(sheet: SheetReading) -> list[str]:
    if sheet.header_row is None:
        return [f"工作表“{sheet.sheet}”：没有找到表头"]
    names = [
        f"{'、'.join(letters)}={FIELD_NAMES[Field(name)] if name in set(Field) else name}"
        for name, letters in sheet.columns.items()
    ]
    kept = [f"{letter}“{sheet.names.get(letter, '')}”" for letter in sheet.extra]
    lines = [f"工作表“{sheet.sheet}”：表头在第 {sheet.header_row} 行；" + "，".join(names)]
    return [*lines, "  照原样存着：" + "、".join(kept)] if kept else lines
