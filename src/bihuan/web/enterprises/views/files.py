"""The file of one enterprise (一企一档) and its QR code (一企一码)."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.enterprises import queries
from bihuan.enterprises.queries import FirmFile
from bihuan.enterprises.rules.facts import MAY, STATE_NAMES, Act, Firm, State
from bihuan.enterprises.rules.sizes import SIZE_NAMES
from bihuan.hazards import queries as hazards
from bihuan.hazards.rules.filters import Filters, Late, Tab
from bihuan.hazards.rules.states import CLOCK_NAMES, ClockKind
from bihuan.hazards.rules.states import STATE_NAMES as STATE_WORDS
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.standards import queries as standards
from bihuan.standards.rules import Feature, Sector
from bihuan.trail import queries as trail
from bihuan.trail.rules import EventLine
from bihuan.web.enterprises.words import feature_names, sector_name
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.parts import Moment
from bihuan.web.words import moment_words

FIRST_EVENTS = 6
FIRST_HAZARDS = 8


@require_GET
@login_required
def show(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Show all that is known of an enterprise."""
    today = day_of(request.now)
    file = queries.file_for(request.actor, firm_id, on=today)
    events = trail.trail_of(request.actor, [firm_id], size=FIRST_EVENTS)
    context: dict[str, Any] = {
        "file": file,
        "firm": file.firm,
        "may": _acts(request.actor, file),
        "sector": sector_name(file.firm.lead_sector),
        "other_sectors": [sector_name(code) for code in file.firm.sectors[1:]],
        "features": feature_names(file.firm.features),
        "size_name": SIZE_NAMES[file.size] if file.size else "",
        "licences": [(one, one.licence.is_expired(today)) for one in file.licences],
        "state_name": STATE_NAMES[file.firm.state],
        "moments": [_moment(event, request) for event in events.lines],
        "events": events.total,
        "standards": _standards(file.firm, today),
    } | _hazards(request.actor, firm_id, today)
    return page_or_part(request, "enterprises/show.html", **context)


@require_GET
@login_required
def mine(request: StaffRequest) -> HttpResponse:
    """Lead somebody of an enterprise to its file."""
    if request.actor.enterprise_id is None:
        return go(request, "enterprises:list")
    return go(request, "enterprises:show", request.actor.enterprise_id)


@require_GET
@login_required
def qr(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Draw the QR code of an enterprise as SVG."""
    token = queries.qr_token_for(request.actor, firm_id)
    code = segno.make(request.build_absolute_uri(reverse("codes:scan", args=[token])), error="m")
    buffer = io.BytesIO()
    code.save(buffer, kind="svg", scale=8, border=4, xmldecl=False, svgclass=None, lineclass=None)
    return HttpResponse(buffer.getvalue(), content_type="image/svg+xml")


@require_GET
@login_required
def label(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Show the label to print and put up at the gate."""
    file = queries.file_for(request.actor, firm_id, on=day_of(request.now))
    return page_or_part(request, "enterprises/label.html", file=file, firm=file.firm)


@require_GET
@login_required
def scan(request: StaffRequest, token: str) -> HttpResponse:
    """Open the enterprise that a scanned code names; a stranger is sent to log in first and learns nothing."""
    return go(request, "enterprises:show", queries.firm_by_token(request.actor, token).id)


def _hazards(viewer: Actor, firm_id: UUID, today: date) -> dict[str, Any]:
    """Return how many hazards the enterprise has in each state, and the first of those that are open."""
    wanted = Filters(enterprise=firm_id)
    counts = hazards.tab_counts(viewer, wanted, today=today)
    late = hazards.listing(viewer, replace(wanted, late=Late.ANY_CLOCK), today=today, size=1).total if counts else 0
    lines = hazards.listing(viewer, wanted, today=today, size=FIRST_HAZARDS).lines
    return {
        "open_count": counts.get(Tab.OPEN, 0),
        "late_count": late,
        "hazard_total": counts.get(Tab.ALL, 0),
        "hazard_counts": [
            (state, name, counts[Tab(state)]) for state, name in STATE_WORDS.items() if counts[Tab(state)]
        ],
        "hazards": [
            {
                "id": line.id,
                "number": line.number,
                "description": line.description,
                "level": line.level,
                "state": line.state,
                "state_name": STATE_WORDS[line.state],
                "clock_on": line.clock_on,
                "clock_name": _clock_name(line.clock_kind),
            }
            for line in lines
        ],
    }


def _clock_name(kind: str) -> str:
    return "" if kind in {"", ClockKind.RECTIFY} else CLOCK_NAMES[ClockKind(kind)]


def _standards(firm: Firm, on: date) -> list[dict[str, Any]]:
    """Return the standards of major hazards that can concern the enterprise, with how many items of each."""
    known_sectors, known_features = set(Sector), set(Feature)
    items = standards.criteria_in_force(
        on,
        sectors=[Sector(one) for one in firm.sectors if one in known_sectors],
        features=[Feature(one) for one in firm.features if one in known_features],
        path=firm.path,
    )
    counted = Counter(item.standard_id for item in items)
    return [{"title": standards.standard(one).title, "count": count} for one, count in counted.items()]


def _acts(actor: Actor, file: FirmFile) -> dict[str, bool]:
    """Tell which acts this person may do to this file; the page offers no others."""
    roles = actor.roles_over(path=file.firm.path, sector=file.firm.lead_sector, enterprise_id=file.firm.id)
    is_active, is_closed = file.firm.state is State.ACTIVE, file.firm.state is State.CLOSED
    now = {
        Act.CHANGE: is_active,
        Act.MOVE: is_active,
        Act.MERGE: is_active,
        Act.CLOSE: is_active,
        Act.REOPEN: is_closed,
    }
    return {str(act): fits and bool(roles & MAY[act]) for act, fits in now.items()}


def _moment(event: EventLine, request: StaffRequest) -> Moment:
    who = event.actor_post or event.actor_name
    return Moment(
        when=moment_words(event.at, today=day_of(request.now)),
        who=f"{event.actor_unit} {who}".strip(),
        text=event.say,
        reason=event.reason,
    )
