"""判定说明: on one page, to print, why a hazard has its level: clause and version, what was asked, who decided."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.hazards import queries
from bihuan.hazards.queries.judged import Clause, Judged
from bihuan.hazards.queries.views import HazardView, RequestView
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.states import level_name
from bihuan.standards import queries as standards
from bihuan.standards.rules import Library
from bihuan.standards.rules.guiding import Subject
from bihuan.web.hazards.judged import full_clause
from bihuan.web.hazards.records import basis_of, judgement
from bihuan.web.hazards.show import head
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.standards.answered import kept_words
from bihuan.web.words import day_words, moment_words

DATED: Final = date.min  # what is printed is read in another year: every day with its year
ANSWERED: Final = {None: "等第二人批准", True: "同意", False: "不同意"}


@require_GET
def explained(request: StaffRequest, hazard_id: UUID) -> HttpResponse:
    """Show how the level of a hazard came about. Raises NotFound outside the viewer's scope."""
    view = queries.hazard_for(request.actor, hazard_id, now=request.now)
    library = standards.library(view.path)
    subject = Subject("hazard", view.id, view.town_id, view.path)
    return page_or_part(
        request,
        "hazards/explained.html",
        hazard=head(view),
        **judgement(view, today=DATED),
        basis=basis_of(view),
        decisions=[_decision(one, library) for one in queries.decisions_on(request.actor, hazard_id)],
        changes=[_change(one) for one in _changes(view)],
        interviews=kept_words(request, subject, today=DATED),
        printed=moment_words(request.now),
        back=reverse("hazards:show", args=[hazard_id]),
    )


def _decision(one: Judged, library: Library) -> dict[str, Any]:
    suggested = level_name(one.suggested_level) if one.suggested_level else "由人判断"
    return {
        "day": day_words(one.decided_on),
        "what": WORDS[Act(one.act)].title,
        "who": one.decided_by,
        "suggested": suggested,
        "suggested_clause": full_clause(
            library, Clause(one.suggested_standard, one.suggested_clause, one.suggested_item)
        ),
        "version": one.version,
        "level": level_name(one.level),
        "clause": full_clause(library, Clause(one.standard, one.clause, one.item)),
    }


def _changes(view: HazardView) -> Sequence[RequestView]:
    return [one for one in view.requests if one.of_level]


def _change(one: RequestView) -> dict[str, str]:
    answered = one.answered_at is not None
    return {
        "what": one.kind,
        "who": one.asked_by,
        "when": moment_words(one.asked_at),
        "why": one.reason,
        "by": one.answered_by if answered else "",
        "at": moment_words(one.answered_at) if one.answered_at else "",
        "answer": " ".join(
            filter(None, (ANSWERED[one.approved] if answered or one.approved is None else "", one.answer))
        ),
    }
