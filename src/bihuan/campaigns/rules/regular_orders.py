"""Orders that say how often (每周至少开展一次夜查): what comes again with every period, as a report does (R9.4).

每日, 每班 and 24小时 come as one task a week, in whose days it is to be done every day; 每两周 with every second
week from the first; 每半年 and 每年 with their last day. 定期, 不定期 and what else has no length come with none: a
person is asked.
"""

import re
from collections.abc import Iterator
from typing import Final

from bihuan.campaigns.rules.reported import BY_WEEKDAY, MOST_DAYS, PERIODIC, WEEK, Duty, Often, often_in
from bihuan.campaigns.rules.reporting import asks_for_report
from bihuan.campaigns.rules.text import fold

_WEEKDAY: Final = re.compile(r"(?:每个?|逢)(?:周|星期)([一二三四五六日天])(?![次个家处项])")
_EVERY_DAY: Final = re.compile(r"每个?(?:工作)?[日天]|逐日|每班|每小时|24小时")
_EVERY_YEAR: Final = re.compile(r"每年")
_MONTH_DAY: Final = re.compile(r"每个?月(\d{1,2})[日号]")


def duties_of_order(what: str, frequency: str, text: str) -> Iterator[Duty]:
    """Yield the duties that come again in an order. frequency: as it was read, several with 、 between; what has no
    length (定期) is none, nor is what asks for a report: the duties to report are kept with the plan, and a person may
    have dropped this one. text: the order, which may name the day."""
    if asks_for_report(fold(text)):
        return
    for said in frequency.split("、"):
        often = _often_in(said)
        if often is not None:
            yield Duty(what, "", said, often, days=_days(often, fold(text)), is_order=True)


def without_period(frequency: str) -> str:
    """Return what an order says of how often where no period follows from any of it (定期, 不定期); "" where one does,
    or it says nothing."""
    said = [one for one in frequency.split("、") if one]
    return "、".join(said) if said and not any(map(_often_in, said)) else ""


def _often_in(said: str) -> Often | None:
    folded = fold(said)
    if _EVERY_DAY.search(folded):
        return Often.DAILY
    if _EVERY_YEAR.search(folded):
        return Often.YEARLY
    often = often_in(folded)
    return often if often in PERIODIC else None


def _days(often: Often, text: str) -> tuple[int, ...]:
    if often in BY_WEEKDAY:
        return tuple(sorted({WEEK.index(one.replace("天", "日")) + 1 for one in _WEEKDAY.findall(text)}))
    if often is Often.MONTHLY:
        return tuple(sorted({int(one) for one in _MONTH_DAY.findall(text) if 1 <= int(one) <= MOST_DAYS}))
    return ()
