"""What a return is to begin with that a plan asks for: its deadline in words, from a duty to report (R9.7)."""

import re
from typing import Final

from bihuan.campaigns.rules.reported import BY_DAY, LAST, WEEK, Duty, Often
from bihuan.campaigns.rules.returns.deadlines import OF_THE_DAY

_HOUR: Final = re.compile(r"(?:上午|下午|晚上|中午)?\d{1,2}(?:[:：]\d{2}|[时点](?:\d{1,2}分|半)?)|下班")
_OF: Final[dict[Often, str]] = {
    Often.MONTHLY: "每月",
    Often.QUARTERLY: "每季度末月",
    Often.QUARTER_BEGINS: "每季度首月",
}


def can_be_return(duty: Duty) -> bool:
    """Tell whether a duty falls due by days, so that a return can be owed for it; a sub-plan has its own place."""
    if duty.dropped or duty.is_sub_plan:
        return False
    return duty.makes_tasks or duty.often is Often.DAILY


def due_of(duty: Duty) -> str:
    """Return the deadline of a duty in the words in which a form's deadline is written: "每周五12:00", "每月25日".

    The hour stands where the text says one. "" where no day follows from the text.
    """
    day = _day_of(duty)
    hour = _HOUR.search(duty.when)
    of = "报当天的" if duty.often is Often.DAILY and OF_THE_DAY.search(duty.what + duty.when) else ""
    return (day + hour[0] if day and hour is not None else day) + of


def _day_of(duty: Duty) -> str:
    if duty.often is Often.DAILY:
        return "每天"
    if duty.often is Often.WEEKLY:
        return f"每周{WEEK[max(duty.days) - 1] if duty.days else '日'}"
    if duty.often is Often.TEN_DAYS:
        return "每旬"
    if duty.often is Often.HALF_MONTHLY:
        return "每月15日、月底"
    if duty.often in BY_DAY:
        days = "、".join("月底" if one == LAST else f"{one}日" for one in duty.days or (LAST,))
        return _OF[duty.often] + days
    return f"{duty.due_on.year}年{duty.due_on.month}月{duty.due_on.day}日" if duty.due_on else ""
