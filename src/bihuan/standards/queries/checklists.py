"""Which checklists a place has on a day: those that come with the software, and those of its town and county."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.standards.data.checklist_files import (
    article_versions,
    articles_cited,
    confidences,
    packaged_version,
    read_checklists,
    read_laws,
)
from bihuan.standards.models import OwnChecklist
from bihuan.standards.queries.shelves import library, whole_library
from bihuan.standards.rules import Checklist
from bihuan.standards.rules.listing import (
    Books,
    Draft,
    Found,
    Known,
    ListVersion,
    checklist_of,
    copied,
    copied_own,
    draft_of,
    found_for,
    latest,
    offered,
    version_on,
)

NO_LIST = "没有找到这张检查表，或者不适用于您的管辖范围。请回到检查表重新选。"


def books(path: str | None = None) -> Books:
    """Return what sources are looked up in: at a path, or everywhere for what was kept already."""
    return Books(read_laws(), whole_library() if path is None else library(path), confidences(), article_versions())


def known_at(path: str) -> Known:
    """Return the ids that the sources of a list for a path may name."""
    found = books(path)
    return Known(frozenset(found.laws), frozenset(one.id for one in found.library.criteria))


def lists_for(viewer: Actor, *, on: date) -> list[Checklist]:
    """Return the lists that this person may use on a day: own ones before the packaged ones."""
    packaged = [one for one in read_checklists() if one.holds_on(on)]
    own = _held(_versions(OwnChecklist.objects.seen_from(viewer)), on)
    return offered(packaged, own, at=viewer.unit_path, covering=False)


def lists_at(viewer: Actor, path: str, *, on: date) -> list[Checklist]:
    """Return the lists for a place on a day, as far as this viewer sees them."""
    packaged = [one for one in read_checklists() if one.holds_on(on)]
    return offered(packaged, _held(_versions(OwnChecklist.objects.seen_from(viewer)), on), at=path)


def coming_for(viewer: Actor, *, on: date) -> list[ListVersion]:
    """Return the versions that this person sees and that have not begun on a day, those that others replaced left out.

    Retired lists are among them from the day on which they were retired.
    """
    found = _versions(OwnChecklist.objects.seen_from(viewer))
    return [last for own in found.values() if (last := latest(own)).valid_from > on]


def retired_for(viewer: Actor, *, on: date) -> list[ListVersion]:
    """Return the lists that this person sees and that are no longer offered on a day."""
    held = (version_on(own, on) for own in _versions(OwnChecklist.objects.seen_from(viewer)).values())
    return [one for one in held if one is not None and one.retired]


def _held(versions: Mapping[str, list[ListVersion]], on: date) -> list[Checklist]:
    held = (version_on(own, on) for own in versions.values())
    found = [one for one in held if one is not None and not one.retired]
    if not found:
        return []
    known = books()
    return [checklist_of(one, known) for one in found]


def _versions(rows: Iterable[OwnChecklist]) -> dict[str, list[ListVersion]]:
    """Return the versions of each list, the first first, in the order of areas."""
    found: dict[str, list[ListVersion]] = defaultdict(list)
    for row in rows:
        found[row.list_id].append(_version(row))
    for own in found.values():
        own.sort(key=lambda one: one.revision)
    return dict(sorted(found.items(), key=lambda one: (one[1][0].path, one[1][0].made_at, one[0])))


def _version(row: OwnChecklist) -> ListVersion:
    return ListVersion(
        row.list_id,
        row.revision,
        row.path,
        row.unit_name,
        row.valid_from,
        row.retired,
        draft_of(row.book),
        row.why,
        row.made_at,
        row.made_by,
    )


def versions_for(viewer: Actor, list_id: str) -> list[ListVersion]:
    """Return the versions of an own list that this person sees, the first first; none for a packaged list."""
    return _versions(OwnChecklist.objects.seen_from(viewer).filter(list_id=list_id)).get(list_id, [])


def list_for(viewer: Actor, list_id: str, *, on: date, revision: int | None = None) -> Checklist:
    """Return a list as it was used on a day, or in one of its versions. Raises NotFound."""
    versions = versions_for(viewer, list_id)
    if versions:
        found = next((one for one in versions if one.revision == revision), None) if revision else None
        found = found or version_on(versions, on)
        if found is None:
            first = versions[0].valid_from.isoformat()
            raise NotFound("standards.no_checklist", f"这张检查表从{first}起用，{on.isoformat()}还没有。请换一个日期。")
        return checklist_of(found, books())
    packaged = next((one for one in read_checklists() if one.id == list_id and one.holds_on(on)), None)
    if packaged is None:
        raise NotFound("standards.no_checklist", NO_LIST)
    return packaged


def copy_of(viewer: Actor, list_id: str) -> Draft:
    """Return a list that this person sees as a draft of their own. Raises NotFound."""
    versions = versions_for(viewer, list_id)
    if versions:
        return copied_own(latest(versions))
    packaged = next((one for one in read_checklists() if one.id == list_id), None)
    if packaged is None:
        raise NotFound("standards.no_checklist", NO_LIST)
    return copied(packaged, packaged_version(list_id), books(""))


def latest_text(viewer: Actor, list_id: str) -> Draft:
    """Return the latest text of a list that this person sees: an own one as it is, a packaged one as a copy.

    Raises NotFound.
    """
    versions = versions_for(viewer, list_id)
    return latest(versions).draft if versions else copy_of(viewer, list_id)


def is_newer(draft: Draft, viewer: Actor) -> bool:
    """Tell whether what a list was copied from has changed since."""
    if draft.origin is None:
        return False
    versions = versions_for(viewer, draft.origin.list_id)
    if versions:
        return f"第{latest(versions).revision}版" != draft.origin.version
    known = {one.id for one in read_checklists()}
    return draft.origin.list_id in known and packaged_version(draft.origin.list_id) != draft.origin.version


def sources_for(words: str, *, path: str, on: date) -> list[Found]:
    """Return what an item of a list for a path may rest on, by words."""
    return list(found_for(words, on=on, articles=articles_cited(), laws=read_laws().values(), library=library(path)))
