"""Lines and remarks such as 责任单位：甲、乙；完成时限：3月底前, which say who answers for what stands before."""

import re
from dataclasses import dataclass, replace
from typing import Final

from bihuan.campaigns.rules.names import Answerable, listed
from bihuan.campaigns.rules.text import Place

BEFORE_KEY: Final = " ([【"
_LINE: Final = re.compile(
    r"[(【\[]?(?P<key>牵头(?:单位|部门|科室|领导)?|责任(?:单位|部门|科室|主体|领导)|主责(?:单位|"
    r"部门)|负责(?:单位|部门)|配合(?:单位|部门|科室)?|参与(?:单位|部门)|协助(?:单位|部门)|"
    r"落实(?:单位|部门)|责任人|(?:分管|包保|包联|牵头|责任)领导|"
    r"承办(?:单位|部门|科室)|实施(?:单位|主体)|(?:完成|办结|办理|推进|工作)?(?:时限|期限)(?:要求)?|"
    r"(?:完成|截止)?时间(?:要求|节点|安排)?|整改时限)\s*[::]\s*"
)
_WHEN: Final = re.compile(r"时限|时间|期限")
_AT_END: Final = re.compile(r"[(【\[](?:[^()]|\([^()]*\))*[)】\]][。.;]?$")


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
            deadline = folded[key.end() : end].strip(" ;,。)】]、")
        else:
            stop = len(folded[:end].rstrip(" )】]。;"))
            named = listed(folded, key.end(), max(stop, key.end()))
            role = role_of_key(key["key"])
            found += [replace(one.at(place), role=role) for one in named if len(one.name) > 1]
    return Named(tuple(found), deadline, place)


def read_remark(folded: str, place: Place) -> Named | None:
    """Read a remark at a sentence's end that names with keys who answers: （责任单位：甲；完成时限：3月底前）."""
    remark = _AT_END.search(folded.rstrip())
    if remark is None:
        return None
    return read_line(remark.group(), Place(place.paragraph, place.start + remark.start(), place.start + remark.end()))


def role_of_key(key: str) -> str:
    """Return what a key or a column makes of those it names."""
    if re.search(r"配合|参与|协助|参加|协同|协办", key):
        return "support"
    return "person" if key.endswith("人") else "lead"
