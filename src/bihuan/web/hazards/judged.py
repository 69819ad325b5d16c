"""The page that shows where people and the suggestion on a level differ, month by month."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from bihuan.hazards import queries
from bihuan.hazards.queries.judged import DIFFERENCE_NAMES, Difference, Judged, JudgedMonth
from bihuan.hazards.rules.states import level_name
from bihuan.kernel.calendar import day_of
from bihuan.stats.rules import NOTHING, rate_text
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty, Pager, page_number
from bihuan.web.sizes import page_size
from bihuan.web.standards.places import places

SHOWN: Final = timedelta(days=366)
NOBODY: Final = "还没有核实定级的记录。从现在起，每次定级都记下当时的提示和人的决定。"
ALL_AGREE: Final = "没有这样的记录：这里人的决定和提示都一致。"


class WantedForm(forms.Form):
    """Which decisions are listed; anything that cannot be read is left out."""

    month = forms.DateField(required=False, input_formats=["%Y-%m"])
    how = forms.ChoiceField(required=False, choices=[(code, name) for code, name in DIFFERENCE_NAMES.items()])


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
        how=Difference(how) if how else None,
        first=(number - 1) * size,
        limit=size,
    )
    months = queries.judged_months(request.actor, since=day_of(request.now) - SHOWN)
    return page_or_part(
        request,
        "hazards/judged.html",
        places=places("hazards:judged"),
        kinds=list(DIFFERENCE_NAMES.items()),
        months=[_month(one) for one in months],
        chosen=_chosen(month, how),
        is_filtered=bool(month or how),
        rows=[_row(one) for one in rows],
        pager=Pager(number, size, len(rows), total, unit="次"),
        empty=Empty(ALL_AGREE if months else NOBODY),
    )


def _month(one: JudgedMonth) -> dict[str, Any]:
    key = f"{one.month:%Y-%m}"
    cells = [{"count": one.counts.get(kind, 0), "href": f"?month={key}&how={kind.value}"} for kind in DIFFERENCE_NAMES]
    same, suggested = one.agreed
    return {
        "name": f"{one.month.year}年{one.month.month}月",
        "total": one.total,
        "cells": cells,
        "rate": f"{same}/{suggested}（{rate_text(same, suggested)}%）" if suggested else NOTHING,
    }


def _chosen(month: date | None, how: str | None) -> str:
    parts = [f"{month.year}年{month.month}月" if month else "", DIFFERENCE_NAMES[Difference(how)] if how else ""]
    return " · ".join(part for part in parts if part) or "和提示不同的"


def _row(one: Judged) -> dict[str, Any]:
    return {
        "one": one,
        "how": DIFFERENCE_NAMES[one.how],
        "level": level_name(one.level),
        "suggested": level_name(one.suggested_level) if one.suggested_level else "由人判断",
    }
