"""Several hazards in one cell: read nested numbering apart (R3.31)."""

import re
from dataclasses import dataclass, field
from typing import Final

_HAN: Final = "一二三四五六七八九十"
_SEPARATORS: Final = frozenset('；;。.,，、\n\r：:！!？?）)】]”" \t　')
_ENDS: Final = " \t\r\n　；;。，,、"
_CIRCLED: Final = {
    **{chr(0x2460 + i): i + 1 for i in range(20)},  # ①
    **{chr(0x2474 + i): i + 1 for i in range(20)},  # ⑴
    **{chr(0x2488 + i): i + 1 for i in range(20)},  # ⒈
    **{chr(0x2776 + i): i + 1 for i in range(10)},  # ❶
}
_MARKERS: Final = re.compile(
    r"[（(]\s*(?P<paren>\d{1,2})\s*[）)]"
    rf"|[（(]\s*(?P<hanparen>[{_HAN}]{{1,3}})\s*[）)]"
    r"|(?P<circled>[①-⑳⑴-⒇⒈-⒛❶-❿])"
    r"|(?<!\d)(?P<dot>\d{1,2})\s*[.．](?!\s*$)"
    r"|(?<![\d.．])(?P<dun>\d{1,2})\s*、"
    r"|(?<![\d.．（(])(?P<rparen>\d{1,2})\s*[）)]"
    rf"|第?(?P<han>[{_HAN}]{{1,3}})[、.．]"
    rf"|(?P<shi>[{_HAN}])是(?!否)"
)
# After "1." a figure may follow: a nested number "1.1.", or things counted "1.3台设备"; but 1.5米 is a length.
_NESTED: Final = re.compile(r"\s*\d{1,2}\s*[.．、)）](?!\d)")
_COUNTED: Final = re.compile(
    r"\s*\d{1,4}\s*(?:台|个|名|人|处|具|只|条|把|辆|套|间|块|根|扇|张|份|楼|层|号|#|道|组|家|户|盏|桶|瓶|支|枚|座|批)"
)
_BARE_LINE: Final = re.compile(
    r"(?:^|(?<=[\n；;。]))[ \t　]*(?P<bare>\d{1,2})(?:[ \t　]+|(?=[\u4e00-\u9fff]))"
    r"(?!\s*(?:号|台|个|名|人|楼|层|具|只|处|米|月|日|年|#|级|区|间|条|把|辆|套|次|项|车间|万|元|吨|公|厘|毫|升|天|周|小时|%))"
)
_TWO_LEVEL: Final = re.compile(r"(?:^|(?<=[\n；;。]))[ \t　]*(\d{1,2})[.．](\d{1,2})[ \t　、]*(?=[\u4e00-\u9fff])")
# What may stand before the first number without being a hazard itself.
_GENERIC: Final = re.compile(
    r"^(经?(检查|排查|巡查|督查|现场检查)?(发现|存在|查出)?(的)?(以下|如下|下列)?(主要)?(安全|事故)?(隐患|问题|不足|情况)?(及隐患|和隐患)?"
    r"(有|如下|为|是|内容|描述)?)[：:。\s]*$"
)
_SHORTEST: Final = 2
_LONGEST_HEADING: Final = 30


@dataclass(slots=True)
class _Level:
    style: str
    number: int
    heading: str = ""


@dataclass(slots=True)
class _Reading:
    stack: list[_Level] = field(default_factory=list)
    leaves: list[str] = field(default_factory=list)
    nested: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _Marker:
    style: str
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A cell read apart. texts: the hazards in order, at least one. nested: the numbering had levels inside levels."""

    texts: tuple[str, ...]
    nested: bool = False


def split(text: str) -> Parts:
    """Read a cell's numbered sentences apart; text without a sound numbering from 1 stays whole.

    Outer and inner numbering are both taken off: "1.1.甲；2.乙；2.丙" holds 甲 and 乙 (inner) and 丙 (outer): three.
    A heading before inner numbers ("2.二车间：(1)…(2)…") is put before each of them.
    """
    text = text.strip()
    for markers in (_two_level_markers(text), _markers(text), _bare_markers(text)):
        parts = _read(text, markers)
        if parts is not None:
            return parts
    return Parts((text,))


def _markers(text: str) -> list[_Marker]:
    found: list[_Marker] = []
    for match in _MARKERS.finditer(text):
        style = str(match.lastgroup)
        number = _number(match.group(style))
        if number and _stands_free(text, match, style, found):
            found.append(_Marker(style, number, match.start(), match.end()))
    return found


def _bare_markers(text: str) -> list[_Marker]:
    return [_Marker("bare", int(m.group("bare")), m.start(), m.end()) for m in _BARE_LINE.finditer(text)]


def _two_level_markers(text: str) -> list[_Marker]:
    """Return markers such as 1.1 1.2 2.1 at the starts of lines, renumbered 1, 2, 3, if they run on without a gap."""
    found: list[_Marker] = []
    last = (0, 0)
    for match in _TWO_LEVEL.finditer(text):
        pair = (int(match.group(1)), int(match.group(2)))
        if pair not in {(last[0], last[1] + 1), (last[0] + 1, 1)}:
            return []
        last = pair
        found.append(_Marker("pair", len(found) + 1, match.start(), match.end()))
    return found


def _number(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED[text]
    if text.isdecimal():
        return int(text)
    if text == "十":
        return 10
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.index(text) + 1 if len(text) == 1 else 0
    return (_HAN.index(tens) + 1 if tens else 1) * 10 + (_HAN.index(ones) + 1 if ones else 0)


def _stands_free(text: str, match: re.Match[str], style: str, found: list[_Marker]) -> bool:
    """Tell whether a match is where a number of a list can be, and is not part of a quantity."""
    before = text[: match.start()].rstrip(" \t　")
    follows = bool(found) and found[-1].end == match.start()
    if before[-1:] in {".", "．"} and not follows:
        return False
    at_start = not before or before[-1] in _SEPARATORS or follows
    if style in {"dot", "dun", "rparen"} and match.end() < len(text) and text[match.end()].isdecimal():
        return (
            at_start and style == "dot" and bool(_NESTED.match(text, match.end()) or _COUNTED.match(text, match.end()))
        )
    if style in {"han", "shi"}:
        return at_start
    return at_start or style in {"paren", "circled", "hanparen"} or "\u4e00" <= before[-1] <= "\u9fff"


def _read(text: str, markers: list[_Marker]) -> Parts | None:
    taken = _taken(text, markers)
    if not taken or taken[0].number != 1:
        return None
    reading = _Reading()
    lead = text[: taken[0].start].strip(_ENDS)
    for place, marker in enumerate(taken):
        end = taken[place + 1].start if place + 1 < len(taken) else len(text)
        body = text[marker.end : end].strip(_ENDS)
        _enter(reading, marker)
        opens = place + 1 < len(taken) and _opens_inner(reading.stack, marker, taken[place + 1], body)
        _take_body(reading, body, opens=opens)
    return _result(reading, lead, whole=text)


def _taken(text: str, markers: list[_Marker]) -> list[_Marker]:
    """Keep the markers whose numbers run on; a figure that does not fit is part of the sentence."""
    stack: list[_Level] = []
    taken: list[_Marker] = []
    for marker in markers:
        depth = _depth_of(stack, marker)
        if depth >= 0:
            del stack[depth + 1 :]
            stack[depth].number = marker.number
        elif marker.number == 1 and (not taken or _may_open(text, taken[-1], marker, stack)):
            stack.append(_Level(marker.style, 1))
        else:
            continue
        taken.append(marker)
    return taken


def _depth_of(stack: list[_Level], marker: _Marker) -> int:
    """Return the innermost level that this marker continues, or -1."""
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].style == marker.style and stack[depth].number + 1 == marker.number:
            return depth
    return -1


def _may_open(text: str, last: _Marker, marker: _Marker, stack: list[_Level]) -> bool:
    between = text[last.end : marker.start].strip(" \t　")
    if not between or between[-1] in "：:\n":
        return True
    return all(level.style != marker.style for level in stack)


def _enter(reading: _Reading, marker: _Marker) -> None:
    depth = _depth_of(reading.stack, marker)
    if depth >= 0:
        del reading.stack[depth + 1 :]
        reading.stack[depth].number = marker.number
        reading.stack[depth].heading = ""
    else:
        reading.nested = reading.nested or bool(reading.stack)
        reading.stack.append(_Level(marker.style, marker.number))


def _opens_inner(stack: list[_Level], marker: _Marker, following: _Marker, body: str) -> bool:
    """Tell whether the text of a marker is only the heading of inner numbers."""
    return following.number == 1 and _depth_of(stack, following) < 0 and (not body or len(body) <= _LONGEST_HEADING)


def _take_body(reading: _Reading, body: str, *, opens: bool) -> None:
    if opens:
        reading.stack[-1].heading = body.rstrip("：:")
        return
    headings = [level.heading for level in reading.stack[:-1] if level.heading]
    reading.broken = reading.broken or len(body) < _SHORTEST
    reading.leaves.append("：".join([*headings, body]))


def _result(reading: _Reading, lead: str, *, whole: str) -> Parts | None:
    if reading.broken or not reading.leaves:
        return None
    if lead and not _GENERIC.match(lead):
        if len(reading.leaves) == 1 or len(lead) > _LONGEST_HEADING:
            return Parts((whole,)) if len(reading.leaves) == 1 else Parts((lead, *reading.leaves), reading.nested)
        head = lead.rstrip("：:")
        return Parts(tuple(f"{head}：{leaf}" for leaf in reading.leaves), reading.nested)
    return Parts(tuple(reading.leaves), reading.nested)
