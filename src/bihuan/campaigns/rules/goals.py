"""Goals and what is absolute in them: none, all, full cover, both down."""

import re
from dataclasses import dataclass
from typing import Final

from bihuan.campaigns.rules.text import Place, fold

_ABSOLUTE: Final = re.compile(
    r"(?:坚决|全力|有效|严格)?(?:杜绝|不发生|零发生|严防)[^,。;]*|(?:坚决|有力|有效)?遏制[^,。;]*|"
    r"“?双下降”?|“?零[一-龥]{1,6}”?|(?:动态)?清零|全覆盖|[^,。;、]{0,14}(?:达到?|为|率)?100%|"
    r"百分之百|"
    r"[^,。;、]{0,30}(?:下降|不低于|不少于|达到?|提高|高于|低于)\d+(?:\.\d+)?%(?:以上)?|"
    r"确保不[^,。;]*|[^,。;]{0,10}全部[^,。;]*"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as written, what is absolute in it, and its place."""

    text: str
    absolutes: tuple[str, ...]
    place: Place
    section: str
    id: str = ""


def read_goal(text: str, folded: str, place: Place, section: str) -> Goal:
    """Return a goal with its absolutes."""
    return Goal(text, absolutes_of(text, folded), place, section)


def absolutes_of(text: str, folded: str = "") -> tuple[str, ...]:
    """Return what is absolute in a goal, as written. folded: the same text with widths folded."""
    found = [text[one.start() : one.end()].strip() for one in _ABSOLUTE.finditer(folded or fold(text))]
    return tuple(dict.fromkeys(one for one in found if one))
