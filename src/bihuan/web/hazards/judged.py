"""The page that shows where people and the suggestion on a level differ, month by month."""

from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.hazards import queries
from bihuan.hazards.queries.judged import (
    DIFFERENCE_NAMES,
    DIFFERENT,
    Clause,
    Difference,
    Judged,
    JudgedClause,
    JudgedMonth,
    Part,
    items_under,
)
from bihuan.hazards.rules.states import level_name
from bihuan.kernel.calendar import day_of
from bihuan.standards import queries as standards
from bihuan.standards.rules import Library, UnknownCriterion
from bihuan.stats.rules import NOTHING, rate_text
from bihuan.web.doors import may_open
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty, Pager, page_number
from bihuan.web.sizes import page_size
from bihuan.web.standards.places import places

BESIDE: Final = {Difference.SAME: "照办", Difference.LOWERED: "人定一般", Difference.CLAUSE: "人定另一条"}
ALL: Final = "all"
SHOWN: Final = timedelta(days=366)
MOST_CLAUSES: Final = 40  # the least followed; a clause that is always followed needs no looking at
NOBODY: Final = "还没有核实定级的记录。从现在起，每次定级都记下当时的提示和人的决定。"
ALL_AGREE: Final = "没有这样的记录：这里人的决定和提示都一致。"


class WantedForm(forms.Form):
    """Which decisions are listed; anything that cannot be read is left out."""

    month = forms.DateField(required=False, input_formats=["%Y-%m"])
    how = forms.ChoiceField(required=False, choices=[(ALL, "全部"), *DIFFERENCE_NAMES.items()])
    clause = forms.CharField(required=False, max_length=160)
    part = forms.ChoiceField(required=False, choices=[(one.value, one.value) for one in Part])

    def about(self) -> tuple[Clause | None, Part]:
        """Return the clause asked for, and which decisions about it."""
        standard, _, rest = str(self.cleaned_data.get("clause") or "").partition("|")
        clause, _, item = rest.partition("|")
        part = Part(self.cleaned_data.get("part") or Part.SUGGESTED)
        return (Clause(standard, clause, item) if standard and clause else None), part


@require_GET
def judged(request: StaffRequest) -> HttpResponse:
    """Show the months, and the decisions that differ from what was suggested."""
    wanted = WantedForm(request.GET)
    wanted.is_valid()
    month, how = wanted.cleaned_data.get("month"), wanted.cleaned_data.get("how")
    clause, part = wanted.about()
    since = day_of(request.now) - SHOWN
    number, size = page_number(request.GET), page_size(request)
    library = standards.library_for(request.actor)
    rows, total = queries.judged(
        request.actor,
        month=month,
        how=_wanted(how or (ALL if clause else "")),
        clause=clause,
        part=part,
        since=since if clause else None,
        library=library,
        first=(number - 1) * size,
        limit=size,
    )
    months = queries.judged_months(request.actor, since=since)
    clauses = queries.judged_clauses(request.actor, since=since, month=month, library=library)
    return page_or_part(
        request,
        "hazards/judged.html",
        places=places("hazards:judged", request.actor),
        kinds=list(DIFFERENCE_NAMES.items()),
        months=[_month(one) for one in months],
        clauses=[_clause(one, library, month) for one in clauses[:MOST_CLAUSES]],
        clauses_of=_month_name(month) if month else "近一年",
        more_clauses=max(0, len(clauses) - MOST_CLAUSES),
        chosen=_chosen(month, how, clause, part, library),
        teaches=may_open(request.actor, "standards:words"),
        is_filtered=bool(month or how or clause),
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
    cells = [
        {"name": name, "count": one.counts.get(kind, 0), "href": f"?month={key}&how={kind.value}"}
        for kind, name in DIFFERENCE_NAMES.items()
    ]
    same, suggested = one.agreed
    return {
        "name": _month_name(one.month),
        "total": one.total,
        "href": f"?month={key}&how={ALL}",
        "cells": cells,
        "rate": f"{same}/{suggested}（{rate_text(same, suggested)}%）" if suggested else NOTHING,
    }


def _clause(one: JudgedClause, library: Library, month: date | None) -> dict[str, Any]:
    carried = [("month", f"{month:%Y-%m}")] if month else []
    about = [*carried, ("clause", f"{one.of.standard}|{one.of.clause}|{one.of.item}".rstrip("|"))]
    cells = [
        {"name": name, "count": one.counts.get(kind, 0), "href": f"?{urlencode([*about, ('how', kind.value)])}"}
        for kind, name in BESIDE.items()
    ]
    return {
        "clause": one.of.clause,
        "text": _words(library, one.of),
        "is_shared": len(items_under(library, one.of)) > 1,
        "document": _cited(library, one.of.standard, "").strip(),
        "href": f"{reverse('standards:standard', args=[one.of.standard])}#{_item_id(library, one.of)}",
        "suggested": {"count": one.suggested, "href": f"?{urlencode(about)}"},
        "cells": cells,
        "rate": f"{one.followed}/{one.suggested}（{rate_text(one.followed, one.suggested)}%）"
        if one.suggested
        else NOTHING,
        "missed": {"count": one.missed, "href": f"?{urlencode([*about, ('part', Part.MISSED.value)])}"},
    }


def _item_id(library: Library, of: Clause) -> str:
    try:
        return library.criterion(of.standard, of.item or of.clause).id
    except UnknownCriterion:
        return ""


def _words(library: Library, of: Clause) -> str:
    if not of.item and len(items_under(library, of)) > 1:
        return "这个条号下有几项，当时没有记下是哪一项"
    try:
        return library.criterion(of.standard, of.item or of.clause).text
    except UnknownCriterion:
        return ""


def _chosen(month: date | None, how: str | None, clause: Clause | None, part: Part, library: Library) -> str:
    named = [
        _month_name(month) if month else "",
        f"{_cited(library, clause.standard, clause.clause)} {_which(library, clause)}".strip() if clause else "",
        "没提示到的" if clause and part is Part.MISSED else "",
        _kind(how),
    ]
    parts = [part for part in named if part]
    return " · ".join(parts) or ("全部" if how else "和提示不同的")


def _which(library: Library, of: Clause) -> str:
    """Say which item is meant where several stand under one number."""
    return f"“{_words(library, of)[:20]}…”" if of.item and len(items_under(library, of)) > 1 else ""


def _month_name(month: date) -> str:
    return f"{month.year}年{month.month}月"


def _kind(how: str | None) -> str:
    return DIFFERENCE_NAMES[Difference(how)] if how and how != ALL else ""


def _row(one: Judged, library: Library) -> dict[str, Any]:
    return {
        "one": one,
        "how": DIFFERENCE_NAMES[one.how],
        "level": level_name(one.level),
        "clause": full_clause(library, Clause(one.standard, one.clause, one.item)),
        "suggested_clause": full_clause(
            library, Clause(one.suggested_standard, one.suggested_clause, one.suggested_item)
        ),
        "suggested": level_name(one.suggested_level) if one.suggested_level else "由人判断",
    }


def full_clause(library: Library, of: Clause) -> str:
    """Return a clause as it is cited, with its item where several stand under the number; "" where it is not known."""
    return f"{_cited(library, of.standard, of.clause)} {_which(library, of)}".strip()


def _cited(library: Library, standard_id: str, clause: str) -> str:
    """Return the clause as it is cited; a clause alone says nothing of where it stands."""
    known = next((one for one in library.standards if one.id == standard_id), None)
    return f"{known.document_number} {clause}" if known else ""
