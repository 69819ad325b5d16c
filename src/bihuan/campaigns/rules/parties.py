"""Who a sentence orders: the bodies and posts that stand as its subject, or after 由, or in brackets at its end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bihuan.campaigns.rules.days import WHEN_AT
from bihuan.campaigns.rules.text import Place, fold, parts
from bihuan.campaigns.rules.words import (
    ACTS_INSIDE,
    ADVERB_START,
    DEONTIC,
    ENDS_AS_PARTY,
    NO_PARTY,
    STRONG,
    VERB_START,
    words,
)

LONGEST: Final = 26
LONGEST_LIST: Final = 160
_POST_AFTER: Final = re.compile(
    r"(?:任|为|担任|兼任)[^,。;]{0,8}?(?:组长|指挥长?|主任|成员|召集人)|由[^,。;]{2,30}(?:兼任|组成)|下设"
)
_TIME: Final = (
    r"(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?(?:之?前|起|至)?|(?:\d{4}|今|"
    r"本|明)年(?:底|末|内)?前?|每(?:年|月|周|日|天|季度?)(?:\d{1,2}[月日号]|[一二三四五六日底末初])*(?:下班)?(?:之?前)?|"
    r"(?:\d{1,3}|[一二两三四五六七八九十]+)个?(?:工作)?(?:日|天|小时|个月)(?:之)?内|"
    r"[^,。]{0,12}期间|[^,。]{0,8}阶段)"
)
_LEAD: Final = re.compile(
    rf"(?:{_TIME},?|同时,?|此外,?|其中,?|另外,?|并且?|由|请|特别是|尤其是|对此,|[一二三四五六七八九十]{{1,2}}(?:是|"
    rf"要)|首先,?|其次,?|最后,?|凡是?)"
)
_WHEN: Final = re.compile(
    r"于?(?:每[年月周日天季旬]|\d{1,4}[年月]|[本今当]年|[一二三四五六七八九十]{1,3}月|即日|第[一二三四]季度)"
)
_ANSWERS: Final = re.compile(r"(?:是|为|作为)[^,。;]{0,10}(?:责任人|负责人|主体|责任单位)")
_GLUE: Final = re.compile(
    r"、|以及|会同|联合|(?<![参普涉波提顾推触])及(?![时格早])|(?<![中民温缓柔共平])和(?![平谐解])|"
    r"(?<![参给赋授])与(?![会])|;|,|/|\s+"
)
_WITH: Final = re.compile("会同|联合")
_WEAK_GLUE: Final = frozenset(words("及 和 与"))
_MODIFIER: Final = re.compile(r"^(各有关|各相关|有关|相关|各级|各|本|全体|其他|其它|所有)(?=.)")
_TITLE: Final = re.compile(r"“?一把手”?$")
# What cannot begin such a name: another acts on it.
_CAUSED: Final = (
    "对|将|把|要|应|凡|由|在|以|按|督促|组织|指导|要求|责令|鼓励|支持|引导|加强|推动|推进|"
    "动员|发动|监督|协调|确保|严查|严禁|重点|一是|二是|三是|四是|五是"
)
_DESCRIBED: Final = re.compile(
    rf"(?!{_CAUSED})[一-龥()“”]{{2,22}}(?:企业|单位|部门|机构|场所|人员|经营户|业户|商户|"
    rf"门店|工地)"
)
_SHARED_HEAD: Final = re.compile(r"(?:主管|监管)?(?:部门|单位|系统)$")
_BARE: Final = frozenset(words("部门 单位 企业 机构 人员 场所 乡镇 镇 村 街道 社区 学校 园区 地区 负责人"))
_BY: Final = re.compile(r"(?<![理事缘])由(?!于|此|来)")
_REMARK: Final = re.compile(
    r"\(([^()]*(?:负责|牵头|配合|落实|分工|参与|参加|承担|责任(?:单位|部门)|牵头(?:单位|"
    r"部门)|指导|督促)[^()]*)\)[。.]?$"
)
_REMARK_PARTS: Final = re.compile(
    r"(?:(?:责任|牵头|配合|主责|参与|协助)(?:单位|部门|主体|科室)?[:])|(?:分别|共同|具体|"
    r"统一)?(?:牵头|按照?[^,;]*(?:分工|职责)[^,;]*|负责|配合|参与|参加|落实|等|承担|指导|督促落实|"
    r"组织实施)+|[,;。:]"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A body or post as the text names it, and where it stands in the text given."""

    name: str
    start: int
    end: int

    def at(self, place: Place) -> "Answerable":
        """Return the party with its place in the document, when the text given begins at a place."""
        return Answerable(self.name, Place(place.paragraph, place.start + self.start, place.start + self.end))


@dataclass(frozen=True, slots=True)
class Answerable:
    """A body or post that answers for a clause, and where the document names it."""

    name: str
    place: Place


def has_ordering_subject(folded: str) -> bool:
    """Tell whether a text begins with a body or post that is told to do something with a modal word."""
    found = _subject(folded, 0, strong=True)
    return bool(found) and STRONG.match(folded[found[-1].end :].lstrip()) is not None if found else False


def subjects(folded: str) -> list[Party]:
    """Return the bodies and posts that act in a folded sentence, in order, each once."""
    found: list[Party] = []
    for start, end in _clauses(folded):
        if folded[end - 1] == ":" and _is_list(folded[start : end - 1]):
            found += _split(folded, skip_lead(folded, start), end - 1)
            continue
        found += _subject(folded[:end], start, strong=False) or _by(folded[:end], start)
    return _once(found)


def remark_parties(folded: str) -> list[Party]:
    """Return those that a remark in brackets at the end names: （甲局牵头，乙局配合）."""
    remark = _REMARK.search(folded.rstrip())
    if remark is None:
        return []
    return _once(list(listed(folded, remark.start(1), remark.end(1), cut=_REMARK_PARTS)))


def heading_names(text: str, place: Place) -> tuple[Answerable, ...]:
    """Return the bodies when a heading is nothing but their names: （一）县公安局、县交通局。"""
    folded = fold(text)
    return tuple(one.at(place) for one in _split(folded, 0, len(folded))) if _is_list(folded) else ()


def listed(folded: str, start: int, end: int, *, cut: re.Pattern[str] | None = None) -> Iterator[Party]:
    """Yield every name of a list, as in a table's column; words that say what they do are left out."""
    at = start
    marks = [(one.start(), one.end()) for one in cut.finditer(folded, start, end)] if cut else []
    for stop, next_at in [*marks, (end, end)]:
        yield from _split(folded, at, stop)
        at = next_at


def _clauses(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas; a list that goes over a comma stays whole."""
    cuts = parts(folded, ",;:。")
    at = 0
    while at < len(cuts):
        start, end = cuts[at]
        while at + 1 < len(cuts) and _is_list(folded[start : end - 1]) and _names_first(folded, *cuts[at + 1]):
            at += 1
            end = cuts[at][1]
        yield start, end
        at += 1


def _is_list(text: str) -> bool:
    pieces = list(_split(text, 0, len(text)))
    return bool(text.strip()) and bool(pieces) and all(_is_party(one.name) for one in pieces)


def _names_first(folded: str, start: int, end: int) -> bool:
    return bool(_subject(folded[:end], start, strong=False))


def _subject(folded: str, start: int, *, strong: bool) -> list[Party]:
    """Return the list of bodies that a stretch of text begins with, if a verb or a modal word follows it."""
    start = skip_lead(folded, start)
    found: list[Party] = []
    for at in range(start + 1, min(len(folded), start + LONGEST_LIST)):
        if folded[at] in "。;:" or folded[start] == "(":
            break
        if _triggers(folded, at, strong=strong) and not _POST_AFTER.match(folded, at):
            found = _parties_in(folded, start, at) or found or _described(folded, start, at)
    return found


def _described(folded: str, start: int, end: int) -> list[Party]:
    """Return a body named by what it does, when a modal word follows: 使用液化气的餐饮单位必须…"""
    name = folded[start:end].strip()
    if STRONG.match(folded, end) is None or _DESCRIBED.fullmatch(name) is None:
        return []
    begin = folded.index(name, start)
    return [Party(name, begin, begin + len(name))]


def _parties_in(folded: str, start: int, end: int) -> list[Party]:
    """Return the names of a list if all are bodies or posts; 商务、生态环境部门 share their head."""
    names = list(_split(folded, start, end))
    head = _SHARED_HEAD.search(names[-1].name) if names else None
    if head:
        names = [_with_head(one, head.group()) for one in names]
    return names if all(_is_party(one.name) for one in names) else []


def _with_head(one: Party, head: str) -> Party:
    bare_one = re.fullmatch(r"[一-龥]{2,8}", one.name) and not _is_party(one.name)
    return Party(one.name + head, one.start, one.end) if bare_one else one


def skip_lead(folded: str, start: int) -> int:
    """Return where a stretch begins after words of time and joints: 专项行动期间，同时，3月底前."""
    while start < len(folded):
        if folded[start].isspace():
            start += 1
            continue
        lead = _LEAD.match(folded, start) or WHEN_AT.match(folded, start)
        if lead is None or lead.end() == start:
            break
        start = lead.end()
    return start


def _triggers(folded: str, at: int, *, strong: bool) -> bool:
    if strong:
        return STRONG.match(folded, at) is not None
    if folded[at] == ",":
        return _WITH.search(folded, max(0, at - LONGEST), at) is not None
    return any(one.match(folded, at) for one in (STRONG, DEONTIC, ADVERB_START, VERB_START, _WHEN, _ANSWERS))


def _is_party(name: str) -> bool:
    plain = re.sub(r"\([^()]*\)$", "", name)
    return (
        2 <= len(name) <= LONGEST
        and ENDS_AS_PARTY.search(name) is not None
        and NO_PARTY.search(plain) is None
        and ACTS_INSIDE.search(plain) is None
        and not re.search(r"^[对向与将把在从以为按经被使让给至到自令]|[,。;:“”]|要求|不得", name)
    )


def _split(folded: str, start: int, end: int) -> Iterator[Party]:
    """Yield the names of a list; a modifier of the first is given to a bare second: 各有关部门和单位."""
    at = start
    before = ""
    marks = [(one.start(), one.end()) for one in _GLUE.finditer(folded, start, end) if _cuts_names(folded, start, one)]
    for stop, next_at in [*marks, (end, end)]:
        begin, finish = _edges(folded, at, stop)
        finish = begin + len(_TITLE.sub("", folded[begin:finish]))
        name = folded[begin:finish]
        if name:
            modifier = _MODIFIER.match(name)
            bare_name = name in _BARE and before
            yield Party(before + name if bare_name else name, begin, finish)
            before = modifier[1] if modifier else (before if bare_name else "")
        at = next_at


def _cuts_names(folded: str, start: int, glue: re.Match[str]) -> bool:
    """Tell whether a joint stands between two names: not in brackets, and not as in 工业和信息化部."""
    before = folded[start : glue.start()]
    if any(before.count(opens) > before.count(closes) for opens, closes in ("()", "〔〕", "[]")):
        return False
    return glue.group() not in _WEAK_GLUE or ENDS_AS_PARTY.search(before) is not None


def _edges(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in " 、,;:":
        start += 1
    while end > start and folded[end - 1] in " 、,;:。等":
        end -= 1
    return start, end


def _by(folded: str, start: int) -> list[Party]:
    return [name for one in _BY.finditer(folded, start) for name in _subject(folded, one.end(), strong=False)]


def _once(found: list[Party]) -> list[Party]:
    """Keep each name once; the shorter name of a body already named says nothing new (企业 after 高危行业企业)."""
    kept: list[Party] = []
    for one in found:
        if not any(old.name == one.name or (one.name in _BARE and old.name.endswith(one.name)) for old in kept):
            kept.append(one)
    return kept
