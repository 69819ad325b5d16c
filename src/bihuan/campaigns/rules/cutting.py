"""Where a long sentence may be cut into parts that can each be answered: at its commas, where both sides order.

A part is worth a line of its own when its words call for a figure that the part before does not call for. What only
says for whom, when or according to what stays with what follows; what calls for nothing new stays with what is before.
"""

import re
from itertools import pairwise
from typing import Final

from bihuan.campaigns.rules.suggesting import suggest

_MARK: Final = re.compile("[；;，,。]|、(?=[^、，；]{1,4}一批|压降|控制|杜绝)")
_LEADS_IN: Final = re.compile(
    "^(对|按照|根据|依据|针对|通过|在|以|自|从|由|经|如|凡|若|把|将)[^，；]*$|.*(期间|时|前|后|以来|的|为目标|为重点|为核心|为着力点|为落脚点)$"
)
_SHORT: Final = 4  # characters; a shorter part says nothing by itself


def cuts_of(text: str) -> list[int]:
    """Return the offsets into a sentence where it may be cut, in order; each lies just after a mark."""
    bounds = [0, *(mark.end() for mark in _MARK.finditer(text) if mark.end() < len(text)), len(text)]
    pieces = [(start, end) for start, end in pairwise(bounds) if end > start]
    cuts: list[int] = []
    start = 0
    for (begin, end), (_, following) in pairwise(pieces):
        here = {one.key for one in suggest(text[start:end])}
        after = {one.key for one in suggest(text[end:following])}
        if _leads_in(text[begin:end]) or end - start < _SHORT or following - end < _SHORT or not here:
            continue
        if after - here or (_leads_in(text[end:following]) and _calls_later(text, end, here)):
            cuts.append(end)
            start = end
    return cuts


def _leads_in(piece: str) -> bool:
    bare = piece.strip("，,；;。、 ")
    return bool(_LEADS_IN.match(bare)) and not re.search("(?<!需)要|一律|必须", bare)


def _calls_later(text: str, start: int, here: set[str]) -> bool:
    """Tell whether what a leading-in piece leads to calls for something new."""
    return bool({one.key for one in suggest(text[start:])} - here)
