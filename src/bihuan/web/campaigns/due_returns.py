"""The returns that a figure counts: due, on time, late or missing, as of any day."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.campaigns.queries import campaign_for
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.returns import DueReturn, Of
from bihuan.campaigns.rules.returns.rhythm import due_words, period_words
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Kept, Question
from bihuan.web.campaigns.asked import row_of_address
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty

TITLES: Final = {Of.DUE: "到期应报送的报表", Of.ON_TIME: "按时报送的报表", Of.LATE: "迟报、没报的报表"}


@require_GET
def listing(request: StaffRequest) -> HttpResponse:
    """Show the rows of one figure, each with its hour and when it came."""
    asked, of = _asked(request)
    chosen = {name: row_of_address(request, name) for name in ("form", "unit")}
    rows = queries.due_for(request.actor, asked, of, form_id=chosen["form"], unit_id=chosen["unit"])
    opened = queries.opened_of(request.actor, rows)
    return page_or_part(
        request,
        "campaigns/due_returns.html",
        title=TITLES[of],
        total=len(rows),
        late=sum(one.is_late for one in rows),
        rows=[
            {
                "one": one,
                "due": due_words(one.due_at),
                "period": period_words(one.period.since, one.period.until),
                "href": _href(one, opened),
            }
            for one in rows
        ],
        since=asked.since,
        until=asked.until,
        empty=Empty("没有一份算在这个数里。"),
    )


def _asked(request: StaffRequest) -> tuple[Question, Of]:
    days = [_day(request.GET.get(name, "")) for name in ("since", "until")]
    of, path = request.GET.get("of", ""), request.GET.get("path", "")
    if days[0] is None or days[1] is None or of not in set(Of) or not path:
        raise NotFound("returns.no_figure", "没有找到这个数。请从原来的页面重新打开。")
    until = min(days[1], day_of(request.now))
    campaign_id = row_of_address(request, "campaign")
    if campaign_id is not None:
        campaign_for(request.actor, campaign_id)  # one that is not seen has no figures
    return Question(path, days[0], until, campaign_id=campaign_id, kept=Kept(request.now)), Of(of)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _href(one: DueReturn, opened: Mapping[tuple[UUID, UUID, date, date], UUID]) -> str:
    found = opened.get((one.form_id, one.unit_id, one.period.since, one.period.until))
    return reverse("campaigns:return", args=(found,)) if found is not None else ""
