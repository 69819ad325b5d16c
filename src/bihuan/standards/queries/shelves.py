"""The criteria that hold somewhere: those that come with the software, and those that were uploaded for the place.

Both are kept in the process; one query asks whether their stamps are still the same, so that an upload in another
process is seen at the next question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from bihuan.kernel.actor import Actor
from bihuan.standards.data import read_library
from bihuan.standards.data.uploads import loaded_of
from bihuan.standards.models import LoadedStandard, MajorHazardCriterion, StandardDocument
from bihuan.standards.queries.stamps import draw
from bihuan.standards.rules import Criterion, Feature, GeneralRule, Library, Sector, Standard
from bihuan.standards.rules.loading import Loaded, OnShelf, applying_at, dated, dropped, with_loaded

CRITERIA: Final = "criteria"
LOADED: Final = "loaded"
STAMPS: Final = (CRITERIA, LOADED)
MOST_SHELVES: Final = 64  # towns with standards of their own whose library a process keeps
_kept_library: dict[str, tuple[object, Library]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    """What was uploaded for all places. gone: items that a correction dropped, which decisions may still cite."""

    token: object
    all: tuple[Loaded, ...] = ()
    gone: tuple[Criterion, ...] = ()


_NOTHING: Final = _Loaded(None)
_kept_loaded: dict[str, _Loaded] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """All criteria that hold at a place, and the uploaded standards among them; equal to itself only."""

    library: Library
    loaded: tuple[Loaded, ...] = ()


def shelf_at(path: str, drawn: Mapping[str, object]) -> Shelf:
    """Return what holds at a path; no query while no stamp has changed. drawn: the tokens of at least STAMPS."""
    return _shelf(_packaged(drawn.get(CRITERIA)), applying_at(path, _loaded(drawn.get(LOADED)).all))


@lru_cache(maxsize=MOST_SHELVES)
def _shelf(packaged: Library, loaded: tuple[Loaded, ...]) -> Shelf:
    return Shelf(with_loaded(packaged, loaded), loaded)


def library(path: str = "") -> Library:
    """Return the standards and criteria that hold at a path; those that hold everywhere for "". One query.

    The packaged files answer while the database holds none.
    """
    return shelf_at(path, draw(STAMPS)).library


def libraries(paths: Iterable[str]) -> Mapping[str, Library]:
    """Return what holds at each of several paths, in one query."""
    drawn = draw(STAMPS)
    return {path: shelf_at(path, drawn).library for path in set(paths)}


def library_for(viewer: Actor) -> Library:
    """Return all that this person may read: what holds everywhere, where they are, and below them. Two queries."""
    drawn = draw(STAMPS)
    known, packaged_ = _loaded(drawn.get(LOADED)).all, _packaged(drawn.get(CRITERIA))
    if not known:
        return packaged_
    seen = set(LoadedStandard.objects.seen_from(viewer).current().values_list("standard_id", flat=True))
    loaded = tuple(one for one in known if one.standard.id in seen)
    return _read_at(packaged_, loaded, applying_at(viewer.unit_path, loaded) if viewer.unit_path else ())


@lru_cache(maxsize=MOST_SHELVES)
def _read_at(packaged: Library, loaded: tuple[Loaded, ...], replacing: tuple[Loaded, ...]) -> Library:
    """Keep what a reader sees: a packaged standard whose place was taken in a town below still holds for the county."""
    return with_loaded(packaged, loaded, replacing=replacing)


def whole_library() -> Library:
    """Return every standard of every place, to tell what a decision cites; who may see the decision may see that.

    Items that a correction dropped are in it.
    """
    drawn = draw(STAMPS)
    return _whole(_packaged(drawn.get(CRITERIA)), _loaded(drawn.get(LOADED)))


@lru_cache(maxsize=2)
def _whole(packaged: Library, loaded: _Loaded) -> Library:
    known = with_loaded(packaged, loaded.all, replacing=())  # what holds in one place alone ends nothing elsewhere
    return Library(known.standards, (*known.criteria, *loaded.gone)) if loaded.gone else known


def standard(standard_id: str) -> Standard:
    """Return one standard. Raises UnknownCriterion."""
    return whole_library().standard(standard_id)


def criterion(standard_id: str, clause: str, on: date | None = None) -> Criterion:
    """Return an item by clause or id; `on` also checks that the version was in force. Raises UnknownCriterion."""
    return whole_library().criterion(standard_id, clause, on=on)


def packaged() -> Library:
    """Return what comes with the software."""
    return _packaged(draw([CRITERIA]).get(CRITERIA))


def _packaged(token: object) -> Library:
    kept = _kept_library.get(CRITERIA)
    if kept is None or kept[0] != token:
        kept = (token, read_library() if token is None else _read_library())
        _kept_library[CRITERIA] = kept
    return kept[1]


def _loaded(token: object) -> _Loaded:
    """Return the uploaded standards of all places, each with the day on which it ends."""
    if token is None:
        return _NOTHING
    kept = _kept_loaded.get(LOADED)
    if kept is None or kept.token != token:
        rows = list(LoadedStandard.objects.filter(waits=False).order_by("path", "standard_id", "-revision"))
        current = [on_shelf(row) for row in rows if row.replaced_at is None]
        earlier = [on_shelf(row).loaded for row in rows if row.replaced_at is not None]
        kept = _kept_loaded[LOADED] = _Loaded(token, dated(current), dropped(current, earlier))
    return kept


def on_shelf(row: LoadedStandard) -> OnShelf:
    """Return a row as rules take it."""
    return OnShelf(loaded_of(row.book, area=row.path), row.revision, row.withdrawn_from)


def _read_library() -> Library:
    standards = tuple(_standard(row) for row in StandardDocument.objects.order_by("id"))
    rows = MajorHazardCriterion.objects.order_by("standard_id", "place")
    return Library(standards, tuple(_criterion(row) for row in rows))


def _standard(row: StandardDocument) -> Standard:
    return Standard(
        id=row.id,
        title=row.title,
        document_number=row.document_number,
        issuer=row.issuer,
        sector_word=row.sector_word,
        issued_on=row.issued_on,
        effective_on=row.effective_on,
        effective_until=row.effective_until,
        supersedes=row.supersedes,
        superseded_by=row.superseded_by,
        preferred_successor=row.preferred_successor,
        preferred_from=row.preferred_from,
        role=row.role,
        confidence=row.confidence,
        source_note=row.source_note,
        general_rules=tuple(
            GeneralRule(rule["id"], rule["clause"], rule["text"], tuple(rule["cues"]), tuple(rule["counter_cues"]))
            for rule in row.general_rules
        ),
        prompts=tuple(row.prompts),
    )


def _criterion(row: MajorHazardCriterion) -> Criterion:
    return Criterion(
        id=row.id,
        standard_id=row.standard_id,
        clause=row.clause,
        group=row.group,
        sectors=frozenset(Sector(code) for code in row.sectors),
        features=frozenset(Feature(code) for code in row.features),
        text=row.text,
        objects=tuple(row.objects_named),
        cues=tuple(row.cues),
        counter_cues=tuple(row.counter_cues),
        confidence=row.confidence,
        kind=row.kind,
        completeness=row.completeness,
        refers_to=row.refers_to,
        open_ended=row.open_ended,
        note=row.note,
    )
