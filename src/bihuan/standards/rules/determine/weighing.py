"""Hold one condition against one piece of text: which of its terms hold, and how we know."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bihuan.standards.rules.determine.conditions import Condition, Op, Status, Term
from bihuan.standards.rules.determine.facts import Facts
from bihuan.standards.rules.determine.figures import Count, count
from bihuan.standards.rules.determine.reaching import FORWARD, Seen
from bihuan.standards.rules.determine.saying import Reading, Stranger, holds, is_disowned
from bihuan.standards.rules.determine.shares import broken
from bihuan.standards.rules.determine.signs import Said

MOST_PER_TERM: Final = 6  # characters of one term's evidence that count
FROM_AFAR: Final = 1.0  # what a term counts that only the enterprise's facts or another sentence name


@dataclass(frozen=True, slots=True)
class Held:
    """A term held against the text. holds: None when the text is silent. far: not in these words but in the facts."""

    term: Term
    holds: bool | None
    words: str = ""
    clause: int = -1
    weight: float = 0.0
    far: str = ""
    said: Said = Said.THERE
    typo: bool = False
    sound: bool = False  # what would have to be missing is said to be well
    unsure: bool = False  # several figures are named, and not which of them counts
    told: str = ""  # what the kind of building has to do with the limit


@dataclass(frozen=True, slots=True)
class Weighed:
    """A condition held against a piece. ways: all of a criterion that are met, or ask, where this one is the best."""

    condition: Condition
    status: Status
    held: tuple[Held, ...] = field(default=())
    weight: float = 0.0
    ways: tuple[Condition, ...] = ()

    @property
    def far(self) -> bool:
        """Whether part of it is only known from elsewhere."""
        return any(one.far for one in self.held)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a piece is weighed on. around: concepts that the rest of the text names. telling: concepts that only this
    criterion of its standard asks for, so that their being wanting says which one is meant.
    """

    reading: Reading
    facts: Facts
    around: Mapping[str, str]
    places: frozenset[str]
    failed_counts: bool = True
    telling: frozenset[str] = frozenset()


def weigh(condition: Condition, ground: Ground) -> Weighed:
    """Return how far a condition is met."""
    lacks = any(term.is_lack for term in condition.terms)
    held = tuple(_hold(term, ground, condition.concepts, lacks=lacks) for term in condition.terms)
    held = _implied(_settled(_paired(held, ground), ground), ground)
    return Weighed(condition, _status(condition, held), held, sum(one.weight for one in held))


def _paired(held: tuple[Held, ...], ground: Ground) -> tuple[Held, ...]:
    """Take back a thing that has to be another than the one before it, where the text names only that one."""
    return tuple(
        one if one.term.op is not Op.OTHER else _another(one, held[number - 1], ground)
        for number, one in enumerate(held)
    )


def _another(one: Held, before: Held, ground: Ground) -> Held:
    seen = ground.reading.seen
    first = [found.token for name in before.term.concepts for found in seen.get(name, ())]
    text = ground.reading.text
    words = {text[token.start : token.end] for token in first} or {before.far}
    for found in (found for name in one.term.concepts for found in seen.get(name, ())):
        start, end = found.token.start, found.token.end
        apart = [token for token in first if token.end <= start or end <= token.start]
        if any(text[token.start : token.end] != text[start:end] for token in apart) or (
            not first and words != {text[start:end]}
        ):
            return _evidence(one.term, found, ground)
    return Held(one.term, holds=None)


def is_landmark(seen: Seen, reading: Reading, asked: Collection[str]) -> bool:
    """Tell whether a thing is named only to say where another one is, of which a condition does not ask."""
    other = reading.beside.get((seen.token.start, seen.token.end))
    if other is None:
        return False
    tokens = (one.token for name in asked for one in reading.seen.get(name, ()))
    return not any(token.start < other[1] and other[0] < token.end for token in tokens)


def _hold(term: Term, ground: Ground, asked: Collection[str], *, lacks: bool) -> Held:
    if term.is_count:
        return _quantity(term, ground, asked)
    if term.op is Op.FACT:
        return _fact(term, ground)
    seen = [one for name in term.concepts for one in ground.reading.seen.get(name, ())]
    if seen and term.op is not Op.ASIDE and all(one.said is Said.UNSURE for one in seen):
        token = seen[0].token
        return Held(term, holds=None, words=ground.reading.text[token.start : token.end], unsure=True)
    if term.excludes:
        return _not(term, ground)
    if term.is_name:
        named = [one for one in seen if not is_landmark(one, ground.reading, asked)] if lacks else seen
        return _named(term, named, ground) if named or not seen else Held(term, holds=None)
    return _state(term, seen, ground) if term.op is Op.STATE else _lacks(term, seen, ground)


def _evidence(term: Term, seen: Seen, ground: Ground, *, said: Said = Said.THERE) -> Held:
    token = seen.token
    words = ground.reading.text[token.start : token.end]
    weight = min(len(words), MOST_PER_TERM) + (2.0 if term.is_sign else 0.5)
    return Held(term, holds=True, words=words, clause=seen.clause, weight=weight, said=said, typo=token.typo)


def longest(seen: Iterable[Seen]) -> Seen:
    """Return the longest wording that is not mistyped, of equal ones the first."""
    return max(seen, key=lambda one: (not one.token.typo, one.token.end - one.token.start, -one.token.start))


def _named(term: Term, seen: Sequence[Seen], ground: Ground) -> Held:
    if words := next((ground.reading.gone[one] for one in term.concepts if one in ground.reading.gone), ""):
        return Held(term, holds=False, words=words, said=Said.ABSENT)
    if seen and ground.places.intersection(term.concepts) and is_disowned(ground.reading, seen):
        first = seen[0].token
        return Held(term, holds=False, words=ground.reading.text[first.start : first.end], said=Said.ABSENT)
    if seen:
        return _evidence(term, longest(seen), ground)
    for name in term.concepts:
        far = ground.around.get(name) or ground.facts.things.get(name, "") * (term.op is Op.NAMED)
        if far:
            return Held(term, holds=True, words=far, weight=FROM_AFAR, far=far)
    return Held(term, holds=None)


_DENIED: Final = (Said.ABSENT, Said.FAILED)


def _lacks(term: Term, seen: Sequence[Seen], ground: Ground) -> Held:
    """A thing is missing, or it fails where the standard counts that the same."""
    if not seen:
        return Held(term, holds=None)
    for said in _DENIED:
        found = [one for one in seen if one.said is said]
        if found and (said is Said.ABSENT or (ground.failed_counts and term.op is Op.LACKS)):
            return _evidence(term, longest(found), ground, said=said)
    one = longest(seen)
    words = ground.reading.text[one.token.start : one.token.end]
    about = min(len(words), MOST_PER_TERM) + 1.0  # the text speaks of this very thing, so the clause is near
    return Held(term, holds=False, words=words, clause=one.clause, weight=about, said=one.said, sound=one.sound)


def _state(term: Term, seen: Sequence[Seen], ground: Ground) -> Held:
    if not seen:
        return Held(term, holds=None)
    found = [one for one in seen if holds(ground.reading, one)]
    if found:
        return _evidence(term, longest(found), ground)
    return Held(term, holds=False, words=ground.reading.text[seen[0].token.start : seen[0].token.end], said=Said.ABSENT)


def _not(term: Term, ground: Ground) -> Held:
    """Hold unless the text or the enterprise says that it is there (`!`), or the text says it at all (`!!`)."""
    if term.op is Op.ASIDE:
        return Held(term, holds=True)  # until it is known which clause says what is wrong
    whatever = term.op is Op.UNSAID
    for name in term.concepts:
        for one in ground.reading.seen.get(name, ()):
            if whatever or one.said is Said.THERE or one.said is Said.WEAK:
                return Held(term, holds=False, words=ground.reading.text[one.token.start : one.token.end])
        if not whatever and name in ground.facts.things and name not in ground.reading.seen:
            return Held(term, holds=False, words=ground.facts.things[name], far=ground.facts.things[name])
    return Held(term, holds=True)


def _fact(term: Term, ground: Ground) -> Held:
    for name in term.concepts:
        for one in ground.reading.seen.get(name, ()):
            if one.said is not Said.ABSENT or not _denied_before(one, ground.reading.text):
                return Held(term, holds=True, words=ground.reading.text[one.token.start : one.token.end], weight=1.0)
        far = ground.facts.things.get(name) or ground.around.get(name)
        if far:
            return Held(term, holds=True, words=far, weight=1.0, far=far)
    return Held(term, holds=None)


def _denied_before(seen: Seen, text: str) -> bool:
    """Tell whether a thing is denied by what stands before it: 没有聚合, not 聚合釜急停没有."""
    return seen.by in text[max(0, seen.token.start - FORWARD - len(seen.by)) : seen.token.start]


def _quantity(term: Term, ground: Ground, asked: Collection[str]) -> Held:
    found = count(term, ground.reading, asked)
    if term.where:
        return _by_building(term, found, ground, asked)
    return _counted(term, found)


def _counted(term: Term, found: Count, told: str = "") -> Held:
    weight = (4.0 if term.op is Op.AMOUNT else 6.0) if found.holds else 0.0
    return Held(term, found.holds, found.words, found.clause, weight, unsure=found.unsure, told=told)


def _by_building(term: Term, found: Count, ground: Ground, asked: Collection[str]) -> Held:
    """Hold a share against the limit for the kind of building; between the two limits it matters which it is."""
    there = replace(term, limit=term.limit_there, where=())
    if found.holds is not False or not count(there, ground.reading, asked).holds:
        return _counted(term, found)
    clause = _clause_of_share(ground, asked)
    building, kinds = ground.facts.building, "或".join(f"{kind}建筑" for kind in term.where)
    words = building.told(clause)
    limit = f"{term.limit_there:g}%"
    is_there = building.is_of(term.where, clause)
    if is_there:
        return _counted(there, replace(found, holds=True), f"文中说“{words}”，{kinds}超过{limit}就算")
    if is_there is None:
        asks = f"是不是{kinds}（是的话超过{limit}就算，不是要超过{term.limit:g}%）"
        return _counted(term, replace(found, holds=None, unsure=True), asks)
    return _counted(term, found, f"“{words}”不是{kinds}；{kinds}超过{limit}就算")


def _clause_of_share(ground: Ground, asked: Collection[str]) -> str:
    """Return the clause that tells the share."""
    part, piece = broken(ground.reading, asked), ground.reading.piece
    return ground.reading.text[slice(*piece.clauses[piece.clause_at(part.start)])] if part else ""


def _settled(held: tuple[Held, ...], ground: Ground) -> tuple[Held, ...]:
    """Take back what stands elsewhere when the sentence says what is wrong of another place or machine."""
    signs = {one.clause for one in held if one.holds and one.term.is_sign}
    asked = {name for one in held if not one.term.excludes for name in one.term.concepts}
    strangers = strangers_in(ground.reading, asked)
    return tuple(_settle(one, signs, ground, asked, strangers) for one in held)


def _settle(one: Held, signs: set[int], ground: Ground, asked: set[str], strangers: Sequence[Stranger]) -> Held:
    if one.term.op is Op.ASIDE:
        return _aside(one, signs, ground)
    if not (one.holds and one.term.is_name) or one.clause in signs or not signs:
        return one
    if _is_place(one, ground) and _is_elsewhere(one, signs, ground, asked):
        return Held(one.term, holds=None)
    of_strangers = all(_is_strangers(one, sign, ground, strangers) for sign in signs)
    return Held(one.term, holds=None) if of_strangers else one


def _aside(one: Held, signs: set[int], ground: Ground) -> Held:
    """Hold unless the clause that says what is wrong names it."""
    for name in one.term.concepts:
        for seen in ground.reading.seen.get(name, ()):
            if seen.clause in signs:
                return Held(one.term, holds=False, words=ground.reading.text[seen.token.start : seen.token.end])
    return one


def strangers_in(reading: Reading, asked: Collection[str]) -> Sequence[Stranger]:
    """Return the machines and rooms that a text names and of which a condition does not ask."""
    if not reading.strangers:
        return ()
    tokens = [seen.token for name in asked for seen in reading.seen.get(name, ())]
    return [
        one for one in reading.strangers if not any(token.start < one.end and one.start < token.end for token in tokens)
    ]


def _is_strangers(one: Held, sign: int, ground: Ground, strangers: Sequence[Stranger]) -> bool:
    """Tell whether what is wrong is said of a stranger: in its clause, or before it where the thing is only on file.

    A room is a part of what another clause names (火锅店, 厨房…), unless that is a room or machine itself.
    """
    clauses = [(ground.reading.piece.clause_at(other.start), other.is_room) for other in strangers]
    if one.far:
        return any(clause <= sign for clause, _ in clauses)
    is_place = _is_place(one, ground)
    return any(clause == sign and (is_place or not is_room) for clause, is_room in clauses)


def _is_place(one: Held, ground: Ground) -> bool:
    return not ground.places.isdisjoint(one.term.concepts)


def _implied(held: tuple[Held, ...], ground: Ground) -> tuple[Held, ...]:
    """Take the one thing that a sentence leaves unsaid for granted, where what is missing tells it alone."""
    unsaid = [one for one in held if one.holds is None and not one.term.ask and not one.term.mild]
    if len(unsaid) != 1 or unsaid[0].term.op is not Op.NAMED or not any(_tells(one, ground) for one in held):
        return held
    asked = {name for one in held if not one.term.excludes for name in one.term.concepts}
    if not ground.places.isdisjoint(ground.reading.seen) or strangers_in(ground.reading, asked):
        return held
    return tuple(Held(one.term, holds=True, far=IMPLIED) if one is unsaid[0] else one for one in held)


def _tells(one: Held, ground: Ground) -> bool:
    """Tell whether a thing is missing that only this criterion asks for."""
    missing = one.holds and one.term.is_lack and one.said is Said.ABSENT
    return bool(missing) and bool(ground.telling.intersection(one.term.concepts))


IMPLIED: Final = "文中没有写明，按所缺之物推定"


def _is_elsewhere(one: Held, signs: set[int], ground: Ground, asked: set[str]) -> bool:
    here = {
        name for name in ground.places for seen in ground.reading.seen.get(name, ()) if one.far or seen.clause in signs
    }
    return bool(here - asked)


def _status(condition: Condition, held: Sequence[Held]) -> Status:
    firm = [one for one in held if not one.term.ask and not one.term.mild]
    against = [one for one in held if one.holds is False]
    if not against and all(one.holds or one.unsure for one in firm):
        asked = any(one.holds is None and (one.term.ask or one.unsure) for one in held)
        return Status.ASK if asked or not condition.concludes else Status.HIT
    return Status.NEAR if _is_near(held) else Status.NONE


def _is_near(held: Sequence[Held]) -> bool:
    """Tell whether enough of a condition is named to be worth a word: what is wrong, or most of its terms."""
    asked = [one for one in held if not one.term.excludes and not (one.term.mild and one.term.is_count)]
    met = [one for one in asked if one.holds]
    named = [one for one in asked if one.holds is not None and not one.far]
    return bool(named) and len(met) + sum(one.holds is False for one in asked) >= max(1, (len(asked) + 1) // 2)
