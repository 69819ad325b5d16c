"""Things that a text names only to say where another one is: 喷漆房隔壁的仓库没有通风 is about the store.

What is said to be missing is missing at the other place. Where a clause asks about that one
too (煤气区旁边的休息室), the landmark counts; `weighing` asks for that.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from bihuan.standards.rules.determine.lexicon import Token

Span = tuple[int, int]
NOWHERE: Final[Span] = (0, 0)  # of a landmark that only tells how far away something is
_ROOMS: Final = (
    "仓库|库房?|走廊|过道|通道|办公[室楼]?|车间|宿舍|食堂|厕所|卫生间|房间?|间|楼|室|棚|厂|店|院子?|空地|停车场"
)
_MANNED: Final = "值班|休息|更衣|会议|操作|控制|活动|交接"  # rooms of which clauses ask because of what is beside them
_BESIDE: Final = re.compile(
    rf"的?(?:斜?对面|隔壁|旁边?|外[面头边]|[边后前]上|后[面头边])的?(?P<other>(?![^,]{{0,3}}(?:{_MANNED}))[^,;。的有没未无不]{{0,5}}?(?:{_ROOMS}))"
)
_FROM: Final = re.compile("[离距](?:离|开)?$")
FROM_REACH: Final = 2
_FAR: Final = re.compile(
    r"(?:的?(?:距离|直线距离))?(?:还?有|约|大概|差不多|足有|起码|至少|将近|快)*"
    r"(?:[\d.一二两三四五六七八九十几多百千半]+(?:公里|千米|里路|里地|km)|\d{3,}(?:多|来)?(?:米|m)"
    r"|[一二两三四五六七八九几]百(?:多|来)?米|(?:很|老|较|挺|好|蛮|还|比较)远|远着)"
)


def landmarks(text: str, tokens: Iterable[Token]) -> Mapping[Span, Span]:
    """Return the places of the words that are landmarks, each with the place that the text speaks of instead."""
    found: dict[Span, Span] = {}
    spans = {(one.start, one.end) for one in tokens}
    for span in spans:
        if beside := _BESIDE.match(text, span[1]):
            found[span] = beside.span("other")
        elif _FROM.search(text, max(0, span[0] - FROM_REACH), span[0]) and _FAR.match(text, span[1]):
            found[span] = NOWHERE
    within = {
        span: other for span in spans for (start, end), other in found.items() if start <= span[0] and span[1] <= end
    }
    return {**within, **found}  # 喷漆 in 喷漆房 too
