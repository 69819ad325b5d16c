"""One of several: of 1号2号装了火花探测,3号没有 the last clause leaves out what the one before it names."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bihuan.standards.rules.determine.cleaning import Piece
from bihuan.standards.rules.determine.lexicon import Token

LONGEST_HEAD: Final = 14  # characters of a clause before its denial: 靠窗新来的那台砂光机
CLAUSES_BACK: Final = 2  # how far back the thing may be named: 1号装了火花探测,灯亮着,3号没有
_OF_THINGS: Final = "[台个套条只处座部根扇间栋楼层樘口罐釜炉线机塔梯车库]"
_NUMBER: Final = "[0-9一二两三四五六七八九十几a-z甲乙丙丁]"
_ONE: Final = re.compile(
    f"{_NUMBER}(?:[号#]|{_OF_THINGS})|[那这另]一?{_OF_THINGS}|其[余他它]|剩下(?!一?[截段个])|有的|有些|新[装买上来增]|[东西南北里外前后左右][边面头侧]"
)
_MANY: Final = re.compile(f"{_ONE.pattern}|[都每]")


# What may stand between the words that single one out and the denial, besides a thing that was named before.
_NO_THING: Final = re.compile(
    "(?:[的也都就还却可上那边机线是则]|上面|里面|(?:吸尘|除尘)?[风支]?管[道子]?|设备|一直|到?现在|至今|根本)*"
)


def thing_left_out(piece: Piece, tokens: Sequence[Token], start: int) -> int | None:
    """Return where the thing ends of which a denial at `start` speaks without naming it.

    It is the last one of the nearest clause that tells of several. None where the words before the denial do not single
    out one of them, name something else (2号机护罩没有), or nothing before tells of others.
    """
    at = piece.clause_at(start)
    first = piece.clauses[at][0]
    one_ends = singles_out(piece.text, first, start)
    if not one_ends:
        return None
    for number in range(at - 1, max(-1, at - 1 - CLAUSES_BACK), -1):
        before, end = piece.clauses[number]
        named = [one for one in tokens if before <= one.start < end]
        if named and _MANY.search(piece.text, before, end):
            rest = _without(piece.text[one_ends:start], {piece.text[one.start : one.end] for one in named})
            return max(one.end for one in named) if _NO_THING.fullmatch(rest) else None
    return None


def singles_out(text: str, start: int, end: int) -> int:
    """Return where the words end that tell one thing from others of its kind, 0 where there are none."""
    found = [one.end() for one in _ONE.finditer(text, start, end)] if end - start <= LONGEST_HEAD else []
    return found[-1] if found else 0


def _without(words: str, known: Iterable[str]) -> str:
    for one in sorted(known, key=len, reverse=True):
        words = words.replace(one, "")
    return words
