"""Who a remark in brackets at a sentence's end names: （甲局牵头，乙局、丙局配合）."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bihuan.campaigns.rules.names import Answerable, Party, listed, once
from bihuan.campaigns.rules.text import Place

_REMARK: Final = re.compile(
    r"\(((?:[^()]|\([^()]*\))*(?:负责|牵头|配合|落实|分工|参与|参加|承担|责任(?:单位|部门)|牵头(?:单位|"
    r"部门)|指导|督促)(?:[^()]|\([^()]*\))*)\)[。.]?$"
)
# 县应急局牵头，县公安局、县住建局等部门配合: what stands after a name, or after the list that it is in
_SHARE: Final = re.compile(
    r"(?:[、和及与][^,;。、和及与]{2,20}?)*?(?:等(?:有关|相关)?(?:部门|单位))?(?:要|应当?|负责)?(?:积极|密切|做好)?"
    r"(?P<does>牵头|主抓|负责(?![人同])(?=[,。;、])|配合|协助|协同|参与|参加)"
)
_LEADS: Final = frozenset(("牵头", "主抓", "负责"))
_NOBODY: Final = frozenset(("其他", "其它", "无", "全部", "所有"))
_REMARK_PARTS: Final = re.compile(
    r"(?<=[(,;:。])由|\((?:牵头|主责|负责|配合|参与|协助|协同|参加)(?:单位|部门)?\)|(?:(?:责任|牵头|配合|主责|参与|协助|成员)(?:单位|部门|主体|科室)?[:])|(?:分别|共同|具体|"
    r"统一)?(?:牵头|分工(?=负责|落实)|按照?[^,;]*(?:分工|职责)[^,;]*|负责(?![人同])|配合|参与|参加|落实|等(?:有关|相关)?(?:部门|单位)?|承担|指导|督促落实|"
    r"组织实施)+|[,;。:]"
)


def remark_parties(folded: str) -> list[Party]:
    """Return those that a remark in brackets at the end names: （甲局牵头，乙局配合）."""
    remark = _REMARK.search(folded.rstrip())
    if remark is None:
        return []
    stop = folded.find("。", remark.start(1), remark.end(1))  # …负责。以下均需各地落实，不再列出
    return answerable_in(folded, remark.start(1), stop if stop > 0 else remark.end(1))


def answerable_in(folded: str, start: int, end: int) -> list[Party]:
    """Return those that a list names, without the words for what they do: 甲局牵头，乙局等部门按职责分工负责."""
    return once([one for one in listed(folded, start, end, cut=_REMARK_PARTS) if one.name not in _NOBODY])


def with_roles(folded: str, parties: Sequence[Answerable], place: Place) -> tuple[Answerable, ...]:
    """Return those named in a sentence with their roles, where some are said to lead and others to help.

    folded: the sentence; place: where it stands.
    """
    does = [_SHARE.match(folded, one.place.end - place.start) for one in parties]
    said = [found["does"] if found else "" for found in does]
    if not any(one in _LEADS for one in said) or all(one in _LEADS or not one for one in said):
        return tuple(parties)
    roles = ["lead" if one in _LEADS else "support" if one else "" for one in said]
    return tuple(replace(one, role=one.role or role) for one, role in zip(parties, roles, strict=True))
