"""What the name over a column means (R3.31): exact words first, then patterns, then words inside the name."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from bihuan.intake.rules.cells import plain
from bihuan.intake.rules.fields import COUNT_PATTERN, COUNTS, MONEY, OPTIONS, SYNONYMS, Field
from bihuan.intake.rules.vocabulary import PATTERNS

EXACT: Final = 100
LEAF: Final = 85
PATTERN: Final = 70
LEAF_PATTERN: Final = 65
GENERIC_LEAF: Final = 60
INSIDE: Final = 45
# Names that say nothing by themselves: what stands above says it.
INHERITING: Final = frozenset(("姓名", "名称", "内容", "情况", "说明", "描述", "具体内容", "具体情况", "详情", "明细"))
GENERIC: Final = frozenset(
    [
        "时间",
        "日期",
        "情况",
        "名称",
        "内容",
        "单位",
        "编号",
        "要求",
        "说明",
        "类型",
        "类别",
        "等级",
        "状态",
        "人员",
        "部门",
        "依据",
        "措施",
        "意见",
    ]
)
LONGEST_NAME: Final = 40
TEN_THOUSAND: Final = Decimal(10_000)

_BRACKETED: Final = re.compile(r"[(\[【〔{<《][^)\]】〕}>》]*[)\]】〕}>》]")
_BRACKETS: Final = re.compile(r"[()\[\]【】〔〕{}<>《》]")
_NOISE: Final = re.compile(r"^[*★☆※#\d]*[.、:]*|[:。.、*★※]+$")
_TEN_THOUSAND: Final = re.compile(r"万元|万\)|\(万|单位:万")
_JOINERS: Final = re.compile(r"[/、,;&]|及|和|与|或")
_COMPILED: Final = tuple((field, re.compile(pattern)) for field, pattern in PATTERNS)
_COUNTS: Final = re.compile(COUNT_PATTERN)
_LONGEST_FIRST: Final = sorted((word for word in SYNONYMS if len(word) > 1), key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column's name is taken to mean, and how sure that is.

    score: 100 is a word of R3.31's table, 85 such a word under another heading, 70 a known pattern, 45 a word
    inside it. also: a second field that the same column holds ("责任人及电话"). factor: what a bare number under it
    is multiplied with to be 元. option: a tick under it means this value.
    """

    field: Field | None = None
    score: int = 0
    also: Field | None = None
    factor: Decimal = Decimal(1)
    option: str = ""


NO_MEANING: Final = Meaning()


@lru_cache(maxsize=10_000)
def normal_name(name: str) -> str:
    """Return a column's name as it is compared: no blanks, brackets, units, stars or numbers before it."""
    folded = plain(name)
    return _NOISE.sub("", _BRACKETS.sub("", folded)) or folded


@cache
def meaning_of(path: tuple[str, ...]) -> Meaning:
    """Return what a column means. path: its headings from the top, such as ("整改", "时限")."""
    parts = [part for part in path if part.strip()]
    if not parts or len(parts[-1]) > LONGEST_NAME:
        return NO_MEANING
    found = _option(parts) or _double(parts[-1])
    if found is None:
        found = max(_readings(parts), key=lambda one: one.score)
    if found.field in MONEY and _TEN_THOUSAND.search(plain("".join(parts))):
        return replace(found, factor=TEN_THOUSAND)
    return found


def is_count(name: str) -> bool:
    """Tell whether a column only counts: 隐患数, 整改率, 指令书（份）."""
    short = plain(_BRACKETED.sub("", plain(name)))
    return short in COUNTS or normal_name(name) in COUNTS or _COUNTS.search(short) is not None


def count_name(name: str) -> str:
    """Return the code word of a counting column, or its own name."""
    return COUNTS.get(normal_name(name)) or COUNTS.get(plain(_BRACKETED.sub("", plain(name)))) or name


def is_recognised(path: tuple[str, ...]) -> bool:
    """Tell whether a name is surely a heading we know."""
    return meaning_of(path).score >= LEAF_PATTERN


def _option(parts: list[str]) -> Meaning | None:
    option = OPTIONS.get(normal_name(parts[-1]))
    if option is None:
        return None
    field, value = option
    if len(parts) > 1:
        above = max(_readings(parts[:-1]), key=lambda one: one.score)
        if above.score < LEAF_PATTERN and field is not Field.LEVEL:
            return None
    return Meaning(field, PATTERN, option=value)


def _double(name: str) -> Meaning | None:
    """Read a name that joins two: 责任部门/责任人, 整改要求及时限."""
    pieces = [piece for piece in _JOINERS.split(plain(name)) if piece]
    if len(pieces) != 2 or normal_name(name) in SYNONYMS:
        return None
    first, second = (SYNONYMS.get(normal_name(piece)) for piece in pieces)
    if first is None or second is None or first is second or normal_name(pieces[1]) in GENERIC:
        return None
    return Meaning(first, LEAF, also=second)


def _readings(parts: list[str]) -> list[Meaning]:
    """Return what a column may mean by its own name and by its name under its headings."""
    if len(parts) == 1:
        return [_by_name(parts[0], exact=EXACT, pattern=PATTERN)]
    own = parts[-1]
    exact = GENERIC_LEAF if normal_name(own) in GENERIC else LEAF
    readings = [_by_name(own, exact=exact, pattern=LEAF_PATTERN)]
    if normal_name(own) in INHERITING:
        readings.append(replace(max(_readings(parts[:-1]), key=lambda one: one.score), score=LEAF_PATTERN))
    for depth in range(2, len(parts) + 1):
        above = "".join(parts[-depth:-1])
        readings.append(_by_name(above + own, exact=EXACT, pattern=PATTERN, beyond=len(normal_name(above))))
    return readings


def _by_name(name: str, *, exact: int, pattern: int, beyond: int = 0) -> Meaning:
    """Read one name. beyond: a pattern must reach past this many characters, so that the column's own word counts."""
    spoken = normal_name(name)
    short = _NOISE.sub("", _BRACKETED.sub("", plain(name)))
    for variant in (spoken, short):
        if variant in SYNONYMS:
            return Meaning(SYNONYMS[variant], exact)
    for variant in (short, spoken) if short and not beyond else (spoken,):
        found = _by_pattern(variant, beyond)
        if found is not None:
            return Meaning(found[0], pattern) if found[0] else NO_MEANING
    return NO_MEANING if beyond else _by_inside(short or spoken)


def _by_pattern(name: str, beyond: int) -> tuple[Field | None] | None:
    for field, pattern in _COMPILED:
        match = pattern.search(name)
        if match and match.end() > beyond:
            return (field,)
    return None


def _by_inside(name: str) -> Meaning:
    for word in _LONGEST_FIRST:
        if word in name and len(word) * 2 >= len(name):
            return Meaning(SYNONYMS[word], INSIDE)
    return NO_MEANING
