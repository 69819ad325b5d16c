"""A document as lines of text, and places in it; folding makes widths the same without moving a character."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_WIDTHS: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LIKE_THESE: Final = {
    "\u3000\u00a0\u2002\u2003\u200b\ufeff\t\x0b\r": " ",
    "﹙": "(",
    "﹚": ")",
    "﹝": "〔",
    "﹞": "〕",
    "﹔": ";",
    "﹕": ":",
    "﹐": ",",
    "﹑､": "、",
    "｡": "。",
    "—–－―": "-",
    "〜∼": "~",
    "○": "〇",
}
_ALIKE: Final = _WIDTHS | {ord(one): ord(plain) for these, plain in _LIKE_THESE.items() for one in these}
# Radicals that some PDF files hold in place of the characters; those that Unicode itself does not fold.
_RADICALS: Final = dict(
    zip(
        "⺁⺄⺅⺆⺇⺈⺉⺋⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲"
        "⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟"
        "⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乚亻冂几勹刂卩小兀尢尣尢巳幺彑彐忄心扌攵旡日月歹母民氵水灬爪爫丬牛犭王疋目示礻竹糸纟罒罒"
        "罒罒网羊羊羊老耂聿肉臼艹艹艹虎衤西西见角角讠贝足车辶辶辶阝金长镸长门阜阝雨青韦页风飞食食食"
        "饣首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟龟",
        strict=True,
    )
)


# 二O一九年: the letter, or the digit, in place of the sign for nought.
# A point, wide or not, that ends a sentence: …相结合．各县要…; not the one after a number (一．).
_POINT: Final = re.compile(r"(?<=[一-龥”])(?<![一二三四五六七八九十])\.(?=\s*(?:[一-龥《“(]|\d{1,4}[年月日]|$))")
_NOUGHTS: Final = re.compile(r"[一二][Oo0Оо〇零一二三四五六七八九]{3}(?=\s*年)")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a line stands in a table: the table's number, row and column, all from 0; rows: how many it covers."""

    table: int
    row: int
    column: int
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or one cell of a document, as written; index is its number in the document, from 0."""

    index: int
    text: str
    cell: Cell | None = None
    outline: int | None = None  # the level that the file itself gives a heading, from 1
    lead: int | None = None  # the line that it was cut from, where that one leads in to a list of points

    @property
    def folded(self) -> str:
        """The text with widths folded, as long as the text itself."""
        return fold(self.text)

    @property
    def bare(self) -> str:
        """The folded text without spaces."""
        return bare(self.text)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Characters start to end (not included) of a paragraph."""

    paragraph: int
    start: int
    end: int

    def as_json(self) -> dict[str, int]:
        """Return the place for JSON."""
        return {"paragraph": self.paragraph, "start": self.start, "end": self.end}


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return a text with full-width forms as half-width ones; as long as before, so that places stay."""
    folded = _NOUGHTS.sub(lambda found: re.sub("[Oo0Оо]", "〇", found.group()), text.translate(_ALIKE))
    return _POINT.sub("。", folded) if "." in folded else folded


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return a folded text without spaces."""
    return re.sub(r"\s+", "", fold(text))


def clean(text: str) -> str:
    """Return a text as people see it: radicals as characters, no control characters."""
    return "".join(_seen(one) for one in text)


def _seen(one: str) -> str:
    code = ord(one)
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        plain = _RADICALS.get(one) or unicodedata.normalize("NFKC", one)
        return plain if len(plain) == 1 else one
    return " " if unicodedata.category(one) in {"Cc", "Cs"} and one not in "\t\n" else one


def trimmed(text: str, place: Place) -> Place:
    """Return a place without the spaces at its two ends."""
    start, end = place.start, place.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Place(place.paragraph, start, end)


_TITLED: Final = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")


def untitled(folded: str) -> str:
    """Return a folded text with the titles in it as blanks, as long as before: the years of a title are no days."""
    return _TITLED.sub(lambda found: "某" * len(found.group()), folded) if "《" in folded else folded


_PAIRS: Final = {"“": "”", "《": "》", "(": ")", "〔": "〕", "【": "】", "「": "」", "〈": "〉"}
_ENDS: Final = "。!?"
LONGEST_SENTENCE: Final = 3000  # characters; what is longer is no prose, and reading it would take for ever
# A remark after a full stop, as (甲局牵头，乙局配合); a number in brackets is none.
_REMARK: Final = re.compile(
    r"\s*(?:\((?!\s*[\d一二三四五六七八九十]{1,3}\s*\))[^()。]{2,}(?:\([^()]*\)[^()。]*)*"
    r"(?:(?<=负责|落实|配合|牵头)。[^()]{2,60})?\)|"
    r"[【\[〔](?!\d{4})[^】\]〕。【\[〔]{4,}[】\]〕])[。;]?"
)


def sentences(line: Line, start: int = 0) -> Iterator[Place]:
    """Yield the sentences of a line from a place on, none longer than prose has.

    A remark in brackets belongs to the sentence before it.
    """
    found: list[tuple[int, int]] = []
    folded = line.folded
    for begin, end in _cuts(folded, start, _ENDS):
        remark = _REMARK.match(folded, begin)
        if found and remark:
            found[-1] = (found[-1][0], remark.end())
            begin = max(begin, min(remark.end(), end))
        if folded[begin:end].strip("。;!?) "):
            found.append((begin, end))
    for begin, end in found:
        if end - begin <= LONGEST_SENTENCE:
            yield trimmed(line.text, Place(line.index, begin, end))


def parts(text: str, marks: str) -> list[tuple[int, int]]:
    """Return where a folded text is cut by marks outside quotes and brackets; the marks end the parts."""
    return list(_cuts(text, 0, marks))


def _cuts(text: str, start: int, marks: str) -> Iterator[tuple[int, int]]:
    begin = start
    stops = _stops(marks)
    while found := stops.search(text, start):
        at = found.start()
        closing = _closing(text, at)
        if closing is not None:
            inner_end = text[closing - 1] in _ENDS and text[at] == "“"
            at = closing
            if inner_end and text[closing] == "”" and marks == _ENDS:
                yield begin, closing + 1
                begin = closing + 1
        elif text[at] in marks:
            yield begin, at + 1
            begin = at + 1
        start = at + 1
    if begin < len(text):
        yield begin, len(text)


@lru_cache
def _stops(marks: str) -> re.Pattern[str]:
    return re.compile("[" + re.escape(marks + "".join(_PAIRS)) + "]")


def _closing(text: str, at: int) -> int | None:
    """Return where the bracket or quote that opens here closes; None when it opens nothing or never closes."""
    close = _PAIRS.get(text[at])
    if close is None:
        return None
    found = text.find(close, at + 1)
    return found if found >= 0 else None
