"""Bodies whose people are drawn into a work, or asked to take part: 从县公安局抽调人员, 邀请卫生局共同验收."""

import re
from typing import Final

from bihuan.campaigns.rules.names import Party, parties_in

# 县教育局邀请公安局、卫生局共同验收
_INVITED: Final = re.compile(
    r"邀请(?P<who>[^,;。]{2,60}?)(?:等(?:有关|相关)?(?:部门|单位))?(?=共同|一起|一同|联合|参加|参与)"
)
_DRAWN: Final = re.compile(r"(?<![一-龥])从(?P<who>[^,;。]{2,60}?)(?:等(?:有关|相关)?(?:部门|单位))?(?:中)?抽调")
# 市安委会抽调安监、公安等部门人员
_DRAWN_FROM: Final = re.compile(
    r"抽调(?P<who>[^,;。从]{2,40}?等(?:有关|相关)?(?:部门|单位))(?=[^,;。]{0,6}(?:人员|骨干|力量|干部|专家|组成))"
)


def drawn(folded: str) -> list[Party]:
    """Return the bodies that are drawn into a work: 从县公安局、县工商局抽调人员, 邀请公安局、卫生局共同验收."""
    marks = [*_DRAWN.finditer(folded), *_DRAWN_FROM.finditer(folded), *_INVITED.finditer(folded)]
    return [name for one in marks for name in parties_in(folded, *one.span("who"))]
