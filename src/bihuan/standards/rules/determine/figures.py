"""Which figures of a text a condition limits, and whether they are beyond its limit.

A figure counts when it is said of the thing that the condition speaks of. One that is said of the whole enterprise, of
another room or of another time (`others` in `signs.yaml`) counts for nothing; of several that disagree, the one that is
nearer to the thing decides; where none is, a person is asked.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bihuan.standards.rules.determine.amounts import PIECES, UNNAMED, Amount, beyond
from bihuan.standards.rules.determine.conditions import Condition, Op, Term
from bihuan.standards.rules.determine.lexicon import Token
from bihuan.standards.rules.determine.ratios import RATIO
from bihuan.standards.rules.determine.saying import Reading
from bihuan.standards.rules.determine.shares import broken, named_with, ratio
from bihuan.standards.rules.determine.signs import Said

SHARE: Final = "%"
PEOPLE: Final = "人"
THINGS: Final = "物"
METRES: Final = "米"
_NO_THINGS: Final = frozenset({METRES, "天", "月", "年", "小时"})
APART: Final = "远"  # metres between two things; not how long, high or deep one is
AT_THE_EDGE: Final = 1.0  # metres from the edge of a trench within which it is at the edge, however deep
DEPTH_REACH: Final = 2  # characters between the word for a depth and its figure: 深度约2米
_NOTHING_COUNTED: Final = re.compile("$|[,;]")
_TONS: Final = "吨"
_KILOGRAMS: Final = 1000.0  # of a ton
_MEASURE_BEFORE: Final = re.compile(
    "(?:[高长宽深厚粗]|直径|跨度|周长|进深|层数)(?:度|达|大?约|是|为|有|只有|不到|才|:)*$"
)
_MEASURE_AFTER: Final = re.compile("[多来]?(?:[高长宽深厚粗]|见方|直径|跨度)")
_FROM: Final = re.compile("(?:[距离隔]|到)(?P<what>[^,]{0,10}?)(?:的?(?:距离|间距))?$")
_NO_THING: Final = re.compile(
    "(?:得|着|开|了|只有?|不到|仅|大?约|有|才|也?就|近|大概|最近|它|这|那|其|们|里|边|最多|是|为|差不多)*"
)
_ALLOWED: Final = re.compile("(?:规定|定员|核定|限[员载定]?|标准|要求|允许|[不禁][得准许应能]|最多|上限)[^,]{0,5}$")
_AT_SOME_TIME: Final = re.compile("上午|下午|早上|晚上|中午|白班|夜班|早班|晚班|高峰|旺季|忙的时候|忙时|有时")
_AT_THE_PLACE: Final = re.compile("里|内|现场|实有|实际|在岗|在场|现在|眼下|当班")


_BROUGHT_TO: Final = re.compile(
    "(?:清|减|降|撤|疏散|压|分流|控制|调整|劝|缩)(?:少|减|离|出|散|退|走)?了?(?:[到至为成]|[只还]?剩下?|后[只还]?[有剩]?)[只]?$"
)
_ORDERED: Final = re.compile("要求|责令|限期|[应须需拟]|准备|打算|计划|督促|通知|[没未不]")
BROUGHT_REACH: Final = 8  # characters before a figure in which it is said that people were brought down to it
_NAMED_BY_LIMIT: Final = (
    *("工房", "操作间", "作业间", "间工房", "的工房", "的房", "的屋", "的间", "的位", "的库"),
    *(
        of + one
        for of in ("", "的")
        for one in ("行车", "天车", "葫芦", "电动葫芦", "叉车", "起重机", "龙门吊", "吊车")
    ),
)
_GRANTED: Final = re.compile("(?:(?<![分一二两三四五六七八九十几整大这那每成]|上|货)批|许可证?|准许?)了?的?$")
BESIDE_THING: Final = 6  # characters between a thing and its own figure: 悬臂高度有5.5米
BEFORE_THING: Final = 2  # the same where the figure comes first: 5.5米的悬臂
_WHOLE: Final = 100.0


@dataclass(frozen=True, slots=True)
class Count:
    """What the figures say of a limit. holds: None where they are silent. unsure: they do not say which one counts."""

    holds: bool | None
    words: str = ""
    clause: int = -1
    unsure: bool = False


def count(term: Term, reading: Reading, asked: Collection[str] = ()) -> Count:
    """Hold the figures of a text against a limit. asked: all concepts that the condition speaks of."""
    if not_found_out := _not_found_out(term, reading):
        return not_found_out
    if term.op is Op.SHORT and term.unit == APART:
        return _within_depth(term, reading, asked)
    if term.op is Op.BEYOND or term.op is Op.SHORT:
        return _against_named_limit(term, reading)
    if term.unit == SHARE:
        return _share(term, reading, asked)
    if term.unit == RATIO:
        return _ratio(term, reading, asked)
    return _against_limit(term, reading, asked)


def _not_found_out(term: Term, reading: Reading) -> Count | None:
    """Return that the figure, or the limit that a text names, was not found out: 五个人,定员牌看不到."""
    figures = [one for one in reading.unsure if _is_of(one.unit, term.unit)]
    if figures and not any(_is_of(one.unit, term.unit) for one in reading.amounts):
        return Count(None, reading.text[figures[0].start : figures[0].end], unsure=True)
    limits = [one for name in term.concepts for one in reading.seen.get(name, ())] if term.op is Op.BEYOND else []
    if limits and all(one.said is Said.UNSURE for one in limits) and reading.amounts:
        return Count(None, reading.text[limits[0].token.start : limits[0].token.end], unsure=True)
    return None


def keeps_within(condition: Condition, readings: Iterable[Reading]) -> bool:
    """Tell whether a text names a quantity that the condition limits, and none beyond that limit.

    A figure of something else leaves open how many there are; it is no figure beyond the limit either.
    """
    terms = [one for one in condition.terms if one.is_count]
    many = list(readings)
    if any(_pieces_within(term, reading) for reading in many for term in terms):
        return True
    held = [count(term, reading, condition.concepts).holds for reading in many for term in terms]
    within = False in held or any(one.unit == term.unit for reading in many for one in reading.others for term in terms)
    return within and True not in held


def _pieces_within(term: Term, reading: Reading) -> bool:
    """Tell whether the only count that may be of people names no people, and stays within the limit: 里面7个."""
    people = [one for one in reading.amounts if one.unit in {PEOPLE, PIECES}]
    return (
        term.unit == PEOPLE
        and term.op is Op.AMOUNT
        and bool(people)
        and all(one.unit == PIECES and one.is_more_than(term.limit) is False for one in people)
    )


def _against_named_limit(term: Term, reading: Reading) -> Count:
    ends = [seen.token.end for name in term.concepts for seen in reading.seen.get(name, ())]
    ends += [one.start for one in reading.amounts if _is_allowed(reading.text, one)]
    about = _in_one_unit([one for one in _with_heads(reading) if _is_of(one.unit, term.unit)])
    answer = beyond(about, ends, reading.text, below=term.op is Op.SHORT)
    return Count(answer, "、".join(reading.text[one.start : one.end] for one in reading.amounts[:3]))


def _with_heads(reading: Reading) -> Sequence[Amount]:
    """Return the figures, with what is only counted taken for people where one figure is of people: 定员2人,有五个."""
    if sum(one.unit == PEOPLE for one in reading.amounts) != 1:
        return reading.amounts
    return [
        replace(one, unit=PEOPLE) if one.unit == PIECES and _NOTHING_COUNTED.match(reading.text, one.end) else one
        for one in reading.amounts
    ]


def _in_one_unit(found: Sequence[Amount]) -> Sequence[Amount]:
    """Return what is told in tons in kilograms, so that it is held against a limit in either: 核定8吨,实存8500公斤.

    What names no unit beside tons alone is in tons: 批一百吨,单子上一百四.
    """
    named = {one.unit for one in found} - {UNNAMED}
    tons = {_TONS, UNNAMED} if named == {_TONS} else {_TONS}
    return [_in_kilograms(one) if one.unit in tons else one for one in found]


def _in_kilograms(one: Amount) -> Amount:
    unit = one.unit and "公斤"
    return replace(one, low=one.low * _KILOGRAMS, high=one.high * _KILOGRAMS, unit=unit)


def _within_depth(term: Term, reading: Reading, asked: Collection[str]) -> Count:
    """Hold how far apart two things are against a depth that the text tells: 沟槽深2米,土堆离沟边1米.

    As far as it is deep counts as within. Where no depth is told, what lies farther than the edge leaves it open.
    """
    tokens = [seen.token for name in term.concepts for seen in reading.seen.get(name, ())]
    metres = [one for one in reading.amounts if one.unit == METRES]
    depths = [one for one in metres if any(_touches(token, one) for token in tokens)]
    away = [one for one in metres if one not in depths and _is_measured(one, APART, reading, asked)]
    if not away:
        return Count(None)
    near = min(away, key=lambda one: one.high)
    words = reading.text[near.start : near.end]
    if not depths:
        return Count(None, words, unsure=near.high > AT_THE_EDGE)
    deep = max(one.high for one in depths)
    return Count(near.low <= deep, f"{words}、深{deep:g}米", reading.piece.clause_at(near.start))


def _touches(token: Token, one: Amount) -> bool:
    return token.start < one.end and one.start <= token.end + DEPTH_REACH


def _is_allowed(text: str, one: Amount) -> bool:
    """Tell whether a quantity is what is allowed: it names a room or crane (三人工房), or is granted (批一百吨)."""
    return text.startswith(_NAMED_BY_LIMIT, one.end) or _GRANTED.search(text, 0, one.start) is not None


def _is_of(unit: str, wanted: str) -> bool:
    """Tell whether a unit is the one wanted: 人 people, 物 anything else, 米 and others themselves, "" whatever."""
    if wanted == THINGS and unit in _NO_THINGS:
        return False  # 离房子一百二十米,规定八十: how far, not how much
    if wanted in {"", PEOPLE, THINGS}:
        return not wanted or (unit == PEOPLE) == (wanted == PEOPLE)
    return unit in {wanted, UNNAMED}


def _share(term: Term, reading: Reading, asked: Collection[str]) -> Count:
    part = _length_of_whole(term, reading) if term.concepts else broken(reading, asked)
    if part is None:
        return Count(None)
    low, high = part[:2]
    return Count(low > term.limit if term.more else high < term.limit, f"{low:.0f}%")


def _ratio(term: Term, reading: Reading, asked: Collection[str]) -> Count:
    one = ratio(reading, asked)
    if one is None:
        return Count(None)
    words, clause = reading.text[one.start : one.end], reading.piece.clause_at(one.start)
    holds = one.is_more_than(term.limit) if term.more else one.is_less_than(term.limit)
    return Count(holds, words, clause, unsure=holds is None)


def _length_of_whole(term: Term, reading: Reading) -> tuple[float, float] | None:
    """Return what part, in per cent, the length of a thing is of the greatest that is told: 全高12米,悬臂5.5米."""
    metres = [one for one in reading.amounts if one.unit == METRES]
    own = _of_things(metres, term, reading)
    whole = max((one.high for one in metres if one not in own), default=0.0)
    if not own or whole <= own[0].high:
        return None
    return _WHOLE * own[0].low / whole, _WHOLE * own[0].high / whole


def _against_limit(term: Term, reading: Reading, asked: Collection[str]) -> Count:
    """A quantity of the unit beyond the limit; one that stays within it denies."""
    measured = [one for one in reading.amounts if _is_measured(one, term.unit, reading, asked)]
    about = _of_things(measured, term, reading)
    about = about[_brought_down(about, reading.text) :]
    said = [one for one in about if not _ALLOWED.search(reading.text, max(0, one.start - 8), one.start)] or about
    counted = [one for one in said if not any(_is_part(one, other) for other in said)]
    found = [(one, one.is_more_than(term.limit) if term.more else one.is_less_than(term.limit)) for one in counted]
    if not found:
        return Count(None)
    if len({holds for _, holds in found}) > 1:
        found = list(_nearer(found, reading, asked))
    answers = {holds for _, holds in found}
    at_some_time = True in answers and _AT_SOME_TIME.search(reading.text) is not None
    if len(answers) > 1 and not at_some_time:
        words = "、".join(reading.text[one.start : one.end] for one, _ in found[:3])
        return Count(None, words, unsure=True)
    one, holds = next((pair for pair in found if pair[1]), found[-1])
    return Count(holds, reading.text[one.start : one.end], reading.piece.clause_at(one.start))


def _of_things(found: Sequence[Amount], term: Term, reading: Reading) -> Sequence[Amount]:
    """Return the figures that stand right beside the thing that a term names for its own: 爬架全高12米,悬臂5.5米."""
    if not term.concepts:
        return found
    tokens = [seen.token for name in term.concepts for seen in reading.seen.get(name, ())]
    return [one for one in found if any(_is_beside(token, one, reading) for token in tokens)]


def _is_beside(token: Token, one: Amount, reading: Reading) -> bool:
    piece = reading.piece
    if piece.clause_at(token.start) != piece.clause_at(one.start):
        return False
    return 0 <= one.start - token.end <= BESIDE_THING or 0 <= token.start - one.end <= BEFORE_THING


def _brought_down(found: Sequence[Amount], text: str) -> int:
    """Return the number of the last figure to which the others were brought on the spot (12人,已清到8人), else 0."""
    for number in range(len(found) - 1, 0, -1):
        start = found[number].start
        brought = _BROUGHT_TO.search(text, max(0, start - BROUGHT_REACH), start + 1)
        if brought and not _ORDERED.search(text, max(0, brought.start() - BROUGHT_REACH), start):
            return number
    return 0


def _is_measured(one: Amount, unit: str, reading: Reading, asked: Collection[str]) -> bool:
    if unit != APART:
        return one.unit == unit
    text, start = reading.text, reading.piece.clauses[reading.piece.clause_at(one.start)][0]
    if one.unit != METRES or _MEASURE_AFTER.match(text, one.end) or _MEASURE_BEFORE.search(text, start, one.start):
        return False
    away = _FROM.search(text, start, one.start)  # 离围墙5米: how far it is from something else
    if away is None or _NO_THING.fullmatch(away["what"]):
        return True
    tokens = (seen.token for name in asked for seen in reading.seen.get(name, ()))
    return any(away.start("what") < token.end and token.start < one.start for token in tokens)


def _is_part(one: Amount, other: Amount) -> bool:
    """Tell whether a figure is one of those that a sum adds up."""
    return other is not one and other.start <= one.start and one.end <= other.end and other.high >= one.high


def _nearer(
    found: Sequence[tuple[Amount, bool | None]], reading: Reading, asked: Collection[str]
) -> Sequence[tuple[Amount, bool | None]]:
    """Of figures that disagree, return those whose clause names the thing, else those said to be in the place."""
    named = [pair for pair in found if not named_with(pair[0], reading).isdisjoint(asked)]
    if named and len(named) < len(found):
        return named
    inside = [pair for pair in found if _AT_THE_PLACE.search(_clause(pair[0], reading))]
    return inside or found


def _clause(one: Amount, reading: Reading) -> str:
    return reading.text[slice(*reading.piece.clauses[reading.piece.clause_at(one.start)])]
