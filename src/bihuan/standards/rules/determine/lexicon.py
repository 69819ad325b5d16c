"""Concepts and the many wordings people have for each; finds them in a text, mistyped ones too."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import Final, NamedTuple

GAP: Final = "…"  # in a wording: up to GAP_LENGTH other characters of the same clause
GAP_LENGTH: Final = 10
_CHOICE: Final = re.compile(r"\(([^()]*)\)")  # in a wording: any of the words between the bars
_BREAK: Final = re.compile("[,;:。]")
_NEGATION: Final = re.compile("[没未无不]")
_DENYING: Final = tuple("没未无不缺")
MOST_FOR_BREAKS: Final = 8  # characters of a word that a space or a line break may stand in
LEAST_FOR_TYPOS: Final = 3  # characters a wording has before one of them may be mistyped
MOST_FOR_TYPOS: Final = 7
SHORT: Final = 2  # characters of the words that `Alike.short` names; both must be free of other meaning


class Token(NamedTuple):
    """A concept found in a text. typo: one character was written otherwise. denied: a gap in it says no: 药量没超."""

    start: int
    end: int
    concept: str
    typo: bool = False
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Characters that are typed for one another, by sound or by look."""

    groups: Mapping[str, Sequence[str]]  # of each character, the groups in which it stands
    short: frozenset[str] = frozenset()  # words of two characters whose slips are no words themselves: 炮光 for 抛光

    @classmethod
    def of(cls, groups: Iterable[str], short: Iterable[str] = ()) -> "Alike":
        """Build from strings, each a group."""
        found: dict[str, list[str]] = defaultdict(list)
        for group in groups:
            for one in group:
                found[one].append(group)
        return cls(found, frozenset(short))

    def may_mean(self, written: str, meant: str) -> bool:
        """Tell whether one character may have been typed for another."""
        return any(written in group for group in self.groups.get(meant, ()))


class Wording(NamedTuple):
    """One wording, compiled. swallows: hides shorter words inside it."""

    text: str
    concept: str
    swallows: bool
    parts: tuple[str, ...]  # more than one where it has gaps
    head: str  # the first of them
    affirms: bool  # has gaps, and says of nothing that it is not


class _Book:
    """Wordings by how they begin, and by what is left of them when one character is unknown."""

    def __init__(self, begins: Mapping[str, Sequence[Wording]], short: frozenset[str]) -> None:
        self.begins: Final = begins
        self._short: Final = short

    @classmethod
    def of(cls, concepts: Mapping[str, Sequence[str]], short: frozenset[str] = frozenset()) -> "_Book":
        """Compile the wordings of concepts."""
        found: dict[str, list[Wording]] = defaultdict(list)
        for name, words in concepts.items():
            for word in words:
                wording = _compiled(word, name)
                found[wording.head[:2]].append(wording)
        return cls(found, short)

    @cached_property
    def holes(self) -> Mapping[str, Sequence[Wording]]:
        """The wordings by their text with a hole in the place of one character."""
        found: dict[str, list[Wording]] = {}
        for text, wordings in self._whole.items():
            for place in range(len(text)):
                hole = f"{text[:place]}\0{text[place + 1 :]}"
                found[hole] = [*found[hole], *wordings] if hole in found else wordings
        return found

    @property
    def _whole(self) -> Mapping[str, list[Wording]]:
        """The wordings of which a character may be mistyped, by their text."""
        found: dict[str, list[Wording]] = defaultdict(list)
        for wordings in self.begins.values():
            for one in wordings:
                text = one.text
                if len(one.parts) == 1 and (LEAST_FOR_TYPOS <= len(text) <= MOST_FOR_TYPOS or text in self._short):
                    found[text].append(one)
        return found


class Lexicon:
    """All concepts with their wordings.

    A word in the data is `plain`, `with…gap`, `^swallowing`, `=concept` or one with choices, `(堵|封)(死|住)`.
    """

    def __init__(self, concepts: Mapping[str, Sequence[str]], alike: Alike, places: Iterable[str] = ()) -> None:
        self.concepts: Mapping[str, tuple[str, ...]] = {name: tuple(_expanded(concepts, name, ())) for name in concepts}
        self.alike: Final = alike
        self.places: Final = frozenset(places)
        self._written: Final = concepts
        self._books: tuple[_Book, ...] = (
            _Book.of(self.concepts, alike.short),
        )  # the packaged wordings, then those added to them

    def with_words(self, more: Mapping[str, Sequence[str]]) -> "Lexicon":
        """Return a lexicon that also knows these wordings, in their concepts and in those that include them.

        It shares with this one what both know, so that a town's own words cost no second compilation. Raises KeyError
        where a concept is unknown.
        """
        added: dict[str, list[str]] = defaultdict(list)
        for name, words in more.items():
            for concept in self._with_it(name):
                known = (*self.concepts[concept], *added[concept])
                added[concept] += [word for word in dict.fromkeys(words) if word not in known]
        made = copy(self)
        vars(made).pop("_whole_words", None)
        made.concepts = {**self.concepts, **{name: (*self.concepts[name], *words) for name, words in added.items()}}
        made._books = (*self._books, _Book.of(added, self.alike.short))
        return made

    def _with_it(self, name: str) -> Iterator[str]:
        """Yield a concept, and those that take its wordings in."""
        if name not in self._written:
            raise KeyError(name)
        yield name
        for other, words in self._written.items():
            if f"={name}" in words:
                yield from self._with_it(other)

    def is_broken(self, before: str, after: str, least: int, other: Callable[[str], bool] = lambda _: False) -> bool:
        """Tell whether a break parts one word of at least so many characters: 火花 探测.

        It does not where a word before or after it would be torn (积水 池边), nor what is denied (没水 泵房).
        other: tells words that are in no concept.
        """
        known = self._whole_words
        for size in range(MOST_FOR_BREAKS, least - 1, -1):
            for left in range(max(1, size - len(after)), min(size, len(before) + 1)):
                start, end = len(before) - left, size - left
                word = before[start:] + after[:end]
                if word in known or other(word):
                    torn = any(before[at:] in known for at in range(start)) or any(
                        after[:to] in known for to in range(end + 1, len(after) + 1)
                    )
                    return not torn and before[start - 1 : start] not in _DENYING
        return False

    @cached_property
    def _whole_words(self) -> frozenset[str]:
        words = (word.lstrip("^") for many in self.concepts.values() for word in many)
        return frozenset(word for word in words if len(word) > 1 and GAP not in word)

    def find(self, text: str, *, typos: bool = True) -> list[Token]:
        """Return the concepts in a text by place; mistyped ones only where nothing else was understood."""
        found, hidden = self._exact(text)
        kept = [one for one in found if not any(_is_inside(one, start, end) for start, end in hidden)]
        taken = bytearray(len(text))
        for one in kept:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
        if typos:
            kept += self._mistyped(text, taken)
        return sorted(set(kept))

    def _exact(self, text: str) -> tuple[list[Token], list[tuple[int, int]]]:
        found: list[Token] = []
        hidden: list[tuple[int, int]] = []
        for start, begin in self._beginnings(text):
            for book in self._books:
                for wording in book.begins.get(begin, ()):
                    end = _ends(wording, text, start) if text.startswith(wording.head, start) else 0
                    if end:
                        found.append(Token(start, end, wording.concept, denied=_is_denied(wording, text, start, end)))
                        if wording.swallows:
                            hidden.append((start, end))
        return found, hidden

    @staticmethod
    def _beginnings(text: str) -> Iterator[tuple[int, str]]:
        for start, (one, two) in enumerate(pairwise(text)):
            yield start, one + two
        for start, one in enumerate(text):
            yield start, one

    def _mistyped(self, text: str, taken: bytearray) -> Iterator[Token]:
        """Yield wordings of which one character, itself not understood, was typed for another."""
        for place, one in enumerate(text):
            if not taken[place] and one in self.alike.groups:
                for book in self._books:
                    found = self._with_wrong(book, text, place)
                    yield from (one for one in found if _is_long(one) or not any(taken[one.start : one.end]))

    def _with_wrong(self, book: _Book, text: str, place: int) -> Iterator[Token]:
        for length in range(SHORT, MOST_FOR_TYPOS + 1):
            for before in range(length):
                start = place - before
                if start < 0 or start + length > len(text):
                    continue
                hole = f"{text[start:place]}\0{text[place + 1 : start + length]}"
                for wording in book.holes.get(hole, ()):
                    if self.alike.may_mean(text[place], wording.text[before]):
                        yield Token(start, start + length, wording.concept, typo=True)


def _is_long(one: Token) -> bool:
    return one.end - one.start > SHORT


def _is_inside(one: Token, start: int, end: int) -> bool:
    return start <= one.start and one.end <= end and end - start > one.end - one.start


def _compiled(word: str, name: str) -> Wording:
    swallows = word.startswith("^")
    text = word[1:] if swallows else word
    if GAP not in text:
        return Wording(text, name, swallows, (text,), text, affirms=False)
    parts = tuple(text.split(GAP))
    return Wording(text, name, swallows, parts, parts[0], affirms=not _NEGATION.search(text))


def _is_denied(wording: Wording, text: str, start: int, end: int) -> bool:
    """Tell whether what follows a gap is denied in it: 药量没超 is not 药量…超."""
    if not wording.affirms:
        return False
    return any(text.find(no + part, start, end) >= 0 for part in wording.parts[1:] for no in ("没", "未", "没有"))


def _ends(wording: Wording, text: str, start: int) -> int:
    """Return where a wording whose head stands here ends, 0 when it is not all there (有 in 没有 begins nothing)."""
    if wording.text[0] == "有" and start and text[start - 1] in "没未无":
        return 0
    end = start + len(wording.head)
    for part in wording.parts[1:]:
        found = text.find(part, end, end + GAP_LENGTH + len(part))
        if found < 0 or _BREAK.search(text, end, found):
            return 0
        end = found + len(part)
    return end


def _expanded(concepts: Mapping[str, Sequence[str]], name: str, above: tuple[str, ...]) -> Iterator[str]:
    """Yield a concept's wordings, those of the concepts it includes among them, each once."""
    if name in above:
        raise ValueError(f"the concept {name} includes itself: {' → '.join(above)}")
    if name not in concepts:
        raise ValueError(f"{above[-1]} includes the unknown concept {name}")
    seen: set[str] = set()
    for word in concepts[name]:
        for one in _expanded(concepts, word[1:], (*above, name)) if word.startswith("=") else _choices(word):
            if one not in seen:
                seen.add(one)
                yield one


def _choices(word: str) -> Iterator[str]:
    """Yield the wordings that a word with choices stands for: 堵死, 堵住, 封死 and 封住 for (堵|封)(死|住)."""
    parts = [part.split("|") for part in _CHOICE.split(word)]
    return ("".join(one) for one in product(*parts))
