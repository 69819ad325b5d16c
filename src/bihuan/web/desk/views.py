"""Pages of the desk: the workbench and the global search."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.desk import queries
from bihuan.kernel.waiting import Found, Waiting
from bihuan.web.htmx import StaffRequest, page_or_part


@require_GET
@login_required
def workbench(request: StaffRequest) -> HttpResponse:
    """Show what waits for this person, most overdue first."""
    desk = queries.waiting(request.actor, now=request.now)
    todos = [_row(row) for row in desk.rows]
    return page_or_part(request, "desk/workbench.html", part="desk/_todos.html", desk=desk, todos=todos)


@require_GET
@login_required
def find(request: StaffRequest) -> HttpResponse:
    """Answer the global search, as a page or under the field."""
    sought = request.GET.get("q", "").strip()[:60]
    answers = [_answer(one) for one in queries.found(request.actor, sought, now=request.now)]
    return page_or_part(request, "desk/find.html", part="parts/_found.html", sought=sought, answers=answers)


def _row(row: Waiting) -> dict[str, object]:
    href = reverse(row.url_name, args=row.url_args) + (f"?{row.query}" if row.query else "")
    return {
        "due": row.due_at or row.due_on,
        "due_name": row.due_name,
        "level": row.level,
        "title": row.title,
        "reason": row.reason,
        "verb": row.verb,
        "href": href,
    }


def _answer(one: Found) -> dict[str, str]:
    return {
        "kind": one.kind,
        "title": one.title,
        "note": one.note,
        "href": reverse(one.url_name, args=one.url_args),
    }
