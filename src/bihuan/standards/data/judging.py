"""Compile the packaged words and conditions into a judge, without Django."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml

from bihuan.standards.data import criteria_digest, read_library
from bihuan.standards.data.adjacent import FILE as ADJACENT
from bihuan.standards.data.adjacent import read_adjacent
from bihuan.standards.data.counting import procedure_files, read_fire
from bihuan.standards.data.learnt import read_precedents
from bihuan.standards.data.lines import read_lines
from bihuan.standards.rules import FEATURE_WORDS, SECTOR_NAMES, Criterion, Library, sectors_of
from bihuan.standards.rules.determine import (
    MISSING,
    Alike,
    BadCondition,
    Condition,
    ConditionBook,
    FactFinder,
    FireBook,
    Judge,
    Lexicon,
    Signs,
    Step,
    Trust,
    concepts_of,
    parse,
)
from bihuan.standards.rules.loading import Loaded

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Final = "words"
_CONDITIONS: Final = "conditions"
PLACES: Final = "places"  # the file whose concepts are places: where a thing is missing, not what


def _loaded(text: str) -> Any:
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 -- a safe loader


def _read(file: Traversable) -> Any:
    return _loaded(file.read_text(encoding="utf-8"))


def _read_words(file: Traversable) -> Mapping[str, Any]:
    """Read a file of a name and its words a line, quicker than the others."""
    return read_lines(file.read_text(encoding="utf-8"), _loaded)


def _folder(name: str) -> list[Traversable]:
    found = [file for file in files("bihuan.standards.data").joinpath(name).iterdir() if file.name.endswith(".yaml")]
    return sorted(found, key=lambda file: file.name)


@cache
def read_alike() -> Alike:
    """Read the characters that are typed for one another."""
    words = files("bihuan.standards.data").joinpath(_WORDS)
    sounds: Mapping[str, str] = _read_words(words.joinpath("sounds.yaml"))
    looks = _read(words.joinpath("looks.yaml"))
    return Alike.of([*sounds.values(), *looks["groups"]], looks["short"])


@cache
def read_concepts() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Read the lexicon: file -> concept -> wordings."""
    return {file.name.removesuffix(".yaml"): _read_words(file) for file in _concept_files()}


def _concept_files() -> list[Traversable]:
    folder = files("bihuan.standards.data").joinpath(_WORDS, "concepts")
    return sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)


@cache
def read_lexicon() -> Lexicon:
    """Read all concepts with their wordings. Raises BadCondition where two files name one concept."""
    concepts: dict[str, Sequence[str]] = {}
    for name, one in read_concepts().items():
        if twice := sorted(set(one) & set(concepts)):
            raise BadCondition(f"{name}.yaml: concepts named in another file too: {twice}")
        concepts.update(one)
    return Lexicon(concepts, read_alike(), read_concepts().get(PLACES, {}))


@cache
def read_conditions() -> ConditionBook:
    """Read the conditions of all criteria. Raises BadCondition where one names an unknown concept."""
    known = read_lexicon().concepts
    found: dict[str, Sequence[Condition]] = {}
    missing_only: set[str] = set()
    unknown: list[Criterion] = []
    for file in _folder(_CONDITIONS):
        book = _read(file)
        if not book.get("failing_counts", True):
            missing_only.add(book["standard"])
        unheld = list(_unheld(book))
        unknown += [item for item, _ in unheld]
        for item_id, lines in (*book["conditions"].items(), *((item.id, lines) for item, lines in unheld)):
            found[item_id] = [parse(line) for line in lines or ()]
            if strange := sorted(set(concepts_of(found[item_id])) - set(known)):
                raise BadCondition(f"{file.name}: {item_id} names unknown concepts: {strange}")
    return ConditionBook(found, frozenset(missing_only), tuple(unknown), read_names())


@cache
def read_names() -> Mapping[str, str]:
    """Read what concepts are called before people, where their name in the lexicon is not people's word."""
    names: Mapping[str, str] = _read_words(files("bihuan.standards.data").joinpath(_WORDS, "names.yaml"))
    return names


def _unheld(book: Mapping[str, Any]) -> Iterator[tuple[Criterion, Sequence[str]]]:
    """Yield the clauses that exist and whose text is not held: what is known of them is a topic."""
    for one in book.get("unknown", ()):
        yield (
            Criterion(
                id=f"{book['standard']}-{one['clause']}",
                standard_id=book["standard"],
                clause=one["clause"],
                group=one["topic"],
                sectors=frozenset().union(*(sectors_of(word) for word in one["sectors"])),
                features=frozenset(),
                text=f"涉及{one['topic']}，条文没有还原。",
                completeness=MISSING,
            ),
            one["when"],
        )


def _fact_words(book: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    for name, words in book["sectors"].items():
        yield f"s:{name}", words
    for name, words in book["hints"].items():
        yield f"h:{name}", words
    for name, words in book["features"].items():
        yield f"f+{name}", [name, *words.get("says", ())]
        if words.get("denies"):
            yield f"f-{name}", words["denies"]


@cache
def read_facts() -> FactFinder:
    """Read the words by which people say what an enterprise is and has."""
    book = _read(files("bihuan.standards.data").joinpath(_WORDS, "facts.yaml"))
    names = {name: sector for sector, name in SECTOR_NAMES.items()}
    known = Lexicon(dict(_fact_words(book)), read_alike())
    return FactFinder(known, read_lexicon(), names, FEATURE_WORDS, book["things"])


@cache
def read_traditional() -> Mapping[int, str]:
    """Read the table from traditional to simplified forms."""
    pairs = _read(files("bihuan.standards.data").joinpath(_WORDS, "traditional.yaml"))["pairs"]
    return {ord(old): new for olds, news in pairs for old, new in zip(olds, news, strict=True)}


@cache
def read_trust() -> Trust:
    """Read how sure answers are, by level and rank."""
    levels = _read(files("bihuan.standards.data").joinpath("trust.yaml"))
    return Trust({name: [Step(*step) for step in steps] for name, steps in levels.items()})


@cache
def judging_version() -> str:
    """Return what names this state of criteria, conditions and words: the beginning of the hash of all their files."""
    words = files("bihuan.standards.data").joinpath(_WORDS)
    digest = hashlib.sha256(criteria_digest().encode())
    lone = [file for file in words.iterdir() if file.name.endswith((".yaml", ".tsv"))]
    ordered = sorted(lone, key=lambda file: file.name)
    lone_data = [files("bihuan.standards.data").joinpath(ADJACENT)]
    for file in (*_folder(_CONDITIONS), *ordered, *_concept_files(), *procedure_files(), *lone_data):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def judge_of(library: Library, book: ConditionBook | None = None, fire: FireBook | None = None) -> Judge:
    """Compile a judge over a library. book, fire: other conditions and countings than the packaged ones."""
    signs = Signs.of(_read(files("bihuan.standards.data").joinpath(_WORDS, "signs.yaml")))
    conditions = book or read_conditions()
    judge = Judge(
        library,
        read_lexicon(),
        signs,
        read_facts(),
        conditions,
        read_traditional(),
        read_trust(),
        fire or read_fire(),
        read_adjacent(),
    )
    return judge.with_precedents(read_precedents())


@cache
def read_judge() -> Judge:
    """Compile a judge over the packaged criteria."""
    return judge_of(read_library())


def fire_with(loaded: Iterable[Loaded]) -> FireBook:
    """Return the packaged countings of fire with those of uploaded standards."""
    packaged = read_fire()
    own = {one.standard.id: one.procedure for one in loaded if one.procedure is not None}
    return (
        FireBook({**packaged.procedures, **own}, packaged.kinds, packaged.excluded, packaged.once) if own else packaged
    )


def book_with(loaded: Iterable[Loaded]) -> ConditionBook:
    """Return the packaged conditions with those of uploaded standards; what came without any is found by likeness."""
    packaged, known = read_conditions(), tuple(loaded)
    of = {item_id: lines for one in known for item_id, lines in one.conditions.items()}
    return ConditionBook(
        {**packaged.of, **of},
        packaged.missing_only | {one.standard.id for one in known if not one.failing_counts},
        packaged.unknown,
        packaged.names,
        frozenset(item.id for one in known for item in one.criteria if item.id not in of),
    )
