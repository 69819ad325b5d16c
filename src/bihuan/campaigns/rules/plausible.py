"""Days of a campaign that can be meant: what is beyond reason is refused, what is unlikely is asked about again."""

from datetime import date, timedelta
from typing import Final

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2099, 12, 31)
LONGEST: Final = timedelta(days=3 * 366)  # a three-year action (三年行动) is the longest that plans know
FAR: Final = timedelta(days=366)
SURE: Final = "写错了请改；确是这样的，勾选“日期没有写错”再提交。"
MOST_PERSONS: Final = 20_000  # at one lesson; no town has a hall for more
NAMES: Final = {"starts_on": "开始日期", "ends_on": "结束日期", "issued_on": "成文日期"}
Odd = tuple[str, str, str]  # code, field, sentence


def impossible(*, starts_on: date | None, ends_on: date | None, issued_on: date | None) -> Odd | None:
    """Tell which day cannot be meant at all, None where all may be."""
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on), ("issued_on", issued_on)):
        if day and not EARLIEST <= day <= LATEST:
            return "odd_year", field, f"{NAMES[field]}写成了 {day:%Y} 年，请核对年份。"
    if starts_on and ends_on and ends_on < starts_on:
        return "days_reversed", "ends_on", "结束日期早于开始日期，请核对。"
    if issued_on and ends_on and issued_on > ends_on:
        return "issued_after", "issued_on", f"成文日期 {issued_on:%Y-%m-%d} 晚于结束日期 {ends_on:%Y-%m-%d}，请核对。"
    return None


def unlikely(*, starts_on: date | None, ends_on: date | None, issued_on: date | None) -> Odd | None:
    """Tell which day may be a slip of the pen, None where none looks so."""
    if starts_on and ends_on and ends_on - starts_on > LONGEST:
        years = (ends_on - starts_on).days // 365
        return (
            "long_campaign",
            "ends_on",
            f"从 {starts_on:%Y-%m-%d} 到 {ends_on:%Y-%m-%d} 有 {years} 年，请核对。{SURE}",
        )
    if issued_on and starts_on and abs(issued_on - starts_on) > FAR:
        return "far_issue", "issued_on", f"成文日期 {issued_on:%Y-%m-%d} 和开始日期相差一年以上，请核对。{SURE}"
    return None


def far_due(due_on: date, *, starts_on: date | None, ends_on: date | None) -> str:
    """Tell why a deadline may be a slip of the pen: it lies more than a year beyond the campaign's days; or ""."""
    if ends_on and due_on - ends_on > FAR:
        return f"时限 {due_on:%Y-%m-%d} 比专项行动的结束日期 {ends_on:%Y-%m-%d} 晚一年以上，请核对。{SURE}"
    if starts_on and starts_on - due_on > FAR:
        return f"时限 {due_on:%Y-%m-%d} 比专项行动的开始日期 {starts_on:%Y-%m-%d} 早一年以上，请核对。{SURE}"
    return ""
