"""What the criteria propose while a finding is being written."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.queries.advice import advise, advise_each, enterprise_of, heeding
from bihuan.kernel.calendar import day_of
from bihuan.standards.rules import SECTOR_NAMES, Sector
from bihuan.standards.rules.determine import Enterprise
from bihuan.web.doors import let_in
from bihuan.web.htmx import StaffRequest

LEAST: Final = 6  # characters from which words say something
MOST: Final = 2000


@require_POST
def advice(request: StaffRequest) -> HttpResponse:
    """Answer the part under the words with what is proposed for them today; nothing for too few words."""
    let_in(request.actor, "field:report")
    sent = request.POST.get("description", "").strip()
    words = sent[:MOST]
    if len(words) < LEAST:
        return HttpResponse("")
    part = request.POST.get("part", "").strip()[:120]
    today, actor = day_of(request.now), request.actor
    place = _place(request)
    found = advise(words, part=part, on=today, place=place, path=actor.unit_path)
    each = advise_each(words, part=part, on=today, place=place, path=actor.unit_path)
    found = heeding(found, actor, town_id=actor.town_id, path=actor.unit_path, on=today)
    return render(
        request, "standards/_advice.html", {"advice": found, "each": each, "cut": MOST if len(sent) > MOST else 0}
    )


def _place(request: StaffRequest) -> Enterprise:
    """Return what is known of the place that the form names: of the own enterprise, or the one found by its name."""
    actor = request.actor
    if actor.enterprise_id is not None:
        return enterprise_of(enterprises.firm_for(actor, actor.enterprise_id))
    sector, name = request.POST.get("sector", ""), request.POST.get("place", "").strip()[:60]
    if sector in set(Sector):
        return Enterprise(sectors=(SECTOR_NAMES[Sector(sector)],))
    said = enterprises.found_for(actor, name, now=request.now, first_n=2) if name else []
    if len(said) != 1:
        return Enterprise(industry=name)
    return enterprise_of(enterprises.firm_for(actor, UUID(str(said[0].url_args[0]))))
