"""Pages of standards that a town or a county uploads: what is loaded, a file previewed and loaded, one withdrawn."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.enterprises import queries as enterprises
from bihuan.hazards import queries as hazards
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.orgs import queries as orgs
from bihuan.standards.data.uploads import BadUpload
from bihuan.standards.data.writing import plain_yaml
from bihuan.standards.queries import loading as queries
from bihuan.standards.rules import CHANGE_NAMES, ChangeKind
from bihuan.standards.rules.loading import (
    BESIDE,
    LOAD_NAMES,
    WHO,
    WHO_REPLACES,
    Area,
    ItemLine,
    LoadAct,
    LoadedLine,
    LoadKind,
    Preview,
    Touched,
    areas_of,
    concerns,
    effects,
    may_act,
    may_read_draft,
    must_reach,
)
from bihuan.standards.rules.loading.counting import counting_says
from bihuan.standards.services import loading as services
from bihuan.trail import queries as trail
from bihuan.trail.rules import EventLine
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.parts import Empty
from bihuan.web.standards.loading_forms import LoadForm, RestoreForm, WithdrawForm
from bihuan.web.standards.places import places

NOTHING: Final = "这里还没有装入本地的标准。全国的标准照常使用。"


def _areas(actor: Actor, act: LoadAct) -> list[Area]:
    """Return the areas for which this person may do this, the widest first."""
    paths = areas_of(actor, act)
    known = orgs.units_by_path(paths)
    return [Area(path, known[path].id, known[path].name, known[path].town_id) for path in paths if path in known]


def _must_have(actor: Actor, act: LoadAct) -> list[Area]:
    areas = _areas(actor, act)
    if not areas:
        raise NotAllowed("standards.not_allowed", WHO)
    return areas


@require_GET
def standards(request: StaffRequest) -> HttpResponse:
    """List the uploaded standards that apply to the viewer or lie below."""
    today = day_of(request.now)
    return page_or_part(
        request,
        "standards/local.html",
        places=places("standards:local"),
        rows=[{"line": one, "state": _state(one, today)} for one in queries.loaded_for(request.actor)],
        waiting=queries.proposed_for(request.actor),
        may_check=bool(areas_of(request.actor, LoadAct.CHECK)),
        beside=BESIDE,
        who=WHO,
        empty=Empty(NOTHING),
    )


def _state(line: LoadedLine, today: date) -> tuple[str, str]:
    """Return how a standard stands today, with its colour."""
    standard = line.standard
    if line.withdrawn_from is not None and line.withdrawn_from <= today:
        return "已停用", "mu"
    if standard.effective_on is not None and today < standard.effective_on:
        return "还没施行", "amber"
    return ("现行", "green") if standard.holds_on(today) else ("现在不用", "mu")


@require_http_methods(["GET", "POST"])
def load(request: StaffRequest) -> HttpResponse:
    """Preview a file, and load it once it was looked at. Raises NotAllowed."""
    areas = _must_have(request.actor, LoadAct.CHECK)
    if request.method == "GET":
        return _form(request, LoadForm(areas=areas))
    form = LoadForm(request.POST, request.FILES, areas=areas)
    if not form.is_valid():
        return _form(request, form, status=422)
    area = form.areas[form.cleaned_data["area"]]
    text = str(form.cleaned_data["text"])
    try:
        file = form.content()
        text = file if isinstance(file, str) else plain_yaml(file.book)
        if request.POST.get("act") == "save" and isinstance(file, str):
            return _load(request, form, text, area)
        preview = queries.preview_of(file, area=area.path, today=day_of(request.now))
    except BadUpload as bad:
        return _form(request, _again(form, text), problems=bad.problems, status=422)
    return _form(request, _again(form, text, seen=preview.revision), preview=preview, area=area)


def _load(request: StaffRequest, form: LoadForm, text: str, area: Area) -> HttpResponse:
    given = form.cleaned_data
    try:
        done = services.load_standard(
            text=text,
            area=area,
            why=given["why"],
            seen_version=given["seen"],
            compared=given["compared"],
            unmatched=given["unmatched"],
            file_name=form.name(),
            actor=request.actor,
            now=request.now,
        )
    except BadUpload:
        raise
    except Refusal as refusal:
        again = _again(form, text, seen=given["seen"])
        refuse_into(again, refusal)
        preview = queries.preview_of(text, area=area.path, today=day_of(request.now))
        return _form(request, again, preview=preview, area=area, status=422)
    messages.success(request, _done(done))
    waits = done.replaces is not None and done.kind is not LoadKind.SAME
    return go(request, "standards:answer" if waits else "standards:local_one", done.loaded.standard.id)


def _done(done: Preview) -> str:
    if done.kind is LoadKind.SAME:
        return "文件和已经装入的一样，没有改变什么。"
    if done.replaces is not None:
        return "已提请代替全国的标准，等上级看过、批准。批准以前不起作用。"
    return f"已装入。{done.from_when}全国的标准照常使用。"


def _again(form: LoadForm, text: str, *, seen: int | None = None) -> LoadForm:
    """Return the form as it is shown again: the text in its box, the file's name kept."""
    given = form.cleaned_data
    data = {"text": text, "area": given["area"], "why": given["why"], "seen": seen, "file_name": form.name()[-256:]}
    data |= {"compared": given["compared"], "unmatched": given["unmatched"]}
    again = LoadForm(data, areas=list(form.areas.values()))
    again.is_valid()
    return again


def _form(
    request: StaffRequest,
    form: LoadForm,
    *,
    problems: Sequence[str] = (),
    preview: Preview | None = None,
    area: Area | None = None,
    status: int = 200,
) -> HttpResponse:
    return page_or_part(
        request,
        "standards/load.html",
        status=status,
        form=form,
        problems=_with_lines(problems, str(form["text"].value() or "")),
        asked=preview is not None,
        beside=BESIDE,
        **(shown(request.actor, preview, area) if preview is not None and area is not None else {}),
    )


_LINE: Final = re.compile(r"第(\d{1,6})行")
LINE_SHOWN: Final = 120


def _with_lines(problems: Sequence[str], text: str) -> list[tuple[str, str]]:
    """Return each problem with what its line says; a box of text shows no numbers of lines."""
    lines = text.splitlines()
    numbers = [int(found[1]) if (found := _LINE.match(say)) else 0 for say in problems]
    said = [lines[number - 1].strip()[:LINE_SHOWN] if 0 < number <= len(lines) else "" for number in numbers]
    return list(zip(problems, said, strict=True))


def shown(actor: Actor, preview: Preview, area: Area) -> dict[str, Any]:
    """Return what the preview says: kind, counts, what it touches, and every item."""
    counts = preview.counts
    return {
        "preview": preview,
        "standard": preview.loaded.standard,
        "kind": LOAD_NAMES[preview.kind],
        "nothing": preview.kind is LoadKind.SAME,
        "counts": [(CHANGE_NAMES[kind], counts[kind]) for kind in ChangeKind if counts[kind]],
        "effects": effects(preview, _touched(actor, preview, area)),
        "concerns": concerns(preview.loaded),
        "lines": [_row(one) for one in preview.lines],
        "may_load": area.path in areas_of(actor, LoadAct.PROPOSE if preview.replaces else LoadAct.LOAD),
        "does": "提请代替" if preview.replaces else "确认装入",
        "who": WHO_REPLACES if preview.replaces else WHO,
    }


def _row(one: ItemLine) -> dict[str, Any]:
    change = one.change
    return {"one": one, "change": change, "kind": CHANGE_NAMES[change.kind], "gone": change.kind is ChangeKind.DROPPED}


def _touched(actor: Actor, preview: Preview, area: Area) -> Touched:
    """Count what loading would touch, as far as this person sees the rows."""
    standard, before = preview.loaded.standard, preview.before
    found = hazards.basis_touched(
        actor,
        path=area.path,
        standard_id=before.standard.id if before is not None else "",
        clauses=preview.touched,
        since=standard.effective_on,
        until=standard.effective_until,
    )
    some, every = enterprises.concerned(actor, path=area.path, items=preview.loaded.criteria)
    return Touched(found.citing, found.reworded, found.undecided, some, every)


@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, standard_id: str) -> HttpResponse:
    """Show an uploaded standard as it was loaded; withdraw it from a day on, or take that back. Raises NotFound."""
    line = queries.loaded_line_for(request.actor, standard_id)
    if request.method == "GET":
        is_open = may_act(request.actor, _act_on(line), line.loaded.area)
        return _one(request, line, _act_form(line, request) if is_open else None)
    must_reach(request.actor, _act_on(line), line.loaded.area)
    form = _sent_form(line, request)
    if form.is_valid():
        given = {"standard_id": standard_id, "seen_version": form.cleaned_data.pop("seen"), **form.cleaned_data}
        act = services.restore_standard if isinstance(form, RestoreForm) else services.withdraw_standard
        try:
            act(**given, actor=request.actor, now=request.now)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, _acted(line, given))
            return go(request, "standards:local_one", standard_id)
    return _one(request, line, form, status=422)


def _act_on(line: LoadedLine) -> LoadAct:
    """Return what withdrawing it, or taking that back, is: more where it stands in the place of a packaged one."""
    replaces, is_withdrawn = queries.replaced_by(line.loaded) is not None, line.withdrawn_from is not None
    if replaces:
        return LoadAct.APPROVE if is_withdrawn else LoadAct.GIVE_BACK
    return LoadAct.RESTORE if is_withdrawn else LoadAct.WITHDRAW


def _acted(line: LoadedLine, given: dict[str, Any]) -> str:
    if line.withdrawn_from is not None:
        return "已恢复，视同没有停用过。停用期间定的级别不变。"
    return f"已定于{given['since']:%Y-%m-%d}起停用。以前按它判定的不变，可以恢复。"


def _act_form(line: LoadedLine, request: StaffRequest) -> forms.Form:
    if line.withdrawn_from is not None:
        return RestoreForm(initial={"seen": line.version})
    return WithdrawForm(initial={"seen": line.version, "since": day_of(request.now)})


def _sent_form(line: LoadedLine, request: StaffRequest) -> forms.Form:
    return RestoreForm(request.POST) if line.withdrawn_from is not None else WithdrawForm(request.POST)


def _one(request: StaffRequest, line: LoadedLine, form: forms.Form | None, *, status: int = 200) -> HttpResponse:
    return page_or_part(
        request,
        "standards/local_one.html",
        status=status,
        line=line,
        standard=line.standard,
        state=_state(line, day_of(request.now)),
        replaces=(replaces := queries.replaced_by(line.loaded)),
        form=form,
        events=_events(request.actor, line),
        concerns=concerns(line.loaded),
        decided=len(line.loaded.conditions),
        asked=len(line.loaded.asks),
        counting=counting_says(line.loaded.procedure, line.loaded.criteria),
        who=WHO_REPLACES if replaces else WHO,
    )


_OF_DRAFTS: Final = frozenset({"standard.proposed", "standard.refused"})


def _events(actor: Actor, line: LoadedLine) -> list[EventLine]:
    """Return what was done, the latest first; what was said of drafts only to who may read them."""
    reads_all = may_read_draft(actor, line.loaded.area)
    events = trail.events_of([services.loaded_subject(line.standard.id)])[::-1]
    return [one for one in events if reads_all or one.kind not in _OF_DRAFTS]
