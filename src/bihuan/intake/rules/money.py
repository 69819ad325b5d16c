"""Fines and funds in 元, 万元 and without a unit (R0.4)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bihuan.intake.rules.cells import Cell, is_nothing, plain, text_of

LONGEST_READ: Final = 300
TEN_THOUSAND: Final = Decimal(10_000)
_AMOUNT: Final = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿|千万|百万|万|千|百)?元?")
_UNITS: Final = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": TEN_THOUSAND,
    "百万": TEN_THOUSAND * 100,
    "千万": TEN_THOUSAND * 1000,
    "亿": TEN_THOUSAND * TEN_THOUSAND,
}
_HAN: Final = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {"两": 2, "〇": 0}
    | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
)
_HAN_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_AMOUNT: Final = re.compile(r"[零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+(?=元|万|$)")


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """An amount in 元, or None; unclear: there is text, but no amount that could be read."""

    yuan: Decimal | None = None
    unclear: bool = False


def read_money(cell: Cell, *, factor: Decimal = Decimal(1)) -> MoneyReading:
    """Read an amount. factor: what a number without a unit is multiplied with, from the column's name (万元: 10000)."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return MoneyReading(_tidy(Decimal(str(cell)) * factor))
    text = plain(text_of(cell)[:LONGEST_READ]).replace("，", ",").replace("￥", "").replace("¥", "")
    if is_nothing(text) or text in {"否", "未", "未处罚", "无处罚", "未罚款", "免罚"}:
        return MoneyReading()
    amounts = [_amount(match, factor) for match in _AMOUNT.finditer(text)]
    if not amounts:
        return _read_han(text, factor)
    return MoneyReading(_tidy(sum(amounts, Decimal(0))))


def _amount(match: re.Match[str], factor: Decimal) -> Decimal:
    number = Decimal(match.group("number").replace(",", ""))
    unit = match.group("unit") or ""
    if not unit and not match.group().rstrip().endswith("元"):
        return number * factor
    return number * _UNITS[unit]


def _read_han(text: str, factor: Decimal) -> MoneyReading:
    match = _HAN_AMOUNT.search(text)
    if match is None:
        return MoneyReading(unclear=True)
    number = Decimal(han_amount(match.group()))
    bare = not text[match.end() :].startswith(("元", "万")) and "万" not in match.group()
    following = TEN_THOUSAND if text[match.end() :].startswith("万") else Decimal(1)
    return MoneyReading(_tidy(number * (factor if bare else following)))


def han_amount(text: str) -> int:
    """Return the number that Chinese numerals say, such as 二万五千."""
    total = section = digit = 0
    for char in text:
        if char in _HAN:
            digit = _HAN[char]
        elif char in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[char]
            digit = 0
        elif char == "万":
            total += (section + digit or 1) * int(TEN_THOUSAND)
            section = digit = 0
    return total + section + digit


def _tidy(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))
