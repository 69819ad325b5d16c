"""Fines and funds in 元, 万元 and without a unit (R0.4)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bihuan.intake.rules.cells import Cell, is_nothing, plain, text_of

LONGEST_READ: Final = 300
TEN_THOUSAND: Final = Decimal(10_000)
MOST_YUAN: Final = Decimal(1_000_000_000)
_NONE: Final = frozenset({"否", "未", "未处罚", "无处罚", "未罚款", "免罚"})
_UNITS: Final = {
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
_HAN_DIGITS: Final = "一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_HAN_NUMBER: Final = rf"(?<![\d.])[零〇十拾{_HAN_DIGITS}][零〇{_HAN_DIGITS}十百千万拾佰仟]*"
_HAN_AMOUNT: Final = re.compile(rf"{_HAN_NUMBER}(?=[元圆])|{_HAN_NUMBER}(?<=万)(?!\d)")
_HAN_ALONE: Final = re.compile(rf"(?:行政处罚|行政|处罚|罚款|罚|处|共|人民币)*({_HAN_NUMBER})")
_HAN_RANGE: Final = re.compile(rf"[{_HAN_DIGITS}]{{2}}")  # 二三千元: between two and three thousand

# Numbers that are no amounts: days, document numbers, counts; (2) numbers an entry.
_NO_AMOUNT: Final = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号])?|\d{4}年度?|\d{4}([-./])\d{1,2}\1\d{1,2}(?![\d.])"
    r"|[(\[〔【]\d{4}[)\]〕】]|[第\-]*\d+号|第\d+[条款项次]|\d+(?:人|家|次|条|项|天|日|处|份|起|名|个|户)|\(\d{1,2}\)"
)
_LISTED: Final = re.compile(r"(?:^|(?<=[元圆万;。,、:]))(\d{1,2})[、.)](?!\d)")
_THOUSANDS: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
# Words with which a number is not the sum that was fined.
_VAGUE: Final = re.compile(r"各|每|[约近负]\d|左右|以[上下内]|[余多][万元圆]|元/|倍|不超过|上限|[-−–—~至到]\d|\d,\d")
_PARTS: Final = re.compile(r"其中|[合共总]计|共|总额|没收|缴|交|欠|由|从|原|改|减|变更|调整")  # of several amounts
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_AMOUNT: Final = re.compile(
    r"(?P<named>(?:款|罚|处|处以|金额|单位|企业|公司|个人|法人|代表人|负责人|人员|¥|人民币|资金|经费|自筹|投入|\+)[:为]*)?"
    r"(?P<number>\d[\d.]*)(?P<unit>亿|千万|百万|万|千|百)?(?P<yuan>[元圆])?"
)
_PLAIN_NUMBER: Final = re.compile(r"\d{1,20}(?:\.\d{1,20})?")


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """An amount in 元, or None; unclear: there is text, but no amount that could be read."""

    yuan: Decimal | None = None
    unclear: bool = False


UNCLEAR: Final = MoneyReading(unclear=True)


def read_money(cell: Cell, *, factor: Decimal = Decimal(1)) -> MoneyReading:
    """Read an amount as a person would, from 0 to MOST_YUAN; what could be read in two ways is unclear.

    Several amounts add up only where each is named as money or after whom it is taken from: 单位2万、个人0.5万. Days,
    document numbers and the numbers of a list are none. factor: what a number without a unit is multiplied with, from
    the column's name (万元: 10000).
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _bounded(Decimal(str(cell)) * factor) if 0 <= cell <= MOST_YUAN else UNCLEAR
    text = plain(text_of(cell))
    if is_nothing(text) or text in _NONE:
        return MoneyReading()
    if len(text) > LONGEST_READ:
        return UNCLEAR
    alone = _HAN_ALONE.fullmatch(text)
    if alone:
        return _bare_han(alone.group(1), factor)
    yuan = _read_text(_tidied(text), factor)
    return UNCLEAR if yuan is None else _bounded(yuan)


def _bounded(yuan: Decimal) -> MoneyReading:
    return MoneyReading(yuan.quantize(Decimal("0.01"))) if yuan <= MOST_YUAN else UNCLEAR


def _bare_han(number: str, factor: Decimal) -> MoneyReading:
    if _HAN_RANGE.search(number):
        return UNCLEAR
    return _bounded(Decimal(han_amount(number)) * (Decimal(1) if "万" in number else factor))


def _tidied(text: str) -> str:
    """Return the text without the numbers that are no amounts, and with Chinese numerals as digits."""
    text = _THOUSANDS.sub(lambda match: match.group().replace(",", ""), text)
    text = _unlisted(_NO_AMOUNT.sub("、", text)).strip("、,;。")
    return _HAN_AMOUNT.sub(lambda match: match.group() if _HAN_RANGE.search(match.group()) else _arabic(match), text)


def _unlisted(text: str) -> str:
    """Return the text without the numbers of a list, as long as they run 1、2、3、."""
    expected = 1
    for match in list(_LISTED.finditer(text)):
        if int(match.group(1)) == expected:
            text = f"{text[: match.start()]}{'、' * len(match.group())}{text[match.end() :]}"
            expected += 1
    return text


def _arabic(match: re.Match[str]) -> str:
    end = "" if match.string[match.end() :].startswith(("元", "圆")) else "元"
    return f"{han_amount(match.group())}{end}"


def _read_text(text: str, factor: Decimal) -> Decimal | None:
    """Return the sum that a text says; None when it says none, or it is not clear which."""
    if _VAGUE.search(text) or _HAN_RANGE.search(text):
        return None
    inside = [_amounts(part, factor) for part in _BRACKETS.findall(text)]
    outside = _amounts(_BRACKETS.sub("、", text), factor)
    if outside is None or None in inside:
        return None
    again = [sum(amounts, Decimal(0)) for amounts in inside if amounts]
    if not outside:
        return again[0] if len(again) == 1 else None
    total = sum(outside, Decimal(0))
    return total if all(one == total for one in again) else None  # 20000元（贰万元） says it twice


def _amounts(text: str, factor: Decimal) -> list[Decimal] | None:
    """Return the amounts in a text; None when a number in it is not named as one."""
    matches = list(_AMOUNT.finditer(text))
    amounts = [_amount(match, factor) for match in matches]
    if len(amounts) > 1 and _PARTS.search(text):
        return None
    found = [one for one in amounts if one is not None]
    return found if len(found) == len(amounts) else None


def _amount(match: re.Match[str], factor: Decimal) -> Decimal | None:
    number = match.group("number")
    unit, yuan = match.group("unit"), match.group("yuan")
    if not _PLAIN_NUMBER.fullmatch(number):
        return None
    if unit or yuan:
        return Decimal(number) * _UNITS.get(unit, Decimal(1))
    text = match.string
    is_whole = match.start() == 0 and text[match.end() : match.end() + 1] in {"", "+"}
    following = text[match.end() : match.end() + 1]
    is_named = match.group("named") is not None and following in {"", "、", ",", ";", "。", "+", ")"}
    return Decimal(number) * factor if is_whole or is_named else None


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
