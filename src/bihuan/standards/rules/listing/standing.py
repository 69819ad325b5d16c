"""How what an item rests on stands on a day: in force, ended and followed by what, or not begun.

What follows an article is what the packaged lists cite in its place; what follows a criterion is read as two versions
are read side by side (`rules.comparing`). Both are an aid to reading: a paper is compared with the original first.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from bihuan.standards.rules.checklists import Basis, Law
from bihuan.standards.rules.comparing import compared
from bihuan.standards.rules.criteria import Criterion, Library, Standard
from bihuan.standards.rules.listing.drafts import Source, SourceKind

FROM_MEMORY: Final = "from-memory"
MOST_NAMED: Final = 3  # of clauses into which one was parted; more are not told apart by a machine


@dataclass(frozen=True, slots=True)
class Books:
    """What sources are looked up in.

    articles: how sure the packaged lists are of each article that they cite. versions: the same article in the other
    versions of its law, by law and article.
    """

    laws: Mapping[str, Law]
    library: Library
    articles: Mapping[tuple[str, str], str]
    versions: Mapping[tuple[str, str], tuple[Source, ...]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Why a source cannot be cited as it is on a day. says: in words. now: what holds instead, empty if unknown."""

    source: Source
    cited_as: str
    says: str
    now: tuple[Source, ...] = ()


def basis_of(source: Source, books: Books, *, follows: str = "") -> Basis | None:
    """Return a source as it is cited; None where nothing of it is known any more. follows: what it stands in for."""
    if source.kind is SourceKind.TYPED:
        return Basis(Law("", source.ref, "", date.min), "", FROM_MEMORY)
    if source.kind is SourceKind.LAW:
        law = books.laws.get(source.ref)
        sure = books.articles.get((source.ref, source.article), FROM_MEMORY)
        return Basis(law, source.article, sure, follows) if law is not None else None
    found = _criterion(source.ref, books.library)
    if found is None:
        return None
    law = _as_law(books.library.standard(found.standard_id))
    return Basis(law, found.clause, found.confidence, follows)


def standing_of(source: Source, sources: Collection[Source], books: Books, *, on: date) -> Standing | None:
    """Tell why a source is not to be cited on a day; None where it is, or where the item names what holds instead.

    sources: all that the item rests on.
    """
    basis = basis_of(source, books)
    if basis is None or basis.law.holds_on(on):
        return _outdated(source, sources, books, on) if basis is not None else None
    others = [one for one in sources if one != source and _is_akin(one, source, books)]
    if any((one := basis_of(other, books)) is not None and one.law.holds_on(on) for other in others):
        return None
    if on < basis.law.in_force_from:
        since = basis.law.in_force_from.isoformat()
        return Standing(source, basis.cited_as, f"{since}起施行，那以前检查时不引它。", _held(source, books, on))
    until = basis.law.in_force_until
    ended = f"用到{until.isoformat()}为止" if until is not None else "已不施行"
    now = _held(source, books, on)
    if now:
        return Standing(source, basis.cited_as, f"{ended}，现行的是{_named(now, books)}。", now)
    law = _law_after(source, books, on)
    say = (
        f"现行的是《{law.title}》，库里没有对应的条号，请对照原文。"
        if law is not None
        else "没有找到接替它的，请另选一条。"
    )
    return Standing(source, basis.cited_as, f"{ended}，{say}")


def following(sources: Collection[Source], books: Books) -> Iterator[tuple[Source, Source]]:
    """Return what follows the sources of an item in later versions, each with the source that it stands in for.

    A version of which the item names something itself is left to the item.
    """
    named = {home for one in sources if (home := _home(one, books))}
    for source in sources:
        for later in _later(source, books):
            if _home(later, books) not in named:
                yield later, source


def _outdated(source: Source, sources: Collection[Source], books: Books, on: date) -> Standing | None:
    """Tell of a criterion that still holds and has a successor that is to be preferred."""
    found = _criterion(source.ref, books.library) if source.kind is SourceKind.CRITERION else None
    if found is None or (standard := books.library.standard(found.standard_id)).is_preferred_on(on):
        return None
    newer = books.library.standard(standard.preferred_successor)
    if any(_home(one, books) == newer.id for one in sources):
        return None
    now = _held(source, books, on)
    name = _named(now, books) if now else newer.cited_as
    return Standing(source, f"{standard.cited_as}{found.clause}", f"还没有废止，但优先用更新的{name}。", now)


def _held(source: Source, books: Books, on: date) -> tuple[Source, ...]:
    """Return what stands in the place of a source on a day, in whatever version; empty where none or too many do."""
    every = [one for one in _kin(source, books) if (basis := basis_of(one, books)) and basis.law.holds_on(on)]
    return tuple(every) if len(every) <= MOST_NAMED else ()


def _named(sources: Collection[Source], books: Books) -> str:
    return "、".join(basis.cited_as for one in sources if (basis := basis_of(one, books)) is not None)


def _kin(source: Source, books: Books) -> tuple[Source, ...]:
    """Return the same thing in other versions: of an article all, of a criterion the later ones."""
    if source.kind is SourceKind.LAW:
        return books.versions.get((source.ref, source.article), ())
    return tuple(_later(source, books))


def _later(source: Source, books: Books) -> Iterator[Source]:
    if source.kind is SourceKind.LAW:
        begun = books.laws[source.ref].in_force_from if source.ref in books.laws else date.max
        yield from (one for one in _kin(source, books) if books.laws[one.ref].in_force_from > begun)
    elif source.kind is SourceKind.CRITERION:
        ids = _after(source.ref, books.library)
        yield from (Source(SourceKind.CRITERION, one) for one in ids)


def _after(criterion_id: str, library: Library) -> list[str]:
    """Return the criteria of all later versions that follow one; a step to more than `MOST_NAMED` ends the way."""
    found, step = [], [criterion_id]
    while step:
        step = [later for one in step for later in _next(one, library)]
        step = [one for one in dict.fromkeys(step) if one not in found]
        if len(step) > MOST_NAMED:
            break
        found += step
    return found


def _next(criterion_id: str, library: Library) -> tuple[str, ...]:
    item = _criterion(criterion_id, library)
    if item is None:
        return ()
    standard = library.standard(item.standard_id)
    after = standard.superseded_by or standard.preferred_successor
    return _steps(library, standard.id, after).get(criterion_id, ()) if after else ()


@lru_cache(maxsize=64)
def _steps(library: Library, earlier: str, later: str) -> Mapping[str, tuple[str, ...]]:
    """Return what follows each criterion of a version in the next one."""
    found: dict[str, tuple[str, ...]] = {}
    for line in compared(library, {earlier}, {later}):
        if line.earlier is not None and line.later is not None:
            found[line.earlier.id] = (*found.get(line.earlier.id, ()), line.later.id)
    return found


def _criterion(criterion_id: str, library: Library) -> Criterion | None:
    return _by_id(library).get(criterion_id)


@lru_cache(maxsize=16)
def _by_id(library: Library) -> Mapping[str, Criterion]:
    return {one.id: one for one in library.criteria}


@lru_cache(maxsize=16)
def _earlier(library: Library) -> Mapping[str, str]:
    """Return the version before each standard, by its id."""
    before = {one.id: one.supersedes for one in library.standards if one.supersedes}
    return before | {one.superseded_by: one.id for one in library.standards if one.superseded_by}


def _home(source: Source, books: Books) -> str:
    """Return which law or standard a source stands in, "" where it is typed or unknown."""
    if source.kind is SourceKind.LAW:
        return source.ref
    found = _criterion(source.ref, books.library) if source.kind is SourceKind.CRITERION else None
    return found.standard_id if found is not None else ""


def _law_after(source: Source, books: Books, on: date) -> Law | None:
    """Return the law in force on a day that took the place of the one that a source names."""
    law = books.laws.get(source.ref) if source.kind is SourceKind.LAW else None
    while law is not None and not law.holds_on(on):
        law = next((one for one in books.laws.values() if one.follows == law.id), None)
    if law is not None or source.kind is not SourceKind.CRITERION:
        return law
    found = _criterion(source.ref, books.library)
    return _standard_after(found.standard_id, books.library, on) if found is not None else None


def _standard_after(standard_id: str, library: Library, on: date) -> Law | None:
    known = {one.id: one for one in library.standards}
    standard = known.get(standard_id)
    for _ in library.standards:  # no row of versions is longer, and uploaded ones could run in a circle
        if standard is None or standard.holds_on(on):
            break
        standard = known.get(standard.superseded_by)
    return _as_law(standard) if standard is not None and standard.holds_on(on) else None


def _as_law(standard: Standard) -> Law:
    begins = standard.effective_on or date.min
    return Law(standard.id, standard.title, standard.document_number, begins, standard.effective_until)


def _is_akin(one: Source, other: Source, books: Books) -> bool:
    """Tell whether two sources stand in versions of one thing."""
    return _root(_home(one, books), books) == _root(_home(other, books), books) != ""


def _root(home: str, books: Books) -> str:
    """Return the first version of a law or standard."""
    while home in books.laws and books.laws[home].follows:
        home = books.laws[home].follows
    before = _earlier(books.library)
    for _ in before:  # no row of versions is longer, and uploaded ones could run in a circle
        home = before.get(home, home)
    return home
