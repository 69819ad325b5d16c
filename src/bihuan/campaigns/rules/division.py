"""Lines and remarks such as 责任单位：甲、乙；完成时限：3月底前, which say who answers for what stands before."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bihuan.campaigns.rules.answer import Clause
from bihuan.campaigns.rules.due import Due
from bihuan.campaigns.rules.headings import Heading
from bihuan.campaigns.rules.names import Answerable, is_party
from bihuan.campaigns.rules.remarks import answerable_in, remark_parties
from bihuan.campaigns.rules.roles import Role
from bihuan.campaigns.rules.text import Place, fold

LONGEST_UNKNOWN: Final = 16  # characters of a name that ends like no body known; longer ones are prose
BEFORE_KEY: Final = " ([【〔-"
_OPENED_BY: Final = {")": "(", "】": "【", "]": "[", "〕": "〔"}
_BESIDE: Final = re.compile(r"\((牵头|主责|负责|配合|参与|协助|协同|参加)")
_LINE: Final = re.compile(
    r"[(【\[〔]?(?P<key>牵头(?:单位|部门|科室|领导)?|责任(?:单位|部门|科室|主体|领导)|主责(?:单位|"
    r"部门)|负责(?:单位|部门)|配合(?:单位|部门|科室)?|参[与加](?:单位|部门)|协助(?:单位|部门)|(?<=[;,])成员(?:单位)?|"
    r"落实(?:单位|部门)|责任人|(?:分管|包保|包联|牵头|责任)领导|"
    r"(?:承办|主办|组织)(?:单位|部门|科室)|实施(?:单位|主体)|(?:完成|办结|办理|推进|工作)?(?:时限|期限)(?:要求)?|"
    r"(?:完成|截止)?时间(?:要求|节点|安排)?|整改时限)\s*[::]\s*"
)
_OFFICE: Final = re.compile(
    r"^(?:国家|省|市|县|区|旗|镇|乡|街道|各)[一-龥()、]{1,24}(?:局|委|办|厅|部|队|政府|委员会|管委会|中心|总工会|公司|法院|检察院|[县市区镇街])$"
)
_KEYS: Final = re.compile(r"^\s*[【\[〔]|(?:单位|部门|科室|领导|主体)\s*:")
_WHEN: Final = re.compile(r"时限|时间|期限")
_GOES_ON: Final = re.compile(r"。\s*[^\s。;)】\]〕][^。;]{6,}")
_AT_END: Final = re.compile(r"(?:\((?:[^()]|\([^()]*\))*\)|[【\[〔](?!\d{4})[^】\]〕]*[】\]〕])[。.;]?$")
# The last part of such a remark that says by when: …；2024年12月底前完成
_UNTIL: Final = re.compile(r"[;,]\s*(?P<when>[^;,()]*(?:前|底|日|推进|坚持|长期|全年|完成))\s*$")


# 报市安委会办公室（市安监局）: whose office that is, and nobody who acts
_TOLD_TO: Final = re.compile(r"(?:报|送|交|反馈|抄送)(?:至|给|到)?[^,。;:()]{2,16}$")
_ONE_NAME: Final = re.compile(r"\([^()、,;:]{2,16}\)[。;]?")
_BRACKET_ONLY: Final = re.compile(r"[(【\[〔].*[)】\]〕][。;]?")
_BARE_REMARK: Final = re.compile(
    r"^由?(?![^,。;:]+由)[^,。;:]{2,60}(?<!切实)(?<!认真)(?<!全面)负责[。;]?$|"
    r"^[^,。;:]{2,100}(?:按(?:照)?(?:各自)?职责分工(?:负责|落实|组织实施)|(?:牵头|分别|共同)(?:负责|落实))[。;]?$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a line such as 责任单位：甲、乙 says for the sentences before it."""

    parties: tuple[Answerable, ...]
    deadline: str
    place: Place
    beside: bool = False  # it names only helpers or persons, who do not take the place of who acts
    leaders: tuple[str, ...] = ()  # those of them that a key names as 责任领导

    def with_subject(self, own: tuple[Answerable, ...]) -> tuple[Answerable, ...]:
        """Return who answers where a sentence has a subject of its own.

        牵头单位 and 责任单位 stand with it, 配合单位 after it; 责任人 and 责任领导 are not needed beside it.
        """
        if self.beside and own:
            return (*own, *(one for one in self.parties if one.role == "support"))
        return (*own, *(self.units() if own else self.parties))

    def units(self) -> tuple[Answerable, ...]:
        """Return who stands beside a sentence's own subject: no 责任人 and no 责任领导."""
        return tuple(one for one in self.parties if one.role != "person" and one.name not in self.leaders)


def read_line(folded: str, place: Place) -> Named | None:
    """Read a line (or a remark in brackets) that names who answers; None when it is another kind of line."""
    keys = list(_LINE.finditer(folded))
    if not keys or folded[: keys[0].start()].strip(BEFORE_KEY):
        return None
    found: list[Answerable] = []
    leaders: list[str] = []
    leads = False
    deadline = ""
    for at, key in enumerate(keys):
        end = keys[at + 1].start() if at + 1 < len(keys) else len(folded)
        if _WHEN.search(key["key"]):
            if _GOES_ON.search(folded, key.end(), end):
                return None  # 时间:3月1日至5日。各村要…: its sentences are read by themselves
            deadline = folded[key.end() : end].strip(" ;,。)】]〕、")
        else:
            named = answerable_in(folded, key.end(), max(_end_of(folded, key.end(), end), key.end()))
            role = role_of_key(key["key"])
            leads = leads or (role == "lead" and not key["key"].endswith("领导"))
            leaders += [one.name for one in named] if key["key"].endswith("领导") else []
            found += [
                replace(one.at(place), role=_own_role(folded, one.end, role))
                for one in named
                if 1 < len(one.name) <= LONGEST_UNKNOWN or is_party(one.name)
            ]
    return Named(tuple(found), deadline, place, beside=not leads, leaders=tuple(leaders))


def _end_of(folded: str, start: int, end: int) -> int:
    """Return where a list ends: before the marks at its end, not before a bracket that it has opened itself."""
    while end > start and folded[end - 1] in " )】]〕。;":
        pair = _OPENED_BY.get(folded[end - 1], "")
        if pair and folded.count(pair, start, end) >= folded.count(folded[end - 1], start, end):
            break
        end -= 1
    return end


def _own_role(folded: str, end: int, role: str) -> str:
    """Return the role that a name has in brackets behind it: 县应急局（牵头）、县住建局（配合）."""
    said = _BESIDE.match(folded, end)
    return role_of_key(said[1]) if said else role


def read_remark(folded: str, place: Place) -> Named | None:
    """Read a remark at a sentence's end that names with keys who answers: （责任单位：甲；完成时限：3月底前）."""
    remark = _AT_END.search(folded.rstrip())
    if remark is None:
        return None
    where = Place(place.paragraph, place.start + remark.start(), place.start + remark.end())
    after_stop = folded[: remark.start()].rstrip().endswith("。")
    if _TOLD_TO.search(folded[: remark.start()]) and _ONE_NAME.fullmatch(remark.group()):
        return None
    return read_line(remark.group(), where) or _unkeyed(remark.group(), where, after_stop=after_stop)


def is_answered(folded: str, place: Place, role: Role) -> bool:
    """Tell whether a sentence of tasks says with keys at its end who answers for it: …全部清零。【牵头单位：甲】"""
    if role not in {Role.TASKS, Role.TIME}:
        return False
    remark = read_remark(folded, place)
    return (
        remark is not None and bool(remark.parties) and bool(_KEYS.search(folded[remark.place.start - place.start :]))
    )


def joined(one: Named, other: Named) -> Named:
    """Return what two lines say together: 牵头单位：甲 and 配合单位：乙 below it."""
    return Named((*one.parties, *other.parties), one.deadline or other.deadline, one.place)


def read_heading(heading: Heading) -> Named | None:
    """Return who answers by a heading that ends in such a remark: （责任单位：甲；完成时间：6月20日）."""
    text = fold(heading.text)
    start = heading.place.end - len(heading.text)
    bracket = text.rfind("(")
    if bracket <= 0 or not text.endswith(")"):
        return None
    place = Place(heading.place.paragraph, start + bracket, heading.place.end)
    return read_line(text[bracket:], place) or _plain_remark(text, place)


def named_alone(text: str, place: Place, *, numbered: bool) -> tuple[Answerable, ...]:
    """Return the bodies of a sentence that does nothing but name them: 甲局负责。 （县委宣传部）. numbered: an item."""
    if _BRACKET_ONLY.fullmatch(text):
        keyed = read_remark(f"。{text}", place)
        return keyed.parties if keyed else tuple(replace(one.at(place), place=place) for one in remark_parties(text))
    if numbered or not _BARE_REMARK.match(text):
        return ()
    named = remark_parties(f"({text.rstrip('。')})")
    return tuple(Answerable(one.name, place) for one in named) if all(is_party(one.name) for one in named) else ()


def _plain_remark(text: str, place: Place) -> Named | None:
    """Read what a heading's bracket says without keys: （县应急局牵头，县住建局配合）."""
    whole = replace(place, start=place.end - len(text))
    parties = tuple(one.at(whole) for one in remark_parties(text))
    return Named(parties, "", place) if parties and all(is_party(one.name) for one in parties) else None


def _unkeyed(folded: str, place: Place, *, after_stop: bool) -> Named | None:
    """Read a remark of names without keys: 【甲局、乙局；2024年12月底前完成】; None where not only bodies are named.

    In round brackets without a day they must stand after the stop, or all be offices: （加油站、商场） are objects.
    """
    end = len(folded.rstrip("。.;")) - 1
    until = _UNTIL.search(folded, 1, end)
    named = answerable_in(folded, 1, until.start() if until else end)
    if not named or not all(is_party(one.name) for one in named):
        return None
    if folded[0] == "(" and not until and not after_stop and not all(_OFFICE.search(one.name) for one in named):
        return None
    when = re.sub(r"(?:完成|办结)$", "", until["when"].strip()) if until else ""
    return Named(tuple(one.at(place) for one in named), when, place)


def role_of_key(key: str) -> str:
    """Return what a key or a column makes of those it names."""
    if re.search(
        r"配合|参与|协助|参加|协同|协办|^成员|^包保成员|^(?:包保|联系|包村|包片|包企|包联|驻村|挂钩|包组|包社区|包户)(?:干部|工作人员|人员)",
        key,
    ):
        return "support"
    return "person" if key.endswith("人") else "lead"


def answered(clause: Clause, named: Named, on: date | None) -> Clause:
    """Return a clause with those and the day that a line names for it."""
    due = clause.due
    if named.deadline and (due is None or due.implied):
        due = Due(on, named.deadline, named.place)
    return replace(
        clause,
        parties=named.parties or clause.parties,
        parties_implied=clause.parties_implied and not named.parties,
        due=due,
    )
