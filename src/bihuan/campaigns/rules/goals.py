"""Goals and what is absolute in them: none, all, full cover, both down."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.campaigns.rules.days import Anchor, Span
from bihuan.campaigns.rules.deadlines import deadlines
from bihuan.campaigns.rules.due import Due
from bihuan.campaigns.rules.text import Place, fold

_ABSOLUTE: Final = re.compile(
    r"(?:坚决|全力|有效|严格)?(?:杜绝|不发生|零发生|严防)[^,。;]*|(?:坚决|有力|有效)?遏制[^,。;]*|"
    r"“?双下降”?|“?零[一-龥]{1,6}”?|(?:动态)?清零|全覆盖|[^,。;、]{0,14}(?:达到?|为|率)?100%|"
    r"百分之百|"
    r"[^,。;、]{0,30}(?:下降|不低于|不少于|达到?|提高|高于|低于)\d+(?:\.\d+)?%(?:以上)?|"
    r"确保不[^,。;]*|[^,。;]{0,10}全部[^,。;]*"
)
# What a campaign as a whole is to bring, so that its end is the day: 通过百日攻坚行动，…; 行动期间不发生…
_WORK: Final = r"(?:行动|整治|检查|排查|攻坚|治理|活动|大会战)"
_BY_ITS_END: Final = re.compile(
    rf"(?:通过|经过)[^,。;]{{0,30}}{_WORK}|^用[^,。;]{{1,8}}时间|(?:^|,|、)(?:专项)?{_WORK}(?:期间|结束(?:时|后|前)|期内)|"
    rf"(?:专项|整个|本次|此次|这次){_WORK}(?:期间|结束(?:时|后|前)|期内)"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as written, what is absolute in it, its place, and by when: due and later as of a clause."""

    text: str
    absolutes: tuple[str, ...]
    place: Place
    section: str
    id: str = ""
    due: Due | None = None
    later: tuple[Due, ...] = ()


def read_goal(text: str, place: Place, section: str, anchor: Anchor, period: Span | None) -> Goal:
    """Return a goal with its absolutes and by when it is to be reached; nothing where the text does not say."""
    folded = fold(text)
    dues = tuple(_due(text, place, one.start, one.end, one.on) for one in deadlines(folded, anchor))
    if not dues and period and period.end_text and _BY_ITS_END.search(folded):
        dues = (Due(period.end_on, period.end_text, None, implied=True),)
    return Goal(text, absolutes_of(text, folded), place, section, due=next(iter(dues), None), later=dues[1:])


def _due(text: str, place: Place, start: int, end: int, on: date | None) -> Due:
    return Due(on, text[start:end], Place(place.paragraph, place.start + start, place.start + end))


def absolutes_of(text: str, folded: str = "") -> tuple[str, ...]:
    """Return what is absolute in a goal, as written. folded: the same text with widths folded."""
    found = [text[one.start() : one.end()].strip() for one in _ABSOLUTE.finditer(folded or fold(text))]
    return tuple(dict.fromkeys(one for one in found if one))
