"""Which uploaded standards hold where and until when, beside the packaged ones."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from bihuan.kernel.paths import is_within
from bihuan.standards.rules.criteria import Criterion, Library, Replaced, Standard
from bihuan.standards.rules.loading.files import Loaded

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OnShelf:
    """An uploaded standard as it is kept. revision: counts its corrections. withdrawn_from: first day without it."""

    loaded: Loaded
    revision: int
    withdrawn_from: date | None = None


@dataclass(frozen=True, slots=True)
class LoadedLine:
    """An uploaded standard as lists and pages show it. loaded: with the day on which it ends. version: to act on it."""

    loaded: Loaded
    revision: int
    version: int
    unit_name: str
    why: str
    loaded_at: datetime
    loaded_by: str
    withdrawn_from: date | None = None
    withdrawn_why: str = ""
    withdrawn_by: str = ""
    loaded_by_id: UUID | None = None
    approved_by: str = ""
    approved_at: datetime | None = None

    @property
    def standard(self) -> Standard:
        """The standard itself."""
        return self.loaded.standard


def dated(shelf: Sequence[OnShelf]) -> tuple[Loaded, ...]:
    """Return the uploaded standards with the day on which each ends.

    One ends by its own date, the day before its successor takes effect, or the day before it is withdrawn, whichever
    comes first. A successor that is withdrawn before it took effect ends nothing.
    """
    return tuple(_ended(one, shelf) for one in shelf)


def _ended(one: OnShelf, shelf: Sequence[OnShelf]) -> Loaded:
    standard = one.loaded.standard
    following = [other for other in shelf if _follows(other, one)]
    ends = [standard.effective_until, one.withdrawn_from - ONE_DAY if one.withdrawn_from else None]
    ends += [begins - ONE_DAY for other in following if (begins := other.loaded.standard.effective_on) is not None]
    until = min((day for day in ends if day is not None), default=None)
    after = following[-1].loaded.standard.id if following else ""
    return replace(one.loaded, standard=replace(standard, effective_until=until, superseded_by=after))


def _follows(other: OnShelf, one: OnShelf) -> bool:
    later, withdrawn = other.loaded.standard, other.withdrawn_from
    never = withdrawn is not None and later.effective_on is not None and withdrawn <= later.effective_on
    return later.supersedes == one.loaded.standard.id and later.area == one.loaded.area and not never


def dropped(current: Iterable[OnShelf], earlier: Iterable[Loaded]) -> tuple[Criterion, ...]:
    """Return the clauses that corrections dropped, as they were worded last. earlier: the latest texts first."""
    known = {(item.standard_id, item.clause) for one in current for item in one.loaded.criteria}
    found: dict[tuple[str, str], Criterion] = {}
    for item in (item for one in earlier for item in one.criteria):
        if (item.standard_id, item.clause) not in known:
            found.setdefault((item.standard_id, item.clause), item)
    return tuple(found.values())


def applying_at(path: str, loaded: Iterable[Loaded]) -> tuple[Loaded, ...]:
    """Return the uploaded standards that apply at a path: its own town's, its county's and so on upwards."""
    return tuple(one for one in loaded if is_within(path, one.area))


def version_beside(packaged: str, loaded: Sequence[Loaded]) -> str:
    """Return what names the packaged data together with these standards; the packaged name where there are none."""
    if not loaded:
        return packaged
    told = "\n".join([packaged, *(f"{one.digest} {one.standard.effective_until}" for one in loaded)])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def with_loaded(packaged: Library, loaded: Sequence[Loaded], *, replacing: Sequence[Loaded] | None = None) -> Library:
    """Return the packaged standards with uploaded ones after them; the packaged library itself where there are none.

    replacing: those of them that take the place of packaged ones where the library is for; all, unless said. One that
    stands in the place of a packaged standard ends with it: when a release brings the successor, that one holds.
    """
    if not loaded:
        return packaged
    known = {one.id: one for one in packaged.standards}
    by_id = {one.standard.id: one.standard for one in loaded}
    kept = [_ended_with(one.standard, known.get(root_of(one.standard, by_id))) for one in loaded]
    standing = {one.standard.id for one in (loaded if replacing is None else replacing)}
    taking = [(root_of(one, by_id), one) for one in kept if one.id in standing]
    return Library(
        (*(_replaced(one, taking) for one in packaged.standards), *kept),
        (*packaged.criteria, *(item for one in loaded for item in one.criteria)),
    )


def root_of(standard: Standard, by_id: Mapping[str, Standard]) -> str:
    """Return the id at the beginning of a row of uploaded versions: a packaged one where they take its place.

    by_id: the uploaded standards. A row that runs in a circle begins nowhere ("").
    """
    seen = {standard.id}
    while (earlier := by_id.get(standard.supersedes)) is not None:
        if earlier.id in seen:
            return ""
        seen.add(earlier.id)
        standard = earlier
    return standard.supersedes


def _ended_with(standard: Standard, packaged: Standard | None) -> Standard:
    if packaged is None or packaged.effective_until is None:
        return standard
    until = min(packaged.effective_until, standard.effective_until or packaged.effective_until)
    return replace(standard, effective_until=until)


def _replaced(packaged: Standard, taking: Iterable[tuple[str, Standard]]) -> Standard:
    spans = [
        Replaced(one.effective_on, one.effective_until, one.id, one.cited_as)
        for root, one in taking
        if root == packaged.id and one.effective_on is not None
    ]
    held = tuple(sorted((one for one in spans if one.last is None or one.first <= one.last), key=lambda one: one.first))
    return replace(packaged, replaced=held, superseded_by=held[-1].by) if held else packaged
