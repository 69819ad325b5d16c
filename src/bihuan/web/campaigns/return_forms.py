"""Forms of returns: a superior's workbook in, its cells bound by choosing, who owes it and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.campaigns import queries as campaigns
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.returns import Choices, Figure
from bihuan.campaigns.rules.returns.binding import (
    SOURCE_NAMES,
    PeriodKind,
    Source,
)
from bihuan.campaigns.rules.returns.builtin import BUILT_IN
from bihuan.campaigns.rules.returns.deadlines import EXAMPLES, rule_words
from bihuan.campaigns.rules.returns.forms import FormState, state_words
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.lines import FormView
from bihuan.campaigns.rules.returns.names import Place
from bihuan.campaigns.rules.returns.printed import Printed, printed_in
from bihuan.campaigns.rules.returns.rhythm import RHYTHM_NAMES, Rhythm
from bihuan.campaigns.services import returns as services
from bihuan.kernel.calendar import SHANGHAI, day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.orgs import queries as orgs
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.web.campaigns.binding_forms import CELLS, MADE_MEANING, BindForm, UploadForm, initial
from bihuan.web.campaigns.return_campaigns import campaign_of, running
from bihuan.web.campaigns.return_grid import Drawn, drawn
from bihuan.web.doors import let_in
from bihuan.web.evidence import sent
from bihuan.web.frame import way_to
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.intake.gate import identity
from bihuan.web.numbers import whole


@require_GET
def listing(request: StaffRequest) -> HttpResponse:
    """Show the forms, and those of ours that can be added."""
    lines = queries.forms_for(request.actor)
    taken = {(line.code, line.title) for line in lines if line.state != FormState.RETIRED}
    may = bool(way_to(request.actor, "campaigns:upload_form"))
    return page_or_part(
        request,
        "campaigns/return_forms.html",
        rows=[
            {
                "line": line,
                "href": reverse("campaigns:return_form", args=(line.id,)),
                "state": state_words(
                    line.state,
                    in_use_on=line.in_use_on,
                    retired_on=line.retired_on,
                    is_newer=line.is_newer,
                    today=day_of(request.now),
                ),
                "rhythm": RHYTHM_NAMES[Rhythm(line.rhythm)],
                "due": rule_words(Rhythm(line.rhythm), line.deadline),
                "left": line.slots - line.bound,
            }
            for line in lines
        ],
        offered=[form for form in BUILT_IN if (form.code, form.title) not in taken] if may else [],
        running=running(request.actor) if may else [],
        upload_href=way_to(request.actor, "campaigns:upload_form"),
    )


@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest) -> HttpResponse:
    """Take a superior's workbook in."""
    let_in(request.actor, "campaigns:upload_form")
    found = campaigns.campaigns_for(request.actor).lines
    form = UploadForm(found, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        file = said.pop("file")
        said["campaign_id"] = identity(said.pop("campaign"))
        try:
            made = services.upload_form(
                name=file.name or "", content=file.read(), actor=request.actor, now=request.now, **said
            )
            return go(request, "campaigns:return_form", made)
        except Refusal as refusal:
            refuse_into(form, refusal)
    status = 422 if request.method == "POST" else 200
    return page_or_part(request, "campaigns/return_upload.html", status=status, form=form)


@require_POST
def adopt(request: StaffRequest) -> HttpResponse:
    """Add one of our forms."""
    let_in(request.actor, "campaigns:upload_form")
    code = request.POST.get("code", "")
    form = next((one for one in BUILT_IN if one.code == code), None)
    try:
        made = services.adopt_form(
            code=code,
            campaign_id=campaign_of(form, request.POST.get("campaign", ""), running(request.actor)),
            actor=request.actor,
            now=request.now,
        )
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
        return go(request, "campaigns:return_forms")
    return go(request, "campaigns:return_form", made)


@require_http_methods(["GET", "POST"])
def show(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Show a form with what each cell is bound to; bind the chosen one."""
    view = queries.with_anew(request.actor, queries.form_for(request.actor, form_id))
    choices = queries.choices_of(view.town_id)
    asked = request.POST if request.method == "POST" else request.GET
    slot = view.slots.get(asked.get("cell", "")) or next(iter(view.unbound), None)
    bound = view.bindings.get(slot.address) if slot is not None else None
    is_named = slot is not None and slot.address in view.named
    data = request.POST if request.method == "POST" else None
    form = BindForm(choices, data, initial=initial(bound), is_named=is_named, slots=view.slots)
    if request.method == "POST" and slot is not None and form.is_valid():
        try:
            done = services.bind_like(
                form_id=form_id,
                seen_version=whole(request.POST.get("seen_version", "")) or 0,
                address=slot.address,
                binding=form.binding(choices),
                along=form.cleaned_data["along"] or "cell",
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, done.said)
            return go(request, "campaigns:return_form", form_id)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    is_changing = view.is_office and view.state != FormState.RETIRED
    at_work = running(request.actor)
    return page_or_part(
        request,
        "campaigns/return_form.html",
        status=422 if form.errors else 200,
        view=view,
        state=state_of(view, day_of(request.now)),
        successor=queries.successor_of(view.id) if view.file_id is not None and view.is_office else None,
        may_succeed=is_changing and view.state == FormState.IN_USE and not view.code,
        rhythm=f"{RHYTHM_NAMES[Rhythm(view.rhythm)]}（{rule_words(Rhythm(view.rhythm), view.deadline)}）",
        sheets=drawn(view.grid, view.slots, lambda one: _cell(one, view, choices, slot)),
        slot=slot if is_changing else None,
        groups=_groups(choices, slot, str(form["figure"].value() or "")) if is_changing and slot is not None else [],
        said=choices.name_of(bound) if bound is not None else "",
        running=at_work if is_changing and view.campaign_id is None else [],
        campaign=next((one.title for one in at_work if one.id == view.campaign_id), ""),
        has_so_far=any(one.period is PeriodKind.CUMULATIVE for one in view.bindings.values()),
        is_sure=bound is None or bound.sure,
        form=form,
        unread=view.unread if is_changing else (),
        anew=_anew(view, choices),
        can_take=[address for address, one in view.anew.items() if one is not None],
        places=_places(choices) if is_changing and view.unread else [],
        units=_units(view) if is_changing else [],
        examples=EXAMPLES,
        printed=_printed(view, day_of(request.now)),
        is_binding=is_changing and view.state == FormState.BINDING,
        is_used=is_changing and view.state == FormState.IN_USE,
        is_special=is_changing and view.state == FormState.IN_USE and view.rhythm == Rhythm.SPECIAL,
    )


def state_of(view: FormView, today: date) -> str:
    """Return where a form is, in words."""
    return state_words(
        view.state,
        in_use_on=view.in_use_on,
        retired_on=view.retired_on,
        is_newer=view.succeeds is not None,
        today=today,
    )


def _printed(view: FormView, today: date) -> list[Printed]:
    """Return the deadlines that the superior printed in a form, while they can still be taken and another is set."""
    if not view.is_office or view.state != FormState.BINDING or view.code or view.succeeds is not None:
        return []
    kept = (view.rhythm, view.deadline)
    return [one for one in printed_in(view.grid, today=today) if (one.rhythm, one.deadline) != kept]


def _cell(slot: Slot, view: FormView, choices: Choices, chosen: Slot | None) -> Drawn:
    binding = view.bindings.get(slot.address)
    css = "g-b" + (" on" if slot == chosen else "") + ("" if binding is not None else " open")
    if binding is not None and not binding.sure:
        css += " typed"
    said, small = choices.brief_of(binding) if binding is not None else ("待定", _why_open(slot, view))
    if slot.address in view.too_wide:
        css, small = f"{css} open", f"全部的数 · {small}"
    note = choices.name_of(binding) if binding is not None else slot.label
    return Drawn(said, css=css, href=f"?cell={slot.address}#cell", note=note, small=small)


def _why_open(slot: Slot, view: FormView) -> str:
    """Return which word of its headings a cell waits for."""
    return next((f"“{one.word}”认不出" for one in view.unread if slot.address in one.cells), "")


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A part of the list of what can be counted. opened: it is shown at once."""

    name: str
    figures: list[Figure]
    opened: bool


def _groups(choices: Choices, slot: Slot, chosen: str) -> list[FigureGroup]:
    """Return what can be counted: what is chosen and what fits the headings first, then by group."""
    first = [one for one in choices.offered if one.key == chosen]
    first += [one for one in choices.fitting(slot) if one.key != chosen]
    by_name: dict[str, list[Figure]] = {}
    for one in choices.offered:
        if one not in first:
            by_name.setdefault(one.group, []).append(one)
    made = [Figure(f"{source}:", name, MADE_MEANING[source], "") for source, name in CELLS.items()]
    aside = [Figure(f"{one}:", SOURCE_NAMES[one], MADE_MEANING[one], "") for one in (Source.TYPED, Source.BLANK)]
    found = [FigureGroup("最合表头的", first, opened=True)] if first else []
    is_made = chosen in {one.key for one in (*made, *aside)}
    found.append(FigureGroup("由别的格算出，或不由平台算", [*made, *aside], opened=is_made or not first))
    return [*found, *(FigureGroup(name, figures, opened=False) for name, figures in by_name.items())]


def _places(choices: Choices) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a word can mean, by kind, each with its value in the list."""
    units = [(f"unit:{key}", name) for key, name in choices.units]
    return [("行业", [(f"sector:{code}", name) for code, name in SECTOR_NAMES.items()]), ("单位", units)]


@require_POST
def name(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Say what a word in the headings means; every cell that waited for it is bound."""
    kind, _, value = request.POST.get("to", "").partition(":")
    how = services.How(kind) if kind in {services.How.WHOLE, services.How.TYPED} else services.How.PLACE
    place = Place(value if kind == "unit" else "", (value,) if kind == "sector" else ())
    word = request.POST.get("word", "")
    try:
        done = services.name_word(
            form_id=form_id,
            seen_version=whole(request.POST.get("seen_version", "")) or 0,
            word=word,
            how=how,
            place=place,
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, f"“{word}”记下了，{done} 格随之定好。")
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:return_form", form_id)


def _anew(view: FormView, choices: Choices) -> list[dict[str, Any]]:
    """Return the cells that would be suggested otherwise today: as they are bound, and as they would be."""
    return [
        {
            "slot": view.slots[address],
            "now": choices.name_of(view.bindings[address]),
            "anew": choices.name_of(one) if one is not None else "",
        }
        for address, one in view.anew.items()
    ]


@require_POST
def anew(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Bind one cell, or all, as they would be suggested today."""
    try:
        done = services.bind_anew(
            form_id=form_id,
            seen_version=whole(request.POST.get("seen_version", "")) or 0,
            cells=request.POST.getlist("only") or request.POST.getlist("cell"),
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, f"{done} 格换成了现在的建议。还没有报送的报表按新的算，已经报送的不变。")
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:return_form", form_id)


def _units(view: FormView) -> list[dict[str, Any]]:
    owing = {one.unit_id for one in view.owers}
    town = orgs.unit(view.town_id)
    found = [town, *campaigns.units_of(view.town_id)]
    names = {one.id: "本镇（安监办填）" if one.id == view.town_id else one.short_name or one.name for one in found}
    return [
        {"id": one, "name": name, "on": one in owing or (not owing and one == view.town_id)}
        for one, name in names.items()
    ]


def _facts(request: StaffRequest) -> dict[str, Any]:
    try:
        start = parse_date(request.POST.get("cumulative_from", ""))
    except ValueError as error:
        raise Refusal("returns.no_day", "累计数从哪天算起：没有这一天，请重新填。") from error
    said: dict[str, Any] = {name: request.POST[name] for name in ("title", "to_whom", "due") if name in request.POST}
    if "cumulative_from" in request.POST:
        said["cumulative_from"] = start
    return {**said, "campaign_id": identity(request.POST.get("campaign", ""))}


@require_POST
def use(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Use a form, say anew who owes it, mend what is said of it, or retire it."""
    seen: dict[str, Any] = {
        "form_id": form_id,
        "seen_version": whole(request.POST.get("seen_version", "")) or 0,
        "actor": request.actor,
        "now": request.now,
    }
    units = [one for one in map(identity, request.POST.getlist("unit")) if one is not None]
    try:
        if "mend" in request.POST:
            services.mend_form(facts=_facts(request), **seen)
        elif "retire" in request.POST:
            services.retire_form(reason=request.POST.get("reason", ""), **seen)
        elif "owe" in request.POST:
            services.name_owers(unit_ids=units, **seen)
        else:
            services.use_form(unit_ids=units, **seen)
            messages.success(request, "已启用，每一期会自己填好。")
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:return_form", form_id)


@require_POST
def ask(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Ask units for a special return: which units, of which days, by what hour."""
    units = [one for one in map(identity, request.POST.getlist("unit")) if one is not None]
    days = {name: _read(parse_date, request.POST.get(name, "")) for name in ("since", "until")}
    due = _read(parse_datetime, request.POST.get("due_at", ""))
    if due is not None and due.tzinfo is None:
        due = due.replace(tzinfo=SHANGHAI)
    try:
        asked = services.ask_special(
            form_id=form_id, unit_ids=units, due_at=due, actor=request.actor, now=request.now, **days
        )
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
        return go(request, "campaigns:return_form", form_id)
    messages.success(request, f"已请 {len(asked)} 个单位报送，各单位会收到通知。")
    return go(request, "campaigns:returns")


def _read(read: Callable[[str], Any], text: str) -> Any:
    """Return a day or an hour that was written, None for what is none."""
    try:
        return read(text)
    except ValueError:
        return None


@require_GET
def original(request: StaffRequest, form_id: UUID) -> FileResponse:
    """Send the workbook as it came."""
    return sent(queries.original_of(request.actor, form_id))
