"""The versions of an own checklist: which one holds on a day, and how it reads as a list like the packaged ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bihuan.kernel.paths import is_within
from bihuan.standards.rules.checklists import Basis, CheckItem, Checklist, Origin
from bihuan.standards.rules.listing.drafts import Draft, DraftItem, Source, SourceKind
from bihuan.standards.rules.listing.standing import Books, basis_of, following


@dataclass(frozen=True, slots=True)
class ListVersion:
    """One version of an own list. valid_from: its first day. retired: from that day on the list is not offered."""

    list_id: str
    revision: int
    path: str
    unit_name: str
    valid_from: date
    retired: bool
    draft: Draft
    why: str
    made_at: datetime
    made_by: str


def version_on(versions: Iterable[ListVersion], day: date) -> ListVersion | None:
    """Return the version that holds on a day: the latest written of those that have begun; None before the first."""
    begun = [one for one in versions if one.valid_from <= day]
    return max(begun, key=lambda one: one.revision, default=None)


def latest(versions: Iterable[ListVersion]) -> ListVersion:
    """Return the version that was written last, begun or not."""
    return max(versions, key=lambda one: one.revision)


def checklist_of(version: ListVersion, books: Books) -> Checklist:
    """Return a version as a list that is offered and shown like any other."""
    draft = version.draft
    return Checklist(
        id=version.list_id,
        title=draft.title,
        sectors=draft.sectors,
        features=draft.features,
        valid_from=version.valid_from,
        valid_until=None,
        note=draft.note,
        items=tuple(_item(one, version.list_id, books) for one in draft.items),
        area=version.path,
        unit_name=version.unit_name,
        revision=version.revision,
        origin=draft.origin,
        replaces=draft.origin.list_id if draft.origin and draft.instead else "",
    )


def _item(item: DraftItem, list_id: str, books: Books) -> CheckItem:
    """Return an item with what it rests on and what follows that in later versions, so that each day has its own."""
    later = tuple(following(item.sources, books))
    named = [basis_of(one, books) for one in item.sources]
    after = [basis_of(one, books, follows=_cited(earlier, books)) for one, earlier in later]
    basis = [found for found in (*named, *after) if found is not None]
    every = (*item.sources, *(one for one, _ in later))
    criteria = tuple(dict.fromkeys(one.ref for one in every if one.kind is SourceKind.CRITERION))
    return CheckItem(f"{list_id}-{item.key}", item.look_at, item.how, _each_once(basis), criteria)


def _cited(source: Source, books: Books) -> str:
    basis = basis_of(source, books)
    return basis.cited_as if basis is not None else ""


def _each_once(basis: Iterable[Basis]) -> tuple[Basis, ...]:
    """Leave out the second of two that cite the same: a criterion may also stand among the laws."""
    found: dict[tuple[str, str], Basis] = {}
    for one in basis:
        found.setdefault((one.law.document_number, one.cited_as), one)
    return tuple(found.values())


def copied(one: Checklist, version: str, books: Books) -> Draft:
    """Return a packaged list as a draft of one's own, each item with the one that it came from."""
    clauses = {
        (books.library.standard(found.standard_id).document_number, found.clause)
        for item in one.items
        for found in books.library.criteria
        if found.id in item.criteria
    }
    items = tuple(
        DraftItem(key, item.look_at, item.how, _sources(item, clauses), item.id)
        for key, item in enumerate(one.items, start=1)
    )
    return Draft(one.title, one.note, one.sectors, one.features, items, Origin(one.id, one.title, version))


def _sources(item: CheckItem, clauses: set[tuple[str, str]]) -> tuple[Source, ...]:
    """Return what an item rests on; an article that is also one of the criteria comes once."""
    laws = (
        Source(SourceKind.LAW, one.law.id, one.article)
        for one in item.basis
        if (one.law.document_number, one.article) not in clauses
    )
    return (*laws, *(Source(SourceKind.CRITERION, one) for one in item.criteria))


def copied_own(version: ListVersion) -> Draft:
    """Return an own list of somebody above as a draft of one's own."""
    draft = version.draft
    items = tuple(replace(one, came_from=f"{version.list_id}-{one.key}") for one in draft.items)
    origin = Origin(version.list_id, draft.title, f"第{version.revision}版")
    return replace(draft, items=items, origin=origin, instead=False)


def offered(
    packaged: Iterable[Checklist], own: Iterable[Checklist], *, at: str, covering: bool = True
) -> list[Checklist]:
    """Return the lists of a place: its own before the packaged ones, without those that one of its own replaces.

    own: all that somebody sees. covering: leave out lists of other places, as for an enterprise.
    """
    here = [one for one in own if is_within(at, one.area)]
    replaced = {one.replaces for one in here if one.replaces}
    shown = here if covering else list(own)
    return [one for one in (*shown, *packaged) if one.id not in replaced]


def highest_key(versions: Sequence[ListVersion]) -> int:
    """Return the highest key that any version of a list gave to an item."""
    return max((item.key for one in versions for item in one.draft.items), default=0)
