"""What had been proposed on a level when it was decided, and why: told beside the decision in the trail (L8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.hazards.queries.judged import Clause
from bihuan.hazards.rules.states import level_name
from bihuan.hazards.rules.suggested import Considered, read_reasons
from bihuan.standards import queries as standards
from bihuan.standards.rules import Library
from bihuan.trail.rules import EventLine
from bihuan.web.hazards.judged import full_clause

BY_PERSON = "由人判断"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clause that was shown with a proposal: what spoke for it and against it, what it would still need."""

    clause: str
    speaks_for: str
    speaks_against: str
    needs: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the criteria proposed to who decided. version: of words and conditions.

    percent: how sure it was, None where that was not kept or a person was to judge; reason, weighed: why, empty in
    events from before.
    """

    says: str
    version: str
    percent: int | None = None
    reason: str = ""
    weighed: Sequence[Weighed] = ()


@dataclass(frozen=True, slots=True)
class TrailLine:
    """An event as the trail's page shows it.

    proposed: what had been proposed, None where nothing was. asked: guided questions with their answers, where the
    event keeps any.
    """

    event: EventLine
    proposed: Proposed | None = None
    asked: Sequence[Sequence[str]] = ()


def with_proposals(lines: Iterable[EventLine]) -> list[TrailLine]:
    """Return the events with what had been proposed; one query more where any event keeps a proposal, else none."""
    listed = list(lines)
    kept = any("suggested_by" in one.figures for one in listed)
    library = standards.whole_library() if kept else None
    return [TrailLine(one, _proposed(one.figures, library), _asked(one)) for one in listed]


def _asked(event: EventLine) -> Sequence[Sequence[str]]:
    return event.figures.get("asked", ()) if event.kind == standards.ASKED else ()


def _proposed(figures: Mapping[str, Any], library: Library | None) -> Proposed | None:
    if library is None or "suggested_by" not in figures:
        return None
    level = str(figures.get("suggested_level") or "")
    says = f"{level_name(level) if level else BY_PERSON} {_cited(figures, library)}".strip()
    confidence, reason, considered = read_reasons(figures.get("suggested_because") or {})
    return Proposed(
        says,
        str(figures["suggested_by"]),
        None if confidence is None or not level else int(confidence * 100),
        reason,
        [_weighed(one, library) for one in considered],
    )


def _weighed(one: Considered, library: Library) -> Weighed:
    clause = full_clause(library, Clause(one.standard, one.clause, one.item)) or one.clause
    return Weighed(clause, "；".join(one.speaks_for), "；".join(one.speaks_against), "；".join(one.needs))


def _cited(figures: Mapping[str, Any], library: Library) -> str:
    standard_id, _, clause = str(figures.get("suggested_clause") or "").partition(" ")
    known = next((one for one in library.standards if one.id == standard_id), None)
    return f"{known.document_number or known.title} {clause}" if known else ""
