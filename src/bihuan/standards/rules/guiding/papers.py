"""What is asked of a place on a day: the questions, the clauses that can apply, and how far each may conclude."""

import hashlib
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from bihuan.standards.rules.concluding import MISSING, SUSPECTED_WHY, caveat, is_fire, why_person, why_screened
from bihuan.standards.rules.counting import COMPREHENSIVE, SEVERAL, Procedure, term_of
from bihuan.standards.rules.criteria import Criterion, Library, Standard, applies
from bihuan.standards.rules.sectors import EVERY_SECTOR, Feature, Sector
from bihuan.standards.rules.terms import Answers, Asked, AtLeast, Said, Term, both, either, names

CODE_LENGTH: Final = 5


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


class Likely(IntEnum):
    """How far the place itself points at a clause: the order in which clauses are asked about."""

    BY_BOTH = 0  # it is of the place's own sectors and names a feature that the place has
    BY_FEATURE = 1  # it names such a feature, and is of fire or special equipment
    BY_SECTOR = 2  # it is of the place's own sectors
    ANYWHERE = 3  # it may concern any place: other matters of fire, the general definition


class Weight(StrEnum):
    """How far a clause that is met may conclude."""

    MAJOR = "major"
    SUSPECTED = "suspected"  # fire: the fire authority determines
    PERSON = "person"  # open-ended, ambiguous or not held: a person decides


@dataclass(frozen=True, slots=True)
class QuestionBook:
    """All questions. when: the term of each criterion. person: why one is for a person. missing: clauses not held.

    whole: under which term a clause that is for a person concludes all the same, all of its parts being met.
    known: features of the place that answer a question with yes. opened: clauses of fire that such an answer opens.
    """

    asks: Mapping[str, Ask]
    when: Mapping[str, Term]
    person: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Criterion, ...] = ()
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    known: Mapping[str, frozenset[Feature]] = field(default_factory=dict)
    whole: Mapping[str, Term] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """A clause on the paper. why: the reason that it does not conclude, or what to look at before it is used.

    parts: the elements that a count counts. incomplete: why a number that is not reached proves little. topic: the
    question that opens the clauses of an older version, which only hint here. is_whole: under this term a clause that
    chains conditions is met in either reading; another item asks about a part of it. likely: see Likely.
    """

    criterion: Criterion
    standard: Standard
    term: Term
    weight: Weight
    why: str = ""
    parts: tuple["Item", ...] = ()
    incomplete: str = ""
    topic: str = ""
    is_whole: bool = False
    likely: Likely = Likely.ANYWHERE


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of a place on a day. items: special standards first, definitions last.

    told: answers that the file of the enterprise gives. procedures: of the fire standards in force. unasked: clauses in
    force that could concern such a sector and are not asked, for the place has none of their features. is_placed:
    whether any sector is known; without one no list of a sector was asked. is_bare: whether the place has no feature.
    """

    on: date
    items: tuple[Item, ...]
    asks: Mapping[str, Ask]
    told: Answers
    procedures: Mapping[str, Procedure]
    unasked: tuple[Criterion, ...] = ()
    is_placed: bool = True
    is_bare: bool = False

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
    book = _opened(book, library, sectors, features, on=on)
    items: list[Item] = []
    unasked: list[Criterion] = []
    for standard in in_force:
        of_it = [one for one in library.criteria if one.standard_id == standard.id]
        of_it += [one for one in book.missing if one.standard_id == standard.id]
        mine = [one for one in of_it if _is_asked(book, one, sectors, features)]
        unasked += [one for one in of_it if one not in mine and applies(one, sectors=sectors, features=None)]
        taken = {ask.code for ask in asks.values()}
        asks |= {one.id: _unwritten(one, taken) for one in mine if one.id not in book.when}
        old = [one for one in library.criteria if one.id in standard.prompts]
        old = [one for one in old if _is_asked(book, one, sectors, features)]
        items += _screened(book, standard, old, list(_items(book, standard, mine, on)))
    used = {name for item in items for name in names(item.term)}
    told = {name: Said.YES for name, wanted in book.known.items() if name in used and wanted & frozenset(features)}
    return Paper(
        on,
        tuple(replace(one, likely=_likely(one, sectors, features)) for one in items),
        {name: ask for name, ask in asks.items() if name in used},
        told,
        {one.id: book.procedures[one.id] for one in in_force if one.id in book.procedures},
        tuple(unasked),
        is_placed=bool(sectors),
        is_bare=not features,
    )


def _is_asked(book: QuestionBook, one: Criterion, sectors: Collection[Sector], features: Collection[Feature]) -> bool:
    return applies(one, sectors=sectors, features=None if one.id in book.opened else features)


def _opened(
    book: QuestionBook, library: Library, sectors: Collection[Sector], features: Collection[Feature], *, on: date
) -> QuestionBook:
    """Return a book that asks of fire what the kind of place opens, where no feature on file does.

    A count asks whether the place is crowded; where the answer is yes, elements of crowded places can be met as if the
    file said so (GB 35181-2017, 5.3). Each is met only together with that answer. What asks for no kind of place by
    itself, direct elements and an older version that only hints, is opened where no feature is on file and the sector
    is that of crowded places, and only what such places have.
    """
    named = frozenset(features)
    when: dict[str, Term] = {}
    for one in library.criteria:
        procedure = book.procedures.get(one.standard_id)
        if procedure is None or one.id not in book.when or one.features & named:
            continue
        is_counted = one.kind == COMPREHENSIVE and library.standard(one.standard_id).holds_on(on)
        of_sector = frozenset({Feature.CROWDED_PLACE} if Sector.FIRE_CROWDED in sectors and not named else ())
        opening = one.features if is_counted else one.features & of_sector
        kinds = [name for name in procedure.kinds if book.known.get(name, frozenset()) & opening]
        if kinds:
            when[one.id] = both(either(*map(Asked, kinds)), book.when[one.id])
    return replace(book, when={**book.when, **when}, opened=frozenset(when))


def _likely(item: Item, sectors: Collection[Sector], features: Collection[Feature]) -> Likely:
    """Return how far a place points at a clause; at a count, how far it points at one of its elements."""
    return min(_points_at(one.criterion, frozenset(sectors), frozenset(features)) for one in (item, *item.parts))


def _points_at(one: Criterion, sectors: frozenset[Sector], features: frozenset[Feature]) -> Likely:
    is_own = bool(one.sectors & sectors) and one.sectors < EVERY_SECTOR
    if one.features & features:
        return Likely.BY_BOTH if is_own else Likely.BY_FEATURE
    return Likely.BY_SECTOR if is_own else Likely.ANYWHERE


def _unwritten(item: Criterion, taken: set[str]) -> Ask:
    """Return the question about a clause that came without any, such as an uploaded standard's."""
    code = code_of(item.id, taken)
    taken.add(code)
    return Ask(item.id, f"{item.clause[:20]}说的情况，这里有吗？", item.text, code)


def with_asks(
    book: QuestionBook, written: Mapping[str, Sequence[str]], counted: Mapping[str, Procedure] | None = None
) -> QuestionBook:
    """Return a book with the questions that uploaded standards bring; a clause is met where all of its are yes.

    written: the questions of each criterion, by its id. counted: the countings of uploaded lists of fire.
    """
    asks, when = dict(book.asks), dict(book.when)
    taken = {ask.code for ask in asks.values()}
    for item_id, texts in written.items():
        names_of = [f"{item_id}/{number}" for number in range(1, len(texts) + 1)]
        for name, text in zip(names_of, texts, strict=True):
            asks[name] = Ask(name, text, "", code_of(name, taken))
            taken.add(asks[name].code)
        when[item_id] = both(*map(Asked, names_of))
    return replace(book, asks=asks, when=when, procedures={**book.procedures, **(counted or {})})


def _items(book: QuestionBook, standard: Standard, mine: list[Criterion], on: date) -> Iterator[Item]:
    procedure = book.procedures.get(standard.id)
    elements = []
    for criterion in mine:
        item = _item(book, standard, criterion, on)
        if procedure is not None and criterion.kind == COMPREHENSIVE:
            elements.append(item)
            continue
        if criterion.id in book.whole:
            yield Item(criterion, standard, book.whole[criterion.id], Weight.MAJOR, caveat(criterion), is_whole=True)
        yield item if procedure is None else replace(item, term=both(item.term, procedure.holds))
    if procedure is not None:
        yield from _counts(procedure, standard, elements)


def _item(book: QuestionBook, standard: Standard, criterion: Criterion, on: date) -> Item:
    term = book.when.get(criterion.id, Asked(criterion.id))
    if why := _why(book, criterion, standard, on):
        return Item(criterion, standard, term, Weight.PERSON, why)
    if is_fire(standard):
        return Item(criterion, standard, term, Weight.SUSPECTED, SUSPECTED_WHY)
    return Item(criterion, standard, term, Weight.MAJOR, caveat(criterion))


def _why(book: QuestionBook, criterion: Criterion, standard: Standard, on: date) -> str:
    """Return why a clause never concludes by itself, "" where it may."""
    unwritten = "" if criterion.id in book.when else "该条还没有编写问题，须由人对照条文判断"
    return book.person.get(criterion.id, "") or why_person(criterion, standard, on=on) or unwritten


def _counts(procedure: Procedure, standard: Standard, elements: list[Item]) -> Iterator[Item]:
    for count in procedure.counts:
        parts = tuple(one for one in elements if count.takes(one.criterion))
        if len(parts) < count.least:
            continue
        rule = Criterion(
            id=f"{standard.id}-count-{count.id}",
            standard_id=standard.id,
            clause=count.clause,
            group="综合判定",
            sectors=parts[0].criterion.sectors,
            features=frozenset(),
            text=f"综合判定要素达到{count.least}条（含{count.least}条）",
        )
        term = term_of(procedure, count, [one.term for one in parts])
        yield Item(rule, standard, term, Weight.SUSPECTED, SUSPECTED_WHY, parts, procedure.incomplete)


def _screened(
    book: QuestionBook, standard: Standard, old: Sequence[Criterion], items: Sequence[Item]
) -> Iterator[Item]:
    """Yield the items of a standard whose clauses are not held, asked by the elements of the version before it.

    One direct element, or several comprehensive ones, ask a person; the number that the new version wants is not known.
    """
    procedure = book.procedures.get(old[0].standard_id) if old else None
    for item in items:
        if procedure is None or item.criterion.completeness != MISSING:
            yield item
            continue
        why = why_screened(standard)
        parts = tuple(Item(one, standard, book.when[one.id], Weight.PERSON, why) for one in old)
        direct = [one.term for one in parts if one.criterion.kind != COMPREHENSIVE]
        several = [one.term for one in parts if one.criterion.kind == COMPREHENSIVE]
        terms = [*direct, *([AtLeast(SEVERAL, tuple(several))] if len(several) >= SEVERAL else ())]
        term = both(item.term, either(*terms), procedure.holds)
        yield replace(item, term=term, why=why, parts=parts, incomplete=why, topic=procedure.topic)
