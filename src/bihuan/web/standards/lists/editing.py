"""Write a checklist: of one's own, from another one, or the next version; see what changes, then save; retire it.

The whole text travels in the form, so every button works without a script and nothing half-written is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.enterprises import queries as enterprises
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.orgs import queries as orgs
from bihuan.standards.data.uploads import BadUpload
from bihuan.standards.data.workbooks.cells import MOST_BYTES
from bihuan.standards.data.workbooks.lists import read_list
from bihuan.standards.queries import checklists as queries
from bihuan.standards.rules import CHANGE_NAMES, ChangeKind
from bihuan.standards.rules.listing import (
    BETWEEN,
    MOST_ITEMS,
    Books,
    Draft,
    DraftFault,
    DraftItem,
    Found,
    ListLine,
    ListVersion,
    Source,
    SourceKind,
    Standing,
    basis_of,
    begins_say,
    draft_faults,
    feature_names,
    head_changes,
    highest_key,
    latest,
    list_lines,
    moved,
    sector_names,
    standing_of,
    with_new_item,
    with_sources,
    without_item,
    without_sources,
)
from bihuan.standards.rules.loading import Area
from bihuan.standards.services import checklists as services
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.standards.lists.forms import HeadForm, Press, RetireForm, draft_sent, head_of, press_of

LOOK_AGAIN: Final = "内容和上次预览时不一样。请看清楚下面改变什么，再保存。"
NOTHING_FOUND: Final = "没有找到。换个短一些的词再找；库里确实没有的，照写在下面。"
TO_TYPE: Final = "请先写出文件名称和条号，如：示范镇安委〔2018〕3号第二条。"
NO_SHEET: Final = "请先选一个 Excel 文件。"
FILLED: Final = "已按 Excel 填入 {} 项，还没有保存。请看一遍，再看改变什么。"
TO_CITE: Final = "请先写明是第几条。"


@dataclass(frozen=True, slots=True)
class _Opened:
    """What somebody is writing. versions: of the list so far, none for a new one. start: what the form opened with."""

    areas: Sequence[Area]
    start: Draft
    list_id: str = ""
    versions: Sequence[ListVersion] = ()

    @property
    def revision(self) -> int:
        """The latest version, 0 for a new list."""
        return latest(self.versions).revision if self.versions else 0

    @property
    def before(self) -> Draft | None:
        """What changes are told against: the last version, else what was copied."""
        if self.versions:
            return latest(self.versions).draft
        return self.start if self.start.origin else None


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows beside the form. key: the item that is open; found: what was found for it."""

    key: int = 0
    words: str = ""
    found: Sequence[Found] | None = None
    notice: str = ""
    faults: Sequence[DraftFault] = ()
    preview: bool = False
    filled: str = ""


@require_http_methods(["GET", "POST"])
def new_list(request: StaffRequest) -> HttpResponse:
    """Write a new list, from an empty page or from another list. Raises NotAllowed, NotFound."""
    areas = _must_have(request)
    copy = request.GET.get("copy", "")[:48]
    start = queries.copy_of(request.actor, copy) if copy else with_new_item(Draft(""))
    return _written(request, _Opened(areas, start))


@require_http_methods(["GET", "POST"])
def edit_list(request: StaffRequest, list_id: str) -> HttpResponse:
    """Write the next version of an own list. Raises NotAllowed, NotFound."""
    areas, versions = _must_have(request), queries.versions_for(request.actor, list_id)
    if not versions:
        raise NotFound("standards.no_checklist", queries.NO_LIST)
    last = latest(versions)
    services.must_list(request.actor, last.path)
    mine = [one for one in areas if one.path == last.path]
    return _written(request, _Opened(mine, last.draft, list_id, versions))


def _must_have(request: StaffRequest) -> list[Area]:
    paths = services.list_areas(request.actor)
    known = orgs.units_by_path(paths)
    areas = [Area(path, known[path].id, known[path].name, known[path].town_id) for path in paths if path in known]
    if not areas:
        raise NotAllowed("own_list.not_allowed", services.WHO)
    return areas


def _written(request: StaffRequest, opened: _Opened) -> HttpResponse:
    today, has_origin = day_of(request.now), opened.start.origin is not None
    if request.method == "GET":
        facts = head_of(opened.start, valid_from=today, seen=opened.revision, area=opened.areas[0].path)
        form = HeadForm(initial=facts, areas=opened.areas, has_origin=has_origin)
        return _page(request, opened, form, opened.start, _Shown())
    form = HeadForm(request.POST, areas=opened.areas, has_origin=has_origin)
    is_read = form.is_valid()
    draft, press = draft_sent(form, request.POST, opened.start), press_of(request.POST)
    if not is_read:
        return _page(request, opened, form, draft, _Shown(), status=422)
    if press.verb == "sheet":
        return _filled(request, opened, form, draft)
    if press.verb in {"look", "save"}:
        return _looked(request, opened, form, draft, press)
    draft, shown = _pressed(request, form, draft, press, used=highest_key(opened.versions))
    return _page(request, opened, form, draft, shown)


# -- the buttons of the items


def _pressed(request: StaffRequest, form: HeadForm, draft: Draft, press: Press, *, used: int) -> tuple[Draft, _Shown]:
    """Return the draft after a button, and what to show."""
    key = press.key
    if press.verb == "find":
        return draft, _search(request, form, key)
    if press.verb == "add" and len(draft.items) < MOST_ITEMS:
        added = with_new_item(draft, used=used)
        return added, _Shown(added.items[-1].key)
    if press.verb in {"up", "down"}:
        return moved(draft, key, -1 if press.verb == "up" else 1), _Shown(key)
    if press.verb == "drop":
        return without_item(draft, key), _Shown()
    if press.verb == "unpick":
        return without_sources(draft, key, press.sources), _Shown(key)
    sources, notice = _chosen(request, press)
    return with_sources(draft, key, sources), _Shown(key, notice=notice)


def _chosen(request: StaffRequest, press: Press) -> tuple[tuple[Source, ...], str]:
    """Return what was picked, cited or typed, else what is still to say."""
    sent, key = request.POST, press.key
    if press.verb == "cite":
        article = (sent.get(f"item-{key}-article") or "").strip()
        return (tuple(replace(one, article=article) for one in press.sources), "") if article else ((), TO_CITE)
    if press.verb == "type":
        words = " ".join((sent.get(f"item-{key}-typed") or "").replace("|", "／").split())
        return ((Source(SourceKind.TYPED, words),), "") if words else ((), TO_TYPE)
    return press.sources, ""


def _search(request: StaffRequest, form: HeadForm, key: int) -> _Shown:
    words = (request.POST.get(f"item-{key}-q") or "").strip()[:60]
    on = form.day(day_of(request.now))
    found = queries.sources_for(words, path=form.area_chosen().path, on=on)
    return _Shown(key, words, found, notice="" if found else NOTHING_FOUND)


# -- a workbook in the place of what is written


def _filled(request: StaffRequest, opened: _Opened, form: HeadForm, draft: Draft) -> HttpResponse:
    """Show what a workbook says, to be looked at and saved like what is typed; nothing changes where it is faulty."""
    file, given = request.FILES.get("sheet"), form.cleaned_data
    if file is None:
        return _page(request, opened, form, draft, _Shown(faults=(DraftFault(NO_SHEET),)), status=422)
    books = queries.books(form.area_chosen().path)
    try:
        made = read_list(file.read(MOST_BYTES + 1), before=draft, books=books, used=highest_key(opened.versions))
    except BadUpload as bad:
        faults = [DraftFault(say) for say in bad.problems]
        return _page(request, opened, form, draft, _Shown(faults=faults), status=422)
    kept = {name: given.get(name) for name in ("seen", "copied", "why", "area")}
    facts = head_of(made, valid_from=form.day(day_of(request.now)), **kept)
    again = HeadForm(initial=facts, areas=opened.areas, has_origin=opened.start.origin is not None)
    return _page(request, opened, again, made, _Shown(filled=FILLED.format(len(made.items))))


# -- look, then save


def _looked(request: StaffRequest, opened: _Opened, form: HeadForm, draft: Draft, press: Press) -> HttpResponse:
    area = form.area_chosen()
    faults = draft_faults(draft, queries.known_at(area.path))
    if faults:
        return _page(request, opened, form, draft, _Shown(faults=faults), status=422)
    if press.verb == "save" and form.cleaned_data["looked"] == draft.digest:
        return _saved(request, opened, form, draft, area)
    return _page(request, opened, form, draft, _Shown(preview=True, notice=LOOK_AGAIN if press.verb == "save" else ""))


def _saved(request: StaffRequest, opened: _Opened, form: HeadForm, draft: Draft, area: Area) -> HttpResponse:
    given = form.cleaned_data
    day = form.day(day_of(request.now))
    try:
        done = services.save_list(
            draft=draft,
            area=area,
            list_id=opened.list_id,
            seen_revision=given["seen"] or 0,
            valid_from=day,
            why=given["why"],
            actor=request.actor,
            now=request.now,
        )
    except services.BadDraft as bad:
        return _page(request, opened, form, draft, _Shown(faults=bad.faults), status=422)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _page(request, opened, form, draft, _Shown(preview=True), status=422)
    said = f"已保存第{done.revision}版，{day.isoformat()}起用。" if done.changed else "和现在的一样，没有改变什么。"
    messages.success(request, said)
    return go(request, f"{reverse('standards:checklist', args=[done.list_id])}?on={day.isoformat()}")


# -- the page


def _page(
    request: StaffRequest, opened: _Opened, form: HeadForm, draft: Draft, shown: _Shown, *, status: int = 200
) -> HttpResponse:
    books, on = queries.books(), form.day(day_of(request.now))
    wrong = {one.key for one in shown.faults}
    return page_or_part(
        request,
        "standards/checklist_edit.html",
        status=status,
        form=form,
        opened=opened,
        draft=draft,
        shown=shown,
        items=[_item(one, shown, books, on, is_wrong=one.key in wrong) for one in draft.items],
        most=MOST_ITEMS,
        sectors=sector_names(draft),
        features=feature_names(draft),
        last=latest(opened.versions) if opened.versions else None,
        **(_preview(request, opened, form, draft, books) if shown.preview else {}),
    )


def _item(item: DraftItem, shown: _Shown, books: Books, on: date, *, is_wrong: bool) -> dict[str, Any]:
    is_here = item.key == shown.key
    return {
        "one": item,
        "sources": [_source(one, item, books, on) for one in item.sources],
        "here": is_here and shown.found is not None,
        "open": is_here or is_wrong or not item.look_at,
        "words": shown.words if is_here else "",
        "found": [_found(one, item) for one in shown.found or ()] if is_here else [],
        "notice": shown.notice if is_here else "",
    }


def _source(source: Source, item: DraftItem, books: Books, on: date) -> dict[str, Any]:
    standing = standing_of(source, item.sources, books, on=on)
    now = BETWEEN.join(one.code for one in standing.now) if standing is not None else ""
    return {"code": source.code, "says": _cited(source, books), "standing": standing, "now": now}


def _standings(draft: Draft, books: Books, on: date) -> list[tuple[int, int, Standing]]:
    """Return each source that cannot be cited on the first day as it is, with the place and the key of its item."""
    return [
        (place, item.key, standing)
        for place, item in enumerate(draft.items, start=1)
        for source in item.sources
        if (standing := standing_of(source, item.sources, books, on=on)) is not None
    ]


def _found(one: Found, item: DraftItem) -> dict[str, Any]:
    return {"one": one, "has": set(one.sources) <= set(item.sources)}


def _cited(source: Source, books: Books) -> str:
    basis = basis_of(source, books)
    return basis.cited_as if basis is not None else "（库里已没有这一条）"


def _preview(request: StaffRequest, opened: _Opened, form: HeadForm, draft: Draft, books: Books) -> Mapping[str, Any]:
    """Return what saving changes: facts, items, from when, and whom the list fits."""
    before, today = opened.before, day_of(request.now)
    lines = list_lines(before, draft)
    some, every = enterprises.concerned(request.actor, path=form.area_chosen().path, items=[draft])
    others = [one.valid_from for one in opened.versions]
    return {
        "begins": begins_say(form.day(today), today=today, others=others),
        "standings": _standings(draft, books, form.day(today)),
        "since": form.day(today),
        "fits": f"按登记的行业和安全特征，适用的企业{some}家（在册{every}家）。",
        "facts": head_changes(before, draft) if before is not None else [],
        "counts": [(CHANGE_NAMES[kind], number) for kind in ChangeKind if (number := _count(lines, kind))],
        "lines": [_row(one, books) for one in lines if one.kind is not ChangeKind.SAME],
        "digest": draft.digest,
    }


def _count(lines: Sequence[ListLine], kind: ChangeKind) -> int:
    return sum(one.kind is kind for one in lines)


def _row(line: ListLine, books: Books) -> dict[str, Any]:
    return {
        "one": line,
        "kind": "去掉" if line.kind is ChangeKind.DROPPED else CHANGE_NAMES[line.kind],
        "gone": line.kind is ChangeKind.DROPPED,
        "gained": [_cited(one, books) for one in line.gained],
        "lost": [_cited(one, books) for one in line.lost],
    }


@require_POST
def retire(request: StaffRequest, list_id: str) -> HttpResponse:
    """Stop offering an own list from a day on. Raises NotAllowed, NotFound."""
    form = RetireForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        services.retire_list(
            list_id=list_id,
            seen_revision=given["seen"],
            since=given["since"],
            why=given["why"],
            actor=request.actor,
            now=request.now,
        )
        messages.success(
            request, f"{given['since'].isoformat()}起不再列出。以前的版本照样可以翻看，要用时改一版就恢复。"
        )
        return go(request, "standards:checklist", list_id)
    said = next(str(one) for errors in form.errors.values() for one in errors)
    if not queries.versions_for(request.actor, list_id):
        raise NotFound("standards.no_checklist", queries.NO_LIST)
    raise Refusal("own_list.not_retired", said)
