"""Which comprehensive elements of fire a text does tell: the state beside its thing, and the same words once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bihuan.standards.rules.counting import COMPREHENSIVE
from bihuan.standards.rules.determine.amounts import PIECES, SHARE, Amount
from bihuan.standards.rules.determine.conditions import Condition, Op, Status, Term
from bihuan.standards.rules.determine.ratios import RATIO, ratios, unnamed_ratios
from bihuan.standards.rules.determine.reaching import Seen
from bihuan.standards.rules.determine.saying import holds
from bihuan.standards.rules.determine.signs import Said
from bihuan.standards.rules.determine.verdicts import Met
from bihuan.standards.rules.determine.weighing import Held, longest

_WANTING: Final = frozenset({Said.ABSENT, Said.FAILED})
_ENDS: Final = re.compile("[,;:、]")
# What a listed thing says of itself; a bare one (防火门、应急灯全坏) shares what is said after it.
_SAYS: Final = re.compile(
    "[没无未坏堵占锁封不缺失停关破拆断漏少焊钉砌搭盖改停黑灭米%超倍]|一路|大半|多半|\\d成|[一二两三四五六七八九]成"
)

Spot = tuple[int, int]  # of a reading, a part of it between commas or listing signs


def untold(of_it: Sequence[Met], once: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the elements, by id, that are not told though their words are there.

    once: for an element, those that take its words where one part of a text meets both (没装烟感 is no system that
    fails). Of 应急灯坏了一大半,防火门关着 the half that is broken is that of the lamps.
    """
    things = [{spot for condition in one.rule.conditions for spot in _named(one, condition)} for one in of_it]
    out: set[str] = set()
    told: dict[str, frozenset[Spot]] = {}
    for number, one in enumerate(of_it):
        if one.status < Status.ASK or one.rule.item.kind != COMPREHENSIVE:
            continue
        others = {spot for other, many in enumerate(things) for spot in many if other != number}
        if not any(_stands_together(one, condition, others) for condition in one.weighed.ways or _only(one)):
            out.add(one.rule.item.id)
        else:
            told[one.rule.item.id] = _wrong(one, others)
    for weaker, stronger in once.items():
        taken = frozenset[Spot]().union(*(told[one] for one in stronger if one in told))
        if weaker in told and told[weaker] <= taken:
            out.add(weaker)
    return frozenset(out)


def _only(one: Met) -> tuple[Condition]:
    return (one.weighed.condition,)


def told_beside(of_it: Sequence[Met]) -> list[Met]:
    """Return elements that quote the words for a state that stand beside their own thing.

    Several elements of one text have a state in common (坏: 没水, 不亮): of 应急灯大多不亮,消火栓没水 the lamps are not
    said to have no water. A state that stands beside other things alone is not quoted.
    """
    named = [{spot for condition in one.rule.conditions for spot in _named(one, condition)} for one in of_it]
    found = []
    for number, one in enumerate(of_it):
        others = {spot for other, many in enumerate(named) for spot in many if other != number}
        mine = set(_named(one, one.weighed.condition))
        held = tuple(_quoted(one, held, mine, others - mine) for held in one.weighed.held)
        found.append(replace(one, weighed=replace(one.weighed, held=held)))
    return found


def _quoted(one: Met, held: Held, mine: set[Spot], others: set[Spot]) -> Held:
    if held.term.unit == "%" and mine:
        shares = {
            _spot_at(one, share.start, share.end) for share in one.reading.amounts if share.unit in {SHARE, PIECES}
        }
        return replace(held, words="") if shares <= others else held
    if held.term.op is not Op.STATE or not (held.holds and held.words) or held.far:
        return held
    told = [found for found in _seen(one, held.term.concepts) if holds(one.reading, found)]
    beside = [found for found in told if _spot(one, found) in mine]
    left = beside or [found for found in told if _spot(one, found) not in others and not _is_of_another(one, found)]
    if not left:
        return replace(held, words="")
    token = longest(left).token
    return replace(held, words=one.reading.text[token.start : token.end], typo=token.typo)


def _is_of_another(one: Met, state: Seen) -> bool:
    """Tell whether a thing of which the condition does not ask stands before a state in its part: 消火栓没水."""
    asked = one.weighed.condition.concepts
    spot = _spot(one, state)
    return any(
        name not in asked and seen.token.end <= state.token.start and _spot(one, seen) == spot
        for name, many in one.reading.seen.items()
        for seen in many
        if seen.token.end - seen.token.start > 1
    )


def _stands_together(one: Met, condition: Condition, others: set[Spot]) -> bool:
    """Tell whether a condition can be met by parts of the text that name its thing, or nothing of other elements."""
    lacking = [term for term in condition.terms if term.is_lack]
    if lacking:
        return any(_is_wanting(one, found) for term in lacking for found in _seen(one, term.concepts))
    mine = set(_named(one, condition))
    states = [
        {_spot(one, found) for found in _seen(one, term.concepts)}
        for term in condition.terms
        if term.is_sign and not term.is_count
    ]
    for term in condition.terms:
        if term.is_count and not term.mild and not term.ask:
            states.append({_spot_at(one, part.start, part.end) for part in _parts(one, term)})
    return not mine or all(many - (others - mine) for many in states)


def _parts(one: Met, term: Term) -> Sequence[Amount]:
    """Return what may be the figure of a term: shares of what is broken, or parts of what is required."""
    reading = one.reading
    if term.unit == RATIO:
        return ratios(reading.text, reading.amounts) or unnamed_ratios(reading.text)
    return [part for part in reading.amounts if part.unit in {SHARE, PIECES}]


def stands_apart(one: Met, of_it: Sequence[Met]) -> bool:
    """Tell whether an element has words of its own: the figure that keeps to its limit is not that of another."""
    others = {
        spot for other in of_it if other is not one for many in other.rule.conditions for spot in _named(other, many)
    }
    return _stands_together(one, one.weighed.condition, others)


def _is_wanting(one: Met, seen: Seen) -> bool:
    """Tell whether a thing is wanting by words of its own part: 消防泵跟照明一路电、主机坏了 is not the pump."""
    after = seen.at >= seen.token.end
    return seen.said in _WANTING and not (after and _spot_at(one, seen.at, seen.at) != _spot(one, seen))


def _wrong(one: Met, others: set[Spot]) -> frozenset[Spot]:
    """Return the parts of the text that say what is wrong by any of its conditions."""
    mine = [condition for condition in one.rule.conditions if _stands_together(one, condition, others)]
    return frozenset(spot for condition in mine for spot in _told_by(one, condition))


def _told_by(one: Met, condition: Condition) -> set[Spot]:
    signs = [term for term in condition.terms if term.is_sign and not term.is_count]
    spots = [
        {_spot(one, found) for found in _seen(one, term.concepts) if not term.is_lack or _is_wanting(one, found)}
        for term in signs
    ]
    mine = set(_named(one, condition))
    asks = any(term.is_name for term in condition.terms)
    if not all(spots) or (asks and not mine):
        return set()
    told = set[Spot]().union(*spots)
    return (told & mine) or told


def _named(one: Met, condition: Condition) -> Iterator[Spot]:
    """Yield the parts of the text that name the thing of a condition."""
    for term in condition.terms:
        if term.is_name:
            yield from (_spot(one, found) for found in _seen(one, term.concepts))


def _seen(one: Met, concepts: Sequence[str]) -> Iterator[Seen]:
    for name in concepts:
        yield from one.reading.seen.get(name, ())


def _spot(one: Met, seen: Seen) -> Spot:
    return _spot_at(one, seen.token.start, seen.token.end)


def _spot_at(one: Met, first: int, last: int) -> Spot:
    """Return the part of the text in which words stand; a bare thing of a list is of the part after it."""
    text = one.reading.text
    start = max((found.end() for found in _ENDS.finditer(text, 0, first)), default=0)
    found = _ENDS.search(text, last)
    while found and found.group() == "、" and not _SAYS.search(text, start, found.start()):
        start = found.end()
        found = _ENDS.search(text, start)
    return id(one.reading), start
