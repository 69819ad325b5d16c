"""Pages of the starter checklists: which fit a day, a sector or an enterprise; one list, to read or to print."""

from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.standards import queries
from bihuan.standards.data.checklist_files import read_checklists
from bihuan.standards.rules import Feature, Sector, fitting
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty
from bihuan.web.standards.places import places

NONE_THEN = "{}没有可用的检查表。换一个日期再看。"


class DayForm(forms.Form):
    """For which day and enterprise; anything that cannot be read is left out."""

    on = forms.DateField(required=False)
    firm = forms.UUIDField(required=False)


@require_GET
def checklists(request: StaffRequest) -> HttpResponse:
    """Show the lists for a day, those of an enterprise first where one is named. Raises NotFound outside the scope."""
    on, firm = _asked(request)
    lists = [one for one in read_checklists() if one.holds_on(on)]
    if firm is not None:
        sectors, features = {Sector(one) for one in firm.sectors}, {Feature(one) for one in firm.features}
        lists = fitting(lists, on=on, sectors=sectors, features=features)
    return page_or_part(
        request,
        "standards/checklists.html",
        places=places("standards:checklists", request.actor),
        lists=[(one, len(one.items_on(on))) for one in lists],
        on=on,
        is_today=on == day_of(request.now),
        firm=firm,
        empty=Empty(NONE_THEN.format(f"{on.year}年{on.month}月{on.day}日")),
    )


@require_GET
def checklist(request: StaffRequest, list_id: str) -> HttpResponse:
    """Show one list as it holds on a day, with a place for what is found. Raises NotFound."""
    on, firm = _asked(request)
    found = next((one for one in read_checklists() if one.id == list_id and one.holds_on(on)), None)
    if found is None:
        raise NotFound("standards.no_checklist", "没有找到这张检查表，或者这一天还不能用。请回到检查表重新选。")
    library = queries.library()
    items = [
        {"item": item, "basis": item.basis_on(on), "major": item.major_on(library, on)} for item in found.items_on(on)
    ]
    return page_or_part(
        request,
        "standards/checklist.html",
        back=f"{reverse('standards:checklists')}?{request.GET.urlencode()}",
        checklist=found,
        items=items,
        on=on,
        firm=firm,
        from_memory=[one.cited_as for one in found.from_memory_on(on)],
    )


def _asked(request: StaffRequest) -> tuple[date, Firm | None]:
    form = DayForm(request.GET)
    form.is_valid()
    firm_id: UUID | None = form.cleaned_data.get("firm")
    firm = enterprises.firm_for(request.actor, firm_id) if firm_id is not None else None
    return form.cleaned_data.get("on") or day_of(request.now), firm
