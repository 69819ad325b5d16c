"""Write a standard as a workbook: the template, and any standard, in the same tables."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import xlsxwriter

from bihuan.standards.data.workbooks.columns import (
    COUNT_SHEET,
    GAP_SHEET,
    HEAD,
    HEAD_SHEET,
    ITEM_SHEET,
    NAMES,
    RULE_SHEET,
    TABLES,
    WORD_SHEET,
    Column,
    Holds,
)
from bihuan.standards.rules import FEATURE_WORDS, SECTOR_WORDS
from bihuan.standards.rules.loading.counting import EXCLUSIONS, PLACE_WORDS, PROCEDURE

HINT_HEIGHT: Final = 72
TEXTS_ONLY: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook_of(book: Mapping[str, Any]) -> bytes:
    """Return a standard as .xlsx, with hints in each table; it reads again to the same standard."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXTS_ONLY) as made:
        formats = Formats(made)
        facts = {one.key: head_value(book, one.key) for one in HEAD}
        write_facts(made.add_worksheet(HEAD_SHEET), HEAD, facts, formats)
        rows = {
            ITEM_SHEET: _items(book),
            RULE_SHEET: book.get("general_rules") or (),
            COUNT_SHEET: (book.get(PROCEDURE) or {}).get("rules", ()),
            GAP_SHEET: _gaps(book),
        }
        for name, columns in TABLES:
            write_table(made.add_worksheet(name), columns, rows[name], formats)
        words = {"行业": list(SECTOR_WORDS), "安全特征": list(FEATURE_WORDS)}
        words |= {"计数的场所": list(PLACE_WORDS), "综合判定不算的": list(EXCLUSIONS)}
        write_words(made.add_worksheet(WORD_SHEET), words, formats)
    return buffer.getvalue()


class Formats:
    """How cells look: titles, hints, and texts that Excel leaves as they are typed."""

    def __init__(self, made: Any) -> None:
        """Make them in a workbook."""
        self.title = made.add_format({"bold": True, "bg_color": "#e9f0fa", "border": 1, "text_wrap": True})
        self.hint = made.add_format({"font_color": "#5d6779", "text_wrap": True, "valign": "top", "font_size": 9})
        self.text = made.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})


def write_facts(page: Any, columns: Sequence[Column], facts: Mapping[str, Any], formats: Formats) -> None:
    """Write a sheet of names, values and hints."""
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 60, formats.text)
    page.set_column(2, 2, 60)
    for at, title in enumerate(("项目", "填写", "说明")):
        page.write_string(0, at, title, formats.title)
    for row, one in enumerate(columns, start=1):
        page.write_string(row, 0, titled(one), formats.title)
        page.write_string(row, 1, said(one, facts.get(one.key)), formats.text)
        page.write_string(row, 2, one.hint, formats.hint)
    page.freeze_panes(1, 0)


def head_value(book: Mapping[str, Any], key: str) -> object:
    """Return a fact of the standard as a whole."""
    if key == "official_counts":
        return (book.get(key) or {}).get("total")
    if key == "exclusions":
        return (book.get(PROCEDURE) or {}).get(key)
    return book.get(key) if key in {"effective_until", "failing_counts"} else book["standard"].get(key)


def write_table(page: Any, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], formats: Formats) -> None:
    """Write titles, hints and rows."""
    for at, one in enumerate(columns):
        page.set_column(at, at, one.width, formats.text)
        page.write_string(0, at, titled(one), formats.title)
        page.write_string(1, at, one.hint, formats.hint)
    page.set_row(1, HINT_HEIGHT)
    page.freeze_panes(2, 1)
    for number, row in enumerate(rows, start=2):
        for at, one in enumerate(columns):
            page.write_string(number, at, said(one, row.get(one.key)), formats.text)


def write_words(page: Any, words: Mapping[str, Sequence[str]], formats: Formats) -> None:
    """Write the words that may be chosen."""
    for at, (title, some) in enumerate(words.items()):
        page.set_column(at, at, 24)
        page.write_string(0, at, title, formats.title)
        for row, word in enumerate(some, start=1):
            page.write_string(row, at, word)


def titled(one: Column) -> str:
    """Return the title of a column; what must be filled in has a star."""
    return f"{one.title}*" if one.must else one.title


def said(one: Column, value: Any) -> str:
    """Return a value as its cell says it."""
    if value is None or value == "":
        return ""
    if one.holds in {Holds.LINES, Holds.WORDS}:
        return "\n".join(value)
    if one.holds is Holds.YES:
        return "是" if value else "否"
    return NAMES[one.key].get(str(value), str(value)) if one.holds is Holds.NAMED else str(value)


def _items(book: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**one, **one["applies_to"]} for one in book["criteria"]]


def _gaps(book: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what the file declares as missing; each names it in its own way."""
    found = [one for one in book.get("unreconstructed") or () if isinstance(one, Mapping)]
    return [
        {
            "clause": str(one.get("clause") or one.get("group") or one.get("item") or ""),
            "reason": str(one.get("reason") or one.get("topic") or ""),
        }
        for one in found
    ]
