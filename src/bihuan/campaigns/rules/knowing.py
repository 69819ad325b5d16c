"""When what a paper says of past days was known (ADR 28): a return when it was made, a bulletin by that day."""

from typing import Final

# A return knows what was known when it was made, not only when its days were over; a bulletin is as of its last day.
AS_KNOWN: Final = (
    "按发现日期计的数（发现隐患等）{when}：{last}以后才补登、更正的也算在内；"
    "同样几天的动态、总结按当日所知，两边的数可能不同。"
)
AS_KNOWN_THEN: Final = (
    "按发现日期计的数（发现隐患等）按{last}当日所知：以后才补登、更正的不算在内；"
    "同样几天的报表按报送时所知，两边的数可能不同。"
)
UNSENT, SENT = "按今天所知", "按报送时所知"


def known_when(*, is_sent: bool) -> str:
    """Return of what time a return knows."""
    return SENT if is_sent else UNSENT


def as_known(last: str, *, is_sent: bool) -> str:
    """Return when what a return counts by the day of finding was known. last: its last day in words."""
    return AS_KNOWN.format(when=known_when(is_sent=is_sent), last=last)


def as_known_then(last: str) -> str:
    """Return when what a bulletin counts by the day of finding was known. last: its last day in words."""
    return AS_KNOWN_THEN.format(last=last)
