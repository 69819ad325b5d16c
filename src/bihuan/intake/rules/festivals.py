"""The holidays that deadlines are counted to, when a list says 春节前 or 节前 (R3.32)."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

Festivals = Callable[[str, int], date | None]
LANTERNS_AFTER_SPRING: Final = timedelta(days=14)  # 正月十五

# The name is searched in this order; 节前 alone is the next of them all.
_NAMES: Final[tuple[tuple[str, str], ...]] = (
    ("春节", r"春节|年前|过年|新春|除夕|年三十"),
    ("元宵", r"元宵|正月十五|正月15"),
    ("元旦", r"元旦"),
    ("清明", r"清明"),
    ("五一", r"五一|5一|劳动节|51节|五·一"),
    ("端午", r"端午"),
    ("中秋", r"中秋"),
    ("国庆", r"国庆|十一(?!月)|双节"),
)
_PATTERNS: Final = tuple((name, re.compile(pattern)) for name, pattern in _NAMES)
_ANY: Final = re.compile(r"节|假期|放假|节日")


def named_in(text: str) -> str:
    """Return the name of the holiday that a text speaks of, "节" for an unnamed one, or ""."""
    for name, pattern in _PATTERNS:
        if pattern.search(text):
            return name
    return "节" if _ANY.search(text) else ""


def next_festival(name: str, after: date, festivals: Festivals) -> date | None:
    """Return the first day of the next such holiday after a day; for "节" the nearest holiday of any name."""
    names = [one for one, _ in _PATTERNS if one != "元宵"] if name == "节" else [name]
    years = (after.year, after.year + 1)
    days = [day for one in names for year in years if (day := _festival(one, year, festivals)) is not None]
    return min((day for day in days if day > after), default=None)


def _festival(name: str, year: int, festivals: Festivals) -> date | None:
    if name != "元宵":
        return festivals(name, year)
    spring = festivals("春节", year)
    return spring + LANTERNS_AFTER_SPRING if spring else None
