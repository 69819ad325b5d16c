"""Quantities in a text, Chinese numerals and round words among them, as ranges."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

LIMIT_REACH: Final = 6  # characters between the word for a limit and its quantity
_DIGITS: Final = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS: Final = {
    "人": "人", "名": "人", "位": "人", "个人": "人", "多人": "人", "来人": "人", "名工人": "人", "个工人": "人",
    "号人": "人", "号工人": "人", "口人": "人",
    "吨": "吨", "t": "吨", "公斤": "公斤", "千克": "公斤", "kg": "公斤",
    "kpa": "千帕", "千帕": "千帕", "mpa": "兆帕", "兆帕": "兆帕",
    "米": "米", "m": "米", "公分": "厘米", "厘米": "厘米", "cm": "厘米", "mm": "毫米", "毫米": "毫米",
    "平方米": "平方米", "平米": "平方米", "平方": "平方米", "m2": "平方米", "㎡": "平方米", "平": "平方米",
    "天": "天", "日": "天", "个月": "月", "年": "年", "小时": "小时", "v": "伏", "伏": "伏", "%": "成分", "级": "级",
    "万发": "万发", "挂": "挂", "级风": "级", "层": "层", "楼": "层", "个": "个", "只": "个",
    "樘": "个", "盏": "个", "具": "个", "扇": "个", "处": "个", "套": "个",
    "件": "箱", "箱": "箱", "瓶": "瓶", "台": "台", "度": "度",
}  # fmt: skip
_SCALE: Final = {"厘米": ("毫米", 10.0), "兆帕": ("千帕", 1000.0)}
_UNIT: Final = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_NUMBER: Final = r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+"
_AMOUNT: Final = re.compile(
    rf"(?P<before>不超过|没超过|未超过|不到|不足|小于|低于|少于|不满|最多|超过|超出|大于|高于|多于|至少|约|大约|近|将近|超|≥|≤|>|<)?"
    rf"(?:了|有|到)?(?:(?P<few>十几|几十|二十几|三十几|好几|几|多(?!人))|(?P<number>{_NUMBER})(?:\s*[-~至到]\s*(?P<to>{_NUMBER}))?(?P<more>多|余|来|几)?)"
    rf"\s*(?P<unit>{_UNIT})(?P<after>以上|以下|以内|之内|不到|左右|上下)?"
)
_PEOPLE: Final = re.compile(r"[^,、]{0,3}(?:工人|人|工(?!位|装|具|序|件)|员|师傅)")
_WORKERS: Final = re.compile(r"(?:干活|作业|做事|操作|上班)的?(?:工人|人)?(?:有|共|一共|就|是)?$")
_FEW: Final = {"十几": (11.0, 19.0), "几十": (20.0, 99.0), "二十几": (21.0, 29.0), "三十几": (31.0, 39.0)}


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity between `low` and `high`, both possible unless `over` or `under`. unit: one word for each measure."""

    low: float
    high: float
    unit: str
    start: int
    end: int
    over: bool = False  # more than `low`, not `low` itself
    under: bool = False  # less than `high`

    def is_more_than(self, limit: float) -> bool | None:
        """Tell whether it exceeds a limit, None when the words leave it open."""
        if self.low > limit or (self.over and self.low >= limit):
            return True
        return False if self.high <= limit else None

    def is_less_than(self, limit: float) -> bool | None:
        """Tell whether it stays below a limit, None when the words leave it open."""
        if self.high < limit or (self.under and self.high <= limit):
            return True
        return False if self.low >= limit else None


def number_of(text: str) -> float | None:
    """Return what a number says, in digits or in Chinese up to the hundreds; None when it says nothing."""
    try:
        return float(text)
    except ValueError:
        pass
    total, digit = 0, 0
    for one in text:
        if one in _DIGITS:
            digit = _DIGITS[one] if digit == 0 else digit * 10 + _DIGITS[one]
        elif one in "十百":
            total += (digit or 1) * (10 if one == "十" else 100)
            digit = 0
        else:
            return None
    return float(total + digit)


def amounts(text: str) -> list[Amount]:
    """Return the quantities in a cleaned text, by place."""
    return [one for found in _AMOUNT.finditer(text) if (one := _amount(found)) is not None]


def _amount(found: re.Match[str]) -> Amount | None:
    bounds = _bounds(found)
    if bounds is None:
        return None
    unit = _UNITS[found["unit"]]
    if unit == "个" and (_PEOPLE.match(found.string, found.end()) or _WORKERS.search(found.string[: found.start()])):
        unit = "人"
    unit, scale = _SCALE.get(unit, (unit, 1.0))
    low, high, over, under = _as_compared(found["before"] or "", found["after"] or "", *bounds)
    return Amount(low * scale, high * scale, unit, found.start(), found.end(), over, under)


def _bounds(found: re.Match[str]) -> tuple[float, float] | None:
    if found["few"]:
        return _FEW.get(found["few"], (2.0, inf))
    low = number_of(found["number"])
    if low is None:
        return None
    high = number_of(found["to"]) if found["to"] else low
    if found["more"]:
        return low, low + (9 if found["more"] != "来" else 5)
    return low, max(low, high if high is not None else low)


_LESS: Final = frozenset({"不到", "不足", "小于", "低于", "少于", "不满", "<"})
_AT_MOST: Final = frozenset({"不超过", "没超过", "未超过", "最多", "≤", "以下", "以内", "之内"})
_MORE: Final = frozenset({"超过", "超出", "大于", "高于", "多于", "超", ">"})
_AT_LEAST: Final = frozenset({"至少", "≥", "以上"})


def _as_compared(before: str, after: str, low: float, high: float) -> tuple[float, float, bool, bool]:
    """Return the range that a comparison leaves, with which ends are open."""
    said = {before, after}
    if said & _LESS:
        return 0.0, high, False, True
    if said & _AT_MOST:
        return 0.0, high, False, False
    if said & _MORE:
        return low, inf, True, False
    if said & _AT_LEAST:
        return low, inf, False, False
    return low, high, False, False


def beyond(found: Sequence[Amount], limits: Sequence[int]) -> bool | None:
    """Tell whether a quantity is more than the limit of its unit that a text names, None when it names none.

    limits: where the words for "limit" end (定员, 核定药量); the next quantity after one is the limit.
    """
    answer: bool | None = None
    for place in limits:
        limit = next((one for one in found if place <= one.start <= place + LIMIT_REACH), None)
        others = [one for one in found if limit is not None and one is not limit and one.unit == limit.unit]
        if limit is not None and others:
            answer = bool(answer) or any(one.low > limit.high for one in others)
    return answer


def share(found: Sequence[Amount]) -> tuple[float, float] | None:
    """Return the bounds, in per cent, of the part that a text speaks of: 60%, or 6 of 10; None when it names none."""
    for one in found:
        if one.unit == "成分":
            return one.low, one.high
    counts = sorted((one for one in found if one.unit == "个"), key=lambda one: one.high)
    if len(counts) < 2 or counts[-1].high <= 0:
        return None
    part = 100 * counts[0].high / counts[-1].high
    return part, part
