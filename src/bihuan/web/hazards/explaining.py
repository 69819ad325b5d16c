"""判定说明: on one page, to print, why a hazard has its level: clause and version, what was asked, who decided."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.hazards import queries
from bihuan.hazards.queries.judged import Clause, Judged
from bihuan.hazards.queries.level_steps import LevelStep
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.states import level_name
from bihuan.hazards.rules.suggested import Considered
from bihuan.standards import queries as standards
from bihuan.standards.rules import Library
from bihuan.standards.rules.guiding import Subject
from bihuan.web.hazards.judged import full_clause
from bihuan.web.hazards.records import basis_of, judgement
from bihuan.web.hazards.show import head
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.standards.answered import kept_words
from bihuan.web.words import moment_words

DATED: Final = date.min  # what is printed is read in another year: every day with its year
ANSWERED: Final = {Act.APPROVE_LOWERING: "同意", Act.REFUSE_LOWERING: "不同意"}


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
        steps=[_step(one, library) for one in queries.level_steps(request.actor, hazard_id)],
        interviews=kept_words(request, subject, today=DATED),
        printed=moment_words(request.now),
        back=reverse("hazards:show", args=[hazard_id]),
    )


def _step(one: LevelStep, library: Library) -> dict[str, Any]:
    """Return an act on the level as the page tells it."""
    return {
        "what": WORDS[one.act].title,
        "who": " ".join(filter(None, (one.unit, one.name))),
        "when": moment_words(one.at),
        "say": one.say,
        "why": _why(one.act, one.reason),
        "beside": _decision(one.beside, library) if one.beside is not None else None,
    }


def _why(act: Act, reason: str) -> str:
    """Return the reason; an answer says yes or no before it, once."""
    answer = ANSWERED.get(act, "")
    return reason if reason.startswith(answer) else f"{answer} {reason}".strip()


def _decision(one: Judged, library: Library) -> dict[str, Any]:
    said = level_name(one.suggested_level) if one.suggested_level else "由人判断"
    suggested = full_clause(library, Clause(one.suggested_standard, one.suggested_clause, one.suggested_item))
    decided = full_clause(library, Clause(one.standard, one.clause, one.item))
    return {
        "suggested": f"{said} {suggested}".strip(),
        "version": one.version,
        "percent": None if one.confidence is None or not one.suggested_level else int(one.confidence * 100),
        "reason": one.reason,
        "considered": [_considered(each, library) for each in one.considered],
        "decided": f"{level_name(one.level)} {decided}".strip(),
    }


def _considered(one: Considered, library: Library) -> dict[str, str]:
    return {
        "clause": full_clause(library, Clause(one.standard, one.clause, one.item)) or one.clause,
        "for": "；".join(one.speaks_for),
        "against": "；".join(one.speaks_against),
        "needs": "；".join(one.needs),
    }
