"""How many comprehensive elements of a fire standard make a suspicion, by the kind of place (GB 35181-2017, 5.3).

One mechanism for both ways of judging: the guided questions ask what a count needs, the words of a finding answer it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from bihuan.standards.rules.criteria import Criterion
from bihuan.standards.rules.terms import Answers, Asked, AtLeast, Reply, Said, Term, both, names, value

COMPREHENSIVE: Final = "comprehensive"
# Below the number of a list that is not held whole, one element alone is no more than one element; of several nobody
# can say that they are too few (docs/criteria.md, fire). Our own reading.
SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Count:
    """How many elements make a suspicion in a kind of place. place: a term over the questions of the kind of place."""

    id: str
    clause: str
    place: Term
    least: int
    elements: frozenset[str]  # clauses or ids; empty is any

    def takes(self, item: Criterion) -> bool:
        """Tell whether an element counts here."""
        return not self.elements or item.clause in self.elements or item.id in self.elements


@dataclass(frozen=True, slots=True)
class Procedure:
    """The counting procedure of a fire standard. holds: what must be so for any element to count (exclusions).

    topic: the question whether the matter is one of fire at all. discussed_by: people at the group discussion, panel:
    experts, panel_agrees: the share that must agree. incomplete: why several elements below the number do not make a
    hazard 一般, "" where all elements are held.
    """

    topic: str
    holds: Term
    counts: tuple[Count, ...]
    discussed_by: int
    panel: int
    panel_agrees: str
    incomplete: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The questions of the kind of place, in the order in which the counts ask them."""
        asked = dict.fromkeys(name for count in self.counts for name in names(count.place))
        return tuple(name for name in asked if name != self.topic)


def term_of(procedure: Procedure, count: Count, parts: Sequence[Term]) -> Term:
    """Return what must be so for a count to be reached: the kind of place, the number, no exclusion."""
    return both(count.place, AtLeast(count.least, tuple(parts)), procedure.holds)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number of elements comes to. reached: None where it depends on the kind of place, which is not known.

    by: the count that decides, or the one that is missed by least; elements: those that count there, number: all that
    are there. open_kinds: the questions whose answers would tell.
    """

    reached: bool | None
    by: Count
    elements: tuple[Criterion, ...]
    number: int
    open_kinds: tuple[str, ...] = ()


def counted(procedure: Procedure, elements: Collection[Criterion], kinds: Mapping[str, bool]) -> Counted | None:
    """Return what elements come to in a place; None where there are none. kinds: the kinds of place that are known."""
    if not elements:
        return None
    ways = [list(_reached(procedure, elements, way)) for way in _ways(procedure, kinds)]
    mine = tuple(sorted(elements, key=lambda one: one.id))
    if all(ways):
        by = ways[0][0]
        return Counted(reached=True, by=by, elements=_of(by, mine), number=len(mine))
    if any(ways):
        by = next(way[0] for way in ways if way)
        unknown = tuple(name for name in procedure.kinds if name not in kinds)
        return Counted(reached=None, by=by, elements=_of(by, mine), number=len(mine), open_kinds=unknown)
    by = _nearest(procedure, mine, kinds)
    return Counted(reached=False, by=by, elements=_of(by, mine), number=len(mine))


def _of(count: Count, elements: Sequence[Criterion]) -> tuple[Criterion, ...]:
    return tuple(one for one in elements if count.takes(one))


def _ways(procedure: Procedure, kinds: Mapping[str, bool]) -> Iterator[Answers]:
    """Yield what the place may be: each kind that is not known taken for so and for not so."""
    unknown = [name for name in procedure.kinds if name not in kinds]
    known: dict[str, Reply] = {name: Said.YES if holds else Said.NO for name, holds in kinds.items()}
    for taken in product((Said.YES, Said.NO), repeat=len(unknown)):
        yield {procedure.topic: Said.YES, **known, **dict(zip(unknown, taken, strict=True))}


def _reached(procedure: Procedure, elements: Collection[Criterion], place: Answers) -> Iterator[Count]:
    """Yield the counts that elements reach in a place; what excludes elements was looked at before."""
    answers: dict[str, Reply] = {**place, **{one.id: Said.YES for one in elements}}
    answers |= {name: _not_excluded(procedure.holds, name) for name in names(procedure.holds)}
    for count in procedure.counts:
        parts = [Asked(one.id) for one in elements if count.takes(one)]
        if len(parts) >= count.least and value(term_of(procedure, count, parts), answers):
            yield count


def _not_excluded(holds: Term, name: str) -> Reply:
    """Return the answer to a question of the exclusions with which elements count."""
    return Said.NO if value(holds, dict.fromkeys(names(holds), Said.NO)) else Said.YES


def _nearest(procedure: Procedure, elements: Sequence[Criterion], kinds: Mapping[str, bool]) -> Count:
    """Return the count that comes nearest in what the place may be; of two, the one that takes more of the elements."""
    may_be = [
        count for count in procedure.counts if any(value(count.place, place) for place in _ways(procedure, kinds))
    ]
    return min(may_be, key=lambda count: (count.least - len(_of(count, elements)), -count.least))
