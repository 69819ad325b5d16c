"""Structured conditions of a criterion: parsed from the data, held against what a text says.

A condition is a line of terms, all of which must hold:
`砂光机` is named · `-火花探测` is missing or fails · `--火花探测` is missing · `+积水` is said to be so ·
`!泄爆` must not be there and working · `!!个别` must not be said at all ·
`!&办公处` must not be named in the clause that says what is wrong · `人>9` a quantity · `%>50` a share ·
`%>50|高层/地下>30` a share whose limit is another one in a building of these kinds ·
`比>125` a part of what is required ·
`米@悬臂>6` the quantity that stands beside the thing, `%@悬臂>40` the part that its length is of the greatest told ·
`远<<挖深` apart by no more than the depth told ·
`>>定员` more than the limit the text names, `米<<应有` less · `@木粉` is named or a fact of the place. `a/b` is either.
`=砂光机` must be named in the text itself, not only be a fact of the place. `人>>定员`: in that unit (`物`: others).
`~` before a term: when the text is silent about it, a person is asked instead of concluding; `~~`: silence is nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

from bihuan.standards.rules.determine.buildings import KINDS


class Op(StrEnum):
    """What a term asks of a text."""

    NAMED = ""
    HERE = "="
    OTHER = "&"  # named by another word than the term before it
    LACKS = "-"
    GONE = "--"
    STATE = "+"
    NOT = "!"
    UNSAID = "!!"
    ASIDE = "!&"
    BEYOND = ">>"
    SHORT = "<<"
    AMOUNT = "#"  # never written; a sign of comparison says it
    FACT = "@"


_EXCLUDING: Final = frozenset({Op.NOT, Op.UNSAID, Op.ASIDE})
_NAMING: Final = frozenset({Op.NAMED, Op.HERE, Op.OTHER})
_LACKING: Final = frozenset({Op.LACKS, Op.GONE})
_COUNTING: Final = frozenset({Op.AMOUNT, Op.BEYOND, Op.SHORT})
_TELLING: Final = frozenset({*_LACKING, Op.STATE, *_COUNTING})


class Status(IntEnum):
    """How far a criterion is met; higher is nearer."""

    NONE = 0
    NEAR = 1
    ASK = 2
    HIT = 3


class BadCondition(ValueError):  # noqa: N818 -- the data are bad, not the program
    """A condition names an unknown concept or is not written as one."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term. concepts: any of them will do. ask: silence about it asks a person; mild: it does not matter.

    excludes: it names what must not be. is_sign: it says what is wrong, not only where. is_count: a quantity.
    is_name: a thing that is named; is_lack: one that is missing. where: kinds of building in which the limit is
    `limit_there`.
    """

    op: Op
    concepts: tuple[str, ...]
    ask: bool = False
    mild: bool = False
    unit: str = ""
    more: bool = True
    limit: float = 0.0
    where: tuple[str, ...] = ()
    limit_there: float = 0.0
    excludes: bool = field(init=False, compare=False)
    is_sign: bool = field(init=False, compare=False)
    is_count: bool = field(init=False, compare=False)
    is_name: bool = field(init=False, compare=False)
    is_lack: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what every weighing asks."""
        object.__setattr__(self, "excludes", self.op in _EXCLUDING)
        object.__setattr__(self, "is_sign", self.op in _TELLING)
        object.__setattr__(self, "is_count", self.op in _COUNTING)
        object.__setattr__(self, "is_name", self.op in _NAMING)
        object.__setattr__(self, "is_lack", self.op in _LACKING)


@dataclass(frozen=True, slots=True)
class Condition:
    """Terms that hold together. concludes: the level follows; otherwise a person is asked.

    concepts: all whose presence makes it worth weighing. counts: it asks for a quantity. wrongs: of each term that the
    text itself must tell to be wrong, the concepts of which one will do.
    """

    terms: tuple[Term, ...]
    concludes: bool = True
    concepts: frozenset[str] = field(init=False, compare=False)
    counts: bool = field(init=False, compare=False)
    wrongs: tuple[frozenset[str], ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what every weighing asks."""
        named = frozenset(one for term in self.terms if not term.excludes for one in term.concepts)
        object.__setattr__(self, "concepts", named)
        object.__setattr__(self, "counts", any(term.op in _COUNTING for term in self.terms))
        firm = [term for term in self.terms if term.is_sign and not (term.is_count or term.ask or term.mild)]
        object.__setattr__(self, "wrongs", tuple(frozenset(term.concepts) for term in firm))

    def is_touched_by(self, seen: Mapping[str, object]) -> bool:
        """Tell whether a text that names these concepts can come near it at all."""
        return self.counts or not self.concepts.isdisjoint(seen)

    def may_be_met_by(self, seen: Mapping[str, object]) -> bool:
        """Tell whether a text that names these concepts can meet it, or all that it asks of a person aside."""
        return self.is_touched_by(seen) and not any(wrong.isdisjoint(seen) for wrong in self.wrongs)


_TERM: Final = re.compile(r"(?P<ask>~{0,2})(?P<op>--|-|\+|!!|!&|!|@|=|&)?(?P<rest>\S+)")
_AMOUNT: Final = re.compile(
    r"(?P<unit>[^<>]+?)(?:@(?P<of>[^<>@]+))?(?P<sign>[<>])(?P<limit>\d+(?:\.\d+)?)"
    r"(?:\|(?P<where>[^<>|]+)(?P=sign)(?P<there>\d+(?:\.\d+)?))?"
)
_BEYOND: Final = re.compile(r"(?P<unit>[^<>]*)(?P<sign>>>|<<)(?P<limit>[^<>]+)")
ASKS: Final = "?"


def parse(line: str) -> Condition:
    """Read a condition; one that begins with `?` never concludes. Raises BadCondition."""
    asks = line.startswith(ASKS)
    terms = tuple(_term(word, line) for word in line.removeprefix(ASKS).split())
    if not any(not term.excludes and term.op is not Op.FACT for term in terms):
        raise BadCondition(f"the condition {line!r} asks nothing of the text")
    return Condition(terms, concludes=not asks)


def _term(word: str, line: str) -> Term:
    found = _TERM.fullmatch(word)
    if found is None:
        raise BadCondition(f"cannot read {word!r} in {line!r}")
    op, rest = Op(found["op"] or ""), found["rest"]
    ask, mild = found["ask"] == "~", found["ask"] == "~~"
    if beyond := _BEYOND.fullmatch(rest):
        return Term(Op(beyond["sign"]), tuple(beyond["limit"].split("/")), ask, mild, unit=beyond["unit"])
    if amount := _AMOUNT.fullmatch(rest):
        where = tuple(amount["where"].split("/")) if amount["where"] else ()
        if strange := set(where) - KINDS:
            raise BadCondition(f"{line!r} names unknown kinds of building: {sorted(strange)}")
        return Term(
            Op.AMOUNT,
            tuple(amount["of"].split("/")) if amount["of"] else (),
            ask,
            mild,
            unit=amount["unit"],
            more=amount["sign"] == ">",
            limit=float(amount["limit"]),
            where=where,
            limit_there=float(amount["there"] or 0),
        )
    return Term(op, tuple(rest.split("/")), ask, mild)


def concepts_of(conditions: Sequence[Condition]) -> Iterator[str]:
    """Yield every concept that conditions name, those they exclude too."""
    for condition in conditions:
        for term in condition.terms:
            yield from term.concepts
