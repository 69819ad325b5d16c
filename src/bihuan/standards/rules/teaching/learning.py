"""What a town's decisions teach: words that people use for a clause and that the suggestion does not know yet.

Deterministic and offline. It proposes; a person accepts or turns down, with the decisions open beside it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bihuan.standards.rules.determine import Judge, Level
from bihuan.standards.rules.determine.verdicts import Rule
from bihuan.standards.rules.teaching.effects import Labelled, answer_of, is_right
from bihuan.standards.rules.teaching.lessons import Lesson, Target, known_words, taught

SUPPORT: Final = 2  # decisions that must share the words
SHORTEST, LONGEST = 2, 8  # characters of the words proposed
MOST_TEXTS: Final = 8  # of one clause that are compared
MOST_PHRASES: Final = 12  # of one clause that are tried
MOST_PROPOSALS: Final = 3  # for one clause at a time
_AT_ENDS: Final = "的了着在有是和与及等上下里内外这那个把被也都就还又并不很处一"
_BREAKS: Final = str.maketrans(dict.fromkeys(",;:。、!? ()\n\"'“”", ","))

Clause = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words for a concept. turned: keys of the decisions missed until now that they make right.

    using: keys of all decisions that use the words. right: how many of those were decided by this clause.
    """

    lesson: Lesson
    standard: str
    clause: str
    turned: tuple[str, ...]
    using: tuple[str, ...]
    right: int


def propose(judge: Judge, cases: Sequence[Labelled], *, answered: Collection[Lesson] = ()) -> list[Proposal]:
    """Return what a town's decisions propose, by clause; words answered before are not proposed again, for whatever.

    cases: the decisions, the newest first. Words that stand in a text decided general are never proposed.
    """
    judge = judge.by_conditions  # what is only alike is not read yet
    plain = {one.key: judge.plain(one.case.text) for one in cases}
    words = {one.wording for one in answered}
    general = [plain[one.key] for one in cases if one.level is Level.GENERAL]
    found: list[Proposal] = []
    for clause, missed in _missed(judge, cases).items():
        shared = _phrases(judge, [plain[one.key] for one in missed])
        asked = [one for one in shared if one not in words and not _in_any(one, general)]
        found += _chosen(_tried(judge, clause, missed, asked[:MOST_PHRASES]))
    return [_counted(one, cases, plain) for one in found]


def _missed(judge: Judge, cases: Sequence[Labelled]) -> Mapping[Clause, Sequence[Labelled]]:
    """Return, by clause, the decisions on different words that the suggestion does not come to."""
    found: dict[Clause, dict[str, Labelled]] = defaultdict(dict)
    for one in cases:
        if one.level is Level.MAJOR and len(one.right) == 1 and not is_right(answer_of(judge, one.case), one):
            found[next(iter(one.right))].setdefault(one.case.text, one)
    return {clause: list(many.values())[:MOST_TEXTS] for clause, many in sorted(found.items()) if len(many) >= SUPPORT}


def _phrases(judge: Judge, texts: Sequence[str]) -> list[str]:
    """Return what at least two texts share, none inside a longer one that as many share; the most shared first."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for phrase in _parts(judge.without_denials(text).translate(_BREAKS)):
            holders[phrase].add(number)
    shared = {phrase: many for phrase, many in holders.items() if len(many) >= SUPPORT}
    whole = [
        one for one in shared if not any(one != two and one in two and shared[one] <= shared[two] for two in shared)
    ]
    return sorted(whole, key=lambda one: (-len(shared[one]), -len(one), one))


def _parts(text: str) -> Iterator[str]:
    for run in text.split(","):
        for start in range(len(run)):
            for end in range(start + SHORTEST, min(start + LONGEST, len(run)) + 1):
                phrase = run[start:end]
                if phrase == phrase.strip(_AT_ENDS) and not phrase.isascii():
                    yield phrase


def _in_any(phrase: str, texts: Sequence[str]) -> bool:
    return any(phrase in text for text in texts)


def _tried(judge: Judge, clause: Clause, missed: Sequence[Labelled], phrases: Sequence[str]) -> Iterator[Proposal]:
    """Yield what turns at least two of the missed decisions right, for each phrase where it turns the most."""
    rule = next((one for one in judge.rules if (one.item.standard_id, one.item.clause) == clause), None)
    for phrase in phrases if rule is not None else ():
        tried = [(_turned(judge, one, missed), one) for one in _lessons(judge, rule, phrase)]
        keys, lesson = max(tried, key=lambda one: len(one[0]), default=((), None))
        if lesson is not None and len(keys) >= SUPPORT:
            yield Proposal(lesson, *clause, keys, (), 0)


def _lessons(judge: Judge, rule: Rule | None, phrase: str) -> Iterator[Lesson]:
    """Yield what a phrase could be for a criterion: a word for what its conditions ask for."""
    if rule is None:
        return
    terms = [term for condition in rule.conditions for term in condition.terms if not term.excludes]
    signs_first = sorted(terms, key=lambda term: not term.is_sign)
    for concept in dict.fromkeys(name for term in signs_first for name in term.concepts):
        if phrase not in known_words(judge, Target.CONCEPT, concept):
            yield Lesson(Target.CONCEPT, concept, phrase)


def _turned(judge: Judge, lesson: Lesson, missed: Sequence[Labelled]) -> tuple[str, ...]:
    knowing = taught(judge, [lesson])
    using = [one for one in missed if lesson.wording in judge.plain(one.case.text)]
    return tuple(one.key for one in using if is_right(answer_of(knowing, one.case), one))


def _chosen(tried: Iterator[Proposal]) -> list[Proposal]:
    """Keep those that turn the most, each with a decision that those before it do not turn."""
    kept: list[Proposal] = []
    for one in sorted(tried, key=lambda one: (-len(one.turned), -len(one.lesson.wording), one.lesson)):
        before = {key for other in kept for key in other.turned}
        if set(one.turned) - before and len(kept) < MOST_PROPOSALS:
            kept.append(one)
    return kept


def _counted(one: Proposal, cases: Sequence[Labelled], plain: Mapping[str, str]) -> Proposal:
    """Count the decisions that use the words, and how many of them this clause decided."""
    using = [case for case in cases if one.lesson.wording in plain[case.key]]
    right = sum((one.standard, one.clause) in case.right for case in using)
    return replace(one, using=tuple(case.key for case in using), right=right)
