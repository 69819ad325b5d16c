"""What part of a required length, width or area a text tells: 超规定20%, 只有规定的七成, 规定20米量得14米.

In per cent of what is required: 120 is a fifth too much. A text that only says 超20% tells the same beside its thing.
"""

import re
from collections.abc import Iterator, Sequence
from math import inf
from typing import Final

from bihuan.standards.rules.determine.amounts import Amount
from bihuan.standards.rules.determine.numerals import CHINESE, number_of

RATIO: Final = "比"
REACH: Final = 16  # characters before a part in which it is said of what it is a part
_WHOLE: Final = 100.0
_STEP: Final = 10.0  # what 近七成 and 七成多 leave open
_REQUIRED: Final = (
    "(?:规定|规范|标准|国标|要求|应有|该有|设计|核定|限值)(?:要求|规定|标准|宽度|面积|距离|间距|长度|值|数)*"
)
_PART: Final = re.compile(
    rf"(?P<less>不到|不足|将近|接近|近|快)?(?:(?P<tenths>[{CHINESE}\d]+)成(?P<fifth>半)?|(?P<percent>\d+(?:\.\d+)?)%"
    rf"|(?P<below>[{CHINESE}\d]{{1,6}})分之(?P<above>[{CHINESE}\d]{{1,6}})|(?P<half>一半|半数)"
    rf"|(?P<times>\d+(?:\.\d+)?|[{CHINESE}]{{1,3}}|半)倍(?P<times_half>半)?)(?P<more>多|几|出头|还多|以上)?"
)
_ABOUT: Final = "(?:了|约|大约|大概|有|足足|整整|差不多|将近)*$"
_EXCESS: Final = re.compile(
    rf"(?P<word>超(?:过|出|标|限|长)*|(?:多|大|长|远)(?:出|了)|增[加大]|扩大)(?:了|出)*(?P<of>{_REQUIRED}的?)?{_ABOUT}"
    rf"|(?P<than>比{_REQUIRED}的?)(?:超|多|大|长|远|高)(?:出|了)*{_ABOUT}"
)
_SHORT: Final = re.compile(rf"(?P<than>比{_REQUIRED}的?)?(?:[少短窄小缺差]|缩水)[了掉着]*{_ABOUT}")
_OF_IT: Final = re.compile(
    rf"(?P<less>不到|不足|不够|够不[上着]|没到|没?达不?到|未达到?|低于|小于|少于|不及)?(?P<of>{_REQUIRED})的?{_ABOUT}"
)
_ALONE: Final = re.compile(
    "(?:(?P<less>不到|不足|不够|低于|小于|少于)|只有?|只剩|只够|仅有?|才有?|剩下?|是|为)(?:了|约)*$"
)
_LIMIT: Final = re.compile(f"(?:{_REQUIRED}|应当?|应该|须|得有|[不最][小少低大多]于?|不得?超过?)[^,;、\\d]{{0,6}}$")
_IS_LIMIT: Final = ("不少于", "不低于", "不小于", "至少", "不超", "不大于", "不多于", "不得")
_METRES: Final = {"米": 1.0, "毫米": 0.001}  # by their scale
_AREA: Final = {"平方米": 1.0}


def ratios(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Return the parts of what is required that a cleaned text names, by place; unit RATIO."""
    return sorted([*_said(text), *_measured(text, amounts)], key=lambda one: one.start)


def unnamed_ratios(text: str) -> list[Amount]:
    """Return the parts that do not say of what they are parts: 疏散距离超20%, 净宽只有七成."""
    return [one for found in _PART.finditer(text) if (one := _without_limit(text, found)) is not None]


def _said(text: str) -> Iterator[Amount]:
    for found in _PART.finditer(text):
        first = max(0, found.start() - REACH)
        excess, short, of_it = (many.search(text, first, found.start()) for many in (_EXCESS, _SHORT, _OF_IT))
        if excess is not None and (excess["of"] or excess["than"]):
            yield _exceeding(found, excess, excess.start())
        elif short is not None and short["than"]:
            yield _lacking(found, short.start())
        elif of_it is not None and excess is None:
            yield _ranged(found, of_it.start(), less=bool(of_it["less"]))


def _without_limit(text: str, found: re.Match[str]) -> Amount | None:
    first = max(0, found.start() - REACH)
    if excess := _EXCESS.search(text, first, found.start()):
        return _exceeding(found, excess, excess.start())
    if short := _SHORT.search(text, first, found.start()):
        return _lacking(found, short.start())
    if alone := _ALONE.search(text, first, found.start()):
        return _ranged(found, alone.start(), less=bool(alone["less"]))
    return None


def _exceeding(found: re.Match[str], excess: re.Match[str], start: int) -> Amount:
    """Return what is required and more. 超规定的125% is so much in all; 超规定120% may be either."""
    low, high, over, under = _bounds(found)
    is_part = low >= _WHOLE and (excess["of"] or "").endswith("的")
    may_be_part = low > _WHOLE or (low == _WHOLE and found["percent"] is not None)
    if is_part:
        return Amount(low, inf, RATIO, start, found.end(), over=True)
    if may_be_part:
        return Amount(low, _WHOLE + high, RATIO, start, found.end(), over=True)
    return Amount(_WHOLE + low, _WHOLE + high, RATIO, start, found.end(), over, under)


def _lacking(found: re.Match[str], start: int) -> Amount:
    low, high, over, under = _bounds(found)
    return Amount(max(0.0, _WHOLE - high), max(0.0, _WHOLE - low), RATIO, start, found.end(), under, over)


def _ranged(found: re.Match[str], start: int, *, less: bool) -> Amount:
    low, high, over, under = _bounds(found)
    if less:
        return Amount(0.0, high, RATIO, start, found.end(), under=True)
    return Amount(low, high, RATIO, start, found.end(), over, under)


def _bounds(found: re.Match[str]) -> tuple[float, float, bool, bool]:
    """Return the bounds of a part in per cent, and which ends are open: 七成多, 不到三成."""
    part = _value(found)
    if found["less"]:
        return max(0.0, part - _STEP), part, False, True
    if found["more"]:
        return part, (inf if found["more"] == "以上" else part + _STEP), True, False
    return part, part, False, False


def _value(found: re.Match[str]) -> float:
    if found["tenths"]:
        return 10.0 * (number_of(found["tenths"]) or 0.0) + (5.0 if found["fifth"] else 0.0)
    if found["percent"]:
        return float(found["percent"])
    if found["below"]:
        below, above = number_of(found["below"]), number_of(found["above"])
        return _WHOLE * (above or 0.0) / below if below else 0.0
    if found["half"]:
        return _WHOLE / 2
    times = 0.5 if found["times"] == "半" else (number_of(found["times"]) or 0.0)
    return _WHOLE * times + (_WHOLE / 2 if found["times_half"] else 0.0)


def _measured(text: str, amounts: Sequence[Amount]) -> Iterator[Amount]:
    """Yield what was measured against what is required, both in figures: 规定30米,量了28米."""
    for scale in (_METRES, _AREA):
        figures = [one for one in amounts if one.unit in scale]
        limits = [one for one in figures if _is_limit(text, one)]
        others = [one for one in figures if one not in limits]
        for limit in limits if others else ():
            required = (limit.low or limit.high) * scale[limit.unit]
            one = min(others, key=lambda other: min(abs(other.start - limit.end), abs(limit.start - other.end)))
            if required:
                low, high = (_WHOLE * end * scale[one.unit] / required for end in (one.low, one.high))
                start, end = min(one.start, limit.start), max(one.end, limit.end)
                yield Amount(low, high, RATIO, start, end, one.over, one.under)


def _is_limit(text: str, one: Amount) -> bool:
    """Tell whether a figure is what is required, not what is there."""
    before = max(0, one.start - REACH)
    return text.startswith(_IS_LIMIT, one.start) or _LIMIT.search(text, before, one.start) is not None
