"""Pages of the checklists: which fit a day, a sector or an enterprise; one list, to read or to print."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.kernel.calendar import day_of
from bihuan.standards import queries as shelves
from bihuan.standards.data.workbooks.lists import list_workbook
from bihuan.standards.queries import checklists as queries
from bihuan.standards.rules import Checklist, Criterion, Feature, Sector, Standard, fitting
from bihuan.standards.rules.concluding import is_fire
from bihuan.standards.rules.counting import COMPREHENSIVE
from bihuan.standards.rules.listing import Draft, DraftItem, ListVersion, Source, SourceKind, latest, version_on
from bihuan.standards.services.checklists import list_areas
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty
from bihuan.web.standards.files import XLSX, given
from bihuan.web.standards.lists.forms import RetireForm
from bihuan.web.standards.places import places

MAJOR: Final = "够重大的"
SUSPECTED: Final = "够疑似重大火灾隐患的，移送消防"
ELEMENT: Final = "消防综合判定要素之一，够数的移送消防"
NONE_THEN = "{}没有可用的检查表。换一个日期再看。"

# What the template shows; it is overwritten by who fills it in.
EXAMPLE: Final = Draft(
    "检查表模板",
    "适用于有喷漆房的小厂，没有的不用。",
    sectors=frozenset({Sector.MACHINERY}),
    items=(
        DraftItem(
            1,
            "安全出口",
            "看门能不能从里面推开，通道上有没有堆放东西",
            (Source(SourceKind.TYPED, "示范镇安委〔2018〕3号第二条"),),
        ),
    ),
)


class DayForm(forms.Form):
    """For which day, enterprise and version; anything that cannot be read is left out. all: of whatever enterprise."""

    on = forms.DateField(required=False)
    firm = forms.UUIDField(required=False)
    revision = forms.IntegerField(required=False, min_value=1, max_value=9999)
    all = forms.BooleanField(required=False)


@require_GET
def checklists(request: StaffRequest) -> HttpResponse:
    """Show the lists for a day, those of an enterprise first where one is named. Raises NotFound outside the scope."""
    on, firm = _asked(request)
    actor, today = request.actor, day_of(request.now)
    if firm is None:
        lists = queries.lists_for(actor, on=on)
    else:
        sectors, features = {Sector(one) for one in firm.sectors}, {Feature(one) for one in firm.features}
        lists = fitting(queries.lists_at(actor, firm.path, on=on), on=on, sectors=sectors, features=features)
    may_write = bool(list_areas(actor))
    return page_or_part(
        request,
        "standards/checklists.html",
        places=places("standards:checklists", actor),
        lists=[(one, len(one.items_on(on))) for one in lists],
        on=on,
        is_today=on == today,
        firm=firm,
        may_write=may_write,
        coming=queries.coming_for(actor, on=on) if may_write and firm is None else [],
        retired=queries.retired_for(actor, on=on) if may_write and firm is None else [],
        empty=Empty(NONE_THEN.format(f"{on.year}年{on.month}月{on.day}日")),
    )


@require_GET
def checklist(request: StaffRequest, list_id: str) -> HttpResponse:
    """Show one list as it holds on a day, with a place for what is found. Raises NotFound."""
    on, firm = _asked(request)
    actor, versions = request.actor, queries.versions_for(request.actor, list_id)
    found = queries.list_for(actor, list_id, on=on, revision=_revision(request))
    library = shelves.library(found.area)
    items: list[dict[str, Any]] = [
        {
            "item": item,
            "basis": item.basis_on(on),
            "major": [_pointed_at(one, library.standard(one.standard_id)) for one in item.major_on(library, on)],
        }
        for item in found.items_on(on)
    ]
    context: dict[str, Any] = {"checklist": found, "items": items, "on": on, "firm": firm}
    return page_or_part(
        request,
        "standards/checklist.html",
        back=f"{reverse('standards:checklists')}?{request.GET.urlencode()}",
        from_memory=[one.cited_as for one in found.from_memory_on(on)],
        followed=any(basis.follows for row in items for basis in row["basis"]),
        may_write=bool(list_areas(actor)),
        **context,
        **(_own(request, versions, found, on) if versions else {}),
    )


def _pointed_at(one: Criterion, standard: Standard) -> tuple[str, str, Criterion]:
    """Return how far a clause goes that an item points at, in words, with where it stands."""
    words = MAJOR if not is_fire(standard) else ELEMENT if one.kind == COMPREHENSIVE else SUSPECTED
    return words, standard.document_number, one


def _own(request: StaffRequest, versions: Sequence[ListVersion], found: Checklist, on: date) -> dict[str, Any]:
    """Return what the page of an own list shows beside its items: its versions, and what may be done."""
    last, today = latest(versions), day_of(request.now)
    may = last.path in list_areas(request.actor)
    shown = next(one for one in versions if one.revision == found.revision)
    form = RetireForm(initial={"since": today, "seen": last.revision}) if may and not last.retired else None
    return {
        "own": shown,
        "versions": list(reversed(versions)),
        "in_use": version_on(versions, on),
        "may_edit": may,
        "is_newer": queries.is_newer(shown.draft, request.actor),
        "form": form,
    }


def _revision(request: StaffRequest) -> int | None:
    form = DayForm(request.GET)
    form.is_valid()
    revision: int | None = form.cleaned_data.get("revision")
    return revision


def _asked(request: StaffRequest) -> tuple[date, Firm | None]:
    form = DayForm(request.GET)
    form.is_valid()
    firm_id: UUID | None = form.cleaned_data.get("firm")
    if firm_id is None and not form.cleaned_data.get("all"):
        firm_id = request.actor.enterprise_id  # an enterprise looks for what it is checked by
    firm = enterprises.firm_for(request.actor, firm_id) if firm_id is not None else None
    return form.cleaned_data.get("on") or day_of(request.now), firm


@require_GET
def sheet(request: StaffRequest, list_id: str = "") -> HttpResponse:
    """Give the latest text of a list as a workbook to fill in, or the template. Raises NotFound."""
    draft = queries.latest_text(request.actor, list_id) if list_id else EXAMPLE
    return given(list_workbook(draft, queries.books()), f"{draft.title}.xlsx", XLSX)
