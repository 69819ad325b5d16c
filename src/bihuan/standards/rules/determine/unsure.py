"""What a text says was not found out: 水性还是油性漆没问到, 里面住没住人没看到, 十来个没数清.

A thing or a figure in such words is neither there nor missing. Where the rest of a clause is met, a person is asked.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bihuan.standards.rules.determine.amounts import Amount
from bihuan.standards.rules.determine.cleaning import Piece
from bihuan.standards.rules.determine.lexicon import Token

Span = tuple[int, int]

_YES_OR_NO: Final = (
    "(?:(?P<verb>[\u4e00-\u9fa5])[没不](?P=verb)|是不是|有没有|有无|是否|[^,;没未不]{1,6}还是(?![照在要用这那]))"
)
_HOW_MUCH: Final = "[^,;没未不]{1,6}(?:啥样|什么样|多少|多大|多高|多深|几[个台人吨层]|哪一?年)"
_FOUND_OUT: Final = (
    "[问看记试查说讲数写核量测拍认](?:到|清楚?|明白?|出来?|见|下|过|实|准|全)?|弄清|搞清|核实|确认|打听|注明"
)
_NOT_FOUND_OUT: Final = f"[没未]有?(?:人|来得及)?(?:{_FOUND_OUT})|无法(?:确认|判断|核实|看清)|待(?:查|核实?|确认|问)"
_NOT_KNOWN: Final = f"(?:{_NOT_FOUND_OUT}|不(?:清楚|知道|晓得|详|确定|好说)|[说看弄搞讲数分认吃拿问]不[清准出好明到见])"
_WONDERED: Final = (
    "(?:不(?:清楚|知道?|晓得|确定|好说)|[说看弄搞分认吃拿]不[清准出]|没(?:问|弄|搞)清|搞不懂|闹不清)(?:到底|究竟)?"
)
_ASKED: Final = re.compile(
    f"{_WONDERED}(?:{_YES_OR_NO.replace('verb', 'asked')})[^,;没未]{{1,8}}"
    f"|(?P<whether>{_YES_OR_NO})[^,;]{{0,10}}?{_NOT_KNOWN}|{_HOW_MUCH}[^,;]{{0,10}}?(?:{_NOT_FOUND_OUT})"
)
_SAID: Final = re.compile(
    "[没未]有?(?:问[到清明]|数清|弄清|搞清|核实|记清)|[数记]不清|[吃拿]不准|说法不[一同]|说[的法](?:都|也)?不一样|各说各"
    "|不详(?!细|尽)|待(?:核实|确认|查实?|问清)|(?:没|未)来得及[看查量数问测]"
    "|(?:定员|定量|核定|限员|限载|限量|额定|核载)[^,;]{0,3}牌[^,;]{0,8}(?:看不[清到见出]|认不[清出]|磨(?:没|掉|平|光)了?)"
)
_COUNTING: Final = re.compile("数清|数不清|多少|几[个人]")
# Whether a thing works was not found out: said of what the clause before names.
_WORKING: Final = re.compile(
    "(?:还|都|到底)?(?:灵不灵|好不好|响不响|亮不亮|管不管|通没通|通不通|动不动|能不能|起不起|行不行)"
)


class Doubts(NamedTuple):
    """Places of a piece of which something was not found out: its things, and its figures."""

    things: Sequence[Span]
    figures: Sequence[Span]

    def of_thing(self, token: Token) -> bool:
        """Tell whether a thing is named there."""
        return any(start <= token.start and token.end <= end for start, end in self.things)

    def of_figure(self, one: Amount) -> bool:
        """Tell whether a figure stands there."""
        return any(start <= one.start and one.end <= end for start, end in self.figures)


def doubts(piece: Piece) -> Doubts:
    """Return what a piece says was not found out, with what the clause before names where only that can be meant."""
    things: list[Span] = []
    figures: list[Span] = []
    for found in _ASKED.finditer(piece.text):
        start = piece.clauses[piece.clause_at(found.start())][0] if found["verb"] else found.start()
        things.append((start, found.end()))  # 监检做没做不知道: what is done stands before it
        if _WORKING.match(piece.text, found.start()):
            things += _before(piece, found.start())
    for found in _SAID.finditer(piece.text):
        things.append(piece.clauses[piece.clause_at(found.start())])
        if _COUNTING.search(found.group()):
            figures += _before(piece, found.start())
    return Doubts(things, [*things, *figures])


def _before(piece: Piece, place: int) -> Sequence[Span]:
    number = piece.clause_at(place)
    return piece.clauses[number - 1 : number] if number else ()
