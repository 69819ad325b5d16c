"""Duties to report as they are kept of a plan: what, to whom, how often and by which days; and the days of each."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from bihuan.campaigns.rules.days import Anchor, day_in
from bihuan.campaigns.rules.deadlines import deadline
from bihuan.campaigns.rules.drafting import names_sub_plan
from bihuan.campaigns.rules.text import fold
from bihuan.kernel.calendar import ONE_DAY


class Often(StrEnum):
    """How often a duty to report falls due."""

    UNSAID = "unsaid"  # the text does not say; a person does, or it stays a sentence
    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    TWO_WEEKS = "two_weeks"  # the weeks counted from the first day on
    TEN_DAYS = "ten_days"
    HALF_MONTHLY = "half_monthly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"  # in its last month
    QUARTER_BEGINS = "quarter_begins"  # in its first month
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"  # on the month and day of due_on; an order without one at the end of the year
    AT_ONCE = "at_once"  # when something happens; nobody owes it on a day


OFTEN_NAMES: Final[dict[Often, str]] = {
    Often.UNSAID: "没有写明",
    Often.ONCE: "报一次",
    Often.DAILY: "每天",
    Often.WEEKLY: "每周",
    Often.TWO_WEEKS: "每两周",
    Often.TEN_DAYS: "每旬",
    Often.HALF_MONTHLY: "每半月",
    Often.MONTHLY: "每月",
    Often.QUARTERLY: "每季度末月",
    Often.QUARTER_BEGINS: "每季度首月",
    Often.HALF_YEARLY: "每半年",
    Often.YEARLY: "每年",
    Often.AT_ONCE: "发生时马上报",
}
BY_DAY: Final = frozenset({Often.MONTHLY, Often.QUARTERLY, Often.QUARTER_BEGINS})  # of the month
BY_WEEKDAY: Final = frozenset({Often.WEEKLY, Often.TWO_WEEKS})
PERIODIC: Final = BY_DAY | BY_WEEKDAY | {Often.TEN_DAYS, Often.HALF_MONTHLY, Often.HALF_YEARLY}
DATED: Final = frozenset({Often.ONCE, Often.YEARLY})
REGULAR: Final = PERIODIC | {Often.YEARLY}  # comes again until the campaign ends
LAST: Final = 0  # of a month or a quarter: its last day
WEEK: Final = "一二三四五六日"
MOST_DAYS: Final = 31
WEEK_DAYS: Final = 7
_AT_ONCE: Final = re.compile(r"分钟|小时|立即|第一时间|当[日天]|即时|随时|及时")
_WORDS: Final[tuple[tuple[Often, re.Pattern[str]], ...]] = (
    (Often.HALF_MONTHLY, re.compile(r"每半月|每半个月")),
    (Often.HALF_YEARLY, re.compile(r"每半年|半年报")),
    (Often.TWO_WEEKS, re.compile(r"每[两二2]个?(?:周|星期)|[每逢]?双周")),
    (Often.QUARTER_BEGINS, re.compile(r"每季度?(?:的)?(?:首月|第一个?月)")),
    (Often.QUARTERLY, re.compile(r"每季|季度?末|季报")),
    (Often.TEN_DAYS, re.compile(r"每旬|旬报")),
    (Often.WEEKLY, re.compile(r"每周|每星期|周报")),
    (Often.MONTHLY, re.compile(r"每月|月报")),
    (Often.DAILY, re.compile(r"每[日天]|日报|每个?工作日")),
)
_WEEKDAY: Final = re.compile(r"(?:周|星期)([一二三四五六日天])")
_MONTH_DAY: Final = re.compile(r"(\d{1,2})(?=[日号])")


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to report. parties: who owes it, () for those of its sentence. when: as the text says it.

    days: of the week (1 to 7) or of the month (1 to 31, LAST for its end), () where none was said. due_on: of what is
    reported once, or every year on that day. dropped: a person says that it is none. is_order: it is to be done every
    time, and what is reported is that it was.
    """

    what: str
    to: str
    when: str
    often: Often
    days: tuple[int, ...] = ()
    due_on: date | None = None
    parties: tuple[str, ...] = ()
    dropped: bool = False
    place: Mapping[str, int] | None = None
    is_order: bool = False

    @property
    def makes_tasks(self) -> bool:
        """Whether somebody owes it on a day; a sub-plan has its own place (R9.3), a daily report is a form, and what is
        to be done every day is told once a week."""
        if self.dropped or self.is_sub_plan:
            return False
        if self.is_order and self.often in {Often.DAILY, Often.YEARLY}:
            return True
        return self.often in PERIODIC or (self.often in DATED and self.due_on is not None)

    @property
    def is_regular(self) -> bool:
        """Whether it comes again with every period."""
        return self.makes_tasks and (self.often in REGULAR or self.is_daily)

    @property
    def is_daily(self) -> bool:
        """Whether it is to be done every day: one task a week, so that nobody drowns in rows."""
        return self.is_order and self.often is Often.DAILY

    @property
    def is_sub_plan(self) -> bool:
        """Whether it is a unit's own plan of the campaign."""
        return not self.is_order and names_sub_plan(f"报送{self.what}")

    @property
    def words(self) -> str:
        """How often and by when, as a page says it."""
        if self.often is Often.ONCE and self.due_on:
            return f"{self.due_on:%Y-%m-%d}前"
        if self.often is Often.YEARLY and self.due_on:
            return f"每年{self.due_on.month}月{self.due_on.day}日前"
        if self.is_daily:
            return "每天，按周报"
        if self.often is Often.YEARLY and self.is_order:
            return OFTEN_NAMES[self.often]
        if self.often in {Often.UNSAID, *DATED}:
            return self.when or OFTEN_NAMES[Often.UNSAID]
        return OFTEN_NAMES[self.often] + _day_words(self)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "what": self.what,
            "to": self.to,
            "when": self.when,
            "often": self.often.value,
            "days": list(self.days),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "parties": list(self.parties),
            "dropped": self.dropped,
            "place": dict(self.place) if self.place else None,
        } | ({"is_order": True} if self.is_order else {})


def _day_words(duty: Duty) -> str:
    if not duty.days:
        return ""
    if duty.often in BY_WEEKDAY:
        return "、".join(WEEK[one - 1] for one in duty.days) + "前"
    return "、".join("底" if one == LAST else f"{one}日" for one in duty.days) + "前"


def duties_of(kept: Iterable[Mapping[str, Any]], *, issued_on: date | None) -> list[Duty]:
    """Return the duties of a plan as they are kept; one that was only read is understood by its words."""
    anchor = Anchor(issued_on.year, issued_on.month) if issued_on else Anchor()
    return [duty for one in kept for duty in (_kept(one) if "often" in one else _read(one, anchor))]


def _kept(one: Mapping[str, Any]) -> list[Duty]:
    return [
        Duty(
            what=one["what"],
            to=one["to"],
            when=one["when"],
            often=Often(one["often"]),
            days=tuple(one["days"]),
            due_on=date.fromisoformat(one["due_on"]) if one["due_on"] else None,
            parties=tuple(one["parties"]),
            dropped=one["dropped"],
            place=one["place"],
            is_order=one.get("is_order", False),
        )
    ]


def _read(one: Mapping[str, Any], anchor: Anchor) -> Iterator[Duty]:
    """Yield a duty as read; one with several days (6月30日前和12月10日前) is one for each."""
    when = one["when"] or ""
    base = Duty(one["what"] or "", one["to"] or "", when, Often.UNSAID, place=one.get("place"))
    often, on_days = _how_often(fold(when))
    if often is not Often.UNSAID:
        yield replace(base, often=often, days=on_days)
        return
    days = _days(fold(when), anchor)
    for on in days:
        yield replace(base, often=Often.YEARLY if "每年" in when else Often.ONCE, due_on=on)
    if not days:
        yield replace(base, often=Often.ONCE if when else Often.UNSAID)


def often_in(when: str) -> Often:
    """Return how often a wording means, UNSAID where it does not say."""
    found = next((often for often, pattern in _WORDS if pattern.search(when)), None)
    return found or (Often.AT_ONCE if _AT_ONCE.search(when) else Often.UNSAID)


def _how_often(when: str) -> tuple[Often, tuple[int, ...]]:
    found = often_in(when)
    if found in BY_WEEKDAY:
        weekdays = _WEEKDAY.findall(when)
        return found, tuple(WEEK.index(one.replace("天", "日")) + 1 for one in weekdays)
    if found not in BY_DAY:
        return found, ()
    days = tuple(int(one) for one in _MONTH_DAY.findall(when) if 1 <= int(one) <= MOST_DAYS)
    return found, days or ((LAST,) if "底" in when or "末" in when else ())


def _days(when: str, anchor: Anchor) -> list[date]:
    told = [_day_of(part, anchor) for part in re.split(r"[、和及,]", when.replace("每年", ""))]
    return sorted({one for one in told if one})


def _day_of(text: str, anchor: Anchor) -> date | None:
    found = deadline(text, anchor)
    return found.on if found else day_in(text.strip(), anchor, last=True)


def due_days(duty: Duty, *, first: date, last: date) -> list[date]:
    """Return the days on which a duty falls due in a campaign, both ends included; one day of its own may lie after
    the end (a summary). Where the day in the week or month was not said it is the last one."""
    if not duty.makes_tasks:
        return []
    if duty.often is Often.ONCE:
        return [duty.due_on] if duty.due_on else []
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    found = [on for on in every if _falls_on(duty, on)]
    if duty.often is Often.TWO_WEEKS:
        begins = first - timedelta(days=first.weekday())
        found = [on for on in found if (on - begins).days // WEEK_DAYS % 2]
    return found


@dataclass(frozen=True, slots=True)
class Turn:
    """One time that a duty falls due: the first day on which it can be reported, and the last."""

    opens_on: date
    due_on: date


def turns_of(duty: Duty, *, first: date, last: date) -> list[Turn]:
    """Return the periods of a duty in a campaign: each begins when the one before it has fallen due, the first at
    `first`; what remains after the last day due is none."""
    days = due_days(duty, first=first, last=last)
    begins = [first, *(on + ONE_DAY for on in days)]
    return [Turn(*one) for one in zip(begins, days, strict=False)]


def turn_words(duty: Duty, turn: Turn) -> str:
    """Return what a title says of which time it is; "" of what is reported once, or on a day of the year."""
    last = f"{turn.due_on.month}月{turn.due_on.day}日"
    if duty.is_daily:
        return f"，{turn.opens_on.month}月{turn.opens_on.day}日至{last}每天"
    return f"，{last}这一次" if duty.often in PERIODIC or (duty.is_order and duty.often is Often.YEARLY) else ""


def begun(turns: Sequence[Turn], *, on: date) -> list[Turn]:
    """Return the periods that have begun by a day, and the first in any case: it is the next to come."""
    return [one for number, one in enumerate(turns) if number == 0 or one.opens_on <= on]


def _falls_on(duty: Duty, on: date) -> bool:
    end = monthrange(on.year, on.month)[1]
    if duty.often in BY_WEEKDAY or duty.is_daily:
        return on.isoweekday() in (duty.days or (len(WEEK),))
    if duty.often is Often.YEARLY:
        month, day = (duty.due_on.month, duty.due_on.day) if duty.due_on else (12, 31)
        return (on.month, on.day) == (month, day)
    if duty.often is Often.HALF_YEARLY:
        return (on.month, on.day) in {(6, 30), (12, 31)}
    fixed = {Often.TEN_DAYS: (10, 20, end), Often.HALF_MONTHLY: (15, end)}.get(duty.often)
    if fixed is not None:
        return on.day in fixed
    begins = {Often.QUARTERLY: 0, Often.QUARTER_BEGINS: 1}.get(duty.often)
    if begins is not None and on.month % 3 != begins:
        return False
    return on.day in {min(one or end, end) for one in duty.days or (LAST,)}


def lies_in(duty: Duty, paragraph: int, start: int, end: int) -> bool:
    """Tell whether a duty was read in this stretch of the text."""
    place = duty.place
    if not place:
        return False
    return place["paragraph"] == paragraph and place["start"] < end and place["end"] > start


def words_within(duty: Duty, text: str) -> int:
    """Return how many of a duty's own words, when and what, stand in a part of its sentence: 0, 1 or 2."""
    whole = _bare(text)
    return sum(bool(one) and _bare(one) in whole for one in (duty.when, duty.what))


def _bare(text: str) -> str:
    """Return a text without the signs and spaces that a reading leaves out or a person puts in."""
    return re.sub(r"[\s《》〈〉“”\"'（）()]", "", fold(text))


def owed_by(duty: Duty, parties: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return who owes a duty: whom a person named, else the parties of the parts of its sentence that say it."""
    return duty.parties or tuple(dict.fromkeys(name for names in parties for name in names))
