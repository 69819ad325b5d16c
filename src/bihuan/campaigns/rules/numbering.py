"""How headings are numbered: 一、 (一) 1. (1) ① 1.1 第一章 一是, in any bracket style."""

import re
from dataclasses import dataclass
from typing import Final

_HAN: Final = "一二三四五六七八九十百零〇两"
_OPEN: Final = r"[(\[【〔〈<{]"
_CLOSE: Final = r"[)\]】〕〉>}]"
_STYLES: Final = tuple(
    (style, re.compile(rf"\s*(?P<number>{pattern})\s*"))
    for style, pattern in (
        ("chapter", rf"第[{_HAN}\d]{{1,4}}[章编](?:\s|:|、)?"),
        ("part", rf"第[{_HAN}\d]{{1,4}}(?:部分|节)(?:\s|:|、)?"),
        ("article", rf"第[{_HAN}\d]{{1,4}}条(?:\s|:|、)?"),
        ("phase", rf"第[{_HAN}]{{1,3}}(?:阶段|步)(?=[:、,(\s.]|$|[一-龥]{{2,8}}阶段)[:、,]?"),
        (
            "han",
            rf"[{_HAN}]{{1,4}}\s*[、.](?!\d)|[{_HAN}]{{1,3}}\s+(?=[一-龥]{{2,20}}\s*$)",
        ),  # 一 总体要求: a whole line
        ("han)", rf"{_OPEN}\s*[{_HAN}]{{1,4}}\s*{_CLOSE}[、.]?"),
        ("han half)", rf"[{_HAN}]{{1,3}}\s*[)]"),
        ("circle", r"[①-⑳➊-➓❶-❿]"),
        ("circle (1)", r"[⑴-⒇]"),
        ("circle (han)", r"[㈠-㈩]"),
        ("circle 1.", r"[⒈-⒛]"),
        ("1)", rf"{_OPEN}\s*\d{{1,2}}\s*{_CLOSE}[、.]?"),
        ("1 half)", r"\d{1,2}\s*[)]"),
        ("1.1.1.1", r"\d{1,2}(?:\.\d{1,2}){3}(?![\d.%])\.?"),
        ("1.1.1", r"\d{1,2}(?:\.\d{1,2}){2}(?![\d.%])\.?"),
        ("1.1", r"\d{1,2}\.\d{1,2}(?![\d.%年月日米吨万亿元个倍])\.?"),
        ("1", r"\d{1,3}\s*[、.](?!\d(?!\d?[月日]|\d{3}年))|\d{1,2}\s+(?=[一-龥])"),
        ("bullet", r"[●★☆▲△■□◆◇◎▪•➢►✓√※]|-{2,}(?=[一-龥])"),
        ("letter", r"[A-Za-z]\s*[.、)](?![A-Za-z])"),
        ("is", rf"[{_HAN}]{{1,2}}(?:是|要)(?![{_HAN}])"),
    )
)
_SIMPLE: Final = re.compile(rf"[{_HAN}]+|\d+(?:\.\d+)*|[①-⑳㈠-㈩⑴-⒇⒈-⒛]|[A-Za-z]")
_DIGITS: Final = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Number:
    """The number that a line begins with: its style, as written, and where the text after it begins."""

    style: str
    text: str
    end: int

    @property
    def label(self) -> str:
        """The number for a path: brackets for bracketed ones, no points: 三、 gives 三, （一） gives (一)."""
        if self.style == "bullet":
            return ""
        plain = _SIMPLE.search(self.text)
        inner = plain.group() if plain else self.text
        if self.style in {"han)", "1)", "han half)", "1 half)"}:
            return f"({inner})"
        return self.text.rstrip(",、") if self.style in {"chapter", "part", "article", "phase", "is"} else inner


def number_of(folded: str) -> Number | None:
    """Return the number that a folded line begins with, or None."""
    for style, pattern in _STYLES:
        found = pattern.match(folded)
        if found:
            return Number(style, re.sub(r"\s+|[:]$", "", found["number"]), found.end())
    return None


def value_of(number: str) -> int | None:
    """Return a Chinese or Arabic number below 1000 as an integer; None for anything else."""
    if number.isdecimal():
        return int(number) if len(number) < 6 else None
    total, last = 0, 0
    for one in number:
        if one in _DIGITS:
            last = _DIGITS[one]
        elif one in "十百":
            total += (last or 1) * (10 if one == "十" else 100)
            last = 0
        else:
            return None
    return total + last if number else None
