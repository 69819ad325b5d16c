"""The tree of headings, also those that run into their text, and the pieces of text between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bihuan.campaigns.rules.front import is_annex
from bihuan.campaigns.rules.numbering import Number, number_of
from bihuan.campaigns.rules.parties import has_ordering_subject, subjects
from bihuan.campaigns.rules.text import Line, Place, fold, trimmed

_ANNEXES: Final = re.compile(r"附件?[::]\s*1\s*[.、](?!\d)|附件?[::]$")
_ANNEX_NAME: Final = re.compile(r"\d{1,2}\s*[.、](?!\d)[^。;]{2,60}$")
# The line below 附件: 治理任务清单; it orders nothing, though it begins with a verb.
_TITLE_OF_ANNEX: Final = re.compile(r"(?!\d)[^,。;:]{2,40}(?:清单|表|名单|目录|台账|分工|标准)$")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_BOX: Final = re.compile(r"专栏\s*[\d一二三四五六七八九十]*")
_REMARK_ONLY: Final = re.compile(r"[(【\[〔].*[)】\]〕][。;]?")  # after a sentence: who answers for it
# A line that says who answers or by when for what stands before it.
KEY_LINE: Final = re.compile(
    r"\s*[(【\[〔-]*\s*(?:牵头|责任|主责|负责|配合|参与|参加|协助|落实|承办|实施|完成|整改|(?:组织|主办)(?=单位))(?:单位|部门|科室|主体|"
    r"领导|人|时限|时间|期限|要求)?\s*[::]"
)
LONGEST: Final = 50
SENTENCE: Final = 18  # characters of a line with a subject and a stop, from which it is no heading
RUN_IN: Final = 32
_INLINE: Final = {"is"}
_STOP: Final = re.compile(r"[。;!?]|(?<!\d):|:(?!\d)")
_RANKS: Final = {"chapter": 0, "part": 1, "article": 1, "han": 2, "han)": 3, "1.1": 3, "1": 4, "1.1.1": 4, "1)": 5}
LOWEST: Final = 6
_ITEM: Final = re.compile(
    r"(?<![目有])的[;。,]?$|^(?:未|不|无|(?:违|非法|擅自|超)(?![^,。;:]{0,10}(?:清零|查处|整治|治理|处置|清理|取缔|打击)(?:[。:]|$))|是否|没有)"
)
_ORDERS: Final = re.compile(
    r"必须|务必|应当|不得|严禁|一律|(?<!\w)要(?!求|点|素|害|闻|领)|[后前时内中的]要(?=立即|及时|将|把|对|按)"
)
_GAP: Final = re.compile(r"\s*([^\s，。；：,;:]{2,16})(?:\u3000|[ \t]{2,})(?=\S{6})")  # 1.1 网格划分　全镇…
_FIGURES: Final = re.compile(r"\d+月|\d{4}年|\d%|\d+日")
# 9月20日至9月28日，宣传摸底。
_DATED: Final = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:至|到|-|~)[\d年月日底]{2,10},?[一-龥“”]{2,10}")
_OF_WHOM: Final = re.compile(r"(?:对|凡|因)[^,。;]{2,20}的,")  # 对拒不整改的，依法停电
_SAYS_WHERE: Final = re.compile(r",[^,]{0,6}(?:电话|邮箱|信箱|热线)$")  # 实行有奖举报，举报电话：…
_ITS_OWN: Final = re.compile(r"本[一-龥]{2,4}(?:自|有效期|由|适用|未)")  # 本公告有效期自…
_CHARGED: Final = re.compile(r"^(?:成立|设立|组建|建立)[^,]{2,20},(?:具体)?负责(?!人)")  # 设立办公室,负责协调
_PAIRED: Final = re.compile(
    r"\s*[一-龥“”]{4},[一-龥“”]{4},(?:确保|坚决|切实|全面|推动|努力|有效|着力)[^,]{4,20}$"
)  # 明确责任,强化督导,确保…
_LEADS_IN: Final = re.compile(r"下列|以下|如下|,")
_BY_THEM: Final = re.compile(r".{2,}由.{2,40}(?:负责|承担|牵头)$")  # 主体责任由乡镇政府和有关部门负责
_DOES_TO: Final = re.compile(r"[将把](?=[一-龥])|对(?=[一-龥]{4,})|会同|分片(?=包)|每(?=[日天周旬月季年半])|于(?=\d)")
_SECOND: Final = re.compile(r"[。;]\s*(?:二|第二)(?:是|要)")  # 一是…。二是…: sentences of one paragraph
# (四)检查验收阶段(10月1日-10月20日)各市要…: nothing parts the heading from its text
_STAGE_WITH_DAYS: Final = re.compile(
    r"\s*[一-龥“”、]{2,16}(?:阶段|步骤|时期)\s*\([^()]*\d[^()]{1,24}\)(?![和及与])(?=[一-龥])"
)
_DAYS_FIRST: Final = re.compile(r"\s*\([^()]{2,30}\)\s*:\s*(?=\S)")  # 第一阶段（即日起至7月5日）：动员部署。
_STAGE_FIRST: Final = re.compile(
    r"\s*第[一二三四五六七八\d](?:阶段|步骤?|批次?):(?=[^,。;!?:]{2,40}(?:[。:]|$))"
)  # （一）第一阶段：动员部署（4月1日至10日）。
# What a heading without a number ends in.
_KNOWN: Final = re.compile(
    r"^[一-龥“”]{0,10}(?:目标|任务|要求|措施|步骤|安排|保障|原则|内容|重点|机制|职责|分工|"
    r"思想|机构|领导|范围|对象|意义|依据|总则|附则)[:]?$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level from 1, its number as written and as a label, its text, and its place (number and text)."""

    level: int
    number: str
    label: str
    text: str
    place: Place
    parent: "Heading | None" = None

    @property
    def path(self) -> tuple["Heading", ...]:
        """The headings above it and itself, outermost first."""
        return (*self.parent.path, self) if self.parent else (self,)

    @property
    def section(self) -> str:
        """The labels of the path, joined: 三(四)."""
        labels = [one.label for one in self.path]
        return (labels[-1] if "." in labels[-1] else "".join(labels)) if labels else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line from a character on, and the heading it stands under; number: it is an item of its own of that style."""

    line: Line
    start: int
    heading: Heading | None
    number: Number | None = None


def outline(lines: Sequence[Line]) -> tuple[list[Heading], list[Piece]]:
    """Return the headings and the pieces of text of a document, in order."""
    headings: list[Heading] = []
    pieces: list[Piece] = []
    open_styles: list[tuple[str, Heading | None]] = []
    prose = _without_contents([line for line in lines if line.bare])
    boxed = False  # in a box (专栏1 …), whose numbered lines are items
    listed = False  # in the list of annexes at the end: 附件：1.… 2.…
    for at, line in enumerate(prose):
        listed = _ANNEXES.match(line.bare) is not None or (listed and _ANNEX_NAME.match(line.bare) is not None)
        if is_annex(line):
            open_styles.clear()
            continue
        if listed or (at and is_annex(prose[at - 1]) and _TITLE_OF_ANNEX.match(line.bare)):
            continue
        boxed = _BOX.match(line.bare) is not None or (boxed and _is_item_of_box(line))
        if boxed and not line.cell:
            pieces.append(_item(line, open_styles))
            continue
        if not line.cell and _goes_on(line, prose[at - 1] if at else None, pieces[-1] if pieces else None):
            pieces.append(_item(line, open_styles))
            continue
        heading, piece = _read(line, prose[at + 1 : at + 2], open_styles)
        if heading:
            headings.append(heading)
        if piece:
            pieces.append(piece)
    return headings, pieces


def _is_item_of_box(line: Line) -> bool:
    number = number_of(line.folded)
    return number is not None and number.style not in {"han", "han)", "chapter", "part", "article"}


def _without_contents(lines: list[Line]) -> list[Line]:
    """Return lines without the table of contents: what stands between 目录 and the second time of its first entry."""
    start = next((at for at, line in enumerate(lines) if line.bare == "目录"), None)
    if start is None or start + 1 >= len(lines):
        return lines
    first = _entry(lines[start + 1])
    again = next((at for at in range(start + 2, len(lines)) if _entry(lines[at]) == first), None)
    return lines if again is None else [*lines[:start], *lines[again:]]


def _entry(line: Line) -> str:
    return re.sub(r"[.·…]{2,}.*$|\d+$", "", line.bare)


def _goes_on(line: Line, before: Line | None, piece: Piece | None) -> bool:
    """Tell whether a numbered line is the next item of a list whose item before ended in a semicolon."""
    number = number_of(line.folded)
    last = piece.number if piece is not None and before is not None and piece.line.index == before.index else None
    same = number is not None and last is not None and number.style == last.style
    return same and before is not None and before.bare.endswith(";")


def _item(line: Line, styles: Sequence[tuple[str, Heading | None]]) -> Piece:
    number = number_of(line.folded)
    return Piece(line, number.end if number else 0, _current(styles), number)


def _read(
    line: Line, after: Sequence[Line], styles: list[tuple[str, Heading | None]]
) -> tuple[Heading | None, Piece | None]:
    current = _current(styles)
    if line.cell:
        return None, Piece(line, 0, current)
    number = number_of(line.folded)
    if number is None:
        return _unnumbered(line, styles)
    gap = _GAP.match(line.text, number.end)
    end = gap.end(1) if gap and not _is_sentence(gap[1]) else _heading_end(line.folded, number, after, styles)
    if end is None and _beside_others(line, number, after, styles):
        end = number.end + len(line.folded[number.end :].rstrip(" 。"))
    if end is None:
        if number.style not in _INLINE and number.style in {style for style, _ in styles}:
            _pop_to(styles, number.style)
        return None, Piece(line, number.end, _current(styles), number)
    heading = _push(line, number, end, styles)
    rest = _after_mark(line.folded, end)
    return heading, Piece(line, rest, heading) if line.folded[rest:].strip() else None


def _beside_others(
    line: Line, number: Number, after: Sequence[Line], styles: Sequence[tuple[str, Heading | None]]
) -> bool:
    """Tell whether a short line 二要突出重点，狠抓防范。 is a heading, since 一要…。 before it was one."""
    open_one = any(style == number.style and heading for style, heading in styles)
    body = line.folded[number.end :].strip()
    plain = len(body) <= RUN_IN and body.endswith("。") and not _is_sentence(body[:-1])
    return number.style in _INLINE and open_one and plain and "。" not in body[:-1] and _leads(number, after)


def _current(styles: Sequence[tuple[str, Heading | None]]) -> Heading | None:
    return next((heading for _, heading in reversed(styles) if heading), None)


def _pop_to(styles: list[tuple[str, Heading | None]], style: str) -> None:
    while styles and styles[-1][0] != style:
        styles.pop()
    if styles:
        styles.pop()


def _push(line: Line, number: Number, end: int, styles: list[tuple[str, Heading | None]]) -> Heading:
    if number.style in {style for style, _ in styles}:
        _pop_to(styles, number.style)
    parent = _current(styles)
    place = trimmed(line.text, Place(line.index, 0, end))
    text = line.text[number.end : end].strip()
    heading = Heading((parent.level if parent else 0) + 1, number.text, number.label, text, place, parent)
    styles.append((number.style, heading))
    return heading


def _unnumbered(line: Line, styles: list[tuple[str, Heading | None]]) -> tuple[Heading | None, Piece | None]:
    if not _KNOWN.match(line.bare) and not (line.outline and len(line.bare) <= LONGEST):
        return None, Piece(line, 0, _current(styles))
    style = f"outline {line.outline or 1}"
    if style in {one for one, _ in styles}:
        _pop_to(styles, style)
    elif not line.outline:
        styles.clear()
    parent = _current(styles)
    place = trimmed(line.text, Place(line.index, 0, len(line.text)))
    text = line.text.strip().rstrip(":：")
    heading = Heading((parent.level if parent else 0) + 1, "", text, text, place, parent)
    styles.append((style, heading))
    return heading, None


def _heading_end(
    folded: str, number: Number, after: Sequence[Line], styles: Sequence[tuple[str, Heading | None]]
) -> int | None:
    """Return where the heading ends (its own mark not included), or None when the line is no heading."""
    body = folded[number.end :]
    if _is_none(body.strip(), number):
        return None
    staged = _STAGE_WITH_DAYS.match(body)
    if staged:
        return number.end + staged.end()
    days = _DAYS_FIRST.match(body) if number.style == "phase" else None
    plain = _IN_BRACKETS.sub(lambda found: "(" + "某" * (len(found.group()) - 2) + ")", body)
    lead = days or _STAGE_FIRST.match(plain)
    stop = _STOP.search(plain, lead.end() if lead else 0)
    if stop is None:
        short = len(body.strip()) <= LONGEST and body.strip()[-1] not in ",、"
        return len(folded) if short and not has_ordering_subject(plain) else None
    first, rest = body[: stop.start()], body[stop.end() :].strip()
    peers = any(style == number.style and heading for style, heading in styles)  # which ran into their text too
    if (
        len(first.strip()) > (LONGEST if peers and rest else RUN_IN)
        or stop.group() in ";!?"
        or _is_sentence(first)
        or _is_answered(first, rest, after, number.style)
    ):
        return None
    if number.style == "article" or (stop.group() == ":" and not rest and _LEADS_IN.search(first)):
        return None
    if rest or (
        number.style not in _INLINE and _leads(number, after) and (peers or not _goes_up(after, number, styles))
    ):
        return number.end + stop.start() if number.style not in _INLINE or rest else None
    return None


def _is_none(body: str, number: Number) -> bool:
    """Tell whether a numbered line cannot be a heading: an item of a list, who answers, sentences 一是…。二是…"""
    listed = number.style in _INLINE and _SECOND.search(body) is not None
    return not body or listed or KEY_LINE.match(body) is not None or _is_item(body)


def _is_item(body: str) -> bool:
    """Tell whether a line is an item of a list of conduct; not where sentences follow its first stop."""
    return _ITEM.search(body) is not None and not ("。" in body[:-1] and _ITEM.match(body) is None)


def _is_answered(first: str, rest: str, after: Sequence[Line], style: str) -> bool:
    """Tell whether a short line is a sentence: it names a body, or who answers for it follows."""
    if rest:
        follows = number_of(after[0].folded) if after else None
        below = follows is not None and _RANKS.get(follows.style, LOWEST) > _RANKS.get(style, LOWEST)
        told = "," in first or not below or bool(subjects(first))
        return bool(_REMARK_ONLY.fullmatch(rest) or KEY_LINE.match(rest)) and told
    return (len(first) >= SENTENCE and bool(subjects(first))) or bool(after and KEY_LINE.match(after[0].folded))


def _is_sentence(first: str) -> bool:
    """Tell whether the text before the first mark is a sentence of its own: it orders, or has a day or figures."""
    plain = re.sub(r"\([^()]*\)", "", first)
    if _DATED.fullmatch(plain.strip()):
        return False
    if _SAYS_WHERE.search(plain) or _OF_WHOM.match(plain):
        return True
    told = ("每" in plain or "," in plain) and bool(subjects(plain))
    busy = (
        told
        or (plain.count(",") > 1 and not _PAIRED.match(plain))
        or ("," in plain and _FIGURES.search(plain) is not None)
    )
    return (
        busy
        or _ITS_OWN.match(first) is not None
        or _CHARGED.match(first.strip()) is not None
        or first.lstrip().startswith("请")
        or has_ordering_subject(plain)
        or _ORDERS.search(plain) is not None
        or _does_to(plain)
    )


def _does_to(plain: str) -> bool:
    """Tell whether a body does something to something: 县政府将整治情况纳入考核."""
    found = subjects(plain)
    if found and _BY_THEM.search(plain):
        return True
    return bool(found) and not found[0].start and _DOES_TO.match(plain, found[-1].end) is not None


def _leads(number: Number, after: Sequence[Line]) -> bool:
    """Tell whether what follows belongs below a line: another style of number, or text without one."""
    if not after:
        return False
    follows = number_of(after[0].folded)
    if follows is not None and follows.style == "article" and number.style not in {"chapter", "part"}:
        return False
    return follows is None or follows.style != number.style


def _goes_up(after: Sequence[Line], number: Number, styles: Sequence[tuple[str, Heading | None]]) -> bool:
    """Tell whether the line after a point begins a section above it: 2.每天专人巡查。 before （三）水域管理."""
    follows = number_of(after[0].folded) if after and not after[0].cell else None
    if number.style.startswith("1.1"):
        return False  # 1.2 确保“零死亡”。 is a heading of its own
    above = [style for style, _ in styles]
    if number.style in above:
        above = above[: above.index(number.style)]
    return follows is not None and follows.style in above


def _after_mark(folded: str, end: int) -> int:
    return end + 1 if end < len(folded) and folded[end] in "。;:!?" else end


def text_below(heading: Heading, lines: Sequence[Line], headings: Sequence[Heading]) -> bool:
    """Tell whether text stands beside a heading, or between it and the next one or the end."""
    after = [one for one in lines[heading.place.paragraph + 1 :] if one.bare]
    starts = {one.place.paragraph for one in headings}
    rest = lines[heading.place.paragraph].folded[heading.place.end :].strip(" 。;:")
    return bool(rest) or not (not after or after[0].index in starts or _is_past(heading, after[0], headings))


def _is_past(heading: Heading, line: Line, headings: Sequence[Heading]) -> bool:
    """Tell whether a line after a heading belongs no longer below it: its number is of the style of a heading above."""
    number = number_of(line.folded)
    if number is None or line.cell or number.style in _INLINE:
        return False
    own = number_of(fold(heading.number))
    if own is not None and own.style == number.style:
        return True
    peers = (number_of(fold(one.number)) for one in heading.path[:-1])
    beside = (number_of(fold(one.number)) for one in headings if one.parent in heading.path[:-1] and one.number)
    return any(one is not None and one.style == number.style for one in (*peers, *beside))
