"""What had been proposed on a level when it was decided: told beside the decision in the trail (L8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.hazards.rules.states import level_name
from bihuan.standards import queries as standards
from bihuan.standards.rules import Library
from bihuan.trail.rules import EventLine

BY_PERSON = "由人判断"


@dataclass(frozen=True, slots=True)
class TrailLine:
    """An event as the trail's page shows it.

    proposed: what the criteria proposed to who decided, and which version of words and conditions; "" where nothing
    was. asked: guided questions with their answers, where the event keeps any.
    """

    event: EventLine
    proposed: str = ""
    asked: Sequence[Sequence[str]] = ()


def with_proposals(lines: Iterable[EventLine]) -> list[TrailLine]:
    """Return the events with what had been proposed; one query more where any event keeps a proposal, else none."""
    listed = list(lines)
    kept = any("suggested_by" in one.figures for one in listed)
    library = standards.whole_library() if kept else None
    return [TrailLine(one, _proposed(one.figures, library), _asked(one)) for one in listed]


def _asked(event: EventLine) -> Sequence[Sequence[str]]:
    return event.figures.get("asked", ()) if event.kind == standards.ASKED else ()


def _proposed(figures: Mapping[str, Any], library: Library | None) -> str:
    if library is None or "suggested_by" not in figures:
        return ""
    level = str(figures.get("suggested_level") or "")
    said = f"{level_name(level) if level else BY_PERSON} {_cited(figures, library)}".strip()
    return f"当时的提示：{said}（提示版本 {figures['suggested_by']}）"


def _cited(figures: Mapping[str, Any], library: Library) -> str:
    standard_id, _, clause = str(figures.get("suggested_clause") or "").partition(" ")
    known = next((one for one in library.standards if one.id == standard_id), None)
    return f"{known.document_number or known.title} {clause}" if known else ""
