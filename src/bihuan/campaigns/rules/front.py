"""The head of a document: title, own number, issuing body, date, and where the plan itself begins and ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.campaigns.rules.days import full_day
from bihuan.campaigns.rules.numbering import number_of
from bihuan.campaigns.rules.text import Line, Place, trimmed
from bihuan.documents.rules import normalise_doc_no

NUMBER: Final = re.compile(r"[一-龥]{1,14}\s*[〔\[【(〖]\s*\d{4}\s*[〕\]】)〗]\s*第?\s*\d{1,5}\s*号")
_PLAN: Final = (
    r"(?:方案|计划|行动|预案|要点|办法|细则|措施|意见|工作安排|任务书|责任书|分工|规划|规定|制度|清单|安排|"
    r"指引|指南|导则)"
)
_TITLE_END: Final = re.compile(
    rf"(?:{_PLAN}|通知|决定|公告|通告|函|通报|指导意见|纪要)(?:\([^()]{{1,16}}\))?》?(?:的通知|的函|的意见)?$"
)
_PLAN_END: Final = re.compile(rf"{_PLAN}(?:\([^()]{{1,16}}\))?$")
_HEADER: Final = re.compile(r"^(?P<body>[一-龥()、\s]{2,40}?)文件$")
_BODY: Final = re.compile(
    r"^[一-龥()]{2,40}(?:政府|委员会|办公室|局|厅|部|委|党委|办事处|指挥部|领导小组|公司|"
    r"总局|管委会|总队|支队|大队|院|会|署|中心|所|站|学校|(?<![督交承主协])办|[大中小]学|合作社|联合?社|团委|银行|集团|分局|园)$"
)
# What stands about a document on its page or below it, and is none of its text.
_SUNDRIES: Final = re.compile(
    r"^\(?(?:(?:主动|依申请|不予)公开|(?:信息)?公开(?:形式|方式|属性|类别):.*|此件[^。]{0,12}公开|索引号:.*|来源:.*|发布(?:时间|日期|机构):.*|(?:发文|文件)?(?:文号|字号):.*|主题词:.*|"
    r"抄送:.*|抄报:.*|分送:.*|印发机关:.*|信息来源:.*|浏览(?:次数|量):.*|字体:.*|[A-Z]{2}\d{5,}-\d+-\d+|"
    r"[一-龥()]{4,40}\d{4}年\d{1,2}月\d{1,2}日印发.*)$"
)
_SEAL_OF: Final = re.compile(r"^\([一-龥()]{2,30}(?:代章|代)\)$")  # whose seal stands in for who signs
LONGEST_TITLE: Final = 120  # characters, where it quotes the title that it passes on
# 某县安委会办公室　某安办〔2019〕12号: a red header and the number in one line.
_BODY_AND_NUMBER: Final = re.compile(rf"^(?P<body>[一-龥()]{{4,40}})\s+(?P<number>{NUMBER.pattern})$")
_SUBTITLE: Final = re.compile(r"^\([^()]{2,24}\)$")
_KEPT_SUBTITLE: Final = re.compile(
    r"^\((?:20\d{2}年?(?:[-~至]+20\d{2})?年?(?:度)?|试行|暂行|修订版?|修订稿|征求意见稿)\)$"
)
_HANDS_ON: Final = re.compile(r"印发《(.+)》的(?:通知|函)$")  # a plan that has this title, whatever it ends in
_SAYS_BODY: Final = re.compile(r"^(?!转发|批转)(?P<body>[一-龥()、]{4,40}?)关于")
_OF_OFFICE: Final = re.compile(r"[政府]办")
_OFFICES: Final = {"省": "办公厅", "镇": "", "乡": "", "街道": ""}
_SAID_DATE: Final = re.compile(r"^(?:成文|发文|印发|签发)(?:日期|时间):(?P<day>.+)$")
_OWN_OFFICE: Final = re.compile(r"(?<=人民政府)办公[室厅]$")  # it prints what its government issues
_PRINTED: Final = re.compile(r"^(?P<bodies>[一-龥()]{4,40}?)\d{4}年\d{1,2}月\d{1,2}日印发")
_DAY_AT_END: Final = re.compile(
    r"^(?P<bodies>[一-龥()、\s]{4,60}?)\s*(?P<day>(?:\d{4}|[一二三四五六七八九〇零]{4})年\s*[\d一二三四五六七八九十]+月\s*"
    r"[\d一二三四五六七八九十]+日)$"
)
_PLACE: Final = re.compile(
    r"^(?P<place>(?:[一-龥]{1,6}?(?:省|市|州|县|区|旗))?[一-龥]{1,7}?(?P<kind>镇|乡|街道|县|市|区|省))"
)
# A title that begins with its matter or with a word for the place names nobody: 关于开展全县…, 全市….
_NO_PLACE: Final = re.compile(r"关于|转发|印发|批转|[全本我各]")
_GOVERNMENTS: Final = {"街道": "办事处"}
_ANNEX: Final = re.compile(
    r"^附件?\s*(?:[\d一二三四五六七八九十]{1,2})?\s*[::]?$|^附[件表]\s*[\d一二三四五六七八九十]{1,2}\s*[::.、]?\s*[^,。;]{0,40}$"
)


@dataclass(frozen=True, slots=True)
class Front:
    """What the head says; places are None where a thing is missing. first: the first line after the title."""

    title: str
    title_places: tuple[Place, ...]
    doc_number: str | None
    doc_number_place: Place | None
    issuing_body: str | None
    issuing_body_places: tuple[Place, ...]
    issue_date: date | None
    issue_date_place: Place | None
    first: int
    skip: frozenset[int]  # lines that are no prose: signatures, addressees, headers


def read_front(lines: Sequence[Line]) -> Front:
    """Read the head of a document."""
    prose = [line for line in lines if line.bare and not line.cell]
    head = _head(prose)
    title_lines = _title(head)
    number_line = next((line for line in head if _is_number(line)), None)
    signed, dated = _signature([line for line in prose if not _SEAL_OF.match(line.bare)])
    signed = signed or [line for line in prose if _PRINTED.match(line.bare)][-1:]
    bodies = signed or _headers(head) or _bodies_above(head, title_lines)
    title = "".join(re.sub(r"\s+", "", line.text) for line in title_lines)
    title = _without_quotes(title)
    named = "、".join(dict.fromkeys(name for line in bodies for name in _names(line)))
    if bodies and _PRINTED.match(bodies[0].bare) and number_line and "办" not in number_line.bare:
        named = _OWN_OFFICE.sub("", named)
    named = named or _from_notice(head, title_lines) or _from_title(title, number_line, prose) or ""
    first = title_lines[-1].index + 1 if title_lines else 0
    return Front(
        title=title,
        title_places=tuple(map(_whole, title_lines)),
        doc_number=_number(number_line) if number_line else None,
        doc_number_place=_whole(number_line) if number_line else None,
        issuing_body=named or None,
        issuing_body_places=tuple(map(_whole, bodies)),
        issue_date=_day_of(dated) if dated else None,
        issue_date_place=_whole(dated) if dated else None,
        first=first,
        skip=frozenset(
            line.index
            for line in [*head, *title_lines, *signed, *filter(None, [dated])]
            if _is_furniture(line, title_lines, signed, dated)
        )
        | {line.index for line in prose if _SUNDRIES.match(line.bare) or _SEAL_OF.match(line.bare)},
    )


def _is_furniture(line: Line, titles: Sequence[Line], signed: Sequence[Line], dated: Line | None) -> bool:
    return (
        line in titles
        or line in signed
        or line is dated
        or is_address(line)
        or _is_number(line)
        or bool(_HEADER.match(line.bare))
    )


def _whole(line: Line) -> Place:
    return trimmed(line.text, Place(line.index, 0, len(line.text)))


def _head(prose: Sequence[Line]) -> list[Line]:
    """Return the lines before the first heading, or before 40 lines have passed."""
    for at, line in enumerate(prose[:40]):
        number = number_of(line.folded)
        if number and number.style in {"han", "chapter", "part", "article", "1", "han)"} and len(line.bare) < 200:
            return list(prose[:at])
    return list(prose[:40])


def _title(head: Sequence[Line]) -> list[Line]:
    """Return the lines of the title: the plan's own where a notice only passes it on."""
    ends = [at for at, line in enumerate(head) if _ends_title(line)]
    plans = [at for at in ends if _PLAN_END.search(head[at].bare) and not head[at].bare.endswith("通知")]
    handed_on = next((found[1] for at in ends if (found := _HANDS_ON.search(head[at].bare))), "")
    plans = plans or [at for at, line in enumerate(head) if line.bare == handed_on]
    if not ends:
        return _opening(head)
    at = (plans or ends[:1])[-1] if plans else ends[0]
    first = at
    while first > 0 and _continues(head[first - 1]):
        first -= 1
    return list(head[first : at + 2 if _has_subtitle(head, first, at) else at + 1])


def _has_subtitle(head: Sequence[Line], first: int, last: int) -> bool:
    """Tell whether the line after a title, （2024—2026年）, belongs to it: not where a notice quotes it without."""
    if last + 1 >= len(head) or not _KEPT_SUBTITLE.match(head[last + 1].bare):
        return False
    title = "".join(line.bare for line in head[first : last + 1])
    said = "".join(line.bare for line in head[:first])
    return f"《{title}》" not in said


def _opening(head: Sequence[Line]) -> list[Line]:
    """Without a title by its last word: the first short line that is nothing else."""
    for line in head[:6]:
        if _continues(line) and len(line.bare) >= 4:
            return [line]
    return []


def _ends_title(line: Line) -> bool:
    text = line.bare
    return (
        2 <= len(text) <= (LONGEST_TITLE if "《" in text else 60)
        and _TITLE_END.search(text) is not None
        and not re.search(r"[。;,:]", text)
        and not _ANNEX.match(text)
    )


def _continues(line: Line) -> bool:
    text = line.bare
    stops = (
        len(text) > 45
        or re.search(r"[。;:!?]|,", text) is not None
        or _is_number(line)
        or full_day(text) is not None
        or _HEADER.match(text) is not None
        or _ANNEX.match(text) is not None
        or _SUBTITLE.match(text) is not None
    )
    return not stops


def _is_number(line: Line) -> bool:
    found = NUMBER.search(line.bare)
    return found is not None and len(line.bare) - len(re.sub(r"\s", "", found.group())) <= 12 and "《" not in line.text


def _number(line: Line) -> str | None:
    beside = _BODY_AND_NUMBER.match(line.folded.strip())
    found = NUMBER.search(beside["number"] if beside else line.bare)
    return normalise_doc_no(found.group()) if found else None


def _signature(prose: Sequence[Line]) -> tuple[list[Line], Line | None]:
    """Return the lines of bodies above a line that is only a date, and that line: the first such pair."""
    dates = [at for at, line in enumerate(prose) if _day_of(line) is not None]
    for at in dates:
        if _DAY_AT_END.match(prose[at].folded.strip()) and all(map(_BODY.match, _names(prose[at]))):
            return [prose[at]], prose[at]
        bodies: list[Line] = []
        while at > len(bodies) and all(_BODY.match(name) for name in _names(prose[at - 1 - len(bodies)])):
            bodies.insert(0, prose[at - 1 - len(bodies)])
        if bodies:
            return bodies, prose[at]
    return [], prose[dates[0]] if dates else None


def _day_of(line: Line) -> date | None:
    """Return the day of a line that is a date, alone, after its label or after the body that signs."""
    text = re.sub(r"印发\)?$", "", line.bare)
    labelled = _SAID_DATE.match(text) or _DAY_AT_END.match(line.folded.strip())
    return full_day(labelled["day"] if labelled else text)


def _names(line: Line) -> list[str]:
    text = _HEADER.sub(lambda found: found["body"], line.folded.strip())
    signed = _DAY_AT_END.match(text) or _PRINTED.match(line.bare)
    beside = _BODY_AND_NUMBER.match(text)
    text = signed["bodies"] if signed else beside["body"] if beside else text
    return [name for name in re.split(r"\s{1,}|、", text) if name]


def _headers(head: Sequence[Line]) -> list[Line]:
    """Return the bodies in a red header, the last of which ends in 文件."""
    at = next((at for at, line in enumerate(head) if _HEADER.match(line.bare)), None)
    if at is None:
        return []
    first = at
    while first > 0 and _BODY.match(head[first - 1].bare):
        first -= 1
    return list(head[first : at + 1])


def _without_quotes(title: str) -> str:
    inner = re.fullmatch(r"《([^《》]+)》", title)
    return inner[1] if inner else title


def _bodies_above(head: Sequence[Line], titles: Sequence[Line]) -> list[Line]:
    """Return the lines before the title that are nothing but bodies: a header that has lost its 文件."""
    first = titles[0].index if titles else 0
    above = [line for line in head if line.index < first]
    own = [line for line in titles[:-1] if _BODY.match(line.bare)]
    return [line for line in above if all(map(_BODY.match, _names(line)))] or own


def _from_notice(head: Sequence[Line], titles: Sequence[Line]) -> str | None:
    """Return the body that the title of the notice begins with: 某县人民政府办公室关于印发…的通知."""
    last = titles[-1].index if titles else 0
    for line in head:
        found = _SAYS_BODY.match(line.bare) if line.index <= last else None
        if found and _BODY.match(found["body"]):
            return found["body"]
    return None


def _from_title(title: str, number: Line | None, prose: Sequence[Line]) -> str | None:
    """Return the place that the title begins with and its government, if the text itself speaks of that government.

    A number of the government's office (政办发, 府办) names that office.
    """
    found = _PLACE.match(title)
    if found is None or _NO_PLACE.match(title):
        return None
    body = _GOVERNMENTS.get(found["kind"], "人民政府")
    short = body.removeprefix("人民")
    said = any(re.search(rf"{found['kind']}(?:党委、?)?(?:人民)?{short}", line.bare) for line in prose)
    office = _OFFICES.get(found["kind"], "办公室") if number and _OF_OFFICE.search(number.bare) else ""
    return found["place"] + body + office if said or office else None


def is_address(line: Line) -> bool:
    """Tell whether a line names those a document is sent to: 各村、镇直各单位："""
    text = line.bare
    return (
        text.endswith(":")
        and len(text) < 200
        and re.search(r"各|有关|单位|部门|政府|局|办", text) is not None
        and not re.search(r"如下|下列|以下|现将|是:|根据", text)
    )


def is_annex(line: Line) -> bool:
    """Tell whether a line begins an annex."""
    return _ANNEX.match(line.folded.strip()) is not None
