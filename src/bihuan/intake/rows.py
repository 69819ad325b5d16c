"""From cells to items: find the tables of a file, choose their columns, read their rows (stage "rows" of intake)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from bihuan.intake.checks import check
from bihuan.intake.rules.cells import Sheet, column_letter, text_of
from bihuan.intake.rules.columns import Chosen, choose, sample
from bihuan.intake.rules.days import CENTURY, SHORT_YEAR, folded, mentions
from bihuan.intake.rules.fields import FIELD_NAMES, Field
from bihuan.intake.rules.frame import Frame, sheet_frame
from bihuan.intake.rules.headers import count_name, is_count, meaning_of
from bihuan.intake.rules.items import Doubt, SheetReading, Understanding
from bihuan.intake.rules.layout import Table
from bihuan.intake.rules.reader import TableReader
from bihuan.intake.rules.tables import find_tables, table_at
from bihuan.intake.workbook import Book

SHOWN_SAMPLES: Final = 3
REPORT_EVERY: Final = 2_000
Progress = Callable[[int, int], None]
_NEEDED: Final = (Field.DESCRIPTION, Field.ENTERPRISE_NAME)


def understand(book: Book, frame: Frame, *, progress: Progress | None = None) -> Understanding:
    """Return what a file says. progress: told rows done and rows in all, now and then."""
    result = Understanding(doubts=list(book.notes))
    tables = [(sheet, _tables(sheet, frame)) for sheet in book.sheets]
    total = sum(len(table.records) for _, found in tables for table in found)
    done = 0
    for sheet, found in tables:
        if not found and any(any(text_of(cell) for cell in row) for row in sheet.grid):
            _unknown(result, sheet)
        for table in found:
            done = _understand_table(result, table, frame, done, total, progress)
    check(result, frame)
    return result


def _tables(sheet: Sheet, frame: Frame) -> list[Table]:
    pointed = frame.header_rows.get(sheet.name)
    if pointed is not None and 0 < pointed <= len(sheet.grid):
        return [table_at(sheet, pointed - 1)]
    return find_tables(sheet)


def _unknown(result: Understanding, sheet: Sheet) -> None:
    result.sheets.append(SheetReading(sheet.name, kind="unknown"))
    say = (
        f"工作表“{sheet.name}”里没有找到表头（前 30 行没有一行像“序号、企业名称、隐患描述”），"
        "没有读取。可以指出哪一行是表头。"
    )
    result.doubts.append(Doubt("no_header", say, sheet=sheet.name))


def _understand_table(
    result: Understanding, table: Table, frame: Frame, done: int, total: int, progress: Progress | None
) -> int:
    chosen = choose(table, frame)
    reading = _sheet_reading(table, chosen)
    result.sheets.append(reading)
    if table.is_summary:
        _read_summary(result, reading, table)
        return done + len(table.records)
    reader = TableReader(
        frame=frame,
        sheet=sheet_frame(frame, table.titles, table.sheet.name, _latest_day(table, chosen, frame)),
        table=table,
        chosen=chosen,
    )
    for record in table.records:
        done += 1
        if record.merged_away:
            reading.dropped.append((record.row + 1, "same_hazard", ""))
            continue
        items = reader.read(record)
        if not items:
            reading.dropped.append((record.row + 1, "no_hazard", ""))
        result.items += items
        if progress is not None and done % REPORT_EVERY == 0:
            progress(done, total)
    _doubt_columns(result, reading, chosen)
    result.doubts += reader.doubts
    return done


def _latest_day(table: Table, chosen: Chosen, frame: Frame) -> date | None:
    """Return the latest whole day in the columns of finding and assigning, to give a year to those without one."""
    latest: date | None = None
    for which in (Field.FOUND_ON, Field.ASSIGNED_ON, Field.DEADLINE):
        for column in chosen.fields.get(which, ()):
            for cell in sample(table, column):
                day = _whole_day(cell)
                if (
                    day is not None
                    and abs(day.year - frame.today.year) <= NEAR_YEARS
                    and (latest is None or day > latest)
                ):
                    latest = day
        if latest is not None:
            return latest
    return None


NEAR_YEARS: Final = 20


def _whole_day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return None
    named = next((one for one in mentions(folded(cell)) if one.year and one.month and one.day), None)
    if named is None:
        return None
    try:
        return date(named.year + (CENTURY if named.year < SHORT_YEAR else 0), named.month, named.day)
    except ValueError:
        return None


def _sheet_reading(table: Table, chosen: Chosen) -> SheetReading:
    columns: dict[str, list[str]] = {}
    scores: dict[str, int] = {}
    if not table.is_summary:
        for which in Field:
            found = chosen.letters(which)
            if found:
                columns[which.value] = [column_letter(column.index) for column in found]
                scores |= {column_letter(column.index): column.meaning.score for column in found}
    else:
        for column in table.columns:
            if column.path:
                columns.setdefault(_summary_name(column.path[-1]), []).append(column_letter(column.index))
    return SheetReading(
        sheet=table.sheet.name,
        header_row=table.header_row + 1,
        header_rows=tuple(row + 1 for row in table.header_rows),
        kind="summary" if table.is_summary else "hazards",
        columns=columns,
        names={column_letter(column.index): column.name for column in table.columns if column.path},
        scores=scores,
        extra=[] if table.is_summary else [column_letter(column.index) for column in chosen.extra],
        titles=table.titles,
        samples={
            column_letter(column.index): list(dict.fromkeys(text_of(cell)[:30] for cell in sample(table, column)))[
                :SHOWN_SAMPLES
            ]
            for column in table.columns
        },
        dropped=[(entry.row + 1, entry.why, entry.text) for entry in table.dropped],
    )


def _summary_name(heading: str) -> str:
    meant = meaning_of((heading,)).field
    return count_name(heading) if is_count(heading) or meant is None else meant.value


def _read_summary(result: Understanding, reading: SheetReading, table: Table) -> None:
    for record in table.records:
        row = {
            _summary_name(column.path[-1]): text_of(record.cells[column.index])
            for column in table.columns
            if column.path and column.index < len(record.cells)
        }
        reading.summary.append({"source_row": str(record.row + 1), **row})
    say = f"工作表“{reading.sheet}”是汇总表（只有数目和比率），不是逐条清单，看懂了但不入账。"
    result.doubts.append(Doubt("summary_table", say, sheet=reading.sheet))


def _doubt_columns(result: Understanding, reading: SheetReading, chosen: Chosen) -> None:
    for which, column in chosen.guessed.items():
        letter = column_letter(column.index)
        say = f"{letter} 列“{column.name or '没有表头'}”像是{FIELD_NAMES[which]}，先这样算，请核对。"
        result.doubts.append(Doubt("column_guessed", say, sheet=reading.sheet, column=letter, field=which.value))
    for which in _NEEDED:
        told = all(item.text(which) for item in result.items if item.sheet == reading.sheet)  # by titles, then
        if which.value not in reading.columns and not told:
            say = f"工作表“{reading.sheet}”里没有找到“{FIELD_NAMES[which]}”一列，请指出是哪一列。"
            result.doubts.append(Doubt("column_missing", say, sheet=reading.sheet, field=which.value))
