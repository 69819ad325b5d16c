"""Which rows and columns of a workbook nobody sees: they are read like all others, and said as a doubt."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from bihuan.intake.rules.cells import Sheet, column_letter, text_of
from bihuan.intake.rules.items import Doubt
from bihuan.intake.rules.settling import LEAVE

_MARK: Final = b"hidden="
_ROW: Final = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="(\d{1,7})"')
_COLUMNS: Final = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\shidden="(?:1|true)")[^>]*>')
_BOUND: Final = re.compile(rb'\s(min|max)="(\d{1,5})"')
_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE: Final = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
SHOWN: Final = 10
KEEP: Final = "keep"


@dataclass(slots=True)
class Hidden:
    """What of one sheet is hidden. rows: from 1. columns: from 0."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)

    def look(self, window: bytes, *, columns: int) -> None:
        """Note what a stretch of the sheet's part hides. columns: how many are looked at; most books hide the rest."""
        if _MARK not in window:
            return
        self.rows.update(int(match.group(1)) for match in _ROW.finditer(window))
        for match in _COLUMNS.finditer(window):
            bounds = {name: int(number) for name, number in _BOUND.findall(match.group())}
            self.columns.update(range(bounds.get(b"min", 1) - 1, min(bounds.get(b"max", 0), columns)))


def part_names(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the name of each sheet by the archive's part that holds it; nothing where the book does not say."""
    if not {_BOOK, _RELATIONS} <= set(archive.namelist()):
        return {}
    targets = {one.get("Id", ""): one.get("Target", "") for one in _tags(archive, _RELATIONS, _RELATION)}
    found: dict[str, str] = {}
    for one in _tags(archive, _BOOK, _SHEET):
        target = next((targets.get(value, "") for key, value in one.items() if key.endswith(":id")), "")
        if target:
            found["xl/" + target.removeprefix("/xl/")] = one.get("name", "")
    return found


def _tags(archive: zipfile.ZipFile, part: str, tag: re.Pattern[str]) -> Iterator[dict[str, str]]:
    text = archive.read(part).decode("utf-8", errors="replace")
    for match in tag.finditer(text):
        yield {key: unescape(value) for key, value in _ATTRIBUTE.findall(match.group())}


def doubts_of(sheet: Sheet, hidden: Hidden) -> list[Doubt]:
    """Say which rows and columns with anything in them are hidden; a filter that was left on hides rows too."""
    rows = [
        number
        for number in sorted(hidden.rows)
        if number <= len(sheet.grid) and any(map(text_of, sheet.grid[number - 1]))
    ]
    used = (
        {index for cells in sheet.grid for index, cell in enumerate(cells) if cell not in (None, "")}
        if hidden.columns
        else set()
    )
    columns = [column_letter(index) for index in sorted(hidden.columns & used)]
    return [*_rows_doubt(sheet.name, rows), *_columns_doubt(sheet.name, columns)]


def _rows_doubt(name: str, rows: Sequence[int]) -> Iterator[Doubt]:
    if rows:
        say = (
            f"工作表“{name}”有 {len(rows)} 行是隐藏的或被筛选掉的（第 {_shown(rows)} 行），照样读了。不该入账的请移出。"
        )
        options = ((KEEP, "照样入账"), (LEAVE, f"移出这 {len(rows)} 行"))
        yield Doubt("hidden_rows", say, name, rows[0], value=name, options=options, rows=tuple(rows[1:]))


def _columns_doubt(name: str, columns: Sequence[str]) -> Iterator[Doubt]:
    if columns:
        say = f"工作表“{name}”的 {_shown(columns)} 列是隐藏的，照样读了，请核对。"
        yield Doubt("hidden_columns", say, name, column=columns[0], value=name)


def _shown(places: Sequence[object]) -> str:
    return "、".join(map(str, places[:SHOWN])) + (" 等" if len(places) > SHOWN else "")
