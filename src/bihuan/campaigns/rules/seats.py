"""Whom a seat of the leading group may mean (R9.2): what is offered first, and whether one name is all of it."""

import re
from enum import StrEnum
from typing import Final


class Post(StrEnum):
    """What a post is in the town, as far as a leading group asks."""

    CHAIR = "chair"  # 安委会主任
    LEADER = "leader"  # any other leader: 安委会副主任
    HEAD = "head"  # of a department, an office or a village


_MANY: Final = re.compile(r"成员|各|等|单位|部门|(?:主要|分管)负责人")
_ONE_PERSON: Final = re.compile(r"[（(][一-龥·]{2,6}[）)]$")  # 镇长（孔某）
_HEADS: Final = ("组长", "第一组长", "指挥长", "总指挥")
LEAST: Final = 2  # persons of a seat that means several


def is_for_many(title: str, named: str) -> bool:
    """Tell whether a seat means several persons: 成员：镇安委会成员. Filled by one name it is not complete."""
    if not title.startswith("成员") or _ONE_PERSON.search(named):
        return False
    return _MANY.search(named) is not None


def fits(title: str, named: str, post: Post) -> bool:
    """Tell whether a post is offered first for a seat, by what the plan names and by its title."""
    if title.startswith("成员"):
        return post is Post.HEAD
    if title in _HEADS or ("主任" in named and "副主任" not in named):
        return post is Post.CHAIR
    return post is Post.LEADER
