"""Plain and pasted text: its encoding, lines that were broken to fit a page, rows set with tabs."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bihuan.campaigns.readers.pages import without_page
from bihuan.campaigns.rules import ENDS_AS_PARTY, Cell, Line, clean, fold, number_of
from bihuan.kernel.errors import Refusal

_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_BREAKS: Final = re.compile(r"\r\n|\r|\n|\x0b|\x0c|\u2028|\u2029|\x85")
_MARKS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENDS: Final = "。；：！？;:!?”）)》"
WIDEST_GAP: Final = 80  # spaces in a row; more of them say nothing, and patterns would crawl over them
_WIDE_GAP: Final = re.compile(rf"[^\S\r\n\v\f\x1c-\x1e\x85\u2028\u2029]{{{WIDEST_GAP + 1},}}")
_IN_TITLE: Final = re.compile(r"(?<=《)[ \t]*\r?\n[ \t]*")  # a break that a browser left in a title
_LOOSE: Final = re.compile(r"(?<=[，。、；：）》”]) (?=\S)|(?<=\S) (?=[，。、；：）》”])")  # spaces around marks
_TITLE_END: Final = re.compile(r"(?:通知|方案|意见|计划|通告|决定|办法|的函|要点|细则)(?:[（(][^（()）]{1,16}[）)])?$")
_PAGE: Final = re.compile(
    r"^\s*[-—–－·•]\s*\d{1,3}\s*[-—–－·•]\s*$|^\s*第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?\s*$"
)
_HAN: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四")
_CHIEF: Final = re.compile(r"(?:^|(?<=[。：:；;！？）)\s]))\s*(?P<han>[一二三四五六七八九十]{1,3})、")
_SUB: Final = re.compile(r"(?<=[。：:；;])\s*(?P<sub>[（(][一二三四五六七八九十]{1,3}[）)])")
_USUAL: Final = (
    r"(?:指导思想|总体要求|总体思路|(?:工作)?目标(?:任务)?|组织(?:领导|机构)|(?:工作|主要|重点)(?:任务|内容|措施)|"
    r"整治(?:重点|范围|内容)|(?:方法|工作|实施)步骤|(?:时间|进度)安排|(?:工作|有关|几点)要求|保障措施|工作原则)"
)
_RUN_ON: Final = re.compile(  # a heading that nothing parts from its text
    rf"^(?:[一二三四五六七八九十]{{1,3}}、{_USUAL}(?:[和及与、]{_USUAL})?|"
    r"[（(][一二三四五六七八九十]{1,3}[）)][^，。；：,;:（(]{2,14}阶段(?:[（(][^（()）]{2,24}[）)])?)(?=[一-龥“]|[（(][一二三])|"
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^，。；：,;:\s]{2,24}(?:[，,][^，。；：,;:\s]{2,20})?(?=\s+[一-龥“])"
)
_ADDRESSED: Final = re.compile(r"^([各本全][^。；;]{2,60}[：:])\s+(?=\S)")
LONGEST_CHARACTER: Final = 4  # bytes, in any of these encodings
LOST: Final = 400  # characters of a line, from which it may be a plan without its paragraphs
LEAST_CHIEF: Final = 2  # of 一、 二、 …, in their order
_BAR: Final = re.compile(r"\s*[|｜]\s*")
_RULE: Final = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")  # under the head of such a table
_GAP: Final = re.compile(r"(?<=[一-龥]) (?=[一-龥])")
_TIGHT: Final = re.compile(r"(?<=[一-龥])(?=[一-龥])")
LEAST_GAPS: Final = 4  # spaces in a line whose characters are spaced
LEAST_PROSE: Final = 24  # characters of a line of prose
_AMID: Final = re.compile(r"[一-龥，、,]$")
_ASIDE: Final = re.compile(r"附件?[：:\d]|联系|电话|抄送|(?:二[〇○零]|20)[一二三四五六七八九〇○零\d]{2}年[^，。]{3,8}$")
_SHORTEST: Final = 20  # characters of a line that was broken to fit a page
_FULL: Final = 0.86  # of the longest such line


def decode(data: bytes, name: str) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or GB 18030."""
    for encoding in (_MARKS.get(data[:2]), *_ENCODINGS):
        if encoding is None:
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start and error.end == len(data) and len(data) - error.start < LONGEST_CHARACTER:
                return data[: error.start].decode(encoding)  # the file was cut within its last character
    raise Refusal(
        "campaigns.encoding", f"“{name}”的文字编码认不出来。请用记事本打开，另存为 UTF-8 编码的 .txt 再上传。"
    )


def read_text(text: str) -> list[Line]:
    """Return the lines of a text; a line with at least two tabs is a row of a table."""
    lines: list[Line] = []
    table, row = -1, 0
    in_table = False
    text = _IN_TITLE.sub("", text)
    text = _WIDE_GAP.sub(lambda gap: gap.group()[:WIDEST_GAP], text)
    whole = without_page([raw for raw in _BREAKS.split(text) if not _PAGE.match(raw)])
    raw_lines = [part for raw in whole for part in _apart(raw)]
    for said in joined([closed_up(_LOOSE.sub("", clean(raw))) for raw in raw_lines]):
        cells = _cells(said)
        if _RULE.match(said):
            continue
        if len(cells) >= 3 and sum(1 for cell in cells if cell.strip()) >= 2:
            table, row = (table, row + 1) if in_table else (table + 1, 0)
            in_table = True
            lines += [Line(len(lines) + at, cell.strip(), Cell(table, row, at)) for at, cell in enumerate(cells)]
        else:
            in_table = in_table and not said.strip()
            lines.append(Line(len(lines), said))
    return lines


def _apart(line: str) -> list[str]:
    """Cut a line that holds a plan whose paragraphs are lost, before 一、 and （一）, and after headings."""
    if len(line) < LOST:
        return [line]
    cuts: list[int] = []
    for one in _CHIEF.finditer(line):
        if len(cuts) < len(_HAN) and one["han"] == _HAN[len(cuts)]:
            cuts.append(one.start("han"))
    if len(cuts) < LEAST_CHIEF:
        return [line]
    cuts += [one.start("sub") for one in _SUB.finditer(line, cuts[0])]
    ends = [0, *sorted(cuts), len(line)]
    parts = [line[start:end].strip() for start, end in pairwise(ends)]
    parts[0] = _ADDRESSED.sub(r"\1\n", parts[0])
    return [said for part in parts for said in _RUN_ON.sub(r"\g<0>\n", part, count=1).split("\n") if said.strip()]


def closed_up(line: str) -> str:
    """Return a line without the spaces that stand between all its characters, or break a word in a line of prose."""
    gaps, tight = len(_GAP.findall(line)), len(_TIGHT.findall(line))
    if gaps >= LEAST_GAPS and gaps >= tight:
        return re.sub(r"(?<=\S) (?=\S)", "", line)
    if len(line) < LEAST_PROSE or not re.search(r"[，。；,;]", line):
        return line
    return _GAP.sub(lambda gap: gap.group() if _between_names(line, gap.start()) else "", line)


def _between_names(line: str, at: int) -> bool:
    """Tell whether a space stands between two bodies of a list: 安监站 派出所."""
    after = re.match(r"[一-龥]{2,10}(?=[ ，、。；,;]|$)", line[at + 1 :])
    return bool(after) and all(ENDS_AS_PARTY.search(name) for name in (line[:at], after.group() if after else ""))


def _cells(line: str) -> list[str]:
    """Return the cells of a row set with tabs, or with bars as pages of the web are copied; one for a line of prose."""
    if "\t" not in line and len(_BAR.findall(line)) > 1:
        return [cell.strip() for cell in _BAR.split(line.strip().strip("|｜"))]
    return line.split("\t")


def joined(lines: Sequence[str]) -> list[str]:
    """Join the lines of a text that was broken to fit a page; a text with whole paragraphs stays as it is."""
    lengths = sorted(len(line.rstrip()) for line in lines if len(line.strip()) >= _SHORTEST)
    widest = lengths[int(len(lengths) * 0.9)] if lengths else 0
    full = [line for line in lines if len(line.rstrip()) >= widest * _FULL]
    broken = [line for line in full if line.rstrip()[-1:] not in _ENDS]
    if len(full) < 6 or not _SHORTEST <= widest <= 80 or len(broken) < len(full) * 0.6:
        return _tied(lines)
    made: list[str] = []
    open_end = False
    for line in lines:
        begins = line[:2].isspace() or number_of(fold(line)) is not None or not line.strip()
        if made and open_end and not begins and not closes_title(made[-1], line):
            made[-1] = made[-1].rstrip() + line.strip()
        else:
            made.append(line)
        open_end = len(line.rstrip()) >= widest * _FULL and line.rstrip()[-1:] not in "。；：:;"
    return made


def _tied(lines: Sequence[str]) -> list[str]:
    """Join only those lines that stop amid a sentence: prose without an end, or a title whose 》 is on the next."""
    made: list[str] = []
    for line in lines:
        plain = line.strip()
        begins = line[:2].isspace() or "\t" in line or number_of(fold(line)) is not None or _ASIDE.match(plain)
        if made and not begins and re.search("[，。；、）》,;]", plain) and _stops_amid(made[-1]):
            made[-1] = made[-1].rstrip() + plain
        else:
            made.append(line)
    return made


def _stops_amid(line: str) -> bool:
    text = line.strip()
    if text.count("《") > text.count("》") and len(text) >= _SHORTEST:
        return True
    prose = re.search("[。；;]" if number_of(fold(text)) else "[，。；,;]", text)
    return len(text) >= LEAST_PROSE and prose is not None and _AMID.search(text) is not None and "\t" not in text


def closes_title(line: str, after: str) -> bool:
    """Tell whether a full line is the end of a title: those addressed, or another title, follow it."""
    text = line.strip()
    addressed = after.strip().endswith(("：", ":")) or re.match(r"[各本]|[一-龥]{1,4}[、，,]", after.strip())
    return _TITLE_END.search(text) is not None and not re.search(r"[，。；,;]", text) and bool(addressed)
