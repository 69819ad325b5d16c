"""What a page about uploaded standards asks: what a file would change, what is loaded, and any standard as a file."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.paths import path_upper_bound
from bihuan.kernel.waiting import Waiting, WaitingList
from bihuan.standards.data.counting import read_procedures
from bihuan.standards.data.judging import read_conditions, read_lexicon
from bihuan.standards.data.uploads import BadUpload, Written, loaded_of, read_upload
from bihuan.standards.data.writing import packaged_book
from bihuan.standards.models import LoadedStandard
from bihuan.standards.queries.shelves import on_shelf, packaged
from bihuan.standards.rules import Standard
from bihuan.standards.rules.loading import (
    Around,
    Loaded,
    LoadedLine,
    Preview,
    approvable,
    backdated,
    dated,
    may_read_draft,
    prefix_of,
    previewed,
    root_of,
)


def around(area: str) -> Around:
    """Return what a file for an area is held against."""
    own = {row.standard_id: loaded_of(row.book, area=row.path).standard.effective_on for row in _of(area)}
    return Around(prefix_of(area), {one.id: one for one in packaged().standards}, own, read_lexicon().concepts)


def _of(area: str) -> list[LoadedStandard]:
    return list(LoadedStandard.objects.current().filter(path=area).order_by("standard_id"))


def preview_of(file: str | Written, *, area: str, today: date) -> Preview:
    """Return what loading a file for an area would change. Raises BadUpload with all that is wrong with the file.

    file: its text, or what was read of a workbook.
    """
    preview = preview_against(read_upload(file, area=area, around=around(area)), today=today)
    if say := backdated(preview, today=today):
        raise BadUpload((say,))  # nobody could load it, so nobody is asked to
    return preview


def preview_against(new: Loaded, *, today: date) -> Preview:
    """Return what loading a sound file would change."""
    known = {row.standard_id: loaded_of(row.book, area=row.path) for row in _of(new.area)}
    current, before = known.get(new.standard.id), known.get(new.standard.supersedes)
    return previewed(
        new,
        current=current,
        earlier=before or _packaged_as_loaded(new.standard.supersedes),
        revision=_version_of(new.standard.id),
        packaged=packaged(),
        today=today,
        replaces=_replaced(new, current, known),
    )


def _version_of(standard_id: str) -> int:
    """Return the version of what is in use or waits, whichever was written last; 0 for neither."""
    rows = LoadedStandard.objects.filter(standard_id=standard_id).order_by("-version")
    return rows.values_list("version", flat=True).first() or 0


def _packaged_as_loaded(standard_id: str) -> Loaded | None:
    """Return a packaged standard in the shape of an uploaded one, to hold a file against it."""
    library = packaged()
    found = next((one for one in library.standards if one.id == standard_id), None)
    if found is None:
        return None
    items = library.of([found])
    lines = read_conditions().of
    conditions = {one.id: tuple(lines[one.id]) for one in items if lines.get(one.id)}
    return Loaded(found, items, conditions, procedure=read_procedures().get(standard_id))


def _replaced(new: Loaded, current: Loaded | None, known: Mapping[str, Loaded]) -> Standard | None:
    """Return the packaged standard whose place the new text takes, or the present one holds."""
    by_id = {name: one.standard for name, one in known.items()}
    roots = [root_of(one.standard, by_id) for one in (new, current) if one is not None]
    return next((one for root in roots for one in packaged().standards if one.id == root), None)


def loaded_for(viewer: Actor) -> list[LoadedLine]:
    """Return the uploaded standards that this person sees, withdrawn ones too, the widest area first. One query."""
    return _lines(LoadedStandard.objects.seen_from(viewer).current().order_by("path", "standard_id"))


def replaced_by(loaded: Loaded) -> Standard | None:
    """Return the packaged standard in whose place an uploaded one stands."""
    return _replaced(loaded, None, {row.standard_id: loaded_of(row.book, area=row.path) for row in _of(loaded.area)})


def proposed_for(viewer: Actor) -> list[LoadedLine]:
    """Return the texts that wait for approval, as they were proposed, to who may load or approve there. One query."""
    rows = LoadedStandard.objects.seen_from(viewer).waiting().order_by("path", "standard_id")
    return _lines(row for row in rows if may_read_draft(viewer, row.path))


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20) -> WaitingList:
    """Return the texts that wait for this person to approve them; what they proposed themselves waits for others.

    One query, none for who may not approve. now: asked of every room, and nothing here runs out.
    """
    areas = approvable(viewer)
    if not areas:
        return WaitingList()
    there = reduce(or_, (Q(path__gte=area, path__lt=path_upper_bound(area)) for area in areas))
    found = LoadedStandard.objects.seen_from(viewer).waiting().filter(there).exclude(loaded_by_id=viewer.user_id)
    rows = [
        Waiting(
            what="standards.approve",
            title=str(row.book["standard"]["title"]),
            reason=f"{row.loaded_by}提请用它代替全国的标准，等您看过批准，批准以前不起作用",
            verb="看过批准",
            url_name="standards:answer",
            url_args=(row.standard_id,),
            subject_id=row.pk,
        )
        for row in found.order_by("loaded_at")
    ]
    return WaitingList(rows=tuple(rows[:first_n]), later=len(rows), by_what={"standards": len(rows)})


def waiting_line_for(viewer: Actor, standard_id: str) -> LoadedLine:
    """Return a text that waits for a second person. Raises NotFound."""
    found = [one for one in proposed_for(viewer) if one.standard.id == standard_id]
    if not found:
        raise NotFound("standards.nothing_waits", "这个标准没有等待批准的文本，可能已经有人办了。请回到本地标准看。")
    return found[0]


def waiting_preview(viewer: Actor, standard_id: str, *, today: date) -> Preview:
    """Return what approving a text would change, against what holds now. Raises NotFound."""
    return preview_against(waiting_line_for(viewer, standard_id).loaded, today=today)


def loaded_line_for(viewer: Actor, standard_id: str) -> LoadedLine:
    """Return an uploaded standard that this person sees. Raises NotFound."""
    found = [one for one in loaded_for(viewer) if one.standard.id == standard_id]
    if not found:
        raise NotFound("standards.no_loaded", "没有找到这个本地标准，或者不适用于您的管辖范围。")
    return found[0]


def _lines(rows: Any) -> list[LoadedLine]:
    listed = list(rows)
    ended = dated([on_shelf(row) for row in listed])
    return [
        LoadedLine(
            loaded,
            row.revision,
            row.version,
            row.unit_name,
            row.why,
            row.loaded_at,
            row.loaded_by,
            row.withdrawn_from,
            row.withdrawn_why,
            row.withdrawn_by,
            row.loaded_by_id,
            row.approved_by,
            row.approved_at,
        )
        for row, loaded in zip(listed, ended, strict=True)
    ]


def book_for(viewer: Actor, standard_id: str) -> Mapping[str, Any]:
    """Return any standard that this person may read, as a file holds it. Raises NotFound."""
    row = LoadedStandard.objects.seen_from(viewer).current().filter(standard_id=standard_id).first()
    book: Mapping[str, Any] | None = row.book if row is not None else packaged_book(standard_id)
    if book is None:
        raise NotFound("standards.no_standard", "没有这个标准。请从标准库的列表里选。")
    return book
