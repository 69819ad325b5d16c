"""Print the rectification papers of several hazards in one go, each on its own sheet."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.http import HttpResponse

from bihuan.documents import queries as documents
from bihuan.documents.rules import Paper, PaperKind
from bihuan.hazards import queries
from bihuan.web.documents.views import printed
from bihuan.web.htmx import StaffRequest, page_or_part

ORDERS: Final = frozenset({PaperKind.RECTIFICATION_ORDER, PaperKind.RECTIFICATION_NOTICE, PaperKind.HAZARD_NOTICE})


def print_orders(request: StaffRequest, ids: Sequence[UUID], back: str) -> HttpResponse:
    """Show the last order or notice of each of these hazards, ready to print, and name those that have none."""
    lines = queries.lines_of(request.actor, list(ids))
    found = documents.papers_of([line.id for line in lines])
    last = {line.id: _last(found.get(line.id, ())) for line in lines}
    sheets = [
        {"paper": paper, "template": f"documents/kinds/{paper.kind.value}.html", **printed(paper)}
        for paper in last.values()
        if paper is not None
    ]
    without = [line for line in lines if last[line.id] is None]
    return page_or_part(request, "hazards/papers.html", sheets=sheets, without=without, back=back)


def _last(papers: Sequence[Paper]) -> Paper | None:
    orders = [paper for paper in papers if paper.kind in ORDERS and not paper.is_void]
    return max(orders, key=lambda paper: (paper.issued_on, paper.number), default=None)
