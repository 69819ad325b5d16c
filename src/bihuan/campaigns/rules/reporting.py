"""What must be reported, to whom and when."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bihuan.campaigns.rules.days import Anchor
from bihuan.campaigns.rules.deadlines import deadline
from bihuan.campaigns.rules.how_often import frequency
from bihuan.campaigns.rules.text import Place, parts
from bihuan.campaigns.rules.words import ENDS_AS_PARTY

_VERB: Final = (
    r"(?:书面)?(?:报送|上报|汇报|(?<!形成)(?<!形成书面)(?<![查估测定结析作改收度况])报告(?![报请应须于由书单])|反馈|抄报|"
    r"抄送|呈报|提交|报备|报至|报到|报给|"
    r"上交(?!通)|(?<![提上移呈递平])交(?![通办接流叉由警易底])|报(?![告表送警]))"
)
_TO: Final = re.compile(
    rf"{_VERB}(?:至|到|给)?(?P<to>[^,。;:、()]{{2,30}}?)(?=备案|汇总|审核|审批|备查|存档|审定|以便|邮箱|电子邮箱|信箱|\(|、|,|。|;|$)"
)
_TOWARDS: Final = re.compile(rf"(?:向|给)(?P<to>[^,。;:()]{{2,30}}?){_VERB}(?P<what>[^,。;()]*)")
_TAKEN: Final = re.compile(
    r"(?:将|把)(?P<what>(?:《[^》]*》|[^,。;])+?)(?=\(|于(?!事)|在(?!建|线)|以(?!及)|统一|一并|及时|按(?!钮)|每|经(?!营|济|验|费|办|开)|"
    r"汇总(?!表)|书面|电子|报(?!告|表)|上报|反馈|提交|抄|交(?!通|办|接|流)|、?$)"
)
_BEFORE: Final = re.compile(
    rf"(?:^|,)(?P<what>(?:《[^》]*》|[^,。;《]){{2,24}}?)(?:请|要|须|应)?(?:于|在|每|统一|及时|,)[^,。;]*?{_VERB}"
)
_MADE: Final = re.compile(
    r"(?:出具|形成|制定|编制|绘制|填写|填报|建立|汇总)(?P<what>[^,。;]+?)(?:后|,|并|一并|报(?!告|表|送))"
)
_SENT: Final = re.compile(
    r"(?:报送|上报|提交|上交|汇报|报告|反馈|报(?!告))(?P<what>[^,。;()、\d][^,。;()]{1,29}?)(?=,|。|;|\(|[至到](?:指定|工作|电子)*(?:邮箱|信箱|平台|系统)|$)"
)
_NOUN: Final = re.compile(
    r"情况|总结|报告|方案|小结|病例|数$|材料|台账|清单|图$|报表|信息|表$|名单|计划|进展|书$|数据|动态|"
    r"细则|预案|责任书|图片|照片|资料|进度|安排|案例|典型|底数|样表|日志|信息|"
    r"统计|问题|线索|经验|做法|结果|意见|确认|记录|档案|联络员|[险火灾疫雨水汛]情|隐患|事故|线索"
)
_HEADWORDS: Final = re.compile(
    r"^(?:各[^、,]{1,10}、)*各(?:有关|相关)?(?:乡镇|镇|乡|村|社区|街道|部门|单位|企业|学校|成员单位|县市区|县\(市、区\))"
    r"(?:\([^()]{2,4}\))?(?=.{2})|^(?:要|具体(?=实施)|并|请|须|应|各(?:自|地|单位)?|本(?:单位|地区|地|辖区|部门|行业|系统|领域)?的?|有关|相关|"
    r"其|当日|次日|当月|当周|上月|本月|本周|的|一次)+"
)
_NOT_REPORTING: Final = re.compile(
    r"报(?:警(?!务)|废|名|道(?!路|安|交)|批|经(?!济|发|信|开|科)|建(?!设|管)|验|社(?!会|区|事)|纸|刊|酬|复|销|考(?!核)|价|"
    r"关|停|应(?!急))|举报|通报|预报|汇报会|"
    r"瞒报|漏报|谎报|迟报|不报|情报|简报|海报|月报表?制|(?<!每)日报告|零报告|(?<!每)周报告|(?<!每)(?<!每半)年报(?!送)|警报|电报|"
    r"自报|(?:上报|报送|报告|反馈|提交)(?=的)|报告制度|报告单|报送制度|"
    r"报备案|报到处"
)
# 请于7月25日前将甲、8月31日前将乙、12月10日前将丙报某局: three duties with one verb.
_NEXT_TAKEN: Final = re.compile(
    r"[、,](?=(?:于|在)?(?:每|\d|[一二三四五六七八九十]|[本次明]年|年底|季)[^,、。;将把]{1,14}(?:将|把))"
)
AT_ALL_HOURS: Final = "24小时"  # on duty, not when to report
# Where all that was named before goes: …，均报街道应急办.
_ALL_TO: Final = re.compile(
    r"[,;](?:均|一并|统一|分别)(?:报送?|上报|报至|报送至)(?P<to>[^,。;:、()]{2,30})(?=[,。;(]|$)"
)
_MINUTES: Final = re.compile(r"\d{1,2}分钟(?:之)?内")
EVENTS: Final = re.compile(r"^(?:重大|一般|各类)?(?:隐患|险情|火情|灾情|疫情|事故|线索|问题|突发)")
_MORE_TO: Final = re.compile(r"(?:、(?P<last>[一-龥]{2,16}))+(?=[,。;(]|$)")
_AT_PLACE: Final = re.compile(r"^(?:所在地的?|所在|当地|属地)(?=.{2})")


# A verb within the name of an office is none: 由交投集团汇总, 县送变电公司, 报社.
_IN_NAME: Final = re.compile(
    r"交(?=(?:运|管)(?:局|处|办|所|站|[大中支总]队|公司|集团|中心|部门)|[投建发控](?:集团|公司)|战办|职院|委(?![托派员办会]))|"
    r"(?<=由)[交报送](?=[一-龥]{1,6}(?:局|处|办|委|所|站|队|公司|集团|中心|社))|"
    r"(?<![各级][省市州县区])(?<=[省市州县区])交(?=安(?:办|委))|报(?=业(?:集团|公司|传媒))|送(?=变电)"
)
_HIDDEN: Final = str.maketrans("交报送", "亣軓逘")  # they stand for those verbs while the text is searched
_SHOWN: Final = str.maketrans("亣軓逘", "交报送")
_REPORTS: Final = re.compile(_VERB)
# What leads to the next duty and says nothing more of the one before: …，形成书面报告，5月3日前报乙; 发现险情，…
_LEADS: Final = re.compile(
    r"\s*(?:并)?(?:形成|汇总|撰写|编写|填写|发现|发生|遇有?|如遇?|一旦|(?:有)?(?:重大|紧急|突发|特殊)情况|[\d一二三四五六七八九十每次本])"
)
_AT_ONCE: Final = re.compile(r"当[天日晚](?=[^,。;]{0,6}报)|立即|立刻|第一时间|即时|随时|及时(?=上?报)")
_SENT_TO: Final = re.compile(
    r"(?:报送|上报|提交|报告|报)(?P<what>[^,。;()]{2,24}?)(?:至|到|给)(?P<to>[^,。;:、()]{2,30}?)(?=,|"
    r"。|;|$)"
)
_FOUND: Final = re.compile(
    r"(?:发现|发生|出现|遇有?)(?P<what>[^,。;的]{2,12}?)(?:的|时|后)?(?:,|立即|及时|第一时间|迅速|当[天日])[^。;]{0,16}报"
)


_SIGNED: Final = re.compile(r"在(?P<what>[^,。;]{2,12}?)上签字")
_BY: Final = re.compile(r"(?:之?前|以前)$")
_LAST: Final = re.compile(
    r"(?:^|,)(?P<what>[^,。;\d]{2,16}?)(?:及时|统一|书面|一并)?(?:报送?|上报|抄送)(?=[一-龥]{2})"
)  # …，名单报县安监局


@dataclass(frozen=True, slots=True)
class Report:
    """A duty to report: what, to whom, when (each None where the text does not say), and its place."""

    what: str | None
    to: str | None
    when: str | None
    place: Place


def read_reports(folded: str, place: Place, anchor: Anchor, to_before: str | None) -> list[Report]:
    """Return the duties to report in a folded sentence; to_before: who got the reports of the sentence before."""
    found: list[Report] = []
    for start, end in _duties(folded):
        for one in _chain(folded[start:end], place, anchor, to_before):
            found.append(one)
            to_before = one.to or to_before
    last = next((one.to for one in reversed(found) if one.to), None)
    all_to = _ALL_TO.search(_masked(folded))
    if last is None and all_to and ENDS_AS_PARTY.search(all_to["to"]):
        last = all_to["to"]
    found = [one if one.to else replace(one, to=last) for one in found]
    return [part for one in found for part in (_shared_out(one) if "分别" in folded else [one])]


def _shared_out(one: Report) -> list[Report]:
    """Return a duty for each paper with its own day: 分别于6月25日、12月10日前将半年小结、全年总结报某办."""
    whats, days = (re.split("[、和及]", said or "") for said in (one.what, one.when))
    if len(whats) != len(days) or len(days) == 1 or not all(map(_NOUN.search, whats)):
        return [one]
    last = _BY.search(days[-1])
    ends = [day if _BY.search(day) else day + (last.group() if last else "") for day in days]
    return [replace(one, what=what, when=day) for what, day in zip(whats, ends, strict=True)]


def asks_for_report(folded: str) -> bool:
    """Tell whether a folded sentence asks for something to be reported."""
    return any(_read(folded[start:end], Place(0, 0, 0), Anchor(), None) for start, end in _duties(folded))


def _chain(folded: str, place: Place, anchor: Anchor, to_before: str | None) -> list[Report]:
    """Return the duties of a stretch with one verb: each that it takes with its own time."""
    cuts = [0]
    for mark in _NEXT_TAKEN.finditer(folded):
        if re.search("[将把]", folded[cuts[-1] : mark.start()]):  # 3月3日、10日前将甲报: days of one duty
            cuts.append(mark.end())
    cuts.append(len(folded))
    pieces = [folded[start:end].rstrip("、,") for start, end in pairwise(cuts)]
    last = _read(pieces[-1], place, anchor, to_before)
    if last is None or len(pieces) == 1:
        whole = _read(folded, place, anchor, to_before)
        return [whole] if whole else []
    return [*(_taken(one, last, anchor) for one in pieces[:-1] if re.search("[将把]", one)), last]


def _when(folded: str, anchor: Anchor) -> str | None:
    minutes = _MINUTES.search(folded)
    if minutes:
        return minutes.group()
    due = deadline(folded, anchor)
    often = frequency(folded)
    if due or (often and often != AT_ALL_HOURS):
        return due.text if due else often
    at_once = _AT_ONCE.search(folded)
    return at_once.group() if at_once and at_once.group().startswith("当") else None


def _taken(folded: str, last: Report, anchor: Anchor) -> Report:
    when = _when(folded + "报", anchor)  # the verb that it shares
    return Report(_what_in(folded), last.to, when, last.place)


def _duties(folded: str) -> list[tuple[int, int]]:
    """Return the stretches of a sentence with one duty to report each."""
    found: list[tuple[int, int]] = []
    begin: int | None = None  # of stretches that lead to the next duty
    for start, end in parts(folded, ",;。"):
        begin = start if begin is None else begin
        if _REPORTS.search(_masked(folded[start:end])):
            found.append((begin, end))
            begin = None
        elif found and not _LEADS.match(folded, begin):
            found[-1] = (found[-1][0], end)
            begin = None
    if begin is not None:
        found[-1:] = [(found[-1][0] if found else begin, len(folded))]
    return found


def _masked(folded: str) -> str:
    plain = _IN_NAME.sub(lambda found: found.group().translate(_HIDDEN), folded)
    return _NOT_REPORTING.sub(lambda found: "某" * len(found.group()), plain)


def _read(folded: str, place: Place, anchor: Anchor, to_before: str | None) -> Report | None:
    plain = _masked(folded)
    if not _REPORTS.search(plain):
        return None
    to, what = _parties_of(plain)
    to, what = (one.translate(_SHOWN) if one else None for one in (to, what or _what(plain)))
    due = deadline(folded, anchor)
    verb = next((folded[start:end] for start, end in parts(plain, ",;。") if _REPORTS.search(plain[start:end])), folded)
    when = _when(verb, anchor) or _when(folded, anchor)
    if to is None and (what is None or EVENTS.match(what) or (when is None and to_before is None)):
        return None
    if what is None and due is None and not (when or "").startswith("当"):
        return None
    return Report(what, to or to_before, when, place)


def _parties_of(plain: str) -> tuple[str | None, str | None]:
    sent_to = _SENT_TO.search(plain)
    if sent_to and ENDS_AS_PARTY.search(sent_to["to"]) and _noun(sent_to["what"]):
        return sent_to["to"], _noun(sent_to["what"])
    towards = _TOWARDS.search(plain)
    if towards and ENDS_AS_PARTY.search(towards["to"]):
        return towards["to"], _noun(towards["what"])
    for sent in _TO.finditer(plain):
        if ENDS_AS_PARTY.search(sent["to"]) and not re.search(r"^[送告至]|[请前将报]", sent["to"]):
            return _AT_PLACE.sub("", sent["to"] + _and_others(plain, sent.end("to"))), None
    return None, None


def _and_others(plain: str, start: int) -> str:
    """Return the further bodies of a list of those who get a report: 报县委、县政府."""
    more = _MORE_TO.match(plain, start)
    return more.group() if more and ENDS_AS_PARTY.search(more["last"]) else ""


def _what(plain: str) -> str | None:
    """Return what is reported, first as the stretch with the verb says it, else as what stands before it does."""
    for start, end in parts(plain, ",;。"):
        if _REPORTS.search(plain[start:end]):
            return _what_in(plain[start:end]) or _what_in(plain[:end])
    return None


def _what_in(plain: str) -> str | None:
    for pattern in (_TAKEN, _MADE, _SENT, _BEFORE, _FOUND, _LAST, _SIGNED):
        for found in pattern.finditer(plain):
            noun = _noun(found["what"])
            if noun:
                return noun
    return None


def _noun(text: str) -> str | None:
    if re.search(r"^(?:.{0,8}(?:一旦|如|机构|单位|部门|企业|人员))?(?:发生|发现|出现|遇)|的$", text.strip()):
        return None
    text = re.sub(r"^.*地进行(?=.)", "", text)  # 客观全面、实事求是地进行总结
    plain = _HEADWORDS.sub("", re.split(r"由|请|要(?!点|求)|应(?!急)|须|经(?=[主负审本单法])", text.strip(" 、"))[0])
    return plain if 2 <= len(plain) <= 40 and _NOUN.search(plain) else None
