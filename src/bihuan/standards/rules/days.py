"""Days of which nobody knows yet what holds: a finding of such a day is not judged."""

from datetime import date, timedelta
from typing import Final

LISTS_KNOWN_TO: Final = date(2026, 11, 27)  # the packaged lists were looked up until then, whatever a clock says
TOLERANCE: Final = timedelta(days=1)  # for clocks that differ
TO_COME: Final = "发现日期 {} 还没有到，那天有效的标准还不知道，不能判定；请写实际发现的那一天。"


def is_to_come(day: date, *, today: date) -> bool:
    """Tell whether a day lies more than a day ahead of today, or of the day to which the packaged lists are known.

    The later of the two counts: a machine whose clock is behind must not refuse the findings of its own time.
    """
    return day - max(today, LISTS_KNOWN_TO) > TOLERANCE
