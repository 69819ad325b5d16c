"""Which question comes next: of what the place makes likely, whether a thing exists before how it is, then what decides
the most clauses."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bihuan.standards.rules.guiding.papers import Ask, Item, Paper, Weight
from bihuan.standards.rules.terms import (
    Answers,
    Asked,
    Measured,
    Not,
    Reply,
    Said,
    Term,
    left_names,
    names,
    open_names,
    value,
)


def open_items(paper: Paper, given: Answers) -> Sequence[Item]:
    """Return the clauses that are still worth a question; none once the level cannot change.

    What can conclude goes before what a person decides; a suspicion of fire ends the questions, for it is transferred.
    """
    answers = paper.answers(given)
    values = [value(one.term, answers) for one in paper.items]
    if any(held and one.weight is not Weight.PERSON for one, held in zip(paper.items, values, strict=True)):
        return ()
    undecided = [one for one, held in zip(paper.items, values, strict=True) if held is None]
    open_ = [one for one in undecided if open_names(one.term, answers, paper.gates)]
    concluding = [one for one in open_ if one.weight is not Weight.PERSON]
    if concluding:
        return concluding
    is_open_for_sure = len(undecided) > len(open_) or any(values)
    return () if is_open_for_sure else open_


def most_left(paper: Paper, given: Answers) -> int:
    """Return how many questions can still come at the most; it never grows with an answer."""
    answers = paper.answers(given)
    if not open_items(paper, given):
        return 0
    return len({name for one in paper.items for name in left_names(one.term, answers, paper.gates)})


def next_ask(paper: Paper, given: Answers, *, about: Sequence[str] = ()) -> Ask | None:
    """Return the question to put next, None when the level cannot change any more.

    about: ids of criteria that the words of the hazard speak of, best first; their questions come first, then those of
    clauses at which the features of the place point, then its sectors. The choice depends on what was answered, not on
    the order of the answers.
    """
    items = open_items(paper, given)
    if not items:
        return None
    answers = paper.answers(given)
    asked_by: dict[str, list[Item]] = {}
    for one in items:
        for name in open_names(one.term, answers, paper.gates):
            asked_by.setdefault(name, []).append(one)
    order = {name: place for place, name in enumerate(asked_by)}
    wanted = _wanted(items, about)
    best = min(
        asked_by,
        key=lambda name: (
            wanted.get(name, len(about)),
            min(one.likely for one in asked_by[name]),
            not paper.asks[name].first,
            *_decides(name, asked_by[name], answers),
            order[name],
        ),
    )
    return paper.asks[best]


def _wanted(items: Sequence[Item], about: Sequence[str]) -> Mapping[str, int]:
    """Return the questions of the clauses and elements that the hazard speaks of, each by its rank."""
    ranks = {item_id: rank for rank, item_id in reversed(list(enumerate(about)))}
    found: dict[str, int] = {}
    for one in (part for item in items for part in (item, *item.parts)):
        if (rank := ranks.get(one.criterion.id)) is not None:
            for name in names(one.term):
                found[name] = min(rank, found.get(name, rank))
    return found


def _decides(name: str, items: Sequence[Item], answers: Answers) -> tuple[int, int]:
    """Return how many clauses an answer would decide, at the best answer and over all, negative: more sorts first."""
    counts = []
    for reply in _replies(name, items):
        after: Mapping[str, Reply] = {**answers, name: reply}
        counts.append(sum(value(one.term, after) is not None for one in items))
    return -max(counts), -sum(counts)


def _replies(name: str, items: Sequence[Item]) -> Iterator[Reply]:
    limits = {limit for one in items for limit in _limits(one.term, name)}
    if not limits:
        yield from (Said.YES, Said.NO)
    for limit in sorted(limits):
        yield from (limit - Decimal(1), limit + Decimal(1))


def _limits(term: Term, name: str) -> Iterator[Decimal]:
    match term:
        case Measured():
            if term.name == name:
                yield term.limit
        case Asked():
            return
        case Not():
            yield from _limits(term.term, name)
        case _:
            for one in term.terms:
                yield from _limits(one, name)
