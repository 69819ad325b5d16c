"""Where a long sentence may be cut into parts that can each be answered: at its commas, where both sides order.

A part is worth a line of its own when its words call for a figure that the part before does not call for. What only
says for whom, when or according to what stays with what follows; what calls for nothing new stays with what is before.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from bihuan.campaigns.rules.suggesting import suggest

_MARK: Final = re.compile(
    "[；;，,。]|、(?=[^、，；]{1,4}一批)|"
    "(?<=[一-龥]{4})(?=并(?:要)?(?:严格|切实|认真|及时|督促|组织|建立|上报|制定|落实))|"  # 认真调度并严格督促
    "(?<=[书案告单表])(?=后(?:再)?(?:上报|报送))"  # 出具确认书后上报
)
# Between long members of a list of measures: 领导分片挂钩负责制、重点企业驻点监管.
_MEASURES: Final = re.compile("、(?=[^、，；。“”]{8,})")
LEAST_MEASURE: Final = 8  # characters of such a member
_LEADS_IN: Final = re.compile(
    "^(对|按照|根据|依据|针对|通过|在|以|自|从|经|如|凡|若|把|将)[^，；]*$|.*(期间|时|前|后|以来|的|为目标|为重点|为核心|为着力点|为落脚点)$"
)
# A lead-in that may have a figure of its own: 以防事故为落脚点, 针对季节性特点.
_WEIGHTY: Final = re.compile("^(?:[^，；]*，)?(?:针对.*(?:特点|规律|形势|薄弱)|.*以.*为(?:目标|着力点|落脚点))")
# What says only the outcome of what stands before, or who else sits in the group that is set up.
_FOLLOWS: Final = re.compile("^(?:方可|才能|才可|否则)|^[^，；。]*(?:为成员|任(?:常务)?副?组长|任副?总?指挥长?)")
_BRACKETED: Final = re.compile("（[^（）]*）|\\([^()]*\\)")
_TOLD: Final = re.compile("^[^；]{0,24}?(?<!需)要(?=按照|以|针对|根据|结合|围绕|对照)")  # 各部门要按照…
_STOPS: Final = "，,；;。"
_QUOTED: Final = re.compile("“[^”]*”")
_SHORT: Final = 4  # characters; a shorter part says nothing by itself


def cuts_of(text: str) -> list[int]:
    """Return the offsets into a sentence where it may be cut, in order; each lies just after a mark."""
    cuts: list[int] = []
    start = 0
    for (_, end), (begin, following) in pairwise(_units(text)):
        here = _figures(text[start:end])
        new = _figures(text[begin:following]) - here
        short = end - start < _SHORT or following - begin < _SHORT
        if here and new and not short and not _FOLLOWS.match(text[begin:]):
            cuts.append(end)
            start = end
    return cuts


def cuts_before_days(text: str, days: Iterable[int]) -> list[int]:
    """Return the offsets where a sentence is cut so that each further day has a part of its own.

    days: where the wording of each further day begins. A part begins just after the mark before its day; a day that
    stands in brackets, or without a mark before it, has none.
    """
    inside = [one.span() for one in _BRACKETED.finditer(text)]
    free = [day for day in days if 0 < day < len(text) and not any(start < day < end for start, end in inside)]
    cuts = {max(text.rfind(mark, 0, day) for mark in _STOPS) + 1 for day in free}
    return sorted(cut for cut in cuts if cut > 0 and not any(start < cut < end for start, end in inside))


def _figures(text: str) -> set[str]:
    return {one.key for one in suggest(text)}


def _units(text: str) -> list[tuple[int, int]]:
    """Return the parts that stand together: what leads in, with what it leads to."""
    units: list[tuple[int, int]] = []
    begin: int | None = None
    pieces = list(_pieces(text))
    for at, (start, end) in enumerate(pieces):
        begin = start if begin is None else begin
        last = at + 1 == len(pieces)
        if not last and _leads_in(text[start:end]) and not _weighs(text, begin, pieces[at], pieces[at + 1]):
            continue
        units.append((begin, end))
        begin = None
    return units


def _weighs(text: str, begin: int, piece: tuple[int, int], following: tuple[int, int]) -> bool:
    """Tell whether a lead-in has a figure of its own, which neither it nor the next lead-in shares."""
    end = piece[1]
    if not _WEIGHTY.match(_bare(text[begin:end])) or _WEIGHTY.match(_bare(text[slice(*following)])):
        return False
    figures = _figures(text[begin:end])
    return bool(figures) and not figures & _figures(text[slice(*following)])


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    inside = [one.span() for one in _BRACKETED.finditer(text)]
    marks = [
        mark.end()
        for mark in _MARK.finditer(text)
        if 0 < mark.end() < len(text) and not any(start < mark.end() < end for start, end in inside)
    ]
    for start, end in pairwise([0, *marks, len(text)]):
        if end > start:
            yield from _measures(text, start, end)


def _measures(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a list of measures, each long and with a figure of its own."""
    bounds = [start, *(mark.end() for mark in _MEASURES.finditer(text, start, end)), end]
    pieces = list(pairwise(bounds))
    figures = [_figures(text[one:other]) for one, other in pieces]
    long = all(other - one >= LEAST_MEASURE for one, other in pieces)
    if len(pieces) > 1 and long and all(figures) and all(not one & other for one, other in pairwise(figures)):
        yield from pieces
    else:
        yield start, end


def _bare(piece: str) -> str:
    return piece.strip("，,；;。、 ")


def _leads_in(piece: str) -> bool:
    bare = _TOLD.sub("", _QUOTED.sub("某", _bare(piece)))
    return bool(_LEADS_IN.match(bare)) and not re.search("(?<!需)要(?!求)|一律|必须", bare)
