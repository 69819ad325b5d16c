"""The counting procedure that an uploaded list of fire carries: in which places how many elements make a suspicion.

It has the shape of the packaged lists' own (`procedure` of the files of criteria): kinds of place, the elements that
count there, the least number, and what takes elements out of the count. Kinds and exclusions are chosen from those that
the guided questions and the reading of a text know; a list that needs others is counted by a person.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from bihuan.standards.rules.books import Fault, Place, are_texts, close_words
from bihuan.standards.rules.concluding import FIRE
from bihuan.standards.rules.counting import COMPREHENSIVE, Count, Procedure
from bihuan.standards.rules.criteria import Criterion
from bihuan.standards.rules.terms import Asked, AtLeast, Not, Term, both, either

PROCEDURE: Final = "procedure"
NUMBER: Final = "min_count"
TOPIC: Final = "消防方面"
OTHER_PLACES: Final = "其他场所"
MOST_RULES: Final = 12
CLAUSE_LENGTH: Final = 32
INCOMPLETE: Final = "文件声明有条款没有录入，可能有没数到的"
# What a file may name → the question that asks it and the words that tell it.
PLACE_TYPES: Final[Mapping[str, str]] = {
    "人员密集场所": "人员密集",
    "易燃易爆危险品场所": "危险品场所",
    "重要场所": "重要场所",
}
EXCLUSIONS: Final[Mapping[str, str]] = {
    "当场能改正": "当场能改",
    "已停产停业或停止使用": "停业停用",
    "经专家评审并落实措施": "评审落实",
    "不会造成严重后果": "危害不大",
    "因标准修订引起": "标准修订",
}
PLACE_WORDS: Final = (*PLACE_TYPES, OTHER_PLACES)
_MUST: Final = frozenset({"clause", "place_types", "elements", NUMBER})


def procedure_of(book: Mapping[str, Any]) -> Procedure | None:
    """Return the procedure of a sound book; None where it has none."""
    part = book.get(PROCEDURE)
    if not part:
        return None
    holds = [Not(Asked(EXCLUSIONS[word])) for word in part.get("exclusions") or ()]
    counts = tuple(_count(str(number), rule) for number, rule in enumerate(part["rules"], start=1))
    incomplete = INCOMPLETE if book.get("unreconstructed") else ""
    return Procedure(TOPIC, both(*holds), counts, discussed_by=0, panel=0, panel_agrees="", incomplete=incomplete)


def _count(number: str, rule: Mapping[str, Any]) -> Count:
    return Count(number, rule["clause"], _place(rule["place_types"]), rule[NUMBER], frozenset(rule["elements"]))


def _place(words: Sequence[str]) -> Term:
    """Return the term of some kinds of place; the others are those of none of the kinds that have a name."""
    kinds: list[Term] = [Asked(PLACE_TYPES[word]) for word in words if word != OTHER_PLACES]
    if OTHER_PLACES in words:
        kinds.append(both(*(Not(Asked(name)) for name in PLACE_TYPES.values())))
    return both(Asked(TOPIC), either(*kinds)) if kinds else AtLeast(1, ())


def counting_faults(book: Mapping[str, Any]) -> Iterator[Fault]:
    """Return what is wrong with the procedure of a book whose items are sound, and with elements that need one."""
    part = book.get(PROCEDURE)
    counted = {str(item.get("clause")) for item in book["criteria"] if item.get("kind") == COMPREHENSIVE}
    if not part:
        if counted:
            say = "文件：有综合判定要素，但没有“procedure”（几条够数）。请照模板补上，或删去 kind、写成 direct。"
            yield Fault(("criteria",), say)
        return
    where: Place = (PROCEDURE,)
    if book["standard"].get("sector") != FIRE:
        yield Fault(where, f"文件：“{PROCEDURE}”只用于消防标准的综合判定。请删去。")
    elif not counted:
        yield Fault(where, f"文件：写了“{PROCEDURE}”，但没有一条的 kind 是 comprehensive，没有可数的要素。")
    elif not isinstance(part, Mapping) or not _are_rules(part.get("rules")):
        yield Fault(where, f"文件：“{PROCEDURE}”要有 rules，写成一列，最多{MOST_RULES}条。请照模板写。")
    else:
        yield from _unknown("文件", where, part, {"rules", "exclusions"})
        yield from _words(where, "exclusions", part.get("exclusions") or [], EXCLUSIONS, "不算的情形")
        for number, rule in enumerate(part["rules"]):
            yield from _rule_faults(f"计数第{number + 1}条", (PROCEDURE, "rules", number), rule, counted)
        yield from _never_counted(part["rules"], counted)


def _are_rules(rules: object) -> bool:
    return isinstance(rules, list) and 0 < len(rules) <= MOST_RULES and all(isinstance(one, Mapping) for one in rules)


def _unknown(place: str, where: Place, part: Mapping[str, Any], known: Collection[str]) -> Iterator[Fault]:
    for name in sorted(map(str, set(part) - set(known))):
        yield Fault((*where, name), f"{place}：不认识“{name[:32]}”。请改成模板里的名称，或删去。")


def _words(where: Place, name: str, words: object, known: Iterable[str], called: str) -> Iterator[Fault]:
    if not isinstance(words, list) or (words and not are_texts(words)):
        yield Fault((*where, name), f"文件：“{name}”要写成一列文字。没有的写 []。")
        return
    for word in words:
        if word not in known:
            say = f"文件：不认识{called}“{word[:32]}”。{close_words(word, known)}能用的：{'、'.join(known)}。"
            yield Fault((*where, name), say)


def _rule_faults(place: str, where: Place, rule: Mapping[str, Any], counted: Collection[str]) -> Iterator[Fault]:
    yield from _unknown(place, where, rule, _MUST)
    if missing := sorted(_MUST - set(rule)):
        yield Fault(where, f"{place}：缺少{'、'.join(f'“{one}”' for one in missing)}。请补上。")
        return
    clause = rule["clause"]
    if not isinstance(clause, str) or not 0 < len(clause.strip()) <= CLAUSE_LENGTH:
        say = f"{place}：“clause”要写原文的条号，最多{CLAUSE_LENGTH}个字。"
        yield Fault((*where, "clause"), say)
    yield from _words(where, "place_types", rule["place_types"], PLACE_WORDS, "场所")
    if rule["place_types"] == []:
        yield Fault((*where, "place_types"), f"{place}：没有写哪些场所。能用的：{'、'.join(PLACE_WORDS)}。")
    elements, least = rule["elements"], rule[NUMBER]
    if not isinstance(elements, list) or (elements and not are_texts(elements)):
        yield Fault((*where, "elements"), f"{place}：“elements”要写成一列条号；哪一条都数的写 []。")
        return
    for strange in sorted(set(elements) - set(counted)):
        say = f"{place}：“{strange[:32]}”不是文件里综合判定要素的条号。{close_words(strange, counted)}"
        yield Fault((*where, "elements"), say)
    if not isinstance(least, int) or isinstance(least, bool) or least < 1:
        yield Fault((*where, NUMBER), f"{place}：“{NUMBER}”要写满几条，写一个整数。")
    elif least > (most := len(set(elements)) if elements else len(counted)):
        say = f"{place}：要满{least}条，可数的只有{most}条，永远不够。请核对条数和要素。"
        yield Fault((*where, NUMBER), say)


def _never_counted(rules: Sequence[Mapping[str, Any]], counted: Collection[str]) -> Iterator[Fault]:
    """Tell of elements that no rule counts: a list whose elements are left out by a slip would find nothing."""
    named = [rule.get("elements") for rule in rules]
    if any(one == [] for one in named):
        return
    every = {element for one in named if isinstance(one, list) for element in one if isinstance(element, str)}
    if missed := sorted(set(counted) - every):
        say = f"文件：综合判定要素{'、'.join(missed[:8])}没有一条计数规则数到。请写进 elements，或写成 direct。"
        yield Fault((PROCEDURE, "rules"), say)


# -- in words


def counting_says(procedure: Procedure | None, items: Iterable[Criterion]) -> tuple[str, ...]:
    """Return a procedure in sentences: each kind of place with its number, then what is not counted."""
    if procedure is None:
        return ()
    counted = [one for one in items if one.kind == COMPREHENSIVE]
    said = [f"{_places(one)}满{one.least}条（{one.clause}，{_elements(one, counted)}）" for one in procedure.counts]
    out = exclusions_of(procedure)
    return (*said, *([f"不算的：{'、'.join(out)}"] if out else []))


def places_of(count: Count) -> tuple[str, ...]:
    """Return the kinds of place of a count in the words of a file."""
    named = [word for word, name in PLACE_TYPES.items() if name in _asked(count.place, denied=False)]
    return (*named, *([OTHER_PLACES] if _asked(count.place, denied=True) else []))


def exclusions_of(procedure: Procedure) -> tuple[str, ...]:
    """Return what takes elements out of the count in the words of a file."""
    return tuple(word for word, name in EXCLUSIONS.items() if name in _asked(procedure.holds))


def _places(count: Count) -> str:
    return "、".join(places_of(count))


def _elements(count: Count, counted: Sequence[Criterion]) -> str:
    if not count.elements:
        return "综合判定要素都数"
    clauses = list(dict.fromkeys(one.clause for one in counted if count.takes(one)))
    return f"数{'、'.join(clauses)}"


def _asked(term: Term, *, denied: bool | None = None) -> set[str]:
    """Return the questions of a term. denied: only those that it denies, or that it does not."""
    if isinstance(term, Not):
        return set() if denied is False else _asked(term.term)
    if isinstance(term, AtLeast):
        return {name for one in term.terms for name in _asked(one, denied=denied)}
    return set() if denied else {term.name}
