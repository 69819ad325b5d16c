"""An inspector's words made plain: markup, widths and traditional forms gone, cut into the hazards they name."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

MOST_CHARACTERS: Final = 4_000  # of a text are read; the answer says so when there were more
LONG: Final = 200  # characters from which on words that only say the same again and again are left out
_NUMERALS: Final = "\\d〇零一二三四五六七八九十百千万亿两"
_AGAIN: Final = re.compile(
    rf"([{_NUMERALS}]{{0,20}}?[^{_NUMERALS}].{{0,39}}?)\1{{3,}}", re.DOTALL
)  # not a number: 1000000
_BLOCK: Final = re.compile(r"<\s*/?\s*(?:br|p|div|li|ul|ol|tr|table|h[1-6]|hr|section|article)\b[^<>]{0,200}>", re.I)
_CELL: Final = re.compile(r"<\s*/?\s*(?:td|th|dt|dd|option)\b[^<>]{0,200}>", re.I)
_MARKUP: Final = re.compile(r"</?[a-zA-Z!?][^<>]{0,200}>|\*\*|__|~~|`")  # within a line: it parts no word
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+")
_BROKEN: Final = re.compile("(?<=[\u4e00-\u9fff])(?:[ \t\u3000]+|[ \t\u3000]*\n[ \t\u3000]*)(?=[\u4e00-\u9fff])")
_SPELT: Final = re.compile("(?:(?<![\u4e00-\u9fff])[\u4e00-\u9fff][ \t\u3000]){3,}[\u4e00-\u9fff](?![\u4e00-\u9fff])")
REACH: Final = 8  # characters on either side of a break of which a word may be made
_CROSSED: Final = re.compile("(?<=[\u4e00-\u9fff)])[×✗✘❌╳](?!\\d)")  # 流量报警× 联锁√, as on a list
_TICKED: Final = re.compile("(?<=[\u4e00-\u9fff)])[√✓✔☑]")
# Denials typed by sound or look: 妹有, 每装 for 没有; 末装, 味设 for 未. Only before what is denied of a thing.
_DONE: Final = "装设配安测检办开批审采落挂系按见做经取拿"
_THERE_IS_NO: Final = re.compile(rf"[妹梅媒霉眉昧寐玫美媚](?=[有{_DONE}])|每(?=有(?![人个年月天次台家])|[装设])")
_NOT_YET: Final = re.compile(rf"(?<![周月期年])[末味胃](?=[{_DONE}对进列建培定])")
_ASKED: Final = re.compile(
    "(?<=问)(?P<what>[^,;。\n没未无]{0,10})有没有"
)  # a question denies nothing; its answer may: 问有没有动火证,说没有
# A question that the next words answer: 没装火花探测?装了 says that it is there.
_DOUBTED: Final = re.compile(
    r"(?:[没未]有?|无)(?=[^,;。!?\n没未无]{0,20}\?(?:已经?|都|全|早就?)?(?:装|有|配|设|办|做|上|齐|正常|好的|在的)[了过的齐有上好着]*(?:$|[,;。!\n]))"
)
_ASKED_AND_ANSWERED: Final = re.compile(
    r"(?<=[\u4e00-\u9fff])\?(?=没|无|未)"
)  # 票?没开: the answer is of what is asked
_CIRCLED: Final = re.compile("[①-⒛](?![号#线楼]|车间)")  # ①电箱没盖②…: each begins a hazard; NFKC makes figures of them
_SCRIPT: Final = re.compile(r"<\s*(script|style)\b.{0,2000}?<\s*/\s*\1\s*>", re.I | re.S)
_WRITTEN: Final = re.compile("[\u4e00-\u9fff]")
_SPACE: Final = re.compile(r"[ \t\u3000]+")
_NUMBERED: Final = (
    r"(?<![\d.a-z])\d{1,2}[.、)](?![\d])|[①-⑳]|[(]\d{1,2}[)]|[(]?[一二三四五六七八九十]{1,2}[)、]|[一二三四五六]是"
)
_MEASURES: Final = "人名个台吨米层级区年月日楼次家条处具樘盏扇瓶桶箱号天度套只间块根道座栋幢点小公平千毫厘斤元"
_COUNTED: Final = rf"(?:^|(?<=,))\d{{1,2}}(?=[\u4e00-\u9fff])(?![{_MEASURES}])"
_LOOKS_AHEAD: Final = "未没无缺有不的0123456789"
_CUT: Final = re.compile(
    rf"{_COUNTED}|[;。\n!?]+|{_NUMBERED}|另外(?![一二三四五六七八九十几两\d]+[台个套处只间条])|此外|(?<![里内中头面边上间房库厂])还有(?![压气汽余残热人])|其次|同时还"
)
_NONE: Final = re.compile(
    r"一[个道根处只台块样具把件张条盏樘套](?!人|[都也])([^,。;、一二两三四五六七八九十\d]{1,8}[都也](?:没|不|无|未))"
)
_DUST_ONE: Final = "(?:除尘|收尘|吸尘|集尘|布袋)"
_EACH: Final = re.compile(  # 铝一台除尘,铁一台除尘 tells of two, each with its own
    rf"(?P<whose>(?:^|(?<=[,;。\n]))(?![^,;]{{0,8}}[共合同都全])[^,;]{{1,8}}?)一"
    rf"(?=(?P<unit>[台套个]){_DUST_ONE}[^,;]{{0,2}}[,;]?[^,;共合同]{{1,8}}?(?:另外?)?一(?P=unit){_DUST_ONE}?(?:$|[,;。\n]))"
)
_CLAUSE: Final = re.compile(r"[,:]+")
_WIDE: Final = str.maketrans({"，": ",", "：": ":", "；": ";", "！": "!", "？": "?", "（": "(", "）": ")", "．": "."})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that names one hazard. clauses: the places, in `text`, where its commas divide it."""

    text: str
    clauses: tuple[tuple[int, int], ...]

    def clause_at(self, place: int) -> int:
        """Return which clause a place belongs to."""
        return min(bisect_right(self.clauses, place, key=itemgetter(1)), len(self.clauses) - 1)


IsBroken = Callable[[str, str, int], bool]  # whether a word of that many characters at least stands over a break
SHORTEST: Final = 2  # characters of a word that a space may break
SHORTEST_OF_LINES: Final = 3  # the same for a line break, which more often parts two hazards


def clean(
    text: str,
    traditional: Mapping[int, str],
    is_broken: IsBroken | None = None,
    lacks: Callable[[str, str], bool] = lambda _before, _after: False,
) -> str:
    """Return the words alone, in one form of writing, at most MOST_CHARACTERS of them.

    is_broken: tells where a space or a line break stands within a word (火花 探测) and parts nothing. lacks: tells
    whether words before a denial name a thing that it speaks of, so that what follows it is another matter.
    """
    plain = _without_markup(html.unescape(_without_markup(text[: MOST_CHARACTERS * 4])))
    plain = _CIRCLED.sub(";", plain)
    plain = unicodedata.normalize("NFKC", plain.translate(_WIDE)).lower().translate(_WIDE)
    plain = _UNSEEN.sub("", plain.replace("\r\n", "\n").replace("\r", "\n")).translate(traditional)
    if len(plain) > LONG:
        plain = _AGAIN.sub(r"\1\1", plain)
    if is_broken is not None:
        plain = _unbroken(plain, is_broken)
    plain = _TICKED.sub("完好", _CROSSED.sub("没有", plain))
    plain = _NOT_YET.sub("未", _THERE_IS_NO.sub("没", plain))
    plain = _ASKED_AND_ANSWERED.sub("", plain)
    plain = _DOUBTED.sub("", _ASKED.sub(r"\g<what>有否", plain))
    plain = _SPACE.sub(lambda found: _kept_space(found, lacks), plain)[:MOST_CHARACTERS].strip().replace(",并", "并")
    return _EACH.sub(r"\g<whose>各一", _NONE.sub(r"\1", plain))  # 一个连墙件都没有 speaks of none, not of one


def _without_markup(text: str) -> str:
    """A block begins a line, a cell stands apart, and what only says how a word looks leaves no gap in it."""
    if not _MARKUP.search(text):
        return text
    return _MARKUP.sub("", _CELL.sub(" ", _BLOCK.sub("\n", _SCRIPT.sub("", text))))


def _unbroken(plain: str, is_broken: IsBroken) -> str:
    """Return a text without the spaces and line breaks that stand within a word."""
    plain = _SPELT.sub(lambda found: re.sub(r"\s", "", found.group()), plain)
    made, last = "", 0
    for found in _BROKEN.finditer(plain):
        made, last = made + plain[last : found.start()], found.end()
        least = SHORTEST_OF_LINES if "\n" in found.group() else SHORTEST
        after = _SPACE.sub("", plain[last : last + 2 * REACH])[:REACH]
        if not is_broken(made[-REACH:], after, least):
            made += found.group()
    return made + plain[last:]


def _kept_space(found: re.Match[str], lacks: Callable[[str, str], bool]) -> str:
    """A space divides like a comma, unless it stands within letters or figures, or after a word that looks ahead."""
    text, before, after = found.string, found.start() - 1, found.end()
    if before < 0 or after >= len(text):
        return ""
    if text[before] in _LOOKS_AHEAD and not _denied_on_both_sides(text, before, after):
        denial = _NONE_OF_IT.search(text, max(0, before - REACH), before + 1)
        said = text[max(0, denial.start() - REACH) : denial.start()] if denial else ""
        return "," if said and lacks(said, text[after : after + REACH]) else ""
    return " " if text[before].isascii() and text[after].isascii() else ","


_NONE_OF_IT: Final = re.compile("(?:一个|[都也全均]|根本|压根|从来)?(?:没有?|未有|无)$")  # 报警一个没有 灯是普通的
_DENIED_BEFORE: Final = re.compile(r"[\u4e00-\u9fff]{2}(?:没有?|[无缺]|未有)$")
_DENIED_AFTER: Final = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:没|无|未|缺)")


def _denied_on_both_sides(text: str, before: int, after: int) -> bool:
    """Tell whether what a denial ends before a space has its own: 泄爆口没有 隔爆阀也没有 names two things."""
    return bool(_DENIED_BEFORE.search(text, max(0, before - 7), before + 1) and _DENIED_AFTER.match(text, after))


def pieces(plain: str) -> Sequence[Piece]:
    """Return the parts of a cleaned text that name a hazard each, in order; one whole piece when nothing divides.

    What has no Chinese word is none beside one that has: what is left of markup, a unit, a name.
    """
    found = [Piece(part, _clauses(part)) for part in (one.strip(",、:. ") for one in _CUT.split(plain)) if part]
    written = [one for one in found if _WRITTEN.search(one.text)]
    return written or found or [Piece("", ((0, 0),))]


def _clauses(part: str) -> tuple[tuple[int, int], ...]:
    cuts = [found.span() for found in _CLAUSE.finditer(part)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(part)]
    return tuple(zip(starts, ends, strict=True))
