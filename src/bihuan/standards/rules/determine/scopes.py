"""Of what a figure or a fault is said: of the thing, or of the whole enterprise, another place, a pane, a rail."""

import re
from typing import Final

from bihuan.standards.rules.determine.amounts import Amount
from bihuan.standards.rules.determine.cleaning import Piece
from bihuan.standards.rules.determine.lexicon import Token
from bihuan.standards.rules.determine.signs import Signs

BESIDE: Final = 2  # characters between a pane, a rail and what is said of it: 玻璃都裂了
_MEASURES: Final = frozenset({"米", "毫米", "平方米", "千帕", "伏", "级", "度", "层", "成分"})
_SAYS_WHERE: Final = re.compile("[都正还全]{0,2}[在待挤站坐]")
_ONLY_COUNTS: Final = re.compile("(?:一共|总共|共有?|合计|加起来|有|大概|大约|约|差不多|也?就|才|是|得有)*")
_DAMAGED: Final = re.compile("[裂碎破倒坏松掉锈歪脱损弯]|(?<![拦截隔堵])断|变形")


def is_damage_of(text: str, end: int, token: Token) -> bool:
    """Tell whether a token says that what ends right before it is damaged."""
    beside = 0 <= token.start - end <= BESIDE and "," not in text[end : token.start]
    return beside and _DAMAGED.search(text, token.start, token.end) is not None


def overlap(one: Amount, other: Amount) -> bool:
    return one.start < other.end and other.start < one.end


def is_of_others(one: Amount, piece: Piece, signs: Signs) -> bool:
    """Tell whether a figure is said of the whole enterprise, of another place or time: 里面4人,全厂65人."""
    number = piece.clause_at(one.start)
    start, end = piece.clauses[number]
    if one.unit in _MEASURES or piece.clause_at(one.end - 1) != number:
        return False  # a measure has two ends, the places named; of a sum each figure is looked at alone
    if signs.others_after.match(piece.text, one.end, end):
        return True
    if _SAYS_WHERE.match(piece.text, one.end, end):
        return False
    last = _last_scope(piece.text, start, one.start, signs)
    if last is None and number and _ONLY_COUNTS.fullmatch(piece.text, start, one.start):
        last = _last_scope(piece.text, *piece.clauses[number - 1], signs)
    return bool(last)


def _last_scope(text: str, start: int, end: int, signs: Signs) -> bool | None:
    """Tell whether the last words for a place or time are those of others, None where there are none."""
    others = [found.end() for found in signs.others.finditer(text, start, end)]
    if not others:
        return None
    return not any(found.end() > others[-1] for found in signs.inside.finditer(text, start, end))
