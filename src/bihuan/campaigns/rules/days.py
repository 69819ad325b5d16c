"""Dates, deadlines, ranges and frequencies as plans word them; a date that the text does not give is None."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Final

from bihuan.campaigns.rules.numbering import value_of
from bihuan.campaigns.rules.words import VERBS

_HAN: Final = "一二三四五六七八九十廿"
_YEAR: Final = r"(?:(?P<y>\d{4}|[一二三四五六七八九〇零]{4}|今|本|当|明|次|翌|去|同)\s*年度?)"
_MONTH: Final = rf"(?P<m>\d{{1,2}}|[{_HAN}]{{1,3}}|本)\s*月份?"
_DAY: Final = rf"(?:(?P<d>\d{{1,2}}|[{_HAN}]{{1,3}})\s*(?:[日号]|(?=\s*(?:至|到|-|~)))|(?P<p>底|末|初|上旬|中旬|下旬))"
_DOTTED: Final = r"(?P<iso>\d{4}[-./]\d{1,2}[-./]\d{1,2})"
_QUARTER: Final = rf"(?:{_YEAR}?(?P<q>第?[一二三四1-4]季度|上半年|下半年)(?:底|末)?)"
_NOT_A_FEAST: Final = (
    r"(?!\s*(?:春节|元旦|国庆|中秋|端午|清明|“?五一|“?十一|两会|汛|除夕|元宵))"  # 2025年春节 has no day
)
_YEAR_END: Final = (
    rf"(?:{_YEAR}(?:年?(?P<ye>底|末|内))?{_NOT_A_FEAST}|"
    rf"(?P<bare>(?<![\d半{_HAN}两])(?:年底|年末|年内(?!(?:开展|组织|举行|召开)的))))"
)
_ACTS: Final = "|".join(one for one in VERBS if len(one) > 1)
_FORMS: Final = (_DOTTED, rf"{_YEAR}?\s*{_MONTH}\s*{_DAY}?", _QUARTER, _YEAR_END, r"(?P<d2>\d{1,2})[日号]")
_PATTERNS: Final = tuple(re.compile(form) for form in _FORMS)
# The same, without groups, to stand inside other patterns.
_PLAIN: Final = "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", form) for form in _FORMS[:-1]) + ")"
_QUARTER_PLAIN: Final = re.sub(r"\?P<\w+>", "?:", _QUARTER)
_BARE_MONTH: Final = (  # 4—6月, 2024—2026年
    r"(?:(?:(?:\d{4}|[今本明次])\s*年\s*)?(?<!\d)\d{1,2}(?=\s*(?:至|到|-|~)\s*\d{1,2}\s*月)|"
    r"(?<!\d)20\d{2}(?=\s*(?:至|到|-|~)\s*20\d{2}\s*年))"
)
_YEAR_PLAIN: Final = r"(?:(?:\d{4}|[今本明次])年)"
_HOURS: Final = (
    r"(?:\s*\((?:(?:星期|周|礼拜)[一二三四五六日天]|(?:农历|腊月|正月|除夕|大年)[^()]{0,8})\))?"
    r"(?:\s*\(?(?:早上?|上午|下午|中午|晚上?)?(?:\d{1,2}[::时点](?:\d{2})?|[一二两三四五六七八九十]{1,3}[时点]半?)分?\)?|(?:上午|下午)?下班)?"
)
NOW: Final = (
    r"(?:即日|即刻|现在|当日|本日|(?:本[一-龥]{2,4}|文件)?(?:发文|印发|下发|发布|公布|通知|发出|成文|实施|施行)之日|今日)"
    r"(?:起|开始)?"
)
_FESTIVAL: Final = (
    r"(?:(?:春节|元旦|中秋|国庆|“五一”)、)?(?:春节|元旦|元宵节?|清明节?|五一|“五一”|劳动节|端午节?|中秋节?|国庆节?|“?十一”?|重阳节?|"
    r"农历(?:正月|腊月|[一二三四五六七八九十冬]{1,2}月)[初十廿一二三四五六七八九]*|农历[^,。;、]{2,8}?|正月(?:初|十|廿|二十)[一二三四五六七八九十]*|"
    r"腊月[一二三四五六七八九十廿]+|除夕|(?:全国)?“?两会”?|主?汛期?|雨季|冬季|入冬|入汛|(?:春季|秋季|新学期)?开学|"
    r"节假日|“?[双两]节”?|(?:(?<![一-龥])节|(?<=[在于人位门局办委所站镇乡村区企校队府])节|放假|秋收|春耕|[上封]冻|收割季节|采暖季)(?=之?前|以前)|[供采取]暖期|暑期|暑假|寒假|中?高考|中考|“?十[三四五六]五”?末)"
)
_FEAST: Final = r"(?:“?(?:五一|十一)”?|春节|元旦|国庆节?|中秋节?|端午节?|清明节?|元宵节?|除夕|劳动节|[双两]节|节假?日?)"
# Days that stand in relation to another: 次月5日, 当日17时, 周五下班, 月底.
_OF_ANOTHER: Final = (
    r"(?:(?:当月|次月|下个?月|当周|下周|[次当翌]日|当[天晚]|第二天|(?<!每)周(?=[一二三四五六日末])|当季|次季)"
    r"[\d一二三四五六日天号底末初上下午中晚点时分::班]{0,9}|(?<![\d一二三四五六七八九十本])(?:月[底末]|季度?末))"
)
# Ends when something takes place: 十九大召开前. Before 复工 is a condition.
_EVENT: Final = r"[^,。;:、在于]{2,16}?(?:召开|[开闭]幕|来临|到来)"
_OFTEN: Final = r"每(?:年度?|月度?|周|星期|季度?|旬|日|天|半年|半月|个?工作日|双月|学期)"
_LUNAR: Final = r"(?:农历)?(?:正月|腊月)(?:初|十|廿|二十)?[一二三四五六七八九十]+"
_SPAN: Final = re.compile(
    rf"(?:自|从|于)?\s*(?P<a>{_BARE_MONTH}|{_PLAIN}|{NOW}|{_LUNAR})\s*(?:起|开始|启动|正式启动|实施|施行)?\s*,?\s*(?:至|到|"
    rf"-{{1,2}}|~|一(?=\s*\d)|,(?={_PLAIN}(?:全面)?结束)|持续至|延续至)\s*(?P<b>{_YEAR_PLAIN}?(?:{_FESTIVAL}后的?)?{_FESTIVAL}|{_PLAIN}|"
    rf"\d{{1,2}}[日号]|[本当]月底|月底)(?:结束|止|截止|底)?"
)
_LASTING: Final = re.compile(
    rf"(?:(?:自|从|于)?\s*(?P<a>{_PLAIN}|{NOW})\s*(?:起|开始|启动)?[^。;至到前]{{0,24}}?)?"
    r"(?P<t>(?:为期|历时|利用|用)\s*(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个?(?P<u>月|天|日|周|星期|年)(?:左右)?(?:的?时间)?)"
)
_COUNT: Final = r"(?:(?<!\d)\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_RELATIVE: Final = rf"{_COUNT}\s*(?:个)?(?:工作日|日|天|小时|周|星期|月|个月|年|学期)(?:之|以)?内"


def _needs(pattern: str) -> str:
    """Return characters of which a text must hold one for a pattern to be found in it; "" where it may be any text."""
    if pattern.endswith(("(?:之?前|以前))", "(?:之?前|以前|前)")) or r"(?:之?前|以前)(?:" in pattern:
        return "前"
    return "底末" if "(?<=[底末])" in pattern else "至到-~" if pattern.startswith("(?P<t>(?:自|从") else ""


_DEADLINES: Final = tuple(
    (_needs(pattern), re.compile(pattern))
    for pattern in (
        rf"(?P<t>{_PLAIN}(?:、{_PLAIN})+)(?=[^,。;前]{{0,4}}(?:分别|各)[^,。;]{{0,4}}(?:开展|组织|进行|召开|检查|一次))",
        (
            rf"(?:于|在|到|至)?\s*(?P<t>{_OFTEN}[于在]?[\d一二三四五六七八九十日天号底末初首月季度第后最个的工作周星期、和及]{{0,14}}?"
            rf"{_HOURS}(?:之?前|以前))"
        ),
        rf"(?P<t>(?P<e>{_PLAIN})(?:之?前)?(?:[、和及](?:{_PLAIN}|\d{{1,2}}[日号]))+{_HOURS}(?:之?前|以前))",
        (
            r"(?P<t>每(?:(?:周|月|季度?|旬)(?:度)?(?:[一二三四五六日天]|\d{1,2}[日号]|底|末|最后[一1]个?(?:周|工作日|天))"
            r"(?:[、和及](?:周?[一二三四五六日天]|\d{1,2}[日号]))*|(?:日|天|个?工作日)(?=[^,。;]{0,2}\d{1,2}[时点:]))(?:上午|下午|晚上?)?"
            r"(?:\d{1,2}[时点:]\d{0,2}分?)?)"
            r"(?!调度|通报|研判|会商|例会|排名)(?=[^,。;]{0,16}(?:(?<!通)报|送|提交|反馈))"
        ),
        rf"(?P<t>(?P<e>{_PLAIN}){_HOURS}\s*(?:之前|以前|前(?!后|[几一两二三四五六七八九十\d]{{1,2}}个?(?:月|季度|周|天|年))|止|截止))",
        rf"(?:延期|延长|延续|推迟)(?:至|到)\s*(?P<t>(?P<e>{_PLAIN}))",
        rf"(?:截至|截止(?:到|时间|日期)?(?:为|是|:)?|最迟于?|不[迟晚]于|不得[迟晚]于|最晚)\s*(?P<t>(?P<e>{_PLAIN}))",
        rf"(?P<t>(?:每年)?{_FESTIVAL}(?:假期|来临|到来|假期结束|结束)?(?:之?前|以前)(?:{_COUNT}个?(?:工作日|周|星期|天|日|月|个月)(?:之?内)?)?)(?![期夕后]|时期|[能可]|不能|无法|难以|检查|排查|准备)",
        (  # 于6月30日和12月20日分别将甲报送乙
            rf"(?:于|在)\s*(?P<t>(?P<e>{_PLAIN})(?:[、和及](?:{_PLAIN}|\d{{1,2}}[日号]))*)"
            r"(?=[^,。;前]{0,4}(?:分别|各)?[将把向][^,。;前]{0,40}(?:(?<!通)报|送|提交))"
        ),
        rf"(?:^|(?<=[,;。]))\s*(?P<t>(?P<e>(?:今|本)?年内))(?=(?:{_ACTS}|至少|全面|力争))",
        rf"(?:^|(?<=[,;。]))\s*(?P<t>(?P<e>{_QUARTER_PLAIN}))(?=[^,。;前]{{2,24}}(?:达到|实现|完成|全部|建成|覆盖))",
        r"(?:利用|借助|在)(?P<t>(?P<e>\d{1,2}月份?))(?=“?安全生产月)",
        rf"(?P<t>{_FEAST}前夕)",
        rf"\((?P<t>(?P<e>{_PLAIN}))\)(?=:)",  # 第三阶段（7月）：县安委办总结
        rf"(?P<t>{_FESTIVAL}(?:至|到|-)(?:{_FESTIVAL}|(?P<e>{_PLAIN}|\d{{1,2}}[日号])))",
        r"(?P<t>(?:每[周旬月])?逢\d{1,2}[日号]?(?:[、和及]\d{1,2}[日号])*)(?=[^,。;]{0,10}(?:(?<!通)报|送|提交))",
        rf"(?P<t>{_OF_ANOTHER}(?:之?前|以前))",
        rf"(?:(?<=[在于至])|(?:^|(?<=[,。;:、]))(?![在于]))(?P<t>{_EVENT}(?:之?前|以前))",
        r"(?:到|至|于)(?P<t>“?十[三四五六]五”?期?末)",
        rf"(?P<t>(?:开工|施工|作业|动火|复工|复产|停产|开业|开学|活动|会议|节|开园|试生产|投产)前{_COUNT}个?(?:工作)?[日天])(?!内)",
        (
            rf"(?P<t>(?:{_FESTIVAL}(?:过|之)?后|(?:自|从)?(?:收到|接到)[^,。;将把]{{0,12}}?(?:之日起|之日|后|起)(?:的)?|自[^,。;]{{0,12}}之日起)?{_RELATIVE})"
            r"(?!(?:连续|累计|再次|多次|两次|三次|出现|发生))"
        ),
        rf"(?:时限|期限|时间)(?:要求)?(?:为|是)\s*(?P<t>(?P<e>{_PLAIN}))(?!\s*(?:至|到|-|~|起))",
        rf"(?:限期|[期时]限(?:[^,。;]{{0,16}}?|最长)?(?:不超过|不得超过|为))\s*(?P<t>{_COUNT}\s*个?(?:工作日|日|天|周|月(?![\d底末初上中下份])))",
        rf"(?:不得?超过|不得?[晚迟]于)\s*(?P<t>(?P<e>{_PLAIN}))",
        rf"(?<!每年)(?<!每)(?P<t>{_PLAIN}、(?P<e>{_PLAIN}))(?=[^,。;、]{{0,6}}(?:组织|开展|召开|进行|完成|报))",
        rf"(?P<t>(?:自|从|于)?(?:{_BARE_MONTH}|{_PLAIN}|{NOW})\s*(?:起|开始)?\s*(?:至|到|-{{1,2}}|~)\s*(?P<e>{_PLAIN}|\d{{1,2}}[日号]))",
        rf"(?P<t>(?:自|从)?(?:{_PLAIN}|{NOW})\s*(?:至|到)\s*{_FESTIVAL}(?:结束|前)?)",
        (
            rf"(?:于|在|到|至)\s*(?P<t>(?P<e>{_PLAIN}))(?=[,、]?[^,。;]{{0,8}}(?:完成|全面|全部|实现|"
            rf"建成|结束|启动|开展|召开|基本|组织|组成|组建|派出|形成|报|达到|(?<!时)间))"
        ),
        rf"(?:^|(?<=;))\s*(?:到)?(?P<t>(?P<e>{_PLAIN}){_HOURS})(?=[,、])",
        (
            r"到(?P<t>(?P<e>20\d{2}年(?:底|末)?))(?=[^,。;前]{2,40}(?:下降|达到|实现|提[高升]|建成|完成|消除|形成|清零|"
            r"减少|低于|不超过))"
        ),
        rf"(?:^|(?<=[,;:。]))\s*(?P<t>(?P<e>(?=[^,。;年]*年?[^,。;年]{{0,4}}(?:月|季度|半年)){_PLAIN}))(?=(?:{_ACTS}))",
        (
            rf"(?P<t>(?P<e>{_PLAIN}))(?=(?:上午|下午)?(?:联合(?=开展|组织|进行|召开)|完成|全面|全部|召开|举行|组织|开展|启动|集中|建成|实现|"
            r"出台|印发|形成|基本|中(?!旬)))"
        ),
        rf"(?P<t>(?P<e>{_YEAR_PLAIN}?\d{{1,2}}月[上中下]旬))",
        rf"(?P<t>(?P<e>{_PLAIN}))(?<=[底末])(?=(?:{_ACTS}|全))",
        rf"(?<![底末至到~、-])(?P<t>(?P<e>{_YEAR_PLAIN}?\d{{1,2}}月\d{{1,2}}日))(?=(?:{_ACTS}))",
    )
)
_HINT: Final = re.compile(
    r"[前内底末止旬逢期限截至到]|[\d一二三四五六七八九十]月|月\d|年|每|季度|最[迟晚]"
)  # else there is none
# Words of time that a stretch may begin with.
WHEN_AT: Final = re.compile(
    rf"(?:在|于|到|至|自|从)?(?:{_PLAIN}(?:\s*(?:至|到|-{{1,2}}|~)\s*(?:{_PLAIN}|\d{{1,2}}[日号]))?{_HOURS}|"
    rf"{_FESTIVAL}|{_RELATIVE}|{_OF_ANOTHER})"
    r"(?:之?前|以前|起|止|后|期间|内)?,?"
)
_BESIDE: Final = re.compile(rf"\((?:即|也就是)?(?P<e>{_PLAIN})(?:之?前|以前)?\)")
_SINCE: Final = re.compile(r"以来|开始|起(?![至到,]|[^,。;]{0,4}(?:至|到|-|~))(?=[^,。;])")  # 教育局于1月25日起督查
_YEARLY: Final = re.compile(r"每年[^,。;]{1,8}、$")  # 每年3月、9月: no one day
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
class Deadline:
    """A deadline: its wording, where it stands in the text given, and its day where the text gives one."""

    text: str
    start: int
    end: int
    on: date | None


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
    found = re.fullmatch(rf"\(?\s*{_YEAR}\s*{_MONTH}\s*{_DAY}\s*\)?", text.strip()) or re.fullmatch(
        _DOTTED, text.strip()
    )
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


def deadline(folded: str, anchor: Anchor) -> Deadline | None:
    """Return the deadline of a folded sentence, or None; wording without a date keeps its words and no day."""
    return next(iter(deadlines(folded, anchor)), None)


@lru_cache(maxsize=4096)
def deadlines(folded: str, anchor: Anchor) -> tuple[Deadline, ...]:
    """Return every deadline of a folded sentence, in its order: 2025年底前达到80%，2026年底前全覆盖."""
    if _HINT.search(folded) is None:
        return ()
    found = [
        one
        for needs, pattern in _DEADLINES
        if not needs or any(one in folded for one in needs)
        for one in pattern.finditer(folded)
        if not _SINCE.match(folded, one.end("t")) and not _YEARLY.search(folded, 0, one.start("t"))
    ]
    told = [one for match in found if (one := _deadline(match, anchor))]
    kept: list[Deadline] = []
    for one in sorted(told, key=lambda one: one.start):
        before = kept[-1] if kept else None
        if before and one.start == before.end + 1 and folded[before.end] == "(":
            if before.on is None and one.on:  # 国庆节前（9月28日前）
                kept[-1] = Deadline(folded[before.start : one.end] + ")", before.start, one.end + 1, one.on)
        elif before is None or one.start >= before.end:
            kept.append(one)
    return tuple(map(partial(_with_day_beside, folded, anchor), kept))


def _with_day_beside(folded: str, anchor: Anchor, one: Deadline) -> Deadline:
    """Return a feast with the day that stands in brackets after it: 中秋节前（9月14日）."""
    beside = _BESIDE.match(folded, one.end) if one.on is None else None
    on = day_in(beside["e"], anchor, last=True) if beside else None
    return Deadline(folded[one.start : beside.end()], one.start, beside.end(), on) if beside and on else one


def _deadline(found: re.Match[str], anchor: Anchor) -> Deadline | None:
    """Return what is found as a deadline; None for a day of years before: 2020年12月前建成的房屋."""
    named = found.groupdict().get("e")
    on = _end_of(found["t"], named, anchor) if named else None
    if on and anchor.year and on.year < anchor.year - (anchor.last is not None):
        return None
    start = found.start("t") + len(found["t"]) - len(found["t"].lstrip())
    return Deadline(found["t"].strip(), start, found.end("t"), on)


def _end_of(text: str, named: str, anchor: Anchor) -> date | None:
    whole = _SPAN.search(text)
    if whole:
        return _span(whole, anchor, None).end_on
    return day_in(named, anchor, last=True)
