"""The page that holds the criteria of two days side by side, for all places or for one like an enterprise."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.kernel.calendar import day_of
from bihuan.standards import queries
from bihuan.standards.rules import (
    CHANGE_NAMES,
    FEATURE_NAMES,
    SECTOR_NAMES,
    Change,
    ChangeKind,
    Comparison,
    Feature,
    Library,
    Sector,
    Standard,
    compared_by_day,
    days_before,
    successions,
)
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty, Pager, Tab, page_number
from bihuan.web.sizes import page_size


class CompareForm(forms.Form):
    """What is compared; anything that cannot be read is left out."""

    before = forms.DateField(required=False)
    after = forms.DateField(required=False)
    family = forms.CharField(required=False, max_length=32)
    sector = forms.ChoiceField(required=False, choices=[(code, name) for code, name in SECTOR_NAMES.items()])
    feature = forms.MultipleChoiceField(required=False, choices=[(code, name) for code, name in FEATURE_NAMES.items()])
    firm = forms.UUIDField(required=False)
    kind = forms.ChoiceField(required=False, choices=[(code, name) for code, name in CHANGE_NAMES.items()])

    def read(self) -> dict[str, Any]:
        """Return the fields that could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@require_GET
def compare(request: StaffRequest) -> HttpResponse:
    """Show what changed between two days. Raises NotFound for an enterprise outside the viewer's scope."""
    today = day_of(request.now)
    asked = CompareForm(request.GET).read()
    firm = _firm(request, asked.get("firm"))
    sectors, features = _place(asked, firm)
    after = asked.get("after", today)
    library = queries.library(firm.path) if firm is not None else queries.library_for(request.actor)
    before, notes = asked.get("before"), _unread(request)
    if before is not None and before > after:
        before, after = after, before
        notes.append("“从前”比“后来”晚，已经对调。")
    for since in [before] if before is not None else days_before(library, after):
        found = compared_by_day(
            library, before=since, after=after, family=asked.get("family", ""), sectors=sectors, features=features
        )
        before = since
        if found.lines:
            break
    families = sorted({one.sector_word for one in library.standards})
    family = asked.get("family", "")
    unknown = family if family and family not in families else ""
    kind = asked.get("kind", "")
    lines = [one for one in found.lines if kind in {"", one.kind}]
    number, size = page_number(request.GET), page_size(request)
    known = {one.id: one for one in (*found.earlier, *found.later)}
    return page_or_part(
        request,
        "standards/compare.html",
        part="standards/_changes.html",
        back=reverse("standards:list"),
        before=before,
        after=after,
        found=found,
        notes=notes,
        partial=[one for one in (*found.earlier, *found.later) if one.id in queries.held_in_part()],
        firm=firm,
        like=_like(sectors, features),
        pairs=_pairs(library, firm),
        families=families,
        family=family,
        sectors=list(SECTOR_NAMES.items()),
        sector=asked.get("sector", ""),
        tabs=_tabs(request, found, kind),
        rows=[_row(one, known) for one in lines[(number - 1) * size : number * size]],
        pager=Pager(number, size, len(lines[(number - 1) * size : number * size]), len(lines), unit="条"),
        empty=_empty(found, firm, unknown=unknown, families=families),
    )


def _unread(request: StaffRequest) -> list[str]:
    """Say which of the two days could not be read, and what is compared instead."""
    form = CompareForm(request.GET)
    names = {"before": ("从前", "有变化的前一天"), "after": ("后来", "今天")}
    return [
        f"“{name}”填的“{request.GET[key][:20]}”不是日期，按{instead}比。日期写成 2018-01-10 这样。"
        for key, (name, instead) in names.items()
        if key in form.errors
    ]


def _pairs(library: Library, firm: Firm | None) -> list[tuple[str, str]]:
    """Return the versions that followed one another, each with its address."""
    pairs = []
    for one in successions(library):
        query: dict[str, Any] = {"before": one.before, "after": one.after, "family": one.later.sector_word}
        query |= {"firm": firm.id} if firm is not None else {}
        pairs.append((f"{one.earlier.document_number} → {one.later.document_number}", f"?{urlencode(query)}"))
    return pairs


def _firm(request: StaffRequest, firm_id: UUID | None) -> Firm | None:
    return enterprises.firm_for(request.actor, firm_id) if firm_id is not None else None


def _place(asked: dict[str, Any], firm: Firm | None) -> tuple[set[Sector] | None, set[Feature] | None]:
    if firm is not None:
        return {Sector(one) for one in firm.sectors}, {Feature(one) for one in firm.features}
    sectors = {Sector(asked["sector"])} if "sector" in asked else None
    return sectors, {Feature(one) for one in asked["feature"]} if "feature" in asked else None


def _like(sectors: set[Sector] | None, features: set[Feature] | None) -> list[str]:
    names = [SECTOR_NAMES[one] for one in sorted(sectors or ())]
    return names + [FEATURE_NAMES[one] for one in sorted(features or ())]


def _tabs(request: StaffRequest, found: Comparison, kind: str) -> list[Tab]:
    counts = Counter(one.kind for one in found.lines)
    shown = [("", "全部", len(found.lines)), *((one, CHANGE_NAMES[one], counts[one]) for one in ChangeKind)]
    query = request.GET.copy()
    query.pop("page", None)
    tabs = []
    for code, name, count in shown:
        query["kind"] = code
        if count or not code:
            tabs.append(Tab(name, f"?{query.urlencode()}", count, on=code == kind))
    return tabs


def _row(line: Change, known: dict[str, Standard]) -> dict[str, Any]:
    return {
        "line": line,
        "kind": CHANGE_NAMES[line.kind],
        "group": line.group,
        "earlier": known[line.earlier.standard_id] if line.earlier else None,
        "later": known[line.later.standard_id] if line.later else None,
        "is_gone": line.kind is ChangeKind.DROPPED,
        "is_divided": line.kind is ChangeKind.DIVIDED,
    }


def _empty(found: Comparison, firm: Firm | None, *, unknown: str, families: Sequence[str]) -> Empty:
    if unknown:
        return Empty(f"没有叫“{unknown}”的标准。可以选的有：{'、'.join(families)}。")
    if found.untold:
        named = "、".join(one.document_number or one.title for one in found.untold)
        return Empty(f"这两天之间标准换了，{named}的条文没有还原，不能逐条对照。请看标准原件。")
    if not (found.earlier or found.later):
        return Empty("这两天有效的是同一批标准，没有变化。换两个日期再比。")
    if firm is not None:
        return Empty(f"按{firm.short_name}登记的行业和安全特征，这两天之间没有变化。特征没登记全的，先到企业页登记。")
    return Empty("没有符合条件的条款。换一个行业或者标准再比。")
