"""What kind of number a cell holds: a count, a share, an amount; and what a person typed, read as that kind."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.returns.binding import Binding, Source
from bihuan.campaigns.rules.returns.computing import Filled, read_number
from bihuan.campaigns.rules.returns.grid import Slot, plain
from bihuan.campaigns.rules.returns.meaning import Meaning, What, bare, meaning_of
from bihuan.kernel.errors import Refusal


class Holds(StrEnum):
    """What a cell holds."""

    COUNT = "count"
    SHARE = "share"
    AMOUNT = "amount"


HUNDRED: Final = Decimal(100)
SHARES: Final = frozenset({What.RATE_RECTIFIED, What.RATE_CLOSED, What.RATE_LISTED, What.UNKNOWN_RATE})
_AMOUNTS: Final = frozenset({What.MONEY, What.FINE, What.UNKNOWN})
_COUNTED_IN: Final = re.compile(
    "^(个|家|家次|项|条|处|起|份|次|人次|人|家/人|人/次|户|组|台|套|辆|艘|座|所|名|件|批|批次|期)$"
)
_MEASURED_IN: Final = re.compile("^(万元|元|亿元|吨|公里|平方米|亩|天|小时|分)$")
_SHARE: Final = re.compile("(率|占比|比例|百分比)$")


def unit_of(slot: Slot) -> str:
    """Return the unit that a cell's headings give it, in brackets or in a column of units; "" where they give none."""
    for head in reversed(slot.heads):
        text, unit = bare(head)
        if unit:
            return unit
        if text == "%" or _COUNTED_IN.match(text) or _MEASURED_IN.match(text):
            return text
    return ""


def holds(slot: Slot, binding: Binding | None, meaning: Meaning) -> Holds:
    """Return what a cell holds, by what it is bound to, its unit and what its headings count."""
    unit = unit_of(slot)
    heads = [bare(one)[0] for one in (*slot.column_heads[-1:], *slot.row_heads)]
    is_rate = binding is not None and binding.source is Source.RATE
    if is_rate or unit == "%" or meaning.what in SHARES or any(_SHARE.search(plain(one)) for one in heads):
        return Holds.SHARE
    if _COUNTED_IN.match(unit):
        return Holds.COUNT
    return Holds.AMOUNT if meaning.what in _AMOUNTS or _MEASURED_IN.match(unit) else Holds.COUNT


def typed_in(slot: Slot, bindings: Mapping[str, Binding], text: str) -> Filled | None:
    """Return what a person typed in a cell, as what the cell holds. Raises Refusal (`typed_as`)."""
    return typed_as(holds(slot, bindings.get(slot.address), meaning_of(slot)), slot, text)


def typed_as(kind: Holds, slot: Slot, text: str) -> Filled | None:
    """Return what a person typed in a cell, None where it was emptied.

    Raises Refusal naming the cell for what is no number, half a hazard, or a share above the whole.
    """
    written = text.strip()
    if not written:
        return None
    if kind is Holds.SHARE:
        written = written.rstrip("%％").rstrip()
    number = read_number(written)
    if number is None:
        raise Refusal("returns.not_a_number", f"{slot.label}：请写数字，最多两位小数。", field="amount")
    if kind is Holds.COUNT and number != number.to_integral_value():
        unit = unit_of(slot)
        of = f"数的是“{unit}”" if unit else "数的是个数"
        raise Refusal("returns.not_whole", f"{slot.label}：{of}，请写整数。", field="amount")
    if kind is Holds.SHARE and number > HUNDRED:
        raise Refusal("returns.over_hundred", f"{slot.label}：比率不能超过 100%，请写 0 到 100。", field="amount")
    return Filled(number, of=HUNDRED, is_rate=True) if kind is Holds.SHARE else Filled(number)
