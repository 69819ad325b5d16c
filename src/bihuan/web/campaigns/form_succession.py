"""A newer edition of a form in use: uploaded beside it, compared, what was renamed asked, used from a period on."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.returns import Choices, Succession
from bihuan.campaigns.rules.returns.forms import FormState, unbound
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.rhythm import Period, Rhythm, due_day, period_words
from bihuan.campaigns.rules.returns.succession import AXIS_NAMES
from bihuan.campaigns.services import returns as services
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.campaigns.return_forms import state_of
from bihuan.web.campaigns.return_grid import Drawn, drawn
from bihuan.web.doors import let_in
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.numbers import whole


class SuccessorForm(forms.Form):
    """The workbook of a newer edition."""

    file = forms.FileField(
        label="新版式的报表",
        help_text=".xlsx 或 .xls，最大 2 MB。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.et"}),
        error_messages={"required": "请选一个文件。", "empty": "文件是空的（0 字节）。请重新另存后再上传。"},
    )


@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Take a newer edition of a form in use in; the page of both beside each other follows."""
    let_in(request.actor, "campaigns:upload_form")
    view = queries.form_for(request.actor, form_id)
    form = SuccessorForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.upload_successor(
                form_id=form_id,
                seen_version=whole(request.POST.get("seen_version", "")) or 0,
                name=file.name or "",
                content=file.read(),
                actor=request.actor,
                now=request.now,
            )
            return go(request, "campaigns:form_beside", made)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    status = 422 if request.method == "POST" else 200
    return page_or_part(request, "campaigns/form_newer.html", status=status, form=form, view=view)


@require_GET
def show(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Show a newer edition beside the form in use: what is asked, what moved, what is new, what is gone."""
    let_in(request.actor, "campaigns:upload_form")
    found = queries.succession_for(request.actor, form_id, now=request.now)
    choices = queries.choices_of(found.new.town_id)
    return page_or_part(
        request,
        "campaigns/form_beside.html",
        found=found,
        state=state_of(found.new, day_of(request.now)),
        is_open=found.new.state == FormState.BINDING and found.new.is_office,
        questions=[{"one": one, "axis": AXIS_NAMES[one.axis]} for one in found.compared.questions],
        sheets=drawn(found.new.grid, found.new.slots, lambda slot: _cell(slot, found, choices)),
        asked=[
            {"slot": found.new.slots[address], "why": why, "was": _was(address, found, choices)}
            for address, why in found.carried.asked.items()
            if address not in found.new.bindings
        ],
        anew=[
            {"slot": found.new.slots[address], "was": choices.name_of(one.was), "now": choices.name_of(one.now)}
            for address, one in found.carried.anew.items()
        ],
        added=[_taken(slot, found, choices) for slot in found.compared.added],
        gone=[
            {"label": slot.label, "was": choices.name_of(found.old.bindings[slot.address])}
            for slot in found.compared.gone
            if slot.address in found.old.bindings
        ],
        changed=[found.old.slots[one].label for one in found.changed],
        left=len(unbound(list(found.new.slots.values()), found.new.bindings)),
        offered=[(due_day(one.due_at).isoformat(), _days(one, day_of(request.now).year)) for one in found.offered],
        is_special=found.old.rhythm == Rhythm.SPECIAL,
        filled_by=list(dict.fromkeys(one.unit_name for one in found.touched)),
    )


def _days(period: Period, year: int) -> str:
    return period_words(period.since, period.until).removeprefix(f"{year}年")


def _cell(slot: Slot, found: Succession, choices: Choices) -> Drawn:
    """Return how a cell of the newer edition is drawn: what it counts, and where in the older one it stood."""
    binding, old = found.new.bindings.get(slot.address), found.compared.cells.get(slot.address)
    said = choices.brief_of(binding)[0] if binding is not None else "待定"
    small = "新增" if old is None else "沿用" if old == slot.address else f"原 {old}"
    css = "g-b" + ("" if binding is not None else " open")
    if old is None:
        css += " typed"
    elif slot.address in found.carried.anew:
        css, small = f"{css} moved", "随行列重定"
    href = f"{_form_address(found)}?cell={slot.address}#cell" if found.new.state == FormState.BINDING else ""
    note = choices.name_of(binding) if binding is not None else slot.label
    return Drawn(said, css=css, href=href, note=note, small=small)


def _form_address(found: Succession) -> str:
    return reverse("campaigns:return_form", args=(found.new.id,))


def _was(address: str, found: Succession, choices: Choices) -> str:
    old = found.compared.cells.get(address, "")
    binding = found.old.bindings.get(old)
    return choices.name_of(binding) if binding is not None else ""


def _taken(slot: Slot, found: Succession, choices: Choices) -> dict[str, Any]:
    binding = found.new.bindings.get(slot.address)
    return {
        "slot": slot,
        "now": choices.name_of(binding) if binding is not None else "",
        "is_sure": binding is not None and (binding.sure or bool(binding.chosen_by)),
    }


@require_POST
def say(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Say which heading of the newer edition one that is gone has become, or that it is none of them."""
    new = request.POST.get("new", "")
    try:
        done = services.say_heading(
            form_id=form_id,
            seen_version=whole(request.POST.get("seen_version", "")) or 0,
            sheet=whole(request.POST.get("sheet", "")) or 0,
            axis=request.POST.get("axis", ""),
            old=request.POST.get("old", ""),
            new=new,
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, f"记下了，沿用 {done} 格。" if new else "记下了，新版式没有这一项。")
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:form_beside", form_id)


@require_POST
def switch(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Fill the form with its newer edition from the chosen period on."""
    try:
        first_due = parse_date(request.POST.get("first_due", ""))
    except ValueError:
        first_due = None
    try:
        services.switch_form(
            form_id=form_id,
            seen_version=whole(request.POST.get("seen_version", "")) or 0,
            old_version=whole(request.POST.get("old_version", "")) or 0,
            first_due=first_due,
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, "已定好换用。以前各期仍是原来的版式，已报送的不变。")
        return go(request, "campaigns:return_form", form_id)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:form_beside", form_id)
