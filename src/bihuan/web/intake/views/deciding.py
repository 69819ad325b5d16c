"""What a person decides on the way: columns, answers, enterprises, cells."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from bihuan.intake import queries, services
from bihuan.intake.rules.fields import Field
from bihuan.kernel.errors import Refusal
from bihuan.web.htmx import StaffRequest, go, page_or_part, wants_part
from bihuan.web.intake.forms import FactsForm
from bihuan.web.intake.gate import takes_in
from bihuan.web.intake.views.checking import context_of
from bihuan.web.numbers import whole


def _again(request: StaffRequest, run_id: UUID, *, say: str = "") -> HttpResponse:
    """Answer with the checking page as it now is: the part for htmx, else by way of its address."""
    if not wants_part(request):
        if say:
            messages.error(request, say)
        return go(request, "intake:check", run_id)
    run = queries.run_for(request.actor, run_id)
    return page_or_part(
        request,
        "intake/check.html",
        part="intake/_check.html",
        status=422 if say else 200,
        say=say,
        **context_of(request, run),
    )


@require_POST
@takes_in
def answer(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Answer a batch or a single doubt, or ask a batch row by row."""
    who: dict[str, Any] = {"run_id": run_id, "actor": request.actor, "now": request.now}
    batch = request.POST.get("batch", "")
    try:
        if "split" in request.POST:
            services.split_batch(batch=batch, **who)
        else:
            services.answer(batch=batch, value=request.POST.get("value"), typed=request.POST.get("typed", ""), **who)
    except Refusal as refusal:
        return _again(request, run_id, say=refusal.say)
    return _again(request, run_id)


@require_POST
@takes_in
def firm(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Say which enterprise is meant, or confirm the best candidate of all that are shown (全部照此)."""
    try:
        if "all" in request.POST:
            keys = request.POST.getlist("key")
            services.confirm_firms(run_id=run_id, keys=keys, actor=request.actor, now=request.now)
            return _again(request, run_id)
        services.choose_firm(
            run_id=run_id,
            key=request.POST.get("key", ""),
            choice=request.POST.get("choice", ""),
            actor=request.actor,
            now=request.now,
        )
    except Refusal as refusal:
        return _again(request, run_id, say=refusal.say)
    return _again(request, run_id)


@require_POST
@takes_in
def mend(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Write cells anew (fields cell:PLACE:FIELD), or set rows aside and take them back."""
    who: dict[str, Any] = {"run_id": run_id, "actor": request.actor, "now": request.now}
    places = [place for one in request.POST.getlist("place") if (place := whole(one)) is not None]
    say = ""
    try:
        if "aside" in request.POST or "back" in request.POST:
            services.set_aside(places=places, aside="aside" in request.POST, **who)
        else:
            left = services.mend(mends=_mends(request), **who)
            say = "；".join(sentence for sentences in left.values() for sentence in sentences[:1])
    except Refusal as refusal:
        say = refusal.say
    back = request.POST.get("back_to", "")
    if back == "rows":
        if say:
            messages.error(request, say)
        return go(request, f"../rows/?only={request.POST.get('only', '')}&page={request.POST.get('page', '1')}")
    return _again(request, run_id, say=say)


def _mends(request: StaffRequest) -> dict[int, dict[str, str]]:
    mends: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        kind, _, rest = name.partition(":")
        number, _, field = rest.partition(":")
        place = whole(number)
        was = request.POST.get(f"was:{rest}")
        if kind == "cell" and place is not None and field in set(Field) and str(value) != was:
            mends.setdefault(place, {})[field] = str(value)
    return mends


@require_POST
@takes_in
def reread(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Read the file again with columns, title and year as a person has said."""
    run = queries.run_for(request.actor, run_id)
    form = FactsForm(request.POST)
    if not form.is_valid():
        say = "；".join(str(error) for errors in form.errors.values() for error in errors)
        return _again(request, run_id, say=say)
    facts = {name: str(form.cleaned_data[name]) for name in ("title", "organ", "doc_no")}
    try:
        services.reread(
            run_id=run_id,
            seen_version=whole(request.POST.get("seen_version", "")) or 0,
            facts=facts,
            columns=_columns(request),
            frame=_frame(form, run.sheets),
            actor=request.actor,
            now=request.now,
        )
    except Refusal as refusal:
        return _again(request, run_id, say=refusal.say)
    return go(request, "intake:check", run_id)


def _columns(request: StaffRequest) -> dict[str, str]:
    """Read the columns whose choice was changed: fields column:HEADING, beside was:HEADING."""
    chosen: dict[str, str] = {}
    for name, value in request.POST.items():
        kind, _, heading = name.partition(":")
        if kind == "column" and value != request.POST.get(f"was:{heading}") and (not value or value in set(Field)):
            chosen[heading] = str(value)
    return chosen


def _frame(form: FactsForm, sheets: Any) -> dict[str, Any]:
    frame: dict[str, Any] = {"year": form.cleaned_data["year"]}
    row = form.cleaned_data["header_row"]
    frame["header_rows"] = {sheets[0]["sheet"]: row} if row and sheets else {}
    return frame
