"""Days and periods as plans word them; a day that the text does not give is None."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bihuan.campaigns.rules.day_words import (
    BARE_MONTH,
    DAY,
    DOTTED,
    FESTIVAL,
    FORMS,
    LUNAR,
    MONTH,
    NOW,
    PLAIN,
    YEAR,
    YEAR_PLAIN,
)
from bihuan.campaigns.rules.numbering import value_of

_PATTERNS: Final = tuple(re.compile(form) for form in FORMS)
_SPAN: Final = re.compile(
    rf"(?:自|从|于)?\s*(?P<a>{BARE_MONTH}|{PLAIN}|{NOW}|{LUNAR})\s*(?:起|开始|启动|正式启动|实施|施行)?\s*,?\s*(?:至|到|"
    rf"-{{1,2}}|~|一(?=\s*\d)|,(?={PLAIN}(?:全面)?结束)|持续至|延续至)\s*(?P<b>{YEAR_PLAIN}?(?:{FESTIVAL}后的?)?{FESTIVAL}|{PLAIN}|"
    rf"\d{{1,2}}[日号]|[本当]月底|月底)(?:结束|止|截止|底)?"
)
_LASTING: Final = re.compile(
    rf"(?:(?:自|从|于)?\s*(?P<a>{PLAIN}|{NOW})\s*(?:起|开始|启动)?[^。;至到前]{{0,24}}?)?"
    r"(?P<t>(?:为期|历时|利用|用)\s*(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个?(?P<u>月|天|日|周|星期|年)(?:左右)?(?:的?时间)?)"
)
_TEN_DAYS: Final = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0)}  # 0: the month's last day
JUST_PASSED: Final = 2  # months, within which a month without a year may be this year's or the next
_NAMED_DAY: Final = re.compile(r"(?:(?P<y>(?:19|20)\d{2})年)?(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]")
LEAP_YEAR: Final = 2000  # stands for a year that is not told


@dataclass(frozen=True, slots=True)
class Anchor:
    """From which a date without a year is read: the plan's own date, or only its year, or nothing.

    floor: the plan's own year and month, where year and month are those of a stage: a month between is none of next
    year. last: the month in which a campaign ends, where only that is known; the year of a later month is not told.
    """

    year: int | None = None
    month: int | None = None
    floor: tuple[int, int] | None = None
    last: int | None = None
    until: int | None = None  # the months of year and month together in which a stage ends


@dataclass(frozen=True, slots=True)
class Span:
    """A period: two days where given, two wordings, and where it stands."""

    start_on: date | None
    end_on: date | None
    start_text: str
    end_text: str
    start: int
    end: int


def day_in(text: str, anchor: Anchor, *, last: bool) -> date | None:
    """Return the day that a wording names; last: the end of a month or year, when only that is named."""
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text.strip())
        if found:
            return _resolve({key: value for key, value in found.groupdict().items() if value}, anchor, last=last)
    return None


def full_day(text: str) -> date | None:
    """Return the day when a text is one day with its year and nothing else, in Arabic or Chinese figures."""
    found = re.fullmatch(rf"\(?\s*{YEAR}\s*{MONTH}\s*{DAY}\s*\)?", text.strip()) or re.fullmatch(DOTTED, text.strip())
    if not found or not ({"iso"} & set(found.groupdict()) or found.group("d")):
        return None
    return _resolve({key: value for key, value in found.groupdict().items() if value}, Anchor(), last=True)


def _resolve(parts: dict[str, str], anchor: Anchor, *, last: bool) -> date | None:
    if "iso" in parts:
        said = [int(one) for one in re.split(r"[-./]", parts["iso"])]
        return _day(said[0], said[1], said[2])
    month = _month(parts, anchor, last=last)
    year = _year(parts, month, anchor)
    if year is None or month is None:
        return None
    if "d" in parts or "d2" in parts:
        return _day(year, month, value_of((parts.get("d") or parts["d2"]).replace("廿", "二十")) or 0)
    if parts.get("p") == "初":
        return None
    if parts.get("p") in _TEN_DAYS:
        first, final = _TEN_DAYS[parts["p"]]
        return _day(year, month, (final or calendar.monthrange(year, month)[1]) if last else first)
    ends = last or parts.get("p") in {"底", "末"} or "ye" in parts
    return _day(year, month, calendar.monthrange(year, month)[1] if ends else 1)


def _month(parts: dict[str, str], anchor: Anchor, *, last: bool) -> int | None:
    if "m" in parts:
        value: int | None = anchor.month if parts["m"] == "本" else value_of(parts["m"])
        return value if value and 1 <= value <= 12 else None
    if "d2" in parts:
        return anchor.month
    if "q" in parts:
        return _quarter(parts["q"], last=last)
    return 12 if last or "bare" in parts or "ye" in parts else 1


def _quarter(text: str, *, last: bool) -> int:
    if "半年" in text:
        first, months = (1, 6) if "上" in text else (7, 6)
    else:
        number = value_of(text.strip("第").removesuffix("季度")) or 1
        first, months = number * 3 - 2, 3
    return first + months - 1 if last else first


def _year(parts: dict[str, str], month: int | None, anchor: Anchor) -> int | None:
    said = parts.get("y", "")
    if said.isdecimal():
        return int(said)
    if len(said) == 4:
        return int("".join(str("零一二三四五六七八九".index(one.replace("〇", "零"))) for one in said))
    if anchor.year is None:
        return None
    if said in {"明", "次", "翌", "去"}:
        return (anchor.year + (-1 if said == "去" else 1)) if anchor.month else None
    if anchor.last is not None and month is not None and not said:
        return anchor.year if month <= anchor.last else None
    if said or month is None or anchor.month is None or month >= anchor.month:
        return anchor.year
    far = anchor.until is not None and (anchor.year + 1) * 12 + month - anchor.until > JUST_PASSED
    if anchor.month - month > JUST_PASSED and not (far and anchor.floor and anchor.floor <= (anchor.year, month)):
        return anchor.year + 1
    return anchor.year if anchor.floor and anchor.floor <= (anchor.year, month) else None  # 3月底 said in April: which?


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def no_such_days(folded: str) -> list[tuple[int, int]]:
    """Return where a folded text names a day that no calendar has: 2018年2月30日, 13月5日; 2月29日 alone may be one."""
    return [one.span() for one in _NAMED_DAY.finditer(folded) if not _exists(one)]


def _exists(found: re.Match[str]) -> bool:
    year = int(found["y"]) if found["y"] else LEAP_YEAR
    return _day(year, int(found["m"]), int(found["d"])) is not None


def spans(folded: str, anchor: Anchor, issued: date | None = None) -> list[Span]:
    """Return every period in a folded text: 即日起至12月底, 2018年1月5日至20日."""
    return [_span(found, anchor, issued) for found in _SPAN.finditer(folded)]


def lasting(folded: str, anchor: Anchor, issued: date | None = None) -> Span | None:
    """Return a period of which the text tells the length: 自3月1日起，为期三个月; its start may be untold.

    Its end is a day only where no reading of the length can differ: days, or months from the first of a month.
    """
    found = _LASTING.search(folded)
    if found is None:
        return None
    first = (found["a"] or "").strip()
    begin = issued if re.fullmatch(NOW, first) else day_in(first, anchor, last=False) if first else None
    count = value_of(found["n"])
    start = found.start("a") if first else found.start("t")
    return Span(
        begin, _after(begin, count, found["u"]) if begin and count else None, first, found["t"], start, found.end()
    )


def _after(begin: date, count: int, unit: str) -> date | None:
    if unit in "天日":
        return begin + timedelta(days=count - 1)
    months = count * (12 if unit == "年" else 1)
    if unit in {"周", "星期"} or begin.day != 1:
        return None
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def _span(found: re.Match[str], anchor: Anchor, issued: date | None) -> Span:
    first, second = (re.sub(r"(?<=月)(\s*\d{1,2})$", r"\1日", found[end].strip()) for end in ("a", "b"))
    first = re.sub(r"^((?:.*年)?\s*\d{1,2})$", r"\1月", first) + ("年" if first.isdecimal() and len(first) > 2 else "")
    now = re.fullmatch(NOW, first) is not None
    begin = issued if now else day_in(first, anchor, last=False)
    near = Anchor(begin.year, begin.month) if begin else anchor
    finish = day_in(second, near, last=True)
    if begin is None and finish and not now:  # 从4月起至9月底, said in May: the last April before that September
        begin = _last_before(first, finish)
    if finish is None and second.endswith("月底") and second[0] in "本当月":
        finish = (
            _day(near.year, near.month, calendar.monthrange(near.year, near.month)[1])
            if near.year and near.month
            else None
        )
    return Span(begin, finish, first.strip(), second.strip(), found.start("a"), found.end("b"))


def _last_before(text: str, finish: date) -> date | None:
    """Return the last day that a wording without a year can mean before another day."""
    same = day_in(text, Anchor(finish.year), last=False)
    return same if same is None or same <= finish else day_in(text, Anchor(finish.year - 1), last=False)
