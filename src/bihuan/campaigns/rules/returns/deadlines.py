"""A deadline that a superior sets for a form, read from words and said in words (R9.7)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from bihuan.campaigns.rules.returns.rhythm import (
    DUE_WORDS,
    LAST_OF_MONTH,
    PLATFORM,
    TEN_DAY_ENDS,
    Deadline,
    Rhythm,
)
from bihuan.kernel.calendar import SHANGHAI, end_of
from bihuan.kernel.errors import Refusal

EXAMPLES: Final = (
    "每天16:00、每天17:00报当天的、每周四16:00、每月25日、次月5日、逢5日、每月5日15日25日17:00、"
    "每季度首月10日、2018年4月30日18:00"
)
WEEKDAYS: Final = "一二三四五六日"
EARLY: Final = 10  # up to this day of the month a monthly return is taken to speak of the month before
OF_THE_DAY: Final = re.compile("当[日天]|本日|今[日天]")  # a daily return that speaks of the day on which it is owed
_AT: Final = re.compile(r"(上午|下午|晚上?|中午)?(\d{1,2})(?:[:：](\d{2})|[时点](?:(\d{1,2})分|(半))?)(?:整)?")
_WEEK: Final = re.compile("(?:每)?(?:周|星期|礼拜)([一二三四五六日天末])(?!次)")
_ONCE: Final = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]")
_DAYS: Final = re.compile(r"(\d{1,2})(?=[日号、,，和及逢]|$)|(月底|月末|末日|最后一[天日])")
_MONTH_OF_QUARTER: Final = {"首": 1, "第一": 1, "中": 2, "第二": 2, "末": 3, "第三": 3}
_QUARTER: Final = re.compile("(首|末|中|第[一二三])(?:个)?月")


@dataclass(frozen=True, slots=True)
class ReadDeadline:
    """What words say: how often, and by which day and hour. once: the one instant of what is owed once only."""

    rhythm: Rhythm
    deadline: Deadline = PLATFORM
    once: datetime | None = None


def deadline_read(text: str, *, today: date) -> ReadDeadline | None:
    """Return the deadline that words set, None where they set none that can be told. today: gives a day its year."""
    said = unicodedata.normalize("NFKC", re.sub(r"\s", "", text))
    if not said:
        return None
    at, rest = _hour(said)
    week = _WEEK.search(rest)
    if week is not None:
        return ReadDeadline(Rhythm.WEEKLY, Deadline(weekday=WEEKDAYS.index(_weekday(week[1])), at=at))
    if re.search("每季|季度|季后|次季", rest):
        return _quarterly(rest, at)
    if re.search("每旬", rest):
        days = (*TEN_DAY_ENDS, LAST_OF_MONTH)  # before the hour of its last day a 旬 is not over
        return ReadDeadline(Rhythm.TEN_DAYS, Deadline(days=days, at=at, whole=at is None))
    if re.search("每月|次月|下月|逢|每个月", rest):
        return _monthly(rest, at)
    if re.search("每[天日]|日报", rest):
        return ReadDeadline(Rhythm.DAILY, Deadline(at=at, whole=bool(OF_THE_DAY.search(rest))))
    return _once(rest, at, today)


def _weekday(word: str) -> str:
    return "日" if word in "天末" else word


def _hour(said: str) -> tuple[time | None, str]:
    """Return the hour and what is left; None is the end of the day, as is 24:00 or what is no hour."""
    found = _AT.search(said)
    if found is None:
        return (time(17, 30) if "下班" in said else None), said
    half, hour, minute, minutes, by_half = found.groups()
    number = int(hour) + (12 if half in {"下午", "晚", "晚上"} and int(hour) < 12 else 0)
    rest = said[: found.start()] + said[found.end() :]
    past = 30 if by_half else int(minute or minutes or 0)
    return (time(number, past) if number < 24 and past < 60 else None), rest


def _days(said: str) -> tuple[int, ...]:
    found = [LAST_OF_MONTH if last else int(day) for day, last in _DAYS.findall(said)]
    return tuple(sorted({one for one in found if 1 <= one <= LAST_OF_MONTH}))


def _monthly(said: str, at: time | None) -> ReadDeadline | None:
    days = _days(said)
    if not days:
        return None
    if "逢" in said and max(days) <= EARLY:  # 逢5日: the 5th, the 15th and the 25th
        days = tuple(sorted({min(one + ten, LAST_OF_MONTH) for one in days for ten in (0, 10, 20)}))
    if len(days) > 1 or "逢" in said:
        return ReadDeadline(Rhythm.TEN_DAYS, Deadline(days=days, at=at))
    whole = bool(re.search("次月|下月|上月|上个月", said)) or days[0] <= EARLY
    return ReadDeadline(Rhythm.MONTHLY, Deadline(days=days, at=at, whole=whole))


def _quarterly(said: str, at: time | None) -> ReadDeadline | None:
    month = _QUARTER.search(said)
    days = _days(said)
    if len(days) != 1:
        return None
    number = _MONTH_OF_QUARTER[month[1]] if month is not None else 1
    return ReadDeadline(Rhythm.QUARTERLY, Deadline(days=days, at=at, month=number, whole=number == 1))


def _once(said: str, at: time | None, today: date) -> ReadDeadline | None:
    found = _ONCE.search(said)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        on = date(int(year or today.year), int(month), int(day))
        if not year and on < today:
            on = on.replace(year=today.year + 1)
    except ValueError:
        return None
    due = end_of(on) if at is None else datetime.combine(on, at, tzinfo=SHANGHAI)
    return ReadDeadline(Rhythm.SPECIAL, once=due)


def must_be_read(text: str, *, today: date) -> ReadDeadline:
    """Return the deadline that words set. Raises Refusal with examples."""
    found = deadline_read(text, today=today)
    if found is None:
        say = f"“{text.strip()[:40]}”看不出报送时间。请照这样写：{EXAMPLES}。"
        raise Refusal("returns.no_deadline", say, field="due")
    return found


def rule_words(rhythm: Rhythm, deadline: Deadline) -> str:
    """Return when a form is owed and of which days, as people say it."""
    if deadline == PLATFORM or (rhythm is Rhythm.TEN_DAYS and deadline.whole):
        return DUE_WORDS[rhythm]
    at = f"{deadline.at:%H:%M}" if deadline.at is not None else "24:00"
    if rhythm is Rhythm.DAILY:
        return f"每天 {at} 前报{'当天' if deadline.whole else '前一天'}的"
    if rhythm is Rhythm.WEEKLY and deadline.weekday is not None:
        day, before = WEEKDAYS[deadline.weekday], WEEKDAYS[deadline.weekday - 1]
        return f"每周{day} {at} 前报到周{before}的"
    days = "、".join("末日" if one == LAST_OF_MONTH else f"{one} 日" for one in deadline.days)
    if rhythm is Rhythm.QUARTERLY:
        of = "报上一季度的" if deadline.whole else "报到前一天的"
        return f"每季度第{'一二三'[deadline.month - 1]}个月 {days} {at} 前{of}"
    return f"每月 {days} {at} 前{'报上个月的' if deadline.whole else '报到前一天的'}"


def deadline_kept(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as plain values, {} for that of the platform."""
    kept = {
        "weekday": deadline.weekday,
        "days": list(deadline.days),
        "at": deadline.at.isoformat("minutes") if deadline.at is not None else "",
        "month": deadline.month,
        "whole": deadline.whole,
    }
    return kept if deadline != PLATFORM else {}


def deadline_of(kept: Mapping[str, Any]) -> Deadline:
    """Return the deadline that was written down."""
    if not kept:
        return PLATFORM
    at = kept.get("at", "")
    return Deadline(
        weekday=kept.get("weekday"),
        days=tuple(kept.get("days", ())),
        at=time.fromisoformat(at) if at else None,
        month=kept.get("month", 1),
        whole=kept.get("whole", False),
    )
