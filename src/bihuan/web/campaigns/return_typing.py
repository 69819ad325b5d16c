"""Type into a return: keep it, keep it and send the return, or only say what does not fit."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.services import returns as services
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.campaigns.returns import FIELD, acted
from bihuan.web.htmx import StaffRequest, go
from bihuan.web.numbers import whole


@require_POST
def type_in(request: StaffRequest, return_id: UUID) -> HttpResponse:
    """Take what was typed, with its reason; what was left empty in the grid is not meant."""
    chosen = request.POST.get("chosen", "")
    cells = {
        name.removeprefix(FIELD): str(text)
        for name, text in request.POST.items()
        if name.startswith(FIELD) and (str(text).strip() or name == chosen)
    }
    if "zero" in request.POST:
        cells |= _zeros(request, return_id, cells)
    given = {"cells": cells, "reason": request.POST.get("reason", ""), "alone": "alone" in request.POST}
    if "send" in request.POST:
        return _typed_and_sent(request, return_id, given)
    return acted(request, return_id, services.type_cells, "已记下。", **given)


def _typed_and_sent(request: StaffRequest, return_id: UUID, given: Mapping[str, Any]) -> HttpResponse:
    """Take what was typed and send the return; where it cannot be sent yet, what was typed stays and it says why."""
    seen, kept = whole(request.POST.get("seen_version", "")) or 0, ""
    try:
        services.type_cells(return_id=return_id, seen_version=seen, actor=request.actor, now=request.now, **given)
        kept = "填的数已记下，没有报送："
        services.send_return(
            return_id=return_id,
            seen_version=seen + 1,
            remark=request.POST.get("remark", ""),
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, "已报送，等安监办审核。")
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, kept + refusal.say)
    return go(request, "campaigns:return", return_id)


def _zeros(request: StaffRequest, return_id: UUID, cells: Collection[str]) -> dict[str, str]:
    """Return a nought for every cell that still lacks a number and got none now: what nobody counts did not happen."""
    view = queries.return_for(request.actor, return_id, today=day_of(request.now))
    return {slot.address: "0" for slot in view.still_open if slot.address not in cells}


@require_POST
def try_out(request: StaffRequest, return_id: UUID) -> HttpResponse:
    """Say what does not fit in what is being typed; nothing is kept."""
    cells = {
        name.removeprefix(FIELD): str(text)
        for name, text in request.POST.items()
        if name.startswith(FIELD) and str(text).strip()
    }
    found = queries.tried(request.actor, return_id, cells, today=day_of(request.now))
    doubts, tried = [*found.refused, *found.doubts], True
    return render(request, "campaigns/_doubts.html", {"doubts": doubts, "tried": tried})
