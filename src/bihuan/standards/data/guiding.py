"""The packaged questions of all criteria, read without Django (docs/determination.md says how they are written)."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml

from bihuan.standards.data import criteria_digest
from bihuan.standards.data.counting import read_procedures
from bihuan.standards.rules import Criterion, Feature, feature_of, sectors_of
from bihuan.standards.rules.guiding import Ask, BadQuestion, QuestionBook, code_of, names, parse

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MISSING: Final = "missing"
FIRST: Final = "first"
_Book = Mapping[str, Any]


def _files() -> list[Traversable]:
    folder = files("bihuan.standards.data").joinpath("questions")
    return [one for one in folder.iterdir() if one.name.endswith(".yaml")]


def read_question_files() -> Mapping[str, _Book]:
    """Read the files as they are, by standard."""
    found = sorted(_files(), key=lambda one: one.name)
    return {one.name.removesuffix(".yaml"): yaml.load(one.read_text("utf-8"), Loader=_LOADER) for one in found}  # noqa: S506 -- a safe loader


@cache
def questions_version() -> str:
    """Return what names this state of the questions and the criteria: the beginning of the hash of all their files."""
    digest = hashlib.sha256(criteria_digest().encode())
    for file in sorted(_files(), key=lambda one: one.name):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def read_questions() -> QuestionBook:
    """Read all questions. Raises BadQuestion where a term asks what is no question, or a name stands twice."""
    books = read_question_files()
    asks: dict[str, Ask] = {}
    for standard, book in books.items():
        for name, parts in book.get("asks", {}).items():
            if name in asks:
                raise BadQuestion(f"{standard}: “{name}” is asked in another file too")
            asks[name] = _ask(name, parts)
    _distinct_codes(asks)
    when = {item: parse(text) for book in books.values() for item, text in book.get("when", {}).items()}
    missing = [(one, text) for standard, book in books.items() for one, text in _missing(standard, book)]
    when |= {one.id: parse(text) for one, text in missing}
    unknown = {name for term in when.values() for name in names(term)} - set(asks)
    if unknown:
        raise BadQuestion(f"terms ask what is no question: {sorted(unknown)}")
    return QuestionBook(
        asks,
        when,
        {item: why for book in books.values() for item, why in book.get("person", {}).items()},
        tuple(one for one, _ in missing),
        read_procedures(),
        {name: _features(words) for book in books.values() for name, words in book.get("known", {}).items()},
        {item: parse(text) for book in books.values() for item, text in book.get("whole", {}).items()},
    )


def _ask(name: str, parts: list[str]) -> Ask:
    text, look, *more = parts
    kind = more[0] if more else ""
    return Ask(name, text, look, code_of(name), unit="" if kind == FIRST else kind, first=kind == FIRST)


def _distinct_codes(asks: Mapping[str, Ask]) -> None:
    if len({one.code for one in asks.values()}) != len(asks):
        raise BadQuestion("two questions share a code; rename one of them")


def _missing(standard: str, book: _Book) -> Iterator[tuple[Criterion, str]]:
    """Yield the clauses that exist and whose text is not held, with their term."""
    for one in book.get("missing", ()):
        yield (
            Criterion(
                id=f"{standard}-{one['clause']}",
                standard_id=standard,
                clause=one["clause"],
                group=one["topic"],
                sectors=frozenset().union(*(sectors_of(word) for word in one["sectors"])),
                features=_features(one["features"]),
                text=f"涉及{one['topic']}，条文没有还原。",
                completeness=MISSING,
            ),
            one["when"],
        )


def _features(words: list[str]) -> frozenset[Feature]:
    found = [feature_of(word) for word in words]
    if None in found:
        raise BadQuestion(f"unknown feature in {words}")
    return frozenset(one for one in found if one is not None)
