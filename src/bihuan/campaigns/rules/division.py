"""Lines and remarks such as 责任单位：甲、乙；完成时限：3月底前, which say who answers for what stands before."""

import re
from dataclasses import dataclass, replace
from typing import Final

from bihuan.campaigns.rules.headings import Heading
from bihuan.campaigns.rules.names import Answerable, is_party
from bihuan.campaigns.rules.parties import answerable_in
from bihuan.campaigns.rules.text import Place, fold

BEFORE_KEY: Final = " ([【〔"
_LINE: Final = re.compile(
    r"[(【\[〔]?(?P<key>牵头(?:单位|部门|科室|领导)?|责任(?:单位|部门|科室|主体|领导)|主责(?:单位|"
    r"部门)|负责(?:单位|部门)|配合(?:单位|部门|科室)?|参与(?:单位|部门)|协助(?:单位|部门)|"
    r"落实(?:单位|部门)|责任人|(?:分管|包保|包联|牵头|责任)领导|"
    r"承办(?:单位|部门|科室)|实施(?:单位|主体)|(?:完成|办结|办理|推进|工作)?(?:时限|期限)(?:要求)?|"
    r"(?:完成|截止)?时间(?:要求|节点|安排)?|整改时限)\s*[::]\s*"
)
_OFFICE: Final = re.compile(
    r"^(?:国家|省|市|县|区|旗|镇|乡|街道|各)[一-龥()、]{1,24}(?:局|委|办|厅|部|队|政府|委员会|管委会|中心|总工会|公司|法院|检察院|[县市区镇街])$"
)
_WHEN: Final = re.compile(r"时限|时间|期限")
_AT_END: Final = re.compile(r"(?:\((?:[^()]|\([^()]*\))*\)|[【\[〔](?!\d{4})[^】\]〕]*[】\]〕])[。.;]?$")
# The last part of such a remark that says by when: …；2024年12月底前完成
_UNTIL: Final = re.compile(r"[;,]\s*(?P<when>[^;,()]*(?:前|底|日|推进|坚持|长期|全年|完成))\s*$")


@dataclass(frozen=True, slots=True)
class Named:
    """What a line such as 责任单位：甲、乙 says for the sentences before it."""

    parties: tuple[Answerable, ...]
    deadline: str
    place: Place


def read_line(folded: str, place: Place) -> Named | None:
    """Read a line (or a remark in brackets) that names who answers; None when it is another kind of line."""
    keys = list(_LINE.finditer(folded))
    if not keys or folded[: keys[0].start()].strip(BEFORE_KEY):
        return None
    found: list[Answerable] = []
    deadline = ""
    for at, key in enumerate(keys):
        end = keys[at + 1].start() if at + 1 < len(keys) else len(folded)
        if _WHEN.search(key["key"]):
            deadline = folded[key.end() : end].strip(" ;,。)】]〕、")
        else:
            stop = len(folded[:end].rstrip(" )】]〕。;"))
            named = answerable_in(folded, key.end(), max(stop, key.end()))
            role = role_of_key(key["key"])
            found += [replace(one.at(place), role=role) for one in named if len(one.name) > 1]
    return Named(tuple(found), deadline, place)


def read_remark(folded: str, place: Place) -> Named | None:
    """Read a remark at a sentence's end that names with keys who answers: （责任单位：甲；完成时限：3月底前）."""
    remark = _AT_END.search(folded.rstrip())
    if remark is None:
        return None
    where = Place(place.paragraph, place.start + remark.start(), place.start + remark.end())
    after_stop = folded[: remark.start()].rstrip().endswith("。")
    return read_line(remark.group(), where) or _unkeyed(remark.group(), where, after_stop=after_stop)


def read_heading(heading: Heading | None) -> Named | None:
    """Return who answers by the nearest heading that ends in such a remark: （责任单位：甲；完成时间：6月20日）."""
    for one in reversed(heading.path if heading else ()):
        text = fold(one.text)
        start = one.place.end - len(one.text)
        bracket = text.rfind("(")
        if bracket > 0 and text.endswith(")"):
            place = Place(one.place.paragraph, start + bracket, one.place.end)
            if named := read_line(text[bracket:], place):
                return named
    return None


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
    if re.search(r"配合|参与|协助|参加|协同|协办", key):
        return "support"
    return "person" if key.endswith("人") else "lead"
