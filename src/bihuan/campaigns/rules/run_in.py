"""Numbered points that run on in one paragraph: each becomes a line of its own, so that it can be a heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bihuan.campaigns.rules.numbering import number_of, value_of
from bihuan.campaigns.rules.text import Line

_HAN: Final = "一二三四五六七八九十"
# 1、强化责任。 （1）强化责任。 ①强化责任。 一是强化责任。 （一）强化责任。
_STYLES: Final = tuple(
    re.compile(rf"(?:^|(?<=[。::]))\s*(?P<mark>{pattern})(?P<title>[^,。;:、\d]{{2,16}}[。:])?")
    for pattern in (
        r"(?P<n>\d{1,2})\s*[、.](?!\d)",
        r"\(\s*(?P<n>\d{1,2})\s*\)[、.]?",
        r"(?P<n>[①-⑨])",
        rf"(?P<n>[{_HAN}]{{1,2}})(?:是|要)(?![{_HAN}])",
        rf"\(\s*(?P<n>[{_HAN}]{{1,3}})\s*\)[、.]?",
    )
)
LEAST: Final = 2  # points with a title, for a paragraph to be cut
SHORTEST: Final = 30  # characters; a shorter paragraph has no points


def apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those with points that run on cut before each point; the text stays as it is."""
    found: list[Line] = []
    for line in lines:
        cuts = _cuts(line.folded) if line.cell is None and len(line.text) >= SHORTEST else []
        first = len(found)
        for start, end in pairwise([0, *cuts, len(line.text)]):
            lead = first if start and not number_of(line.folded) else None
            found.append(replace(line, index=len(found), text=line.text[start:end], lead=lead))
    return found


def _cuts(folded: str) -> list[int]:
    for style in _STYLES:
        found = list(_series(style, folded))
        ends = [*(one.start("mark") for one in found[1:]), len(folded)]
        if sum(_is_headed(one, end) for one, end in zip(found, ends, strict=False)) >= LEAST:
            return [one.start("mark") for one in found if one.start("mark") > 0]
    return []


def _is_headed(point: re.Match[str], end: int) -> bool:
    """Tell whether a point has a title and text below it; 一是张贴标语。 alone is a sentence."""
    return bool(point["title"]) and point.end() < end


def _series(style: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """Yield the points of a style that count on from one."""
    wanted = 1
    for one in style.finditer(folded):
        if _value(one["n"]) == wanted:
            wanted += 1
            yield one


def _value(number: str) -> int | None:
    return "①②③④⑤⑥⑦⑧⑨".find(number) + 1 or value_of(number)
