"""Ends of validity that a text tells by a date, held against the day of the finding.

有效期到2026年9月30日 found in October says 过期了, 2026年12月到期 says 在有效期内. The words are put before the date,
which stays in brackets, so that whatever reads certificates and checks need know no calendar.
"""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

OVER: Final = "过期了"
RUNNING: Final = "在有效期内"
FAR: Final = 9  # months from the finding beyond which a month without a year is that of the year before or after
_CENTURY: Final = 2000
_YEAR: Final = r"(?P<year{0}>(?<!\d)\d{{4}}|(?<!\d)\d{{2}}(?=年)|今年|本年|当年|去年|前年|明年|后年)"
_MONTH: Final = r"(?P<month{0}>1[0-2]|0?[1-9])"
_DAY: Final = r"(?P<day{0}>3[01]|[12]\d|0?[1-9])"
_SOON: Final = "下个?月|下个?季度|下周|下个?星期|本?月底|这个月底|本?年底|明年底?|后年|明天|后天"
_PAST: Final = "上个?月底?|上个?季度|上周|上个?星期|去年底?|前年|昨天|前天|前几天"


def _day_told(key: str) -> str:
    """Return the expression for a day, its groups named with a key: 2026年9月30日, 2027.5.1, 9月30号, 上个月."""
    year, month, day = (one.format(key) for one in (_YEAR, _MONTH, _DAY))
    return (
        rf"(?P<{key}>{year}(?:(?:[年./-]|(?<=年)){month}(?:[月./-]{day}[日号]?|月(?:份|底)?|(?![\d./-]))|年(?![\d内]))"
        rf"|(?<![\d./-]){month.replace('month', 'only_month')}月(?:{day.replace('day', 'only_day')}[日号]|份|底)?(?!\d)"
        rf"|(?P<soon{key}>{_SOON})|(?P<past{key}>{_PAST}))"
    )


_ENDS: Final = re.compile(
    r"(?:(?P<what>下次(?:检验|校验|检测|标定))(?:日期|时间)?|(?:有效(?:期限?|日期)?|使用期限?|效期|(?<![改同])期限)"
    r"(?:只|仅|是|为|写的?是?|上写)?(?:截[至止]到?|[至到]|止于|:)|到期(?:日期?|时间)|截止(?:日期?|时间))"
    rf"(?:是|为|[:到至在])?{_day_told('_to')}(?:为?止|就?[到过]期了?)?"
    rf"|{_day_told('_by')}(?:就|才|将|要|就要)?(?:[到过]期|届满)(?!了|的|日|前|检)"
)
_MARKS: Final = ("期", "止", "届满", "下次", "有效")


def as_of(plain: str, on: date) -> str:
    """Return a cleaned text with what its dated ends mean on a day."""
    if not any(one in plain for one in _MARKS):
        return plain
    return _ENDS.sub(lambda found: _said(found, on), plain)


def _said(found: re.Match[str], on: date) -> str:
    key = "_to" if found["_to"] else "_by"
    over = _is_over(found, key, on)
    if over is None:
        return found.group()
    what = (found["what"] or "").removeprefix("下次")
    return f"{what}{OVER if over else RUNNING}({found[key]})"


def _is_over(found: re.Match[str], key: str, on: date) -> bool | None:
    """Tell whether the last day has passed; None where there is no such day."""
    if found[f"soon{key}"] or found[f"past{key}"]:
        return bool(found[f"past{key}"])
    only = found[f"only_month{key}"]
    month = int(only or found[f"month{key}"] or 12)
    year = _year(found[f"year{key}"], on) if not only else _nearest_year(month, on)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    last = monthrange(year, month)[1]
    day = int(found[f"only_day{key}"] or found[f"day{key}"] or last)
    return date(year, month, day) < on if day <= last else None


def _year(said: str, on: date) -> int:
    around = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}
    if said in around:
        return on.year + around[said]
    return int(said) + (_CENTURY if len(said) == 2 else 0)


def _nearest_year(month: int, on: date) -> int:
    """Return the year of a month without one: that of the finding, but for what would be far from it."""
    away = month - on.month
    return on.year + (-1 if away > FAR else 1 if away < -FAR else 0)
