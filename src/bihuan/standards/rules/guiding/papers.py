"""What is asked of a place on a day: the questions, the clauses that can apply, and how far each may conclude."""

import hashlib
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from bihuan.standards.rules.criteria import Criterion, Library, Standard, applies
from bihuan.standards.rules.guiding.terms import Answers, Asked, AtLeast, Said, Term, both, names
from bihuan.standards.rules.sectors import Feature, Sector

FIRE: Final = "消防"
CODE_LENGTH: Final = 5
COMPREHENSIVE: Final = "comprehensive"
MISSING: Final = "missing"
SUSPECTED_WHY: Final = "重大火灾隐患由消防救援机构判定，镇级记为疑似重大火灾隐患并移送"


def code_of(name: str, taken: Container[str] = ()) -> str:
    """Return the short name of a question; the same as long as its name is. taken: codes that others have."""
    code = hashlib.blake2s(name.encode()).hexdigest()[:CODE_LENGTH]
    return code if code not in taken else code_of(f"{name}'", taken)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question about what can be seen. look: where. unit: of a number, "" for yes-no. first: whether a thing exists.

    code: its short name in addresses and kept answers; it does not change while the name does not.
    """

    name: str
    text: str
    look: str
    code: str
    unit: str = ""
    first: bool = False


class Weight(StrEnum):
    """How far a clause that is met may conclude."""

    MAJOR = "major"
    SUSPECTED = "suspected"  # fire: the fire authority determines
    PERSON = "person"  # open-ended, ambiguous, partial or not held: a person decides


@dataclass(frozen=True, slots=True)
class Count:
    """How many comprehensive elements make a suspicion in a kind of place (GB 35181-2017, 5.3)."""

    id: str
    clause: str
    place: Term
    least: int
    elements: frozenset[str]  # clauses or ids; empty is any


@dataclass(frozen=True, slots=True)
class Procedure:
    """The counting procedure of a fire standard. holds: what must be so for any element to count (exclusions).

    discussed_by: people at the group discussion, panel: experts, panel_agrees: the share that must agree.
    incomplete: why a count that is not reached does not make a hazard 一般, "" where all elements are held.
    """

    holds: Term
    counts: tuple[Count, ...]
    discussed_by: int
    panel: int
    panel_agrees: str
    incomplete: str = ""


@dataclass(frozen=True, slots=True)
class QuestionBook:
    """All questions. when: the term of each criterion. person: why one is for a person. missing: clauses not held.

    known: features of the place that answer a question with yes.
    """

    asks: Mapping[str, Ask]
    when: Mapping[str, Term]
    person: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Criterion, ...] = ()
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    known: Mapping[str, frozenset[Feature]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A clause on the paper. why: the reason that it does not conclude. parts: the elements that a count counts."""

    criterion: Criterion
    standard: Standard
    term: Term
    weight: Weight
    why: str = ""
    parts: tuple["Item", ...] = ()
    incomplete: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of a place on a day. items: special standards first, definitions last.

    told: answers that the file of the enterprise gives. procedures: of the fire standards in force.
    """

    on: date
    items: tuple[Item, ...]
    asks: Mapping[str, Ask]
    told: Answers
    procedures: Mapping[str, Procedure]

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards that the paper asks about."""
        return tuple({one.standard.id: one.standard for one in self.items}.values())

    @property
    def gates(self) -> frozenset[str]:
        """The questions whether a thing is there at all."""
        return frozenset(name for name, ask in self.asks.items() if ask.first)

    def answers(self, given: Answers) -> Answers:
        """Return the file's answers with those that a person gave above them."""
        return {**self.told, **given}


def paper_of(
    book: QuestionBook, library: Library, *, on: date, sectors: Collection[Sector], features: Collection[Feature]
) -> Paper:
    """Return the paper of a place of these sectors with these features on a day; only what can apply is on it."""
    in_force = library.in_force(on)
    asks = dict(book.asks)
    items: list[Item] = []
    for standard in in_force:
        of_it = [one for one in library.criteria if one.standard_id == standard.id]
        of_it += [one for one in book.missing if one.standard_id == standard.id]
        mine = [one for one in of_it if applies(one, sectors=sectors, features=features)]
        taken = {ask.code for ask in asks.values()}
        asks |= {one.id: _unwritten(one, taken) for one in mine if one.id not in book.when}
        items += _items(book, standard, mine, on)
    used = {name for item in items for name in names(item.term)}
    told = {name: Said.YES for name, wanted in book.known.items() if name in used and wanted & frozenset(features)}
    return Paper(
        on,
        tuple(items),
        {name: ask for name, ask in asks.items() if name in used},
        told,
        {one.id: book.procedures[one.id] for one in in_force if one.id in book.procedures},
    )


def _unwritten(item: Criterion, taken: set[str]) -> Ask:
    """Return the question about a clause that came without any, such as an uploaded standard's."""
    code = code_of(item.id, taken)
    taken.add(code)
    return Ask(item.id, f"{item.clause[:20]}说的情况，这里有吗？", item.text, code)


def with_asks(book: QuestionBook, written: Mapping[str, Sequence[str]]) -> QuestionBook:
    """Return a book with the questions that uploaded standards bring; a clause is met where all of its are yes.

    written: the questions of each criterion, by its id.
    """
    asks, when = dict(book.asks), dict(book.when)
    taken = {ask.code for ask in asks.values()}
    for item_id, texts in written.items():
        names_of = [f"{item_id}/{number}" for number in range(1, len(texts) + 1)]
        for name, text in zip(names_of, texts, strict=True):
            asks[name] = Ask(name, text, "", code_of(name, taken))
            taken.add(asks[name].code)
        when[item_id] = both(*map(Asked, names_of))
    return replace(book, asks=asks, when=when)


def _items(book: QuestionBook, standard: Standard, mine: list[Criterion], on: date) -> Iterator[Item]:
    procedure = book.procedures.get(standard.id)
    elements = []
    for criterion in mine:
        why = why_person(book, criterion, standard, on=on)
        weight = Weight.PERSON if why else Weight.SUSPECTED if standard.sector_word == FIRE else Weight.MAJOR
        term = book.when.get(criterion.id, Asked(criterion.id))
        item = Item(criterion, standard, term, weight, why or SUSPECTED_WHY * (weight is Weight.SUSPECTED))
        if procedure is not None and criterion.kind == COMPREHENSIVE:
            elements.append(item)
        elif procedure is not None:
            yield _held(item, procedure)
        else:
            yield item
    if procedure is not None:
        yield from _counts(procedure, standard, elements)


def _held(item: Item, procedure: Procedure) -> Item:
    return Item(item.criterion, item.standard, both(item.term, procedure.holds), item.weight, item.why)


def _counts(procedure: Procedure, standard: Standard, elements: list[Item]) -> Iterator[Item]:
    for count in procedure.counts:
        parts = tuple(one for one in elements if not count.elements or _is_in(one.criterion, count.elements))
        if len(parts) < count.least:
            continue
        term = both(count.place, AtLeast(count.least, tuple(one.term for one in parts)), procedure.holds)
        rule = Criterion(
            id=f"{standard.id}-count-{count.id}",
            standard_id=standard.id,
            clause=count.clause,
            group="综合判定",
            sectors=parts[0].criterion.sectors,
            features=frozenset(),
            text=f"综合判定要素达到{count.least}条（含{count.least}条）",
        )
        yield Item(rule, standard, term, Weight.SUSPECTED, SUSPECTED_WHY, parts, procedure.incomplete)


def _is_in(criterion: Criterion, elements: frozenset[str]) -> bool:
    return criterion.clause in elements or criterion.id in elements


def why_person(book: QuestionBook, item: Criterion, standard: Standard, *, on: date) -> str:
    """Return why a clause never concludes by itself, "" where it may."""
    checks = (
        (item.completeness == MISSING, f"该条（{item.group}）的条文没有还原，须对照标准原件判定"),
        (item.open_ended, "该条只有概括定义，须由人判断"),
        (bool(item.refers_to), f"该条转致{item.refers_to}，须指明具体条款"),
        (item.completeness == "partial", "该条条文只还原了一部分，须对照标准原件判定"),
        (item.id not in book.when, "该条还没有编写问题，须由人对照条文判断"),
        (standard.role == "closest-equivalent", "当时没有重大隐患清单，本条只是最接近的法定依据，由人判断"),
        (not standard.is_preferred_on(on), "已有新标准施行，依据哪一个由人判断"),
    )
    return book.person.get(item.id, "") or next((say for holds, say in checks if holds), "")
