"""What was understood of a list: items, doubts, problems, as frozen or plain values."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from bihuan.intake.rules.claims import Claim
from bihuan.intake.rules.fields import DATES, MONEY, YES_NO, Field

Value = str | date | Decimal | bool | None

TEXTS: Final = tuple(
    one for one in Field if one not in DATES | MONEY | YES_NO and one not in {Field.STATUS, Field.LEVEL}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must be mended, or its row set aside, before the list is entered.

    source_row: from 1, as Excel shows it. column: its letters, or "". say: a Chinese sentence: what, where, what now.
    """

    code: str
    say: str
    source_row: int
    column: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was read one way and may be meant another; it blocks nothing.

    code: doubts of one code are asked as one batch. value: what stands in the cell. options: (value, Chinese label)
    pairs to choose from; chosen: the value taken until somebody answers. rows: the other rows it concerns.
    """

    code: str
    say: str
    sheet: str = ""
    source_row: int = 0
    column: str = ""
    field: str = ""
    value: str = ""
    chosen: str = ""
    options: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(slots=True)
class Item:
    """One hazard of a list, as understood. part, parts: its place among the hazards of one cell, from 1.

    values: what was read, by field. texts: the cells' own words, by field. extra: unknown columns by their names.
    claim: what the list claims of it. deadline_kind: "" for a day or nothing, else why there is no day: "resumption",
    "no_deadline", "unclear", "no_base_day", "claim_in_deadline".
    """

    sheet: str
    source_row: int
    part: int = 1
    parts: int = 1
    section: str = ""
    values: dict[Field, Value] = field(default_factory=dict)
    texts: dict[Field, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    claim: Claim = Claim.OPEN
    level: str | None = None
    immediate: bool = False
    deadline_kind: str = ""
    problems: list[Problem] = field(default_factory=list)

    def day(self, which: Field) -> date | None:
        """Return the day of a date field."""
        value = self.values.get(which)
        return value if isinstance(value, date) else None

    def text(self, which: Field) -> str:
        """Return a text field; "" when the list has none."""
        value = self.values.get(which)
        return value if isinstance(value, str) else ""


@dataclass(slots=True)
class SheetReading:
    """A table as understood. header_row: from 1, the first row with enough known names; header_rows: all levels.

    columns: field → column letters. names: column letters → heading. extra: letters of columns kept as they are.
    kind: "hazards", "summary" (it counts only) or "unknown" (no header found).
    """

    sheet: str
    header_row: int | None = None
    header_rows: tuple[int, ...] = ()
    kind: str = "hazards"
    columns: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    scores: dict[str, int] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    titles: tuple[str, ...] = ()
    samples: dict[str, list[str]] = field(default_factory=dict)
    dropped: list[tuple[int, str, str]] = field(default_factory=list)
    summary: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Understanding:
    """All that was understood of a file."""

    sheets: list[SheetReading] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it as `bihuan intake --json` prints it."""
        return {
            "sheets": [_sheet_json(sheet) for sheet in self.sheets],
            "rows": [item_json(item) for item in self.items],
            "doubts": [_doubt_json(doubt) for doubt in self.doubts],
        }


def _sheet_json(sheet: SheetReading) -> dict[str, Any]:
    return {
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "header_row": sheet.header_row,
        "header_rows": list(sheet.header_rows),
        "columns": sheet.columns,
        "headings": sheet.names,
        "extra_columns": sheet.extra,
        "titles": list(sheet.titles),
        "dropped": [{"source_row": row, "why": why, "text": text} for row, why, text in sheet.dropped],
        **({"summary": sheet.summary} if sheet.summary else {}),
    }


def _doubt_json(doubt: Doubt) -> dict[str, Any]:
    return {
        "code": doubt.code,
        "say": doubt.say,
        "sheet": doubt.sheet,
        "source_row": doubt.source_row or None,
        "column": doubt.column or None,
        "field": doubt.field or None,
        "value": doubt.value,
        "chosen": doubt.chosen or None,
        "options": [{"value": value, "label": label} for value, label in doubt.options],
        **({"rows": list(doubt.rows)} if doubt.rows else {}),
    }


def item_json(item: Item) -> dict[str, Any]:
    """Return an item with ISO dates, every field of R3.31's table present, null where the list says nothing."""
    row: dict[str, Any] = {"sheet": item.sheet, "source_row": item.source_row, "part": item.part, "parts": item.parts}
    for one in Field:
        if one is Field.STATUS:
            row["status"] = item.claim.value
            row["status_text"] = item.texts.get(one, "")
        elif one is Field.LEVEL:
            row["level"] = item.level
            row["level_text"] = item.texts.get(one, "")
        elif one in MONEY:
            row[f"{one}_yuan"] = _plain(item.values.get(one))
        else:
            row[one.value] = _plain(item.values.get(one))
        if one is Field.DEADLINE:
            row["deadline_text"] = item.texts.get(one, "")
            row["deadline_kind"] = item.deadline_kind
            row["immediate"] = item.immediate
    row["section"] = item.section or None
    row["extra"] = item.extra
    row["problems"] = [
        {"code": one.code, "say": one.say, "column": one.column or None, "field": one.field or None}
        for one in item.problems
    ]
    return row


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if value != "" else None
