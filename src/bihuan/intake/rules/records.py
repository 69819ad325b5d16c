"""The rows under a header: records, sections, totals, notes (R3.31)."""

import re
from dataclasses import dataclass
from typing import Final

from bihuan.intake.rules.cells import is_nothing, plain
from bihuan.intake.rules.fields import SYNONYMS, Field
from bihuan.intake.rules.headers import normal_name
from bihuan.intake.rules.layout import Dropped, Layout, Record, Table
from bihuan.intake.rules.names import looks_like_village

FEWEST_NAMES: Final = 2
ENOUGH_NAMES: Final = 3
LONGEST_HEADING: Final = 30
LONGEST_SECTION: Final = 60
HALF: Final = 0.5
FIRST_CELLS: Final = 8
_TOTAL: Final = re.compile(r"^.{0,6}?(合计|小计|总计|累计|共计|总数)[:：]?(\d+(条|项|处|个|家)?)?$|^共\d+(条|项|处|个)")
_TOTAL_SIGN: Final = re.compile(r"[计数共]")  # in every total; looked for before the text is folded
_COUNTED: Final = re.compile(r"^共?\d+(条|项|处|个|家)?$")
_NOTE: Final = re.compile(
    r"^(注|备注|说明|填表|填报|审核|审批|制表|报送|报告|联系|单位负责|分管|主要负责|负责人|签字|签名|抄送|附件|附[:：]|日期|检查人|复核)"
    r".{0,12}[:：]|^注[:：、]|^\*|^※"
)
_LABELLED: Final = re.compile(r"^([\u4e00-\u9fff()（）]{2,12})[：:]")
_NUMBERED: Final = re.compile(r"^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．])\s*\S")
_LIST_NAME: Final = re.compile(r"(清单|台账|汇总|登记|一览|统计|情况|通报|名单|报)表?([（(].*)?$")
_LETTERS: Final = frozenset({"甲", "乙", "丙", "丁", "A", "B", "C"})
_EXAMPLE: Final = re.compile(r"^(示例|样例|例[:：如]?|填写示例|范例)$")


@dataclass(slots=True)
class Walk:
    """Where the reading of a table's rows stands."""

    section: str = ""


def may_be_header(layout: Layout, row: int) -> bool:
    """Look quickly: two of the first cells are exactly names of R3.31."""
    hits = 0
    for cell in layout.sheet.grid[row][:FIRST_CELLS]:
        if isinstance(cell, str) and 0 < len(cell) <= LONGEST_HEADING and normal_name(cell) in SYNONYMS:
            hits += 1
    return hits >= FEWEST_NAMES


def take_row(layout: Layout, table: Table, row: int, walk: Walk, description: list[int]) -> None:
    """Take one row under a header: a record, a section title, or one that is dropped and said why."""
    texts = layout.texts(row)
    if not texts:
        return
    why = _drop_reason(layout, table, row, texts, description)
    if why == "section":
        walk.section = "  ".join(dict.fromkeys(texts.values()))
    if why:
        table.dropped.append(Dropped(row, why, next(iter(texts.values()))))
        return
    if row not in layout.covered_rows:
        table.records.append(Record(row, layout.sheet.grid[row], walk.section))
        return
    table.records.append(_merged_record(layout, table, row, walk.section, description))


def _merged_record(layout: Layout, table: Table, row: int, section: str, description: list[int]) -> Record:
    cells = list(layout.sheet.grid[row]) + [None] * (layout.width - len(layout.sheet.grid[row]))
    filled: set[int] = set()
    for column in table.columns:
        start = layout.covered.get((row, column.index))
        if start is None or start[1] != column.index or start[0] < min(table.header_rows):
            continue
        if column.meaning.field not in {Field.FINE, Field.FUNDS}:  # one sum for the whole range, counted once
            cells[column.index] = layout.sheet.grid[start[0]][start[1]]
        filled.add(column.index)
    return Record(row, cells, section, frozenset(filled), merged_away=_same_hazard(layout, table, row, description))


def _same_hazard(layout: Layout, table: Table, row: int, description: list[int]) -> bool:
    """Tell whether a row is a further line of the hazard above: description and enterprise are merged into that."""
    if not description or any((row, index) not in layout.covered for index in description):
        return False
    places = table.index_of(Field.ENTERPRISE_NAME)
    return all((row, index) in layout.covered or not layout.text(row, index) for index in places)


def _drop_reason(layout: Layout, table: Table, row: int, texts: dict[int, str], description: list[int]) -> str:
    first = next(iter(texts.values()))
    if _is_total(texts, description):
        return "total"
    if len(texts) > 2 and _are_numbers(list(texts.values())):
        return "numbers"
    if _EXAMPLE.match(first):
        return "example"
    if len(texts) <= FEWEST_NAMES and _NOTE.match(plain(first)):
        return "note"
    if _is_labelled(texts) or _is_section(layout, table, row, texts, description):
        return "section"
    return "blank" if _is_blank_form(table, row, texts, layout) else ""


def _is_total(texts: dict[int, str], description: list[int]) -> bool:
    leading = list(texts.values())[:3]
    if not any(_TOTAL_SIGN.search(text) and _TOTAL.match(plain(text)) for text in leading):
        return False
    told = [texts[index] for index in description if index in texts]
    return all(_COUNTED.match(plain(text)) or _TOTAL.match(plain(text)) for text in told)


def _are_numbers(texts: list[str]) -> bool:
    """Tell whether a row only numbers the columns: 1 2 3 4, or 甲 乙 1 2."""
    if texts[0] not in _LETTERS and texts[0].strip("()（）") != "1":
        return False
    figures = [text.strip("()（）") for text in texts if text not in _LETTERS]
    return figures == [str(number) for number in range(1, len(figures) + 1)] and len(figures) >= ENOUGH_NAMES


def _is_labelled(texts: dict[int, str]) -> bool:
    """Tell whether a row only says of what the rows below are: 被检查单位：…  检查日期：…."""
    labels = [_LABELLED.match(text) for text in texts.values()]
    return all(labels) and any(normal_name(label.group(1)) in SYNONYMS for label in labels if label)


def _is_section(layout: Layout, table: Table, row: int, texts: dict[int, str], description: list[int]) -> bool:
    """Tell whether a row is a title over the rows below it: one text, alone in the row."""
    if len(set(texts.values())) > 1:
        return False
    index, text = next(iter(texts.items()))
    if len(text) > LONGEST_SECTION or text.isdecimal() or table.is_summary:
        return False
    if layout.span(row, index) > max(FEWEST_NAMES, layout.width * HALF):
        return True
    if any(layout.covered.get((row, column)) for column in description):
        return False
    return index not in description and index <= max(table.index_of(Field.ENTERPRISE_NAME) or [1])


def section_over(layout: Layout, header_row: int) -> str:
    """Return the section title that stands over the first header of a sheet, or "": 一、东村, or a village alone.

    Other titles there, and 被检查单位：… above a form, are the sheet's own.
    """
    row = header_row - 1
    while row >= 0 and not layout.texts(row):
        row -= 1
    found = set(layout.texts(row).values()) if row >= 0 else set()
    text = next(iter(found)) if len(found) == 1 else ""
    if not text or len(text) > LONGEST_SECTION or _LABELLED.match(text) or _LIST_NAME.search(text):
        return ""
    return text if _NUMBERED.match(text) or (row > 0 and looks_like_village(text)) else ""


def _is_blank_form(table: Table, row: int, texts: dict[int, str], layout: Layout) -> bool:
    """Tell whether only the form was filled, not the row: a running number, strokes, or cells merged from above."""
    numbers = table.index_of(Field.SEQ_NO)
    return not any(
        not is_nothing(text) and index not in numbers and not isinstance(layout.sheet.grid[row][index], bool)
        for index, text in texts.items()
    )
