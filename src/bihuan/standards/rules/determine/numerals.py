"""Numbers as people write them: in digits, in Chinese, and in both (2万5, 一万三千, 1.2亿, 3千).

A number longer than anybody would write is none, so that no text makes the reading raise or take long.
"""

import re
from typing import Final

DIGITS: Final = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_GREAT: Final = {"亿": 100_000_000, "万": 10_000}  # the greater first
MOST_DIGITS: Final = 12  # of a number before its point
MOST_CHINESE: Final = 15  # characters of one: 九千九百九十九亿九千万九
_FIGURES: Final = "".join(DIGITS)
CHINESE: Final = f"{_FIGURES}十百千"
_PLAIN: Final = rf"\d{{1,{MOST_DIGITS}}}(?:\.\d{{1,6}})?(?![\d.]*\d)"
_REST: Final = rf"[\d{CHINESE}]{{0,8}}"  # 2万5千, 3千5
_BY_TENS: Final = "(?:千(?![克帕瓦米伏卡])|百)"  # 3千公斤, not 3千克
_IN_DIGITS: Final = rf"(?<![\d.]){_PLAIN}(?:{_BY_TENS}?[万亿](?!发){_REST}|{_BY_TENS}{_REST})?"
_IN_CHINESE: Final = (
    rf"(?<![{CHINESE}万亿])[{CHINESE}][{CHINESE}万亿]{{0,{MOST_CHINESE - 1}}}(?![{_FIGURES}])"
    rf"(?:点[{_FIGURES}]{{1,6}}[万亿]?)?"
)
# A number begins where no other digit stands before it: what is longer than any number is not read from its middle.
NUMBER: Final = rf"(?:{_IN_DIGITS}|{_IN_CHINESE}|半)"
_DIGITS_ALONE: Final = re.compile(r"\d+(?:\.\d+)?")
_SCALED: Final = re.compile(r"(?P<head>\d+(?:\.\d+)?)(?P<scale>[百千])(?P<rest>.*)")
_NEIGHBOURS: Final = re.compile(
    "(?P<ten>[一二两三四五六七八九]?十)?(?P<one>[一二两三四五六七八])(?P<two>[二三四五六七八九])(?P<scale>[十百千万]?)"
)


def number_of(text: str) -> float | None:
    """Return what a number says, in digits or in Chinese; None when it says nothing, or more than anybody writes."""
    if len(text) > MOST_DIGITS + MOST_CHINESE:
        return None
    if text == "半":
        return 0.5
    if _DIGITS_ALONE.fullmatch(text):
        return float(text) if len(text.partition(".")[0]) <= MOST_DIGITS else None
    for great, times in _GREAT.items():
        before, said, after = text.partition(great)
        if said:
            return _joined(before, after, times)
    if found := _SCALED.fullmatch(text):
        return _joined(found["head"], found["rest"], _TENS[found["scale"]])
    return _in_chinese(text)


def _joined(before: str, after: str, times: int) -> float | None:
    """Return a number of so many times with what follows it: 两万五 is 25000, 两万零五 20005, 3千5 3500."""
    head = number_of(before)
    if head is None or not after:
        return None if head is None else head * times
    if len(after) == 1 and (after.isdecimal() or after in DIGITS):
        rest = (number_of(after) or 0.0) * times / 10
    elif (known := number_of(after)) is not None:
        rest = known
    else:
        return None
    return head * times + rest


def _in_chinese(text: str) -> float | None:
    whole, point, part = text.partition("点")
    if len(whole) > MOST_CHINESE or not whole:
        return None
    total, digit = 0, 0
    for one in whole:
        if one in DIGITS:
            digit = DIGITS[one] if digit == 0 else digit * 10 + DIGITS[one]
        elif one in _TENS:
            total += (digit or 1) * _TENS[one]
            digit = 0
        else:
            return None
    if digit and len(whole) > 2 and whole[-2] in "百千":  # 一百五 leaves the tens out
        digit *= _TENS[whole[-2]] // 10
    if not point:
        return float(total + digit)
    if not part or any(one not in DIGITS for one in part):
        return None
    return total + digit + float("0." + "".join(str(DIGITS[one]) for one in part))


def neighbours(text: str) -> tuple[float, float] | None:
    """Return the bounds of two numbers said in one breath: 七八, 十四五, 二三十; None where it is none."""
    found = _NEIGHBOURS.fullmatch(text)
    if found is None or DIGITS[found["two"]] <= DIGITS[found["one"]] or (found["ten"] and found["scale"]):
        return None
    tens = number_of(found["ten"]) if found["ten"] else 0.0
    scale = {"": 1.0, "万": 10_000.0, **_TENS}[found["scale"]]
    return (tens or 0.0) + DIGITS[found["one"]] * scale, (tens or 0.0) + DIGITS[found["two"]] * scale
