"""Items as JSON and back, for drafts and for the list's own row beside the hazard."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from bihuan.intake.rules.claims import Claim
from bihuan.intake.rules.fields import DATES, MONEY, Field
from bihuan.intake.rules.items import Item, Value

_FIELDS: Final = {one.value: one for one in Field}
_READ_BACK: Final = DATES | MONEY


def stored(item: Item) -> dict[str, Any]:
    """Return an item as JSON: only what it says."""
    return {
        "values": {which.value: plain_value(value) for which, value in item.values.items() if value not in (None, "")},
        "texts": {which.value: text for which, text in item.texts.items() if text},
        "extra": item.extra,
        "claim": item.claim.value,
        "level": item.level or "",
        "immediate": item.immediate,
        "deadline_kind": item.deadline_kind,
        "section": item.section,
        "parts": item.parts,
    }


def restored(kept: dict[str, Any], *, sheet: str, source_row: int, part: int) -> Item:
    """Return the item that `stored` kept."""
    return Item(
        sheet=sheet,
        source_row=source_row,
        part=part,
        parts=kept["parts"],
        section=kept["section"],
        values={(which := _FIELDS[name]): value_of(which, value) for name, value in kept["values"].items()},
        texts={_FIELDS[name]: text for name, text in kept["texts"].items()},
        extra=kept["extra"],
        claim=Claim(kept["claim"]),
        level=kept["level"] or None,
        immediate=kept["immediate"],
        deadline_kind=kept["deadline_kind"],
    )


def plain_value(value: Value) -> Any:
    """Return a value as JSON carries it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def value_of(which: Field, kept: Any) -> Value:
    """Return a value as the field has it."""
    if which not in _READ_BACK:
        return kept  # type: ignore[no-any-return] # JSON carries texts and yes or no as they are
    if which in DATES:
        return date.fromisoformat(kept)
    result: Value = Decimal(kept) if which in MONEY else kept
    return result
