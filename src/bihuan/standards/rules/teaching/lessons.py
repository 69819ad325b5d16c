"""A town's own words: what they may be added to, how they are read, and a judge that knows them."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal
from bihuan.kernel.paths import town_path
from bihuan.kernel.roles import Role
from bihuan.standards.rules.criteria import Criterion
from bihuan.standards.rules.determine import Judge, concepts_of
from bihuan.standards.rules.determine.lexicon import GAP, Lexicon
from bihuan.standards.rules.sectors import FEATURE_WORDS, sectors_of

# Who may add a town's (or a county's) own words: whoever answers there for how hazards are graded.
MAY_TEACH: Final[frozenset[Role]] = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.SUPERIOR})


class Target(StrEnum):
    """What a word is added to."""

    CONCEPT = "concept"
    FEATURE = "feature"
    SECTOR = "sector"


TARGET_NAMES: Final[Mapping[Target, str]] = {
    Target.CONCEPT: "概念",
    Target.FEATURE: "安全特征",
    Target.SECTOR: "行业",
}
_KEYS: Final = {Target.FEATURE: "f+", Target.SECTOR: "s:"}
LEAST, MOST = 2, 20  # characters of a wording
MOST_AT_ONCE: Final = 20


class BadWord(Refusal):
    """A wording that cannot be added."""


@dataclass(frozen=True, slots=True, order=True)
class Lesson:
    """A wording for a concept, a feature or a sector; target: its plain Chinese name."""

    kind: Target
    target: str
    wording: str

    @property
    def says(self) -> str:
        """The lesson as people read it."""
        sign = "=" if self.kind is Target.CONCEPT else "→"
        return f"{self.wording} {sign} {self.target}"


@dataclass(frozen=True, slots=True)
class Taught:
    """An own word on record. refused: a proposal that was turned down, so that it is not made again.

    path: of the unit for which it holds, and for all below it. learned: proposed by the town's decisions.
    evidence: the decisions that spoke for it. ended_at: None while it holds.
    """

    id: UUID
    lesson: Lesson
    path: str
    unit_name: str
    why: str
    learned: bool
    refused: bool
    evidence: tuple[UUID, ...]
    added_at: datetime
    added_by: str
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""


def targets_of(judge: Judge, kind: Target) -> Sequence[str]:
    """Return the names of what a wording can be added to, in the order of the data."""
    if kind is Target.CONCEPT:
        return list(judge.lexicon.concepts)
    key = _KEYS[kind]
    return [name.removeprefix(key) for name in judge.finder.words if name.startswith(key)]


def known_words(judge: Judge, kind: Target, target: str) -> Sequence[str]:
    """Return the wordings that are already known of it. Raises KeyError for what is not there."""
    if kind is Target.CONCEPT:
        return judge.lexicon.concepts[target]
    return judge.finder.words[f"{_KEYS[kind]}{target}"]


def criteria_of(judge: Judge, kind: Target, target: str) -> Sequence[Criterion]:
    """Return the criteria that use it, in the order of the books: in their conditions, or by whom they concern.

    Conditions that exclude a concept use it too.
    """
    if kind is Target.CONCEPT:
        return _uses(judge).get(target, ())
    if kind is Target.FEATURE:
        return [one for one in judge.library.criteria if FEATURE_WORDS[target] in one.features]
    return [one for one in judge.library.criteria if sectors_of(target) & one.sectors]


@lru_cache(maxsize=4)
def _uses(judge: Judge) -> Mapping[str, Sequence[Criterion]]:
    found: dict[str, list[Criterion]] = defaultdict(list)
    for rule in judge.rules:
        for concept in dict.fromkeys(concepts_of(rule.conditions)):
            found[concept].append(rule.item)
    return found


def home_of(path: str) -> str:
    """Return the path at which own words are looked for: the town's; above towns, the unit's own."""
    return town_path(path) or path


def teaching_path(actor: Actor) -> str:
    """Return the path of the unit for which this person may add words, "" where for none."""
    held = next((one for one in actor.roles if one.role in MAY_TEACH and one.path), None)
    return home_of(held.path) if held is not None else ""


def version_with(packaged: str, lessons: Collection[Lesson]) -> str:
    """Return what names the packaged words together with a town's own: the same name for the same words."""
    if not lessons:
        return packaged
    told = "\n".join([packaged, *(f"{one.kind} {one.target} {one.wording}" for one in sorted(lessons))])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


_BETWEEN: Final = re.compile(r"[\s、,;。]+")
_DOTS: Final = re.compile(r"\.{2,}|…+")
_STRANGE: Final = re.compile(rf"[^\w{GAP}%°/+.-]")


def read_wordings(judge: Judge, kind: Target, target: str, given: str) -> tuple[Lesson, ...]:
    """Return what somebody typed as lessons, one for each word. Raises BadWord for all that is wrong, first to last."""
    if target not in targets_of(judge, kind):
        raise BadWord("own_word.no_target", f"没有叫“{target}”的{TARGET_NAMES[kind]}。请从列表里选一个。")
    words = [_DOTS.sub(GAP, one) for one in _BETWEEN.split(judge.plain(given)) if one]
    if not words:
        raise BadWord("own_word.empty", "请写上要加的说法，几个说法之间用顿号或换行隔开。", field="wordings")
    if len(words) > MOST_AT_ONCE:
        raise BadWord("own_word.many", f"一次最多加{MOST_AT_ONCE}个说法，请分几次加。", field="wordings")
    wrong = [say for one in words if (say := _wrong(judge, kind, target, one))]
    if wrong:
        raise BadWord("own_word.wrong", "".join(wrong) + "全部改好后一起保存。", field="wordings")
    return tuple(Lesson(kind, target, one) for one in dict.fromkeys(words))


def _wrong(judge: Judge, kind: Target, target: str, word: str) -> str:
    """Return what is wrong with a wording, "" when nothing is."""
    parts = word.split(GAP)
    plain = word.replace(GAP, "")
    checks = (
        (len(plain) < LEAST, f"“{word}”太短，至少{LEAST}个字，否则到处都会认错。"),
        (len(plain) > MOST, f"“{word[:12]}…”太长，最多{MOST}个字，请只写说法本身。"),
        (not all(parts), f"“{word}”的省略号只能放在两个字中间。"),
        (_STRANGE.search(word) is not None, f"“{word}”里有标点，请只写一个词或短语。"),
        (word in known_words(judge, kind, target), f"“{word}”已经认得，是“{target}”的说法之一，不用再加。"),
        (judge.denies(plain), f"“{word}”说的是有没有，不是一样东西，请写东西的叫法。"),
    )
    return next((say for holds, say in checks if holds), "")


def taught(judge: Judge, lessons: Iterable[Lesson]) -> Judge:
    """Return a judge that also knows these words; one whose target is no longer in the data is passed over."""
    concepts: dict[str, list[str]] = defaultdict(list)
    facts: dict[str, list[str]] = defaultdict(list)
    for one in sorted(set(lessons)):
        if one.kind is Target.CONCEPT and one.target in judge.lexicon.concepts:
            concepts[one.target].append(one.wording)
        elif one.kind is not Target.CONCEPT and f"{_KEYS[one.kind]}{one.target}" in judge.finder.words:
            facts[f"{_KEYS[one.kind]}{one.target}"].append(one.wording)
    return judge.with_words(concepts, facts) if concepts or facts else judge


def said_in(judge: Judge, lessons: Collection[Lesson], text: str) -> list[Lesson]:
    """Return the own words that a text uses, mistyped ones too."""
    by_word: dict[str, list[Lesson]] = defaultdict(list)
    for one in lessons:
        by_word[one.wording].append(one)
    found = Lexicon({word: (word,) for word in by_word}, judge.lexicon.alike).find(judge.plain(text))
    named = {one.concept for one in found}
    return [one for word, ones in by_word.items() if word in named for one in ones]
