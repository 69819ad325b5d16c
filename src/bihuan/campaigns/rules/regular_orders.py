"""Orders that say how often (每周至少开展一次夜查): what comes again with every period, as a report does (R9.4)."""

import re
from collections.abc import Iterator
from typing import Final

from bihuan.campaigns.rules.reported import MOST_DAYS, PERIODIC, WEEK, Duty, Often, often_in
from bihuan.campaigns.rules.reporting import asks_for_report
from bihuan.campaigns.rules.text import fold

_WEEKDAY: Final = re.compile(r"(?:每个?|逢)(?:周|星期)([一二三四五六日天])(?![次个家处项])")
_MONTH_DAY: Final = re.compile(r"每个?月(\d{1,2})[日号]")


def duties_of_order(what: str, frequency: str, text: str) -> Iterator[Duty]:
    """Yield the duties that come again in an order. frequency: as it was read, several with 、 between; what comes on
    no period of its own (每日, 每两周, 定期) is none, nor is what asks for a report: the duties to report are kept with
    the plan, and a person may have dropped this one. text: the order, which may name the day."""
    if asks_for_report(fold(text)):
        return
    for said in frequency.split("、"):
        often = often_in(fold(said))
        if often in PERIODIC:
            yield Duty(what, "", said, often, days=_days(often, fold(text)), is_order=True)


def _days(often: Often, text: str) -> tuple[int, ...]:
    if often is Often.WEEKLY:
        return tuple(sorted({WEEK.index(one.replace("天", "日")) + 1 for one in _WEEKDAY.findall(text)}))
    if often is Often.MONTHLY:
        return tuple(sorted({int(one) for one in _MONTH_DAY.findall(text) if 1 <= int(one) <= MOST_DAYS}))
    return ()
