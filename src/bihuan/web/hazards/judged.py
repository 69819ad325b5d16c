"""The page that shows where people and the suggestion on a level differ, month by month."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from bihuan.hazards import queries
from bihuan.hazards.queries.judged import DIFFERENCE_NAMES, DIFFERENT, Difference, Judged, JudgedMonth
from bihuan.hazards.rules.states import level_name
from bihuan.kernel.calendar import day_of
from bihuan.standards import queries as standards
from bihuan.standards.rules import Library
from bihuan.stats.rules import NOTHING, rate_text
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty, Pager, page_number
from bihuan.web.sizes import page_size
from bihuan.web.standards.places import places

ALL: Final = "all"
SHOWN: Final = timedelta(days=366)
NOBODY: Final = "还没有核实定级的记录。从现在起，每次定级都记下当时的提示和人的决定。"
ALL_AGREE: Final = "没有这样的记录：这里人的决定和提示都一致。"


class WantedForm(forms.Form):
    """Which decisions are listed; anything that cannot be read is left out."""

    month = forms.DateField(required=False, input_formats=["%Y-%m"])
    how = forms.ChoiceField(required=False, choices=[(ALL, "全部"), *DIFFERENCE_NAMES.items()])


@require_GET
def judged(request: StaffRequest) -> HttpResponse:
    """Show the months, and the decisions that differ from what was suggested."""
    wanted = WantedForm(request.GET)
    wanted.is_valid()
    month, how = wanted.cleaned_data.get("month"), wanted.cleaned_data.get("how")
    number, size = page_number(request.GET), page_size(request)
    rows, total = queries.judged(
        request.actor,
        month=month,
        how=_wanted(how),
        first=(number - 1) * size,
        limit=size,
    )
    library = standards.whole_library()
    months = queries.judged_months(request.actor, since=day_of(request.now) - SHOWN)
    return page_or_part(
        request,
        "hazards/judged.html",
        places=places("hazards:judged", request.actor),
        kinds=list(DIFFERENCE_NAMES.items()),
        months=[_month(one) for one in months],
        chosen=_chosen(month, how),
        is_filtered=bool(month or how),
        rows=[_row(one, library) for one in rows],
        pager=Pager(number, size, len(rows), total, unit="次"),
        empty=Empty(ALL_AGREE if months else NOBODY),
    )


def _wanted(how: str | None) -> frozenset[Difference]:
    if not how:
        return DIFFERENT
    return frozenset(Difference) if how == ALL else frozenset({Difference(how)})


def _month(one: JudgedMonth) -> dict[str, Any]:
    key = f"{one.month:%Y-%m}"
    cells = [{"count": one.counts.get(kind, 0), "href": f"?month={key}&how={kind.value}"} for kind in DIFFERENCE_NAMES]
    same, suggested = one.agreed
    return {
        "name": f"{one.month.year}年{one.month.month}月",
        "total": one.total,
        "href": f"?month={key}&how={ALL}",
        "cells": cells,
        "rate": f"{same}/{suggested}（{rate_text(same, suggested)}%）" if suggested else NOTHING,
    }


def _chosen(month: date | None, how: str | None) -> str:
    parts = [f"{month.year}年{month.month}月" if month else "", _kind(how)]
    return " · ".join(part for part in parts if part) or ("全部" if how else "和提示不同的")


def _kind(how: str | None) -> str:
    return DIFFERENCE_NAMES[Difference(how)] if how and how != ALL else ""


def _row(one: Judged, library: Library) -> dict[str, Any]:
    return {
        "one": one,
        "how": DIFFERENCE_NAMES[one.how],
        "level": level_name(one.level),
        "clause": _cited(library, one.standard, one.clause),
        "suggested_clause": _cited(library, one.suggested_standard, one.suggested_clause),
        "suggested": level_name(one.suggested_level) if one.suggested_level else "由人判断",
    }


def _cited(library: Library, standard_id: str, clause: str) -> str:
    """Return the clause as it is cited; a clause alone says nothing of where it stands."""
    return f"{library.standard(standard_id).document_number} {clause}" if standard_id else ""
