"""The rows behind a figure that a room answers, as of any day: the sum of the rows is the figure."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Line, Question
from bihuan.stats import queries as stats
from bihuan.stats.rules import sectors_read
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty, Pager, page_number
from bihuan.web.sizes import page_size


@require_GET
def counted(request: StaffRequest) -> HttpResponse:
    """Show the rows of one figure at one place: enterprises, posts, villages, 举一反三."""
    since, until = _day(request, "since"), _day(request, "until")
    if since is None or until is None:
        raise NotFound("stats.no_figure", "没有找到这个数。请从原来的页面重新打开。")
    until = min(until, day_of(request.now))
    sectors = sectors_read(request.GET.get("sector", ""))
    name = request.GET.get("figure", "")
    lines = stats.lines_behind(
        request.actor, name, Question(request.GET.get("path", ""), min(since, until), until, sectors)
    )
    size, number = page_size(request), page_number(request.GET)
    shown = lines[(number - 1) * size : number * size]
    asked = stats.asked_figures()[name]
    return page_or_part(
        request,
        "stats/counted.html",
        asked=asked,
        total=sum(one.amount for one in lines),
        rows=[_row(one) for one in shown],
        since=since,
        until=until,
        pager=Pager(number=number, size=size, shown=len(shown), total=len(lines)),
        empty=Empty("没有一条算在这个数里。"),
    )


def _row(one: Line) -> dict[str, Any]:
    return {"line": one, "href": reverse(one.page, args=one.args) if one.page else ""}


def _day(request: StaffRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
