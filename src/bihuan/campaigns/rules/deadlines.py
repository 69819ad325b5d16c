"""Deadlines as plans word them, with their days; wording without a day keeps its words and no day."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Final

from bihuan.campaigns.rules.day_words import (
    ACTS,
    BARE_MONTH,
    COUNT,
    EVENT,
    FEAST,
    FESTIVAL,
    HOURS,
    NOW,
    OF_ANOTHER,
    OFTEN,
    PLAIN,
    QUARTER_PLAIN,
    RELATIVE,
    YEAR_PLAIN,
)
from bihuan.campaigns.rules.days import Anchor, day_in, spans

_HINT: Final = re.compile(
    r"[前内底末止旬逢期限截至到]|[\d一二三四五六七八九十]月|月\d|年|每|季度|最[迟晚]"
)  # else there is none
_BESIDE: Final = re.compile(rf"\((?:即|也就是)?(?P<e>{PLAIN})(?:之?前|以前)?\)")
_SINCE: Final = re.compile(r"以来|开始|起(?![至到,]|[^,。;]{0,4}(?:至|到|-|~))(?=[^,。;])")  # 教育局于1月25日起督查
_YEARLY: Final = re.compile(r"每年[^,。;]{1,8}、$")  # 每年3月、9月: no one day


def _needs(pattern: str) -> str:
    """Return characters of which a text must hold one for a pattern to be found in it; "" where it may be any text."""
    if pattern.endswith(("(?:之?前|以前))", "(?:之?前|以前|前)")) or r"(?:之?前|以前)(?:" in pattern:
        return "前"
    return "底末" if "(?<=[底末])" in pattern else "至到-~" if pattern.startswith("(?P<t>(?:自|从") else ""


_DEADLINES: Final = tuple(
    (_needs(pattern), re.compile(pattern))
    for pattern in (
        rf"(?P<t>{PLAIN}(?:、{PLAIN})+)(?=[^,。;前]{{0,4}}(?:分别|各)[^,。;]{{0,4}}(?:开展|组织|进行|召开|检查|一次))",
        (
            rf"(?:于|在|到|至)?\s*(?P<t>{OFTEN}[于在]?[\d一二三四五六七八九十日天号底末初首月季度第后最个的工作周星期、和及]{{0,14}}?"
            rf"{HOURS}(?:之?前|以前))"
        ),
        rf"(?P<t>(?P<e>{PLAIN})(?:之?前)?(?:[、和及](?:{PLAIN}|\d{{1,2}}[日号]))+{HOURS}(?:之?前|以前))",
        (
            r"(?P<t>每(?:(?:周|月|季度?|旬)(?:度)?(?:[一二三四五六日天]|\d{1,2}[日号]|底|末|最后[一1]个?(?:周|工作日|天))"
            r"(?:[、和及](?:周?[一二三四五六日天]|\d{1,2}[日号]))*|(?:日|天|个?工作日)(?=[^,。;]{0,2}\d{1,2}[时点:]))(?:上午|下午|晚上?)?"
            r"(?:\d{1,2}[时点:]\d{0,2}分?)?)"
            r"(?!调度|通报|研判|会商|例会|排名)(?=[^,。;]{0,16}(?:(?<!通)报|送|提交|反馈|[将把][^,。;]{1,10}交(?![通接流办])))"
        ),
        rf"(?P<t>(?P<e>{PLAIN}){HOURS}\s*(?:之前|以前|前(?!后|[几一两二三四五六七八九十\d]{{1,2}}个?(?:月|季度|周|天|年))|止|截止))",
        rf"(?:延期|延长|延续|推迟)(?:至|到)\s*(?P<t>(?P<e>{PLAIN}))",
        rf"(?:截至|截止(?:到|时间|日期)?(?:为|是|:)?|最迟于?|不[迟晚]于|不得[迟晚]于|最晚)\s*(?P<t>(?P<e>{PLAIN}))",
        rf"(?P<t>(?:每年)?{FESTIVAL}(?:假期|来临|到来|假期结束|结束)?(?:之?前|以前)(?!、中、?|和中)(?:{COUNT}个?(?:工作日|周|星期|天|日|月|个月)(?:之?内)?)?)(?![期夕后]|时期|[能可]|不能|无法|难以|(?:安全)?大?(?:检查|排查)|准备|或者?期间)",
        (  # 于6月30日和12月20日分别将甲报送乙
            rf"(?:于|在)\s*(?P<t>(?P<e>{PLAIN})(?:[、和及](?:{PLAIN}|\d{{1,2}}[日号]))*)"
            r"(?=[^,。;前]{0,4}(?:分别|各)?[将把向][^,。;前]{0,40}(?:(?<!通)报|送|提交))"
        ),
        rf"(?:^|(?<=[,;。]))\s*(?P<t>(?P<e>(?:今|本)?年内))(?=(?:{ACTS}|至少|全面|力争))",
        rf"(?:^|(?<=[,;。]))\s*(?P<t>(?P<e>{QUARTER_PLAIN}))(?=[^,。;前]{{2,24}}(?:达到|实现|完成|全部|建成|覆盖))",
        r"(?:利用|借助|在)(?P<t>(?P<e>\d{1,2}月份?))(?=“?安全生产月)",
        rf"(?P<t>{FEAST}前夕)",
        rf"\((?P<t>(?P<e>{PLAIN}))\)(?=:)",  # 第三阶段（7月）：县安委办总结
        rf"(?P<t>{FESTIVAL}(?:至|到|-)(?:{FESTIVAL}|(?P<e>{PLAIN}|\d{{1,2}}[日号])))",
        r"(?P<t>(?:每[周旬月])?逢\d{1,2}[日号]?(?:[、和及]\d{1,2}[日号])*)(?=[^,。;]{0,10}(?:(?<!通)报|送|提交))",
        rf"(?P<t>{OF_ANOTHER}(?:之?前|以前))",
        rf"(?:(?<=[在于至])|(?:^|(?<=[,。;:、]))(?![在于]))(?P<t>{EVENT}(?:之?前|以前))",
        r"(?:到|至|于)(?P<t>“?十[三四五六]五”?期?末)",
        rf"(?P<t>(?:开工|施工|作业|动火|复工|复产|停产|开业|开学|活动|会议|节|开园|试生产|投产)前{COUNT}个?(?:工作)?[日天])(?!内)",
        (
            rf"(?P<t>(?:{FESTIVAL}(?:过|之)?后|(?:自|从)?(?:收到|接到)[^,。;将把]{{0,12}}?(?:之日起|之日|后|起)(?:的)?|自[^,。;]{{0,12}}之日起)?{RELATIVE})"
            r"(?!(?:不得|不准|禁止|连续|累计|再次|多次|两次|三次|出现|发生))"
        ),
        rf"(?:时限|期限|时间)(?:要求)?(?:为|是)\s*(?P<t>(?P<e>{PLAIN}))(?!\s*(?:至|到|-|~|起))",
        rf"(?:限期|[期时]限(?:[^,。;]{{0,16}}?|最长)?(?:不超过|不得超过|为))\s*(?P<t>{COUNT}\s*个?(?:工作日|日|天|周|月(?![\d底末初上中下份])))",
        rf"(?:不得?超过|不得?[晚迟]于)\s*(?P<t>(?P<e>{PLAIN}))",
        rf"(?<!每年)(?<!每)(?P<t>{PLAIN}、(?P<e>{PLAIN}))(?=[^,。;、]{{0,6}}(?:组织|开展|召开|进行|完成|报))",
        rf"(?P<t>(?:自|从|于)?(?:{BARE_MONTH}|{PLAIN}|{NOW})\s*(?:起|开始)?\s*(?:至|到|-{{1,2}}|~)\s*(?P<e>{PLAIN}|\d{{1,2}}[日号]))",
        rf"(?P<t>(?:自|从)?(?:{PLAIN}|{NOW})\s*(?:至|到)\s*{FESTIVAL}(?:结束|前)?)",
        (
            rf"(?:于|在|到|至)\s*(?P<t>(?P<e>{PLAIN}))(?=[,、]?[^,。;]{{0,8}}(?:完成|全面|全部|实现|"
            rf"建成|结束|启动|开展|召开|基本|组织|组成|组建|派出|形成|报|达到|(?<!时)间))"
        ),
        rf"(?:^|(?<=;))\s*(?:到)?(?P<t>(?P<e>{PLAIN}){HOURS})(?=[,、])",
        (
            r"到(?P<t>(?P<e>20\d{2}年(?:底|末)?))(?=[^,。;前]{2,40}(?:下降|达到|实现|提[高升]|建成|完成|消除|形成|清零|"
            r"减少|低于|不超过))"
        ),
        rf"(?:^|(?<=[,;:。]))\s*(?P<t>(?P<e>(?=[^,。;年]*年?[^,。;年]{{0,4}}(?:月|季度|半年)){PLAIN}))(?=(?:{ACTS}))",
        (
            rf"(?P<t>(?P<e>{PLAIN}))(?=(?:上午|下午)?(?:联合(?=开展|组织|进行|召开)|完成|全面|全部|召开|举行|组织|开展|启动|集中|建成|实现|"
            r"出台|印发|形成|基本|中(?!旬)))"
        ),
        rf"(?:于|在)\s*(?P<t>(?P<e>{PLAIN}))(?=对[^,。;]{{2,30}}(?:检查|督查|抽查|验收|考核|督导|复查))",
        rf"(?P<t>(?P<e>{YEAR_PLAIN}?\d{{1,2}}月[上中下]旬))",
        rf"(?P<t>(?P<e>{PLAIN}))(?<=[底末])(?=(?:{ACTS}|全))",
        rf"(?<![底末至到~、-])(?P<t>(?P<e>{YEAR_PLAIN}?\d{{1,2}}月\d{{1,2}}日))(?=(?:{ACTS}))",
    )
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: its wording, where it stands in the text given, and its day where the text gives one."""

    text: str
    start: int
    end: int
    on: date | None


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
    if found := spans(text, anchor):
        return found[0].end_on
    return day_in(named, anchor, last=True)
