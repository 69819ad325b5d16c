"""What bars a second look: the text speaks of something else, denies what the clause asks, or names only its place."""

from collections.abc import Sequence
from typing import Final

from bihuan.standards.rules.concluding import is_fire
from bihuan.standards.rules.determine.conditions import Op, Term
from bihuan.standards.rules.determine.facts import Facts
from bihuan.standards.rules.determine.landmarks import NOWHERE
from bihuan.standards.rules.determine.precedents import ALIKE_UNSAID, ENOUGH_DENIED, GRAVE, Precedent
from bihuan.standards.rules.determine.saying import Reading
from bihuan.standards.rules.determine.signs import Said
from bihuan.standards.rules.determine.verdicts import Rule
from bihuan.standards.rules.determine.weighing import Ground, Held, is_landmark, strangers_in, weigh

ALIKE_ENOUGH: Final = 0.2  # the least likeness to the labelled finding where the things of the clause are not named
_IN_USE: Final = frozenset({"仍在用"})  # that a thing is used is nothing wrong by itself


def is_ruled_out(rule: Rule, ground: Ground, precedent: Precedent) -> bool:
    """Tell whether the text speaks of something else, takes each condition away by what it excludes, or denies the
    state it speaks of. What is grave enough need not name the things of a condition: people call them otherwise.
    """
    reading = ground.reading
    if _is_of_a_stranger(rule, reading) or _is_landmark_only(rule, reading):
        return True
    if NOWHERE in reading.beside.values() and precedent.gravity < GRAVE:
        return True  # what is far away is named only to say where another place is
    is_firm = precedent.gravity >= GRAVE and precedent.how >= ALIKE_ENOUGH and not reading.beside
    if not is_firm and _is_unknown(rule, reading, ground.facts):
        return True
    if is_fire(rule.standard) and not _is_named(rule, reading, ground.facts):
        return True  # an inn with one staircase: the element is of places of entertainment and shops
    touched = [one for one in rule.conditions if one.is_touched_by(reading.seen)]
    held = [weigh(one, ground).held for one in touched or rule.conditions]
    if any(_is_only_taken_away(one) for one in held):
        return True
    held = [one for one in held if not _is_silent(one)] or held  # 双氧水一间、保险粉一间: nothing is said of 受潮
    if all(any(_takes_away(one) or _is_gone(one.term, reading) for one in many) for many in held):
        return True
    signs = [one for many in held for one in many if one.term.is_sign and _IN_USE.isdisjoint(one.term.concepts)]
    denied = any(one.holds is False and (one.sound or one.term.op is Op.STATE) for one in signs)
    return denied and not any(one.holds for one in signs)


def _is_of_a_stranger(rule: Rule, reading: Reading) -> bool:
    """Tell whether the text names a machine or room of which the clause does not ask, and nothing that it asks for."""
    if not reading.strangers:
        return False
    named = {name for one in rule.conditions for term in one.terms if term.is_name for name in term.concepts}
    asked = {name for one in rule.conditions for name in one.concepts}
    return bool(strangers_in(reading, asked)) and named.isdisjoint(reading.seen)


def _is_landmark_only(rule: Rule, reading: Reading) -> bool:
    """Tell whether all that a text names of a clause's things only says where another place is."""
    asked = {name for one in rule.conditions for name in one.concepts}
    named = {name for one in rule.conditions for term in one.terms if term.is_name for name in term.concepts}
    seen = [one for name in named for one in reading.seen.get(name, ())] if reading.beside else []
    return bool(seen) and all(is_landmark(one, reading, asked) for one in seen)


def is_about(rule: Rule, reading: Reading, facts: Facts, precedent: Precedent, *, lacks: bool) -> bool:
    """Tell whether a text names what a clause calls wrong or missing, not only the place that it speaks of.

    lacks: it says that something is missing there, by a name that no concept knows: enough where the clause asks for a
    thing. Where it names nothing of the place either, its words must be the graver. What is grave enough, or very like
    the labelled finding, needs neither.
    """
    if precedent.how >= ALIKE_UNSAID or precedent.gravity >= GRAVE:
        return True
    terms = [term for one in rule.conditions for term in one.terms]
    wrong = {name for term in terms if term.is_sign for name in term.concepts}
    unnamed = lacks and any(term.is_lack for term in terms)
    named = {name for term in terms if term.is_name for name in term.concepts}
    is_there = not named or not named.isdisjoint(reading.seen) or not named.isdisjoint(facts.things)
    return (unnamed or not wrong.isdisjoint(reading.seen)) and (is_there or precedent.gravity >= ENOUGH_DENIED)


def _is_unknown(rule: Rule, reading: Reading, facts: Facts) -> bool:
    """Tell whether neither the words nor the enterprise name the things of any of the clause's conditions."""
    if not rule.item.features or facts.confirm(rule.item):
        return False
    return not _is_named(rule, reading, facts)


def _is_named(rule: Rule, reading: Reading, facts: Facts) -> bool:
    """Tell whether the words or the enterprise name all the things of one of the clause's conditions."""
    known = (*reading.seen, *facts.things)
    named = ([term for term in one.terms if term.is_name and not term.mild] for one in rule.conditions)
    return any(all(not set(term.concepts).isdisjoint(known) for term in terms) for terms in named)


def _is_gone(term: Term, reading: Reading) -> bool:
    """Tell whether the text says that a thing which the condition speaks of is not there at all, or no more."""
    if term.is_name and not reading.gone.keys().isdisjoint(term.concepts):
        return True
    seen = [one for name in term.concepts for one in reading.seen.get(name, ())]
    return term.op is Op.HERE and bool(seen) and all(one.said is Said.ABSENT for one in seen)


def _is_only_taken_away(many: Sequence[Held]) -> bool:
    """Tell whether all that a condition asks is there, and only what excludes it keeps it from being met."""
    asked = [one for one in many if not one.term.excludes and not one.term.mild]
    return all(one.holds for one in asked) and any(map(_takes_away, many))


def _is_silent(many: Sequence[Held]) -> bool:
    """Tell whether a text names nothing of what a condition calls wrong, and none of what takes it away."""
    signs = [one for one in many if one.term.is_sign]
    return bool(signs) and all(one.holds is None for one in signs) and not any(map(_takes_away, many))


def _takes_away(held: Held) -> bool:
    return held.holds is False and (held.term.excludes or held.term.op is Op.GONE)
