"""Which share of a text a condition speaks of: how many of its things are broken, what part of what is required.

A share is of the thing that is named in its part of a list (应急灯坏四成、楼梯间门坏六成), else in its clause.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from bihuan.standards.rules.determine.amounts import PIECES, SHARE, Amount, share
from bihuan.standards.rules.determine.ratios import ratios, unnamed_ratios
from bihuan.standards.rules.determine.saying import Reading
from bihuan.standards.rules.determine.scopes import overlap

_PARTS_END: Final = re.compile("[,;:、]")
_BESIDE: Final = 8  # characters before a figure in which it is said that so many are well
# 20盏只亮6盏, 只剩两成亮, 好的不到三成: the part that is told is well.
_WELL_BEFORE: Final = re.compile(
    "(?:[只仅就才](?:剩|有)?(?:亮|好)|(?<![不没])亮|(?:亮|好|能用|能亮|能关|管用|正常|完好|没坏)的)(?:[着了]|[也都就才只仅]|剩下?|余|有|是|占|到|够|大概|约)*$"
)
_WELL_AFTER: Final = re.compile(
    "(?:[个盏樘只具扇套块处])?(?:的)?(?:还|都|是|在)*(?:能(?:亮|用|关|放)|亮(?![个盏])|好(?:的|着|用)|管用|正常|完好|没坏)"
)
_WHOLE: Final = 100.0


class Share(NamedTuple):
    """The bounds of a part, in per cent, and the place in the text where it is told."""

    low: float
    high: float
    start: int


def broken(reading: Reading, asked: Collection[str]) -> Share | None:
    """Return the part of a thing that is not well; None where the text names none."""
    named = ratios(reading.text, reading.amounts)  # 超规定三成 is of a length, not of lamps
    about = [one for one in reading.amounts if one.unit != SHARE or not any(overlap(other, one) for other in named)]
    about = [one for one in about if one.unit != PIECES or not is_of_another(one, reading, asked)]
    mine = _of_one_kind(_best_named(about, reading, asked), reading)
    part = share(mine)
    if part is None:
        return None
    told = next((one for one in mine if one.unit == SHARE), None) or min(
        (one for one in mine if one.unit == PIECES), key=lambda one: one.high
    )
    low, high = (_WHOLE - part[1], _WHOLE - part[0]) if _is_well(told, reading.text) else part
    return Share(low, high, told.start)


def ratio(reading: Reading, asked: Collection[str]) -> Amount | None:
    """Return what part of what is required the things asked for are; None where the text does not tell."""
    found = ratios(reading.text, reading.amounts) or unnamed_ratios(reading.text)
    return next(iter(sorted(found, key=lambda one: -_named_near(one, reading, asked))), None) if found else None


def named_with(one: Amount, reading: Reading) -> set[str]:
    """Return the concepts that the clause of a figure names."""
    clause = reading.piece.clause_at(one.start)
    return {name for name, many in reading.seen.items() if any(seen.clause == clause for seen in many)}


def is_of_another(one: Amount, reading: Reading, asked: Collection[str]) -> bool:
    """Tell whether the clause of a figure names things, and none that is asked for."""
    named = named_with(one, reading)
    return bool(named) and named.isdisjoint(asked)


def _best_named(found: Sequence[Amount], reading: Reading, asked: Collection[str]) -> Sequence[Amount]:
    """Leave out the shares whose part or clause names less of what is asked for than another's."""
    ranks = [
        (one, (_named_near(one, reading, asked), len(named_with(one, reading).intersection(asked))))
        for one in found
        if one.unit == SHARE
    ]
    most = max((rank for _, rank in ranks), default=(0, 0))
    fewer = [one for one, rank in ranks if rank < most]
    return [one for one in found if one not in fewer]


def _named_near(one: Amount, reading: Reading, asked: Collection[str]) -> int:
    """Return how many of the concepts asked for stand in the part of a list in which a figure stands."""
    start = max((found.end() for found in _PARTS_END.finditer(reading.text, 0, one.start)), default=0)
    ends = _PARTS_END.search(reading.text, one.end)
    end = ends.start() if ends else len(reading.text)
    tokens = ((name, seen.token) for name in asked for seen in reading.seen.get(name, ()))
    return len({name for name, token in tokens if start <= token.start < end})


def _of_one_kind(found: Sequence[Amount], reading: Reading) -> Sequence[Amount]:
    """Leave out counts of other things where two are counted by one word: 三个楼梯间,十樘坏了四樘."""
    pieces = [one for one in found if one.unit == PIECES]
    words = [reading.text[one.end - 1] for one in pieces]
    if not any(words.count(one) > 1 for one in words):
        return found
    apart = [one for one, word in zip(pieces, words, strict=True) if words.count(word) == 1]
    return [one for one in found if one not in apart]


def _is_well(one: Amount, text: str) -> bool:
    """Tell whether it is the part that is well which a figure tells."""
    if _WELL_AFTER.match(text, one.end):
        return True
    return _WELL_BEFORE.search(text, max(0, one.start - _BESIDE), one.start) is not None
